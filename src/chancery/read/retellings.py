"""Which claims of one report tell one deed, of which one is kept.

A deed that a report tells twice is kept once, in its fuller telling. Who does something by words
does it anew in each sentence of the body that tells it by another verb; and what two people of one
party did are two deeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chancery.model import Claim, Mention, Report, When
from chancery.read.states import state_of
from chancery.read.stems import stem
from chancery.read.telling_contexts import Telling
from chancery.read.triggers import View

CLOSE: Final = 150
"""Characters within which two triggers of one type, with the same states, tell one deed."""

SAID: Final = frozenset({"ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types of deeds done by words: who speaks twice does two, while two attacks may be one."""

BESIDE: Final = 60
"""Characters within which two words of one clause, both of one type, tell one deed."""

_TWO_DEEDS = re.compile(r"\b(?:and|or|but)\b|[\"“”]", re.IGNORECASE)
"""What stands between the words of two deeds, each told for itself or by somebody else."""


class Saying(NamedTuple):
    """A deed done by words: its sentence, by the first character, and the stem of its verb."""

    sentence: int
    verb: str


def sayings_of(
    report: Report, told: Iterable[tuple[Claim, tuple[View, Telling]]]
) -> dict[str, Saying]:
    """Return the claims of deeds done by words that a verb of the body tells, by their ids.

    What a title tells is told again below it.
    """
    body = len(report.title) + 1 if report.title else 0
    return {
        claim.id: Saying(view.sentence.span.start, stem(view.words[telling.trigger.first]))
        for claim, (view, telling) in told
        if claim.type in SAID
        and telling.trigger.cue.kind == "verb"
        and view.sentence.span.start >= body
    }


def once_each(claims: list[Claim], sayings: Mapping[str, Saying]) -> list[Claim]:
    """Keep one claim of those that plainly tell the same deed: the fuller, then the surer.

    `sayings` has those that tell a saying, by the claim's id.
    """

    def same(one: Claim, other: Claim) -> bool:
        said, again = sayings.get(one.id), sayings.get(other.id)
        anew = said and again and said.sentence != again.sentence and said.verb != again.verb
        return not anew and _same_deed(one, other)

    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-_fullness(c), -c.score, c.trigger, c.id)):
        if not any(same(claim, other) for other in kept):
            kept.append(claim)
    return kept


def surest_in_words(text: str, claims: list[Claim]) -> list[Claim]:
    """Keep of a deed told by two words of one clause the surer telling: "confirmed their support".

    Where the surer leaves a party out that the other one names, both stay. "Arrested *and* jailed"
    are two deeds.
    """
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-c.score, c.trigger, c.id)):
        if not any(_tells_within(text, claim, other) for other in kept):
            kept.append(claim)
    return kept


def _tells_within(text: str, claim: Claim, surer: Claim) -> bool:
    """Say whether a claim tells no more than a surer one whose words it shares."""
    close = abs(claim.trigger.start - surer.trigger.start) < BESIDE
    shared = claim.words.covers(surer.trigger) or surer.words.covers(claim.trigger)
    first, second = sorted((claim.trigger, surer.trigger))
    return (
        claim.type == surer.type and close and shared
        and (claim.standing == surer.standing or (_is_real(claim) and _is_real(surer)))
        and _overlap(claim.when, surer.when)
        and _states(claim.actors) <= _states(surer.actors)
        and _states(claim.targets) <= _states(surer.targets)
        and not _TWO_DEEDS.search(text, first.start, second.end)
    )  # fmt: skip


def _fullness(claim: Claim) -> float:
    sides = sum(bool(m.actor) for m in (*claim.actors, *claim.targets))
    dated = claim.when.basis in ("stated", "reckoned")
    # A stretch of days may hold another deed of the kind; a day tells most.
    exact = claim.when.first is not None and claim.when.first == claim.when.last
    # "Detained hundreds of people" tells more than "broke up a camp".
    told = any(mention.actor and "." in mention.actor for mention in claim.targets)
    return (
        sides
        + exact
        + 0.25 * told
        + 0.5 * dated
        + 0.5 * bool(claim.where)
        + 0.5 * bool(claim.quantities)
    )


def _same_deed(one: Claim, other: Claim) -> bool:
    if not (one.standing == other.standing or (_is_real(one) and _is_real(other))):
        return False
    if not _overlap(one.when, other.when) or _are_others(one.actors, other.actors):
        return False
    if one.frame != other.frame:
        return _told_together(one, other)
    same_actors = _parties(one.actors) == _parties(other.actors) or not one.actors
    same_targets = _parties(one.targets) == _parties(other.targets) or not one.targets
    return same_actors and same_targets


def _told_together(one: Claim, other: Claim) -> bool:
    """Say whether two claims of one type and the same states stand close: "held talks, meeting"."""
    close = abs(one.trigger.start - other.trigger.start) < CLOSE
    same = _states(one.actors) == _states(other.actors)
    return (
        one.type == other.type and close and same and _states(one.targets) == _states(other.targets)
    )


def _are_others(side: tuple[Mention, ...], other: tuple[Mention, ...]) -> bool:
    """Say whether two sides name people, and nobody is on both: two senators of one party."""
    named, others = _surnames(side), _surnames(other)
    return bool(named and others) and named.isdisjoint(others)


def _surnames(side: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(m.name.split()[-1].lower() for m in side if m.actor and m.name)


def _is_real(claim: Claim) -> bool:
    return claim.standing in ("happened", "ongoing")


def _parties(side: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(mention.actor or mention.name or "" for mention in side)


def _states(side: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(state_of(mention.actor) for mention in side if mention.actor)


def _overlap(one: When, other: When) -> bool:
    starts_before_end = one.first is None or other.last is None or one.first <= other.last
    return starts_before_end and (
        other.first is None or one.last is None or other.first <= one.last
    )
