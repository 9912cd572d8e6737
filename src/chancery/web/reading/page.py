"""The text of a report laid out: paragraphs of pieces, each with the notes beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import msgspec

from chancery.ledger.cite import paragraphs_of
from chancery.model import Report, Span
from chancery.web.marks import Mark
from chancery.web.reading.cut import Piece, cut
from chancery.web.reading.margin import Note, by_paragraph


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph: its number (0 is the title), where it begins, its pieces, and what is beside it.

    `lead` are blanks that it begins with, `gap` those up to the next one. All in a row are the
    text, verbatim.
    """

    number: int
    start: int
    lead: Sequence[Piece]
    pieces: Sequence[Piece]
    gap: Sequence[Piece]
    notes: Sequence[Note]


def paragraphs(
    report: Report, marks: Sequence[Mark], notes: Sequence[Note]
) -> list[Paragraph]:  # fmt: skip
    """Lay out a report with its marks and notes."""
    spans = paragraphs_of(report)
    firsts = [_first_word(report.text, span) for span in spans]
    borders = [*firsts, *(place for span in spans for place in (span.start, span.end))]
    pieces = deque(cut(report.text, marks, borders))
    beside = by_paragraph(notes, _starts(spans))
    laid = []
    for number, (span, first) in enumerate(zip(spans, firsts, strict=True)):
        after = spans[number + 1].start if number + 1 < len(spans) else len(report.text)
        lead, words, gap = (_until(pieces, end) for end in (first, span.end, after))
        if lead or words or gap:
            laid.append(Paragraph(number, span.start, lead, words, gap, beside.get(number, ())))
    return laid


def _first_word(text: str, span: Span) -> int:
    words = span.of(text)
    return span.start + len(words) - len(words.lstrip())


def _until(pieces: deque[Piece], end: int) -> list[Piece]:
    """Take the pieces before a place."""
    taken = []
    while pieces and pieces[0].at < end:
        taken.append(pieces.popleft())
    return taken


def _starts(spans: Sequence[Span]) -> list[int]:
    """Return from where on words belong to each paragraph; without a title, none do to it."""
    return [-1 if spans[0].end == 0 else 0, *(span.start for span in spans[1:])]
