"""Answers a question from the rows of a ledger: `brief(ledger, question)` is where to begin."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import Happening
from chancery.outputs.brief.afterwards import reaction_lines
from chancery.outputs.brief.course import (
    Course,
    Sides,
    course_lines,
    find_course,
    without_tellings,
)
from chancery.outputs.brief.disputes import dispute_lines
from chancery.outputs.brief.gaps import Case, gap_lines
from chancery.outputs.brief.material import Material
from chancery.outputs.brief.notes import NoteBook, fixed, line_of, support_of
from chancery.outputs.brief.nouns import Brief, Line, Question, Section, SectionKey, Unanswered
from chancery.outputs.brief.passages import Finder, Passage, third_parties
from chancery.outputs.brief.question import read_question
from chancery.outputs.brief.reasons import reason_lines
from chancery.outputs.brief.said import find_said, said_lines
from chancery.outputs.brief.settings import questions, wording
from chancery.outputs.brief.short import (
    course_line,
    deed_words,
    joined_words,
    missing_line,
    reasons_lines,
    said_line,
    subject_line,
)
from chancery.outputs.brief.subject import Subject, find_subject
from chancery.outputs.brief.watch import watch_lines
from chancery.outputs.coverage import coverage_line


def brief(
    ledger: Ledger, question: str, *, as_of: str | None = None, lexicon: Lexicon | None = None
) -> Brief | Unanswered:
    """Answer a question in plain English from the ledger's rows alone.

    The same snapshot gives the same brief. What no row answers is `Unanswered`, with the nearest
    rows. Raises `UsageError` for a question that names nothing.
    """
    asked = read_question(question)
    lexicon = lexicon or ledger.lexicon or Lexicon.load()
    return Maker(asked, Material(ledger, lexicon, as_of)).make()


class Maker:
    """Makes one brief."""

    def __init__(self, question: Question, material: Material) -> None:
        self.question, self.material = question, material
        self.book = NoteBook(material)
        ledger, as_of = material.ledger, material.as_of
        self.coverage = coverage_line(ledger.coverage(as_of=as_of))
        self.snapshot = ledger.coverage(as_of=as_of).snapshot

    def make(self) -> Brief | Unanswered:
        """Find the subject and fill the sections that this kind of question has."""
        if self.question.asks == "said":
            return self._said()
        subject = find_subject(self.question, self.material)
        if not subject.rows:
            return self._unanswered(subject.nearest)
        sections = self._sections(subject)
        also = [self._row_line(row) for row in subject.rivals]
        return self._brief(subject, sections, also)

    def _sections(self, subject: Subject) -> list[Section]:
        finder = Finder(subject, self.material)
        passages = finder.all()
        third = third_parties(passages, finder.parties)
        sides = Sides(parties=finder.parties, third=third)
        course, told = without_tellings(find_course(subject, sides, self.material), subject)
        subject = msgspec.structs.replace(subject, beside=tuple(told))
        lines = self._parts(subject, finder, passages, course)
        wanted = questions().sections[self.question.asks]
        return [_section(key, lines[key]) for key in wanted]

    def _parts(
        self, subject: Subject, finder: Finder, passages: Sequence[Passage], course: Course
    ) -> dict[SectionKey, list[Line]]:
        book = self.book
        self.material.fetch_reports(report for row in course.rows() for report in row.reports)
        self.material.fetch_ties([*subject.rows, *subject.beside, *course.rows()])
        lines: dict[SectionKey, list[Line]] = {"reasons": reason_lines(passages, book)}
        before = course_lines(course.before, book)
        lines["led up"] = [*before, *course_lines(course.vague, book, "vague")]
        told = [
            *course_lines(course.after, book),
            *course_lines(course.during, book, "during"),
            *course_lines(course.unclear, book, "vague after"),
            *course_lines(course.undated, book, "undated"),
        ]
        head = subject_line(subject, book)
        taken = [*lines["led up"], *lines["reasons"], *told, head]
        lines["followed"] = [*told, *reaction_lines(finder, book, taken)]
        cited = book.reports_of([*taken, *lines["followed"]])
        lines["disputed"] = dispute_lines(subject, course, book, cited, finder.parties)
        lines["watch"] = watch_lines(finder, book)
        wanted = questions().sections[self.question.asks]
        shown = [head, *(line for key in wanted for line in lines.get(key, ()))]
        case = Case(
            asks=self.question.asks, subject=subject, finder=finder, course=course, book=book,
            passages=_shown(passages, lines["reasons"]), cited=book.reports_of(shown),
        )  # fmt: skip
        lines["not known"] = gap_lines(case)
        lines["in short"] = [head]
        if "reasons" in wanted:
            lines["in short"] += reasons_lines(lines["reasons"], case)
        elif "led up" in wanted:
            lines["in short"] += course_line(lines["led up"], "course")
        elif "followed" in wanted:
            lines["in short"] += course_line(lines["followed"], "after")
        lines["in short"] += missing_line(lines["not known"])
        if lines["reasons"]:
            lines["reasons"].append(fixed(wording().fixed["reasons_are_theirs"]))
        return lines

    def _said(self) -> Brief | Unanswered:
        found = find_said(self.question, self.material)
        lines = said_lines(found, self.book)
        if not lines:
            return self._unanswered(())
        sections = [_section("in short", said_line(lines)), _section("said", lines)]
        return self._brief(None, sections, [])

    def _brief(
        self, subject: Subject | None, sections: Sequence[Section], also: Sequence[Line]
    ) -> Brief:
        done, others, notes, told = self.book.number(sections, also)
        return Brief(
            question=self.question,
            title=_title(self.question),
            subjects=tuple(row.id for row in subject.rows) if subject else (),
            sections=done,
            notes=notes,
            reports=told,
            coverage=self.coverage,
            snapshot=self.snapshot,
            joined=joined_words(subject) if subject else "",
            also=others,
        )

    def _unanswered(self, nearest: Sequence[Happening]) -> Unanswered:
        searched = self.material.ledger.tally(as_of=self.material.as_of).happening_count
        self.material.fetch_leads(nearest)
        lines = [self._row_line(row) for row in nearest]
        _, done, notes, told = self.book.number([], lines)
        return Unanswered(
            question=self.question,
            searched=wording()
            .searched["line"]
            .format(
                wanted=f"“{self.question.about or self.question.speaker}”", count=f"{searched:,}"
            ),
            coverage=self.coverage,
            snapshot=self.snapshot,
            nearest=done,
            notes=notes,
            reports=told,
        )

    def _row_line(self, row: Happening) -> Line:
        """Name a happening that is not the subject, with its words."""
        saying = self.book.told(self.material.lead(row))
        return line_of(
            deed_words(row, self.book), [saying], [row.id],
            support=support_of([row], self.material), date=self.material.date(row),
        )  # fmt: skip


def _section(key: SectionKey, lines: Sequence[Line]) -> Section:
    empty = {
        "reasons": "no_reasons", "led up": "no_led_up", "followed": "no_followed",
        "disputed": "no_disputed", "watch": "no_watch",
    }  # fmt: skip
    kept = tuple(lines) or (fixed(wording().fixed[empty[key]]),)
    return Section(key=key, title=wording().titles[key], lines=kept)


def _shown(passages: Sequence[Passage], lines: Sequence[Line]) -> list[Passage]:
    """Return the passages that a line shows."""
    rows = {row for line in lines for row in line.rows}
    return [one for one in passages if one.row.id in rows]


def _title(question: Question) -> str:
    words = question.words
    return words[:1].upper() + words[1:]
