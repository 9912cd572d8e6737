"""How certain a happening is, 0…1, and the signals that raised and lowered it.

One scale: the chance that this reading of the reports is right, that a deed of this type between
these sides is really told there with this standing. It starts from the best claim's score, which is
calibrated out of fold, and adds weights of `certainty.toml` in log-odds. One of them is measured,
the others are reasoned and bounded; the table says which.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from chancery.ledger.disputes import find_rivals
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import Policy
from chancery.ledger.settled import Settled
from chancery.ledger.values import standing_of, standings_clash
from chancery.model import Claim, Rival

REAL: Final = frozenset({"happened", "ongoing"})
DIGITS: Final = 3
LEAST_SCORE: Final = 0.001

DOUBTS: Final = {"denied": "denied", "negated": "negated", "alleged": "doubted"}
"""The weight, and the word, for a claim of each standing that speaks against a deed."""

FLAGS: Final = {
    "reads as translation": "reads_as_translation",
    "lost negation suspected": "lost_negation",
    "role reversal suspected": "role_reversal",
}
"""Traits of reports that make a reading less sure, with the names of their weights."""
LOCAL_FLAGS: Final = frozenset({"lost negation suspected", "role reversal suspected"})
"""Flags of single words: they touch only the claims that are told by these."""

NAMELESS: Final = {
    "named": "somebody named", "anonymous": "somebody unnamed", "document": "a document"
}  # fmt: skip


Step = tuple[float, str]
"""A weight in log-odds, and the signal that names it."""


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `certainty.toml`."""

    measured: dict[str, float]
    reasoned: dict[str, float]
    bounds: dict[str, float]


