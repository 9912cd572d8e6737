"""Cuts a dyad to a stretch of days: every array loses the same steps, at both ends."""

from __future__ import annotations

from datetime import date

import msgspec

from chancery.relations.flows import Array, Dyad, Exposure, Flow
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


def _flow(flow: Flow, part: slice) -> Flow:
    arrays: dict[str, Array] = {name: getattr(flow, name)[part] for name in FLOW_ARRAYS}
    types = {name: values[part] for name, values in flow.types.items() if values[part].any()}
    return msgspec.structs.replace(flow, steps=flow.steps[part], types=types, **arrays)


def _exposure(exposure: Exposure, part: slice) -> Exposure:
    arrays: dict[str, Array] = {name: getattr(exposure, name)[part] for name in EXPOSURE_ARRAYS}
    return msgspec.structs.replace(exposure, steps=exposure.steps[part], **arrays)
