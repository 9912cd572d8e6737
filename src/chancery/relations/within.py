"""Cuts a dyad to a stretch of days: every array loses the same steps, at both ends."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from chancery.relations.flows import Array, Dyad, Exposure, Flow
from chancery.relations.shown import shown
from chancery.relations.steps_of_time import last_day

FLOW_ARRAYS = ("rows", "weight", "quads", "intensity", "mentions", "origins")
EXPOSURE_ARRAYS = ("rows", "weight", "cooperation", "conflict")


def within(dyad: Dyad, first: date | None, last: date | None) -> Dyad:
    """Return the steps that lie at least in part between two days, inclusive; none cuts nothing."""
    if first is None and last is None:
        return dyad
    steps = dyad.there.steps
    kept = [
        at
        for at, step in enumerate(steps)
        if (first is None or last_day(step, dyad.step) >= first) and (last is None or step <= last)
    ]
    part = slice(kept[0], kept[-1] + 1) if kept else slice(0, 0)
    ends = (first or date.min, last or date.max)
    flows = {name: _flow(getattr(dyad, name), part) for name in ("there", "back", "mutual")}
    exposures = {name: _exposure(getattr(dyad, name), part) for name in ("world", "of_a", "of_b")}
    return msgspec.structs.replace(
        dyad, **flows, **exposures,
        breaks=tuple(one for one in dyad.breaks if ends[0] <= one.day <= ends[1]),
        borders=tuple(day for day in dyad.borders if ends[0] <= day <= ends[1]),
    )  # fmt: skip


def filled(dyad: Dyad) -> Dyad:
    """Cut the empty steps at both ends, and the few rows that lie beyond a gap of many years.

    A pair without any row keeps its span.
    """
    told = [(step, float(count)) for step, count in
            zip(dyad.there.steps, dyad.all_rows, strict=True) if count]  # fmt: skip
    if not told:
        return dyad
    kept = _main(told)
    return within(dyad, kept[0][0], last_day(kept[-1][0], dyad.step))


def _main(told: list[tuple[date, float]]) -> list[tuple[date, float]]:
    """Return the filled steps without those few that stand apart at either end."""
    gap, few = timedelta(days=shown().gap_days), shown().apart * sum(count for _, count in told)
    begin, end, before, after = 0, len(told), 0.0, 0.0
    for at in range(1, len(told)):
        before += told[at - 1][1]
        if told[at][0] - told[at - 1][0] > gap and before <= few:
            begin = at
    for at in range(len(told) - 1, begin, -1):
        after += told[at][1]
        if told[at][0] - told[at - 1][0] > gap and after <= few:
            end = at
    return told[begin:end]


def _flow(flow: Flow, part: slice) -> Flow:
    arrays: dict[str, Array] = {name: getattr(flow, name)[part] for name in FLOW_ARRAYS}
    types = {name: values[part] for name, values in flow.types.items() if values[part].any()}
    return msgspec.structs.replace(flow, steps=flow.steps[part], types=types, **arrays)


def _exposure(exposure: Exposure, part: slice) -> Exposure:
    arrays: dict[str, Array] = {name: getattr(exposure, name)[part] for name in EXPOSURE_ARRAYS}
    return msgspec.structs.replace(exposure, steps=exposure.steps[part], **arrays)
