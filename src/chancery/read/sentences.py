"""Finds the sentences of a report's text and their words, with offsets into that text.

The title line, list items, datelines ("MINSK, Belarus (AP) —") and the times of a live blog each
stand by themselves. Lines that were only wrapped are joined. Within a paragraph a sentence ends
at a stop that no abbreviation, initial, bracket or telling verb explains away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chancery.model import Span
from chancery.read.words import split_words, word_tables

STOPS: Final = re.compile(r"\.+|…|[!?]+")
CLOSERS: Final = frozenset("\"”’')]»") | {"''"}
OPENERS: Final = frozenset("\"“‘'([«") | {"``"}
MOST_OPENERS: Final = 4
WIDEST_WRAPPED_LINE: Final = 120
LONGEST_BRACKET: Final = 60
LONGEST_SENTENCE: Final = 200
CUTS: Final = ({";"}, {"–", "—", "--", ":"}, {","})  # safest first

_BULLET = re.compile(r"[ \t]*(?:[•*·▪■●–—-]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+")
_DATELINE = re.compile(
    r"[ \t]*[A-Z][A-Z.'’ -]{1,60}(?:[,/][ \t]*[A-Z][\w.]*(?:[ ][\w.]+){0,3}){0,4}"
    r"(?:[ \t]*\([^()\n]{1,40}\))?[ \t]*(?:--|[-–—])[ \t]+(?=[A-Z\"“‘'])"
)
_CLOCK = re.compile(
    r"[ \t]*\d{1,2}[:.]\d\d(?:[ \t]*(?:[ap]\.?m\b\.?|GMT|UTC|BST|CES?T|E[SD]?T|P[SD]T|MSK))*"
    r"[ \t]*(?:[-–—:|][ \t]*)?(?=[A-Z\"“‘])"
)


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: where it stands in the report's text, and its words."""

    span: Span
    words: tuple[Span, ...]


def split_sentences(text: str, asides: Sequence[Span] = ()) -> list[Sentence]:
    """Return the sentences of a report's text in order, leaving out the asides.

    Spans count characters of `text`. No sentence crosses an aside or a paragraph's end.
    """
    return [
        sentence
        for part in _outside(asides, len(text))
        for block in _blocks(text, part)
        for piece in _lead_and_rest(text, block)
        for sentence in _sentences_of_block(text, piece)
    ]


def _outside(asides: Sequence[Span], length: int) -> Iterator[Span]:
    """Yield the stretches of the text that no aside covers."""
    start = 0
    for aside in sorted(asides):
        if start < aside.start:
            yield Span(start, min(aside.start, length))
        start = max(start, aside.end)
    if start < length:
        yield Span(start, length)


def _blocks(text: str, part: Span) -> Iterator[Span]:
    """Yield headings, list items and paragraphs; a wrapped line goes on with the next one."""
    lines = [
        Span(match.start(), match.end())
        for match in re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+|\n(?=[ \t]*\n)").finditer(
            text, part.start, part.end
        )
    ]
    block: Span | None = None
    before = Span(0, 0)
    for line, width in zip(lines, _paragraph_widths(text, lines), strict=True):
        if not line.of(text).strip():
            if block:
                yield block
            block = None
        elif block and block.start > 0 and _is_wrapped(text, before, line, width):
            block = Span(block.start, line.end)
        else:
            if block:
                yield block
            block = line
        before = line
    if block:
        yield block


def _paragraph_widths(text: str, lines: Sequence[Span]) -> list[int]:
    """Give each line the length of the longest line of its paragraph."""
    widths: list[int] = []
    paragraph: list[int] = []
    for line in [*lines, Span(0, 0)]:
        if line.of(text).strip():
            paragraph.append(line.end - line.start)
        else:
            widths += [max(paragraph, default=0)] * len(paragraph) + [0]
            paragraph = []
    return widths[: len(lines)]


def _is_wrapped(text: str, before: Span, line: Span, width: int) -> bool:
    """Say whether the line before broke only for want of room.

    It did where the next word would have made it longer than its paragraph's longest line.
    """
    if width > WIDEST_WRAPPED_LINE or _BULLET.match(text, line.start, line.end):
        return False
    next_word = line.of(text).split(maxsplit=1)[0]
    return len(before.of(text).rstrip()) + 1 + len(next_word) > width


