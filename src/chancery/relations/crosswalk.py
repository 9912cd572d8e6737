"""Country codes of all systems, by day: ISO 3166, Correlates of War, Gleditsch-Ward, FIPS, CAMEO.

The table is `data/states.csv`. A code is looked up on a day, because Yemen was two states and 678
one of them. Where no state bore the code on that day, the one that bore it nearest in time is
meant: sets write RUS for a year before there was a Russia, or go on using a code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import msgspec

SYSTEMS: Final = ("alpha2", "alpha3", "numeric", "cow", "cow_abb", "gw", "fips", "cameo")
EVER: Final = date(1, 1, 1)
NEVER: Final = date(9999, 12, 31)


class Span(msgspec.Struct, frozen=True, order=True):
    """What a code means from a day until the day before another."""

    since: date
    until: date
    party: str


class StateCodes(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table: a state, for as long as its codes did not change."""

    code: str
    name: str
    since: date
    until: date
    codes: Mapping[str, tuple[str, ...]]


def table(name: str) -> Iterator[dict[str, str]]:
    """Read a table of this package: CSV with a head of comments."""
    words = (resources.files("chancery.relations") / "data" / name).read_text("utf-8")
    yield from csv.DictReader(line for line in words.splitlines() if not line.startswith("#"))


@cache
def states() -> tuple[StateCodes, ...]:
    """Return the whole table."""
    return tuple(
        StateCodes(
            code=row["code"],
            name=row["name"],
            since=date.fromisoformat(row["since"]) if row["since"] else EVER,
            until=date.fromisoformat(row["until"]) if row["until"] else NEVER,
            codes={system: tuple(row[system].split()) for system in SYSTEMS},
        )
        for row in table("states.csv")
    )


@cache
def spans(system: str) -> Mapping[str, tuple[Span, ...]]:
    """Return what every code of a system means, without gaps from the first day to the last."""
    found: dict[str, list[Span]] = {}
    for row in states():
        for code in row.codes[system]:
            found.setdefault(code, []).append(Span(row.since, row.until, row.code))
    return {code: _closed(sorted(known)) for code, known in sorted(found.items())}


def _closed(known: Sequence[Span]) -> tuple[Span, ...]:
    """Stretch each span to the next, the first to the beginning and the last to the end."""
    starts = [EVER, *(span.since for span in known[1:])]
    ends = [*starts[1:], NEVER]
    return tuple(
        Span(start, end, span.party) for span, start, end in zip(known, starts, ends, strict=True)
    )


def party(system: str, code: str, on: date) -> str | None:
    """Return the state that a code means on a day, none where the system has no such code."""
    for span in spans(system).get(code, ()):
        if span.since <= on < span.until:
            return span.party
    return None


def code(system: str, state: str, on: date) -> str | None:
    """Return a state's code in another system on a day: the first where it has several."""
    for row in states():
        if row.code == state and row.since <= on < row.until and row.codes[system]:
            return row.codes[system][0]
    return None
