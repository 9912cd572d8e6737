"""The linter behind `chancery lexicon check`: does the lexicon hold together?

A *fault* stops the load; a *note* (ambiguous names) is only listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from chancery.errors import Problem
from chancery.lexicon.cache import read_files
from chancery.lexicon.compiled import Tables, compile_actors, compile_names, slug
from chancery.lexicon.decode import decode_actors, decode_sources
from chancery.lexicon.frames import load_frames
from chancery.lexicon.tables import Day, OfficeRow, PersonRow, StateFile

# PLOVER's sectors (manual 0.8, section on actors).
SECTORS: Final = frozenset(
    ("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "OPP", "REB", "PRM", "UAF", "UNK", "CVL",
     "AGR", "BUS", "CRM", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "PRE", "REL", "SOC", "NGO")
)  # fmt: skip
NOTES: Final = frozenset({"ambiguous-name"})


def check_lexicon(folder: Path) -> list[Problem]:
    """Check every table of a folder: faults first, then notes, each sorted by place.

    Raises `LexiconError` where the folder holds no tables.
    """
    files = read_files(folder)
    faults: list[Problem] = []
    tables = decode_actors(files, faults)
    decode_sources(files, faults)
    faults += [*load_frames(folder / "frames")[1], *find_faults(tables)]
    notes = [] if faults else find_ambiguous(tables)
    return [*sort_problems(faults), *sort_problems(notes)]


def is_note(problem: Problem) -> bool:
    """Say whether a finding is only for information."""
    return problem.code in NOTES


def find_faults(tables: Tables) -> list[Problem]:
    """Return what must be mended before the tables can be used."""
    return [
        *_duplicate_ids(tables),
        *_unknown_sectors(tables),
        *_faulty_terms(tables),
        *_unknown_references(tables),
        *_overlapping_terms(tables),
    ]


def find_ambiguous(tables: Tables) -> list[Problem]:
    """List the spellings, other than surnames, that several actors share."""
    return [
        _problem(
            "ambiguous-name",
            f'"{row.text}" may be {", ".join(row.entities)}',
            "actors",
            "nothing to mend where the name is truly shared; the reader keeps all as candidates",
        )
        for row in compile_names(tables, compile_actors(tables))
        if len(row.entities) > 1 and row.kind != "surname"
    ]


def _problem(code: str, message: str, place: str, hint: str) -> Problem:
    return Problem(stage="lexicon", code=code, message=message, place=f"lexicon/{place}", hint=hint)


def _at(state: StateFile, path: str) -> str:
    return f"actors/{state.id}.toml: $.{path}"


def _duplicate_ids(tables: Tables) -> Iterator[Problem]:
    ids = [
        *(state.id for state in tables.states),
        *(f"{state.id}.{row.id}" for state in tables.states
          for row in (*state.territories, *state.bodies, *state.persons)),
        *(f"{state.id}.{slug(seat.names[0])}" for state in tables.states for seat in state.seats),
        *(row.id for row in (*tables.bodies, *tables.groups)),
        *(f"title {row.post}" for row in tables.titles),
    ]  # fmt: skip
    for name, count in sorted(Counter(ids).items()):
        if count > 1:
            yield _problem(
                "duplicate-id", f"{count} rows have the id {name!r}", "actors", "rename all but one"
            )


def _unknown_sectors(tables: Tables) -> Iterator[Problem]:
    written = [
        *((row.sector, f"actors/sectors.toml: $.sectors[{at}]")
          for at, row in enumerate(tables.sectors)),
        *((row.sector, f"actors/titles.toml: $.titles[{at}]")
          for at, row in enumerate(tables.titles)),
        *((row.sector, _at(state, f"{field}[{at}]")) for state in tables.states
          for field in ("seats", "territories", "bodies")
          for at, row in enumerate(getattr(state, field))),
        *((office.sector, _at(state, f"persons[{at}].offices[{number}]"))
          for state in tables.states for at, person in enumerate(state.persons)
          for number, office in enumerate(person.offices)),
    ]  # fmt: skip
    for sector, place in written:
        if sector is not None and sector not in SECTORS:
            yield _problem(
                "unknown-sector",
                f"{sector!r} is no PLOVER sector",
                f"{place}.sector",
                f"one of {' '.join(sorted(SECTORS))}",
            )


def _faulty_terms(tables: Tables) -> Iterator[Problem]:
    for state, at, person in _persons(tables):
        for number, office in enumerate(person.offices):
            place = f"persons[{at}].offices[{number}]"
            yield from _backward(office.since, office.until, _at(state, f"{place}.until"))
    for at, group in enumerate(tables.groups):
        for number, standing in enumerate(group.standings):
            place = f"actors/groups.toml: $.groups[{at}].standings[{number}].until"
            yield from _backward(standing.since, standing.until, place)


def _backward(since: Day | None, until: Day | None, place: str) -> Iterator[Problem]:
    if since and until and until.last < since.first:
        yield _problem(
            "until-before-since",
            f"{until.last} is before since ({since.first})",
            place,
            "an office ends on or after the day it starts; swap the two dates?",
        )


def _unknown_references(tables: Tables) -> Iterator[Problem]:
    posts = {title.post for title in tables.titles}
    known = {state.id for state in tables.states} | {row.id for row in tables.bodies}
    known |= {f"{state.id}.{row.id}" for state in tables.states
              for row in (*state.territories, *state.bodies)}  # fmt: skip
    known |= {row.id for row in tables.groups}
    for state, at, person in _persons(tables):
        if not (person.names or (person.given and person.surname)):
            yield _problem(
                "no-name", f"{person.id} has no full name", _at(state, f"persons[{at}]"),
                "give names, or given and surname",
            )  # fmt: skip
        for number, office in enumerate(person.offices):
            place = f"persons[{at}].offices[{number}]"
            if office.post not in posts:
                yield _unknown(f"no post {office.post!r}", _at(state, f"{place}.post"), "titles")
            if office.of is not None and office.of not in known:
                yield _unknown(f"no actor {office.of!r}", _at(state, f"{place}.of"), "bodies")
    for field, rows in (("bodies", tables.bodies), ("groups", tables.groups)):
        for at, row in enumerate(rows):
            if row.part_of is not None and row.part_of not in known:
                place = f"actors/{field}.toml: $.{field}[{at}].part_of"
                yield _unknown(f"no actor {row.part_of!r}", place, field)


def _unknown(message: str, place: str, table: str) -> Problem:
    return _problem("unknown-reference", message, place, f"add it to actors/{table}.toml first")


def _persons(tables: Tables) -> Iterator[tuple[StateFile, int, PersonRow]]:
    for state in tables.states:
        for at, person in enumerate(state.persons):
            yield state, at, person


def _overlapping_terms(tables: Tables) -> Iterator[Problem]:
    """Find two persons in one single-holder post of one state on the same days.

    A term counts only from the latest day it may have begun to the earliest it may have ended,
    the day of a handover belongs to both, and rival claimants are left out.
    """
    single = {title.post for title in tables.titles if title.single}
    terms: dict[tuple[str, str], list[tuple[OfficeRow, str, str]]] = {}
    for state, at, person in _persons(tables):
        for number, office in enumerate(person.offices):
            if office.post in single and office.since and not office.rival:
                place = _at(state, f"persons[{at}].offices[{number}]")
                held = (office, person.id, place)
                terms.setdefault((office.of or state.id, office.post), []).append(held)
    for (_, post), held_terms in sorted(terms.items()):
        yield from _overlaps(post, held_terms)


def _overlaps(post: str, terms: Sequence[tuple[OfficeRow, str, str]]) -> Iterator[Problem]:
    for (first, one, _), (second, other, place) in pairwise(sorted(terms, key=_begin)):
        begins = second.since.last if second.since else None
        ends = first.until.first if first.until else None
        if one != other and begins and (ends is None or begins < ends):
            yield _problem(
                "overlapping-terms",
                f"{other} is {post} from {begins}, but {one} until {ends or 'now'}",
                f"{place}.since",
                "one holds this post at a time; mend since or until",
            )


def _begin(term: tuple[OfficeRow, str, str]) -> tuple[str, str]:
    since = term[0].since
    return (str(since.last) if since else "", term[1])


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Sort findings by place, so that the list is the same on every machine."""
    return sorted(problems, key=lambda problem: (problem.place, problem.code, problem.message))
