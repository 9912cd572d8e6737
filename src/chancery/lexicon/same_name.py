"""Are two spellings one name? `same_name` tells, from the words alone.

Persons (`same_person`): titles and particles go, words are paired whatever their order, and a pair
may differ as spellings, initials or forms of one given name do. A word that has no partner on
either side parts the names; on one side only it is a middle name, a patronymic or a surname more.
All others (`companies.py`): legal forms go, then every word and every number must have its partner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from chancery.lexicon.companies import is_organised, is_short_for, same_company
from chancery.lexicon.names import fold
from chancery.lexicon.romanise import (
    is_abjad,
    is_syllabic,
    load_spellings,
    read_pairs,
    romanise,
    simplify,
)
from chancery.lexicon.sounds import allowed, distance, sounds_of

NameKind = Literal["person", "company", "body", "group", "state", "ship"]

SPELLING: Final = 0.5
"""Words written together may be so far apart: another spelling, but no other letter."""

MOST: Final = 1.5
"""Names of equally many words may be so far apart in all …"""

MOST_WITH_MORE: Final = 0.5
"""… and those of which one has more words so far."""

LONE: Final = 0.4
"""A bare surname may be so far from that of the full name."""

INITIAL: Final = 0.1
"""How far an initial is from the word that it stands for."""

SERVANT: Final = "abdul"
WITHOUT_SERVANT: Final = 0.6
"""How far "Abdul Rahim" is from "Rahim", as some writers have it."""

SYLLABLES: Final = 4
"""Signs of the longest Chinese or Korean name; a longer one is a foreign name in such signs."""

_INNER_CAPITAL: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_APOSTROPHES: Final = re.compile(r"['’‘ʼ`´ʻ]")
_WORD: Final = re.compile(r"\w+")
_SERVANT: Final = re.compile(r"^abd(?:[aeu]|ou)l(?=\w)")
_DIGITS: Final = str.maketrans("01357", "oiest")
"""What scanning and disguise make of letters."""


class Pair(NamedTuple):
    """A word of each name that may be the same, by their places, and how far they are apart."""

    cost: float
    mine: int
    theirs: int


def same_name(a: str, b: str, kind: NameKind | None = None) -> bool:
    """Say whether two spellings are one name, not whether they are one person or company.

    `kind` is what is named, none where that is not known. Spelling variants, other scripts,
    initials, titles, word order, legal forms and slips of the pen are allowed for; a bare surname
    is the full name. The order of the two makes no difference.
    """
    one, other = sorted((" ".join(a.split()), " ".join(b.split())))
    if one.casefold() == other.casefold():
        return True
    # A letter's mark may tell its sound ("dž") or be left out ("dz").
    bare = fold(one), fold(other)
    ways = [(one, other), bare] if bare != (one, other) else [bare]
    return any(_same(*way, kind) for way in ways)


def _same(a: str, b: str, kind: NameKind | None) -> bool:
    if kind == "person":
        return same_person(a, b)
    if kind is None and not (is_organised(a) or is_organised(b)):
        return same_person(a, b) or is_short_for(a, b) or is_short_for(b, a)
    return same_company(a, b, kind or "company")


def same_person(a: str, b: str) -> bool:
    """Say whether two spellings are one person's name."""
    if is_syllabic(a) and is_syllabic(b):
        return _WORD.findall(simplify(a)) == _WORD.findall(simplify(b))
    abjad = is_abjad(a) != is_abjad(b)
    mine, theirs = person_words(a), person_words(b)
    if not mine or not theirs:
        return False
    styled = _is_styled(a), _is_styled(b)
    if 1 in (len(mine), len(theirs)) and any(styled):
        return all(styled) and _apart(mine[0], theirs[0], abjad=abjad) is not None
    if _run_together(mine, theirs, abjad=abjad):
        return True
    fewer, more = sorted((mine, theirs), key=len)
    # "Tse-tung" is "Tsetung" where that leaves no word over.
    ways = [more, *(_joined(more) if len(more) == len(fewer) + 1 else ())]
    return any(_fit(fewer, way, abjad=abjad) for way in ways)


def _is_styled(name: str) -> bool:
    return not _listed("styles").isdisjoint(_split(name))


def _joined(words: Sequence[str]) -> list[list[str]]:
    """Return the words with two neighbours written as one, in every way."""
    places = range(len(words) - 1)
    return [[*words[:i], words[i] + words[i + 1], *words[i + 2 :]] for i in places]


def _fit(mine: Sequence[str], theirs: Sequence[str], *, abjad: bool) -> bool:
    pairs = _pair(mine, theirs, abjad=abjad)
    return bool(pairs) and _in_order(pairs, mine, theirs) and _enough(pairs, mine, theirs)


def person_words(name: str) -> list[str]:
    """Return the words of a person's name that count, romanised and in the order of speech."""
    table = load_spellings("persons")
    before, comma, after = name.partition(",")
    if comma and "," not in after and not set(_split(after)) <= _listed("titles"):
        name = f"{after} {before}"
    words = _without_titles(_split(name))
    next_to, last_to = read_pairs(table["joined_to_next"]), read_pairs(table["joined_to_last"])
    kept: list[str] = []
    prefix = ""
    for place, word in enumerate(words, 1):
        if word in last_to and kept:
            kept[-1] += last_to[word]
        elif word in next_to:
            prefix += next_to[word]
        elif place == len(words) or not _is_particle(word, kept):
            kept.append(prefix + word)
            prefix = ""
    return ([*kept, prefix] if prefix else kept) or words


