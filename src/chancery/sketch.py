"""Sketches of texts: numbers that two texts share where a passage of one stands in the other.

A text is folded to plain words, which are the same in British and in American spelling, whatever
the quotation marks, and whether numbers are spelled out; `sketch.toml` says how. Its runs of five
words are hashed, and of every `WINDOW` hashes in a row the least is kept (winnowing: S. Schleimer,
D. Wilkerson and A. Aiken, *Winnowing: local algorithms for document fingerprinting*, 2003). So a
passage of `RUN + WINDOW - 1` words or more that stands in two texts gives both the same number. A
sketch is the same on every machine.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple

RUN: Final = 5
"""Words to a run."""

WINDOW: Final = 5
"""Hashes in a row of which one at least is kept."""

LEAST_KEPT: Final = 8
"""Hashes of the smaller sketch: fewer say little about how much of a text stands in another."""

REMEMBERED: Final = 1 << 15

LARGE: Final = (100, 1000)
"""What an "and" may stand after within a number: "two hundred and ten"."""

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th)\b)?|(?:[^\W\d_]\.){2,}|[^\W_]+", re.I)
_THOUSANDS: Final = re.compile(r",(?=\d{3}(?!\d))")
_FIGURES: Final = re.compile(r"\d+(?:\.\d+)?")


class Word(NamedTuple):
    """A word of a text: folded, and where it stands (characters; the end is exclusive)."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text, folded; what is written as one number or name is one word."""
    found = [Word(_fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    return list(_joined(found))


def sketch(text: str) -> tuple[int, ...]:
    """Return the kept hashes of a text's runs of words, sorted, each below 2**64.

    A text of fewer than five words is one run; one without words has an empty sketch.
    """
    words = [word.folded for word in words_of(text)]
    if not words:
        return ()
    hashes = [_hash(" ".join(words[at : at + RUN])) for at in range(max(len(words) - RUN, 0) + 1)]
    windows = range(max(len(hashes) - WINDOW, 0) + 1)
    return tuple(sorted({min(hashes[at : at + WINDOW]) for at in windows}))


def resemblance(one: Collection[int], other: Collection[int]) -> float:
    """Estimate from sketches which share of all their runs two texts have in common, 0…1."""
    both = len({*one, *other})
    return len(set(one) & set(other)) / both if both else 0.0


def containment(one: Collection[int], other: Collection[int]) -> float:
    """Estimate the share of the smaller text's runs that stand in the larger, 0…1.

    Too few to tell give 0.
    """
    fewer = min(len(one), len(other))
    return len(set(one) & set(other)) / fewer if fewer >= LEAST_KEPT else 0.0


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=REMEMBERED)
def _fold(written: str) -> str:
    """Fold one word: case, points and commas within it, the ends of ordinals, British spelling."""
    word = written.casefold()
    if word[0].isdigit():
        return _figures(word)
    word = word.replace(".", "")
    table = _table()
    if any(word in table[kind] for kind in ("numbers", "tens", "scales")):
        return word
    if word in table["words"]:
        return str(table["words"][word])
    for british, other in table["spellings"].items():
        word = word.replace(british, other)
    for british, other in table["endings"].items():
        if word.endswith(british):
            word = word.removesuffix(british) + other
    return _short().get(word, word)


def _figures(written: str) -> str:
    """Write a number in figures alike: "1,200.50" and "1200.5", "3rd" and "3"."""
    number = _THOUSANDS.sub("", written.rstrip("stndrh"))
    whole, point, rest = number.partition(".")
    return f"{whole}.{rest.rstrip('0')}".rstrip(".") if point and "." not in rest else number


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words, with numbers in words written as figures and known phrases made one."""
    at = 0
    while at < len(words):
        size, folded = _number_at(words, at) or _phrase_at(words, at) or (1, words[at].folded)
        yield Word(folded, words[at].start, words[at + size - 1].end)
        at += size


def _number_at(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """Return how many words from here on are one number, and which; none where they are none."""
    table = _table()
    total: Fraction | None = None
    part: Fraction | None = None
    last = limit = 10**15
    end = at
    if words[at].folded == "a" and at + 1 < len(words) and words[at + 1].folded in table["scales"]:
        part, end = Fraction(1), at + 1
    while end < len(words) and (end == at or words[end].start == words[end - 1].end + 1):
        word = words[end].folded
        is_and = word == "and" and last in LARGE and end + 1 < len(words)
        if is_and and _value(words[end + 1].folded) is not None:
            end += 1
            continue
        scale = table["scales"].get(word)
        value = _value(word) if scale is None else None
        if scale is not None and part is not None and scale < limit:
            part *= scale
            if scale > 100:
                total, part, limit = (total or Fraction(0)) + part, None, scale
            last = scale
        elif value is not None and _may_add(value, part, last, word):
            part = (part or Fraction(0)) + value
            last = 10 if word in table["tens"] else 1
        else:
            break
        end += 1
    if end == at or (end == at + 1 and words[at].folded[0].isdigit()):
        return None
    whole = (total or Fraction(0)) + (part or Fraction(0))
    return end - at, str(whole) if whole.denominator == 1 else f"{float(whole)}"


def _may_add(value: Fraction, part: Fraction | None, last: int, word: str) -> bool:
    """Say whether a number word goes on with the number before it: "twenty five", not "two two"."""
    if part is None:
        return True
    return not word[0].isdigit() and ((last == 100 and value < 100) or (last == 10 and value < 10))


def _value(word: str) -> Fraction | None:
    table = _table()
    spelled = table["numbers"].get(word, table["tens"].get(word))
    if spelled is not None:
        return Fraction(spelled)
    return Fraction(word) if _FIGURES.fullmatch(word) else None


def _phrase_at(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    for phrase, folded in _phrases().get(words[at].folded, ()):
        if tuple(one.folded for one in words[at : at + len(phrase)]) == phrase:
            return len(phrase), folded
    return None


@cache
def _table() -> dict[str, Any]:
    source = resources.files("chancery") / "sketch.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for folded, phrases in _table()["phrases"].items():
        for phrase in phrases:
            words = tuple(_fold(word) for word in phrase.split())
            if len(words) > 1:
                found.setdefault(words[0], []).append((words, folded))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}


@cache
def _short() -> dict[str, str]:
    """Return the phrases of one word."""
    phrases = _table()["phrases"].items()
    return {word: folded for folded, some in phrases for word in some if " " not in word}
