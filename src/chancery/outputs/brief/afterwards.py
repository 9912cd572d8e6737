"""What was said of the subject itself: passages with a word for it and a word of reaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.model import Claim, Span, Statement
from chancery.outputs.brief.notes import NoteBook, line_of
from chancery.outputs.brief.nouns import Line
from chancery.outputs.brief.passages import Finder, nouns_of
from chancery.outputs.brief.settings import cues, has_cue, weights, wording


def reaction_lines(finder: Finder, book: NoteBook, taken: Sequence[Line]) -> list[Line]:
    """Make a line of each passage that tells how somebody took the subject.

    It stands in a report of the subject, or in one published after it. What other lines quote
    already is left out.
    """
    material = book.material
    seen = {note for line in taken for note in line.notes}
    lines: list[Line] = []
    for row, span in _passages(finder):
        whole = material.sentence(row.report, span)
        note = book.take(row.report, whole)
        if note in seen or len(lines) == weights().course.most_said:
            continue
        seen.add(note)
        group = wording().groups["of it"]
        lines.append(line_of("", [book.saying(row, whole)], [row.id], group=group))
    return lines


def _passages(finder: Finder) -> Iterator[tuple[Claim | Statement, Span]]:
    """Give statements, then claims, with a word for the subject and one of reaction."""
    material = finder.material
    nouns = nouns_of(finder.subject)
    for report in finder.reports:
        if report not in finder.home and not finder.is_later(report):
            continue
        rows: list[Claim | Statement] = [*material.statements(report)]
        rows += material.claims_told(report)
        for row in rows:
            span = row.content if isinstance(row, Statement) else row.words
            words = material.sentence(report, span).of(material.text(report))
            never = has_cue(words, cues().motive.never) or row.id in finder.own
            about = has_cue(words, nouns) and has_cue(words, cues().reaction.words)
            if about and not never and material.trusted(row):
                yield row, span
