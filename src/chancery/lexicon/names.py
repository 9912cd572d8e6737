"""Names in running text: the longest known name at each place, with all it may mean.

One automaton (Aho-Corasick) holds every spelling in small letters without accents. A hit counts
if it is bounded as a word and if each capital of the name is a capital in the text, so that
"turkey", "us" and "who" stay words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
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
_OF = " of "
_LINE_REACH = 80


class NameRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
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
        also_given: Iterable[str],
        neutral: Iterable[str],
        fences: Iterable[str],
        posts: Mapping[str, frozenset[str]],
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
        self._posts = posts
        self._neutral = frozenset(neutral)
        self._also_given = frozenset(map(fold, also_given))
        self._fences = tuple(fences)

    def find(self, text: str) -> list[NameMatch]:
        """Return names in the order of the text, none overlapping, the longest at each place."""
        plain = fold(text)
        longest = _longest(self._hits(text, plain))
        persons = {
            entity for _, _, row in longest if row.kind == "person" for entity in row.entities
        }
        titles = {end: row.row for _, end, row in longest if row.kind == "title"}
        ends = {end for _, end, _ in longest}
        starts = {start for start, _, _ in longest}
        matches = []
        for start, end, row in longest:
            # "The President of Chad Idriss Deby": whose post it is comes before the name.
            owner = start - len(_OF) in titles and plain.endswith(_OF, 0, start)
            given = row.text in self._also_given and _name_follows(plain, end) and not owner
            if row.kind == "none" or given:
                continue
            entities = row.entities
            if row.kind == "surname":
                entities = self._bearers(row, persons, titles.get(start - 1))
                if self._other_person(plain, start, end, starts, ends):
                    continue
            if entities:
                matches.append(NameMatch(Span(start, end), row.kind, entities, row.row))
        return matches

    def _bearers(self, row: NameRow, persons: set[str], post: str | None) -> tuple[str, ...]:
        """Return who a surname may mean.

        Those named in full in the text, else those who have held the post that stands before it
        ("Prime Minister May"), else all who bear it, unless it is a word of its own.
        """
        named = tuple(entity for entity in row.entities if entity in persons)
        held = tuple(entity for entity in row.entities if post in self._posts.get(entity, ()))
        return named or held or (() if row.text in self._common else row.entities)

    def _other_person(
        self, plain: str, start: int, end: int, starts: set[int], ends: set[int]
    ) -> bool:
        """Say whether a surname is part of a name that we do not know ("Damon Wilson").

        A given name before it tells so anywhere; any other capitalised word on either side does,
        unless it is a name or title that we know, a word that may stand there ("Mr", "On",
        "Monday"), or one of a headline in which every word is capitalised.
        """
        before, after = _word_before(plain, start), _word_after(plain, end)
        if before in self._given or (len(before) == 2 and before[1] == "." and before[0].isupper()):
            return True
        strange_before = _is_name(before) and start - 1 not in ends and before not in self._neutral
        strange_after = _is_name(after) and end + 1 not in starts and after not in self._neutral
        return (strange_before or strange_after) and not _is_headline(plain, start, end)

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


def _word_before(plain: str, start: int) -> str:
    """Return the word right before, if only a space parts them."""
    words = plain[max(0, start - 24) : start]
    return words.split(" ")[-2] if words.endswith(" ") else ""


def _word_after(plain: str, end: int) -> str:
    words = plain[end : end + 24]
    if not words.startswith(" "):
        return ""
    return re.split(r"[^\w'.-]", words[1:], maxsplit=1)[0].rstrip(".")


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.isalpha() and not word.isupper()


def _is_headline(plain: str, start: int, end: int) -> bool:
    """Say whether most words around are capitalised, as in a headline."""
    words = [word for word in plain[max(0, start - 60) : end + 60].split()[1:-1] if word.isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _name_follows(plain: str, end: int) -> bool:
    """Say whether a capitalised word follows: "Chad" before "Wolf" is a given name."""
    after = plain[end : end + 3]
    return len(after) == 3 and after[0] == " " and after[1].isupper() and after[2].islower()


def _bounded(plain: str, start: int, end: int) -> bool:
    before = plain[start - 1] if start else " "
    after = plain[end] if end < len(plain) else " "
    return not (before.isalnum() or after.isalnum())


def _capitals(name: str, words: str) -> bool:
    return all(theirs.isupper() for ours, theirs in zip(name, words, strict=True) if ours.isupper())


def _shouted(text: str, start: int, end: int, row: NameRow) -> bool:
    """Say whether a short acronym stands in a line of capitals, where "US" may be "us"."""
    if len(row.text) > _SHORT_ACRONYM or not row.text.isupper():
        return False
    before = text[max(0, start - _LINE_REACH) : start].rpartition("\n")[2]
    after = text[end : end + _LINE_REACH].partition("\n")[0]
    return (before + after).isupper()


def _longest(hits: list[tuple[int, int, NameRow]]) -> list[tuple[int, int, NameRow]]:
    """Keep the longest of overlapping hits ("House of Commons", not "the House")."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        places = range(hit[0], hit[1])
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[0])
