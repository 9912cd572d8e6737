"""What became of forecasts, as rows: a part of the ledger, for `store.Ledger` alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from typing import get_args

from chancery.errors import UsageError
from chancery.ledger import tables
from chancery.ledger.filters import read_filters, split_words
from chancery.ledger.findings import AsOf
from chancery.ledger.rows import Rows
from chancery.ledger.shelf import Shelf
from chancery.model import Outcome
from chancery.reconciled import OutcomeState


class Following(ABC):
    """The questions to a ledger about what came of what was foreseen."""

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

    def outcomes(
        self,
        *,
        who: str | Iterable[str] = (),
        since: str | date | None = None,
        until: str | date | None = None,
        voice: str | None = None,
        report: str | None = None,
        reports: Iterable[str] | None = None,
        state: str | Iterable[str] | None = None,
        overdue: bool | None = None,
        by: str | None = None,
        source: str | None = None,
        institution: str | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Rows[Outcome]:
        """Return what became of forecasts, in the order of `forecasts`, whose filters these are.

        `state` names outcomes, with commas; `overdue` those whose deadline has passed, against the
        day of the newest report, without any evidence. Raises `UsageError` for another state.
        """
        pin = self._at(as_of)
        parameters = read_filters(who=who, since=since, until=until, voice=voice, limit=limit)
        del parameters["what"]
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters["reports"] = None if reports is None else sorted(set(reports))
        parameters["states"] = _known_states(split_words(state))
        parameters |= {"overdue": overdue, "offset": offset}
        parameters["ids"] = self._said_by(pin, "forecast", by, source, institution)
        return self._shelf.rows(pin, "outcomes", tables.OUTCOMES, parameters, derived=True)

    def tally_forecasts(
        self,
        *,
        who: str | Iterable[str] = (),
        since: str | date | None = None,
        until: str | date | None = None,
        voice: str | None = None,
        report: str | None = None,
        by: str | None = None,
        source: str | None = None,
        institution: str | None = None,
        as_of: AsOf = None,
    ) -> dict[str, tuple[int, int]]:
        """Return how many forecasts came to each state, and how many of these are overdue.

        The filters are those of `outcomes`.
        """
        pin = self._at(as_of)
        filters = read_filters(who=who, since=since, until=until, voice=voice)
        parameters = {name: filters[name] for name in ("who", "since", "until", "voice")}
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters["ids"] = self._said_by(pin, "forecast", by, source, institution)
        answer = self._shelf.fetch(pin, "tally_forecasts", parameters, derived=True)
        return {state: (times, overdue) for state, times, overdue in answer.rows}


def _known_states(states: list[str] | None) -> list[str] | None:
    known = get_args(OutcomeState)
    for state in states or ():
        if state not in known:
            raise UsageError(f"no outcome {state!r}", hint=f"one of: {', '.join(known)}")
    return states
