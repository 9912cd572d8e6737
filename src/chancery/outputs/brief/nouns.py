"""The nouns of a brief: a question, its subject, lines in sections, and the notes they rest on.

All are frozen. A line holds no word of a report but in its `sayings`, each of which is found
verbatim in the note that it names.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from chancery.model import Cite
from chancery.noun import Noun

Asks: TypeAlias = Literal["why", "led up", "followed", "said"]
SectionKey: TypeAlias = Literal[
    "in short", "reasons", "said", "led up", "followed", "disputed", "not known", "watch"
]


class Question(Noun, frozen=True):
    """What is asked: `asks` which kind of answer, `about` the words that name the subject.

    `ids` are ids of happenings or claims that the question names outright; `speaker` are the words
    for whose statements are asked for.
    """

    words: str
    asks: Asks
    about: str
    ids: tuple[str, ...] = ()
    speaker: str = ""


class Note(Noun, frozen=True):
    """A numbered quotation: report `letter`, and the words with their place in `cite`."""

    number: int
    letter: str
    cite: Cite


class Saying(Noun, frozen=True):
    """Words of a report as they stand, on whose word, and the number of their note.

    `voice` is the badge of `outputs.words`.
    """

    words: str
    voice: str
    note: int


class Line(Noun, frozen=True):
    """One line: `text` from a template, the rows it rests on, and their words.

    `group` is a heading within the section (`undated`); `support` counts reports and origins.
    A line without notes is `fixed`: one of the sentences of the template's own.
    """

    text: str
    rows: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = ()
    notes: tuple[int, ...] = ()
    support: str = ""
    date: str = ""
    group: str = ""
    fixed: bool = False


class Section(Noun, frozen=True):
    """One part of a brief, in the order of its lines."""

    key: SectionKey
    title: str
    lines: tuple[Line, ...]


class Told(Noun, frozen=True):
    """A report that notes point into: its letter, its id, which it is, and what is odd about it."""

    letter: str
    report: str
    words: str
    traits: tuple[str, ...] = ()


class Brief(Noun, frozen=True):
    """An answer from rows alone.

    `subjects` are ids of happenings: several where one thing was told several times and was not
    joined, which `joined` then says. `also` are close rivals, as lines. `origins` counts the
    independent roots of the reports in `reports`.
    """

    question: Question
    title: str
    subjects: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    reports: tuple[Told, ...]
    coverage: str
    snapshot: str
    joined: str = ""
    also: tuple[Line, ...] = ()


class Unanswered(Noun, frozen=True):
    """A question that no rows answer: what was searched, and the nearest rows; no prose."""

    question: Question
    searched: str
    coverage: str
    snapshot: str
    nearest: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()
    reports: tuple[Told, ...] = ()
