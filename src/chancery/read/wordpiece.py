"""Turns words into the word pieces the encoder knows (uncased WordPiece), one word at a time.

The model's own tokeniser never decides what a word is: words come from `words.py`, and each is
cut into pieces by itself. Because the pieces are uncased, a word's shape (Title, UPPER, digits …)
is told to the encoder beside them.

Method: Wu et al. 2016, "Google's Neural Machine Translation System", section 4.1; normalisation
as in BERT's uncased models (Devlin et al. 2019).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

UNKNOWN: Final = "[UNK]"
BEGIN: Final = "[CLS]"
END: Final = "[SEP]"
LONGEST_WORD: Final = 100
MOST_PIECES: Final = 12
CACHED_WORDS: Final = 200_000

SHAPES: Final = ("lower", "title", "upper", "capital", "mixed", "digits", "other", "none")
NO_SHAPE: Final = SHAPES.index("none")


class Pieces(NamedTuple):
    """A sentence as the encoder takes it.

    `ids` and `shapes` have one entry per piece, begin and end marks included; `firsts` gives the
    place of each word's first piece, preceded by 0: the begin mark, which stands for the root.
    """

    ids: list[int]
    shapes: list[int]
    firsts: list[int]


class WordPiece:
    """A vocabulary of word pieces; `pieces` are remembered by word."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self.ids[UNKNOWN]
        self._longest = max(len(piece) for piece in vocabulary)
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    @classmethod
    def load(cls, path: Path) -> WordPiece:
        """Read a vocabulary of one piece a line, in the order of the embedding table."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces: at least one, at most `MOST_PIECES`."""
        return self._look_up(word)[0]

    def arrange(self, words: Sequence[str]) -> Pieces:
        """Lay out a sentence's pieces, their shapes and where each word begins."""
        ids, shapes, firsts = [self.ids[BEGIN]], [NO_SHAPE], [0]
        shouting = _all_capitals(words)
        for word in words:
            firsts.append(len(ids))
            pieces, shape = self._look_up(word)
            ids.extend(pieces)
            shapes.extend((NO_SHAPE if shouting else shape,) * len(pieces))
        ids.append(self.ids[END])
        shapes.append(NO_SHAPE)
        return Pieces(ids, shapes, firsts)

    def _look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return a word's pieces and its shape, remembered by word."""
        known = self._cache.get(word)
        if known is None:
            found = [number for part in _parts(word) for number in self._cut(part)]
            known = tuple(found[:MOST_PIECES]) or (self._unknown,), shape_of(word)
            if len(self._cache) >= CACHED_WORDS:
                self._cache.clear()
            self._cache[word] = known
        return known

    def _cut(self, part: str) -> list[int]:
        """Take the longest known piece from the left until nothing is left (greedy match)."""
        if len(part) > LONGEST_WORD:
            return [self._unknown]
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            for end in range(min(len(part), start + self._longest), start, -1):
                number = self.ids.get(prefix + part[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            start = end
        return found


def shape_of(word: str) -> int:
    """Return the word's shape as an index into `SHAPES`."""
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return SHAPES.index("digits" if any(map(str.isdigit, word)) else "other")
    if all(map(str.islower, letters)):
        return SHAPES.index("lower")
    if all(map(str.isupper, letters)):
        return SHAPES.index("upper" if len(letters) > 1 else "capital")
    title = letters[0].isupper() and all(map(str.islower, letters[1:]))
    return SHAPES.index("title" if title else "mixed")


def _all_capitals(words: Sequence[str]) -> bool:
    """Say whether a line is set in capitals, so that they tell nothing (three words or more)."""
    if not " ".join(words).isupper():
        return False
    return sum(any(map(str.isalpha, word)) for word in words) >= 3


def _parts(word: str) -> Iterator[str]:
    """Lower the word, drop accents, and cut it at punctuation and CJK characters."""
    # Each character by itself: str.lower alone would turn a last sigma into another letter.
    decomposed = unicodedata.normalize("NFD", "".join(map(str.lower, word)))
    run: list[str] = []
    for character in decomposed:
        category = unicodedata.category(character)
        if category == "Mn" or category in {"Cc", "Cf"} or character == "\ufffd":
            continue
        if character.isspace() or stands_alone(character, category):
            if run:
                yield "".join(run)
                run = []
            if not character.isspace():
                yield character
        else:
            run.append(character)
    if run:
        yield "".join(run)


def stands_alone(character: str, category: str) -> bool:
    """Say whether a character is a word by itself: punctuation, ASCII symbols, CJK."""
    ascii_symbol = character.isascii() and not character.isalnum()
    return ascii_symbol or category.startswith("P") or _is_cjk(ord(character))


_CJK_BLOCKS: Final = (
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F),
)  # fmt: skip


def _is_cjk(code: int) -> bool:
    return code >= 0x3400 and any(first <= code <= last for first, last in _CJK_BLOCKS)
