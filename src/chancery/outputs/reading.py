"""A report as text: its paragraphs, what was read in them, and passages met by a search."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from chancery.ledger import Hit, Version
from chancery.ledger.cite import find_paragraph
from chancery.model import Claim, Context, Report, SameSource, Span, Trait
from chancery.outputs.table import PLAIN, Style
from chancery.outputs.versions import versions_words
from chancery.outputs.visible import one_line, visible
from chancery.outputs.words import counted, date_words, listed, short_id

TEXT_WIDTH: Final = 96
MARGIN: Final = "      "


WARNING: Final = "⚠ "


class Remarks(NamedTuple):
    """What a reading says of a report as a whole."""

    traits: Sequence[Trait] = ()
    contexts: Sequence[Context] = ()
    same_sources: Sequence[SameSource] = ()
    versions: Sequence[Version] = ()


def report_lines(
    report: Report,
    claims: Sequence[Claim],
    width: int,
    style: Style = PLAIN,
    remarks: Remarks = Remarks(),  # noqa: B008 -- frozen
) -> Iterator[str]:
    """Print one report: what it is, what is odd about it and why, its paragraphs, its claims."""
    yield style.bold(one_line(report.title) or "(no title)") + f"  {report.id}"
    facts = (
        date_words(report.published),
        report.source or "no source",
        f"language {report.language}",
        report.key or "",
        *(WARNING + name for name in report.traits),
    )
    yield listed(map(one_line, facts))
    if report.url:
        yield one_line(report.url)
    yield from remark_lines(report, remarks, style)
    yield ""
    for number, words in paragraphs(report):
        yield from _paragraph_lines(number, words, min(width, TEXT_WIDTH), style)
        yield ""
    yield style.bold(counted(len(claims), "claim"))
    for claim in sorted(claims, key=lambda claim: claim.words):
        number, _ = find_paragraph(report, claim.words)
        yield f"  ¶{number}  {visible(str(claim))}  {short_id(claim.id)}"


def remark_lines(report: Report, remarks: Remarks, style: Style = PLAIN) -> Iterator[str]:
    """Print why a report has its traits, what it is about, and which voices may be one."""
    for trait in remarks.traits:
        yield f"{WARNING}{style.bold(trait.name)}"
        for one in trait.evidence:
            yield f"    {_reason_words(report, one.reason, one.words)}"
    for context in remarks.contexts:
        cues = dict.fromkeys(one_line(cue.of(report.text)) for cue in context.cues)
        yield f"{style.dim('context')} {context.name}: {', '.join(f'“{cue}”' for cue in cues)}"
    for proposal in remarks.same_sources:
        yield f"{style.dim('one source?')} {one_line(proposal.reason)}  {short_id(proposal.id)}"
    if len(remarks.versions) > 1:
        yield versions_words(remarks.versions)


def _reason_words(report: Report, reason: str, words: Span | None) -> str:
    if words is None:
        return one_line(reason)
    number, _ = find_paragraph(report, words)
    return f"¶{number} “{one_line(words.of(report.text))}”: {one_line(reason)}"


def paragraphs(report: Report) -> Iterator[tuple[int, str]]:
    """Give the paragraphs of a report's body, numbered as quotations number them."""
    at = len(report.title) + 1 if report.title else 0
    while at < len(report.text):
        number, span = find_paragraph(report, Span(at, at + 1))
        yield number, span.of(report.text)
        at = max(span.end, at + 1)
        while at < len(report.text) and report.text[at].isspace():
            at += 1


def _paragraph_lines(number: int, words: str, width: int, style: Style) -> Iterator[str]:
    mark = f"¶{number}".ljust(len(MARGIN))
    lines = textwrap.wrap(one_line(words), max(width - len(MARGIN), 20)) or [""]
    yield style.dim(mark) + lines[0]
    yield from (MARGIN + line for line in lines[1:])


def hit_lines(hits: Iterable[Hit], style: Style = PLAIN) -> Iterator[str]:
    """Print each report that a search met: what it is, and the passage with the words met bold."""
    for hit in hits:
        facts = (date_words(hit.published), hit.source or "", hit.title)
        yield f"{style.bold(short_id(hit.report))}  {listed(map(one_line, facts))}"
        yield f"    … {_marked(hit, style)} …"


def _marked(hit: Hit, style: Style) -> str:
    pieces, at = [], 0
    for span in hit.spans:
        start, end = span.start - hit.passage.start, span.end - hit.passage.start
        pieces += [visible(hit.words[at:start]), style.bold(visible(hit.words[start:end]))]
        at = end
    return " ".join("".join([*pieces, visible(hit.words[at:])]).split())
