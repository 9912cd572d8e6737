"""How likely a claim is right, seen among its report's claims; the unlikely are dropped.

What one sentence shows of a deed (`claims.score_of`) is only one sign. Whether a coder books it
hangs as much on the rest: a title is told again below it, a deed without a doer is seldom whole,
the past of years ago is background, a surer claim beside it may be the same deed, and one whose
word stands inside a surer claim's words is mostly told by that. A word that is a cue of no frame is
the model's alone. Where no party of any claim is a power (a government, a party, a court, an army,
a body), the report is not about politics. A logistic regression weighs these signs; its weights lie
in `data/sureness.toml`, were fitted on annotated reports by heads that had not seen them
(`training/deeds/fit_sureness.py`), and may be edited.

Coders seldom book what did not happen. A ledger must hold a denial beside the deed, so one of
a party that its own words link is kept, however unlikely it is that a coder would.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

from chancery.model import Claim, Mention, Report
from chancery.read.own_talks import CHANCE, is_own_talk
from chancery.read.states import SURE, state_of

LEAD: Final = 0.15
"""The share of a text, from its start, that is its lead."""

LATE: Final = 0.6
"""The share of a text after which it is its tail."""

NEAR: Final = 200
"""Characters between two claims' words that make them neighbours."""

PAST: Final = 45
LONG_PAST: Final = 400
"""Days before publication."""

SHORT: Final = 1500
"""Characters of a short report."""

BRIEF: Final = 400
"""Characters of a text so brief that the signs, learnt on whole reports, say little.

They only tell that a deed by nobody known is seldom one.
"""

RULING: Final = frozenset({"GOV", "MIL", "LEG", "COP", "JUD"})
POWERS: Final = RULING | {"PTY", "OPP", "REB"}
"""Sectors of those whose deeds are politics."""

ABROAD: Final = frozenset({"IGO", "IMG", "ISM", "UNO", "EUR"})
"""Bodies and movements beyond one state, which are powers whatever their sector."""

PRIVATE: Final = frozenset({"CVL", "BUS", "JRN", ""})
"""Sectors; a code without one is often somebody's of whom only the state could be told."""
UNDONE: Final = frozenset({"negated", "denied"})
FEW: Final = 3
"""Claims of a report that tells few."""

_SPEAKERS = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
LEAST_RAW: Final = 0.001


class Sureness(NamedTuple):
    """The table of weights: `least` chance of a claim that is kept, and a weight for each sign."""

    least: float
    weights: Mapping[str, float]


@cache
def table() -> Sureness:
    """Load the table, once per process."""
    source = resources.files("chancery.read") / "data" / "sureness.toml"
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return Sureness(read["least"], read["weights"])


def likely(
    report: Report,
    claims: Sequence[Claim],
    cued: Set[str] = frozenset(),
    publisher: str | None = None,
) -> list[Claim]:
    """Return the claims that are likely enough, each with its chance as score.

    `cued` are the ids of those whose trigger is a cue of some frame; `publisher` is the state whose
    government publishes the report, if one does.
    """
    least, weights = table()
    kept = []
    brief = is_brief(report)
    for claim, signs in zip(claims, signs_of(report, claims, cued), strict=True):
        chance = 1 / (1 + math.exp(-sum(weights.get(n, 0.0) * v for n, v in signs.items())))
        if publisher and is_own_talk(report, claim, publisher):
            chance = max(chance, CHANCE)
        kept_anyway = signs["sure_denial"] or (brief and not signs["no_doer"])
        if chance >= least or kept_anyway:
            kept.append(msgspec.structs.replace(claim, score=round(chance, 3)))
    return kept


def is_brief(report: Report) -> bool:
    """Say whether a report is a sentence or two: too little to see a claim among others."""
    return len(report.text) < BRIEF


def signs_of(
    report: Report, claims: Sequence[Claim], cued: Set[str] = frozenset()
) -> list[dict[str, float]]:
    """Describe each claim of a report by what speaks for it and against it, 0…1 but for `raw`.

    `cued` as for `likely`.
    """
    sides = [(_states(claim.actors), _states(claim.targets)) for claim in claims]
    told_below = any(not _in_title(report, claim) for claim in claims)
    politics = _politics(claims)
    return [
        _alone(report, claim, title=told_below and _in_title(report, claim))
        | _between(*side)
        | _among(number, claims, sides)
        | politics
        | {"raw_no_power": _odds(claim) * politics["no_power"], f"type_{claim.type}": 1.0}
        | {"cued": float(claim.id in cued)}
        for number, (claim, side) in enumerate(zip(claims, sides, strict=True))
    ]


def _politics(claims: Sequence[Claim]) -> dict[str, float]:
    """Return the signs of a report that tells little of politics, the same for all its claims.

    Where no claim has a power of any kind for a party, the report is mostly of shops, science or
    stages, and what its sentences tell is no deed that a coder books. A party that the claim's own
    words leave unsaid is but a guess.
    """
    powers = any(
        _is_power(mention) and claim.words.covers(mention.span)
        for claim in claims
        for mention in _parties(claim)
    )
    return {"few": float(len(claims) <= FEW), "no_power": float(not powers)}


