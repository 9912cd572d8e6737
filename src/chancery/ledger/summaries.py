"""What is told of reports, sources and the ledger as a whole, without their texts."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from chancery.ledger.tables import Table, plain, when
from chancery.model import Noun, Span, When


class ReportSummary(Noun, frozen=True):
    """One report, without its text: `length` is the text's, in characters.

    `run` is that of the newest reading, none where it was never read; `unread` says why nothing
    was read in it. `decided` tells that a person settled its date.
    """

    id: str
    title: str
    length: int
    key: str | None = None
    published: When = When()
    source: str | None = None
    url: str | None = None
    language: str = "en"
    traits: tuple[str, ...] = ()
    run: str | None = None
    unread: str | None = None
    claim_count: int = 0
    statement_count: int = 0
    decided: bool = False


class SourceSummary(Noun, frozen=True):
    """One outlet: its name as stated, none where none is, and what the ledger holds of it."""

    name: str | None
    report_count: int
    claim_count: int
    statement_count: int
    first: date | None = None
    last: date | None = None
    languages: tuple[str, ...] = ()


class Coverage(Noun, frozen=True):
    """What a snapshot rests on: the coverage line in numbers.

    `read_count` are reports with a reading, `unread_count` those with none or of which nothing
    could be read; `first` and `last` are days of publication. `lexicon` is the hash of the one
    that the ledger was opened with.
    """

    snapshot: str
    made: str
    report_count: int
    source_count: int
    read_count: int
    unread_count: int
    undated_count: int
    claim_count: int
    statement_count: int
    problem_count: int
    first: date | None = None
    last: date | None = None
    languages: tuple[str, ...] = ()
    lexicon: str | None = None


class Added(msgspec.Struct, frozen=True):
    """What `add` did: reports new to the ledger, reports it already held, problems newly kept."""

    new: int = 0
    known: int = 0
    problems: int = 0


class Recorded(msgspec.Struct, frozen=True):
    """What `record` did, in counts of what was new to the ledger."""

    read: int = 0
    unread: int = 0
    claims: int = 0
    statements: int = 0
    problems: int = 0


class Hit(Noun, frozen=True):
    """One report that search found: `passage` is the stretch to show, `spans` the words met in it.

    All spans count characters of the report's text; `words` are those of the passage, verbatim.
    """

    report: str
    title: str
    published: When
    passage: Span
    words: str
    source: str | None = None
    spans: tuple[Span, ...] = ()


REPORT_SUMMARIES: Final = Table(
    "report_summaries",
    (
        *plain("VARCHAR", "id", "key", "source", "title", "language", "url"),
        *when("published", "published"),
        *plain("INTEGER", "length"),
        *plain("VARCHAR[]", "traits"),
        *plain("VARCHAR", "run", "unread"),
        *plain("INTEGER", "claim_count", "statement_count"),
        *plain("BOOLEAN", "decided"),
    ),
    ReportSummary,
)
SOURCE_SUMMARIES: Final = Table(
    "source_summaries",
    (
        *plain("VARCHAR", "name"),
        *plain("INTEGER", "report_count", "claim_count", "statement_count"),
        *plain("DATE", "first", "last"),
        *plain("VARCHAR[]", "languages"),
    ),
    SourceSummary,
)
