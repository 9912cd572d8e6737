"""Two parties in the ledger or in a layer: every step, the turns, and what they rest on.

`relate` asks once; a `Ground` that is already there is asked by `relation_on`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from chancery.ledger import Ledger
from chancery.model import Point, Refusal, Relation, Turn
from chancery.relations.deeds import Deed, Deeds, spread
from chancery.relations.flows import Array, Direction, Dyad, Exposure, Flow
from chancery.relations.ground import AsOf, Day, Ground, carried_until, quads_of
from chancery.relations.intensity import PER_WORLD_ROWS, Measure, Series, measure_series, warmth
from chancery.relations.shown import rounded, shown
from chancery.relations.steps_of_time import Step, last_day
from chancery.relations.turns import Turns, find_turns

FORMULAS: Final[dict[Measure, str]] = {
    "warmth": "(cooperation − conflict) / (cooperation + conflict), −1…1",
    "intensity": "sum of the scores for every 1,000 rows of the world",
    "cooperation": "quad classes 1 and 2 for every 1,000 rows of the world",
    "conflict": "quad classes 3 and 4 for every 1,000 rows of the world",
    "events": "rows for every 1,000 rows of the world",
}
SHORT_ID: Final = len("snp_") + 8
SIDES: Final[tuple[Direction, ...]] = ("there+mutual", "back+mutual")


def relate(
    ledger: Ledger,
    a: str,
    b: str,
    *,
    step: str = "quarter",
    measure: str = "warmth",
    layer: str | None = None,
    since: Day = None,
    until: Day = None,
    as_of: AsOf = None,
) -> Relation:
    """Return how two parties move, step by step, with their turns, from a ledger or a layer.

    `a` and `b` are codes; their states or bodies are meant (`BLR.GOV` is `BLR`). `step` is day,
    week, month, quarter or year; `measure` warmth, intensity, cooperation, conflict or events.
    What the data cannot show stands in `refusals`. Raises `UsageError` for what cannot be meant.
    """
    with Ground(
        ledger, step=step, layer=layer, since=since, until=until, as_of=as_of
    ) as ground:  # fmt: skip
        return relation_on(ground, a, b, measure=measure)


def relation_on(
    ground: Ground, a: str, b: str, *, measure: str = "warmth", penalty: float | None = None
) -> Relation:
    """Return the relation of two parties on a ground that is already there."""
    a, b = ground.party(a), ground.party(b)
    dyad = ground.dyad(a, b)
    deeds = ground.deeds(a, b)
    series = [measure_series(dyad, side, measure) for side in SIDES]
    points = [
        tuple(_points(one, dyad, exposure, deeds))
        for one, exposure in zip(series, (dyad.of_a, dyad.of_b), strict=True)
    ]
    found = [
        find_turns(dyad, direction=side, measure=measure, penalty=penalty) for side in SIDES
    ]  # fmt: skip
    turns = sorted(
        (turn for one in found for turn in one.turns),
        key=lambda turn: (turn.day_first, turn.actor != a),
    )
    return Relation(
        actor=a, target=b, step=dyad.step, measure=series[0].measure,
        formula=FORMULAS[series[0].measure], layer=ground.layer, there=points[0], back=points[1],
        turns=tuple(carried(turn, ground, deeds, changed_kinds(turn, dyad, turns))
                    for turn in turns),
        refusals=tuple(_refusals(dyad, series, found)), coverage=coverage_of(ground, dyad),
    )  # fmt: skip


# Points -----------------------------------------------------------------------------------------


def _points(series: Series, dyad: Dyad, exposure: Exposure, deeds: Deeds | None) -> Iterator[Point]:
    flow = series.flow
    warm = warmth(flow)
    for at, first in enumerate(flow.steps):
        count = round(float(flow.rows[at]))
        place = (flow.actor, flow.target, first)
        told = deeds.at.get(place, ()) if deeds else ()
        value = rounded(float(series.values[at])) if count else None
        low, high = _spread(series, dyad.world, at, deeds, place)
        yield Point(
            first=first, last=last_day(first, dyad.step), count=count,
            mutual=round(float(dyad.mutual.rows[at])), origins=round(float(flow.origins[at])),
            value=value, warmth=rounded(float(warm[at])),
            intensity=rounded(float(flow.intensity[at])) if count else None,
            quads=_quads(flow, at), low=low, high=high, exposure=round(float(exposure.rows[at])),
            few=0 < count < shown().fewest_of_step,
            rows=tuple(deed.id for deed in told[: shown().most_rows]),
            more=max(0, count - min(len(told), shown().most_rows)),
        )  # fmt: skip


def _quads(flow: Flow, at: int) -> tuple[float, float, float, float]:
    one, two, three, four = (rounded(float(weight)) or 0.0 for weight in flow.quads[at])
    return one, two, three, four


def _spread(
    series: Series,
    world: Exposure,
    at: int,
    deeds: Deeds | None,
    place: tuple[str, str, date],
) -> tuple[float | None, float | None]:
    """Return the least and greatest value that disputes leave open; nothing where there is none."""
    found = spread(deeds, place, series.measure) if deeds else None
    if found is None:
        return None, None
    scale = 1.0
    if series.measure != "warmth":
        scale = PER_WORLD_ROWS / float(world.weight[at]) if world.weight[at] else 0.0
    return rounded(found[0] * scale), rounded(found[1] * scale)


# Turns ------------------------------------------------------------------------------------------


def carried(turn: Turn, ground: Ground, deeds: Deeds | None, kinds: str = "") -> Turn:
    """Return a turn with what carries it, why somebody says it was done, and its levels rounded."""
    if deeds is None:
        rows = [one.place for one in ground.carriers(turn)]
        reasons: list[str] = []
    else:
        carriers = deeds_behind(turn, deeds, ground.cube.step)
        rows = [one.id for one in carriers]
        reasons = list(_reasons(ground, carriers))
    return msgspec.structs.replace(
        turn,
        before=rounded(turn.before) or 0.0,
        after=rounded(turn.after) or 0.0,
        penalty=rounded(turn.penalty) or 0.0,
        stability=rounded(turn.stability) or 0.0,
        happenings=tuple(rows),
        reasons=tuple(filter(None, (kinds, *turn.reasons, *reasons))),
    )


def changed_kinds(turn: Turn, dyad: Dyad, turns: Sequence[Turn]) -> str:
    """Say which kinds of deeds make up another share of all after a turn than before it.

    Before and after reach to the next turn of the same direction, or to the end.
    """
    flow = dyad.flow(SIDES[turn.actor != dyad.a])
    same = [one.day_first for one in turns if one.actor == turn.actor]
    start = max((day for day in same if day < turn.day_first), default=date.min)
    end = min((day for day in same if day > turn.day_first), default=date.max)
    before = [start <= step < turn.day_first for step in flow.steps]
    after = [turn.day_first <= step < end for step in flow.steps]
    shares = {
        kind: [_share_of(weights, flow, side) for side in (before, after)]
        for kind, weights in flow.types.items()
    }
    order = sorted(shares, key=lambda kind: (-abs(shares[kind][1] - shares[kind][0]), kind))
    told = (
        f"{kind} {shares[kind][0]:.0%} → {shares[kind][1]:.0%}"
        for kind in order[: shown().kinds]
        if abs(shares[kind][1] - shares[kind][0]) >= shown().least_change
    )
    words = ", ".join(told)
    return f"share of all rows: {words}" if words else ""


def _share_of(weights: Array, flow: Flow, steps: Sequence[bool]) -> float:
    whole = float(flow.weight[steps].sum())
    return float(weights[steps].sum()) / whole if whole else 0.0


def deeds_behind(turn: Turn, deeds: Deeds, step: Step) -> list[Deed]:
    """Return the happenings that carry a turn: of its days and of its sign, the strongest first."""
    quads, last = quads_of(turn), carried_until(turn, step)
    found = [
        deed
        for (actor, target, _), told in deeds.at.items()
        if (actor, target) == (turn.actor, turn.target)
        for deed in told
        if turn.day_first <= deed.day <= last and deed.quad in quads
    ]
    found.sort(key=lambda deed: (-abs(deed.intensity), deed.day, deed.id))
    return found[: shown().most_rows]


def _reasons(ground: Ground, carriers: Sequence[Deed]) -> Iterator[str]:
    """Give the reasons that reports tell for the deeds, in their words, each with its id."""
    by_claim = {claim: deed.id for deed in carriers for claim in deed.claims}
    if not by_claim:
        return
    found = ground.ledger.reasons(claims=by_claim, as_of=ground.as_of)
    told = (reason.report for reason in found)
    reports = ground.ledger.reports_named(told, as_of=ground.as_of)
    for reason in found:
        words = " ".join(reason.passage.of(reports[reason.report].text).split())
        yield f"said {reason.kind}: “{words}” ({by_claim[reason.claim or '']})"


# What cannot be shown ---------------------------------------------------------------------------


def _refusals(dyad: Dyad, series: Sequence[Series], found: Sequence[Turns]) -> Iterator[Refusal]:
    """Give what these data cannot show, each once."""
    told: dict[str, Refusal] = {}
    directed = sum(float(flow.rows.sum()) for flow in (dyad.there, dyad.back))
    if dyad.mutual.rows.any() and not directed:
        words = f"undirected data: who answers whom cannot be told ({dyad.a} and {dyad.b})"
        told[words] = Refusal(code="undirected", words=words)
    for one, turns in zip(series, found, strict=True):
        for refusal in (*turns.refusals, *_withheld(turns)):
            told.setdefault(refusal.words, refusal)
        if not turns.turns and not any(one.code == "too-few" for one in turns.refusals):
            words = (
                f"not shown by these data: no turn from {one.flow.actor} to {one.flow.target} "
                f"gains its penalty of {turns.penalty:.1f}"
            )
            told[words] = Refusal(code="not-shown", words=words)
    yield from told.values()


def _withheld(turns: Turns) -> Iterator[Refusal]:
    for one in turns.withheld:
        yield Refusal(
            code=one.refusal.code,
            words=f"no turn is told at {one.day.isoformat()}: {one.refusal.words}",
        )


def _beyond(ground: Ground, dyad: Dyad) -> Iterator[str]:
    """Say what lies beyond a gap of many years, and how to ask for it."""
    count, first, last = ground.beyond(dyad.a, dyad.b)
    days = (f"from {first}" if first else "", f"to {last}" if last else "")
    if count:
        yield f"{count:,} more beyond a gap of years: ask {' '.join(filter(None, days))}"


# Coverage ---------------------------------------------------------------------------------------


def coverage_of(ground: Ground, dyad: Dyad) -> str:
    """Say in one line what a relation rests on."""
    flows = (dyad.there, dyad.back, dyad.mutual)
    there, back, mutual = (round(float(flow.rows.sum())) for flow in flows)
    what = "rows" if ground.layer else "happenings"
    facts = [
        f"layer {ground.layer}" if ground.layer else "",
        f"{there + back + mutual:,} {what} ({there:,} {dyad.a} → {dyad.b}, {back:,} {dyad.b} → "
        f"{dyad.a}, {mutual:,} of both, in either row)",
    ]
    if dyad.there.steps:
        facts.append(f"{dyad.there.steps[0]} … {last_day(dyad.there.steps[-1], dyad.step)}")
    facts += _beyond(ground, dyad)
    if ground.cube.vague:
        facts.append(f"{ground.cube.vague:,} of the ledger's happenings have no day")
    if dyad.borders:
        days = ", ".join(day.isoformat() for day in dyad.borders)
        facts.append(f"strata are weighted, with a border at {days}")
    if not ground.layer:
        facts.append(ground.snapshot[:SHORT_ID])
    return " · ".join(filter(None, facts))
