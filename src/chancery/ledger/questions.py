"""What the review asks a person: a question, the answers that can be picked, what each decides.

A `Question` is what the makers of questions give (`ask_*.py`): it points at words, and quotes none.
`queue.py` puts questions in their order and makes a `ReviewItem` of each that is shown.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias, get_args

import msgspec

from chancery.errors import UsageError
from chancery.ledger.filters import parse_days
from chancery.model import Cite, Noun, Span, identify

Kind: TypeAlias = Literal[
    "dispute", "standing", "same happening", "undated", "same person", "actor", "voice",
    "suspicion", "outcome", "low certainty", "changed report",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""All kinds, in the order in which questions of the same effect are asked."""

Asks: TypeAlias = Literal["", "date", "actor", "code", "type"]

LATER: Final = "later"
SEEN: Final = "seen"
NONE_KEY: Final = "x"
GAP: Final = "{}"
"""Stands in a verdict for what the person types."""


class Option(Noun, frozen=True):
    """One answer: the key that picks it, what it says, and the decision that it makes.

    Where it `asks` for a date, actors, one code or a frame, what is typed goes to the gap of the
    verdict. `claims` are those whose quotations speak for it.
    """

    key: str
    words: str
    about: str
    verdict: str
    asks: Asks = ""
    claims: tuple[str, ...] = ()

    def filled(self, typed: str = "") -> str:
        """Return the verdict with what was typed; raises `UsageError` where nothing was."""
        if not self.asks:
            return self.verdict
        if not typed.strip():
            raise UsageError(f"type {self.asks_words}")
        return self.verdict.replace(GAP, typed.strip())

    @property
    def asks_words(self) -> str:
        """Say what is to be typed."""
        return ASKS_WORDS[self.asks]


ASKS_WORDS: Final = {
    "": "",
    "date": "a day, month or year (2020-05-17, 2020-05, 2020)",
    "actor": "codes, with + between several (BLR.GOV, USA+GBR)",
    "code": "one code (BLR.GOV)",
    "type": "a frame (visit, expel-diplomats)",
}


class Passage(Noun, frozen=True):
    """Words that a question rests on: those of a claim, or a span of a report."""

    report: str
    span: Span
    claim: str = ""


class Touched(Noun, frozen=True):
    """What a question touches, as sorted ids."""

    happenings: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


class Question(Noun, frozen=True):
    """A question before its quotations are fetched.

    `about` is what a delay or a "seen" is said of, `topic` sets it apart from other questions about
    the same. `settled_by` are verdicts that answer it, about `about` or any claim it touches.
    Of two questions that touch as much, the `closer` comes first, 0…1.
    """

    kind: Kind
    about: str
    topic: str
    words: str
    options: tuple[Option, ...]
    passages: tuple[Passage, ...] = ()
    reasons: tuple[str, ...] = ()
    touches: Touched = Touched()
    settled_by: tuple[str, ...] = ()
    closer: float = 0.0

    @property
    def id(self) -> str:
        """Name the question by what it is about."""
        return identify("rev", self.kind, self.about, self.topic)


class ReviewItem(Noun, frozen=True):
    """One question of the queue, with the quotations it rests on and what it touches.

    `options` are the answers, each with its decision; `reasons` say why it is asked.
    """

    id: str
    kind: Kind
    question: str
    about: str
    topic: str
    options: tuple[Option, ...]
    cites: tuple[Cite, ...] = ()
    reasons: tuple[str, ...] = ()
    touches: Touched = Touched()

    def option(self, key: str) -> Option:
        """Return the answer of a key; raises `UsageError` where there is none."""
        for one in self.options:
            if one.key == key:
                return one
        keys = ", ".join(one.key for one in self.options)
        raise UsageError(f"no answer {key!r}", hint=f"one of: {keys}")

    def delay(self, until: str | date) -> str:
        """Return the verdict that puts the question off until a day has passed."""
        return f"{LATER} {parse_days(until)[1].isoformat()} {self.topic}"


def numbered(*options: Option | None) -> tuple[Option, ...]:
    """Give answers without a key the keys 1 to 9, in their order; what has no key left is out."""
    keys = iter("123456789")
    kept: list[Option] = []
    for one in options:
        key = one.key or next(keys, "") if one else ""
        if one and key:
            kept.append(msgspec.structs.replace(one, key=key))
    return tuple(kept)


def answer(
    words: str, about: str, verdict: str, *, key: str = "", asks: Asks = "",
    claims: tuple[str, ...] = (),
) -> Option:  # fmt: skip
    """Make an answer; its number is given by `numbered`."""
    return Option(key=key, words=words, about=about, verdict=verdict, asks=asks, claims=claims)


def seen(words: str, about: str, topic: str) -> Option:
    """Make the answer that changes nothing: somebody looked, and the question is closed."""
    return answer(words, about, f"{SEEN} {topic}", key=NONE_KEY)
