"""Outlets by their names, however these are written: agencies, those of the lexicon, any other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec

from chancery.ledger.policy import Policy, load_policy
from chancery.model import Source

LEAST_LETTERS: Final = 3
"""Shorter names of the lexicon ("AA") are mostly something else."""

_BETWEEN: Final = r"(?<!\w)(?:{})(?!\w)"


class Outlets(msgspec.Struct, frozen=True):
    """Knows outlets by name; `known` gives the one name that an outlet goes by for each of its own.

    Governments' own sites are none: who quotes a government quotes no report.
    """

    known: dict[str, str]
    pattern: re.Pattern[str]

    def name_of(self, written: str | None) -> str | None:
        """Return the name that a stated outlet goes by: its own where nobody knows it."""
        return None if not written else self.known.get(written, written)

    def named_in(self, words: str) -> list[str]:
        """Return the outlets that words name, in order."""
        return [self.known[match[0]] for match in self.pattern.finditer(words)]


def load_outlets(policy: Policy, stated: Iterable[str | None] = ()) -> Outlets:
    """Return the outlets of the policy, of the lexicon, and those that reports state."""
    known = dict(_lexicon_names())
    for name in sorted({name for name in stated if name}):
        known.setdefault(name, name)
    for agency, names in policy.agencies.items():
        aliases = {known.get(name, name) for name in names}
        known = {name: agency if one in aliases else one for name, one in known.items()}
        known |= dict.fromkeys((agency, *names), agency)
    known = {name: one for name, one in known.items() if name not in _official()}
    longest = sorted(known, key=lambda name: (-len(name), name))
    return Outlets(known, re.compile(_BETWEEN.format("|".join(map(re.escape, longest)) or "(?!)")))


def names_credited(stated: Iterable[str | None]) -> list[dict[str, str]]:
    """Return each stated outlet with the names by which others credit it, its own among them."""
    names = sorted({name for name in stated if name})
    outlets = load_outlets(load_policy(), names)
    return [
        {"stated": name, "goes_by": other}
        for name in names
        for other in sorted({name, outlets.name_of(name) or name})
    ]


@cache
def _lexicon_names() -> tuple[tuple[str, str], ...]:
    """Return each written name of the lexicon's outlets, with the name that the outlet goes by."""
    return tuple(
        (name.removeprefix("The "), source.name)
        for source in _sources()
        if not source.official
        for name in (source.name, *source.names)
        if len(name) >= LEAST_LETTERS
    )


@cache
def _official() -> frozenset[str]:
    sources = [source for source in _sources() if source.official]
    return frozenset(name for source in sources for name in (source.name, *source.names))


@cache
def _sources() -> tuple[Source, ...]:
    from chancery.lexicon import Lexicon

    return tuple(Lexicon.load().sources.values())