@cache
def weights() -> Weights:
    """Return the weights that ship with the package."""
    words = (resources.files("chancery.ledger") / "certainty.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(words), Weights)


def assess(
    claims: Sequence[Claim],
    kinship: Kinship,
    policy: Policy,
    settled: Settled,
    rivals: Sequence[Rival] | None = None,
) -> tuple[float | None, tuple[str, ...]]:
    """Return the certainty of the happening that claims make, none where not assessed, and why.

    `kinship` tells the day, outlet and traits of reports; `rivals` are those of the happening,
    found here where they are not given. Signals begin with *up*, *down* or *bound*.
    """
    kept = [taken for claim in claims if (taken := settled.take(claim)) is not None]
    if not kept:
        return None, ()
    if rivals is None:
        rivals = find_rivals("", kept, kinship, policy, settled)[1]
    backing, contrary = _part(kept, rivals)
    steps = [
        *_support(backing, kinship),
        *_confirmation(backing, kinship),
        *_doubts(backing, contrary, kinship),
        *_faults(backing, rivals, kinship),
    ]
    if len(kept) < len(claims):
        steps.append((weights().reasoned["rejected"], "a person rejected one of its claims"))
    decided = any(claim.id in settled.changed or claim.id in settled.leads for claim in backing)
    best = max((claim.score for claim in backing), default=0.0)
    if best <= 0 and not decided:
        return None, _signals(steps)
    return _bounded(best, steps, decided, real=any(one.standing in REAL for one in kept))


def _bounded(
    best: float, steps: Sequence[Step], decided: bool, *, real: bool
) -> tuple[float, tuple[str, ...]]:
    bounds = weights().bounds
    value = _chance(_odds(best) + sum(weight for weight, _ in steps)) if best > 0 else 0.0
    value = min(max(value, bounds["least"]), bounds["most"])
    signals = list(_signals(steps))
    if best > weights().measured["surest"]:
        signals.append(f"bound: one telling counts {weights().measured['surest']:.2f} at most")
    if decided:
        value = max(value, bounds["decided"])
        signals.append("up: a person settled it")
    if not real and value > bounds["unreal"]:
        value = bounds["unreal"]
        signals.append("bound: no claim says that it happened")
    return round(value, DIGITS), tuple(signals)


def _odds(chance: float) -> float:
    """Return the log-odds that a best score gives, which has a bound above."""
    chance = min(max(chance, LEAST_SCORE), weights().measured["surest"])
    return math.log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _signals(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the words of the steps that move anything, those that raise first."""
    moved = [step for step in steps if step[0]]
    ordered = sorted(moved, key=lambda step: (step[0] < 0, -abs(step[0]), step[1]))
    return tuple(f"{'up' if weight > 0 else 'down'}: {words}" for weight, words in ordered)


def _part(claims: Sequence[Claim], rivals: Iterable[Rival]) -> tuple[list[Claim], list[Claim]]:
    """Part claims into those that stand by the leading standing, and those against it."""
    leading = next((one.value for one in rivals if one.field == "standing" and one.leads), None)
    standings = {claim.id: standing_of(claim) for claim in claims}
    leading = leading or standings[min(claims, key=lambda one: (-one.score, one.id)).id]
    contrary = [one for one in claims if standings_clash(leading, standings[one.id])]
    against = {claim.id for claim in contrary}
    return [claim for claim in claims if claim.id not in against], contrary


def _support(claims: Sequence[Claim], kinship: Kinship) -> list[Step]:
    """Weigh that a report tells the deed again, and that other origins tell it."""
    table = weights()
    tellings = max(_tellings(claims).values(), default=1)
    origins = len(kinship.origins({claim.report for claim in claims}))
    per_fold, most = table.measured["retold"], table.reasoned["most_support"]
    by_origins = min(most, per_fold * math.log(max(1, origins)))
    by_tellings = min(most - by_origins, per_fold * math.log(tellings))
    return [
        (by_origins, f"{origins} origins agree"),
        (by_tellings, f"told {tellings} times in one report"),
    ]


def _tellings(claims: Iterable[Claim]) -> dict[str, int]:
    """Count the clauses of each report that tell the deed."""
    places = {(claim.report, claim.trigger) for claim in claims}
    counts: dict[str, int] = {}
    for report, _ in places:
        counts[report] = counts.get(report, 0) + 1
    return counts


def _confirmation(claims: Sequence[Claim], kinship: Kinship) -> list[Step]:
    """Weigh a later account in an outlet's own voice of what was on somebody's word until then."""
    owned = [one for one in claims if one.voice.kind == "own" and _day(one, kinship)]
    voiced = [_day(one, kinship) for one in claims if one.voice.kind != "own"]
    first = min((day for day in voiced if day), default=None)
    later = [one for one in owned if first and _day_after(one, first, kinship)]
    own_days = [_day(one, kinship) for one in owned]
    if not later or first is None or any(day and day <= first for day in own_days):
        return []
    told_first = [one.report for one in claims if _day(one, kinship) == first]
    if not _other_origin(later[0].report, told_first, kinship):
        return []
    one = min(later, key=lambda claim: (_day(claim, kinship) or date.max, claim.id))
    words = f"confirmed by {_teller(one, kinship)}{_dated(one, kinship)}"
    return [(weights().reasoned["confirmed"], words)]


def _doubts(backing: Sequence[Claim], contrary: Sequence[Claim], kinship: Kinship) -> list[Step]:
    """Weigh what is said against the deed, once for each origin, up to a bound."""
    if not contrary:
        return []
    table = weights().reasoned
    last = max((day for one in backing if (day := _day(one, kinship))), default=None)
    strongest: dict[tuple[str, ...], Step] = {}
    origins = kinship.origins({claim.report for claim in contrary})
    for claim in sorted(contrary, key=lambda one: one.id):
        origin = next(group for group in origins if claim.report in group)
        step = _doubt(claim, backing, last, kinship)
        strongest[origin] = min(strongest.get(origin, step), step)
    left = table["most_doubt"]
    steps = []
    for weight, words in sorted(strongest.values()):
        weight = max(weight, left)
        left -= weight
        steps.append((weight, words))
    return steps


def _doubt(claim: Claim, backing: Sequence[Claim], last: date | None, kinship: Kinship) -> Step:
    """Return the weight and the words of one claim against the deed."""
    table = weights().reasoned
    sort = DOUBTS.get(standing_of(claim), "contrary")
    later = bool(last and _day_after(claim, last, kinship))
    outlet = kinship.outlets.get(claim.report)
    others = [one for one in backing if one.report != claim.report]
    if later and outlet and any(kinship.outlets.get(one.report) == outlet for one in others):
        sort = "corrected"
    weight = table.get(sort, table["negated"])
    known = last is not None and _day(claim, kinship) is not None
    weight = weight if later or not known else weight * table["earlier_share"]
    verb = {"negated": "said not to have happened", "contrary": "told as happened"}.get(sort, sort)
    return weight, f"{verb} by {_teller(claim, kinship)}{_dated(claim, kinship)}"


def _faults(claims: Sequence[Claim], rivals: Iterable[Rival], kinship: Kinship) -> list[Step]:
    """Weigh rival sides, and what is odd about all reports that stand by the deed."""
    table = weights().reasoned
    fields = sorted({one.field for one in rivals} & {"actors", "targets"})
    steps = [(table["sides_clash"], f"claims differ on {' and '.join(fields)}")] if fields else []
    for trait, name in FLAGS.items():
        if claims and all(_bears(one, trait, kinship) for one in claims):
            steps.append((table[name], f"report: {trait}"))
    return steps


def _bears(claim: Claim, trait: str, kinship: Kinship) -> bool:
    """Say whether a claim's report bears a flag: for what shows in single words, in its words."""
    found = [one for one in kinship.traits.get(claim.report, ()) if one.name == trait]
    if trait not in LOCAL_FLAGS:
        return bool(found)
    words = [shown.words for one in found for shown in one.evidence]
    return any(span.overlaps(claim.words) for span in words if span)


def _day(claim: Claim, kinship: Kinship) -> date | None:
    return kinship.published.get(claim.report)


def _day_after(claim: Claim, day: date, kinship: Kinship) -> bool:
    own = _day(claim, kinship)
    return own is not None and own > day


def _dated(claim: Claim, kinship: Kinship) -> str:
    day = _day(claim, kinship)
    return f" on {day.isoformat()}" if day else ""


def _teller(claim: Claim, kinship: Kinship) -> str:
    """Name who tells a claim: the voice's actor or name, with the outlet; else the outlet."""
    voice = claim.voice
    source = kinship.outlets.get(claim.report) or "a report without a source"
    if voice.kind == "own":
        return source
    who = voice.actor or voice.full_name or NAMELESS[voice.kind]
    return f"{who} ({source})"


def _other_origin(report: str, others: Collection[str], kinship: Kinship) -> bool:
    """Say whether a report has another origin than some others."""
    own = next(group for group in kinship.origins({report, *others}) if report in group)
    return own == (report,)
