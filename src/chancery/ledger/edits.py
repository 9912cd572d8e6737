"""How two texts differ: sentence by sentence, and word by word within sentences that changed.

Sentences, then words, are laid side by side by the longest common block (Ratcliff and Metzener,
*Pattern matching: the gestalt approach*, 1988, as `difflib` has it). Blanks make no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

import msgspec

from chancery.model import Noun, Span

EditKind: TypeAlias = Literal["added", "removed", "replaced"]

LEAST_ALIKE: Final = 0.25
"""Passages that share fewer of their words are not compared by word: one replaced the other."""
MOST_WORDS: Final = 2000
"""Nor are longer passages: their comparison would take long and tell little."""

_SENTENCE: Final = re.compile(r"\S(?:[^\n]*?[.!?…][\"'”’»)\]]*(?=\s|$)|[^\n]*)")
_WORD: Final = re.compile(r"\S+")


class Edit(Noun, frozen=True):
    """One place where a later text differs: the words before and after, where each stands.

    What was added is an empty span before, what was removed an empty one after.
    """

    kind: EditKind
    before: Span
    after: Span


class Laid(msgspec.Struct, frozen=True):
    """Two texts side by side: their differences, and which words of one are those of the other."""

    edits: tuple[Edit, ...]
    words: tuple[tuple[Span, Span], ...]

    def find(self, span: Span) -> Span | None:
        """Return where words of the earlier text stand in the later; none where they are gone."""
        start = bisect_left(self.words, span.start, key=lambda pair: pair[0].end)
        kept = []
        for before, after in self.words[start:]:
            if before.start >= span.end:
                break
            if before.overlaps(span):
                kept.append(after)
        return Span(kept[0].start, kept[-1].end) if kept else None


def lay(before: str, after: str) -> Laid:
    """Lay two texts side by side."""
    edits: list[Edit] = []
    words: list[tuple[Span, Span]] = []
    one, other = sentences(before), sentences(after)
    matcher = SequenceMatcher(None, _folded(before, one), _folded(after, other), autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        first, second = _words(before, one, i, j), _words(after, other, k, m)
        if tag == "equal":
            words += zip(first, second, strict=True)
        else:
            found = _lay_words(before, after, first, second, _ends(words))
            edits += found.edits
            words += found.words
    return Laid(tuple(edits), tuple(words))


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text; a line's end ends one."""
    return [Span(*match.span()) for match in _SENTENCE.finditer(text)]


def _folded(text: str, spans: Sequence[Span]) -> list[str]:
    return [" ".join(span.of(text).split()) for span in spans]


def _words(text: str, spans: Sequence[Span], first: int, last: int) -> list[Span]:
    if first == last:
        return []
    found = _WORD.finditer(text, spans[first].start, spans[last - 1].end)
    return [Span(*match.span()) for match in found]


def _ends(words: Sequence[tuple[Span, Span]]) -> tuple[int, int]:
    return (words[-1][0].end, words[-1][1].end) if words else (0, 0)


def _lay_words(
    before: str, after: str, one: Sequence[Span], other: Sequence[Span], at: tuple[int, int]
) -> Laid:
    """Lay two passages side by side; `at` is where the words before them end in either text."""
    matcher = SequenceMatcher(None, _folded(before, one), _folded(after, other), autojunk=False)
    if not one or not other or not _worth_comparing(matcher, len(one), len(other)):
        return Laid((_edit(one, other, at),), ())
    edits, words = [], []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            words += list(zip(one[i:j], other[k:m], strict=True))
        else:
            place = _ends(words) if words else at
            edits.append(_edit(one[i:j], other[k:m], place))
    return Laid(tuple(edits), tuple(words))


def _worth_comparing(matcher: SequenceMatcher[str], one: int, other: int) -> bool:
    return (
        max(one, other) <= MOST_WORDS
        and matcher.quick_ratio() >= LEAST_ALIKE
        and matcher.ratio() >= LEAST_ALIKE
    )


def _edit(one: Sequence[Span], other: Sequence[Span], at: tuple[int, int]) -> Edit:
    kind: EditKind = "added" if not one else "removed" if not other else "replaced"
    spans = (_around(side, place) for side, place in zip((one, other), at, strict=True))
    before, after = spans
    return Edit(kind=kind, before=before, after=after)


def _around(side: Sequence[Span], place: int) -> Span:
    return Span(side[0].start, side[-1].end) if side else Span(place, place)
