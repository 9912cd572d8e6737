"""Tables (CSV, TSV) whose first row names the fields → a report a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from chancery.errors import Problem
from chancery.ingest.draft import problem
from chancery.ingest.encoding import LineDecoder
from chancery.ingest.fields import FIELDS, read_record
from chancery.ingest.limits import MAX_REPORT_BYTES
from chancery.ingest.lines import read_lines
from chancery.model import Report

DELIMITERS: Final = ",;\t|"

_FORMULA = re.compile(r"\s*(?:=|[+\-@]\s*[A-Za-z_.]{1,40}\()")


def read_table(
    stream: BinaryIO, name: str, mapping: Mapping[str, str] | None = None, sample: bytes = b""
) -> Iterator[Report | Problem]:
    """Read a table a row at a time; problems name the line a row starts on.

    The delimiter is the one among `DELIMITERS` that cuts the first row into most cells. Cells are
    words, whatever they look like: a formula is never worked out, and gives a problem. `sample` is
    the file's beginning, from which its encoding is guessed where it is not UTF-8.
    """
    # The module's own limit, 128 kB a cell, is below the length of a long report.
    csv.field_size_limit(MAX_REPORT_BYTES)
    faults: list[Problem] = []
    lines = _lines(stream, name, LineDecoder(sample), faults)
    first = next(lines, "")
    names = header_of(first)
    delimiter = _delimiter_of(first)
    if fault := _check_header(names, name, mapping or {}):
        yield fault
        return
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        place = f"{name}:{rows.line_num + 2}"
        try:
            row = next(rows, None)
        except csv.Error as fault_of_row:
            row = []
            yield problem(
                "bad-row",
                f"no row of a table: {fault_of_row}",
                place,
                "is a quotation mark left open?",
            )
        yield from faults
        faults.clear()
        if row is None:
            return
        if row:
            yield from _read_row(row, names, place, mapping)


def header_of(line: str) -> list[str]:
    """Return the names in a first line."""
    try:
        return [
            cell.strip() for cell in next(csv.reader([line], delimiter=_delimiter_of(line)), [])
        ]
    except csv.Error:
        return []


def _delimiter_of(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def _lines(
    stream: BinaryIO, name: str, decoder: LineDecoder, faults: list[Problem]
) -> Iterator[str]:
    """Yield decoded lines; what is wrong with one is put into `faults`."""
    for number, line in read_lines(stream):
        place = f"{name}:{number}"
        if line is None:
            message = f"a line of more than {MAX_REPORT_BYTES:,} bytes; left out"
            faults.append(problem("too-large", message, place, "is this a table, a row a line?"))
            continue
        text, doubt = decoder.decode(line, place)
        faults += doubt
        yield text


def _check_header(names: list[str], name: str, mapping: Mapping[str, str]) -> Problem | None:
    wanted = mapping.get("text", "text")
    if wanted in names:
        return None
    there = ", ".join(repr(cell[:40]) for cell in names[:12]) or "none"
    return problem(
        "missing-field",
        f"no column {wanted!r}; the first row names: {there}",
        f"{name}:1",
        f"name the columns {', '.join(FIELDS)}, or use --map text=COLUMN",
    )


def _read_row(
    row: list[str], names: list[str], place: str, mapping: Mapping[str, str] | None
) -> Iterator[Report | Problem]:
    if len(row) > len(names):
        yield problem(
            "bad-row",
            f"{len(row)} cells under {len(names)} names; left out",
            place,
            "put cells that hold the delimiter into quotation marks",
        )
        return
    record = {name: cell for name, cell in zip(names, row, strict=False) if cell != ""}
    kept: str | None = None
    for item in read_record(record, place, mapping):
        kept = item.id if isinstance(item, Report) else kept
        yield item
    formulas = sorted(name for name, cell in record.items() if _FORMULA.match(cell))
    if formulas:
        yield problem(
            "formula-cell",
            f"the cell {formulas[0]!r} looks like a formula",
            place,
            "taken as words, never worked out; check where the table comes from",
            kept,
        )
