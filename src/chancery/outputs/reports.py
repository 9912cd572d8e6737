"""Reports as rows: the list of them, one of them with all that is said of it, and its versions.

The command line and the pages show them by these; the text of one report is in `reading.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from chancery.ledger import Ledger, ReportSummary, Version
from chancery.model import Claim, Report
from chancery.outputs.evidence import Evidence
from chancery.outputs.reading import Remarks
from chancery.outputs.rows import Row, flatten, plain, row_of
from chancery.outputs.sheet import Sheet, plain_sheet
from chancery.outputs.table import Column
from chancery.outputs.versions import version_row
from chancery.outputs.words import date_words, listed, short_id

REPORT_FIELDS: Final = (
    "id", "key", "source", "url", "published_first", "language", "traits", "title", "text"
)  # fmt: skip
VERSION_FIELDS: Final = (
    "report", "ordinal", "newest", "withdrawn", "retracts", "published_first", "published_last",
    "source", "url", "title", "because", "ties", "notice_words",
)  # fmt: skip
LISTED_FIELDS: Final = (
    "id", "published_first", "published_last", "published_basis", "decided", "source", "title",
    "length", "claim_count", "statement_count", "traits", "language", "unread", "key", "url", "run",
)  # fmt: skip
PROBLEM_FIELDS: Final = ("stage", "code", "place", "message", "hint", "report")

NEVER_READ: Final = "not read yet"


def report_list_sheet() -> Sheet[ReportSummary]:
    """Show reports without their texts: a line each."""
    return Sheet(
        columns=(
            Column("date", lambda row: date_words(row.published)),
            Column("outlet", lambda row: row.source, shrinks=True),
            Column("title", lambda row: row.title, shrinks=True),
            Column("characters", lambda row: row.length, right=True),
            Column("claims", lambda row: row.claim_count, right=True),
            Column("statements", lambda row: row.statement_count, right=True),
            Column("traits", lambda row: listed(row.traits), shrinks=True),
            Column("unread", unread_words, shrinks=True),
            Column("id", lambda row: short_id(row.id)),
        ),
        fields=LISTED_FIELDS,
        flat=lambda row: flatten(plain(row)),
    )


def unread_words(row: ReportSummary) -> str:
    """Say why nothing was read in a report; nothing where it was read."""
    return row.unread or ("" if row.run else NEVER_READ)


def remarks_on(ledger: Ledger, report: str, as_of: str | None) -> Remarks:
    """Return what is said of a report as a whole."""
    return Remarks(
        ledger.traits(report, as_of=as_of),
        ledger.contexts(report, as_of=as_of),
        ledger.same_sources(report=report, as_of=as_of),
        ledger.versions(report, as_of=as_of),
    )


def report_row(report: Report, claims: Sequence[Claim], remarks: Remarks) -> Row:
    """Return one report as a row for programs, with what is said of it and its claims."""
    said: dict[str, Any] = {
        f"{field}_found" if field == "traits" else field: plain(list(rows))
        for field, rows in remarks._asdict().items()
    }
    said["versions"] = [one.report for one in remarks.versions]
    return {**plain(report), **said, "claims": [row_of(claim) for claim in claims]}


def report_sheet() -> Sheet[Any]:
    """Show one report's row."""
    return plain_sheet(REPORT_FIELDS)


def version_rows(versions: Sequence[Version], evidence: Evidence) -> list[Row]:
    """Return versions as rows for programs, each with the words that differ."""
    texts = {one.report: evidence.report(one.report) for one in versions}
    before = [None, *(one.report for one in versions)]
    return [version_row(one, texts, old) for one, old in zip(versions, before, strict=False)]


def version_sheet() -> Sheet[Any]:
    """Show the rows of versions."""
    return plain_sheet(VERSION_FIELDS)


def problem_sheet() -> Sheet[Any]:
    """Show the rows of problems: what was wrong with the input, and what to do about it."""
    return plain_sheet(PROBLEM_FIELDS, shrink=("place", "message", "hint"))
