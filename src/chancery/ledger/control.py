"""The control file: which segments make which snapshot, what was decided, and the full text.

SQLite in WAL mode, so that readers go on while a writer commits. A commit is one transaction:
either a snapshot is wholly there, or it is not there at all.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.errors import LedgerDamaged, NotALedger, UsageError
from chancery.ledger.content import TOTAL_BYTES, add_up, name_snapshot
from chancery.ledger.filters import parse_days
from chancery.ledger.query import step
from chancery.ledger.segments import Segment
from chancery.model import Anchor, Decision, Report

VERSION: Final = 2
WAIT_SECONDS: Final = 60
"""How long a process waits for another's transaction; one takes milliseconds."""
IDS_PER_QUERY: Final = 500


class Snapshot(msgspec.Struct, frozen=True):
    """A dated state of the ledger: its id, its commit number, when it was made (UTC), and how."""

    id: str
    number: int
    made: str
    kind: str


class Intake(msgspec.Struct, frozen=True):
    """What one commit took in: of what, how many new, and how many already known."""

    number: int
    what: str
    new_count: int
    known_count: int


class Commit(msgspec.Struct, kw_only=True):
    """All that one commit brings."""

    kind: str
    digests: Sequence[int] = ()
    segments: Sequence[Segment] = ()
    reports: Sequence[Report] = ()
    problems: Sequence[str] = ()
    decisions: Sequence[Decision] = ()
    intake: Sequence[tuple[str, int, int]] = ()


