"""The ledger: what was read, kept in a folder, and everything that can be asked of it.

A `Ledger` pins the newest snapshot when it is opened; while another writes, the newest that has
its happenings already. Its own commits move the pin on, and so does `refresh`; what other processes
write meanwhile does not disturb it. `as_of` looks at another one: a snapshot's id, the beginning of
it, or a day, month or year, which means the last snapshot made until its end (UTC).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from chancery.errors import Problem
from chancery.ledger import tables
from chancery.ledger.around import Around
from chancery.ledger.changes import Change
from chancery.ledger.cite import cite_claim, reports_of
from chancery.ledger.control import Control, Intake, Snapshot
from chancery.ledger.deciding import Deciding, only_one
from chancery.ledger.derive import KEPT_SNAPSHOTS, Derived
from chancery.ledger.filters import read_certainty, read_filters
from chancery.ledger.findings import AsOf, Findings
from chancery.ledger.folder import open_folder
from chancery.ledger.following import Following
from chancery.ledger.history import History
from chancery.ledger.lease import Lease
from chancery.ledger.listing import Listing
from chancery.ledger.query import Door
from chancery.ledger.reviewing import Reviewing
from chancery.ledger.rows import Rows
from chancery.ledger.search import find_terms, make_hit, match_expression
from chancery.ledger.segments import Segments
from chancery.ledger.shelf import REPORTS_PER_FETCH, Shelf
from chancery.ledger.summaries import (
    REPORT_SUMMARIES,
    SOURCE_SUMMARIES,
    Added,
    Coverage,
    Hit,
    Recorded,
    ReportSummary,
    SourceSummary,
)
from chancery.ledger.voicing import Voicing
from chancery.ledger.wording import Wording
from chancery.ledger.write import Writer, in_batches
from chancery.model import (
    Cite,
    Claim,
    Decision,
    Happening,
    Reading,
    Report,
)

if TYPE_CHECKING:
    from chancery.lexicon import Lexicon

Citable: TypeAlias = Happening | Claim | Change


class Ledger(Listing, Around, Voicing, Wording, Findings, Following, Deciding, History, Reviewing):
    """A ledger on disk; `Ledger.open` opens or makes one."""

    def __init__(self, path: Path, lexicon: Lexicon | None, *, create: bool) -> None:
        self._folder = open_folder(path, create=create)
        self.path = self._folder.root
        self.lexicon = lexicon
        self._control = Control(self._folder.control)
        self._door = Door(self._folder.empty)
        self._segments = Segments(self._folder.segments, self._door)
        self._derived = Derived(self._folder.derived, self._door)
        self._shelf = Shelf(
            self._control, self._door, self._folder.segments, self._derived,
            self._reviewers, self._frames,
        )  # fmt: skip
        self._lease = Lease(self._folder.lease)
        self._writer = Writer(self._control, self._segments, self._lease, self._shelf.fetch)
        self._pin = self._shelf.newest(reconciled=self._lease.taken())

    @classmethod
    def open(
        cls, path: str | PathLike[str], lexicon: Lexicon | None = None, *, create: bool = True
    ) -> Ledger:
        """Open a ledger, or make one where there is none yet.

        Raises `NotALedger` where the path is something else, or where there is nothing and
        `create` is false.
        """
        return cls(Path(path), lexicon, create=create)

    def close(self) -> None:
        """Let go of the files and of the memory."""
        self._control.close()
        self._door.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self, *, ready: bool = False) -> Snapshot:
        """Pin the newest snapshot; the newest derived one with `ready`, or while others write."""
        self._pin = self._shelf.newest(reconciled=ready or self._lease.taken())
        return self.snapshot

    @property
    def being_written(self) -> bool:
        """Say whether another process, or another ledger object, writes to the ledger."""
        return self._lease.taken()

    @property
    def snapshot(self) -> Snapshot:
        """Return the pinned snapshot."""
        return self._control.snapshot(self._pin)

    # Writing ------------------------------------------------------------------------------------

    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lease; may be nested.

        Raises `LedgerLocked`, naming the process, where another one writes.
        """
        return self._writing()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._writer.writing():
            self.refresh()
            try:
                yield
            finally:
                self.refresh()

    def add(self, items: Iterable[Report | Problem]) -> Added:
        """Keep reports, each once, and problems; one snapshot a batch, none if nothing is new."""
        with self.writing():
            return self._writer.add(items)

    def record(self, readings: Iterable[Reading]) -> Recorded:
        """Keep readings; one snapshot a batch, none if nothing is new.

        A report's newest reading counts; older ones stay. Raises `UsageError` for a reading of a
        report that the ledger does not hold.
        """
        with self.writing():
            return self._writer.record(readings)

    def reconcile(self) -> int:
        """Derive the happenings of the pinned snapshot; return how many there are."""
        count = self._shelf.fetch(self._pin, "happening_count", derived=True).rows[0][0]
        kept = islice(self._shelf.ready(), KEPT_SNAPSHOTS)
        self._derived.keep([self._shelf.name(one) for one in (self.snapshot, *kept)])
        return int(count)

    def rebuild(self) -> int:
        """Drop whatever follows from the rest, derive it anew, and make the full text anew."""
        with self.writing():
            self._derived.keep([])
            stored = self._shelf.stream_reports(
                self._pin, lambda run: True, name="stored_reports_by_id"
            )
            self._control.reindex((report, number) for report, _, number in stored)
        return self.reconcile()

    def compact(self) -> None:
        """Merge small segments; snapshots, old and new, keep their rows."""
        with self.writing():
            self._writer.compact()

    # Reports ------------------------------------------------------------------------------------

    def unread(self, run_of: Callable[[Report], str] | None = None) -> Iterator[Report]:
        """Give the reports that have no reading, a few at a time.

        With `run_of`, give those too whose newest reading is of another run: made by an older
        reader, or before a person settled the report's date.
        """

        def may_be_unread(run: str | None) -> bool:
            return run is None or run_of is not None

        for report, run, _ in self._shelf.stream_reports(self._pin, may_be_unread):
            if run is None or (run_of and run_of(report) != run):
                yield report

    def report(self, name: str, *, as_of: AsOf = None) -> Report:
        """Return one report by its id, the beginning of it, or its own key.

        Raises `UsageError` where none is meant, or more than one.
        """
        pin = self._at(as_of)
        return self._shelf.reports_by_id(pin, [self._report_id(name, pin)])[0]

    def reports_named(self, ids: Iterable[str], *, as_of: AsOf = None) -> dict[str, Report]:
        """Return whole reports by their full ids, fetched many at once; unknown ones are left out.

        They come sorted by their ids.
        """
        pin = self._at(as_of)
        return {
            report.id: report
            for part in in_batches(sorted(set(ids)), REPORTS_PER_FETCH)
            for report in self._shelf.reports_by_id(pin, part)
        }

    def claims_of(
        self, happenings: Sequence[Happening], *, as_of: AsOf = None
    ) -> dict[str, list[Claim]]:
        """Return the claims of several happenings at once, by the happening's id."""
        claims = self._claims_of(list(happenings), self._at(as_of)) if happenings else []
        by_id = {claim.id: claim for claim in claims}
        return {one.id: [by_id[name] for name in one.claims] for one in happenings}

    def reports(
        self,
        *,
        source: str | None = None,
        language: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        unread: bool | None = None,
        dated: bool | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
    ) -> Rows[ReportSummary]:
        """Return reports without their texts, by day of publication."""
        filters = read_filters(since=since, until=until, limit=limit)
        parameters = {name: filters[name] for name in ("since", "until", "limit")}
        parameters |= {"source": source, "language": language, "unread": unread, "dated": dated}
        return self._shelf.rows(self._at(as_of), "report_summaries", REPORT_SUMMARIES, parameters)

    def sources(self, *, as_of: AsOf = None) -> Rows[SourceSummary]:
        """Return the outlets, with what the ledger holds of each."""
        return self._shelf.rows(self._at(as_of), "sources", SOURCE_SUMMARIES)

    def problems(self, *, as_of: AsOf = None) -> list[Problem]:
        """Return everything that was wrong with the input."""
        return list(self._shelf.rows(self._at(as_of), "problems", tables.PROBLEMS))

    def search(self, words: str, *, limit: int = 50, as_of: AsOf = None) -> list[Hit]:
        """Return the reports that hold all the words, title before text, newest first.

        Words in quotation marks must follow one another; a last `*` asks for a beginning. Case and
        accents do not matter.
        """
        terms = find_terms(words)
        if not terms:
            return []
        pin = self._at(as_of)
        ids = self._control.match(match_expression(terms), pin, limit)
        found = [
            report
            for part in in_batches(ids, REPORTS_PER_FETCH)
            for report in self._shelf.reports_by_id(pin, part)
        ]
        return [make_hit(report, terms) for report in found]

    # What they say ------------------------------------------------------------------------------

    def claims(
        self,
        *,
        who: str | Iterable[str] = (),
        what: str | Iterable[str] | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        voice: str | None = None,
        min: float | None = None,
        happening: str | None = None,
        report: str | None = None,
        reports: Iterable[str] | None = None,
        source: str | None = None,
        ids: Iterable[str] | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Rows[Claim]:
        """Return the claims of each report's newest run; `min` is the least score, 0…1.

        `happening`, `report` and `source` (an outlet's slug) narrow them to one of these, `ids` and
        `reports` (whole ids) to some; the other filters are those of `happenings`.
        """
        pin = self._at(as_of)
        parameters = read_filters(
            who=who, what=what, since=since, until=until, voice=voice, limit=limit
        )
        parameters["score"] = read_certainty(min)
        parameters["report"] = self._report_id(report, pin) if report else None
        parameters |= {"source": source or None, "offset": offset}
        parameters["ids"] = None if ids is None else sorted(ids)
        parameters["reports"] = None if reports is None else sorted(set(reports))
        step = "claims"
        if happening:
            narrowed = any(value is not None for value in parameters.values())
            one = self._happening_at(happening, pin)
            parameters["ids"] = list(one.claims)
            if not narrowed:
                step = "claims_of_reports"
                parameters = {"ids": list(one.claims), "reports": list(one.reports)}
        cite = partial(self.cite, as_of=self._control.snapshot(pin).id)
        return self._shelf.rows(pin, step, tables.CLAIMS, parameters, cite=cite)

    def cite(self, row: Citable | Iterable[Citable], *, as_of: AsOf = None) -> list[Cite]:
        """Return the words that a row rests on, as stored; a happening's leading claim first.

        A change rests on the claims of the snapshot that it names.
        """
        pin = self._at(as_of)
        rows = [row] if isinstance(row, Happening | Claim | Change) else list(row)
        claims = self._claims_of(rows, pin)
        texts: dict[str, Report] = {}
        for part in in_batches(reports_of(claims), REPORTS_PER_FETCH):
            quoted = self._shelf.rows(pin, "quoted_reports", tables.REPORTS, {"ids": part})
            texts |= {report.id: report for report in quoted}
        return [cite_claim(claim, texts[claim.report]) for claim in claims]

    def _claims_of(self, rows: Sequence[Citable], pin: int) -> list[Claim]:
        ids = sorted({id_ for row in rows if not isinstance(row, Claim) for id_ in row.claims})
        step, parameters = "claims_by_id", {"ids": ids}
        if ids and not any(isinstance(row, Change) for row in rows):
            reports = {id_ for row in rows if isinstance(row, Happening) for id_ in row.reports}
            step, parameters = "claims_of_reports", {"ids": ids, "reports": sorted(reports)}
        found = self._shelf.rows(pin, step, tables.CLAIMS, parameters) if ids else ()
        by_id = {claim.id: claim for claim in found}
        claims: list[Claim] = []
        for row in rows:
            if isinstance(row, Claim):
                claims.append(row)
            elif isinstance(row, Change):
                claims += [by_id[id_] for id_ in row.claims if id_ in by_id]
            else:
                of_row = [by_id[id_] for id_ in row.claims]
                claims += sorted(of_row, key=lambda claim: (claim.id != row.lead, claim.id))
        return claims

    def sql(self, query: str, *, as_of: AsOf = None) -> Rows[dict[str, Any]]:
        """Ask the ledger in SQL (DuckDB): one SELECT, which can read its tables and nothing else.

        Raises `UsageError` for anything else.
        """
        rows = self._shelf.ask(self._at(as_of), query)
        len(rows)  # a query that cannot be meant is refused here, not where its rows are used
        return rows

    # The ledger itself --------------------------------------------------------------------------

    def decisions(self, *, as_of: AsOf = None) -> list[Decision]:
        """Return all decisions in the order in which they were made."""
        return [decision for decision, _ in self._control.decisions(self._at(as_of))]

    def snapshot_at(self, as_of: str | date) -> Snapshot:
        """Return the snapshot meant by an id, its beginning, or a day; raises `UsageError`."""
        return self._control.snapshot(self._at(as_of))

    def snapshots(self) -> list[Snapshot]:
        """Return all snapshots, oldest first."""
        return self._control.snapshots()

    def intake(self) -> list[Intake]:
        """Return what each commit took in, oldest first."""
        return self._control.intake()

    def coverage(self, *, as_of: AsOf = None) -> Coverage:
        """Return what a snapshot rests on, in numbers."""
        pin = self._at(as_of)
        snapshot = self._control.snapshot(pin)
        answer = self._shelf.fetch(pin, "coverage", hold=True)
        counts = dict(zip(answer.columns, answer.rows[0], strict=True))
        lexicon = self.lexicon.hash if self.lexicon else None
        return msgspec.convert(
            {**counts, "snapshot": snapshot.id, "made": snapshot.made, "lexicon": lexicon}, Coverage
        )

    def verify(self) -> list[Problem]:
        """Check every promise of the ledger as of now; return what does not hold."""
        from chancery.ledger.verify import Verifier

        return Verifier(self._control, self._segments, self._shelf).verify()

    # Within -------------------------------------------------------------------------------------

    def _at(self, as_of: AsOf) -> int:
        return self._pin if as_of is None else self._control.resolve(as_of)

    def _report_id(self, name: str, pin: int | None = None) -> str:
        found = self._control.find_reports(name, self._pin if pin is None else pin)
        if name in found:
            return name
        return only_one(found, name, "report", "chancery search finds reports by their words")
