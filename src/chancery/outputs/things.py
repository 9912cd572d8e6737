"""The kinds of rows that can be exported: how each is asked for, laid out flat and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.summaries import REPORT_SUMMARIES
from chancery.ledger.tables import CLAIMS, FORECASTS, HAPPENINGS, STATEMENTS, Table
from chancery.model import When
from chancery.outputs.own import ENTRIES

ALL_FILTERS: Final = frozenset({"who", "what", "since", "until", "voice", "min", "as_of", "limit"})


class Thing(msgspec.Struct, frozen=True):
    """What can be exported: its rows, the flat table they make, their order, their filters."""

    table: Table
    rows: Callable[[Ledger, Mapping[str, Any]], Sequence[Any]]
    key: Callable[[Any], tuple[Any, ...]]
    filters: frozenset[str] = ALL_FILTERS


def day_of(when: When | None) -> date:
    """Return the day a row is sorted by; what has none comes last."""
    return (when and (when.first or when.last)) or date.max


THINGS: Final[Mapping[str, Thing]] = {
    "happenings": Thing(
        HAPPENINGS,
        lambda ledger, filters: ledger.happenings(**filters),
        lambda row: (day_of(row.when), row.id),
    ),
    "claims": Thing(
        CLAIMS,
        lambda ledger, filters: ledger.claims(**filters),
        lambda row: (day_of(row.when), row.id),
    ),
    "statements": Thing(
        STATEMENTS,
        lambda ledger, filters: ledger.statements(**filters),
        lambda row: (row.report, row.content, row.id),
        ALL_FILTERS - {"what", "min"},
    ),
    "forecasts": Thing(
        FORECASTS,
        lambda ledger, filters: ledger.forecasts(**filters),
        lambda row: (day_of(row.deadline), row.report, row.span, row.id),
        ALL_FILTERS - {"what", "min"},
    ),
    "reports": Thing(
        REPORT_SUMMARIES,
        lambda ledger, filters: ledger.reports(**filters),
        lambda row: (day_of(row.published), row.id),
        ALL_FILTERS - {"who", "what", "voice", "min"},
    ),
    "own": Thing(
        ENTRIES,
        lambda ledger, filters: ledger.entries(**filters),
        lambda row: (day_of(row.when), row.id),
        ALL_FILTERS - {"voice", "min"},
    ),
}
