"""Happenings as lists: page by page, counted, along time, in groups. A part of `store.Ledger`.

All take the same filters, so what one counts is what another lists.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, get_args

from chancery.errors import UsageError
from chancery.ledger import tables
from chancery.ledger.control import Control, Snapshot
from chancery.ledger.counts import (
    GROUPS,
    MOST_BARS,
    SET_ASIDE,
    STRIP_BARS,
    STRIP_STEPS,
    TALLIES,
    Group,
    GroupBy,
    News,
    Order,
    StripBar,
    StripStep,
    Tally,
)
from chancery.ledger.filters import read_certainty, read_filters
from chancery.ledger.findings import AsOf
from chancery.ledger.policy import load_policy
from chancery.ledger.rows import Rows
from chancery.ledger.shelf import Shelf
from chancery.lexicon.frames import QUAD
from chancery.model import Happening

if TYPE_CHECKING:
    from chancery.model import Cite

COOPERATION = sorted(type_ for type_, quad in QUAD.items() if quad in (1, 2))


class Wanted(TypedDict, total=False):
    """The filters that every question about happenings takes; left out, all are meant.

    `who` names parties that all take part, on either side (`USA` takes in `USA.GOV`); `what`
    frames, types or modes; `since` and `until` days, months or years; `voice` a kind of voice, or
    an actor on whose word a claim of the happening rests; `min` the least certainty: one not
    assessed is then left out. `dated` keeps those that have a day, or those that have none;
    `report` those of which this report has a claim, `reports` any of several by their whole ids;
    `ids` these alone.
    """

    who: str | Iterable[str]
    what: str | Iterable[str] | None
    since: str | date | None
    until: str | date | None
    voice: str | None
    min: str | float | None
    dated: bool | None
    report: str | None
    reports: Iterable[str] | None
    ids: Iterable[str] | None
    as_of: AsOf


class Listing(ABC):
    """The questions to a ledger about many happenings at once."""

    _shelf: Shelf
    _control: Control

    @abstractmethod
    def _at(self, as_of: AsOf) -> int:
        """Return the commit that is meant."""

    @abstractmethod
    def _report_id(self, name: str, pin: int | None = None) -> str:
        """Return the id of the report that is meant."""

    @abstractmethod
    def cite(self, row: Any, *, as_of: AsOf = None) -> list[Cite]:
        """Return the words that a row rests on."""

    def happenings(
        self,
        *,
        order: Order = "date",
        limit: int | None = None,
        offset: int = 0,
        **wanted: Unpack[Wanted],
    ) -> Rows[Happening]:
        """Return happenings by their earliest possible day, undated ones last.

        One whose first day is open (*by 31 August*) is sorted, and found, by its last day alone.
        The filters are those of `Wanted`. `order` is `date`; `reported`, by the day of the first
        report that tells of them; or `changed`, by that of the newest, the latest first: within one
        day by date. `limit` is how many at most, after the first `offset`.
        """
        pin, parameters = self._wanted(limit, wanted)
        if order not in get_args(Order):
            raise UsageError(f"no order {order!r}", hint=f"one of: {', '.join(get_args(Order))}")
        if offset < 0:
            raise UsageError(f"offset is below 0: {offset}")
        name = f"happenings_by_{order}"
        parameters["offset"] = offset
        if order == "date" and limit is None and not offset:
            name = "happenings"
            del parameters["limit"], parameters["offset"]
        cite = partial(self.cite, as_of=self._control.snapshot(pin).id)
        return self._shelf.rows(
            pin, name, tables.HAPPENINGS, parameters, derived=True, cite=cite
        )  # fmt: skip

    def reports_telling(
        self,
        who: str | Iterable[str],
        *,
        since: str | date,
        until: str | date,
        besides: Iterable[str] = (),
        as_of: AsOf = None,
        limit: int = 100,
    ) -> list[tuple[str, int, bool]]:
        """Return which reports tell what some parties do together, those that tell most first.

        They were published within the days, or are undated; `besides` are left out. Each comes
        with the number of happenings that it tells, and whether it has a date.
        """
        filters = read_filters(who=who, since=since, until=until, limit=limit)
        asked = {name: filters[name] for name in ("who", "since", "until", "limit")}
        asked["besides"] = sorted(set(besides))
        return list(self._shelf.fetch(self._at(as_of), "reports_telling", asked, derived=True).rows)

    def tally(self, **wanted: Unpack[Wanted]) -> Tally:
        """Return how many happenings `happenings` would list, and what stands behind them."""
        pin, parameters = self._wanted(None, wanted)
        del parameters["limit"]
        rows: Rows[Tally] = self._shelf.rows(pin, "tally", TALLIES, parameters, derived=True)
        return rows[0]

    def undated_count(self, **wanted: Unpack[Wanted]) -> int:
        """Return how many happenings without a day there are: quicker than a tally."""
        pin, parameters = self._wanted(None, wanted)
        del parameters["limit"]
        found = self._shelf.fetch(pin, "undated_count", parameters, derived=True, hold=True)
        return int(found.rows[0][0])

    def strip(self, *, step: StripStep | None = None, **wanted: Unpack[Wanted]) -> Rows[StripBar]:
        """Return the dated happenings along time, period by period; empty periods are left out.

        Without a `step` it is the finest that has 120 bars at most, and spans no more periods but
        for a hundredth of the happenings at either end.
        """
        pin, parameters = self._wanted(None, wanted)
        del parameters["limit"]
        if step is not None and step not in STRIP_STEPS:
            raise UsageError(f"no step {step!r}", hint=f"one of: {', '.join(STRIP_STEPS)}")
        parameters |= {"step": step, "most": MOST_BARS, "aside": SET_ASIDE}
        parameters["cooperation"] = COOPERATION
        return self._shelf.rows(pin, "strip", STRIP_BARS, parameters, derived=True)

    def groups(
        self, by: GroupBy, *, limit: int | None = None, **wanted: Unpack[Wanted]
    ) -> Rows[Group]:
        """Return how many happenings each year, dyad or kind has; each happening is in one group.

        Years come in their order, undated ones last; dyads and kinds by size. A `dyad` is all
        parties of both sides, whoever did it to whom; a `kind` is a frame.
        """
        if by not in get_args(GroupBy):
            raise UsageError(f"no group {by!r}", hint=f"one of: {', '.join(get_args(GroupBy))}")
        pin, parameters = self._wanted(limit, wanted)
        if by == "dyad":
            parameters["class_codes"] = list(load_policy().class_codes)
        return self._shelf.rows(pin, f"groups_by_{by}", GROUPS, parameters, derived=True)

    def newest_ready(self) -> Snapshot | None:
        """Return the newest snapshot whose happenings are there already; none where none has any.

        Nothing is derived, and only the names of a few files are looked at.
        """
        return self._shelf.newest_ready()

    def news(self, since: AsOf, *, until: AsOf = None) -> News:
        """Return how many claims and reports are new at a snapshot since an earlier one.

        Without `until` it is the newest whose happenings are there. A claim that is only read
        again is not new. Raises `UsageError` where no snapshot is meant.
        """
        first = self._at(since)
        ready = self._shelf.newest_ready() if until is None else None
        last = ready.number if ready else self._at(until)
        names = {
            "since": self._control.snapshot(first).id,
            "until": self._control.snapshot(last).id,
        }
        if last <= first:
            return News(**names, claim_count=0, report_count=0)
        claims, reports = self._shelf.fetch(last, "news", {"since": first}, hold=True).rows[0]
        return News(**names, claim_count=claims, report_count=reports)

    def _wanted(self, limit: int | None, wanted: Wanted) -> tuple[int, dict[str, Any]]:
        """Return the commit, and the parameters that the SQL steps of these filters bind."""
        if unknown := wanted.keys() - Wanted.__annotations__:
            raise TypeError(f"no such filter: {', '.join(sorted(unknown))}")
        pin = self._at(wanted.get("as_of"))
        parameters = read_filters(
            who=wanted.get("who", ()), what=wanted.get("what"), since=wanted.get("since"),
            until=wanted.get("until"), voice=wanted.get("voice"), limit=limit,
        )  # fmt: skip
        report, reports, ids = wanted.get("report"), wanted.get("reports"), wanted.get("ids")
        parameters |= {
            "certainty": read_certainty(wanted.get("min")),
            "dated": wanted.get("dated"),
            "report": self._report_id(report, pin) if report else None,
            "reports": None if reports is None else sorted(set(reports)),
            "ids": None if ids is None else sorted(set(ids)),
        }
        return pin, parameters


def any_happening() -> dict[str, Any]:
    """Return the parameters of the step `happenings` that list all."""
    filters = read_filters()
    del filters["limit"]
    return filters | dict.fromkeys(("certainty", "dated", "report", "reports", "ids"))
