"""What carries a turn in a data set: the rows of a layer behind some steps."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.ledger.query import Workroom
from chancery.relations.building import PERIODS
from chancery.relations.steps import listed
from chancery.relations.steps import step as sql
from chancery.relations.steps_of_time import Step

MOST: Final = 50
QUADS: Final = (1, 2, 3, 4)
_YEAR = re.compile(r"year=(-?[0-9]+)")


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a layer; `place` is `file:line`."""

    id: str
    day: date
    actor: str
    target: str
    type: str | None
    cameo: str | None
    quad: int | None
    intensity: float | None
    words: str
    directed: bool = True
    place: str = ""


class Carriers(msgspec.Struct, frozen=True, kw_only=True):
    """The strongest rows first, at most as many as asked for, and how many more there are."""

    rows: tuple[Carrier, ...]
    more: int


def carriers_in_layer(
    files: Sequence[Path],
    a: str,
    b: str,
    first: date,
    last: date,
    *,
    both: bool = False,
    quads: Collection[int] = QUADS,
    limit: int = MOST,
    names: Sequence[str] = (),
) -> Carriers:
    """Return the rows of a layer from `a` to `b` (and back, if `both`) in a stretch of days.

    `names` are the names of the layer's source files, by number, for `place`.
    """
    parameters = {
        "a": a, "b": b, "first": first, "last": last, "both": both, "quads": sorted(quads),
        "limit": limit,
    }  # fmt: skip
    found = _ask("carriers", files, parameters)
    rows = tuple(_carrier(row, names) for row in found)
    return Carriers(rows=rows, more=found[0][-1] - len(rows) if rows else 0)


def carriers_by_step(
    files: Sequence[Path],
    a: str,
    b: str,
    first: date,
    last: date,
    *,
    step: Step,
    limit: int = MOST,
    names: Sequence[str] = (),
) -> dict[date, tuple[Carrier, ...]]:
    """Return the strongest rows of a layer from `a` to `b` by the first day of their step."""
    parameters = {"a": a, "b": b, "first": first, "last": last, "limit": limit}
    steps: dict[date, tuple[Carrier, ...]] = {}
    for row in _ask("carriers_by_step", files, parameters, period=PERIODS[step]):
        steps[row[-1]] = (*steps.get(row[-1], ()), _carrier(row, names))
    return steps


def _ask(
    name: str, files: Sequence[Path], parameters: dict[str, Any], **pieces: str
) -> list[tuple[Any, ...]]:
    first, last = parameters["first"], parameters["last"]
    meant = [path for path in files if _may_hold(path, first, last)]
    if not meant:
        return []
    with tempfile.TemporaryDirectory(prefix="chancery-rows-") as spill:
        room = Workroom(Path(spill))
        try:
            return room.run(sql(name, files=listed(meant), **pieces), parameters).rows
        finally:
            room.close()


def _carrier(row: Sequence[Any], names: Sequence[str]) -> Carrier:
    return Carrier(
        id=row[0], day=row[1], actor=row[2], target=row[3], type=row[4], cameo=row[5],
        quad=row[6], intensity=row[7], words=f"{row[8]} > {row[9]}", directed=row[10],
        place=f"{names[row[11]] if row[11] < len(names) else row[11]}:{row[12]}",
    )  # fmt: skip


def _may_hold(path: Path, first: date, last: date) -> bool:
    """Say whether a file of a year's folder may hold a day of the stretch."""
    year = _YEAR.fullmatch(path.parent.name)
    return year is None or first.year <= int(year[1]) <= last.year
