"""The words a row rests on: fetched from the report's text, at their offsets, as stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    body = len(report.title) + 1 if report.title else 0
    if words.start < body:
        return 0, Span(0, body - 1)
    parting = _BLANK_LINE if _BLANK_LINE.search(report.text, body) else _LINE
    breaks = [match for match in parting.finditer(report.text, body) if match.start() > body]
    before = [match for match in breaks if match.end() <= words.start]
    after = [match for match in breaks if match.start() >= words.end]
    start = before[-1].end() if before else body
    end = after[0].start() if after else len(report.text)
    return len(before) + 1, Span(start, end)


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
