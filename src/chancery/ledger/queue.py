"""The review queue: questions for a person, those that touch most first.

A question drops out once a decision that stands has answered it, and while it is put off. Nothing
here looks at the clock: a question put off until a day comes back when the ledger holds a report
of a later day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from chancery.errors import UsageError
from chancery.ledger.ask_deeds import ask_disputes, ask_low_certainty, ask_same_happening
from chancery.ledger.ask_forecasts import ask_outcomes
from chancery.ledger.ask_names import ask_actors, ask_same_person
from chancery.ledger.ask_reports import ask_changed, ask_suspicions, ask_undated, ask_voices
from chancery.ledger.filters import split_words
from chancery.ledger.material import Material
from chancery.ledger.questions import GAP, KINDS, LATER, SEEN, Kind, Question, ReviewItem
from chancery.model import Cite, Decision

Ask = Callable[[Material], Iterator[Question]]

ASKERS: Final[tuple[tuple[frozenset[Kind], Ask], ...]] = (
    (frozenset({"dispute", "standing"}), ask_disputes),
    (frozenset({"same happening"}), ask_same_happening),
    (frozenset({"undated"}), ask_undated),
    (frozenset({"same person"}), ask_same_person),
    (frozenset({"actor"}), ask_actors),
    (frozenset({"voice"}), ask_voices),
    (frozenset({"suspicion"}), ask_suspicions),
    (frozenset({"outcome"}), ask_outcomes),
    (frozenset({"low certainty"}), ask_low_certainty),
    (frozenset({"changed report"}), ask_changed),
)


class Queue(msgspec.Struct, frozen=True):
    """What one snapshot asks, answered or not, in order; `day` is that of its newest report.

    `standing` are the decisions that stood then, as they are about claims that were read again.
    """

    questions: tuple[Question, ...]
    standing: Mapping[str, Decision]
    day: date | None = None

    def left(self, standing: Iterable[Decision], until: date | None = None) -> list[Question]:
        """Return the questions that these decisions leave open, those that touch most first.

        `until` is the day that decides whether one that was put off is back.
        """
        answers = Answers([self.standing.get(one.id, one) for one in standing])
        return [one for one in self.questions if not answers.settle(one, until or self.day)]


def read_kinds(kinds: str | Iterable[str] | None) -> frozenset[Kind]:
    """Return the kinds that are meant, all for none; raises `UsageError` for an unknown one.

    A kind may be written with hyphens: `same-person`.
    """
    wanted = [one.replace("-", " ") for one in split_words(kinds) or KINDS]
    for one in wanted:
        if one not in KINDS:
            names = ", ".join(kind.replace(" ", "-") for kind in KINDS)
            raise UsageError(f"no kind of question {one!r}", hint=f"one of: {names}")
    return frozenset(kind for kind in KINDS if kind in wanted)


def ask(material: Material, kinds: frozenset[Kind]) -> Queue:
    """Ask everything of some kinds that a snapshot gives reason to ask."""
    asked = [
        question
        for made, ask in ASKERS
        if made & kinds
        for question in ask(material)
        if question.kind in kinds
    ]
    return Queue(
        tuple(sorted({one.id: one for one in asked}.values(), key=_by_effect)),
        {one.id: one for one in material.standing},
        material.last_day,
    )


def _by_effect(question: Question) -> tuple[Any, ...]:
    """Sort by what is touched: happenings, then claims, then reports; by kind, nearness and id."""
    return (
        -len(question.touches.happenings),
        -len(question.touches.claims),
        -len(question.touches.reports),
        KINDS.index(question.kind),
        -question.closer,
        question.id,
    )


class Answers:
    """What decisions that stand say of the things that questions are about."""

    def __init__(self, standing: Sequence[Decision]) -> None:
        self._verdicts: dict[str, list[str]] = {}
        for one in standing:
            self._verdicts.setdefault(one.about, []).append(one.verdict)

    def settle(self, question: Question, until: date | None) -> bool:
        """Say whether a question is answered, or put off beyond a day."""
        own = self._verdicts.get(question.about, ())
        if any(_closes(verdict, question.topic, until) for verdict in own):
            return True
        told = list(own)
        for touched in (*question.touches.claims, *question.touches.reports):
            told += self._verdicts.get(touched, ())
        return any(_answers(verdict, wanted) for verdict in told for wanted in question.settled_by)


def _closes(verdict: str, topic: str, until: date | None) -> bool:
    kind, _, rest = verdict.partition(" ")
    if kind == SEEN:
        return rest == topic
    day, _, of = rest.partition(" ")
    return kind == LATER and of == topic and (until is None or until <= date.fromisoformat(day))


def _answers(verdict: str, wanted: str) -> bool:
    """Say whether a verdict is one of those wanted; `lead` alone is another than `lead when`."""
    if wanted == "lead":
        return verdict == wanted
    return verdict == wanted or verdict.startswith(f"{wanted} ")


def make_item(question: Question, cites: Sequence[Cite]) -> ReviewItem:
    """Make an item of a question and its quotations, which come in the order of its passages."""
    words = question.words
    if GAP in words:
        words = words.replace(GAP, " ".join(cites[0].words.split()) if cites else "…", 1)
    return ReviewItem(
        id=question.id,
        kind=question.kind,
        question=words,
        about=question.about,
        topic=question.topic,
        options=question.options,
        cites=tuple(cites),
        reasons=question.reasons,
        touches=question.touches,
    )
