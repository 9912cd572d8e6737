"""From triggers to claims: what one report says that somebody did.

Every sentence's triggers get their sides (`clauses.py`), their standing (`standing.py`), their
date and their voice. A deed that a report tells twice is kept once, in its fuller telling.

The score is the product of three plain parts: how sure the sides are linked (the least of their
scores), how the trigger was told (a verb with both sides more than a noun or one side), and the
standing (a claim read from a doubtful scope less).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chancery.lexicon import Lexicon
from chancery.model import (
    Claim,
    Mention,
    Place,
    Report,
    Span,
    Standing,
    Statement,
    TimeExpression,
    When,
)
from chancery.read.clauses import find_roles
from chancery.read.quantities import find_quantities
from chancery.read.sentences import Sentence
from chancery.read.sides import Roles
from chancery.read.standing import by_date, standing_of
from chancery.read.triggers import CueIndex, Trigger, View, view_sentence
from chancery.read.voices import voice_of
from chancery.read.whens import bounded_by_standing, when_of

TOLD: Final = {
    ("verb", True): 1.0,
    ("verb", False): 0.8,
    ("noun", True): 0.85,
    ("noun", False): 0.6,
}
"""How sure a deed is by the kind of its trigger, and whether both sides are known."""

LONGEST_WORDS: Final = 45
"""Words of the passage that tells a claim."""

DOUBTFUL: Final = 0.8
"""The factor of a claim whose standing is not simply happened or ongoing."""

_IN_PLACE = re.compile(r"\b(?:in|at|near|outside|inside|across)\s+(?:the\s+)?$", re.IGNORECASE)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What earlier stages found in one report."""

    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    times: Sequence[TimeExpression]
    statements: Sequence[Statement]


class ClaimFinder:
    """Finds the claims of reports; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.frames = lexicon.frames
        self.index = CueIndex(lexicon.cues)
        self.adjectives = frozenset(
            name.lower() for actor in lexicon.actors.values() for name in actor.adjectives
        )

    def find(self, report: Report, found: Found, run: str) -> list[Claim]:
        """Return the claims of one report, sorted by where they stand."""
        claims = [
            claim
            for sentence in found.sentences
            for claim in self._in_sentence(report, found, sentence, run)
        ]
        return sorted(_once_each(claims), key=lambda claim: (claim.trigger, claim.id))

    def _in_sentence(
        self, report: Report, found: Found, sentence: Sentence, run: str
    ) -> Iterator[Claim]:
        mentions = [m for m in found.mentions if sentence.span.covers(m.span)]
        if not mentions:
            return
        view = view_sentence(report.text, sentence, mentions, self.adjectives)
        for trigger in self.index.find(view):
            roles = find_roles(view, trigger)
            standing = standing_of(view, trigger, roles) if roles else None
            if roles and standing:
                yield self._claim(report, found, view, trigger, roles, standing, run)

    def _claim(
        self, report: Report, found: Found, view: View, trigger: Trigger, roles: Roles,
        standing: Standing, run: str,
    ) -> Claim:  # fmt: skip
        frame = self.frames[trigger.cue.frame]
        words = words_of(view, trigger, roles)
        span = view.span(trigger.first, trigger.last)
        when = when_of(span, view.sentence, report.text, found.times, report.published)
        standing = by_date(standing, trigger, when, report.published)
        return Claim(
            id=Claim.make_id(
                report=report.id, frame=frame.id, trigger=span,
                actors=roles.actors, targets=roles.targets,
            ),
            report=report.id, frame=frame.id, type=frame.type, mode=frame.mode, cameo=frame.cameo,
            words=words, trigger=span, actors=roles.actors, targets=roles.targets,
            when=bounded_by_standing(when, standing, report.published),
            where=place_in(view, words, roles),
            standing=standing,
            voice=voice_of(span, found.statements),
            quantities=find_quantities(report.text, words),
            score=score_of(trigger, roles, standing),
            run=run,
        )  # fmt: skip


def words_of(view: View, trigger: Trigger, roles: Roles) -> Span:
    """Return the sentence where it is short enough, else the stretch about the trigger."""
    longest = LONGEST_WORDS
    count = len(view.words)
    if count <= longest:
        return view.sentence.span
    first = max(0, min(roles.subject, roles.head, trigger.first))
    if trigger.last - first >= longest:
        first = max(0, trigger.last - longest + 1)
    last = min(count - 1, first + longest - 1)
    return view.span(first, last)


def place_in(view: View, words: Span, roles: Roles) -> Place | None:
    """Return the first place that the words name after "in", "at" or "near", not being a side."""
    sides = {mention.span for mention in (*roles.actors, *roles.targets)}
    for party in view.parties:
        mention = party.mentions[0]
        if mention.span in sides or not words.covers(mention.span) or not mention.actor:
            continue
        if _IN_PLACE.search(view.text, words.start, mention.span.start):
            country = mention.actor.split(".")[0]
            return Place(span=mention.span, country=country if len(country) == 3 else None)
    return None


def score_of(trigger: Trigger, roles: Roles, standing: Standing) -> float:
    """Return how sure a claim is, 0…1: the product that the module's docstring states."""
    linked = [m.score for m in (*roles.actors, *roles.targets) if m.actor]
    known_actor = any(m.actor for m in roles.actors)
    both = known_actor and (trigger.cue.mutual or any(m.actor for m in roles.targets))
    told = TOLD[trigger.cue.kind, both]
    doubt = 1.0 if standing in ("happened", "ongoing") else DOUBTFUL
    return round(min(linked) * told * doubt, 3)


def _once_each(claims: list[Claim]) -> list[Claim]:
    """Keep one claim of those that plainly tell the same deed: the fuller, then the earlier."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-_fullness(c), c.trigger, c.id)):
        if not any(_same_deed(claim, other) for other in kept):
            kept.append(claim)
    return kept


def _fullness(claim: Claim) -> float:
    sides = sum(bool(m.actor) for m in (*claim.actors, *claim.targets))
    dated = claim.when.basis in ("stated", "reckoned")
    return sides + dated + 0.5 * bool(claim.where) + 0.5 * bool(claim.quantities)


def _same_deed(one: Claim, other: Claim) -> bool:
    if one.frame != other.frame or not (
        one.standing == other.standing or (_is_real(one) and _is_real(other))
    ):
        return False
    same_actors = _states(one.actors) == _states(other.actors) or not one.actors
    same_targets = _states(one.targets) == _states(other.targets) or not one.targets
    return same_actors and same_targets and _overlap(one.when, other.when)


def _is_real(claim: Claim) -> bool:
    return claim.standing in ("happened", "ongoing")


def _states(side: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(mention.actor or mention.name or "" for mention in side)


def _overlap(one: When, other: When) -> bool:
    starts_before_end = one.first is None or other.last is None or one.first <= other.last
    return starts_before_end and (
        other.first is None or one.last is None or other.first <= one.last
    )
