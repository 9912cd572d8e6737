"""Files for other programs: the same ledger always gives the same bytes.

Rows are sorted by day and id, and hold no clock time and no commit number. Each carries the words
it rests on, with their place; the whole text of a report stays in the ledger. The coverage line
lies beside the file, as `FILE.coverage.txt`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.query import Door
from chancery.ledger.segments import write_lines
from chancery.ledger.summaries import REPORT_SUMMARIES
from chancery.ledger.tables import CLAIMS, HAPPENINGS, STATEMENTS, Column, Table
from chancery.lexicon import Lexicon
from chancery.model import Cite, When
from chancery.outputs.columns import Row, flat_row, flat_types
from chancery.outputs.coverage import coverage_line
from chancery.outputs.evidence import Evidence
from chancery.outputs.own import ENTRIES
from chancery.outputs.plover import POLECAT_COLUMNS, plover_event, polecat_row
from chancery.outputs.rows import QUOTES, csv_lines, json_lines, plain, quoted_words, row_of
from chancery.version import __version__

COVERAGE_SUFFIX: Final = ".coverage.txt"

ALL_FILTERS: Final = frozenset({"who", "what", "since", "until", "voice", "min", "as_of", "limit"})


class Thing(msgspec.Struct, frozen=True):
    """What can be exported: its rows, the flat table they make, their order, their filters."""

    table: Table
    rows: Callable[[Ledger, Mapping[str, Any]], Sequence[Any]]
    key: Callable[[Any], tuple[Any, ...]]
    filters: frozenset[str] = ALL_FILTERS


def _day(when: When) -> date:
    """The day a row is sorted by; what has none comes last."""
    return when.first or when.last or date.max


THINGS: Final[Mapping[str, Thing]] = {
    "happenings": Thing(
        HAPPENINGS,
        lambda ledger, filters: ledger.happenings(**filters),
        lambda row: (_day(row.when), row.id),
    ),
    "claims": Thing(
        CLAIMS,
        lambda ledger, filters: ledger.claims(**filters),
        lambda row: (_day(row.when), row.id),
    ),
    "statements": Thing(
        STATEMENTS,
        lambda ledger, filters: ledger.statements(**filters),
        lambda row: (row.report, row.content, row.id),
        ALL_FILTERS - {"what", "min"},
    ),
    "reports": Thing(
        REPORT_SUMMARIES,
        lambda ledger, filters: ledger.reports(**filters),
        lambda row: (_day(row.published), row.id),
        ALL_FILTERS - {"who", "what", "voice", "min"},
    ),
    "own": Thing(
        ENTRIES,
        lambda ledger, filters: ledger.entries(**filters),
        lambda row: (_day(row.when), row.id),
        ALL_FILTERS - {"voice", "min"},
    ),
}


class Export(msgspec.Struct, frozen=True):
    """What is to be written: rows in their order, and where what they rest on is looked up."""

    evidence: Evidence
    lexicon: Lexicon
    table: Table
    rows: Sequence[Any]

    @property
    def columns(self) -> dict[str, str]:
        """Name the columns of a flat form, with their DuckDB types."""
        return {**flat_types(self.table), QUOTES: "VARCHAR[]"}

    def flat_rows(self) -> Iterator[Row]:
        """Give each row flat, with the words it rests on."""
        for row, cites in self.quoted():
            yield {**flat_row(self.table, row), QUOTES: quoted_words(cites)}

    def quoted(self) -> Iterator[tuple[Any, Sequence[Cite]]]:
        """Give each row with its quotations."""
        return self.evidence.quoted(self.rows)


def write_export(
    target: BinaryIO,
    ledger: Ledger,
    lexicon: Lexicon,
    form: str,
    thing: str = "happenings",
    **filters: Any,
) -> int:
    """Write one kind of row (`THINGS`) in one form (`FORMS`), and return how many were written.

    `filters` are what the ledger's queries take. Raises `UsageError` where a form has no place for
    the rows.
    """
    what = THINGS[thing]
    if form in EVENT_FORMS and thing != "happenings":
        raise UsageError(f"{form} holds events only", hint=f"chancery export {form}")
    if odd := filters.keys() - what.filters:
        known = ", ".join(sorted(what.filters))
        raise UsageError(f"{thing} have no {', '.join(sorted(odd))}", hint=f"they have: {known}")
    rows = sorted(what.rows(ledger, filters), key=what.key)
    return FORMS[form](
        Export(Evidence(ledger, filters.get("as_of")), lexicon, what.table, rows), target
    )


def export_to(
    path: Path | None, ledger: Ledger, lexicon: Lexicon, form: str, thing: str, **filters: Any
) -> int:
    """Write an export to a file, whole or not at all, with its coverage; or to standard output."""
    if path is None:
        return write_export(sys.stdout.buffer, ledger, lexicon, form, thing, **filters)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as aside:
        whole = Path(aside) / path.name
        with whole.open("wb") as target:
            count = write_export(target, ledger, lexicon, form, thing, **filters)
        whole.replace(path)
    coverage = coverage_line(ledger.coverage(as_of=filters.get("as_of")))
    path.with_name(path.name + COVERAGE_SUFFIX).write_text(coverage + "\n", "utf-8")
    return count


def _write_csv(export: Export, target: BinaryIO) -> int:
    names = list(export.columns)
    cells = ([row[name] for name in names] for row in export.flat_rows())
    return _write_text(csv_lines(names, cells), target) - 1


def _write_jsonl(export: Export, target: BinaryIO) -> int:
    rows = ({**row_of(row), QUOTES: plain(cites)} for row, cites in export.quoted())
    return _write_text(json_lines(rows), target)


def _write_plover(export: Export, target: BinaryIO) -> int:
    frames = export.lexicon.frames
    events = (plover_event(row, cites, frames) for row, cites in export.quoted())
    return _write_text(json_lines(event for event in events if event), target)


def _write_polecat(export: Export, target: BinaryIO) -> int:
    frames, version = export.lexicon.frames, f"chancery {__version__}"
    rows = (polecat_row(row, cites, frames, version) for row, cites in export.quoted())
    lines = ("\t".join(cells) + "\n" for cells in chain([POLECAT_COLUMNS], rows) if cells)
    return _write_text(lines, target) - 1


def _write_text(pieces: Iterable[str], target: BinaryIO) -> int:
    count = 0
    for piece in pieces:
        target.write(piece.encode("utf-8", "backslashreplace"))
        count += 1
    return count


def _write_parquet(export: Export, target: BinaryIO) -> int:
    columns = tuple(Column(name, kind) for name, kind in export.columns.items())
    with tempfile.TemporaryDirectory(prefix="chancery-") as folder:
        whole = Path(folder) / "rows.parquet"
        lines = write_lines(Path(folder) / "rows.jsonl", export.flat_rows())
        Door(Path(folder)).write(lines, whole, Table(export.table.name, columns))
        with whole.open("rb") as file:
            shutil.copyfileobj(file, target)
    return len(export.rows)


EVENT_FORMS: Final = ("plover-json", "polecat")
FORMS: Final[Mapping[str, Callable[[Export, BinaryIO], int]]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
    "plover-json": _write_plover,
    "polecat": _write_polecat,
}
