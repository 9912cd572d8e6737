"""When a relation turned: change points, how firm they are, and which ones cannot be told.

Formulas, sources and cautions: `docs/relations.md`, "Turns".
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

import msgspec
import numpy as np

from chancery.errors import UsageError
from chancery.relating import Refusal, Strength, Turn
from chancery.relations import dispersion
from chancery.relations.breaks import CoverageBreak
from chancery.relations.flows import Array, Direction, Dyad
from chancery.relations.intensity import PER_WORLD_ROWS, Measure, Series, measure_series
from chancery.relations.pelt import BinomialCost, Cost, L2Cost, PoissonCost, pelt
from chancery.relations.settings import OfTurns, settings
from chancery.relations.steps_of_time import Step, last_day, next_step

CostName: TypeAlias = Literal["binomial", "poisson", "l2"]
COSTS: Final[dict[Measure, tuple[CostName, ...]]] = {
    "warmth": ("binomial", "l2"), "intensity": ("l2",), "cooperation": ("poisson", "l2"),
    "conflict": ("poisson", "l2"), "events": ("poisson", "l2"),
}  # fmt: skip
"""The costs that fit a measure; the first is taken unless another is asked for."""


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was found and is not called a turn, with the reason."""

    day: date
    refusal: Refusal


class Turns(msgspec.Struct, frozen=True, kw_only=True):
    """The turns of one direction, and all that was taken for granted in finding them."""

    turns: tuple[Turn, ...]
    withheld: tuple[Withheld, ...]
    refusals: tuple[Refusal, ...]
    measure: Measure
    cost: CostName
    penalty: float
    penalties: tuple[float, ...]
    dispersion: float
    minimum: int


class _Search(msgspec.Struct, frozen=True, kw_only=True):
    """One series, its cost, and where it is split under each penalty."""

    series: Series
    cost: CostName
    penalty: float
    penalties: tuple[float, ...]
    dispersion: float
    minimum: int
    places: tuple[int, ...]
    others: tuple[tuple[int, ...], ...]


def find_turns(
    dyad: Dyad,
    *,
    direction: Direction = "there",
    measure: str = "warmth",
    cost: str | None = None,
    penalty: float | None = None,
    minimum: int | None = None,
) -> Turns:
    """Return the turns of one direction of a dyad, those withheld, and what cannot be told.

    `penalty` is what a further turn must gain, in units of −2 log-likelihood (of the summed squares
    for l2); unless given, `penalty_factor` · dispersion · log(steps). `minimum` is the shortest
    stretch in steps. Raises `UsageError` for a measure or cost that cannot be meant.
    """
    policy = settings().turns
    series = measure_series(dyad, direction, measure)
    shortest = policy.minimum[dyad.step] if minimum is None else minimum
    if shortest < 1 or (penalty is not None and penalty <= 0):
        raise UsageError("penalty and minimum must be above 0")
    search = _search(series, _cost_name(series.measure, cost), penalty, shortest, policy)
    refusals = [_coverage(one) for one in dyad.breaks]
    rows = round(series.flow.rows.sum())
    if rows < policy.fewest_rows or len(series.values) < 2 * shortest:
        refusals.insert(0, _too_few(series, rows, shortest))
        return _result(search, (), (), tuple(refusals))
    turns, withheld = [], []
    for at, place in enumerate(search.places):
        near = [
            one
            for one in dyad.breaks
            if _coincide(series.flow.steps, place, one, dyad.step, shortest)
        ]
        day = series.flow.steps[place]
        if near:
            withheld.append(Withheld(day=day, refusal=_coverage(near[0])))
        elif (turn := _turn(search, at, dyad, policy)) is not None:
            if borders := _borders_at(turn, place, dyad):
                withheld.append(Withheld(day=day, refusal=_at_border(borders[0], turn, dyad.step)))
            else:
                turns.append(turn)
    return _result(search, tuple(turns), tuple(withheld), tuple(refusals))


