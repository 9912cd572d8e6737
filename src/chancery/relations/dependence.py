"""On whom a party leans: the shares of its cooperation by partner.

Formulas, sources and cautions: `docs/relations.md`, "Dependence".
"""

from __future__ import annotations

from datetime import date

import msgspec
import numpy as np

from chancery.relating import Refusal
from chancery.relations.cube import Cube
from chancery.relations.flows import Array
from chancery.relations.settings import settings
from chancery.relations.steps_of_time import first_day


class PartnerShare(msgspec.Struct, frozen=True, kw_only=True):
    """One partner: the weight of the cooperation with it, and its share of all (0…1)."""

    partner: str
    weight: float
    share: float


class StepDependence(msgspec.Struct, frozen=True, kw_only=True):
    """One step: the index of concentration, and the partner with the largest share."""

    first: date
    weight: float
    herfindahl: float | None
    largest: str | None
    share: float | None


class Dependence(msgspec.Struct, frozen=True, kw_only=True):
    """How a party's cooperation is spread over its partners.

    `herfindahl` is the sum of the squared shares, 1 where there is one partner; `diversification`
    is 1 less that; `as_many` is how many equal partners would give the same.
    """

    party: str
    first: date
    last: date
    rows: int
    partners: tuple[PartnerShare, ...]
    herfindahl: float
    diversification: float
    as_many: float
    by_step: tuple[StepDependence, ...]


def dependence(
    cube: Cube, party: str, *, first: date | None = None, last: date | None = None
) -> Dependence | Refusal:
    """Return the shares of a party's cooperation by partner, from one day's step to another's."""
    begin = first_day(first, cube.step) if first else cube.steps[0] if cube.steps else None
    found = cube.partners(party)
    within = [
        at
        for at, step in enumerate(cube.steps)
        if begin and begin <= step and (last is None or step <= last)
    ]
    rows = round(float(found.rows[:, within].sum()))
    cooperation = found.cooperation[:, within]
    summed = np.asarray(cooperation.sum(axis=1))
    if rows < settings().dependence.fewest_rows or summed.sum() <= 0:
        return Refusal(
            code="too-few", words=f"too few happenings: {rows} name {party} and a partner"
        )  # fmt: skip
    shares = summed / summed.sum()
    order = sorted(np.flatnonzero(summed > 0), key=lambda at: (-summed[at], found.names[at]))
    index = float((shares**2).sum())
    return Dependence(
        party=party, first=cube.steps[within[0]], last=cube.steps[within[-1]], rows=rows,
        partners=tuple(
            PartnerShare(
                partner=found.names[at], weight=float(summed[at]), share=float(shares[at])
            )
            for at in order
        ),
        herfindahl=index, diversification=1 - index, as_many=1 / index,
        by_step=tuple(
            _of_step(cube.steps[at], found.names, found.cooperation[:, at]) for at in within
        ),
    )  # fmt: skip


def _of_step(step: date, names: tuple[str, ...], weights: Array) -> StepDependence:
    total = float(weights.sum())
    if total <= 0:
        return StepDependence(first=step, weight=0.0, herfindahl=None, largest=None, share=None)
    shares = weights / total
    largest = int(np.argmax(shares))
    return StepDependence(
        first=step, weight=total, herfindahl=float((shares**2).sum()), largest=names[largest],
        share=float(shares[largest]),
    )  # fmt: skip