def _lead_and_rest(text: str, block: Span) -> Iterator[Span]:
    """Cut a dateline, or the time of a live blog's entry, from what follows it."""
    for lead in (_CLOCK, _DATELINE):
        if match := lead.match(text, block.start, block.end):
            yield Span(block.start, match.end())
            yield Span(match.end(), block.end)
            return
    yield block


def _sentences_of_block(text: str, block: Span) -> Iterator[Sentence]:
    words = split_words(text, block.start, block.end)
    first = 0
    for last in [*_ends(text, words), len(words) - 1]:
        if first <= last:
            yield from _cut_where_long(text, words[first : last + 1])
        first = last + 1


def _cut_where_long(text: str, words: Sequence[Span]) -> Iterator[Sentence]:
    """Cut a sentence of over 200 words at its last semicolon, dash or comma within reach.

    The encoder cannot take it whole. Where there is no such place it stays as it is, to be marked
    unread: nothing is cut in the middle of a phrase.
    """
    first = 0
    while len(words) - first > LONGEST_SENTENCE:
        forms = [word.of(text) for word in words[first : first + LONGEST_SENTENCE]]
        places = [max((n for n, f in enumerate(forms) if f in marks), default=-1) for marks in CUTS]
        place = next((place for place in places if place >= 0), -1)
        if place < 0:
            break
        yield _sentence(words[first : first + place + 1])
        first += place + 1
    yield _sentence(words[first:])


def _sentence(words: Sequence[Span]) -> Sentence:
    return Sentence(span=Span(words[0].start, words[-1].end), words=tuple(words))


def _ends(text: str, words: Sequence[Span]) -> Iterator[int]:
    """Yield the index of each sentence's last word, except the block's own last."""
    forms = [word.of(text) for word in words]
    first, index = 0, 0
    bracket_until = -1
    while index < len(words) - 1:
        if forms[index] == "(" and index > first:
            bracket_until = max(bracket_until, _closing_bracket(forms, index))
        last = _absorb_closers(words, forms, index)
        if last >= len(words) - 1:
            return
        before_credit = forms[last + 1] in word_tables().credits and forms[last + 2 :][:1] == [":"]
        if index > bracket_until and (before_credit or _ends_at(forms, first, index, last)):
            yield last
            first = last + 1
        index = last + 1


def _closing_bracket(forms: Sequence[str], index: int) -> int:
    """Return where the bracket closes, or -1 where it does not within reason."""
    window = forms[index : index + LONGEST_BRACKET]
    return index + window.index(")") if ")" in window else -1


def _absorb_closers(words: Sequence[Span], forms: Sequence[str], index: int) -> int:
    """Return the last of the quotation marks and brackets that close right after a stop."""
    if not forms[index].endswith((".", "!", "?", "…")):
        return index
    while (
        index + 1 < len(words)
        and forms[index + 1] in CLOSERS
        and words[index + 1].start == words[index].end
    ):
        index += 1
    return index


def _ends_at(forms: Sequence[str], first: int, index: int, last: int) -> bool:
    """Say whether the sentence from `first` ends with the stop at `index`, closers to `last`."""
    form, following = forms[index], forms[last + 1]
    if not form.endswith((".", "!", "?", "…")) or following in {",", ";", ":", ")", "-", "–", "—"}:
        return False
    opening = _first_letter_form(forms, last + 1)
    if not STOPS.fullmatch(form):
        return _abbreviation_ends(form, opening)
    if opening[:1].islower():
        return False
    if form == "." and index == first + 1 and _numbers_an_item(forms[first]):
        return False
    if last > index and form[0] in "!?":
        return not _goes_on_telling(forms, last + 1)
    return True


def _first_letter_form(forms: Sequence[str], index: int) -> str:
    """Return the form at `index`, or the one after a few opening quotation marks and brackets."""
    for form in forms[index : index + MOST_OPENERS]:
        if form not in OPENERS:
            return form
    return forms[index]


def _abbreviation_ends(form: str, opening: str) -> bool:
    tables = word_tables()
    return form[:-1] not in tables.titles and opening in tables.openers


def _numbers_an_item(form: str) -> bool:
    return (form.isdigit() and len(form) <= 2) or (len(form) == 1 and form.isalpha())


def _goes_on_telling(forms: Sequence[str], index: int) -> bool:
    """Say whether a telling verb follows a closed question within a few words, before a comma."""
    for form in forms[index : index + 6]:
        if form in word_tables().telling:
            return True
        if form in {".", ",", "!", "?"}:
            return False
    return False
