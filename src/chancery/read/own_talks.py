"""Talks that somebody in office tells of himself: "I spoke today with the president of Chad".

Coders seldom book what stands in the first person, for most of it is opinion; so the weights of
`sureness.py` count it for little. But who tells, in a text that his own government publishes, with
whom he has met or spoken knows it, and it is what the other capital's release tells as well. Notes
leave the "I" out: "Had a call with …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from chancery.model import Claim, Mention, Report, Span
from chancery.read.anaphora import POINTED
from chancery.read.listed import SHARED, with_sides
from chancery.read.states import SURE, state_of
from chancery.read.title_deeds import title_table

OFFICE: Final = ".GOV"
TOLD: Final = frozenset({"happened", "ongoing"})

BODIES: Final = frozenset({"IGO", "EUR", "UNO"})
"""What a code begins with whose people are met as those of states are."""

SPEAKERS: Final = frozenset({"i", "we", "my"})

BARE: Final = frozenset({"held", "had", "met", "spoke", "talked", "conducted", "hosted"})
"""Verbs that open a note on what one did oneself."""

REACH: Final = 60
"""Characters before a deed in which its sentence may begin."""

_SENTENCE: Final = re.compile(r"(?:[.!?]\s+|\n)$")
_LED: Final = re.compile(
    r"(?:[.!?]\s+|\n)(?:(?:Also|In\s+addition|Separately),?\s+)?"
    r"(?:(?:There\s+was|[Dd]uring|[Ii]n|[Aa]t|[Aa]fter|[Ff]ollowing|The|An?|My|Our)\s+)?"
    r"(?:(?:the|an?|my|our|his|her)\s+)?(?:[a-z-]+\s+)?$"
)
"""What alone may stand between a sentence's begin and a noun for talks that are the publisher's."""

CHANCE: Final = 0.6
"""The least chance of such a claim. By hand: of those that were read nearly all are right."""


def with_teller(report: Report, state: str, claim: Claim, mentions: Sequence[Mention]) -> Claim:
    """Return a talk told without a subject, "Held talks with …", as one of the publisher's head.

    In: the state that publishes the report, and all its mentions, in order. A claim that begins its
    sentence otherwise, or has a party of that state, stays as it is; and so does one in whose words
    a second foreign office is named, for it may have been theirs.
    """
    if claim.type != SHARED or claim.standing not in TOLD or not _lacks_subject(report, claim):
        return claim
    parties = (*claim.actors, *claim.targets)
    if any(state_of(one.actor or "") == state for one in parties):
        return claim
    own = next((one for one in mentions if one.actor == f"{state}{OFFICE}"), None)
    met = {state_of(one.actor or "") for one in parties if is_foreign_office(one, state)}
    named = {
        state_of(one.actor or "")
        for one in mentions
        if claim.words.covers(one.span) and is_foreign_office(one, state)
    }
    if own is None or not met or named - met:
        return claim
    teller = msgspec.structs.replace(own, score=POINTED, candidates=())
    return with_sides(claim, (teller, *claim.actors), claim.targets)


def _lacks_subject(report: Report, claim: Claim) -> bool:
    """Say whether a deed's words open a sentence of the body, so that nobody is its subject.

    So they do by a verb, "Held talks with", or a noun: "During a meeting with", "The talks with".
    """
    text, start = report.text, claim.trigger.start
    if start <= len(report.title):
        return False
    words = claim.trigger.of(text).casefold()
    before = text[max(len(report.title), start - REACH) : start]
    if words.split()[0] in BARE:
        return text[start].isupper() and _SENTENCE.search(before) is not None
    noun = any(re.match(rf"(?:{talk})", words) for talk in title_table().talks.values())
    with_whom = words.endswith(" with") or text.startswith(" with ", claim.trigger.end)
    return noun and with_whom and _LED.search(before) is not None


def is_own_talk(report: Report, claim: Claim, state: str) -> bool:
    """Say whether a claim is a talk that an officeholder of the publishing state tells of himself.

    He says "I" or "we" of himself, or leaves it out; the other is named, and in office elsewhere.
    """
    if claim.type != SHARED or claim.standing not in TOLD:
        return False
    parties = (*claim.actors, *claim.targets)
    own = [one for one in parties if one.actor in (state, f"{state}{OFFICE}")]
    says = any(_is_speaker(report.text, one.span) for one in own)
    bare = bool(own) and _lacks_subject(report, claim)
    return (says or bare) and any(is_foreign_office(one, state) for one in parties)


def _is_speaker(text: str, span: Span) -> bool:
    return span.of(text).casefold() in SPEAKERS


def is_foreign_office(party: Mention, state: str) -> bool:
    """Say whether words name somebody in office in another state, or of a body of states."""
    code = party.actor or ""
    foreign = bool(code) and state_of(code) != state and party.score >= SURE
    return foreign and (code.endswith(OFFICE) or code.partition(".")[0] in BODIES)
