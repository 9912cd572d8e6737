"""What of a claim is compared with others, made once for each claim.

A face holds states and bodies in place of codes, day numbers in place of dates, and stems in place
of words, so that many pairs are compared quickly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import msgspec

from chancery.ledger.courses import course_spans
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import Policy
from chancery.ledger.told import UNDATED_WIDTH, Days, Told, days_of
from chancery.ledger.weights import Weights
from chancery.model import Claim, Mention

Codes: TypeAlias = tuple[str, ...]

_WORD: Final = re.compile(r"[^\W_]+")
_ENDINGS: Final = ("ing", "ed", "es", "s", "e")
LEAST_STEM: Final = 3


class Face(msgspec.Struct, frozen=True, gc=False):
    """A claim as it is compared.

    `actors` and `targets` are parties (a state, or a body such as `IGO.NATO`), `codes` the codes
    themselves; all parties to a mutual deed stand in `actors`. `whole` says that both sides are
    known. `stems`, `names` and `trigger` are of its words.
    """

    id: str
    report: str
    story: str
    text: str
    outlet: str | None
    capital: str | None
    type: str
    frame: str
    mode: str | None
    family: str
    actors: Codes
    targets: Codes
    codes: Codes
    mutual: bool
    whole: bool
    days: Days | None
    loose: bool
    when: str
    place: str | None
    quantities: tuple[tuple[str, float], ...]
    trigger: str
    stems: Codes
    persons: tuple[tuple[str, str], ...]
    span: tuple[int, int]
    words: str
    courses: tuple[tuple[str, str, int, int], ...] = ()

    @property
    def width(self) -> int:
        """Return how many days the date may be out."""
        return self.days[1] - self.days[0] if self.days else UNDATED_WIDTH

    @property
    def telling(self) -> tuple[Any, ...]:
        """Return what claims share that say the same deed in the same words of one text."""
        return (self.story, self.words, self.type, self.family, self.actors, self.targets)

    @property
    def content(self) -> tuple[Any, ...]:
        """Return all that is compared, but for the report: copies have it in common."""
        return (
            *self.telling[1:], self.frame, self.mode or "", self.codes, self.days or (0, 0),
            self.loose, self.when, self.place or "", self.quantities, self.trigger,
        )  # fmt: skip


class Faces:
    """Makes faces under one policy; equal words are kept once."""

    def __init__(self, kinship: Kinship, policy: Policy, weights: Weights) -> None:
        self._kinship = kinship
        self._policy = policy
        self._plain = weights.plain_words
        self._reach_days = weights.reach_days
        self._occasion_words = weights.occasion_words
        self._occasion_reach = weights.occasion_reach
        self._kept: dict[Any, Any] = {}

    def make(self, told: Told) -> Face:
        """Return a claim's face."""
        claim, policy, kinship = told.claim, self._policy, self._kinship
        mutual = claim.type in policy.mutual_types
        sides = (parties(claim.actors, policy), parties(claim.targets, policy))
        if mutual:
            sides = (tuple(sorted({*sides[0], *sides[1]})), ())
        known = all(one.actor for one in (*claim.actors, *claim.targets))
        quoted = told.quoted
        return Face(
            id=claim.id,
            report=claim.report,
            story=kinship.story_of(claim.report),
            text=kinship.text_of(claim.report),
            outlet=kinship.outlets.get(claim.report),
            capital=kinship.capitals.get(claim.report),
            type=claim.type,
            frame=claim.frame,
            mode=claim.mode,
            family=policy.family_of(claim.standing),
            actors=self._keep(sides[0]),
            targets=self._keep(sides[1]),
            codes=self._keep((*codes_of(claim.actors), "", *codes_of(claim.targets))),
            mutual=mutual,
            whole=known and self._is_whole(sides, mutual),
            days=self._reach(claim, quoted),
            loose=claim.when.basis in policy.loose_bases,
            when=claim.when.edtf(),
            place=claim.where.country if claim.where else None,
            quantities=tuple(sorted({(one.unit, one.value) for one in claim.quantities})),
            trigger=self._keep(stem(trigger_words(claim, quoted))),
            stems=self._stems(without_parties(claim, quoted)),
            persons=tuple(
                sorted(
                    {
                        self._keep((policy.party_of(one.actor), one.name))
                        for one in (*claim.actors, *claim.targets)
                        if one.actor and one.name
                    }
                )
            ),
            span=(claim.words.start, claim.words.end),
            words=told.words,
            courses=tuple(course_spans(told)),
        )

    def _is_whole(self, sides: tuple[Codes, Codes], mutual: bool) -> bool:
        """Say whether both sides are known; a body that meets needs no second one."""
        if not mutual:
            return all(sides)
        return len(sides[0]) > 1 or any(is_body(one, self._policy) for one in sides[0])

    def _reach(self, claim: Claim, quoted: str) -> Days | None:
        """Return a claim's days; where only a report's own day bounds them, some days before it.

        So it is for a deed that a clause only names as the occasion of another, with no day of its
        own: "during a call with her he said" may be told days after the call.
        """
        first, last = claim.when.first, claim.when.last
        bounded = first is None and claim.when.basis == "bounded"
        if last is not None and (bounded or (first == last and self._is_occasion(claim, quoted))):
            return last.toordinal() - self._reach_days, last.toordinal()
        return days_of(claim)

    def _is_occasion(self, claim: Claim, quoted: str) -> bool:
        """Say whether a clause names a shared deed in passing and does not tell its day."""
        told = claim.when.words
        if claim.type not in self._policy.mutual_types or not told or claim.words.covers(told):
            return False
        words = quoted[: max(claim.trigger.start - claim.words.start, 0)].casefold().split()
        return not self._occasion_words.isdisjoint(words[-self._occasion_reach :])

    def _stems(self, quoted: str) -> Codes:
        words = {word for word in _WORD.findall(quoted.casefold()) if word not in self._plain}
        return tuple(sorted({self._keep(stem(word)) for word in words}))

    def _keep(self, value: Any) -> Any:
        return self._kept.setdefault(value, value)


def is_body(party: str, policy: Policy) -> bool:
    """Say whether a party is a body, such as `IGO.NATO`, which may meet by itself."""
    return party.partition(".")[0] in policy.class_codes and "." in party


def trigger_words(claim: Claim, quoted: str) -> str:
    """Return the words that name the deed, as they stand within the quoted ones."""
    start = claim.trigger.start - claim.words.start
    return quoted[max(start, 0) : max(start + claim.trigger.end - claim.trigger.start, 0)]


def without_parties(claim: Claim, quoted: str) -> str:
    """Return the words of a claim without those that name its parties, which are compared apart."""
    start, kept, at = claim.words.start, [], 0
    for span in sorted(one.span for one in (*claim.actors, *claim.targets)):
        first, last = max(span.start - start, at), max(span.end - start, at)
        kept.append(quoted[at:first])
        at = last
    return " ".join((*kept, quoted[at:]))


def stem(word: str) -> str:
    """Return a word without its commonest endings; good enough to find it again."""
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word[: -len(ending)]
    return word


def parties(side: Iterable[Mention], policy: Policy) -> Codes:
    """Return the states and bodies of one side, sorted; those not known are left out."""
    return tuple(sorted({policy.party_of(one.actor) for one in side if one.actor}))


def codes_of(side: Iterable[Mention]) -> Codes:
    """Return the codes known of one side, sorted."""
    return tuple(sorted({one.actor for one in side if one.actor}))
