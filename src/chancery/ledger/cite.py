"""The words a row rests on: fetched from the report's text, at their offsets, as stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from chancery.model import Cite, Claim, Report, Span

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE: Final = re.compile(r"\n\s*")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9À-ÖØ-Þ])")


def cite_claim(claim: Claim, report: Report) -> Cite:
    """Quote the words of a claim, with the sentence and the paragraph that they stand in."""
    return cite_passage(report, claim.words, claim.trigger, claim.id)


def cite_passage(report: Report, words: Span, trigger: Span, claim: str = "") -> Cite:
    """Quote words of a report, which need not be those of a claim."""
    paragraph, around = find_paragraph(report, words)
    return Cite(
        claim=claim,
        report=report.id,
        source=report.source,
        published=report.published,
        title=report.title,
        words=words.of(report.text),
        span=words,
        trigger=trigger,
        paragraph=paragraph,
        sentence=find_sentence(report.text, words, around).of(report.text),
        url=report.url,
    )


def find_paragraph(report: Report, words: Span) -> tuple[int, Span]:
    """Return the number of the paragraph where the words begin, and its span; the title is 0.

    Blank lines part paragraphs; a text without any is parted by its lines.
    """
    body, breaks = _breaks(report)
    if words.start < body:
        return 0, Span(0, body - 1)
    before = [gap for gap in breaks if gap.end <= words.start]
    after = [gap for gap in breaks if gap.start >= words.end]
    start = before[-1].end if before else body
    end = after[0].start if after else len(report.text)
    return len(before) + 1, Span(start, end)


def paragraphs_of(report: Report) -> list[Span]:
    """Return all paragraphs by their numbers, without the blanks between them.

    The first is the title, empty where there is none.
    """
    body, breaks = _breaks(report)
    starts = [body, *(gap.end for gap in breaks)]
    ends = [*(gap.start for gap in breaks), len(report.text)]
    return [Span(0, max(body - 1, 0)), *map(Span, starts, ends)]


def _breaks(report: Report) -> tuple[int, list[Span]]:
    """Return where the body begins, and the blanks that part its paragraphs."""
    body = len(report.title) + 1 if report.title else 0
    parting = _BLANK_LINE if _BLANK_LINE.search(report.text, body) else _LINE
    found = parting.finditer(report.text, body)
    return body, [Span(*gap.span()) for gap in found if gap.start() > body]


def sentences_of(text: str, paragraph: Span) -> list[Span]:
    """Return the sentences of a paragraph, as `find_sentence` finds them."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end)]
    borders = [paragraph.start, *(end for end in ends if end < paragraph.end), paragraph.end]
    return [Span(start, start + len(text[start:end].rstrip())) for start, end in pairwise(borders)]


def find_sentence(text: str, words: Span, paragraph: Span) -> Span:
    """Return the sentence around the words, within their paragraph."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end)]
    start = max((end for end in ends if end <= words.start), default=paragraph.start)
    end = min((end for end in ends if end >= words.end), default=paragraph.end)
    stripped = len(text[start:end].rstrip())
    return Span(start, start + stripped)


def reports_of(claims: Iterable[Claim]) -> list[str]:
    """Return the reports that claims point into, each once, sorted."""
    return sorted({claim.report for claim in claims})
