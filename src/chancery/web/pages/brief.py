"""The brief: a question answered from rows, with numbered notes; it prints to A4."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from itertools import groupby
from typing import Any, TypeAlias

import msgspec

from chancery.outputs.brief import Brief, Line, Note, Unanswered, brief_markdown
from chancery.outputs.brief import brief as make_brief
from chancery.outputs.brief.settings import wording
from chancery.outputs.brief.show import (
    head_of,
    head_words,
    place_words,
    quoted,
    runs_of,
    told_words,
)
from chancery.outputs.rows import row_of
from chancery.web.page import Page
from chancery.web.visit import Visit

EXAMPLES = (
    "Why was Mike Pompeo in Minsk?",
    "What led to the expulsion of US diplomats by Belarus?",
    "What followed the visit of Mike Pompeo to Minsk?",
    "What did Mike Pompeo say about oil?",
)


class SayingShown(msgspec.Struct, frozen=True):
    """A quotation as it stands on the page, with its voice and the number of its note."""

    words: str
    voice: str
    note: int


class LineShown(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it stands on the page; `href` opens the happening that it is about."""

    head: str
    support: str
    group: str
    sayings: tuple[SayingShown, ...]
    notes: tuple[tuple[int, str], ...]
    href: str


Part: TypeAlias = tuple[str, tuple[LineShown, ...]]
"""Lines under one heading within a section, which may be empty."""


class SectionShown(msgspec.Struct, frozen=True):
    """A section as it stands on the page; the reasons are numbered."""

    title: str
    anchor: str
    numbered: bool
    parts: tuple[Part, ...]


class NoteShown(msgspec.Struct, frozen=True, kw_only=True):
    """A note as it stands on the page, with the link to its place in the report."""

    number: int
    place: str
    words: str
    href: str


def brief(visit: Visit, slug: str = "") -> Page:
    """Show the answer to the question in `q`, or in the address's own words; else ask for one."""
    question = visit.address.get("q").strip() or slug.replace("-", " ").strip()
    if not question:
        return Page(
            template="brief.html", title="Brief", screen="brief",
            facts=_facts(question), command='chancery brief "why …"',
        )  # fmt: skip
    answer = make_brief(visit.ledger, question, as_of=visit.as_of, lexicon=visit.lexicon)
    facts = _brief(visit, answer) if isinstance(answer, Brief) else _unanswered(visit, answer)
    return Page(
        template="brief.html",
        title=answer.title if isinstance(answer, Brief) else answer.question.words,
        screen="brief",
        facts={**_facts(question), **facts},
        document=row_of(answer),
        markdown=lambda: brief_markdown(answer).splitlines(),
        command=f"chancery brief {shlex.quote(question)}",
    )


def _facts(question: str) -> dict[str, Any]:
    """Return what the template shows where there is nothing to show yet."""
    empty: dict[str, Any] = dict.fromkeys(("also", "sections", "notes", "reports", "nearest"), ())
    words = dict.fromkeys(("head", "unanswered", "searched"), "")
    return {**empty, **words, "question": question, "examples": EXAMPLES}


def _brief(visit: Visit, answer: Brief) -> dict[str, Any]:
    sections = [
        SectionShown(
            section.title,
            section.key.replace(" ", "-"),
            section.key == "reasons",
            _parts(visit, section.lines, answer.notes),
        )
        for section in answer.sections
    ]
    return {
        "head": head_words(answer),
        "also": _parts(visit, answer.also, answer.notes),
        "sections": sections,
        "notes": _notes(visit, answer.notes),
        "reports": _reports(visit, answer),
    }


def _unanswered(visit: Visit, answer: Unanswered) -> dict[str, Any]:
    return {
        "unanswered": wording().fixed["unanswered"],
        "searched": answer.searched,
        "nearest": _parts(visit, answer.nearest, answer.notes),
        "notes": _notes(visit, answer.notes),
        "reports": _reports(visit, answer),
    }


def _parts(visit: Visit, lines: Sequence[Line], notes: Sequence[Note]) -> tuple[Part, ...]:
    """Bring together the lines that stand under one heading, in their order."""
    shown = _lines(visit, lines, notes)
    return tuple((group, tuple(some)) for group, some in groupby(shown, lambda line: line.group))


def _lines(visit: Visit, lines: Sequence[Line], notes: Sequence[Note]) -> tuple[LineShown, ...]:
    return tuple(
        LineShown(
            head=head_of(line),
            support=line.support,
            group=line.group,
            sayings=tuple(SayingShown(quoted(s, notes), s.voice, s.note) for s in line.sayings),
            notes=() if line.sayings else tuple(runs_of(line.notes)),
            href=next(
                (visit.links.happening(row) for row in line.rows if row.startswith("hap_")), ""
            ),
        )
        for line in lines
    )


def _notes(visit: Visit, notes: Sequence[Note]) -> list[NoteShown]:
    return [
        NoteShown(
            number=note.number,
            place=place_words(note),
            words=note.cite.words,
            href=visit.links.cite(note.cite),
        )
        for note in notes
    ]


def _reports(visit: Visit, answer: Brief | Unanswered) -> list[tuple[str, str, str]]:
    return [
        (told.letter, visit.links.report(told.report), told_words(told)) for told in answer.reports
    ]
