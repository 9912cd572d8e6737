"""Which claims of one report tell one deed, of which one is kept.

A deed that a report tells twice is kept once, in its fuller telling. Who does something by words
does it anew in each sentence of the body that tells it by another verb; and what two people of one
party did are two deeds. A noun or an "-ing" beside a surer word of its sentence mostly speaks of
what that tells, and so does "plans to", of which the planned deed is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
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

MUTUAL: Final = frozenset({"CONSULT", "COOPERATE"})
"""Types of deeds of which all who take part are one set, on whichever side they stand."""

BESIDE: Final = 60
"""Characters within which two words of one clause, both of one type, tell one deed."""

INTENDING: Final = frozenset({"aim", "aims", "intend", "intends", "plan", "plans"})
"""Verbs that only say of a deed that it is to come: "intends to lend"."""

DATED: Final = frozenset({"stated", "reckoned"})
"""Bases of a date that the words themselves give."""

_INTENDED = re.compile(r"\s+to(?:\s+\w+ly)?\s+", re.IGNORECASE)
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


def beside_verbs(told: Iterable[tuple[Claim, tuple[View, Telling]]]) -> frozenset[str]:
    """Return the ids of the claims that a noun or an "-ing" tells.

    The others of a sentence, told by a full verb, are deeds for themselves.
    """
    return frozenset(
        claim.id
        for claim, (_, telling) in told
        if telling.trigger.cue.kind == "noun" or telling.trigger.tags == "G"
    )


def surest_in_sentence(
    text: str, sentences: Mapping[str, int], beside: Set[str], claims: list[Claim]
) -> list[Claim]:
    """Leave out what only speaks of a surer deed of its sentence, with no party but that one's.

    "Closed the road, *blocking* the envoys", "plans to lend" beside the lending. `sentences` has
    the first character of each claim's sentence, `beside` is as `beside_verbs` returns it.
    """

    def within(claim: Claim, other: Claim) -> bool:
        return other is not claim and sentences[other.id] == sentences[claim.id]

    return [
        claim
        for claim in claims
        if not any(
            (claim.id in beside and other.score > claim.score and _says_again(claim, other))
            or _is_intended(text, claim, other)
            for other in claims
            if within(claim, other)
        )
    ]


def _says_again(claim: Claim, surer: Claim) -> bool:
    """Say whether a claim has the type of a surer one, and no party or day that it has not."""
    alike = claim.standing == surer.standing or (_is_real(claim) and _is_real(surer))
    same_day = (claim.when.first, claim.when.last) == (surer.when.first, surer.when.last)
    if claim.type != surer.type or not alike:
        return False
    return (same_day or claim.when.basis not in DATED) and _tells_no_more(claim, surer)


def _is_intended(text: str, claim: Claim, deed: Claim) -> bool:
    """Say whether a claim only says that another's deed is to come: "*plans* to lend"."""
    if claim.trigger.of(text).lower() not in INTENDING or deed.standing != "planned":
        return False
    between = _INTENDED.fullmatch(text, claim.trigger.end, deed.trigger.start)
    return bool(between) and _tells_no_more(claim, deed)


def _tells_no_more(claim: Claim, other: Claim) -> bool:
    """Say whether a claim has no party on either side that another one has not.

    Where all take part alike it does not matter on which: "hosts her for a *meeting*".
    """
    own, others = (claim.actors, claim.targets), (other.actors, other.targets)
    if claim.type in MUTUAL and other.type in MUTUAL:
        own, others = ((*own[0], *own[1]), ()), ((*others[0], *others[1]), ())
    return all(
        _states(side) <= _states(whole) and not _are_others(side, whole)
        for side, whole in zip(own, others, strict=True)
    )


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