def _without_titles(words: list[str]) -> list[str]:
    kept = [
        word
        for word, after in zip(words, [*words[1:], ""], strict=False)
        if word not in _listed("titles") or after in _listed("sons")
    ]
    return kept or words


def _is_particle(word: str, before: Sequence[str]) -> bool:
    return word in _listed("particles") or (bool(before) and word in _listed("inner_particles"))


def _split(name: str) -> list[str]:
    """Return the romanised words of a name.

    An article written on to an Arabic word comes off; a short Chinese or Korean name is parted
    into its syllables.
    """
    if is_syllabic(name) and len(name) <= SYLLABLES:
        name = " ".join(name)
    words = _WORD.findall(_APOSTROPHES.sub("", romanise(_INNER_CAPITAL.sub(" ", name))))
    if is_abjad(name):
        words = [word[2:] if word.startswith("al") and len(word) > 4 else word for word in words]
    words = [_SERVANT.sub(SERVANT, word) for word in words]
    return [word if word.isdecimal() else word.translate(_DIGITS) for word in words]


def _run_together(mine: Sequence[str], theirs: Sequence[str], *, abjad: bool) -> bool:
    one, other = sounds_of("".join(mine)), sounds_of("".join(theirs))
    return max(len(one), len(other)) > 4 and distance(one, other, abjad=abjad) <= SPELLING


def _pair(mine: Sequence[str], theirs: Sequence[str], *, abjad: bool) -> list[Pair]:
    """Pair words, the likest first; a word has one partner."""
    possible = sorted(
        Pair(cost, i, j)
        for i, one in enumerate(mine)
        for j, other in enumerate(theirs)
        if (cost := _apart(one, other, abjad=abjad)) is not None
    )
    pairs: list[Pair] = []
    for pair in sorted(possible, key=lambda p: (p.cost, abs(p.mine - p.theirs), p)):
        if all(pair.mine != p.mine and pair.theirs != p.theirs for p in pairs):
            pairs.append(pair)
    return sorted(pairs, key=lambda p: p.mine)


def _apart(one: str, other: str, *, abjad: bool) -> float | None:
    """Return how far two words are apart, or none where they are different names."""
    if one == other:
        return 0.0
    mine, theirs = sounds_of(one), sounds_of(other)
    if len(one) == 1 or len(other) == 1:
        return INITIAL if one[0] == other[0] or mine[:1] == theirs[:1] else None
    groups = _given()
    if one in groups and other in groups:
        return 0.0 if groups[one] & groups[other] else None
    if one.startswith(SERVANT) != other.startswith(SERVANT):
        mine, theirs = (sounds_of(word.removeprefix(SERVANT)) for word in (one, other))
        return WITHOUT_SERVANT if mine == theirs else None
    cost = distance(mine, theirs, abjad=abjad)
    return cost if cost <= allowed(mine, theirs, abjad=abjad) else None


def _in_order(pairs: Sequence[Pair], mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether the order can be that of one name.

    It is the same, or a surname went to the front (not where both words are given names: "Hans
    Friedrich" is another than "Friedrich Hans"), or only the middle names changed places: who is
    the son of whom is told by the order.
    """
    places = [pair.theirs for pair in pairs]
    steps_down = sum(x > y for x, y in pairwise(places))
    if not steps_down:
        return True
    if steps_down == 1 and places[-1] < places[0]:
        return len(pairs) > 2 or not all(
            _given().keys() >= {mine[pair.mine], theirs[pair.theirs]} for pair in pairs
        )
    ends = {(pair.mine, pair.theirs) for pair in pairs}
    return {(0, 0), (len(mine) - 1, len(theirs) - 1)} <= ends


def _enough(pairs: Sequence[Pair], mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether so many words agree, and so few are left over, that the names are one."""
    over = _left_over(mine, {pair.mine for pair in pairs})
    over_there = _left_over(theirs, {pair.theirs for pair in pairs})
    if over and over_there:
        return False
    total = sum(pair.cost for pair in pairs)
    full = [pair for pair in pairs if min(len(mine[pair.mine]), len(theirs[pair.theirs])) > 1]
    if len(mine) == 1 or len(theirs) == 1:
        last = (pairs[0].mine, pairs[0].theirs) == (len(mine) - 1, len(theirs) - 1)
        return bool(full) and last and total <= (LONE if over or over_there else MOST)
    extra = [word for word in over or over_there if not _is_patronymic(word)]
    if extra:
        return len(full) > 1 and len(extra) <= len(full) and total <= MOST_WITH_MORE
    return bool(full) and len(pairs) > 1 and total <= MOST


def _left_over(words: Sequence[str], paired: set[int]) -> list[str]:
    """Return the words without a partner that do not merely repeat the word beside them."""
    beside = ({*words[max(0, i - 1) : i], *words[i + 1 : i + 2]} for i in range(len(words)))
    return [
        word
        for i, (word, near) in enumerate(zip(words, beside, strict=True))
        if i not in paired and word not in near
    ]


def _is_patronymic(word: str) -> bool:
    endings = tuple(load_spellings("persons")["patronymics"].split())
    return word.endswith(endings)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(romanise(load_spellings("persons")[name]).split())


@cache
def _given() -> dict[str, frozenset[int]]:
    """Given names, with the numbers of the lines on which they stand."""
    places: dict[str, set[int]] = {}
    for number, line in enumerate(load_spellings("persons")["given"]):
        for name in romanise(line).split():
            places.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in places.items()}
