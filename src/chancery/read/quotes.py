"""Finds quotations: curly, straight, single, doubled and angle marks, over several paragraphs too.

A quotation whose paragraph ends without a closing mark goes on where the next paragraph opens
with the mark again; each paragraph is a piece of its own, and all pieces have one speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chancery.model import Span
from chancery.read.sentences import Sentence

CLOSERS_OF: Final = {"«": {"»"}, "„": {"“", "”"}, "``": {"''", '"'}}
LONGEST_QUOTE: Final = 6000

_MARK: Final = re.compile(r"``|''|[“”«»„\"‘’']")


class Quote(msgspec.Struct, frozen=True):
    """A quotation: `outer` with its marks, `inner` without; `goes_on` into the next one or not."""

    outer: Span
    inner: Span
    goes_on: bool = False


def find_quotes(text: str, sentences: Sequence[Sentence]) -> list[Quote]:
    """Return the outermost quotations in order; marks inside them are theirs."""
    return [
        quote
        for paragraph in paragraphs(text, sentences)
        for quote in _in_paragraph(text, paragraph)
    ]


def paragraphs(text: str, sentences: Sequence[Sentence]) -> list[Span]:
    """Return the paragraphs: stretches of sentences with no line break between them."""
    found: list[Span] = []
    for sentence in sentences:
        if found and "\n" not in text[found[-1].end : sentence.span.start]:
            found[-1] = Span(found[-1].start, sentence.span.end)
        else:
            found.append(sentence.span)
    return found


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Quote]:
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
        if opened is None:
            if _opens(text, mark, paragraph):
                opened = mark
        elif _closes(text, mark, opened, paragraph):
            yield _quote(opened.start(), opened.end(), mark.start(), mark.end())
            opened = None
    if opened is not None and opened[0] not in {"'", "‘"}:
        yield _quote(opened.start(), opened.end(), paragraph.end, paragraph.end, goes_on=True)


def _quote(start: int, inner_start: int, inner_end: int, end: int, goes_on: bool = False) -> Quote:
    return Quote(Span(start, end), Span(inner_start, inner_end), goes_on)


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    """Say whether a mark opens: at a word's start, and no apostrophe."""
    form = mark[0]
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if form in {"“", "«", "„", "``"}:
        return True
    if form in {"”", "»", "’"}:
        return False
    starts_word = before in " \t\n\u00a0([-–—:" and not after.isspace()
    if form in {"'", "‘"}:
        return starts_word and _single_mark_closes(text, mark, paragraph)
    return starts_word or (before.isspace() and form == '"')


def _single_mark_closes(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    """Say whether a single mark has its partner: else it is an apostrophe ("'90s", "‘em")."""
    closing = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
    return bool(closing.search(text, mark.end(), min(paragraph.end, mark.end() + 400)))


def _closes(text: str, mark: re.Match[str], opened: re.Match[str], paragraph: Span) -> bool:
    if mark.start() - opened.start() > LONGEST_QUOTE:
        return True
    form, opener = mark[0], opened[0]
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if opener in {"'", "‘"}:
        return form in {"'", "’"} and not after.isalnum()
    if opener in {'"', "''"}:
        return form in {'"', "”", "''"} and form[0] in {opener[0], "”"}
    if opener == "“":
        return form in {"”", '"'} or (form == "“" and not after.isalnum())
    return form in CLOSERS_OF[opener]
