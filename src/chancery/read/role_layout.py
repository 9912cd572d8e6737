"""Lays a report's words out in numbers for the model that reads statements.

A word comes with where it stands to quotation marks, whether a sentence or a paragraph begins with
it, what the rules (`attributions.py`) hold it for, and the word it hangs on in the tree. Words are
read in windows of whole sentences that end, where they can, with a paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from chancery.model import Span
from chancery.read.attributions import Attribution
from chancery.read.page import Page
from chancery.read.parse import ROOT, Tree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROLES: Final = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""Roles of words, in the order of the model's scores; the rules' word has the same numbers."""

SOURCE, CUE, CONTENT = 1, 3, 5

LONGEST_WINDOW: Final = 224
"""Words that are read together."""

FULL_WINDOW: Final = 0.6
"""The share of a window that must be filled before a paragraph's end may close it."""

NEAR: Final = 8
FARTHEST: Final = 15
"""Distances below `NEAR` words have a number each; three numbers to each doubling, up to a last."""

STEPS: Final = NEAR + FARTHEST + 1


TIES: Final = ("head", "child", "above", "below", "paragraph")
"""How one word can be tied to another: hung on it, or in one paragraph with it."""


class Layout(NamedTuple):
    """A report's words: where they stand, and a number for each in every column.

    `heads` has the number of the word that each hangs on, its own where it hangs on none.
    """

    words: list[Span]
    sentences: list[int]
    paragraphs: list[int]
    quotes: list[int]
    told: list[int]
    heads: list[int]

    def windows(self) -> list[tuple[int, int]]:
        """Cut the words into windows of whole sentences, as first word and end."""
        count = len(self.words)
        starts = [n for n in range(count) if n == 0 or self.sentences[n] != self.sentences[n - 1]]
        starts.append(count)
        found: list[tuple[int, int]] = []
        first = 0
        while first < count:
            end = self._end_of_window(first, starts)
            found.append((first, end))
            first = end
        return found

    def _end_of_window(self, first: int, starts: Sequence[int]) -> int:
        count, limit = len(self.words), first + LONGEST_WINDOW
        if count <= limit:
            return count
        ends = [n for n in starts if first < n <= limit]
        if not ends:
            return limit
        least = first + FULL_WINDOW * LONGEST_WINDOW
        closed = [n for n in ends if n >= least and self.paragraphs[n] != self.paragraphs[n - 1]]
        return (closed or ends)[-1]

    def columns(self, first: int, end: int) -> dict[str, list[int]]:
        """Return the numbers of a window's words, by the names of the model's inputs."""
        return {
            "quotes": self.quotes[first:end],
            "places": [self._place(n) for n in range(first, end)],
            "told": self.told[first:end],
            "sentences": self.sentences[first:end],
        }

    def ties(self, first: int, end: int) -> NDArray[np.float32]:
        """Return which words of a window are tied to which, 1 or 0: `TIES` × n × n."""
        import numpy as np

        count = end - first
        ties = np.zeros((len(TIES), count, count), np.float32)
        paragraphs = np.asarray(self.paragraphs[first:end])
        ties[4] = paragraphs[:, None] == paragraphs[None, :]
        for word in range(count):
            for number, above in enumerate(self._above(first + word)):
                if first <= above < end:
                    ties[2, word, above - first] = ties[3, above - first, word] = 1
                    if number == 0:
                        ties[0, word, above - first] = ties[1, above - first, word] = 1
        return ties

    def _above(self, word: int) -> Iterator[int]:
        """Yield the words above one in its tree, the nearest first."""
        while self.heads[word] != word:
            word = self.heads[word]
            yield word

    def _place(self, word: int) -> int:
        """Return 2 where a paragraph begins with a word, 1 where a sentence does, else 0."""
        if word == 0 or self.paragraphs[word] != self.paragraphs[word - 1]:
            return 2
        return int(self.sentences[word] != self.sentences[word - 1])


def lay_out_words(page: Page, found: Sequence[Attribution], trees: Sequence[Tree | None]) -> Layout:
    """Lay out all words of a report, with what the rules found in it and its sentences' trees."""
    words: list[Span] = []
    sentences: list[int] = []
    heads: list[int] = []
    for number, (sentence, tree) in enumerate(zip(page.sentences, trees, strict=True)):
        own = range(len(words), len(words) + len(sentence.words))
        hung = tree.heads if tree else [ROOT] * len(own)
        heads += [word if head == ROOT else own[head] for word, head in zip(own, hung, strict=True)]
        words += sentence.words
        sentences += [number] * len(sentence.words)
    return Layout(
        words=words,
        sentences=sentences,
        paragraphs=[page.paragraph_of(word.start) for word in words],
        quotes=[_quote_number(page, word) for word in words],
        told=_told(words, found),
        heads=heads,
    )


def _quote_number(page: Page, word: Span) -> int:
    """Return 1 for a mark that opens a quotation, 2 within it, 3 for the closing mark, else 0."""
    quote = page.quote_at(word.start)
    if quote is None:
        return 0
    if word.start < quote.inner.start:
        return 1
    return 3 if word.start >= quote.inner.end else 2


def _told(words: Sequence[Span], found: Sequence[Attribution]) -> list[int]:
    """Number the words by what the rules hold them for; a cue or source within a content wins."""
    starts = [word.start for word in words]
    told = [0] * len(words)
    parts = [(CONTENT, piece) for piece in _longest_first(found)]
    for item in found:
        parts += [(SOURCE, item.speaker)] if item.speaker else []
        parts += [(CUE, item.cue)] if item.cue else []
    for role, span in parts:
        first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
        told[first:end] = [role] * (first < end) + [role + 1] * (end - first - 1)
    return told


def _longest_first(found: Sequence[Attribution]) -> Iterator[Span]:
    pieces = sorted(piece for item in found for piece in item.pieces)
    yield from sorted(pieces, key=lambda piece: piece.start - piece.end)


def distances(count: int) -> NDArray[np.int64]:
    """Return the numbers of the distances from each of some words to each other: n × n."""
    import numpy as np

    numbers = np.asarray([_step(distance) for distance in range(count)], dtype=np.int64)
    places = np.arange(count)
    apart = places[None, :] - places[:, None]
    found: NDArray[np.int64] = numbers[np.abs(apart)] + STEPS * (apart > 0)
    return found


def _step(distance: int) -> int:
    """Return the number of a distance: three times its logarithm, beyond the nearest."""
    if distance < NEAR:
        return distance
    return NEAR + min((distance**3 // NEAR**3).bit_length() - 1, FARTHEST)
