"""Which happenings a list shows: one page of them in their order, counted, with their groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any, Final, cast

import msgspec

from chancery.errors import UsageError
from chancery.ledger.counts import Group as Counted
from chancery.ledger.counts import Order, StripBar
from chancery.model import Happening
from chancery.outputs.chronology import phrase_of
from chancery.outputs.words import party
from chancery.web.address import Address
from chancery.web.visit import Visit

ROWS_PER_PAGE: Final = 120
UNDATED_SHOWN: Final = 40
GROUPS_PER_PAGE: Final = 8
ROWS_PER_GROUP: Final = 6
LOOKED_AT: Final = 60
"""Rows among which those of one dyad are looked for: a third party's are not of it."""
EDGE: Final = 0.005
"""Part of the rows that may stand before the strip, or after it, so that one stray day in 1185 does
not press the rest together."""
WORTH_CUTTING: Final = 2
"""The strip is cut where it would be so many times as long without."""
DENSITIES: Final = ("comfortable", "compact", "newspaper")
GROUPS: Final = ("none", "year", "dyad", "kind")
ORDERS: Final = {"date": "date", "reported": "first reported", "changed": "last changed"}


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How a list is wanted: density, grouping, order, page, and whether own entries are shown.

    `ids` are the happenings that a reader picked out, such as the starred ones; all where none is.

    Years follow one another, so that a list in groups of years is always by date.
    """

    density: str
    group: str
    order: Order
    page: int
    own: bool
    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, address: Address) -> Wish:
        """Read it from an address; raises `UsageError` for what there is not."""
        group = _one_of(address, "group", GROUPS)
        order = cast(Order, _one_of(address, "sort", tuple(ORDERS)))
        return cls(
            density=_one_of(address, "density", DENSITIES),
            group=group,
            order="date" if group == "year" else order,
            page=max(address.number("page", 1), 1),
            own=address.get("own") == "1",
            ids=tuple(address.all("id")),
        )


def _one_of(address: Address, name: str, known: Sequence[str]) -> str:
    value = address.get(name) or known[0]
    if value not in known:
        raise UsageError(f"no {name} {value!r}", hint=f"one of: {', '.join(known)}")
    return value


class Group(msgspec.Struct, frozen=True):
    """A heading in a list: its words, how many rows it has in all, and where they are."""

    words: str
    count: int
    href: str = ""


class Along(msgspec.Struct, frozen=True):
    """The periods of the strip, and how many rows stand before and after it."""

    bars: Sequence[StripBar]
    before: int = 0
    after: int = 0


class Listing:
    """One page of a chronology; each part is asked for when it is first looked at.

    Dated rows are the list; undated ones are asked for whatever days are wanted, since they have
    none to be judged by.
    """

    def __init__(self, visit: Visit, wish: Wish) -> None:
        self.visit = visit
        self.wish = wish
        asked = {**visit.asked, **({"ids": list(wish.ids)} if wish.ids else {})}
        anytime = {name: value for name, value in asked.items() if name not in ("since", "until")}
        self._asked = {**asked, "dated": True}
        self._undated_asked = {**anytime, "dated": False}
        self.offset = (wish.page - 1) * ROWS_PER_PAGE

    @cached_property
    def _fetched(self) -> Sequence[Happening]:
        """Return the rows of this page, and the first of the next."""
        return list(
            self.visit.ledger.happenings(
                **self._asked, order=self.wish.order, offset=self.offset, limit=ROWS_PER_PAGE + 1
            )
        )

    @property
    def rows(self) -> Sequence[Happening]:
        """Return the dated rows of this page."""
        return self._fetched[:ROWS_PER_PAGE]

    @property
    def next_row(self) -> Happening | None:
        """Return the first row of the next page."""
        return self._fetched[ROWS_PER_PAGE] if len(self._fetched) > ROWS_PER_PAGE else None

    @cached_property
    def undated(self) -> Sequence[Happening]:
        """Return the first of the undated rows."""
        if not self.undated_count:
            return []
        return list(self.visit.ledger.happenings(**self._undated_asked, limit=UNDATED_SHOWN))

    @cached_property
    def _whole_strip(self) -> Sequence[StripBar]:
        return list(self.visit.ledger.strip(**self._asked))

    @property
    def dated_count(self) -> int:
        """Return how many dated rows there are in all: each stands in one period of the strip."""
        return sum(bar.happening_count for bar in self._whole_strip)

    @cached_property
    def undated_count(self) -> int:
        """Return how many undated rows there are in all."""
        return self.visit.ledger.undated_count(**self._undated_asked)

    @cached_property
    def along(self) -> Along:
        """Return what the strip shows: all, or all but a few strays at its ends."""
        whole = self._whole_strip
        first, last = _middle([bar.happening_count for bar in whole])
        if not whole or _days(whole) < WORTH_CUTTING * _days(whole[first : last + 1]):
            return Along(whole)
        days = {"since": whole[first].first, "until": whole[last].last}
        bars = list(self.visit.ledger.strip(**{**self._asked, **days}))
        bars = [bar for bar in bars if bar.last >= days["since"] and bar.first <= days["until"]]
        return Along(
            bars,
            sum(bar.happening_count for bar in whole[:first]),
            sum(bar.happening_count for bar in whole[last + 1 :]),
        )

    # Pages and groups ----------------------------------------------------------------------------

    @property
    def in_groups(self) -> bool:
        """Say whether the page is one of groups, each with its first rows."""
        return self.wish.group in ("dyad", "kind")

    @cached_property
    def _groups(self) -> Sequence[Counted]:
        return list(self.visit.ledger.groups(self.wish.group, **self._asked))  # type: ignore[arg-type]

    @property
    def page_count(self) -> int:
        """Return how many pages there are."""
        if self.in_groups:
            return -(-len(self._groups) // GROUPS_PER_PAGE)
        return -(-self.dated_count // ROWS_PER_PAGE)

    @property
    def place_words(self) -> str:
        """Say which rows, or groups, this page has."""
        whole, size = self.dated_count, ROWS_PER_PAGE
        if self.in_groups:
            whole, size = len(self._groups), GROUPS_PER_PAGE
        first = (self.wish.page - 1) * size
        noun = " groups" if self.in_groups else ""
        if first >= whole:
            return f"nothing so far on: there are {whole:,}{noun}"
        return f"{first + 1:,}–{min(first + size, whole):,} of {whole:,}{noun}"

    @cached_property
    def sections(self) -> Sequence[tuple[Group | None, Sequence[Happening]]]:
        """Return the page's rows under their headings."""
        if self.in_groups:
            first = (self.wish.page - 1) * GROUPS_PER_PAGE
            return [self._of_group(one) for one in self._groups[first : first + GROUPS_PER_PAGE]]
        if self.wish.group == "year":
            return list(self._of_years())
        return [(None, self.rows)]

    def _of_years(self) -> Iterator[tuple[Group, Sequence[Happening]]]:
        counts = {one.name: one.happening_count for one in self._groups}
        for year, rows in groupby(self.rows, _year):
            yield Group(year, counts.get(year, 0)), list(rows)

    def _of_group(self, group: Counted) -> tuple[Group, Sequence[Happening]]:
        """Return a group with its first rows, and the address of all of them."""
        visit = self.visit
        if self.wish.group == "kind":
            words, asked = phrase_of(group.name or "", visit.lexicon.frames), {"what": [group.name]}
            fields: dict[str, Any] = {"what": group.name}
        else:
            words = " – ".join(visit.name(code) for code in group.parties) or "nobody known"
            asked, fields = {"who": list(group.parties)}, {"who": group.parties}
        found = visit.ledger.happenings(
            **{**self._asked, **asked}, order=self.wish.order, limit=LOOKED_AT
        )
        rows = [
            row for row in found if self.wish.group == "kind" or _parties(row) == set(group.parties)
        ]
        href = visit.address.with_(
            **{**fields, "group": None, "page": None, "at": None, "sel": None}
        )
        return Group(words, group.happening_count, str(href) if any(fields.values()) else ""), rows[
            :ROWS_PER_GROUP
        ]


def _year(row: Happening) -> str:
    day = row.when.first or row.when.last
    return str(day.year) if day else ""


def _parties(row: Happening) -> set[str]:
    return {party(code) for code in (*row.actors, *row.targets)}


def _days(bars: Sequence[StripBar]) -> int:
    return (bars[-1].last - bars[0].first).days + 1


def _middle(counts: Sequence[int]) -> tuple[int, int]:
    """Return the first and last place between which all lie but a small part at either end."""
    spare = EDGE * sum(counts)
    first, last = 0, len(counts) - 1
    dropped = 0
    while first < last and (dropped := dropped + counts[first]) <= spare:
        first += 1
    dropped = 0
    while last > first and (dropped := dropped + counts[last]) <= spare:
        last -= 1
    return first, last
