"""Everything that changes the ledger: one commit at a time, under the lease.

A commit writes its Parquet files aside, syncs and renames them, and then names them in a single
transaction of the control file. Whatever happens in between, the ledger holds all of a commit or
nothing of it; files of a commit that never came to be are swept by the next writer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec

from chancery.errors import Problem, UsageError
from chancery.ledger import tables
from chancery.ledger.content import digest_decision, digest_reading, digest_report
from chancery.ledger.control import Commit, Control
from chancery.ledger.lease import Lease
from chancery.ledger.query import Answer
from chancery.ledger.segments import Segment, Segments
from chancery.ledger.summaries import Added, Recorded
from chancery.ledger.tables import TABLES, Row, encode, tables_of
from chancery.model import (
    Claim,
    Decision,
    Forecast,
    HeldState,
    Reading,
    Reason,
    Report,
    SameSource,
    Statement,
)

REPORTS_PER_COMMIT: Final = 256
READINGS_PER_COMMIT: Final = 64
"""What is lost at most where the process is killed: one batch, which is then read again."""
SMALL_SEGMENT_BYTES: Final = 32 << 20
MOST_SMALL_SEGMENTS: Final = 64
"""More small segments of one table than this are merged into one, so that queries stay quick."""

T = TypeVar("T")
Named = TypeVar("Named", Claim, Statement, Reason, Forecast, HeldState, SameSource)
Fetch = Callable[[int, str, Mapping[str, Any]], Answer]


class Writer:
    """Writes to one ledger; `fetch` runs a named step as of a commit."""

    def __init__(self, control: Control, segments: Segments, lease: Lease, fetch: Fetch) -> None:
        self._control = control
        self._segments = segments
        self._lease = lease
        self._fetch = fetch

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lease; whoever takes it first sweeps what a dead process has left."""
        with self._lease.hold() as first:
            if first:
                self._segments.sweep(s.name for s in self._control.segments(live=False))
            yield

    def add(self, items: Iterable[Report | Problem]) -> Added:
        """Keep each report once, and each problem once; one snapshot a batch."""
        total = Added()
        with self.writing():
            for batch in in_batches(items, REPORTS_PER_COMMIT):
                total = _sum(total, self._add_batch(batch))
        return total

    def _add_batch(self, items: Sequence[Report | Problem]) -> Added:
        checked = [check_unicode(item) for item in items]
        reports = {item.id: item for item in checked if isinstance(item, Report)}
        known = self._control.known_reports(list(reports))
        new = [report for id_, report in reports.items() if id_ not in known]
        problems = self._new_problems([item for item in checked if isinstance(item, Problem)])
        known_count = sum(isinstance(item, Report) for item in checked) - len(new)
        self._commit(
            Commit(
                kind="add",
                digests=[digest_report(report) for report in new],
                reports=new,
                problems=list(problems),
                intake=[("reports", len(new), known_count), ("problems", len(problems), 0)],
            ),
            {"reports": map(report_row, new), "problems": map(problem_row, problems.values())},
        )
        return Added(new=len(new), known=known_count, problems=len(problems))

    def record(self, readings: Iterable[Reading]) -> Recorded:
        """Keep readings, each run of a report once; one snapshot a batch.

        Raises `UsageError` for a reading of a report that the ledger does not hold.
        """
        total = Recorded()
        with self.writing():
            for batch in in_batches(readings, READINGS_PER_COMMIT):
                total = _sum(total, self._record_batch(batch))
        return total

    def _record_batch(self, readings: Sequence[Reading]) -> Recorded:
        readings = [settle_reading(check_words(reading)) for reading in readings]
        self._check_held(readings)
        runs = self._runs_of(readings)
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        digests, counted, found = [], [], []
        for reading in readings:
            past = runs.setdefault(reading.report, [])
            if past and past[-1] == reading.run:
                continue
            rows["readings"].append(reading_row(reading, len(past)))
            digests.append(digest_reading(reading, len(past)))
            if reading.run not in past:
                fill_rows(rows, reading)
                counted.append(reading)
                found += [_of_report(problem, reading.report) for problem in reading.problems]
            past.append(reading.run)
        problems = self._new_problems(found)
        rows["problems"] = [problem_row(problem) for problem in problems.values()]
        new_count = len(rows["readings"])
        self._commit(
            Commit(
                kind="record",
                digests=digests,
                problems=list(problems),
                intake=[
                    ("readings", new_count, len(readings) - new_count),
                    ("problems", len(problems), 0),
                ],
            ),
            rows,
        )
        return Recorded(
            read=sum(reading.unread is None for reading in counted),
            unread=sum(reading.unread is not None for reading in counted),
            claims=len(rows["claims"]),
            statements=len(rows["statements"]),
            problems=len(problems),
        )

    def decide(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Keep decisions, each once, in one snapshot; return those that were new."""
        with self.writing():
            held = {made.id for made, _ in self._control.decisions(self._control.newest())}
            new = [
                one for id_, one in {one.id: one for one in decisions}.items() if id_ not in held
            ]
            if new:
                self._commit(
                    Commit(
                        kind="decide",
                        digests=[digest_decision(decision) for decision in new],
                        decisions=new,
                        intake=[("decisions", len(new), len(decisions) - len(new))],
                    ),
                    {},
                )
        return new

    def compact(self, most: int = 1) -> None:
        """Merge the small segments of each table that has more than `most` of them.

        Merged segments are retired, and deleted by a later compaction, so that whoever reads them
        now goes on undisturbed.
        """
        with self.writing():
            live = self._control.segments()
            crowded = {
                name: small
                for name in TABLES
                if len(small := [s for s in live if s.table_name == name and _is_small(s)]) > most
            }
            if not crowded:
                return
            compaction = self._control.begin_compaction()
            self._control.forget_retired(compaction)
            self._segments.sweep(s.name for s in self._control.segments(live=False))
            for name, small in crowded.items():
                merged = self._segments.merge(TABLES[name], small)
                self._control.replace(merged, small, compaction)

    def _commit(self, commit: Commit, rows: Mapping[str, Iterable[Row]]) -> None:
        number = self._control.newest() + 1
        written = [
            self._segments.write(TABLES[name], number, ({**row, "added": number} for row in part))
            for name, part in rows.items()
        ]
        commit.segments = [segment for segment in written if segment]
        if commit.segments or commit.decisions:
            self._control.commit(commit)
            self.compact(MOST_SMALL_SEGMENTS)

    def _new_problems(self, problems: Sequence[Problem]) -> dict[str, Problem]:
        found = {_digest(problem): problem for problem in problems}
        known = self._control.known_problems(list(found))
        return {digest: problem for digest, problem in found.items() if digest not in known}

    def _check_held(self, readings: Sequence[Reading]) -> None:
        ids = sorted({reading.report for reading in readings})
        strangers = sorted(set(ids) - self._control.known_reports(ids))
        if strangers:
            raise UsageError(
                f"a reading of a report that this ledger does not hold: {strangers[0]}",
                hint="add the reports first, then record their readings",
            )

    def _runs_of(self, readings: Sequence[Reading]) -> dict[str, list[str]]:
        ids = sorted({reading.report for reading in readings})
        answer = self._fetch(self._control.newest(), "runs_of_reports", {"ids": ids})
        return {report: list(runs) for report, runs in answer.rows}


def report_row(report: Report) -> Row:
    """Return a report's row, with the sketch that finds its copies."""
    from chancery.sketch import sketch

    return encode(tables.REPORTS, report, sketch=list(sketch(report.text)))


def problem_row(problem: Problem) -> Row:
    """Return a problem's row."""
    return encode(tables.PROBLEMS, problem)


def reading_row(reading: Reading, ordinal: int) -> Row:
    """Return the row that says a report was read for the `ordinal`-th time (from 0)."""
    return {
        "report": reading.report,
        "run": reading.run,
        "ordinal": ordinal,
        "unread": reading.unread,
        "mention_count": len(reading.mentions),
        "time_count": len(reading.times),
        "statement_count": len(reading.statements),
        "claim_count": len(reading.claims),
    }


def fill_rows(rows: dict[str, list[Row]], reading: Reading) -> None:
    """Add the rows of all that a reading found; `ordinal` keeps their order within it."""
    for table, nouns in tables_of(reading):
        rows[table.name] += [
            encode(table, noun, report=reading.report, run=reading.run, ordinal=ordinal)
            for ordinal, noun in enumerate(nouns)
        ]


def check_words(reading: Reading) -> Reading:
    """Return the reading, or one that says why not where it holds what no noun can.

    A type, standing or basis that is not of its list, or a value of another kind.
    """
    try:
        msgspec.convert(msgspec.to_builtins(reading), Reading)
    except msgspec.ValidationError as error:
        problem = Problem(
            stage="ledger",
            code="bad-reading",
            message=f"the reader gave what cannot be kept: {error}",
            place=reading.report,
            hint="the report is kept unread; mend the reader and read again",
            report=reading.report,
        )
        return Reading(
            report=reading.report, run=reading.run, problems=(problem,), unread=problem.message
        )
    return reading


def settle_reading(reading: Reading) -> Reading:
    """Return a reading as it is kept: each noun with an id once, and all of its own run.

    Raises `UsageError` for one that says what another report says.
    """
    nouns: tuple[Statement | Claim | Reason | Forecast | HeldState | SameSource, ...] = (
        *reading.statements,
        *reading.claims,
        *reading.reasons,
        *reading.forecasts,
        *reading.states,
        *reading.same_sources,
    )
    for noun in nouns:
        if noun.report != reading.report:
            raise UsageError(
                f"{noun.id} is of {noun.report}, but stands in a reading of {reading.report}",
                hint="a reading holds what was found in its own report",
            )
    claims = [msgspec.structs.replace(claim, run=reading.run) for claim in reading.claims]
    return msgspec.structs.replace(
        reading,
        claims=_once(claims),
        statements=_once(reading.statements),
        reasons=_once(reading.reasons),
        forecasts=_once(reading.forecasts),
        states=_once(reading.states),
        same_sources=_once(reading.same_sources),
    )


def check_unicode(item: Report | Problem) -> Report | Problem:
    """Return the item, or a problem in its place where it holds half a character.

    Half a surrogate pair can be written in JSON, but is no text: no file could hold it.
    """
    try:
        msgspec.json.encode(item)
    except UnicodeEncodeError:
        if isinstance(item, Problem):
            return Problem(**{name: _whole(value) for name, value in _fields(item)})
        return Problem(
            stage="ledger",
            code="half-character",
            message="the report holds half a character (a lone surrogate) and was not kept",
            place=_whole(item.key or item.url or item.source or item.id),
            hint="write the file as UTF-8 again",
        )
    return item


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists of at most `size`."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def _once(nouns: Iterable[Named]) -> tuple[Named, ...]:
    kept: dict[str, Named] = {}
    for noun in nouns:
        kept.setdefault(noun.id, noun)
    return tuple(kept.values())


def _is_small(segment: Segment) -> bool:
    return segment.byte_count < SMALL_SEGMENT_BYTES


def _of_report(problem: Problem, report: str) -> Problem:
    return problem if problem.report else msgspec.structs.replace(problem, report=report)


def _digest(problem: Problem) -> str:
    return hashlib.sha256(msgspec.json.encode(problem)).hexdigest()


def _fields(struct: msgspec.Struct) -> list[tuple[str, Any]]:
    return list(msgspec.structs.asdict(struct).items())


def _whole(words: Any) -> Any:
    return words and words.encode("utf-8", "backslashreplace").decode("utf-8")


def _sum(first: T, second: T) -> T:
    pairs = zip(
        msgspec.structs.astuple(first),  # type: ignore[arg-type]
        msgspec.structs.astuple(second),  # type: ignore[arg-type]
        strict=True,
    )
    return type(first)(*(one + other for one, other in pairs))
