"""Joins the names the model finds with the names the lexicon knows.

The lexicon is the authority on what a known name means and how far it goes; the model finds the
names that no list holds. A longer name of the model's that merely contains a known one ("High
Anti-Corruption Court of Ukraine") stays whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

from chancery.lexicon import NameMatch
from chancery.model import Span
from chancery.read.parse import Name, Tree

# What the lexicon calls a thing, and the name kind that makes it.
KINDS: Final[Mapping[str, str]] = {
    "state": "LOC",
    "territory": "LOC",
    "seat": "LOC",
    "body": "ORG",
    "group": "ORG",
    "person": "PER",
    "surname": "PER",
    "demonym": "DEM",
}
TITLES: Final[Mapping[str, str]] = {"title": "TITLE"}


def names_with_lexicon(tree: Tree, matches: Sequence[NameMatch]) -> tuple[Name, ...]:
    """Return the sentence's names in order; `matches` are the lexicon's for the whole text."""
    here = [match for match in matches if tree.sentence.span.covers(match.span)]
    known = [name for match in here if (name := _as_name(tree, match, KINDS)) is not None]
    titles = [name for match in here if (name := _as_name(tree, match, TITLES)) is not None]
    found = [bare for name in tree.names if (bare := _without_titles(name, titles)) is not None]
    kept = [name for name in found if not any(_yields(name, other) for other in known)]
    taken = {word for name in kept for word in range(name.first, name.last + 1)}
    free = [name for name in known if taken.isdisjoint(range(name.first, name.last + 1))]
    return tuple(sorted([*kept, *free]))


def _as_name(tree: Tree, match: NameMatch, kinds: Mapping[str, str]) -> Name | None:
    """Return the match as words of this sentence; none where its kind is not among `kinds`."""
    kind = kinds.get(match.kind)
    if kind is None:
        return None
    first = bisect_left(tree.words, match.span.start, key=_start)
    last = bisect_right(tree.words, match.span.end, key=_end) - 1
    return Name(first, last, kind) if first <= last else None


def _without_titles(name: Name, titles: Sequence[Name]) -> Name | None:
    """Take the titles off the front of a person's name; none where nothing else is left."""
    first = name.first
    for title in sorted(titles):
        if name.kind == "PER" and title.first <= first <= title.last:
            first = title.last + 1
    return name._replace(first=first) if first <= name.last else None


def _start(word: Span) -> int:
    return word.start


def _end(word: Span) -> int:
    return word.end


def _yields(name: Name, known: Name) -> bool:
    """Say whether the model's name gives way: it overlaps the known one and is no longer."""
    overlaps = name.first <= known.last and known.first <= name.last
    return overlaps and name.last - name.first <= known.last - known.first