def _is_power(mention: Mention) -> bool:
    """Say whether a party is one of those whose deeds are politics."""
    body, _, sector = (mention.actor or "").partition(".")
    return body in ABROAD or sector in POWERS


def _parties(claim: Claim) -> tuple[Mention, ...]:
    return (*claim.actors, *claim.targets)


def _in_title(report: Report, claim: Claim) -> bool:
    return bool(report.title) and claim.words.end <= len(report.title) + 1


def _alone(report: Report, claim: Claim, *, title: bool) -> dict[str, float]:
    """Return the signs that need no other claim; `title` where the body has claims too."""
    odds = _odds(claim)
    place = claim.words.start / max(1, len(report.text))
    parties = _parties(claim)
    signs = {
        "always": 1.0,
        "raw": odds,
        "raw_accuse": odds * (claim.type == "ACCUSE"),
        "title": title,
        "raw_title": odds * title,
        "lead": not title and place < LEAD,
        "late": place > LATE,
        "place": place,
        "raw_place": odds * place,
        "open_party": any(not mention.actor for mention in parties),
        "doers": min(len(claim.actors), 4) / 4,
        "suffering": min(len(claim.targets), 4) / 4,
        "voiced": claim.voice.kind != "own",
        "anonymous": claim.voice.kind == "anonymous",
        "planned": claim.standing == "planned",
        "open": claim.standing in ("hypothetical", "predicted"),
        "undone": claim.standing in UNDONE,
        "sure_denial": claim.standing in UNDONE and _is_linked(claim),
        "alleged": claim.standing == "alleged",
        "ruling_doer": any(_sector(mention) in RULING for mention in claim.actors),
        "private_doer": any(_sector(mention) in PRIVATE for mention in claim.actors),
        "private_target": any(_sector(mention) in ("CVL", "BUS") for mention in claim.targets),
        "press": any(_sector(mention) == "JRN" for mention in parties),
        "first_person": bool(_SPEAKERS.search(claim.words.of(report.text))),
        "words": min(1.0, (claim.words.end - claim.words.start) / 250),
        "short_report": len(report.text) < SHORT,
    }
    return {n: float(value) for n, value in signs.items()} | _age(claim, report.published.first)


def _odds(claim: Claim) -> float:
    raw = min(max(claim.score, LEAST_RAW), 1 - LEAST_RAW)
    return math.log(raw / (1 - raw))


def _age(claim: Claim, published: date | None) -> dict[str, float]:
    if published is None or claim.when.last is None:
        return {"undated": 1.0}
    days = (published - claim.when.last).days
    return {
        "past": float(days > PAST),
        "long_past": float(days > LONG_PAST),
        "future": float(days < 0),
    }


def _between(doers: frozenset[str], suffering: frozenset[str]) -> dict[str, float]:
    return {
        "no_doer": float(not doers),
        "no_target": float(not suffering),
        "across": float(bool(doers and suffering) and doers != suffering),
        "within": float(bool(doers) and doers == suffering),
    }


def _among(
    number: int, claims: Sequence[Claim], sides: Sequence[tuple[frozenset[str], frozenset[str]]]
) -> dict[str, float]:
    """Return the signs that the report's other claims give."""
    claim = claims[number]
    parties = sides[number][0] | sides[number][1]
    others = [other for other in range(len(claims)) if other != number]
    alike = [n for n in others if claims[n].type == claim.type]
    same = [n for n in alike if sides[n][0] | sides[n][1] == parties]
    near = [n for n in others if abs(claims[n].words.start - claim.words.start) < NEAR]
    return {
        "repeated": float(bool(same)),
        "told_surer": float(any(claims[n].score > claim.score for n in same)),
        "told_before": float(any(claims[n].trigger < claim.trigger for n in same)),
        "type_surer": float(any(claims[n].score > claim.score for n in alike)),
        "inside_surer": float(
            any(
                claims[n].score > claim.score and claims[n].words.covers(claim.trigger)
                for n in others
            )
        ),
        "neighbours": min(len(near), 5) / 5,
        "surer_neighbours": min(sum(claims[n].score > claim.score for n in near), 3) / 3,
        "crowd": min(len(claims), 40) / 40,
    }


def _states(side: Sequence[Mention]) -> frozenset[str]:
    return frozenset(state_of(mention.actor) for mention in side if mention.actor)


def _is_linked(claim: Claim) -> bool:
    """Say whether a party is linked by its own words, and no state is on both sides."""
    parties = _parties(claim)
    linked = any(mention.actor and mention.score >= SURE for mention in parties)
    return linked and not _states(claim.actors) & _states(claim.targets)


def _sector(mention: Mention) -> str | None:
    return mention.actor.partition(".")[2] if mention.actor else None
