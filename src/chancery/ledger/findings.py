"""What readings found beside claims, as rows: a part of the ledger, for `store.Ledger` alone.

All are of each report's newest run. `as_of` is as for every question to the ledger.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date

from chancery.ledger import tables
from chancery.ledger.filters import read_filters, split_words
from chancery.ledger.rows import Rows
from chancery.ledger.shelf import Shelf
from chancery.model import (
    Claim,
    Context,
    Forecast,
    HeldState,
    Mention,
    Reason,
    SameSource,
    Statement,
    TimeExpression,
    Trait,
)

AsOf = str | date | None


class Findings(ABC):
    """The questions to a ledger that need no happenings and no claims."""

    _shelf: Shelf

    @abstractmethod
    def _at(self, as_of: AsOf) -> int:
        """Return the commit that is meant."""

    @abstractmethod
    def _report_id(self, name: str, pin: int | None = None) -> str:
        """Return the id of the report that is meant."""

    @abstractmethod
    def _said_by(
        self, pin: int, what: str, by: str | None, source: str | None, institution: str | None
    ) -> list[str] | None:
        """Return the ids of what a voice says, or an outlet prints; none for all."""

    def statements(
        self,
        *,
        who: str | Iterable[str] = (),
        since: str | date | None = None,
        until: str | date | None = None,
        voice: str | None = None,
        report: str | None = None,
        reports: Iterable[str] | None = None,
        foresees: bool | None = None,
        open_ended: bool | None = None,
        by: str | None = None,
        source: str | None = None,
        institution: str | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Rows[Statement]:
        """Return statements of each report's newest run; `who` and `voice` say on whose word.

        `reports` are whole ids of several; `since` and `until` are of the reports' publication.
        `by` is the slug of a voice, `source` of an outlet, `institution` the code of a state or
        body, exactly. `open_ended` are those that foresee and are not among the forecasts, for
        nothing says by when.
        """
        pin = self._at(as_of)
        parameters = read_filters(who=who, since=since, until=until, voice=voice, limit=limit)
        del parameters["what"]
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters["reports"] = _several(reports)
        parameters |= {"foresees": foresees, "open_ended": open_ended, "offset": offset}
        parameters["ids"] = self._said_by(pin, "statement", by, source, institution)
        return self._shelf.rows(pin, "statements", tables.STATEMENTS, parameters)

    def tally_statements(
        self,
        *,
        who: str | Iterable[str] = (),
        since: str | date | None = None,
        until: str | date | None = None,
        voice: str | None = None,
        report: str | None = None,
        foresees: bool | None = None,
        open_ended: bool | None = None,
        by: str | None = None,
        source: str | None = None,
        institution: str | None = None,
        as_of: AsOf = None,
    ) -> int:
        """Return how many rows `statements` has under the same filters."""
        pin = self._at(as_of)
        filters = read_filters(who=who, since=since, until=until, voice=voice)
        parameters = {name: filters[name] for name in ("who", "since", "until", "voice")}
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters |= {"foresees": foresees, "open_ended": open_ended}
        parameters["ids"] = self._said_by(pin, "statement", by, source, institution)
        return int(self._shelf.fetch(pin, "tally_statements", parameters).rows[0][0])

    def mentions(self, report: str, *, as_of: AsOf = None) -> Rows[Mention]:
        """Return the names of actors that the newest run found in a report."""
        pin = self._at(as_of)
        parameters = {"report": self._report_id(report, pin)}
        return self._shelf.rows(pin, "mentions", tables.MENTIONS, parameters)

    def times(self, report: str, *, as_of: AsOf = None) -> Rows[TimeExpression]:
        """Return the words of time that the newest run found in a report."""
        pin = self._at(as_of)
        parameters = {"report": self._report_id(report, pin)}
        return self._shelf.rows(pin, "times", tables.TIMES, parameters)

    def traits(self, report: str, *, as_of: AsOf = None) -> Rows[Trait]:
        """Return what is odd about a report, with the reasons, as the newest run found it."""
        pin = self._at(as_of)
        parameters = {"report": self._report_id(report, pin)}
        return self._shelf.rows(pin, "traits", tables.TRAITS, parameters)

    def contexts(self, report: str, *, as_of: AsOf = None) -> Rows[Context]:
        """Return PLOVER's contexts of a whole report, with the words that show them."""
        pin = self._at(as_of)
        parameters = {"report": self._report_id(report, pin)}
        return self._shelf.rows(pin, "contexts", tables.CONTEXTS, parameters)

    def same_sources(
        self,
        *,
        report: str | None = None,
        reports: Iterable[str] | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
    ) -> Rows[SameSource]:
        """Return which anonymous voices may be one source, each pair with its reason."""
        pin = self._at(as_of)
        parameters = {
            "report": self._report_id(report, pin) if report else None,
            "reports": _several(reports),
            "limit": read_filters(limit=limit)["limit"],
        }
        return self._shelf.rows(pin, "same_sources", tables.SAME_SOURCES, parameters)

    def reasons(
        self,
        *,
        claims: Iterable[str] | None = None,
        voice: str | None = None,
        report: str | None = None,
        reports: Iterable[str] | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
    ) -> Rows[Reason]:
        """Return the reasons given for deeds; `claims` are ids, `voice` says on whose word."""
        pin = self._at(as_of)
        filters = read_filters(voice=voice, limit=limit)
        parameters = {name: filters[name] for name in ("voice", "limit")}
        parameters["claims"] = None if claims is None else sorted(claims)
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters["reports"] = _several(reports)
        return self._shelf.rows(pin, "reasons", tables.REASONS, parameters)

    def reasons_of(self, claims: Iterable[Claim], *, as_of: AsOf = None) -> Rows[Reason]:
        """Return the reasons given for deeds that a few claims tell: quicker than by their ids."""
        told = list(claims)
        parameters = {
            "claims": sorted({one.id for one in told}),
            "reports": sorted({one.report for one in told}),
        }
        return self._shelf.rows(self._at(as_of), "reasons_of_claims", tables.REASONS, parameters)

    def forecasts(
        self,
        *,
        who: str | Iterable[str] = (),
        since: str | date | None = None,
        until: str | date | None = None,
        voice: str | None = None,
        report: str | None = None,
        reports: Iterable[str] | None = None,
        by: str | None = None,
        source: str | None = None,
        institution: str | None = None,
        ids: Iterable[str] | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
    ) -> Rows[Forecast]:
        """Return forecasts by their deadlines, those without one last.

        `who` and `voice` say on whose word; `since` and `until` are of the deadline, and leave out
        what has none. `by`, `source` and `institution` are as for statements; with `ids`, these
        alone.
        """
        pin = self._at(as_of)
        parameters = read_filters(who=who, since=since, until=until, voice=voice, limit=limit)
        del parameters["what"]
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters["reports"] = _several(reports)
        wanted = self._said_by(pin, "forecast", by, source, institution)
        parameters |= {"ids": wanted if ids is None else sorted(ids), "offset": None}
        return self._shelf.rows(pin, "forecasts", tables.FORECASTS, parameters)

    def states(
        self,
        *,
        who: str | Iterable[str] = (),
        kind: str | Iterable[str] | None = None,
        report: str | None = None,
        reports: Iterable[str] | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
    ) -> Rows[HeldState]:
        """Return the passages that tell states; `who` names holders, `kind` kinds of states."""
        pin = self._at(as_of)
        filters = read_filters(who=who, limit=limit)
        parameters = {name: filters[name] for name in ("who", "limit")}
        parameters["kinds"] = split_words(kind)
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters["reports"] = _several(reports)
        return self._shelf.rows(pin, "states", tables.STATES, parameters)


def _several(reports: Iterable[str] | None) -> list[str] | None:
    """Return the ids of several reports as a step binds them; none for all."""
    return None if reports is None else sorted(set(reports))
