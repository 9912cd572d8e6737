"""Rows as they are: CSV, JSON Lines and Parquet, with the words that each rests on."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from chancery.ledger.query import Door
from chancery.ledger.segments import write_lines
from chancery.ledger.tables import Column, Table
from chancery.outputs.forms.export import Export, write_text
from chancery.outputs.rows import QUOTES, csv_lines, json_lines, plain, row_of


def write_csv(export: Export, target: BinaryIO) -> int:
    """Write CSV with a header, cells made harmless to spreadsheets."""
    names = list(export.columns)
    cells = ([row[name] for name in names] for row in export.flat_rows())
    return write_text(csv_lines(names, cells), target) - 1


def write_jsonl(export: Export, target: BinaryIO) -> int:
    """Write each row as a JSON object on a line of its own."""
    rows = ({**row_of(row), QUOTES: plain(cites)} for row, cites in export.quoted())
    return write_text(json_lines(rows), target)


def write_parquet(export: Export, target: BinaryIO) -> int:
    """Write one Parquet file with the columns of CSV, typed."""
    columns = tuple(Column(name, kind) for name, kind in export.columns.items())
    with tempfile.TemporaryDirectory(prefix="chancery-") as folder:
        whole = Path(folder) / "rows.parquet"
        lines = write_lines(Path(folder) / "rows.jsonl", export.flat_rows())
        Door(Path(folder)).write(lines, whole, Table(export.table.name, columns))
        with whole.open("rb") as file:
            shutil.copyfileobj(file, target)
    return len(export.rows)
