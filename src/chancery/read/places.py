"""Places beside capitals: the names of `data/places.toml` in a text, as matches of their state."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from chancery.lexicon import NameMatch
from chancery.model import Span

PLACE = "place"
"""The `row` of a match that is a place within a state."""


def with_places(text: str, matches: Sequence[NameMatch]) -> list[NameMatch]:
    """Add the places a text names to the names that the lexicon found; these go before."""
    taken = {place for match in matches for place in range(match.span.start, match.span.end)}
    states = _states()
    places = [
        NameMatch(Span(found.start(), found.end()), "territory", (states[found.group()],), PLACE)
        for found in _pattern().finditer(text)
        if found.start() not in taken and found.end() - 1 not in taken
    ]
    return sorted([*matches, *places], key=lambda match: match.span)


@cache
def _states() -> dict[str, str]:
    source = resources.files("chancery.read") / "data" / "places.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: state for state, names in table.items() for name in names.split("|")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_states(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
