"""From rows as people write them to what is looked up: actors, and the names that find them.

Everything here is a function of the tables alone, in sorted order, so the same tables compile to
the same bytes on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from chancery.lexicon.names import NameRow, fold
from chancery.lexicon.tables import (
    BodyRow,
    Day,
    GroupRow,
    OfficeRow,
    PersonRow,
    SeatRow,
    SectorRow,
    StateFile,
    TerritoryRow,
    TitleRow,
    WordsFile,
)
from chancery.model import Actor, Office

# Where one spelling has several meanings, the first of these kinds names the match.
KIND_RANK = (
    "none", "state", "body", "group", "person", "territory", "seat", "demonym", "title",
    "sector", "surname",
)  # fmt: skip


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """All actor tables, decoded."""

    states: tuple[StateFile, ...]
    bodies: tuple[BodyRow, ...]
    groups: tuple[GroupRow, ...]
    sectors: tuple[SectorRow, ...]
    titles: tuple[TitleRow, ...]
    words: WordsFile


def full_names(person: PersonRow) -> tuple[str, ...]:
    """Return a person's full names: those written out, then each given name with each surname."""
    joined = (f"{given} {surname}" for given in person.given for surname in person.surname)
    return tuple(dict.fromkeys((*person.names, *joined)))


def slug(name: str) -> str:
    """Write a name as an id: small plain letters and digits, joined by hyphens."""
    letters = (char if char.isalnum() else " " for char in fold(name).lower().replace("'", ""))
    return "-".join("".join(letters).split())


def compile_actors(tables: Tables) -> tuple[Actor, ...]:
    """Turn all rows into actors, sorted by id."""
    fixed = [
        *(actor for state in tables.states for actor in _state_actors(state)),
        *(_body_actor(body) for body in tables.bodies),
        *(_group_actor(group) for group in tables.groups),
    ]
    posts = _Posts({actor.id: actor for actor in fixed}, tables.titles)
    persons = [
        posts.person_actor(person, state.id) for state in tables.states for person in state.persons
    ]
    return tuple(sorted((*fixed, *persons), key=lambda actor: actor.id))


def _state_actors(state: StateFile) -> Iterator[Actor]:
    yield Actor(
        id=state.id,
        kind="state",
        names=state.names,
        code=state.id,
        adjectives=state.adjectives,
        demonyms=state.demonyms,
        since=_first(state.since),
        until=_last(state.until),
    )
    yield from (_territory_actor(row, state.id) for row in state.territories)
    yield from (_seat_actor(row, state.id) for row in state.seats)
    yield from (_body_actor(row, state.id) for row in state.bodies)


def _territory_actor(row: TerritoryRow, state: str) -> Actor:
    return Actor(
        id=f"{state}.{row.id}",
        kind="territory",
        names=row.names,
        code=f"{state}.{row.sector}" if row.sector else state,
        part_of=state,
        adjectives=row.adjectives,
        demonyms=row.demonyms,
    )


def _seat_actor(row: SeatRow, state: str) -> Actor:
    return Actor(
        id=f"{state}.{slug(row.names[0])}",
        kind="seat",
        names=row.names,
        code=f"{state}.{row.sector}",
        part_of=state,
        since=_first(row.since),
        until=_last(row.until),
    )


def _body_actor(row: BodyRow, state: str | None = None) -> Actor:
    in_state = f"{state}.{row.sector}" if row.sector else state
    return Actor(
        id=f"{state}.{row.id}" if state else row.id,
        kind="body",
        names=row.names,
        code=row.code or in_state or row.id,
        part_of=row.part_of or state,
        since=_first(row.since),
        until=_last(row.until),
    )


def _group_actor(row: GroupRow) -> Actor:
    return Actor(
        id=row.id,
        kind="group",
        names=row.names,
        code=row.code,
        part_of=row.part_of,
        offices=tuple(
            Office(
                post="standing",
                code=standing.code,
                since=_first(standing.since),
                until=_last(standing.until),
            )
            for standing in row.standings
        ),
    )


