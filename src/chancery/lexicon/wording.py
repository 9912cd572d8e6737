"""Phrases as a person writes them in a table, found in words.

`a|b` is either word, a last `*` any ending (`terroris*`), and `~` up to four words in between.
Words are compared in small letters; hyphens count as spaces on both sides ("cease-fire").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")

WIDEST_GAP: Final = 4
GAP: Final = "~"
STEM: Final = 3
"""A beginning before `*` has at least so many letters: by these it is looked up."""

_WORD: Final = re.compile(r"['’]s\b|[^\W_]+")


def plain_words(text: str) -> list[str]:
    """Split text into words in small letters, without hyphens and marks."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


class Part(NamedTuple):
    """One place of a phrase: the words that may stand there, and beginnings of words."""

    words: frozenset[str]
    stems: tuple[str, ...]

    def fits(self, word: str) -> bool:
        """Say whether a word may stand here."""
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))


class Met(NamedTuple, Generic[T]):
    """A phrase met in words: its first and last word, and what it stands for."""

    first: int
    last: int
    label: T


class Wordings(Generic[T]):
    """Many phrases, each with what it stands for, looked for at once."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_word: dict[str, list[tuple[tuple[Part | None, ...], T]]] = {}
        self._by_stem: dict[str, list[tuple[tuple[Part | None, ...], T]]] = {}
        for phrase, label in phrases:
            parts = parts_of(phrase)
            first = parts[0]
            if first is None:
                raise ValueError(f"{phrase!r} begins with a gap")
            for word in first.words:
                self._by_word.setdefault(word, []).append((parts, label))
            for stem in {stem[:STEM] for stem in first.stems}:
                self._by_stem.setdefault(stem, []).append((parts, label))

    def find(self, words: Sequence[str]) -> Iterator[Met[T]]:
        """Yield every phrase that stands in words, in their order; phrases may overlap."""
        for place, word in enumerate(words):
            for known in (self._by_word.get(word, ()), self._by_stem.get(word[:STEM], ())):
                for parts, label in known:
                    last = _end_of(words, parts, place)
                    if last >= 0:
                        yield Met(place, last, label)

    def stands_in(self, words: Sequence[str]) -> bool:
        """Say whether any phrase stands in words."""
        return any(True for _ in self.find(words))


def parts_of(phrase: str) -> tuple[Part | None, ...]:
    """Read a phrase; a gap is none. Raises `ValueError` for one that cannot be meant."""
    parts = tuple(
        None if word == GAP else _part(word)
        for word in phrase.lower().replace("-", " ").replace("'s", " 's").split()
    )
    if not parts or parts[0] is None or parts[-1] is None:
        raise ValueError(f"{phrase!r} must begin and end with a word")
    return parts


def _part(written: str) -> Part:
    options = written.split("|")
    stems = tuple(option[:-1] for option in options if option.endswith("*"))
    if any(len(stem) < STEM for stem in stems):
        raise ValueError(f"{written!r}: fewer than {STEM} letters before '*'")
    return Part(frozenset(option for option in options if not option.endswith("*")), stems)


def _end_of(words: Sequence[str], parts: Sequence[Part | None], place: int) -> int:
    """Return the place of the last word of a phrase that starts at a place, or -1."""
    for number, part in enumerate(parts):
        if part is None:
            rest = parts[number + 1 :]
            for start in range(place, min(place + WIDEST_GAP + 1, len(words))):
                if (end := _end_of(words, rest, start)) >= 0:
                    return end
            return -1
        if place >= len(words) or not part.fits(words[place]):
            return -1
        place += 1
    return place - 1
