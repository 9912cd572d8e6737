"""Words as they stand in reports, looked up for many rows at once. A part of `store.Ledger`.

A report's text never changes, so words that were looked up once hold for every snapshot.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator

from chancery.ledger.findings import AsOf
from chancery.ledger.shelf import Shelf
from chancery.model import Span

Place = tuple[str, Span]
"""A report's id, and where in its text."""


class Wording(ABC):
    """The questions to a ledger about words."""

    _shelf: Shelf

    @abstractmethod
    def _at(self, as_of: AsOf) -> int:
        """Return the commit that is meant."""

    def words_at(self, places: Collection[Place], *, as_of: AsOf = None) -> dict[Place, str]:
        """Return the words at places of reports; what is in no report is left out."""
        asked = {
            "places": [
                {"report": report, "first": span.start, "last": span.end}
                for report, span in sorted(places)
            ],
            "reports": sorted({report for report, _ in places}),
        }
        found = self._shelf.fetch(self._at(as_of), "words_at", asked, hold=True).rows
        return {(report, Span(first, last)): words for report, first, last, words in found}

    def words_of_happenings(self, *, as_of: AsOf = None) -> Iterator[tuple[Place, str]]:
        """Give the words that lists of happenings show: of their voices, and of unknown dates."""
        found = self._shelf.fetch(self._at(as_of), "words_of_happenings", derived=True).rows
        return (((report, Span(first, last)), words) for report, first, last, words in found)

    def odd_words(
        self, reports: Iterable[str], *, as_of: AsOf = None
    ) -> list[tuple[str, str, Span]]:
        """Return the words that make some reports odd: report, name of the trait, where."""
        asked = {"reports": sorted(set(reports))}
        found = self._shelf.fetch(self._at(as_of), "odd_words", asked, hold=True).rows
        return [(report, name, Span(first, last)) for report, name, first, last in found]

    def places_of_claims(self, ids: Iterable[str], *, as_of: AsOf = None) -> dict[str, Place]:
        """Return the report and the words of each of some claims, by the claim's id."""
        asked = {"ids": sorted(set(ids))}
        found = self._shelf.fetch(self._at(as_of), "places_of_claims", asked, hold=True).rows
        return {name: (report, Span(first, last)) for name, report, first, last in found}
