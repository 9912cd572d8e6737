"""What reports have to do with each other, loaded for all of them or for a few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from chancery.ledger.capitals import find_capitals
from chancery.ledger.origins import Fetch, Kinship
from chancery.ledger.tables import TIES, TRAITS, decoder
from chancery.model import Tie, Trait

_BESIDE_A_PAGE: Final = re.compile(r"^https?://(www\.)?|/*(#.*)?$", re.IGNORECASE)
"""What of an address does not tell which page it is."""


def load_kinship(
    fetch: Fetch, ties: Iterable[Tie], reports: Sequence[str] | None = None
) -> Kinship:
    """Return what reports have to do with each other, by their ties.

    With `reports`, outlets, days and traits are those of these reports only.
    """
    some = {"reports": None if reports is None else list(reports)}
    published = fetch("published_by", some).rows
    kinship = Kinship.from_ties(ties, {report: source for report, source, _ in published})
    pages = {report: _page_of(url or "") for report, _, url in published}
    return msgspec.structs.replace(
        kinship,
        pages={report: page for report, page in pages.items() if page},
        capitals=find_capitals(published),
        published={report: day for report, day in fetch("report_days", some).rows if day},
        traits=_load_traits(fetch, some),
    )


def _page_of(url: str) -> str | None:
    """Return the page that an address names; none where it names but a site."""
    page = _BESIDE_A_PAGE.sub("", url.strip())
    return page if "/" in page else None


def load_ties(fetch_derived: Fetch) -> list[Tie]:
    """Return the ties that a snapshot's files hold."""
    answer = fetch_derived("ties", {})
    return [*map(decoder(TIES, answer.columns), answer.rows)]


def _load_traits(fetch: Fetch, some: Mapping[str, Any]) -> dict[str, tuple[Trait, ...]]:
    """Return what the newest readings found odd about each report."""
    answer = fetch("traits_found", some)
    make, place = decoder(TRAITS, answer.columns), answer.columns.index("report")
    found: dict[str, list[Trait]] = {}
    for row in answer.rows:
        found.setdefault(row[place], []).append(make(row))
    return {report: tuple(traits) for report, traits in found.items()}
