"""Are two spellings one name of a company, body, group, state or ship?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from chancery.lexicon.romanise import is_syllabic, load_spellings, read_pairs, romanise
from chancery.lexicon.sounds import allowed, distance, sounds_of

SPELLING: Final = 0.5
"""Words written together may be so far apart: another spelling, but no other letter."""

SLIP: Final = 0.6
"""What is farther apart is a slip of the pen, of which a name may have one."""

SHORTEST_ALTERNATIVE: Final = 4
"""Letters on either side of a stroke that parts two names ("Al-Qaida/Islamic Army")."""

_STROKE: Final = re.compile(r"\s*/\s*")
_INNER_CAPITAL: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z]{2,}$)")
_POINTED: Final = re.compile(r"\b(?:\w\.\s?)+(?:\w\b)?")
_APOSTROPHES: Final = re.compile(r"['’‘ʼ`´ʻ]")
_WORD: Final = re.compile(r"&|\d+|[^\W\d_]+")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_LETTERS: Final = re.compile(r"(?:\w\.){3,}|(?:\w\.){2,}\w")
_NUMBER: Final = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")
_LONGEST_FORM: Final = 6


def same_company(a: str, b: str, kind: str = "company") -> bool:
    """Say whether two spellings are one name of something that is no person."""
    return any(_same(one, other, kind) for one in _alternatives(a) for other in _alternatives(b))


def is_organised(name: str) -> bool:
    """Say whether a name is plainly no person's: a number, a legal form, "party"."""
    words = _split(name)
    known = frozenset(load_spellings("companies")["organised"].split())
    plain = "&" in words or bool(_NUMBER.search(name) or _LETTERS.fullmatch(name))
    return plain or not known.isdisjoint(words) or _without_forms(words) != words


def company_words(name: str, kind: str = "company") -> list[str]:
    """Return the words of a name that count, romanised; numbers as figures."""
    table = load_spellings("companies")
    words = _split(name)
    if kind == "ship" and words and words[0] in table["ships"].split():
        words = words[1:] or words
    words = _without_forms(words)
    small = frozenset(table["small"].split())
    words = [word for word in words if word not in small] or words
    return _with_numbers([_one_of().get(word, word) for word in words])


def _alternatives(name: str) -> list[str]:
    """Return the names that a stroke parts, or the one name."""
    parts = _STROKE.split(name)
    long = all(sum(map(str.isalpha, part)) >= SHORTEST_ALTERNATIVE for part in parts)
    return parts if long else [name]


def _same(a: str, b: str, kind: str) -> bool:
    mine, theirs = company_words(a, kind), company_words(b, kind)
    if not mine or not theirs:
        return False
    if sorted(mine) == sorted(theirs):
        return True
    if is_syllabic(a) and is_syllabic(b):
        return False
    if _numbers(mine) != _numbers(theirs):
        return False
    return (
        _run_together(mine, theirs)
        or _all_alike(mine, theirs)
        or is_short_for(a, b, kind)
        or is_short_for(b, a, kind)
    )


def _run_together(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    one, other = "".join(mine), "".join(theirs)
    if one == other:
        return True
    return min(len(one), len(other)) > 4 and distance(sounds_of(one), sounds_of(other)) <= SPELLING


def _all_alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether all words are spellings of one another, one by one, with one slip at most."""
    if len(mine) != len(theirs):
        return False
    slips = 0
    for one, other in zip(map(sounds_of, mine), map(sounds_of, theirs), strict=True):
        apart = distance(one, other)
        if apart > allowed(one, other):
            return False
        slips += apart > SLIP
    return slips <= 1


def is_short_for(acronym: str, name: str, kind: str = "company") -> bool:
    """Say whether a name is the initials of the other, with its small words or without."""
    short, words = company_words(acronym, kind), company_words(name, kind)
    if len(short) != 1 or len(short[0]) < 2 or len(words) < 2:
        return False
    initials = {"".join(word[0] for word in words), "".join(word[0] for word in _split(name))}
    return short[0] in initials


def _split(name: str) -> list[str]:
    """Return the romanised words of a name; letters with points are one word ("A.B.C.")."""
    apart = _POINTED.sub(_without_points, _INNER_CAPITAL.sub(" ", name))
    plain = _APOSTROPHES.sub("", romanise(apart)).replace("%", " percent ")
    return _WORD.findall(_ORDINAL.sub("", plain))


def _without_points(match: re.Match[str]) -> str:
    return match[0].replace(".", "").replace(" ", "") + " "


def _without_forms(words: list[str]) -> list[str]:
    """Take legal forms off both ends, as long as a word is left."""
    forms = _forms()
    for _ in range(2):
        for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
            if tuple(words[-size:]) in forms:
                words = words[:-size]
                break
        for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
            if tuple(words[:size]) in forms:
                words = words[size:]
                break
    return words


def _with_numbers(words: Sequence[str]) -> list[str]:
    """Write number words and Roman numerals as figures: "forty-four" is 44."""
    table = load_spellings("companies")["numbers"]
    named, roman = read_pairs(table["words"]), read_pairs(table["roman"])
    figures: list[str] = []
    tens = False
    for place, word in enumerate(words):
        figure = named.get(word) or (roman.get(word) if place else None)
        if figure and tens and len(figure) == 1:
            figures[-1] = str(int(figures[-1]) + int(figure))
        else:
            figures.append(figure or word)
        tens = word in named and len(named[word]) == 2 and named[word].endswith("0")
    return figures


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word.isdecimal())


@cache
def _forms() -> frozenset[tuple[str, ...]]:
    """Return the legal forms as words; a name in Chinese characters has them unparted."""
    rows: list[str] = load_spellings("companies")["forms"]
    return frozenset(tuple(_WORD.findall(romanise(row))) for row in rows)


@cache
def _one_of() -> dict[str, str]:
    """Return for a word with several spellings the one that stands for all."""
    rows: list[str] = load_spellings("companies")["words"]
    return {word: row.split()[0] for row in rows for word in row.split()}
