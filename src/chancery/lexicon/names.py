"""Names in running text: the longest known name at each place, with all it may mean.

One automaton (Aho-Corasick) holds every spelling in small letters without accents. A hit counts
if it is bounded as a word and if each capital of the name is a capital in the text, so that
"turkey", "us" and "who" stay words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec

from chancery.model import Span

_EXTRA_FOLDS = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i",
    "ə": "a", "Ə": "A", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "\u2010": "-",
    "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "\r": " ",
}  # fmt: skip
_LATIN_BLOCKS = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
_SHORT_ACRONYM = 4


class NameRow(msgspec.Struct, frozen=True, array_like=True):
    """A spelling (folded), its kind, the entities or sectors it may mean, and the table's row."""

    text: str
    kind: str
    entities: tuple[str, ...]
    row: str = ""


class NameMatch(msgspec.Struct, frozen=True):
    """Words of a text that are a known name.

    `kind` is `state`, `territory`, `body`, `group`, `person`, `surname`, `seat`, `demonym`,
    `title` or `sector`. `entities` are the ids of the actors it may mean, best first; for a title
    or a sector noun, PLOVER sectors. `row` says more: `capital` for a seat of government,
    `adjective` or `people` for a demonym, the post for a title, the noun for a sector.
    """

    span: Span
    kind: str
    entities: tuple[str, ...]
    row: str = ""


@cache
def _folds() -> dict[int, str]:
    folds = {ord(char): plain for char, plain in _EXTRA_FOLDS.items()}
    for block in _LATIN_BLOCKS:
        for point in block:
            base = unicodedata.normalize("NFD", chr(point))[0]
            if base != chr(point):
                folds[point] = base
    return folds


def fold(text: str) -> str:
    """Take accents off and make spaces, hyphens and apostrophes plain; the length stays."""
    return text if text.isascii() and not _has_breaks(text) else text.translate(_folds())


def _has_breaks(text: str) -> bool:
    return "\n" in text or "\t" in text or "\r" in text or "`" in text


def _small(text: str) -> str:
    """Return small letters, one for one (a few capitals have a small form of two characters)."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


class NameFinder:
    """Finds the names of a lexicon in texts; building it takes some milliseconds."""

    def __init__(
        self,
        rows: Sequence[NameRow],
        *,
        common_surnames: Iterable[str],
        given_names: Iterable[str],
        fences: Iterable[str],
    ) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._spellings: list[list[NameRow]] = []
        by_small: dict[str, int] = {}
        for row in rows:
            place = by_small.setdefault(_small(row.text), len(self._spellings))
            if place == len(self._spellings):
                self._spellings.append([])
            self._spellings[place].append(row)
        self._automaton: Any = AhoCorasick(list(by_small), matchkind=MatchKind.Standard)
        self._common = frozenset(map(fold, common_surnames))
        self._given = frozenset(given_names)
        self._fences = tuple(fences)

    def find(self, text: str) -> list[NameMatch]:
        """Return names in the order of the text, none overlapping, the longest at each place."""
        plain = fold(text)
        longest = _longest(self._hits(text, plain))
        persons = {
            entity for _, _, row in longest if row.kind == "person" for entity in row.entities
        }
        matches = (self._settle(plain, start, end, row, persons) for start, end, row in longest)
        return [match for match in matches if match]

    def _hits(self, text: str, plain: str) -> list[tuple[int, int, NameRow]]:
        hits = []
        found = self._automaton.find_matches_as_indexes(_small(plain), overlapping=True)
        for place, start, end in found:
            if not _bounded(plain, start, end):
                continue
            words = plain[start:end]
            row = next((row for row in self._spellings[place] if _capitals(row.text, words)), None)
            if row and not self._fenced(plain, start) and not _shouted(text, start, end, row):
                hits.append((start, end, row))
        return hits

    def _fenced(self, plain: str, start: int) -> bool:
        """Say whether a prefix such as "anti-" stands before: then it is no name of a doer."""
        if start == 0 or plain[start - 1] != "-":
            return False
        return plain[max(0, start - 8) : start].lower().endswith(self._fences)

    def _settle(
        self, plain: str, start: int, end: int, row: NameRow, persons: set[str]
    ) -> NameMatch | None:
        if row.kind == "none":
            return None
        entities = row.entities
        if row.kind == "surname":
            seen = tuple(entity for entity in entities if entity in persons)
            entities = seen or entities
            if (not seen and row.text in self._common) or self._other_person(plain, start):
                return None
        return NameMatch(Span(start, end), row.kind, entities, row.row)

    def _other_person(self, plain: str, start: int) -> bool:
        """Say whether a given name stands right before a surname: "Jim" before "Jordan"."""
        before = plain[max(0, start - 24) : start]
        if not before.endswith(" ") or before.endswith("  "):
            return False
        word = before.split(" ")[-2]
        initial = len(word) == 2 and word[0].isupper() and word[1] == "."
        return initial or word in self._given


def _bounded(plain: str, start: int, end: int) -> bool:
    before = plain[start - 1] if start else " "
    after = plain[end] if end < len(plain) else " "
    return not (before.isalnum() or after.isalnum())


def _capitals(name: str, words: str) -> bool:
    return all(
        theirs.isupper() for ours, theirs in zip(name, words, strict=True) if ours.isupper()
    )


def _shouted(text: str, start: int, end: int, row: NameRow) -> bool:
    """Say whether a short acronym stands in a line of capitals, where "US" may be "us"."""
    if len(row.text) > _SHORT_ACRONYM or not row.text.isupper():
        return False
    line_end = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else len(text)]
    return line.isupper() and any(char.isalpha() for char in line.replace(row.text, ""))


def _longest(hits: list[tuple[int, int, NameRow]]) -> list[tuple[int, int, NameRow]]:
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    kept: list[tuple[int, int, NameRow]] = []
    for hit in hits:
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept

