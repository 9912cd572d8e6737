"""Three parties: how the pairs move one another, and whether their signs are in balance.

Formulas, sources and cautions: `docs/relations.md`, "Triads".
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias

import msgspec
import numpy as np

from chancery.errors import UsageError
from chancery.relating import Refusal
from chancery.relations.cube import BETWEEN_STATES, Cube
from chancery.relations.flows import Array, Flow
from chancery.relations.intensity import warmth
from chancery.relations.reciprocity import Reciprocity, reciprocity
from chancery.relations.series_table import SeriesTable, sparse
from chancery.relations.settings import settings
from chancery.relations.steps_of_time import last_day
from chancery.relations.within import within

Border: TypeAlias = Literal["zero", "world mean"]
BORDERS: Final[tuple[Border, ...]] = ("zero", "world mean")
Sign: TypeAlias = Literal[-1, 0, 1]


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """One pair in one step: its rows, its warmth, and its sign beside a border.

    No sign where there is nothing to measure, 0 where the warmth lies on the border.
    """

    one: str
    other: str
    rows: int
    warmth: float | None
    sign: Sign | None


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a triad: in balance where the product of the three signs is positive.

    `balanced` is none where a pair has no sign.
    """

    first: date
    last: date
    border: Border
    at: float
    edges: tuple[Edge, Edge, Edge]
    balanced: bool | None


class Triad(msgspec.Struct, frozen=True, kw_only=True):
    """Three parties: the model of the three pairs, and the balance of each step, both borders."""

    parties: tuple[str, str, str]
    model: Reciprocity | Refusal
    balance: tuple[Balance, ...]
    refusals: tuple[Refusal, ...] = ()


def triad(
    cube: Cube, a: str, b: str, c: str, *, steps: int = 10, draws: int = 500, seed: int = 0,
    first: date | None = None, last: date | None = None,
) -> Triad:  # fmt: skip
    """Return how three pairs move one another and whether they are in balance.

    `first` and `last` are days of the steps that are looked at; without them all are. Raises
    `UsageError` unless they are three, and `MissingExtra` without the extra `stats`.
    """
    if len({a, b, c}) != 3:
        raise UsageError("a triad needs three different parties", hint="such as USA BLR RUS")
    flows = pair_flows(cube, (a, b, c), first, last)
    sparse_one = next((found for flow in flows if (found := sparse(flow)) is not None), None)
    model: Reciprocity | Refusal
    if sparse_one is not None:
        model = sparse_one
    else:
        table = SeriesTable(
            names=tuple(f"{flow.actor}-{flow.target}" for flow in flows),
            steps=tuple(step.isoformat() for step in flows[0].steps),
            values=np.column_stack([flow.intensity for flow in flows]),
        )
        model = reciprocity(table, steps=steps, draws=draws, seed=seed)
    coverage = tuple(Refusal(code="coverage", words=one.words) for one in cube.breaks)
    return Triad(
        parties=(a, b, c), model=model, refusals=coverage, balance=balance_of(cube, flows)
    )  # fmt: skip


def pair_flows(
    cube: Cube, parties: tuple[str, str, str], first: date | None = None, last: date | None = None
) -> list[Flow]:
    """Return the three pairs of a triad, both directions added up, within a span."""
    a, b, c = parties
    dyads = [within(cube.dyad(*pair), first, last) for pair in ((a, b), (b, c), (c, a))]
    return [dyad.flow("all") for dyad in dyads]


def balance_of(cube: Cube, flows: list[Flow]) -> tuple[Balance, ...]:
    """Return the balance of three pairs, step by step, beside zero and beside the world's mean."""
    world = cube.exposure(BETWEEN_STATES)
    together = world.cooperation + world.conflict
    mean = np.divide(
        world.cooperation - world.conflict, together, out=np.zeros_like(together),
        where=together > 0,
    )  # fmt: skip
    steps = flows[0].steps
    begin = cube.steps.index(steps[0]) if steps else 0
    mean = mean[begin : begin + len(steps)]
    borders: dict[Border, Array] = {"zero": np.zeros_like(mean), "world mean": mean}
    warm = [warmth(flow) for flow in flows]
    return tuple(
        _balance(cube, flows, warm, border, borders[border], at)
        for border in BORDERS
        for at in range(len(steps))
    )


def _balance(
    cube: Cube, flows: list[Flow], warm: list[Array], border: Border, heights: Array, at: int
) -> Balance:
    one, two, three = (
        _edge(flow, float(values[at]), float(heights[at]), at)
        for flow, values in zip(flows, warm, strict=True)
    )
    signs = [edge.sign for edge in (one, two, three)]
    known = all(signs)
    return Balance(
        first=flows[0].steps[at], last=last_day(flows[0].steps[at], cube.step), border=border,
        at=float(heights[at]), edges=(one, two, three),
        balanced=int(np.prod([sign or 0 for sign in signs])) > 0 if known else None,
    )  # fmt: skip


def _edge(flow: Flow, value: float, border: float, at: int) -> Edge:
    rows = int(flow.rows[at])
    known = bool(np.isfinite(value)) and rows >= settings().triads.fewest_rows
    sign: Sign | None = None
    if known:
        sign = 1 if value > border else -1 if value < border else 0
    return Edge(
        one=flow.actor, other=flow.target, rows=rows,
        warmth=value if np.isfinite(value) else None, sign=sign,
    )  # fmt: skip
