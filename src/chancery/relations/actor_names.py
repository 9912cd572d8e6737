"""Names as data sets write them, to parties: "Police (Australia)" to AUS, a person by office.

First a state in brackets, then a state, body or group by its whole name, then a person by the
lexicon's dated offices, so that one name may mean another party, or none, on another day. What
stays open has no party, and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from importlib import resources
from typing import Final

import msgspec

from chancery.ledger.policy import load_policy
from chancery.lexicon import Lexicon
from chancery.lexicon.names import fold
from chancery.model import Actor
from chancery.relations.crosswalk import EVER, NEVER

KINDS: Final = ("state", "territory", "body", "group")
"""Where a name is of two kinds, the first is meant; persons come after all of them."""

IN_BRACKETS: Final = re.compile(r"(.*?)\s*\(([^()]*)\)\s*")
YEARS: Final = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)")
"""Years of a government, as ACLED writes them behind its name; what follows is a part of it."""


class Known(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """What a name means from a day until the day before another."""

    since: date = EVER
    until: date = NEVER
    party: str | None = None
    sectors: str | None = None


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/names.toml`."""

    states: dict[str, tuple[str, ...]]
    groups: dict[str, str]
    sectors: dict[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Return the table of names that the lexicon does not have."""
    found = (resources.files("chancery.relations") / "data" / "names.toml").read_bytes()
    return msgspec.toml.decode(found, type=Words)


def plain(name: str) -> str:
    """Write a name in small letters, without accents, signs and a leading "the"."""
    small = re.sub(r"[^\w]+", " ", fold(name).lower()).strip()
    return small.removeprefix("the ")


class ActorNames:
    """Reads actors' names by a lexicon, which is loaded at the first name unless it is given."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._given = lexicon

    @cached_property
    def _lexicon(self) -> Lexicon:
        return self._given or Lexicon.load()

    def read(self, name: str) -> tuple[Known, ...]:
        """Return what a name means, in order of time; empty where it means nothing known."""
        bare = YEARS.split(name)[0].strip()
        whole = self._is_place(bare)
        head, of, tail = bare.partition(" of ")
        if whole is None and of and self._is_place(tail) and sectors_of(head):
            return self._of_place(tail, head)
        bracketed = IN_BRACKETS.fullmatch(bare)
        if whole is None and bracketed:
            return self._of_place(bracketed[2], bracketed[1])
        actor = self._whole(bare)
        if actor is not None and plain(bare) not in _state_names():
            return self._spans(actor)
        if whole is not None:
            return (Known(party=whole),)
        sectors = sectors_of(bare)
        return (Known(sectors=sectors),) if sectors else ()

    def state(self, name: str) -> str | None:
        """Return the state that a name is, or has in brackets; none for persons and bodies."""
        known = self._is_place(name)
        if known is None and (bracketed := IN_BRACKETS.fullmatch(name)):
            known = self._is_place(bracketed[2])
        return known

    def _of_place(self, place: str, role: str) -> tuple[Known, ...]:
        sectors = sectors_of(role)
        state = self._is_place(place)
        if state is not None:
            return (Known(party=state, sectors=sectors),)
        actor = self._whole(place)
        if actor is not None:
            return tuple(
                msgspec.structs.replace(known, sectors=sectors or known.sectors)
                for known in self._spans(actor)
            )
        return (Known(sectors=sectors),) if sectors else ()

    def _is_place(self, name: str) -> str | None:
        return self._places.get(plain(name))

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """Names of states, and of territories by the state they belong to."""
        found: dict[str, str] = {}
        for kind in ("state", "territory"):
            for actor in self._of_kind(kind):
                party = _party(actor.code or actor.part_of or actor.id)
                for name in actor.names:
                    found.setdefault(plain(name), party)
        return {**found, **_state_names()}

    def _whole(self, name: str) -> Actor | None:
        wanted = plain(name)
        found = self._actors.get(wanted) or self._persons.get(wanted)
        parts = wanted.split()
        if found is None and len(parts) > 2:
            # "Dmitry Anatolyevich Medvedev": a father's name or a middle name stands between.
            found = self._persons.get(f"{parts[0]} {parts[-1]}")
        return self._lexicon.actors[found] if found else None

    @cached_property
    def _actors(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for kind in KINDS:
            for actor in self._of_kind(kind):
                for name in actor.names:
                    found.setdefault(plain(name), actor.id)
        return found

    @cached_property
    def _persons(self) -> Mapping[str, str]:
        """Full names of persons; a name that two of them have is nobody's."""
        found: dict[str, set[str]] = {}
        for actor in self._of_kind("person"):
            for name in actor.names:
                known = plain(name)
                if " " in known:
                    found.setdefault(known, set()).add(actor.id)
        return {name: min(ids) for name, ids in found.items() if len(ids) == 1}

    def _of_kind(self, kind: str) -> Iterator[Actor]:
        return (actor for _, actor in sorted(self._lexicon.actors.items()) if actor.kind == kind)

    def _spans(self, actor: Actor) -> tuple[Known, ...]:
        if actor.code is not None or not actor.offices:
            return (_known(EVER, NEVER, actor.code),) if actor.code else ()
        starts = sorted({EVER, *_turns(actor)})
        ends = [*starts[1:], NEVER]
        every = (
            _known(start, end, self._lexicon.code(actor.id, start))
            for start, end in zip(starts, ends, strict=True)
        )
        return tuple(known for known in every if known.party)


def _turns(actor: Actor) -> Iterator[date]:
    """Every day on which an actor's code may become another."""
    for office in actor.offices:
        if office.since:
            yield office.since
        if office.until and office.until < date.max:
            yield office.until + timedelta(days=1)


def _known(since: date, until: date, code: str | None) -> Known:
    if code is None:
        return Known(since=since, until=until)
    party = _party(code)
    # UNO.UNICEF is a body of the UN, and UNICEF no sector.
    rest = [part for part in code.split(".")[1:] if part in words().sectors]
    return Known(since=since, until=until, party=party, sectors=";".join(rest) or None)


def _party(code: str) -> str:
    return load_policy().party_of(code)


def sectors_of(said: str) -> str | None:
    """Return the PLOVER sectors of words with commas between them, `;` between the sectors."""
    found = [sector for part in said.split(",") if (sector := _sector(part))]
    return ";".join(dict.fromkeys(found)) or None


def _sector(part: str) -> str | None:
    parts = plain(part).split()
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            sector = _phrases().get(" ".join(parts[start : start + length]))
            if sector:
                return sector
    return None


@cache
def _state_names() -> Mapping[str, str]:
    return {plain(name): state for state, names in words().states.items() for name in names}


@cache
def _phrases() -> Mapping[str, str]:
    return {
        plain(phrase): sector for sector, phrases in words().sectors.items() for phrase in phrases
    }


def known_spans(names: Iterable[str], reader: ActorNames) -> Iterator[tuple[str, Known]]:
    """Give each name with everything it means."""
    for name in names:
        for known in reader.read(name):
            yield name, known
