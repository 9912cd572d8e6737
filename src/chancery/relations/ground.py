"""What relations are counted on: the happenings of a ledger, or the rows of one layer beside it.

A `Ground` holds one cube, so that many pairs can be asked without counting again. It also knows
what stands behind a figure: the happenings with their claims, or the layer's rows.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.filters import parse_days
from chancery.ledger.policy import load_policy
from chancery.model import Turn
from chancery.relations.carriers import Carrier, carriers_by_step, carriers_in_layer
from chancery.relations.crosswalk import table
from chancery.relations.cube import Cube, Filters, WrittenDeeds, layer_cube, ledger_cube
from chancery.relations.deeds import Deeds, Gathering
from chancery.relations.flows import Dyad
from chancery.relations.layers import FOLDER, Layers
from chancery.relations.settings import settings
from chancery.relations.shown import shown
from chancery.relations.steps_of_time import Step, last_day
from chancery.relations.within import filled, within

COOPERATION: Final = (1, 2)
CONFLICT: Final = (3, 4)
AsOf = str | date | None
Day = str | date | None


class Ground:
    """The cube of a ledger or of a layer, and what is behind it; close it, or use it in a `with`.

    `since` and `until` cut the span that is looked at, in whole steps. Raises `UsageError` for a
    step, a layer or a day that cannot be meant.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        step: str = "quarter",
        layer: str | None = None,
        since: Day = None,
        until: Day = None,
        as_of: AsOf = None,
        filters: Filters | None = None,
        written: WrittenDeeds | None = None,
    ) -> None:
        self.ledger = ledger
        self.layer = layer
        self.as_of = as_of
        self.first = parse_days(since)[0] if since else None
        self.last = parse_days(until)[1] if until else None
        self.filters = filters or Filters()
        self.files: Sequence[Path] = ()
        self.names: Sequence[str] = ()
        if layer is None:
            self.cube = ledger_cube(
                ledger, step=step, filters=self.filters, as_of=as_of, written=written
            )
        else:
            self.cube = self._layer_cube(layer, step)
        self._gathering = Gathering(ledger, self.cube.step, self.filters.standings, as_of)

    def _layer_cube(self, layer: str, step: str) -> Cube:
        layers = Layers(self.ledger.path, self.ledger.lexicon)
        manifest = layers.manifest(layer)
        self.files = layers.files(layer)
        if not self.files:
            raise UsageError(f"layer {layer!r} holds no rows", hint=f"chancery layers show {layer}")
        self.names = [file.name for file in manifest.files]
        strata = {stratum.name: stratum.weight for stratum in manifest.strata}
        folder = self.ledger.path / FOLDER / layer
        return layer_cube(folder, self.files, step=step, strata=strata, filters=self.filters)

    def close(self) -> None:
        """Let go of the cube."""
        self.cube.close()

    def __enter__(self) -> Ground:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def party(self, code: str) -> str:
        """Return the party that a code belongs to: relations are between states and bodies."""
        return load_policy().party_of(code)

    @property
    def snapshot(self) -> str:
        """Return the id of the snapshot that is looked at."""
        asked = self.as_of
        return (self.ledger.snapshot if asked is None else self.ledger.snapshot_at(asked)).id

    def between(self, since: Day, until: Day) -> Ground:
        """Return the same ground for another span; close only the one that was made."""
        other = copy.copy(self)
        other.first = parse_days(since)[0] if since else None
        other.last = parse_days(until)[1] if until else None
        return other

    def dyad(self, a: str, b: str) -> Dyad:
        """Return two parties within the span that is looked at.

        Where none was asked for, a ledger's is that of the pair itself, without the few rows beyond
        a gap of many years: a report of another century must not stretch every pair. A layer has a
        span of its own.
        """
        found = self.cube.dyad(a, b)
        return within(found, self.first, self.last) if self._cut else filled(found)

    @property
    def _cut(self) -> bool:
        return bool(self.first or self.last or self.layer)

    def beyond(self, a: str, b: str) -> tuple[int, date | None, date | None]:
        """Return how many rows of a pair the usual span leaves out, from when and to when.

        The days are none on the side where nothing is left out.
        """
        if self._cut:
            return 0, None, None
        whole, kept = self.cube.dyad(a, b), self.dyad(a, b)
        left = round(float(whole.all_rows.sum() - kept.all_rows.sum()))
        told = [step for step, count in zip(whole.there.steps, whole.all_rows, strict=True)
                if count]  # fmt: skip
        if not left:
            return 0, None, None
        ends = kept.there.steps[0], kept.there.steps[-1]
        return (left, told[0] if told[0] < ends[0] else None,
                last_day(told[-1], self.cube.step) if told[-1] > ends[1] else None)  # fmt: skip

    def span(self, parties: Sequence[str]) -> tuple[date | None, date | None]:
        """Return the first and last day of what several parties are looked at within."""
        if self._cut:
            return self.first, self.last
        pairs = list(combinations(parties, 2))
        dyads = [filled(self.cube.dyad(*pair)) for pair in pairs]
        told = [one for one in dyads if one.all_rows.any()]
        ends = [day for one in told for day in (one.there.steps[0], one.there.steps[-1])]
        return (min(ends), last_day(max(ends), self.cube.step)) if ends else (None, None)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs with most between them, as many as `relate.toml` allows."""
        found: dict[tuple[str, str], float] = {}
        for party in self.cube.parties()[: shown().most_parties]:
            partners = self.cube.partners(party)
            for name, rows in zip(partners.names, partners.rows, strict=True):
                one, other = sorted((party, name))
                if one != other:
                    found[one, other] = float(rows.sum())
        order = sorted(found, key=lambda pair: (-found[pair], pair))
        return order[: shown().most_pairs]

    # What stands behind a figure ------------------------------------------------------------------

    def deeds(self, a: str, b: str) -> Deeds | None:
        """Return the happenings between two parties by place; none for a layer."""
        return None if self.layer else self._gathering.between(a, b)

    def layer_rows(
        self, actor: str, target: str, first: date, last: date, quads: Collection[int]
    ) -> tuple[Carrier, ...]:
        """Return the rows of the layer from one party to another, the strongest first.

        A row without direction is one of either: it may name the two the other way round.
        """
        most = shown().most_rows
        found = self._rows(actor, target, first, last, quads)
        if self.cube.dyad(actor, target).mutual.rows.any():
            turned = self._rows(target, actor, first, last, quads)
            found += tuple(one for one in turned if not one.directed)
            found = tuple(
                sorted(found, key=lambda one: (-abs(one.intensity or 0), one.day, one.id))
            )
        return found[:most]

    def _rows(
        self, actor: str, target: str, first: date, last: date, quads: Collection[int]
    ) -> tuple[Carrier, ...]:
        return carriers_in_layer(
            self.files, actor, target, first, last, quads=quads, limit=shown().most_rows,
            names=self.names,
        ).rows  # fmt: skip

    def rows_by_step(
        self, actor: str, target: str, first: date, last: date
    ) -> dict[date, tuple[Carrier, ...]]:
        """Return the layer's rows behind the points of one direction, by the day a step begins."""
        return carriers_by_step(
            self.files, actor, target, first, last, step=self.cube.step, limit=shown().most_rows,
            names=self.names,
        )  # fmt: skip

    def carriers(self, turn: Turn) -> tuple[Carrier, ...]:
        """Return the layer's rows that carry a turn, in the order in which it names them."""
        last = carried_until(turn, self.cube.step)
        return self.layer_rows(turn.actor, turn.target, turn.day_first, last, quads_of(turn))


@cache
def deed_labels() -> Mapping[str, str]:
    """Return the code book's words for every CAMEO code."""
    return {row["code"]: row["label"] for row in table("cameo.csv")}


def carried_until(turn: Turn, step: Step) -> date:
    """Return the last day of the happenings that carry a turn.

    A turn is found to within less than the shortest stretch, so those of a whole one carry it.
    """
    last = turn.day_last
    for _ in range(settings().turns.minimum[step] - 1):
        last = last_day(last + timedelta(days=1), step)
    return last


def quads_of(turn: Turn) -> tuple[int, ...]:
    """Return the quad classes that carry a turn: conflict where it went down, else cooperation."""
    if turn.measure in ("warmth", "intensity"):
        return COOPERATION if turn.after > turn.before else CONFLICT
    return {"cooperation": COOPERATION, "conflict": CONFLICT}.get(
        turn.measure, COOPERATION + CONFLICT
    )
