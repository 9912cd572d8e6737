"""The names that may be places, of our table and of the gazetteer, found in a text in one pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from chancery.lexicon import Gazetteer
from chancery.lexicon.gazetteer import WATER
from chancery.lexicon.names import fold

SHORTEST: Final = 4
"""Letters of a gazetteer's name that is looked for; shorter ones are too often something else."""

REGION: Final = 300_000
"""How many people a region or land counts as, where names are weighed."""


class Hit(NamedTuple):
    """A name in a text that may be a place's."""

    start: int
    end: int
    name: str


class PlaceNames(NamedTuple):
    """Names, accents taken off, and what the tables say of them."""

    automaton: Any
    names: tuple[str, ...]
    waters: frozenset[str]
    named: Mapping[str, str]
    """Names that count anywhere, with their state."""
    bearers: Mapping[str, Mapping[str, int]]
    """Names of the gazetteer: states where such a place lies, with its people."""
    regions: frozenset[tuple[str, str]]
    """First-order regions, by name and state."""
    doubtful: frozenset[str]
    may_follow: frozenset[str]
    surely: re.Pattern[str]
    perhaps: re.Pattern[str]
    region_words: tuple[re.Pattern[str], re.Pattern[str]]
    state_words: re.Pattern[str]

    def find(self, plain: str) -> Iterator[Hit]:
        """Yield the names that stand as words of their own in a text without accents."""
        found = self.automaton.find_matches_as_indexes(plain, overlapping=True)
        for place, start, end in found:
            before = plain[start - 1] if start else " "
            after = plain[end] if end < len(plain) else " "
            if not (before.isalnum() or before in "._" or after.isalnum() or after == "_"):
                yield Hit(start, end, self.names[place])


@cache
def place_names() -> PlaceNames:
    """Load the names, once per process."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    source = resources.files("chancery.read") / "data" / "places.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    named = {
        fold(name): state for state, names in table["named"].items() for name in names.split("|")
    }
    waters: set[str] = set()
    regions: set[tuple[str, str]] = set()
    bearers: dict[str, dict[str, int]] = {}
    for place in Gazetteer.load().localities:
        if place.kind == "state":
            continue
        for name in map(fold, (place.name, *place.others)):
            if place.kind == WATER:
                waters.add(name)
                continue
            state = table["controlled"].get(place.country, place.country)
            people = bearers.setdefault(name, {})
            people[state] = max(people.get(state, 0), place.people or REGION)
            if place.kind == "region":
                regions.add((name, state))
    names = (*named, *waters, *(name for name in bearers if len(name) >= SHORTEST))
    names = tuple(dict.fromkeys(sorted(names)))
    return PlaceNames(
        automaton=AhoCorasick(list(names), matchkind=MatchKind.Standard),
        names=names,
        waters=frozenset(waters),
        named=named,
        bearers=bearers,
        regions=frozenset(regions),
        doubtful=frozenset(table["doubtful"].split()),
        may_follow=frozenset(table["may_follow"].split()),
        surely=_led_by(table["surely"], table["between"], table["sorts"]),
        perhaps=_led_by(table["perhaps"], table["between"]),
        region_words=(_before(table["region"]["before"]), _after(table["region"]["after"])),
        state_words=_before(table["state"]["before"]),
    )


def _led_by(words: str, between: str, sorts: str = "") -> re.Pattern[str]:
    """Return what finds a preposition before a name, with few words in between, or "the port"."""
    first, more = "|".join(words.split()), "|".join(between.split())
    of = rf"|(?:{'|'.join(sorts.split())})\s(?:of\s)?" if sorts else ""
    return re.compile(rf"\b(?:(?:{first})\s(?:(?:{more})\s){{0,5}}{of})$", re.IGNORECASE)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\s$")


def _after(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s)?\s(?:{words})\b")
