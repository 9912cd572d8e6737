"""Plain aligned tables for a terminal, as wide as it is; a narrow one gets a block per row.

Cells are measured in terminal columns (a Chinese character takes two). When a table is too wide
the columns that may shrink do, and cut cells end in an ellipsis; ids are never cut.
"""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Generic, TypeVar

import msgspec

from chancery.outputs.visible import one_line

GAP: Final = "  "
LEAST_WIDTH: Final = 12
"""A column that may shrink keeps at least this many terminal columns, or its own width."""

BLOCK_HEAD: Final = 3
"""Cells on the first line of a row that is set as a block."""

T = TypeVar("T")


class Column(msgspec.Struct, Generic[T], frozen=True):
    """One column: its title, how a row fills it, and whether it may shrink."""

    title: str
    text: Callable[[T], Any]
    shrinks: bool = False
    right: bool = False


class Style(msgspec.Struct, frozen=True):
    """How to mark words on this terminal; without colour, words stand as they are."""

    colour: bool = False

    def bold(self, text: str) -> str:
        """Mark what stands out."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text else text

    def dim(self, text: str) -> str:
        """Mark what stands back."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text


PLAIN: Final = Style()


def width_of(text: str) -> int:
    """Count the terminal columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, width: int) -> str:
    """Cut a text to a width, ending in an ellipsis where something was cut."""
    if width_of(text) <= width:
        return text
    kept, used = "", 0
    for character in text:
        used += _columns(character)
        if used > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text up to a width."""
    spaces = " " * (width - width_of(text))
    return spaces + text if right else text + spaces


def no_lines(row: object) -> Iterable[str]:
    """Add no lines to a row."""
    return ()


def table_lines(
    rows: Iterable[T],
    columns: Sequence[Column[T]],
    width: int,
    style: Style = PLAIN,
    *,
    header: bool = True,
    above: Callable[[T], Iterable[str]] = no_lines,
    below: Callable[[T], Iterable[str]] = no_lines,
) -> Iterator[str]:
    """Lay rows out as a table, or as blocks where even the shrunk table is too wide.

    `above` and `below` give lines that stand over and under a row, such as its quotations.
    """
    rows = list(rows)
    cells = [[_cell(column.text(row)) for column in columns] for row in rows]
    if not cells:
        return
    titles = [column.title for column in columns] if header else [""] * len(columns)
    widths = _fit_widths([titles, *cells], columns, width)
    fits = _whole_width(widths) <= width
    if header and fits:
        yield style.bold(_line(titles, columns, widths))
    for row, line in zip(rows, cells, strict=True):
        yield from above(row)
        yield from [_line(line, columns, widths)] if fits else _block(line, width)
        yield from below(row)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = "+".join(str(item) for item in value)
    return one_line(str(value))


def _fit_widths(
    lines: Sequence[Sequence[str]], columns: Sequence[Column[Any]], width: int
) -> list[int]:
    """Give each column its widest cell, then narrow the widest that may shrink until all fits."""
    widths = [
        min(max(width_of(line[i]) for line in lines), width if column.shrinks else sys.maxsize)
        for i, column in enumerate(columns)
    ]
    while _whole_width(widths) > width:
        shrinkable = [
            i for i, column in enumerate(columns) if column.shrinks and widths[i] > LEAST_WIDTH
        ]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda i: widths[i])] -= 1
    return widths


def _whole_width(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)


def _line(cells: Sequence[str], columns: Sequence[Column[Any]], widths: Sequence[int]) -> str:
    fitted = (
        pad(fit(cell, width), width, right=column.right)
        for cell, column, width in zip(cells, columns, widths, strict=True)
    )
    return GAP.join(fitted).rstrip()


def _block(cells: Sequence[str], width: int) -> Iterator[str]:
    """Set the first three cells on one line and the rest on the next, for narrow terminals."""
    told = [cell for cell in cells if cell]
    yield GAP.join(told[:BLOCK_HEAD])
    rest = " · ".join(told[BLOCK_HEAD:])
    yield from textwrap.wrap(rest, width, initial_indent=GAP, subsequent_indent=GAP)
