"""What a method sees: one direction between two parties, step by step, and the exposure beside it.

All arrays of one `Flow` or `Exposure` have one entry a step, over the whole span of the cube, with
zeros where nothing was told. `rows` are counted as they stand, `weight` with declared weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from chancery.relations.breaks import CoverageBreak
from chancery.relations.steps_of_time import Step

Array: TypeAlias = npt.NDArray[np.float64]
Direction: TypeAlias = Literal["there", "back", "mutual", "all", "there+mutual", "back+mutual"]
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "there": ("there",), "back": ("back",), "mutual": ("mutual",),
    "all": ("there", "back", "mutual"),
    "there+mutual": ("there", "mutual"), "back+mutual": ("back", "mutual"),
}  # fmt: skip
QUADS: Final = 4


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """What one party does to another, step by step.

    `quads` are weights by quad class (steps × 4), `types` weights by type of deed; `intensity` is
    the sum of the scores times the weights. An undirected flow is what both do together.
    """

    actor: str
    target: str
    directed: bool
    steps: tuple[date, ...]
    rows: Array
    weight: Array
    quads: Array
    intensity: Array
    mentions: Array
    origins: Array
    types: Mapping[str, Array]

    @property
    def cooperation(self) -> Array:
        """Return the weights of quad classes 1 and 2."""
        return np.asarray(self.quads[:, :2].sum(axis=1))

    @property
    def conflict(self) -> Array:
        """Return the weights of quad classes 3 and 4."""
        return np.asarray(self.quads[:, 2:].sum(axis=1))

    @property
    def row_weight(self) -> Array:
        """Return what a row stands for on average in each step; 1 where there is none."""
        return np.divide(self.weight, self.rows, out=np.ones_like(self.rows), where=self.rows > 0)


class Exposure(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of a step that name a party; all of the world's, where `party` is none."""

    party: str | None
    steps: tuple[date, ...]
    rows: Array
    weight: Array
    cooperation: Array
    conflict: Array


class Dyad(msgspec.Struct, frozen=True, kw_only=True):
    """Two parties: both directions, what they do together, and what to measure it against."""

    a: str
    b: str
    step: Step
    there: Flow
    back: Flow
    mutual: Flow
    world: Exposure
    of_a: Exposure
    of_b: Exposure
    breaks: tuple[CoverageBreak, ...] = ()
    borders: tuple[date, ...] = ()

    @property
    def all_rows(self) -> Array:
        """Return the rows between the two, step by step."""
        return np.asarray(self.there.rows + self.back.rows + self.mutual.rows)

    def flow(self, direction: Direction) -> Flow:
        """Return one direction, or several added up; undirected deeds count once."""
        parts = [getattr(self, name) for name in PARTS[direction]]
        return parts[0] if len(parts) == 1 else add_flows(parts)


class Partners(msgspec.Struct, frozen=True, kw_only=True):
    """What passes between a party and each other one, both ways (partners × steps)."""

    party: str
    steps: tuple[date, ...]
    names: tuple[str, ...]
    rows: Array
    cooperation: Array
    conflict: Array


def add_flows(flows: Sequence[Flow]) -> Flow:
    """Add flows of one span up; the sides are those of the first."""
    names = sorted({name for flow in flows for name in flow.types})
    nothing = np.zeros(len(flows[0].steps))
    return msgspec.structs.replace(
        flows[0],
        directed=all(flow.directed for flow in flows),
        types={name: sum((f.types.get(name, nothing) for f in flows), nothing) for name in names},
        **{name: sum(getattr(flow, name) for flow in flows) for name in _SUMS},
    )


_SUMS: Final = ("rows", "weight", "quads", "intensity", "mentions", "origins")


def make_flow(
    actor: str, target: str, directed: bool, steps: tuple[date, ...], cells: Iterable[Sequence[Any]]
) -> Flow:
    """Fill a flow from cells: period, type, quad, events, weight, intensity, mentions, origins."""
    place = {first: at for at, first in enumerate(steps)}
    sums = np.zeros((5, len(steps)))
    quads = np.zeros((len(steps), QUADS))
    types: dict[str, Array] = {}
    for period, kind, quad, events, weight, intensity, mentions, origins in cells:
        at = place[period]
        sums[:, at] += (events, weight, intensity or 0, mentions, origins)
        if quad:
            quads[at, quad - 1] += weight
        if kind:
            types.setdefault(kind, np.zeros(len(steps)))[at] += weight
    return Flow(
        actor=actor, target=target, directed=directed, steps=steps, rows=sums[0], weight=sums[1],
        quads=quads, intensity=sums[2], mentions=sums[3], origins=sums[4],
        types=dict(sorted(types.items())),
    )  # fmt: skip


def make_exposure(
    party: str | None, steps: tuple[date, ...], rows: Iterable[Sequence[Any]]
) -> Exposure:
    """Fill an exposure from rows: period, events, weight, cooperation, conflict."""
    place = {first: at for at, first in enumerate(steps)}
    sums = np.zeros((4, len(steps)))
    for period, *values in rows:
        sums[:, place[period]] = values
    return Exposure(
        party=party, steps=steps, rows=sums[0], weight=sums[1], cooperation=sums[2],
        conflict=sums[3],
    )  # fmt: skip


def make_partners(
    party: str, steps: tuple[date, ...], rows: Sequence[Sequence[Any]]
) -> Partners:  # fmt: skip
    """Fill the partners of a party from rows: partner, period, events, cooperation, conflict."""
    names = tuple(sorted({row[0] for row in rows}))
    where = {name: at for at, name in enumerate(names)}
    place = {first: at for at, first in enumerate(steps)}
    sums = np.zeros((3, len(names), len(steps)))
    for partner, period, *values in rows:
        sums[:, where[partner], place[period]] = values
    return Partners(
        party=party, steps=steps, names=names, rows=sums[0], cooperation=sums[1], conflict=sums[2]
    )