class _Posts:
    """Gives offices their codes: a state's the sector of the post, a body's the body's own."""

    def __init__(self, fixed: Mapping[str, Actor], titles: tuple[TitleRow, ...]) -> None:
        self.fixed = fixed
        self.sectors = {title.post: title.sector for title in titles}

    def person_actor(self, row: PersonRow, state: str) -> Actor:
        return Actor(
            id=f"{state}.{row.id}",
            kind="person",
            names=full_names(row),
            part_of=state,
            offices=tuple(self.office(office, state) for office in row.offices),
            checked=row.checked,
        )

    def office(self, row: OfficeRow, state: str) -> Office:
        at = self.fixed[row.of or state]
        sector = row.sector or (self.sectors[row.post] if at.kind == "state" else None)
        code = at.code or at.id
        return Office(
            post=row.post,
            code=f"{code}.{sector}" if sector else code,
            since=_first(row.since),
            until=_last(row.until),
        )


class _Meaning(NamedTuple):
    """One thing that a spelling may mean, in the order in which candidates come."""

    rank: int
    state: int
    post: int
    entity: str
    row: str


def compile_names(tables: Tables, actors: tuple[Actor, ...]) -> tuple[NameRow, ...]:
    """List every spelling once, with what it may mean.

    Candidates come by kind, then by state (most reported first), then by the highest post ever
    held, in the order of the table of titles.
    """
    states = {state: place for place, state in enumerate(tables.words.reported)}
    posts = {title.post: place for place, title in enumerate(tables.titles)}
    highest = {
        actor.id: min((posts.get(office.post, len(posts)) for office in actor.offices), default=0)
        for actor in actors
    }
    meanings: dict[str, set[_Meaning]] = {}
    for name, kind, entity, row in _spellings(tables, actors):
        state = states.get(entity[:3], len(states))
        meaning = _Meaning(KIND_RANK.index(kind), state, highest.get(entity, 0), entity, row)
        meanings.setdefault(fold(name), set()).add(meaning)
    return tuple(_name_row(text, sorted(meanings[text])) for text in sorted(meanings))


def _name_row(text: str, meanings: list[_Meaning]) -> NameRow:
    first = meanings[0]
    # "Police" means sectors or actors, "Jordan" a country or a surname, never both at once.
    apart = {KIND_RANK.index(kind) for kind in ("none", "title", "sector", "surname")}
    same_sort = (
        meaning.entity
        for meaning in meanings
        if meaning.rank == first.rank or not {first.rank, meaning.rank} & apart
    )
    return NameRow(text, KIND_RANK[first.rank], tuple(dict.fromkeys(same_sort)), first.row)


def _spellings(tables: Tables, actors: tuple[Actor, ...]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each spelling as (name, kind, entity, row)."""
    capitals = {
        f"{state.id}.{slug(seat.names[0])}"
        for state in tables.states
        for seat in state.seats
        if seat.capital
    }
    for actor in actors:
        row = "capital" if actor.id in capitals else ""
        yield from ((name, actor.kind, actor.id, row) for name in actor.names)
        yield from ((name, "demonym", actor.id, "adjective") for name in actor.adjectives)
        yield from ((name, "demonym", actor.id, "people") for name in actor.demonyms)
    for state in tables.states:
        for person in state.persons:
            entity = f"{state.id}.{person.id}"
            yield from ((name, "surname", entity, "") for name in person.surname)
    for title in tables.titles:
        yield from ((name, "title", title.sector, title.post) for name in title.names)
    for sector in tables.sectors:
        yield from ((noun, "sector", sector.sector, noun) for noun in sector.nouns)
    yield from ((name, "none", "", "") for name in tables.words.not_names)


def compile_given_names(tables: Tables) -> tuple[str, ...]:
    """List the given names we know, folded: before a surname they tell of somebody else."""
    ours = (given for state in tables.states for row in state.persons for given in row.given)
    return tuple(sorted({fold(name) for name in (*ours, *tables.words.given_names)}))


def _first(day: Day | None) -> date | None:
    return day.first if day else None


def _last(day: Day | None) -> date | None:
    return day.last if day else None
