"""What carries a turn: the happenings of the ledger, or the rows of a layer, behind some steps."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.policy import load_policy
from chancery.ledger.query import Workroom
from chancery.lexicon import Lexicon
from chancery.relations.ledger_deeds import pairs_of
from chancery.relations.steps import listed
from chancery.relations.steps import step as sql

MOST: Final = 50
QUADS: Final = (1, 2, 3, 4)
_YEAR = re.compile(r"year=(-?[0-9]+)")


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """One happening (`id` is its id) or one row of a layer (`place` is `file:line`)."""

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
    meant = [path for path in files if _may_hold(path, first, last)]
    if not meant:
        return Carriers(rows=(), more=0)
    parameters = {
        "a": a, "b": b, "first": first, "last": last, "both": both, "quads": sorted(quads),
        "limit": limit,
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="chancery-rows-") as spill:
        room = Workroom(Path(spill))
        try:
            answer = room.run(sql("carriers", files=listed(meant)), parameters)
        finally:
            room.close()
    rows = tuple(
        Carrier(
            id=row[0], day=row[1], actor=row[2], target=row[3], type=row[4], cameo=row[5],
            quad=row[6], intensity=row[7], words=f"{row[8]} > {row[9]}", directed=row[10],
            place=f"{names[row[11]] if row[11] < len(names) else row[11]}:{row[12]}",
        )
        for row in answer.rows
    )  # fmt: skip
    return Carriers(rows=rows, more=answer.rows[0][13] - len(rows) if rows else 0)


def carriers_in_ledger(
    ledger: Ledger,
    a: str,
    b: str,
    first: date,
    last: date,
    *,
    both: bool = False,
    quads: Collection[int] = QUADS,
    standings: Collection[str] = ("happened", "ongoing"),
    limit: int = MOST,
) -> Carriers:
    """Return the happenings that join two parties and lie, by the cube's rule, in those days."""
    policy, frames = load_policy(), (ledger.lexicon or Lexicon.load()).frames
    found: list[Carrier] = []
    for one in ledger.happenings(who=[a, b], since=first, until=last):
        day, frame = one.when.first or one.when.last, frames.get(one.frame)
        if day is None or not first <= day <= last or one.standing not in standings:
            continue
        if (frame.quad if frame else None) not in quads:
            continue
        for pair in pairs_of(one, policy):
            sides = (pair["actor"], pair["target"])
            either = both or not pair["directed"]
            if sides == (a, b) or (either and sides == (b, a)):
                found.append(
                    Carrier(
                        id=one.id, day=day, actor=sides[0], target=sides[1], type=one.type,
                        cameo=one.cameo, quad=frame.quad if frame else None,
                        intensity=frame.intensity if frame else None,
                        words=frame.phrase if frame else one.frame, directed=pair["directed"],
                    )
                )  # fmt: skip
    found.sort(key=lambda row: (-abs(row.intensity or 0), row.day, row.id))
    return Carriers(rows=tuple(found[:limit]), more=max(0, len(found) - limit))


def _may_hold(path: Path, first: date, last: date) -> bool:
    """Say whether a file of a year's folder may hold a day of the stretch."""
    year = _YEAR.fullmatch(path.parent.name)
    return year is None or first.year <= int(year[1]) <= last.year