def _result(
    search: _Search,
    turns: tuple[Turn, ...],
    withheld: tuple[Withheld, ...],
    refusals: tuple[Refusal, ...],
) -> Turns:
    return Turns(
        turns=turns, withheld=withheld, refusals=refusals, measure=search.series.measure,
        cost=search.cost, penalty=search.penalty, penalties=search.penalties,
        dispersion=search.dispersion, minimum=search.minimum,
    )  # fmt: skip


def _cost_name(measure: Measure, asked: str | None) -> CostName:
    for known in COSTS[measure]:
        if asked in (None, known):
            return known
    raise UsageError(
        f"cost {asked!r} does not fit {measure}", hint=f"one of: {', '.join(COSTS[measure])}"
    )


def _search(
    series: Series, name: CostName, penalty: float | None, minimum: int, policy: OfTurns
) -> _Search:
    cost, spread = _make_cost(series, name, policy.trimmed)
    usual = policy.penalty_factor * spread * float(np.log(max(2, cost.size)))
    chosen = usual if penalty is None else penalty
    # An even series costs nothing to leave whole; a penalty of 0 would split it anywhere.
    chosen = max(chosen, 1e-9)
    penalties = tuple(chosen * factor for factor in policy.penalty_range)
    return _Search(
        series=series, cost=name, penalty=chosen, penalties=penalties, dispersion=spread,
        minimum=minimum, places=tuple(pelt(cost, chosen, minimum)),
        others=tuple(tuple(pelt(cost, other, minimum)) for other in penalties),
    )  # fmt: skip


def _make_cost(series: Series, name: CostName, trimmed: float) -> tuple[Cost, float]:
    if name == "binomial":
        spread = dispersion.of_shares(series.hits, series.trials, trimmed)
        return BinomialCost(series.hits, series.trials), spread
    if name == "poisson":
        spread = dispersion.of_counts(series.hits, series.trials, trimmed)
        return PoissonCost(series.hits, series.trials), spread
    # A warmth counts by the rows it rests on; a sum of scores swings with what happens, not with
    # how many rows the world has, so each step of it counts alike.
    by_rows = series.measure == "warmth"
    weights = series.trials if by_rows else np.minimum(series.trials, 1.0)
    weights = np.where(np.isfinite(series.values), weights, 0.0)
    values = np.nan_to_num(series.values)
    return L2Cost(values, weights), dispersion.of_values(values, weights, trimmed)


def _turn(search: _Search, at: int, dyad: Dyad, policy: OfTurns) -> Turn | None:
    """Return the turn at one place, or none where a side of it has too few rows."""
    series, places = search.series, (0, *search.places, len(search.series.values))
    start, place, end = places[at : at + 3]
    rows = series.flow.rows
    counted = series.trials if series.measure == "warmth" else rows
    beside = (float(counted[start:place].sum()), float(counted[place:end].sum()))
    fewest = max(beside) if series.measure != "warmth" else min(beside)
    if fewest < policy.fewest_rows_beside:
        return None
    near = max(policy.near_steps, search.minimum - 1)
    stays = [any(abs(place - other) <= near for other in found) for found in search.others]
    stability = sum(stays) / len(stays)
    first, last = _stretch(series, start, place, end, dyad.step)
    strength, because = _strength(stability, round(sum(beside)), policy)
    return Turn(
        actor=series.flow.actor, target=series.flow.target, day_first=first, day_last=last,
        before=_level(series, start, place, dyad), after=_level(series, place, end, dyad),
        penalty=search.penalty, stability=stability, strength=strength, because=because,
        measure=series.measure, cost=search.cost,
    )  # fmt: skip


