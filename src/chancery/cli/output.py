"""How rows reach the user: a table in a terminal, JSON Lines in a pipe, or what was asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import click
import msgspec

from chancery.outputs.sheet import Sheet, csv_pieces, json_line_pieces, json_pieces
from chancery.outputs.table import Style, table_lines
from chancery.outputs.visible import visible

FORMS: Final = ("json", "jsonl", "csv", "table")
PIPE_WIDTH: Final = 120
"""Columns of a table that is asked for where there is no terminal to measure."""

T = TypeVar("T")


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """The form that was chosen, and where to write."""

    form: str
    quotes: bool = False
    quiet: bool = False

    @property
    def tabular(self) -> bool:
        """Say whether people read this."""
        return self.form == "table"

    @property
    def width(self) -> int:
        """Measure the terminal."""
        return shutil.get_terminal_size((PIPE_WIDTH, 0)).columns

    @property
    def style(self) -> Style:
        """Mark words only on a terminal that can, and not where NO_COLOR is set."""
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return Style(colour=sys.stdout.isatty() and not plain)

    def with_quotes(self) -> Output:
        """Return the same output with quotations."""
        return msgspec.structs.replace(self, quotes=True)

    def show(self, rows: Sequence[T], sheet: Sheet[T], coverage: str = "") -> None:
        """Print rows in the chosen form; the coverage line ends a table, else goes to stderr."""
        if sheet.prepare:
            sheet.prepare(rows, words=self.tabular or sheet.worded, quotes=self.quotes)
        if self.form == "json":
            write(json_pieces(rows, sheet, coverage, quotes=self.quotes))
            return
        if self.form == "jsonl":
            write(json_line_pieces(rows, sheet, quotes=self.quotes))
        elif self.form == "csv":
            write(csv_pieces(rows, sheet, quotes=self.quotes))
        else:
            write_lines(self._lines(rows, sheet))
            coverage = coverage if rows else f"nothing matches; {coverage}"
        self.note(coverage)

    def note(self, words: str) -> None:
        """Say something beside the data: under a table, else on standard error; not if quiet."""
        if words and not self.quiet:
            click.echo(visible(words), err=not self.tabular)

    def _lines(self, rows: Sequence[T], sheet: Sheet[T]) -> Iterable[str]:
        if sheet.lines:
            yield from sheet.lines(rows, self)
            return
        style = self.style

        def below(row: T) -> Iterable[str]:
            if self.quotes and sheet.quote_lines:
                yield from sheet.quote_lines(row, style)
            if sheet.below:
                yield from sheet.below(row, style)

        yield from table_lines(rows, sheet.columns, self.width, style, below=below)
        if self.quotes:
            yield from sheet.footer()


def write(pieces: Iterable[str]) -> None:
    """Write text to standard output as it comes."""
    for piece in pieces:
        sys.stdout.write(piece)


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output as they come."""
    write(line + "\n" for line in lines)
