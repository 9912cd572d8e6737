"""The lexicon in memory: `Lexicon.load()` is where to begin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from chancery.lexicon.actors import code_on, holders_of, persons_by_state, posts_of_persons
from chancery.lexicon.cache import Compiled, compiled_tables
from chancery.lexicon.frames import Cue
from chancery.lexicon.names import NameFinder, NameMatch, NameRow
from chancery.lexicon.search import find_actors
from chancery.lexicon.sources import find_source, index_sources
from chancery.model import Actor, Frame, Source

TABLES: Final = Path(__file__).parent / "data"


class Lexicon:
    """Names and their meanings: actors, frames and sources, from tables that people can edit."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self.hash = compiled.hash
        self.actors: Mapping[str, Actor] = {actor.id: actor for actor in compiled.actors}
        self.frames: Mapping[str, Frame] = {
            name: entry.frame for name, entry in compiled.frames.items()
        }
        self.cues: tuple[Cue, ...] = tuple(
            cue for entry in compiled.frames.values() for cue in entry.cues
        )
        self.sources: Mapping[str, Source] = {source.id: source for source in compiled.sources}
        self._last_found: tuple[str, list[NameMatch]] = ("", [])

    @classmethod
    def load(cls, path: Path | None = None) -> Lexicon:
        """Load the tables in a folder, by default those that ship with the package.

        Raises `LexiconError` with every fault found where a table does not hold together.
        """
        return cls(compiled_tables(path or TABLES))

    def __reduce__(self) -> tuple[type[Lexicon], tuple[Compiled]]:
        return (type(self), (self._compiled,))

    def find_names(self, text: str) -> list[NameMatch]:
        """Return the known names in a text, in its order, the longest at each place."""
        last, matches = self._last_found
        if text != last:
            matches = self._finder.find(text)
            # Several stages ask for the names of one report after another.
            self._last_found = text, matches
        return list(matches)

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(
            msgspec.msgpack.decode(self._compiled.names, type=tuple[NameRow, ...]),
            common_surnames=self._compiled.common_surnames,
            given_names=self._compiled.given_names,
            also_given=self._compiled.also_given,
            neutral=self._compiled.neutral,
            fences=self._compiled.fences,
            posts=posts_of_persons(self.actors),
        )

    def code(self, entity: str, on: date | None) -> str | None:
        """Return the code that an actor has on a day, or none where it stays open.

        A former official is `<STATE>.ELI`; before the first office the code stays open, and so it
        does without a day where it would depend on one.
        """
        actor = self.actors.get(entity)
        return code_on(actor, on) if actor else None

    def holders(self, state: str, post: str, on: date) -> list[str]:
        """Return who held a post of a state or body on that day: ids, none where unknown."""
        return holders_of(self._persons.get(state, ()), state, post, on)

    @cached_property
    def _persons(self) -> dict[str, list[Actor]]:
        return persons_by_state(self.actors)

    def find(self, words: str) -> list[Actor]:
        """Return the actors whose id or a name is most like the words, best first."""
        return find_actors(self.actors, words)

    def source(self, name: str | None, url: str | None = None) -> Source | None:
        """Return the outlet that a report's stated source, else its address, means."""
        return find_source(self._sources, name, url)

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return index_sources(self.sources.values())