def _stretch(series: Series, start: int, place: int, end: int, step: Step) -> tuple[date, date]:
    """Return between which days it turned: over a gap, from the last row before to the first after.

    A count turns in its own step, for there an empty step says something.
    """
    steps = series.flow.steps
    if series.measure != "warmth":
        return steps[place], last_day(steps[place], step)
    filled = series.trials > 0
    old = [at for at in range(start, place) if filled[at]]
    new = [at for at in range(place, end) if filled[at]]
    before = next_step(steps[old[-1]], step) if old else steps[place]
    return before, last_day(steps[new[0]] if new else steps[place], step)


def _level(series: Series, start: int, end: int, dyad: Dyad) -> float:
    """Return the level of a stretch: sums over sums, not a mean of ratios."""
    flow = series.flow
    if series.measure == "warmth":
        cooperation = float(flow.cooperation[start:end].sum())
        conflict = float(flow.conflict[start:end].sum())
        together = cooperation + conflict
        return (cooperation - conflict) / together if together else float("nan")
    summed: dict[Measure, Array] = {
        "intensity": flow.intensity, "events": flow.weight, "cooperation": flow.cooperation,
        "conflict": flow.conflict,
    }  # fmt: skip
    world = float(dyad.world.weight[start:end].sum())
    above = PER_WORLD_ROWS * float(summed[series.measure][start:end].sum())
    return above / world if world else float("nan")


def _strength(stability: float, rows: int, policy: OfTurns) -> tuple[Strength, str]:
    share = f"stays under {stability:.0%} of the penalties tried"
    counted = f"rests on {rows:,} {'row' if rows == 1 else 'rows'}"
    because = f"{share}, {counted}"
    standards: tuple[tuple[Strength, float, int], ...] = (
        ("strong", policy.strong.least_stability, policy.strong.least_rows),
        ("moderate", policy.moderate.least_stability, policy.moderate.least_rows),
    )
    for name, least_stability, least_rows in standards:
        if stability >= least_stability and rows >= least_rows:
            return name, because
    return "weak", because


def _borders_at(turn: Turn, place: int, dyad: Dyad) -> list[date]:
    """Return the declared borders of strata that a turn cannot be told from.

    Weights make levels equal, not how rows were drawn or coded. Such a border lies between the days
    of the turn; or within the step before it, of which each stratum then holds a part, so that the
    first whole step of the new stratum is the one that turns.
    """
    before = dyad.there.steps[max(0, place - 1)]
    return [
        border
        for border in dyad.borders
        if turn.day_first <= border <= turn.day_last or before < border < dyad.there.steps[place]
    ]


def _at_border(border: date, turn: Turn, step: Step) -> Refusal:
    finer = "" if step == "day" else f"; by a step shorter than a {step} it may be"
    return Refusal(
        code="coverage",
        words=f"a declared border of strata lies at {border.isoformat()}; what changed from "
        f"{turn.actor} to {turn.target} ({turn.measure} {turn.before:.2f} → {turn.after:.2f}) "
        f"cannot be told from it{finer}",
    )


def _coincide(
    steps: tuple[date, ...], place: int, one: CoverageBreak, step: Step, shortest: int
) -> bool:
    """Say whether a turn lies so near to a change of coverage that they cannot be told apart.

    A place is found to within less than the shortest stretch, whatever changed there.
    """
    days = timedelta(days=settings().coverage.near_days + one.exact - 1)
    slack = max(1, shortest - 1)
    first = steps[max(0, place - slack)]
    last = last_day(steps[min(len(steps) - 1, place + slack)], step)
    return first - days <= one.day <= last + days


def _coverage(one: CoverageBreak) -> Refusal:
    return Refusal(code="coverage", words=one.words)


def _too_few(series: Series, rows: int, shortest: int) -> Refusal:
    sides = f"{series.flow.actor} to {series.flow.target}"
    return Refusal(
        code="too-few",
        words=f"too few happenings: {rows} in {len(series.values)} steps from {sides}; a turn "
        f"needs {settings().turns.fewest_rows} and {2 * shortest} steps",
    )
