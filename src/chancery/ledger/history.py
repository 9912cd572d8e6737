"""How things came to be what they are: snapshots compared, and the versions of an article.

A part of the ledger, for `store.Ledger` alone. `as_of` is as for every question to the ledger.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import partial

from chancery.ledger import tables
from chancery.ledger.changes import Difference
from chancery.ledger.control import Control, Snapshot
from chancery.ledger.diff import Pinned, Wanted, compare, withdrawn
from chancery.ledger.filters import read_filters
from chancery.ledger.findings import AsOf
from chancery.ledger.shelf import Shelf
from chancery.ledger.succession import describe, order_of
from chancery.ledger.versions import Articles, Retraction, Version, find_articles
from chancery.model import Claim


class History(ABC):
    """The questions to a ledger that set one state of a thing against another."""

    _shelf: Shelf
    _control: Control
    _articles_held: tuple[int, Articles] | None = None

    @abstractmethod
    def _at(self, as_of: AsOf) -> int:
        """Return the commit that is meant."""

    @abstractmethod
    def _report_id(self, name: str, pin: int | None = None) -> str:
        """Return the id of the report that is meant."""

    def diff(
        self,
        first: AsOf,
        second: AsOf = None,
        *,
        who: str | Iterable[str] = (),
        what: str | Iterable[str] | None = None,
    ) -> Difference:
        """Return what changed from one snapshot to another, the pinned one where left out.

        `who` and `what` are as for `happenings`; with either, only happenings and claims are
        compared. Raises `UsageError` where no snapshot is meant.
        """
        filters = read_filters(who=who, what=what)
        wanted = Wanted(filters["who"], filters["what"])
        return compare(self._shelf, self._pinned(first), self._pinned(second), wanted)

    def _pinned(self, as_of: AsOf) -> Pinned:
        pin = self._at(as_of)
        decisions = [decision for decision, _ in self._control.decisions(pin)]
        return Pinned(pin, self._control.snapshot(pin).id, decisions)

    def taken_in(self, name: str, *, as_of: AsOf = None) -> Snapshot:
        """Return the snapshot that brought a report into the ledger."""
        report = self._report_id(name, self._at(as_of))
        return self._control.snapshot(self._control.taken_in(report))

    def versions(self, name: str, *, as_of: AsOf = None) -> list[Version]:
        """Return the versions of a report, oldest first, each with how it differs from the last.

        A notice that takes the article back comes at the end. A report that is the only version
        of its article comes alone.
        """
        pin = self._at(as_of)
        articles = self._articles(pin)
        order = order_of(articles, self._report_id(name, pin))
        reports = {one.id: one for one in self._shelf.reports_by_id(pin, sorted(order))}
        decided = withdrawn([decision for decision, _ in self._control.decisions(pin)])
        claims_of = partial(self._claims_of_report, pin)
        return describe(articles, order, reports, claims_of, decided)

    def retractions(self, *, as_of: AsOf = None) -> list[Retraction]:
        """Return the reports that are nothing but a notice that an article is withdrawn.

        These are proposals: an article counts as withdrawn only where a person decides so.
        """
        return list(self._articles(self._at(as_of)).retractions)

    def older_versions(self, *, as_of: AsOf = None) -> frozenset[str]:
        """Return the ids of reports that a newer version of the same article stands for."""
        return self._articles(self._at(as_of)).older()

    def newer_versions_than(
        self, reports: Iterable[str], *, as_of: AsOf = None
    ) -> frozenset[str]:  # fmt: skip
        """Return which of some reports a newer version of the same article stands for.

        To know all versions, every report is looked at; that is done only where another report has
        the same address, or the same title and outlet.
        """
        pin, asked = self._at(as_of), sorted(set(reports))
        found = self._shelf.fetch(pin, "printed_alike", {"reports": asked}, hold=True).rows
        return self._articles(pin).older().intersection(asked) if found else frozenset()

    def _articles(self, pin: int) -> Articles:
        """Return the articles of a commit: the last ones asked for are kept, as they never change.

        Every report that is opened asks for them, and they take looking at all of its reports.
        """
        held = self._articles_held
        if held is None or held[0] != pin:
            held = self._articles_held = (pin, find_articles(partial(self._shelf.fetch, pin)))
        return held[1]

    def _claims_of_report(self, pin: int, report: str) -> list[Claim]:
        parameters = read_filters() | {"report": report}
        parameters |= dict.fromkeys(("score", "ids", "reports", "source", "offset"))
        return list(self._shelf.rows(pin, "claims", tables.CLAIMS, parameters))
