"""The cube: the one dyad-period table that every method reads.

`layer_cube` keeps it beside the layer's files, `ledger_cube` makes it for as long as it is open.
Read `building.py` for how it is counted and `flows.py` for what a method gets of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chancery.ledger.query import Workroom
from chancery.relations.breaks import CoverageBreak
from chancery.relations.building import Facts, Filters, Recipe, folder_name, kept_cube, make_cube
from chancery.relations.flows import (
    Dyad,
    Exposure,
    Flow,
    Partners,
    make_exposure,
    make_flow,
    make_partners,
)
from chancery.relations.steps import listed
from chancery.relations.steps import step as sql
from chancery.relations.steps_of_time import Step, check_step, steps_between

if TYPE_CHECKING:
    from chancery.ledger import Ledger

__all__ = ["Cube", "Filters", "layer_cube", "ledger_cube"]

WrittenDeeds = tuple[Path, int]
"""A file of happenings as rows of pairs, and how many happenings had no day."""
WORLD = None
BETWEEN_STATES = "*"
"""The exposure to all rows between two different parties."""


class Cube:
    """A dyad-period table with its exposure; close it, or use it in a `with` block."""

    def __init__(
        self, folder: Path, facts: Facts, filters: Filters, *, vague: int = 0, passing: bool = False
    ) -> None:
        self.step: Step = facts.step
        self.filters = filters
        self.first: date | None = facts.first
        self.last: date | None = facts.last
        self.rows = facts.rows
        self.domestic = facts.domestic
        self.unknown = facts.unknown
        self.vague = vague
        self.breaks: tuple[CoverageBreak, ...] = facts.breaks
        self.borders: tuple[date, ...] = facts.borders
        self.steps: tuple[date, ...] = (
            steps_between(facts.first, facts.last, facts.step) if facts.first and facts.last else ()
        )
        self._folder = folder
        self._passing = passing
        self._room: Workroom | None = None
        self._exposures: dict[str | None, Exposure] = {}
        self._last: tuple[tuple[str, str], Dyad] | None = None

    def close(self) -> None:
        """Let go of the memory, and of a folder that was made for this cube alone."""
        if self._room is not None:
            self._room.close()
            self._room = None
        if self._passing:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Cube:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def dyad(self, a: str, b: str) -> Dyad:
        """Return both directions between two parties, with the exposure of both and the world.

        Those asked for last are at hand, for several methods ask for the same.
        """
        if self._last is None or self._last[0] != (a, b):
            self._last = (a, b), self._dyad(a, b)
        return self._last[1]

    def _dyad(self, a: str, b: str) -> Dyad:
        rows = self._ask("cube_dyad", "cells", a=a, b=b)
        there = [row[2:] for row in rows if row[0] == a and row[1] is not False]
        back = [row[2:] for row in rows if row[0] == b and row[1] is not False and a != b]
        mutual = [row[2:] for row in rows if row[1] is False]
        return Dyad(
            a=a, b=b, step=self.step,
            there=self._flow(a, b, True, there), back=self._flow(b, a, True, back),
            mutual=self._flow(a, b, False, mutual), world=self.exposure(WORLD),
            of_a=self.exposure(a), of_b=self.exposure(b), breaks=self.breaks, borders=self.borders,
        )  # fmt: skip

    def exposure(self, party: str | None = WORLD) -> Exposure:
        """Return the rows that name a party; without one the world's, `*` those between parties."""
        if party not in self._exposures:
            rows = self._ask("cube_exposed", "exposure", party=party)
            self._exposures[party] = make_exposure(party, self.steps, rows)
        return self._exposures[party]

    def partners(self, party: str) -> Partners:
        """Return what passes between a party and each other one."""
        return make_partners(
            party, self.steps, self._ask("cube_partners", "cells", party=party)
        )  # fmt: skip

    def parties(self) -> tuple[str, ...]:
        """Return all parties, those named most first."""
        return tuple(row[0] for row in self._ask("cube_parties", "exposure"))

    def _flow(
        self, actor: str, target: str, directed: bool, cells: Sequence[Sequence[Any]]
    ) -> Flow:  # fmt: skip
        return make_flow(actor, target, directed, self.steps, cells)

    def _ask(self, name: str, part: str, **parameters: Any) -> list[tuple[Any, ...]]:
        if self._room is None:
            self._room = Workroom(self._folder / "spill")
        query = sql(name, **{part: listed(sorted(self._folder.glob(f"{part}*.parquet")))})
        return self._room.run(query, parameters).rows


def layer_cube(
    folder: Path,
    files: Sequence[Path],
    *,
    step: str = "month",
    strata: Mapping[str, float] | None = None,
    filters: Filters | None = None,
) -> Cube:
    """Return the cube of a layer: `files` are its Parquet files, `folder` where it may be kept.

    `strata` are the declared weights by stratum: a row of one stands for so many. The cube is made
    anew when a file, a weight or a filter has changed.
    """
    filters = filters or Filters()
    recipe = Recipe(
        files=tuple(files), step=check_step(step), strata=dict(strata or {}), filters=filters
    )
    home = folder / folder_name(recipe.step, filters)
    return Cube(home, kept_cube(home, recipe), filters)


def ledger_cube(
    ledger: Ledger,
    *,
    step: str = "month",
    filters: Filters | None = None,
    as_of: str | date | None = None,
    written: WrittenDeeds | None = None,
) -> Cube:
    """Return the cube of a ledger's happenings, as of its pinned snapshot or another.

    `written` are those happenings where they were written out before, with `write_deeds`.

    A happening lies in the step of its first possible day (of the last, where the first is open),
    so that sums are the same at every step; those without a day are counted in `vague`.
    """
    from chancery.relations.ledger_deeds import write_deeds

    filters = filters or Filters()
    folder = Path(tempfile.mkdtemp(prefix="chancery-cube-"))
    try:
        file, vague = written or write_deeds(ledger, folder, filters.standings, as_of)
        recipe = Recipe(files=(file,), step=check_step(step), strata={}, once=True, filters=filters)
        facts = make_cube(folder, recipe)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Cube(folder, facts, filters, vague=vague, passing=True)
