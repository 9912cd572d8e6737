"""How far apart two words of names sound: spelling variants are near, other names are far.

Letters are first turned into sounds, so that "Lukaschenko" and "Loukachenko" are all but one word;
then an edit distance counts what is left, with a smaller cost for sounds that writers confuse.
Costs and spellings are in `spellings/sounds.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

import msgspec

from chancery.lexicon.romanise import load_spellings, read_pairs

VOWELS: Final = frozenset("aeiou")
REMEMBERED: Final = 1 << 14

_DOUBLED: Final = re.compile(r"([^eo])\1+")
_REPEATED: Final = re.compile(r"(.)\1+")


class Ear(msgspec.Struct, frozen=True):
    """The costs of one way to listen; an abjad's ear does not mind vowels."""

    near: dict[str, float]
    vowel_added: float
    aitch_added: float
    swapped: float
    share: float
    most: float


@lru_cache(maxsize=REMEMBERED)
def sounds_of(word: str) -> str:
    """Return a romanised word as sounds, a character each, without doubled ones."""
    spelled, pattern, first, before_e, elsewhere = _spellings()
    word = _DOUBLED.sub(r"\1", word)
    for opening, sound in first.items():
        if word.startswith(opening):
            word = sound + word[len(opening) :]
            break
    word = pattern.sub(lambda match: spelled[match[0]], word)
    for letter, sound in before_e.items():
        word = re.sub(f"{letter}(?=[eiy])", sound, word)
    for letter, sound in elsewhere.items():
        word = word.replace(letter, sound)
    return _REPEATED.sub(r"\1", word)


def distance(one: str, other: str, *, abjad: bool = False) -> float:
    """Return how far apart two words of sounds are, 0 where they are one."""
    if one == other:
        return 0.0
    one, other = min(one, other), max(one, other)
    return _distance(one, other, abjad)


def allowed(one: str, other: str, *, abjad: bool = False) -> float:
    """Return how far apart two words of sounds may be and still be spellings of one name."""
    ear = _ear(abjad)
    length = max(len(one), len(other))
    short: dict[str, float] = load_spellings("sounds")["allowed"]
    return short.get(str(length), min(ear.share * length, ear.most) if length > 1 else 0.0)


@lru_cache(maxsize=REMEMBERED)
def _distance(one: str, other: str, abjad: bool) -> float:
    """The optimal string alignment distance, with the ear's costs."""
    ear = _ear(abjad)
    before: list[float] = []
    row = [0.0]
    for sound in other:
        row.append(row[-1] + _added(sound, ear))
    for i, mine in enumerate(one):
        last, row = row, [row[0] + _added(mine, ear)]
        for j, theirs in enumerate(other):
            cost = min(
                last[j] + _changed(mine, theirs, ear),
                last[j + 1] + _added(mine, ear),
                row[j] + _added(theirs, ear),
            )
            if i and j and mine == other[j - 1] and one[i - 1] == theirs and mine != theirs:
                cost = min(cost, before[j - 1] + ear.swapped)
            row.append(cost)
        before = last
    return row[-1]


def _changed(mine: str, theirs: str, ear: Ear) -> float:
    return 0.0 if mine == theirs else ear.near.get(mine + theirs, 1.0)


def _added(sound: str, ear: Ear) -> float:
    if sound in VOWELS:
        return ear.vowel_added
    return ear.aitch_added if sound == "h" else 1.0


@cache
def _ear(abjad: bool) -> Ear:
    table = load_spellings("sounds")
    near = _near(table["near"])
    costs, limits, loose = table["costs"], table["allowed"], table["abjad"]
    if abjad:
        near |= _near({cost: pairs for cost, pairs in loose.items() if "." in cost})
    return Ear(
        near=near,
        vowel_added=loose["vowels"] if abjad else costs["vowel_added"],
        aitch_added=costs["aitch_added"],
        swapped=costs["swapped"],
        share=loose["share"] if abjad else limits["share"],
        most=limits["most"],
    )


def _near(rows: dict[str, str]) -> dict[str, float]:
    return {
        pair: float(cost)
        for cost, pairs in rows.items()
        for given in pairs.split()
        for pair in (given, given[::-1])
    }


@cache
def _spellings() -> tuple[
    dict[str, str], re.Pattern[str], dict[str, str], dict[str, str], dict[str, str]
]:
    table = load_spellings("sounds")
    spelled = read_pairs(table["spelled"])
    longest = sorted(spelled, key=lambda letters: (-len(letters), letters))
    pattern = re.compile("|".join(longest))
    rest = (read_pairs(table[name]) for name in ("first", "before_e", "elsewhere"))
    first, before_e, elsewhere = rest
    return spelled, pattern, first, before_e, elsewhere
