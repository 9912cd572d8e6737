"""Making a cube: rows of one event schema in, three small Parquet files out.

`cells` is the dyad-period table sorted by pair, so that one pair reads little; `exposure` is what
each party, and the world, is named in; `world` the world's rows by day. They follow from the rows
and are made anew when those, the weights or the filters change.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from chancery.errors import LedgerDamaged
from chancery.ledger.query import QueryFailed, Workroom
from chancery.relations.breaks import CoverageBreak, find_breaks
from chancery.relations.settings import settings
from chancery.relations.steps import listed, quoted
from chancery.relations.steps import step as sql
from chancery.relations.steps_of_time import Step

VERSION: Final = 4
"""Raised whenever the SQL changes, so that kept cubes are made anew."""
FACTS: Final = "cube.json"
AT_ONCE: Final = 2
"""Years counted side by side: while one is sorted and written, another is read."""
EXACT: Final = "sum(round(intensity * weight * 1048576) / 1048576)"
"""Scores in steps of 2⁻²⁰, so that their sum does not hang on the order of the rows."""
PERIODS: Final[Mapping[Step, str]] = {
    # Counting back to the first of a month costs half of what truncating to it does.
    "day": "day", "week": "date_trunc('week', day)",
    "month": "day - CAST(day(day) - 1 AS INTEGER)",
    "quarter": "date_trunc('quarter', day)", "year": "date_trunc('year', day)",
}  # fmt: skip


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows count.

    `domestic` keeps rows within one state; `fold` counts a meeting told in two mirrored rows once,
    undirected; `one_a_day` keeps one row for a pair, a code and a day; `standings` are those of the
    ledger's happenings.
    """

    domestic: bool = False
    fold: bool = False
    one_a_day: bool = False
    standings: tuple[str, ...] = ("happened", "ongoing")


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a cube says of itself (`cube.json`)."""

    made_from: str
    step: Step
    first: date | None
    last: date | None
    rows: int
    domestic: int
    unknown: int
    breaks: tuple[CoverageBreak, ...] = ()
    borders: tuple[date, ...] = ()


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """All that a cube follows from; `once`: a row's id may stand in several rows (the ledger)."""

    files: tuple[Path, ...]
    step: Step
    strata: Mapping[str, float]
    filters: Filters
    once: bool = False

    @property
    def weighted(self) -> bool:
        """Say whether some row stands for more or less than itself."""
        return any(weight != 1 for weight in self.strata.values())

    def digest(self) -> str:
        """Name the recipe and the present state of its files."""
        files = [(path.name, path.parent.name, *_state(path)) for path in sorted(self.files)]
        strata = sorted(self.strata.items())
        parts = (VERSION, files, self.step, strata, self.filters, settings())
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def _state(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError as error:
        raise LedgerDamaged(
            f"a file of the layer cannot be read: {error}", hint="import the data set again"
        ) from error
    return stat.st_size, stat.st_mtime_ns


def kept_cube(folder: Path, recipe: Recipe) -> Facts:
    """Return the facts of the cube in `folder`; it is made first unless it is there and fits."""
    digest = recipe.digest()
    facts = _read(folder)
    if facts is None or facts.made_from != digest:
        facts = _make_aside(folder, recipe, digest)
    return facts


def folder_name(step: Step, filters: Filters) -> str:
    """Name the folder of a kept cube by what was asked."""
    asked = hashlib.sha256(msgspec.json.encode(filters)).hexdigest()[:8]
    return f"cube-{step}-{asked}"


def _read(folder: Path) -> Facts | None:
    try:
        return msgspec.json.decode((folder / FACTS).read_bytes(), type=Facts)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _make_aside(folder: Path, recipe: Recipe, digest: str) -> Facts:
    """Make the cube aside and put it in its place, so that a reader never sees half of one."""
    aside = folder.parent / f".aside-{folder.name}-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        facts = make_cube(aside, recipe, digest)
        (aside / FACTS).write_bytes(msgspec.json.encode(facts) + b"\n")
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
    except OSError:
        if (kept := _read(folder)) is None or kept.made_from != digest:
            raise
        return kept  # another process was first
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return facts


def make_cube(folder: Path, recipe: Recipe, digest: str = "") -> Facts:
    """Write the three files into a folder and return what is to be said of them."""
    room = Workroom(folder / "spill")
    try:
        counts = _count(room, folder, recipe)
        return _facts(room, folder, recipe, digest, counts)
    except QueryFailed as error:
        raise LedgerDamaged(
            f"the rows of the layer cannot be counted: {error.message}",
            hint="remove the layer and import its files again",
        ) from error
    finally:
        room.close()
        shutil.rmtree(folder / "spill", ignore_errors=True)


def _count(room: Workroom, folder: Path, recipe: Recipe) -> tuple[int, int, int]:
    """Count a year's files at a time; return rows within a party, of unknown ones, and all.

    Steps do not reach far over a year, so that its cells fit where memory is fast; the few that do
    stand in two rows, which whoever reads them adds up. Most rows of many a data set leave a side
    open and are in no cell: who is named in them is counted apart, which costs half as much.
    """
    kept, left_out = "actor <> target", "actor IS NULL OR target IS NULL OR actor = target"
    if recipe.filters.domestic:
        kept, left_out = (
            "actor IS NOT NULL AND target IS NOT NULL",
            "actor IS NULL OR target IS NULL",
        )
    # Without weights no row is multiplied, and the sums cost what bare counting costs.
    valued = recipe.weighted or recipe.filters.fold
    weight = "sum(weight)" if valued else "NULL::DOUBLE"
    parts = {"kept": kept, "left_out": left_out, "period": PERIODS[recipe.step],
             "weight_sum": weight}  # fmt: skip
    score = EXACT if valued else "sum(intensity)"

    def count(job: tuple[int, tuple[Path, ...]]) -> None:
        cells = quoted(folder / f"cells-{job[0]:04}.parquet")
        with room.beside() as desk:
            _tell(desk, recipe, job[1])
            _fold(desk, recipe)
            desk.run(sql("cube_cells", intensity_sum=score, target=cells, **parts))
            desk.run(sql("cube_rest", **parts))
            desk.run(sql("cube_sides", cells=cells, weight_sum=weight))

    room.run(sql("cube_sides_table"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(count, _portions(recipe)))
    _tell(room, recipe, recipe.files)
    exposure = "cube_exposure_once" if recipe.once else "cube_exposure"
    target = quoted(folder / "exposure.parquet")
    room.run(sql(exposure, period=parts["period"], target=target))
    daily = "sum(weight)" if recipe.weighted else "CAST(count(*) AS DOUBLE)"
    room.run(sql("cube_world", weight_sum=daily, target=quoted(folder / "world.parquet")))
    domestic, unknown, rows = room.run(sql("cube_facts")).rows[0]
    return int(domestic), int(unknown), int(rows)


def _portions(recipe: Recipe) -> list[tuple[int, tuple[Path, ...]]]:
    """Return the files by folder, which is by year; all at once where rows are held together.

    Each portion has its number. The largest come first, so that none is left over at the end.
    """
    if recipe.filters.fold:
        return [(0, recipe.files)]
    folders: dict[Path, list[Path]] = {}
    for path in sorted(recipe.files):
        folders.setdefault(path.parent, []).append(path)
    portions = [tuple(files) for files in folders.values()] or [recipe.files]
    return sorted(enumerate(portions), key=lambda one: -sum(_state(path)[0] for path in one[1]))


def _fold(room: Workroom, recipe: Recipe) -> None:
    """Make the view `counted` of the rows told."""
    if not recipe.filters.fold:
        room.run(sql("cube_plain"))
        return
    policy = settings().cube
    types = listed(policy.mirrored_types)
    room.run(sql("cube_mirrored", types=types, codes=_pairs(policy.mirrored_codes)))
    room.run(sql("cube_folded", types=types))


def _tell(room: Workroom, recipe: Recipe, files: Sequence[Path]) -> None:
    """Make the view of the rows, each with its weight."""
    one_a_day = (
        "QUALIFY row_number() OVER (PARTITION BY e.day, e.actor, e.target, "
        "coalesce(e.cameo, e.type), e.stratum ORDER BY e.id) = 1"
    )
    values = ", ".join(f"({quoted(name)}, {by!r}::DOUBLE)" for name, by in recipe.strata.items())
    join = f"LEFT JOIN (VALUES {values}) w (stratum, each) ON w.stratum = e.stratum"
    sides = "" if recipe.filters.one_a_day else "_raw"
    room.run(
        sql(
            "cube_events",
            files=listed(files),
            key_actor=f"e.actor{sides}",
            key_target=f"e.target{sides}",
            weight="coalesce(w.each, 1)" if recipe.weighted else "1::DOUBLE",
            join_weights=join if recipe.weighted else "",
            one_a_day=one_a_day if recipe.filters.one_a_day else "",
        )
    )


def _pairs(codes: Mapping[str, str]) -> str:
    pairs = ", ".join(f"{quoted(one)}: {quoted(other)}" for one, other in sorted(codes.items()))
    return f"MAP {{{pairs}}}"


def _facts(
    room: Workroom, folder: Path, recipe: Recipe, digest: str, counts: tuple[int, int, int]
) -> Facts:
    domestic, unknown, rows = counts
    days = room.run(sql("cube_days", world=quoted(folder / "world.parquet"))).rows
    borders: Sequence[date] = ()
    if recipe.strata:
        starts = room.run(sql("cube_borders", files=listed(recipe.files))).rows
        borders = sorted({row[0] for row in starts})[1:]
    return Facts(
        made_from=digest, step=recipe.step, first=days[0][0] if days else None,
        last=days[-1][0] if days else None, rows=rows, domestic=domestic,
        unknown=unknown,
        breaks=find_breaks([row[0] for row in days], [row[2] for row in days]),
        borders=tuple(borders),
    )  # fmt: skip
