"""The shapes of the TOML tables, as a person writes them.

A field that is not listed here is refused, so a slip of the pen cannot pass unseen.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

import msgspec

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class Day:
    """A day, month or year as written (`2014-06-07`, `2014-06`, `2014`), quoted or not."""

    __slots__ = ("first", "last")

    def __init__(self, written: object) -> None:
        parts = _DAY.fullmatch(str(written))
        if not parts or isinstance(written, bool | float):
            raise ValueError(f"expected a day, month or year such as 2014-06-07, got {written!r}")
        year, month, day = int(parts[1]), int(parts[2] or 0), int(parts[3] or 0)
        self.first = date(year, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        self.last = date(year, last_month, last_day)


def read_day(kind: type, written: Any) -> Any:
    """Turn what TOML holds into a `Day` (a decoding hook of msgspec)."""
    if kind is Day:
        return Day(written)
    raise NotImplementedError(kind)


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all rows share: named fields only, and no others than these."""


class NamedRow(Row, frozen=True, kw_only=True):
    """A row with an id of its own."""

    id: str


class MemberRow(NamedRow, frozen=True, kw_only=True):
    """A row that may belong to another actor."""

    part_of: str | None = None


class OfficeRow(Row, frozen=True):
    """A post held; `of` names another state or body than the file's own.

    `rival` says that two claimed the post at once, so that the linter lets the terms overlap.
    """

    post: str
    since: Day | None = None
    until: Day | None = None
    of: str | None = None
    sector: str | None = None
    rival: bool = False


class PersonRow(NamedRow, frozen=True):
    """A person: `names` as they stand, and every `given` name joined to every `surname`."""

    offices: tuple[OfficeRow, ...]
    names: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()
    checked: float | None = None


class StandingRow(Row, frozen=True):
    """A code that a group has for a time."""

    code: str
    since: Day | None = None
    until: Day | None = None


class BodyRow(MemberRow, frozen=True, kw_only=True):
    """A ministry, agency, party or international body; in a state's file it has a `sector`."""

    names: tuple[str, ...]
    sector: str | None = None
    code: str | None = None
    since: Day | None = None
    until: Day | None = None


class GroupRow(MemberRow, frozen=True, kw_only=True):
    """An armed group or movement, with one `code` or several `standings` one after another."""

    names: tuple[str, ...]
    code: str | None = None
    standings: tuple[StandingRow, ...] = ()


class SeatRow(Row, frozen=True):
    """A place that stands for those who sit there; `capital` marks a seat of government."""

    names: tuple[str, ...]
    sector: str = "GOV"
    capital: bool = False
    since: Day | None = None
    until: Day | None = None


class TerritoryRow(NamedRow, frozen=True):
    """A dependent, constituent or disputed territory; the last has the sector PRE."""

    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    sector: str | None = None


class StateFile(Row, frozen=True):
    """One state, all that belongs to it, and its people."""

    id: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
    seats: tuple[SeatRow, ...] = ()
    territories: tuple[TerritoryRow, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    persons: tuple[PersonRow, ...] = ()


class BodiesFile(Row, frozen=True):
    """International bodies and organisations."""

    bodies: tuple[BodyRow, ...]


class GroupsFile(Row, frozen=True):
    """Armed groups and movements."""

    groups: tuple[GroupRow, ...]


class SectorRow(Row, frozen=True):
    """The nouns that place somebody in a PLOVER sector, beside a state's name or alone."""

    sector: str
    nouns: tuple[str, ...]


class SectorsFile(Row, frozen=True):
    """All sector nouns."""

    sectors: tuple[SectorRow, ...]


class TitleRow(Row, frozen=True):
    """A post: how it is named, its sector, and whether one person holds it at a time."""

    post: str
    names: tuple[str, ...]
    sector: str
    single: bool = False


class TitlesFile(Row, frozen=True):
    """All posts and titles."""

    titles: tuple[TitleRow, ...]


class WordsFile(Row, frozen=True):
    """What keeps names apart from words that look like them.

    `not_names` hold a name but mean something else; `common_surnames` are words of their own and
    count only after the full name; `given_names` before a surname tell of somebody else;
    `also_given` are places that are given names too, where another name follows;
    `neutral` are capitalised words that may stand beside a surname; `fences` before a
    hyphen turn a name round; `reported` orders candidates, the most reported states first.
    """

    not_names: tuple[str, ...] = ()
    common_surnames: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()
    also_given: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    fences: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()


class SourceFile(Row, frozen=True):
    """One outlet."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    owner: str | None = None
    official: bool = False
    chief: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
