"""How one kind of row is shown in every form: table, CSV, JSON, page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, Protocol, TypeVar

import msgspec

from chancery.model import Cite
from chancery.outputs import rows as rows_
from chancery.outputs.table import Column, Style

QUOTES_MARK: Final = " | "

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Medium(Protocol):
    """What a table is printed on: how wide it is, how words are marked, and whether it quotes."""

    @property
    def width(self) -> int:
        """Give the columns there are."""
        ...

    @property
    def style(self) -> Style:
        """Give the marks there are."""
        ...

    @property
    def quotes(self) -> bool:
        """Say whether quotations are wanted."""
        ...


class Prepare(Protocol[T_contra]):
    """Fetches what many rows show, before any is shown."""

    def __call__(self, rows: Sequence[T_contra], *, words: bool, quotes: bool) -> None:
        """Fetch the report's words for these rows, or their quotations, or both."""
        ...


class Sheet(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """How one kind of row is shown.

    `row` makes the JSON; `fields` and `flat` make the CSV, so that an empty answer still has its
    header; `columns` make the table, unless `lines` lays it out by itself. `quotes` fetches what
    a row rests on, `quote_lines` prints it, and `footer` says what the letters in them mean.
    `below` gives lines that stand under a row of the table in any case.
    `prepare` is told all rows before any is shown; where they are `worded`, every form shows the
    report's words.
    """

    columns: Sequence[Column[T]]
    fields: Sequence[str]
    flat: Callable[[T], rows_.Row]
    row: Callable[[Any], rows_.Row] = rows_.row_of
    quotes: Callable[[T], Sequence[Cite]] | None = None
    quote_lines: Callable[[T, Style], Iterable[str]] | None = None
    below: Callable[[T, Style], Iterable[str]] | None = None
    footer: Callable[[], Iterable[str]] = tuple
    lines: Callable[[Sequence[T], Medium], Iterable[str]] | None = None
    prepare: Prepare[T] | None = None
    worded: bool = False


def plain_sheet(names: Iterable[str], *, shrink: Iterable[str] = ()) -> Sheet[Mapping[str, Any]]:
    """Show rows that are plain values by name; those of `shrink` give way in a narrow terminal."""
    fields, narrow = list(names), set(shrink)

    def column(name: str) -> Column[Mapping[str, Any]]:
        return Column(name, lambda row: row.get(name), shrinks=name in narrow)

    return Sheet(columns=[column(name) for name in fields], fields=fields, flat=rows_.flatten)


def json_pieces(
    rows: Iterable[T], sheet: Sheet[T], coverage: str = "", *, quotes: bool = False
) -> Iterator[str]:
    """Write rows as one JSON document, with the coverage line."""
    return rows_.json_document((_json_row(row, sheet, quotes) for row in rows), coverage)


def json_line_pieces(rows: Iterable[T], sheet: Sheet[T], *, quotes: bool = False) -> Iterator[str]:
    """Write rows as JSON Lines."""
    return rows_.json_lines(_json_row(row, sheet, quotes) for row in rows)


def csv_pieces(rows: Iterable[T], sheet: Sheet[T], *, quotes: bool = False) -> Iterator[str]:
    """Write rows as CSV, with a header even where there is none."""
    quoted = sheet.quotes if quotes else None
    names = [*sheet.fields, *([rows_.QUOTES] if quoted else [])]

    def cells(row: T) -> Iterator[Any]:
        flat = sheet.flat(row)
        yield from (flat.get(name) for name in sheet.fields)
        if quoted:
            yield QUOTES_MARK.join(rows_.quoted_words(quoted(row)))

    return rows_.csv_lines(names, map(cells, rows))


def _json_row(row: T, sheet: Sheet[T], quotes: bool) -> rows_.Row:
    fields = sheet.row(row)
    if quotes and sheet.quotes:
        fields["quotes"] = [rows_.plain(cite) for cite in sheet.quotes(row)]
    return fields
