"""Who said it: statements found by their words, by their speaker, or by both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from chancery.model import Statement
from chancery.outputs.brief.material import Material
from chancery.outputs.brief.notes import NoteBook, line_of
from chancery.outputs.brief.nouns import Line, Question
from chancery.outputs.brief.settings import cues, has_cue, weights
from chancery.outputs.brief.wanted import Wanted, content_words, read_wanted, share_of
from chancery.outputs.words import date_words, party


class Found(msgspec.Struct, frozen=True):
    """A statement that fits, and the share of the words asked for that stand in it."""

    row: Statement
    share: float


def find_said(question: Question, material: Material) -> list[Found]:
    """Return the statements that a question asks for, those that fit best first, then by day."""
    speaker = read_wanted(question.speaker, material.lexicon) if question.speaker else None
    words = content_words(question.about)
    wanted = weights().found.words
    found = []
    spoken = [row for row in _pool(question, speaker, words, material) if _spoke(row, speaker)]
    material.fetch_reports(row.report for row in spoken)
    for row in spoken:
        share = share_of(words, row.content.of(material.text(row.report)))
        if (not words or share >= wanted) and _worth(row, material):
            found.append(Found(row, share))
    found.sort(key=lambda one: (-one.share, *_order(one.row, material)))
    return found


def _pool(
    question: Question, speaker: Wanted | None, words: tuple[str, ...], material: Material
) -> Iterable[Statement]:
    """Return the statements of a speaker's state, else of the reports that hold the words."""
    if speaker and speaker.named:
        who = speaker.named[:1]
        return list(material.ledger.statements(who=who, as_of=material.as_of))
    reports = material.reports_with(words)
    material.fetch_told(reports, "statements")
    return [one for report in reports for one in material.statements(report)]


def _spoke(row: Statement, speaker: Wanted | None) -> bool:
    """Say whether a statement is on the word of the speaker asked for."""
    if speaker is None:
        return True
    if speaker.persons:
        return row.voice.full_name in speaker.persons
    return bool(row.voice.actor) and party(row.voice.actor or "") in speaker.named


def _worth(row: Statement, material: Material) -> bool:
    """Say whether a statement says something: no scrap, and no refusal to comment."""
    around = material.sentence(row.report, row.content).of(material.text(row.report))
    scrap = len(row.content.of(material.text(row.report)).split()) < FEWEST_WORDS
    return not scrap and not has_cue(around, cues().no_comment.words) and material.trusted(row)


FEWEST_WORDS = 4
"""Of a statement that is shown: a shorter one is a scrap of a quotation."""


def _order(row: Statement, material: Material) -> tuple[date, str, int]:
    published = material.report(row.report).published
    return published.first or published.last or date.max, row.report, row.content.start


def said_lines(found: list[Found], book: NoteBook) -> list[Line]:
    """Make a line of each statement: the day of its report, and its words on their voice."""
    lines: list[Line] = []
    seen = set[str]()
    for one in found:
        words = one.row.content.of(book.material.text(one.row.report))
        key = " ".join(content_words(words))
        if key in seen or len(lines) == weights().limits.said:
            continue
        seen.add(key)
        published = book.material.report(one.row.report).published
        saying = book.saying(one.row, one.row.content)
        lines.append(line_of("", [saying], [one.row.id], date=date_words(published)))
    return lines