class Control:
    """The control file, opened."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        try:
            self._open(path)
        except sqlite3.DatabaseError as error:
            raise LedgerDamaged(
                f"{path} cannot be read: {error}", hint="put the file back from a copy"
            ) from error

    def _open(self, path: Path) -> None:
        # The connection is shared between threads; the lock keeps their statements apart.
        self._sql = sqlite3.connect(
            path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._sql.row_factory = sqlite3.Row
        self._sql.execute("PRAGMA journal_mode = WAL")
        self._sql.execute("PRAGMA synchronous = FULL")
        self._prepare()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._sql.close()

    def _prepare(self) -> None:
        version = self._all("PRAGMA user_version")[0][0]
        if version == 0:
            self._sql.executescript(f"BEGIN IMMEDIATE;{step('control')};COMMIT;")
        elif version == 1:
            self._sql.executescript(f"BEGIN IMMEDIATE;{step('control_2')};COMMIT;")
        elif version != VERSION:
            raise NotALedger(
                f"control.sqlite is of version {version}; this program knows {VERSION}",
                hint="use the program that wrote it, or read the reports into a new ledger",
            )

    def _all(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._sql.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Do all or nothing."""
        with self._lock:
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield self._sql
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")

    def state(self) -> tuple[int, int]:
        """Return what is another whenever anybody has written to the file: nothing is read."""
        with self._lock:
            return int(self._all("PRAGMA data_version")[0][0]), self._sql.total_changes

    # Snapshots ----------------------------------------------------------------------------------

    def newest(self) -> int:
        """Return the number of the newest commit, 0 where there is none."""
        return int(self._all("SELECT coalesce(max(number), 0) FROM snapshots")[0][0])

    def total(self, number: int) -> int:
        """Return the sum of the digests of all content at a commit."""
        rows = self._all("SELECT total FROM snapshots WHERE number = ?", number)
        return int.from_bytes(rows[0][0], "big") if rows else 0

    def snapshot(self, number: int) -> Snapshot:
        """Return the snapshot that a commit made; the empty ledger is commit 0."""
        rows = self._all("SELECT id, number, made, kind FROM snapshots WHERE number = ?", number)
        return Snapshot(**rows[0]) if rows else Snapshot(name_snapshot(0), 0, "", "empty")

    def named(self, ids: Sequence[str]) -> list[Snapshot]:
        """Return the newest snapshot of each of these ids, newest first."""
        marks = ", ".join("?" * len(ids))
        rows = self._all(
            "SELECT id, max(number) AS number, made, kind FROM snapshots "  # noqa: S608
            f"WHERE id IN ({marks}) GROUP BY id ORDER BY number DESC",
            *ids,
        )
        return [Snapshot(**row) for row in rows]

    def snapshots(self) -> list[Snapshot]:
        """Return all snapshots, oldest first."""
        rows = self._all("SELECT id, number, made, kind FROM snapshots ORDER BY number")
        return [Snapshot(**row) for row in rows]

    def resolve(self, as_of: str | date) -> int:
        """Return the commit meant by a snapshot's id, its beginning, or a day (UTC).

        Raises `UsageError` where none is meant, or more than one.
        """
        words = str(as_of)
        if words.startswith("snp_"):
            return self._resolve_id(words)
        if re.fullmatch(r"\d{4}-\d\d-\d\dT.+", words):
            return self._resolve_instant(words)
        _, last = parse_days(words)
        return self._resolve_instant(_instant(datetime.combine(last, datetime.min.time(), UTC)
                                              + timedelta(days=1)))  # fmt: skip

    def _resolve_id(self, prefix: str) -> int:
        if prefix == name_snapshot(0):
            return 0
        rows = self._all(
            "SELECT id, max(number) AS number FROM snapshots WHERE substr(id, 1, ?) = ? "
            "GROUP BY id",
            len(prefix),
            prefix,
        )
        if len(rows) != 1:
            many = "more than one snapshot begins with" if rows else "no snapshot"
            raise UsageError(f"{many} {prefix!r}", hint="chancery log lists the snapshots")
        return int(rows[0]["number"])

    def _resolve_instant(self, instant: str) -> int:
        rows = self._all("SELECT max(number) FROM snapshots WHERE made < ?", instant)
        if rows[0][0] is None:
            raise UsageError(
                f"no snapshot is as old as {instant}", hint="chancery log lists the snapshots"
            )
        return int(rows[0][0])

    def commit(self, commit: Commit) -> int:
        """Make one snapshot; return its number."""
        with self.transaction() as sql:
            number = self.newest() + 1
            total = add_up(self.total(number - 1), commit.digests)
            self._insert_segments(commit.segments)
            self._insert_reports(number, commit.reports)
            sql.executemany(
                "INSERT OR IGNORE INTO problem_index VALUES (?, ?)",
                [(digest, number) for digest in commit.problems],
            )
            sql.executemany(
                "INSERT INTO decisions "
                "(id, about, verdict, reason, who, made, undoes, anchors, added) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(*_decision_values(decision), number) for decision in commit.decisions],
            )
            sql.executemany(
                "INSERT INTO intake VALUES (?, ?, ?, ?)",
                [(number, *counts) for counts in commit.intake],
            )
            sql.execute(
                "INSERT INTO snapshots VALUES (?, ?, ?, ?, ?)",
                (
                    number,
                    name_snapshot(total),
                    total.to_bytes(TOTAL_BYTES, "big"),
                    _instant(datetime.now(UTC)),
                    commit.kind,
                ),
            )
        return number

    def intake(self) -> list[Intake]:
        """Return what each commit took in, oldest first."""
        return [Intake(**row) for row in self._all("SELECT * FROM intake ORDER BY number, what")]

    # Segments -----------------------------------------------------------------------------------

    def segments(self, *, live: bool = True) -> list[Segment]:
        """Return the live segments, or with `live=False` the retired ones as well."""
        rows = self._all(
            "SELECT name, table_name, row_count, byte_count, sha256, added_first, added_last, "
            "retired_in FROM segments WHERE retired_in IS NULL OR NOT ? ORDER BY name",
            live,
        )
        return [Segment(**row) for row in rows]

    def replace(self, merged: Segment, replaced: Iterable[Segment], compaction: int) -> None:
        """Put a merged segment in the place of those it was merged from."""
        with self.transaction() as sql:
            self._insert_segments([merged])
            sql.executemany(
                "UPDATE segments SET retired_in = ? WHERE name = ?",
                [(compaction, segment.name) for segment in replaced],
            )

    def begin_compaction(self) -> int:
        """Return the number of a new compaction."""
        with self.transaction() as sql:
            cursor = sql.execute("INSERT INTO compactions DEFAULT VALUES")
            return int(cursor.lastrowid or 0)

    def forget_retired(self, before: int) -> None:
        """Forget the segments retired by a compaction earlier than this one."""
        with self.transaction() as sql:
            sql.execute("DELETE FROM segments WHERE retired_in < ?", (before,))

    def _insert_segments(self, segments: Iterable[Segment]) -> None:
        self._sql.executemany(
            "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [msgspec.structs.astuple(segment) for segment in segments],
        )

    # Reports and full text ----------------------------------------------------------------------

    def known_reports(self, ids: Sequence[str]) -> set[str]:
        """Return those of the ids that the ledger holds."""
        return self._known("SELECT report FROM report_index WHERE report IN ({})", ids)

    def known_problems(self, digests: Sequence[str]) -> set[str]:
        """Return those of the problems' digests that the ledger holds."""
        return self._known("SELECT digest FROM problem_index WHERE digest IN ({})", digests)

    def _known(self, query: str, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(ids), IDS_PER_QUERY):
            part = ids[start : start + IDS_PER_QUERY]
            marks = ", ".join("?" * len(part))
            found.update(row[0] for row in self._all(query.format(marks), *part))
        return found

    def find_reports(self, name: str, number: int) -> list[str]:
        """Return the reports whose id begins with a name, or whose own key it is."""
        beginning = name if name.startswith("rep_") else None
        rows = self._all(
            "SELECT report FROM report_index WHERE added <= ? "
            "AND ((report >= ? AND report < ? || 'g') OR key = ?) ORDER BY report",
            number,
            beginning,
            beginning,
            name,
        )
        return [row[0] for row in rows]

    def taken_in(self, report: str) -> int:
        """Return the commit that brought a report, by its whole id; 0 where none did."""
        rows = self._all("SELECT added FROM report_index WHERE report = ?", report)
        return int(rows[0][0]) if rows else 0

    def match(self, expression: str, number: int, limit: int) -> list[str]:
        """Return the reports that match a full-text expression, title before text, newest first."""
        rows = self._all(step("search"), expression, expression, number, limit)
        return [row["report"] for row in rows]

    def indexed_count(self) -> int:
        """Return how many reports the full-text index holds."""
        return int(self._all("SELECT count(*) FROM report_words")[0][0])

    def indexed(self, ids: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
        """Return the key and the last day that each of these reports is indexed under."""
        marks = ", ".join("?" * len(ids))
        query = f"SELECT report, key, day FROM report_index WHERE report IN ({marks})"  # noqa: S608
        return {row["report"]: (row["key"], row["day"]) for row in self._all(query, *ids)}

    def damage(self) -> str:
        """Say what SQLite finds wrong with the file or its full text; nothing where all is well."""
        try:
            found = [str(row[0]) for row in self._all("PRAGMA quick_check")]
            self._all("INSERT INTO report_words (report_words) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            return str(error)
        return "" if found == ["ok"] else "; ".join(found)

    def reindex(self, reports: Iterable[tuple[Report, int]]) -> None:
        """Make the full-text index anew from reports and the commits that brought them."""
        with self.transaction() as sql:
            sql.execute("INSERT INTO report_words (report_words) VALUES ('delete-all')")
            sql.execute("DELETE FROM report_index")
            for report, number in reports:
                self._insert_reports(number, [report])

    def _insert_reports(self, number: int, reports: Iterable[Report]) -> None:
        for report in reports:
            cursor = self._sql.execute(
                "INSERT INTO report_index (report, key, day, added) VALUES (?, ?, ?, ?)",
                (report.id, *index_entry(report), number),
            )
            body = report.text[len(report.title) :] if report.title else report.text
            self._sql.execute(
                "INSERT INTO report_words (rowid, title, body) VALUES (?, ?, ?)",
                (cursor.lastrowid, report.title, body),
            )

    # Decisions ----------------------------------------------------------------------------------

    def decisions(self, number: int) -> list[tuple[Decision, int]]:
        """Return the decisions made until a commit, in their order, with their commits."""
        rows = self._all(
            "SELECT id, about, verdict, reason, who, made, undoes, anchors, added FROM decisions "
            "WHERE added <= ? ORDER BY number",
            number,
        )
        return [(_decision(row), int(row["added"])) for row in rows]


def index_entry(report: Report) -> tuple[str | None, str | None]:
    """Return what a report is indexed under: its own key, and its last day of publication."""
    day = report.published.last or report.published.first
    return report.key, str(day) if day else None


def _decision(row: sqlite3.Row) -> Decision:
    fields: dict[str, Any] = {name: row[name] for name in Decision.__struct_fields__}
    fields["anchors"] = msgspec.json.decode(row["anchors"], type=tuple[Anchor, ...])
    return Decision(**fields)


def _decision_values(decision: Decision) -> tuple[Any, ...]:
    *plain, anchors = msgspec.structs.astuple(decision)
    return (*plain, msgspec.json.encode(anchors).decode())


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
