"""Nouns as flat rows for CSV and Parquet, with the ledger's own column names.

A list of parties becomes a list of codes. The text of a report is left out: an export quotes the
words that a row rests on, the whole text stays in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from chancery.ledger.tables import Table, encode

Row = dict[str, Any]

LEFT_OUT: Final = frozenset({"text", "run"})


def _codes(mentions: Sequence[Row] | None) -> list[str]:
    return sorted({mention["actor"] for mention in mentions or () if mention["actor"]})


def _amounts(quantities: Sequence[Row] | None) -> list[str]:
    return [f"{one['bound']} {one['amount']:g} {one['unit']}" for one in quantities or ()]


LISTS: Final[Mapping[str, tuple[str, Callable[[Any], list[str]]]]] = {
    "actor_mentions": ("actors", _codes),
    "target_mentions": ("targets", _codes),
    "quantities": ("quantities", _amounts),
}
"""Columns that hold lists of nouns: the flat column's name, and how its words are made."""


def flat_types(table: Table) -> dict[str, str]:
    """Return the flat columns of a table with their DuckDB types, in order."""
    types = {}
    for column in table.columns:
        if column.name in LISTS:
            types[LISTS[column.name][0]] = "VARCHAR[]"
        elif column.path and not column.items and column.name not in LEFT_OUT:
            types[column.name] = column.type
    return types


def flat_row(table: Table, noun: msgspec.Struct) -> Row:
    """Flatten a noun to one row of the table's flat columns."""
    whole = encode(table, noun)
    for name, (flat, words_of) in LISTS.items():
        if name in whole:
            whole[flat] = words_of(whole.pop(name))
    return {name: whole[name] for name in flat_types(table)}
