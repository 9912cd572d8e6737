"""Spreadsheets (XLSX) → rows of words: the only door to openpyxl.

A workbook is a zip of XML from somebody else: it is looked over before it is opened. What unpacks
to more than any chronology would, or declares entities, is refused. Formulas are never worked out:
what the spreadsheet program stored beside them is taken.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from chancery.errors import MissingExtra, UsageError
from chancery.ingest.limits import MAX_REPORT_BYTES, MAX_UNPACK_RATIO

MAX_WORKBOOK_BYTES: Final = 64 * 1024 * 1024
"""The most bytes that all parts of a workbook may unpack to."""
MAX_PARTS: Final = 2_000
MAX_COLUMNS: Final = 200
CHUNK_BYTES: Final = 1 << 16

_DECLARATIONS: Final = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le",
                                                                         "utf-16-be")
)  # fmt: skip


def read_workbook(path: Path, sheet: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of one sheet, by default the first, with their numbers as the program shows.

    A cell of a date becomes that day in ISO 8601. Raises `UsageError` for what is no workbook or
    unsafe to open, `MissingExtra` where openpyxl is not installed.
    """
    if find_spec("openpyxl") is None:
        raise MissingExtra("reading spreadsheets", "sheets")
    check_workbook(path)
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path}: no workbook that can be read: {error}") from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            names = ", ".join(map(repr, book.sheetnames[:12]))
            raise UsageError(f"{path} has no sheet {sheet!r}", hint=f"it has: {names}")
        page = book[sheet] if sheet is not None else book.worksheets[0]
        for number, row in enumerate(page.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
            if any(value is not None for value in row):
                yield number, _words_of(row)
    finally:
        book.close()


def check_workbook(path: Path) -> None:
    """Refuse a workbook that grows beyond all measure or declares entities (`UsageError`)."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS:
                raise UsageError(f"{path}: {len(parts):,} parts are no workbook")
            left = MAX_WORKBOOK_BYTES
            for part in parts:
                left -= _look_over(packed, part, path, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UsageError(
            f"{path}: no workbook: {error}", hint="save it as .xlsx or .csv"
        ) from error


def _look_over(packed: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Unpack one part without keeping it; return its size."""
    size, last = 0, b""
    longest = max(map(len, _DECLARATIONS))
    with packed.open(part) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            dense = size > MAX_REPORT_BYTES and size > MAX_UNPACK_RATIO * max(1, part.compress_size)
            if size > left or dense:
                raise UsageError(
                    f"{path}: unpacks to more than a chronology would",
                    hint="save the one sheet as CSV",
                )
            window = last + chunk
            if any(word in window for word in _DECLARATIONS):
                raise UsageError(
                    f"{path}: declares XML entities, which no workbook needs",
                    hint="save the sheet as CSV",
                )
            last = window[-longest:]
    return size


def _words_of(row: Sequence[Any]) -> list[str]:
    return [_words(value) for value in row]


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
