"""How warm, how intense, and how large a share of the world: one number a step.

Formulas, sources and cautions: `docs/relations.md`, "Warmth, intensity and shares".
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec
import numpy as np

from chancery.errors import UsageError
from chancery.relations.flows import Array, Direction, Dyad, Exposure, Flow

Measure: TypeAlias = Literal["warmth", "intensity", "cooperation", "conflict", "events"]
MEASURES: Final[tuple[Measure, ...]] = ("warmth", "intensity", "cooperation", "conflict", "events")
PER_WORLD_ROWS: Final = 1000.0
"""Shares are told as so many of a thousand of the world's rows."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A measure of one flow, step by step: `values` may be NaN where there is nothing to measure.

    `hits` of `trials` are the counts behind it as rows (a fraction of a row where weights differ);
    for counts `trials` are the world's rows.
    """

    measure: Measure
    flow: Flow
    values: Array
    hits: Array
    trials: Array


def warmth(flow: Flow) -> Array:
    """Return (cooperation − conflict) / (cooperation + conflict), −1…1; NaN where both are 0."""
    together = flow.cooperation + flow.conflict
    return _ratio(flow.cooperation - flow.conflict, together)


def intensity_sum(flow: Flow) -> Array:
    """Return the sum of the scores, with weights: Goldstein's, PLOVER's or the data set's own."""
    return flow.intensity


def per_row(flow: Flow) -> Array:
    """Return the mean score of a row; NaN where there is none."""
    return _ratio(flow.intensity, flow.weight)


def share(weights: Array, exposure: Exposure) -> Array:
    """Return weights as so many of a thousand of the exposure's; NaN where that is 0."""
    return _ratio(PER_WORLD_ROWS * weights, exposure.weight)


def count_of(flow: Flow, measure: Measure) -> Array:
    """Return the weights that a measure of counts adds up."""
    counts = {"cooperation": flow.cooperation, "conflict": flow.conflict, "events": flow.weight}
    return counts[measure]


def measure_series(dyad: Dyad, direction: Direction, measure: str) -> Series:
    """Return a measure of one direction; raises `UsageError` for a measure that is not known.

    Warmth is −1…1, intensity a sum of scores as a share, the counts are shares, of the world.
    """
    flow = dyad.flow(direction)
    if measure == "warmth":
        return Series(
            measure="warmth", flow=flow, values=warmth(flow),
            hits=flow.cooperation / flow.row_weight,
            trials=(flow.cooperation + flow.conflict) / flow.row_weight,
        )  # fmt: skip
    if measure == "intensity":
        values = share(flow.intensity, dyad.world)
        return Series(
            measure="intensity", flow=flow, values=values, hits=flow.rows, trials=dyad.world.rows
        )
    for known in MEASURES:
        if measure == known:
            counted = count_of(flow, known)
            return Series(
                measure=known, flow=flow, values=share(counted, dyad.world),
                hits=as_rows(counted, dyad.world), trials=dyad.world.rows,
            )  # fmt: skip
    raise UsageError(f"no measure {measure!r}", hint=f"one of: {', '.join(MEASURES)}")


def as_rows(weights: Array, world: Exposure) -> Array:
    """Return weights as rows: divided by what a row of the world stands for in that step.

    A row that stands for five was drawn once: its chance error is that of one row, not of five.
    """
    of_world = np.divide(
        world.weight, world.rows, out=np.ones_like(world.rows), where=world.rows > 0
    )
    return np.asarray(weights / of_world)


def _ratio(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0))
