"""Rows for programs: JSON, JSON Lines and CSV with the same fields in the same order.

A row is the noun itself as plain values, every field present, with the version of its shape in
`schema`. CSV flattens it (`when_first`, `when_last`) and joins lists with `+`. Text that a
spreadsheet would run as a formula is defused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, Final, TypeAlias

import msgspec

from chancery.model import Cite, Span
from chancery.outputs.visible import escape_in_json, visible

SCHEMA: Final = 1
"""Version of the shape of rows: raised when a field changes its name or meaning."""

Row: TypeAlias = dict[str, Any]

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a cell as a formula."""

LIST_MARK: Final = "+"
QUOTES: Final = "quotes"
"""The field of the quotations a row rests on."""


def row_of(noun: msgspec.Struct | Mapping[str, Any]) -> Row:
    """Turn a noun into a row: `schema` first, then every field, defaults included."""
    fields = plain(noun)
    return {"schema": SCHEMA, **fields}


def plain(value: Any) -> Any:
    """Turn nouns, dates and tuples into dicts, text and lists; a span becomes `[start, end]`."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | int | str | None):
        return value
    return str(value)


def json_line(row: Any) -> str:
    """Write one JSON document on one line, safe to print."""
    return escape_in_json(msgspec.json.encode(row).decode())


def json_lines(rows: Iterable[Any]) -> Iterator[str]:
    """Write each row as one line of JSON."""
    for row in rows:
        yield json_line(row) + "\n"


def json_document(rows: Iterable[Any], coverage: str = "") -> Iterator[str]:
    """Write one JSON document: the schema, the coverage line and the rows, streamed."""
    yield f'{{"schema":{SCHEMA},"coverage":{json_line(coverage)},"rows":['
    comma = "\n"
    for row in rows:
        yield comma + json_line(row)
        comma = ",\n"
    yield "\n]}\n"


def csv_lines(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Write a header and rows as CSV (RFC 4180 but for its line ends), cells made harmless."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    for cells in chain([names], rows):
        writer.writerow([cell(value) for value in cells])
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def cell(value: Any) -> Any:
    """Make one CSV cell: lists joined, control characters shown, formulas defused by a quote.

    The leading apostrophe is what OWASP advises against CSV injection; numbers stay numbers.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        value = LIST_MARK.join(str(item) for item in value)
    text = visible(str(value))
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def quoted_words(cites: Iterable[Cite]) -> list[str]:
    """Return the words of quotations, each with where it stands."""
    return [f"{one.words} [{one.report}:{one.span.start}-{one.span.end}]" for one in cites]


def flatten(row: Mapping[str, Any], prefix: str = "") -> Row:
    """Flatten nested fields: `{"when": {"first": …}}` becomes `{"when_first": …}`."""
    flat: Row = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}_")
        else:
            flat[f"{prefix}{name}"] = value
    return flat
