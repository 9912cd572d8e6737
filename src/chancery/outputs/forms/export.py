"""What a form is given to write, and how text and JSON reach the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TypeAlias

import msgspec

from chancery.ledger.summaries import ReportSummary
from chancery.ledger.tables import Table
from chancery.lexicon import Lexicon
from chancery.model import Cite, Forecast, Happening, Statement
from chancery.outputs.columns import Row, flat_row, flat_types
from chancery.outputs.evidence import ROWS_AT_ONCE, Evidence
from chancery.outputs.passages import Passages
from chancery.outputs.rows import QUOTES, json_line, quoted_words
from chancery.outputs.things import day_of

Tell: TypeAlias = Callable[[int, int], None]
"""Is told how many rows are done, and of how many."""


def tell_nobody(done: int, total: int) -> None:
    """Show no progress."""


class Export(msgspec.Struct, frozen=True):
    """What is to be written: rows in their order, and where what they rest on is looked up."""

    evidence: Evidence
    lexicon: Lexicon
    table: Table
    rows: Sequence[Any]
    tell: Tell = tell_nobody

    @property
    def columns(self) -> dict[str, str]:
        """Name the columns of a flat form, with their DuckDB types."""
        return {**flat_types(self.table), QUOTES: "VARCHAR[]"}

    def flat_rows(self) -> Iterator[Row]:
        """Give each row flat, with the words it rests on."""
        for row, cites in self.quoted():
            yield {**flat_row(self.table, row), QUOTES: quoted_words(cites)}

    def quoted(self) -> Iterator[tuple[Any, Sequence[Cite]]]:
        """Give each row with its quotations; a statement or a forecast is its own words."""
        if self.rows and isinstance(self.rows[0], Statement | Forecast):
            found = self.passages().of(self.rows)
            yield from self.telling((row, [passage.cite]) for row, passage in found)
        else:
            yield from self.telling(self.evidence.quoted(self.rows))

    def voiced(self) -> Iterator[tuple[Any, Sequence[Cite]]]:
        """Give each row with its quotations, the words for its voice fetched too."""
        for at in range(0, len(self.rows), ROWS_AT_ONCE):
            self.evidence.prepare(self.rows[at : at + ROWS_AT_ONCE], words=True, quotes=False)
        yield from self.quoted()

    def telling(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Pass rows on, and tell now and then how far they are."""
        total = len(self.rows)
        for done, row in enumerate(rows):
            if done % ROWS_AT_ONCE == 0:
                self.tell(done, total)
            yield row
        self.tell(total, total)

    def passages(self) -> Passages:
        """Return where passages of reports are looked up."""
        return Passages(self.evidence.ledger, self.evidence.pinned)

    def reports(self) -> list[ReportSummary]:
        """Return the reports that the rows rest on, by day and id; rows may be reports."""
        wanted: set[str] = set()
        for row in self.rows:
            wanted |= reports_of(row)
        found = self.evidence.ledger.reports(as_of=self.evidence.pinned)
        return sorted(
            (one for one in found if one.id in wanted),
            key=lambda one: (day_of(one.published), one.id),
        )


def reports_of(row: Any) -> set[str]:
    """Return the ids of the reports that a row rests on."""
    if isinstance(row, Happening):
        return set(row.reports)
    return {row.id if isinstance(row, ReportSummary) else row.report}


def write_text(pieces: Iterable[str], target: BinaryIO) -> int:
    """Write text in UTF-8 as it comes; return how many pieces there were."""
    count = 0
    for piece in pieces:
        target.write(piece.encode("utf-8", "backslashreplace"))
        count += 1
    return count


def json_array(items: Iterable[Any]) -> Iterator[str]:
    """Write a JSON array, one item a line, as they come."""
    yield "["
    comma = "\n"
    for item in items:
        yield comma + json_line(item)
        comma = ",\n"
    yield "\n]"
