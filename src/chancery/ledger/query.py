"""The only door to DuckDB: named SQL steps over the ledger's Parquet files, and the sandbox.

DuckDB runs in memory, one instance a ledger. What a query may see is set as variables of its own
cursor (the files of each table, the commit it is pinned to), so that any number of snapshots can
be read side by side over one fixed set of views. One cursor serves one query, because a result
that is not drained blocks the cursor it came from.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import msgspec

from chancery.errors import ChanceryError, LedgerDamaged, UsageError
from chancery.ledger.standby import Answers, Cursors
from chancery.ledger.tables import RETIRED, Table
from chancery.ledger.views import Scope as Scope
from chancery.ledger.views import all_files, make_views, set_scope
from chancery.ledger.views import step as step

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")

SETTINGS: Final[Mapping[str, str | int]] = {
    "threads": 2,
    "memory_limit": "512MB",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}
"""Kept small so that the whole program stays within 1.5 GB, and closed: no Python variable can be
read as a table, no extension is fetched, nothing is spilled into the folder one is in."""

USUAL_LINE_BYTES: Final = 16 << 20
"""DuckDB makes its buffers for the longest line it is told to expect, so it is told no more."""
ROWS_PER_GROUP: Final = {"reports": 2048, "claims": 8192, "happenings": 8192}
"""Small groups for what is looked up one by one, and for texts, so that fetching one decodes few
others; happenings lie by day as well, so that a page of them touches few groups. In these tables
every column has a dictionary, for with it comes a filter that tells which groups lack an id."""
USUAL_ROWS_PER_GROUP: Final = 16384


WORKROOM_MEMORY: Final = "1GB"
"""So that an import stays within 2 GB."""


class QueryFailed(ChanceryError):  # noqa: N818
    """DuckDB refused a statement of this program over files of the user."""


class Answer(msgspec.Struct, frozen=True):
    """The drained result of one query: the columns' names and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Look(Protocol):
    """Finds what a query may see; `anew` where a file of the scope found before was gone."""

    def __call__(self, *, anew: bool = False) -> Scope: ...  # noqa: D102


class Lines(msgspec.Struct, frozen=True):
    """A file of JSON Lines: how many there are, and how many bytes the longest has."""

    path: Path
    count: int
    longest: int


class Door:
    """Runs steps and writes Parquet; `empty` is the folder with one empty file for each table.

    Two databases in memory are opened when first needed: one answers steps, and a fenced one
    answers users' queries.
    """

    def __init__(self, empty: Path) -> None:
        self._empty = empty
        self._lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._allowed: list[str] = []
        self._fenced: duckdb.DuckDBPyConnection | None = None
        self._cursors: Cursors[Scope, duckdb.DuckDBPyConnection] = Cursors()
        self._answers: Answers[Scope, Answer] = Answers()

    def fetch(
        self, name: str, look: Look, parameters: Mapping[str, Any], *, hold: bool = False
    ) -> Answer:
        """Run one step and drain it; `look` is asked again where a file has meanwhile gone.

        With `hold`, an answer given before is given again; its rows must not be changed.
        """

        def run(anew: bool) -> Answer:
            scope = look(anew=anew)
            found = self._answers.find(scope, name, parameters) if hold else None
            if found is None:
                found = self._ask_in(scope, step(name), parameters)
                if hold:
                    self._answers.hold(scope, name, parameters, found)
            return found

        return self._retry(run)

    def _ask_in(self, scope: Scope, query: str, parameters: Mapping[str, Any]) -> Answer:
        cursor = self._cursors.take(scope) or self._cursor(scope)
        try:
            answer = _drain(cursor, query, parameters)
        except BaseException:
            cursor.close()
            raise
        self._cursors.give(scope, cursor)
        return answer

    def capsule(
        self, query: str, look: Look, parameters: Mapping[str, Any], schema: object
    ) -> object:
        """Run a query and hand it out as an Arrow stream (PyCapsule interface)."""

        def run(anew: bool) -> object:
            relation = self._cursor(look(anew=anew)).sql(query, params=dict(parameters))
            return relation.__arrow_c_stream__(schema)

        return self._retry(run)

    def frame(self, query: str, look: Look, parameters: Mapping[str, Any]) -> Any:
        """Run a query and give it as a pandas data frame."""
        return self._retry(
            lambda anew: self._cursor(look(anew=anew)).execute(query, dict(parameters)).df()
        )

    def write(self, lines: Lines, target: Path, table: Table) -> None:
        """Turn a file of JSON Lines into a Parquet file."""
        largest = max(lines.longest, USUAL_LINE_BYTES)
        parameters = {"lines": str(lines.path), "largest": largest}
        columns = ", ".join(f"'{column.name}': '{column.type}'" for column in table.columns)
        self._copy(step("read_lines").replace("{columns}", columns), target, table, parameters)

    def merge(self, sources: Sequence[Path], target: Path, table: Table) -> None:
        """Turn several Parquet files into one, keeping the order of their commits."""
        self._copy(step("merge"), target, table, {"files": [str(source) for source in sources]})

    def fold(
        self, layers: Sequence[Path], retired: Sequence[Path], target: Path, table: Table, *,
        keep: bool,
    ) -> None:  # fmt: skip
        """Turn several layers of a derived table into one, without the rows that were retired.

        Of the table of what was retired itself, all is kept, or nothing.
        """
        parameters: dict[str, Any] = {"retired": [str(path) for path in retired]}
        if table is RETIRED:
            self._copy(step("fold_retired"), target, table, {**parameters, "keep": keep})
            return
        parameters["files"] = [str(path) for path in layers]
        self._copy(step("fold"), target, table, parameters)

    def make(self, name: str, look: Look, target: Path, parameters: Mapping[str, Any]) -> None:
        """Keep what one step gives in a Parquet file."""
        query = (
            step("copy").replace("{select}", step(name)).replace("{target}", _quote(str(target)))
            .replace("{rows}", str(USUAL_ROWS_PER_GROUP))
        )  # fmt: skip
        self._retry(lambda anew: self._ask_in(look(anew=anew), query, parameters))

    def write_empty(self, table: Table, target: Path) -> None:
        """Write a Parquet file that has the table's columns and no row."""
        columns = ", ".join(f"CAST(NULL AS {column.type}) AS {column.name}"
                            for column in table.columns)  # fmt: skip
        self._copy(f"SELECT {columns} WHERE false", target, table, {})

    def ask(self, query: str, look: Look) -> Answer:
        """Run a user's query in the sandbox.

        It may read this ledger's own files and nothing else, and change nothing: raises
        `UsageError` for anything but one SELECT, and for a query that DuckDB refuses.
        """
        statement = self._only_select(query)

        def run(anew: bool) -> Answer:
            cursor = self._sandbox(look(anew=anew))
            try:
                return _drain(cursor, statement, {})
            finally:
                cursor.close()

        return self._retry(lambda anew: _refuse_kindly(lambda: run(anew)))

    def ask_capsule(self, query: str, look: Look, schema: object) -> object:
        """Run a user's query in the sandbox and hand it out as an Arrow stream."""
        statement = self._only_select(query)

        def run(anew: bool) -> object:
            return self._sandbox(look(anew=anew)).sql(statement).__arrow_c_stream__(schema)

        return self._retry(lambda anew: _refuse_kindly(lambda: run(anew)))

    def ask_frame(self, query: str, look: Look) -> Any:
        """Run a user's query in the sandbox and give it as a pandas data frame."""
        statement = self._only_select(query)
        return self._retry(lambda anew: _refuse_kindly(
            lambda: self._sandbox(look(anew=anew)).execute(statement).df()))  # fmt: skip

    def _only_select(self, query: str) -> str:
        import duckdb

        statements = _refuse_kindly(lambda: self._connect().cursor().extract_statements(query))
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError(
                "only one SELECT may be asked of the ledger",
                hint="the ledger is never changed by SQL; write one SELECT, FROM or DESCRIBE",
            )
        return str(statements[0].query)

    def close(self) -> None:
        """Let go of the memory."""
        self._answers.clear()
        self._cursors.clear()
        with self._lock:
            for connection in (self._connection, self._fenced):
                if connection is not None:
                    connection.close()
            self._connection = self._fenced = None

    def _retry(self, run: Callable[[bool], T]) -> T:
        import duckdb

        # Between our reading the manifest and DuckDB's opening a file, a writer may have merged
        # segments. The rows of a snapshot are the same in the merged one: ask again.
        unreadable = (duckdb.IOException, duckdb.InvalidInputException)
        try:
            return run(False)
        except unreadable:
            try:
                return run(True)
            except unreadable as error:
                raise LedgerDamaged(
                    f"a file of the ledger cannot be read: {_first_line(error)}",
                    hint="chancery verify names every damaged file",
                ) from error

    def _copy(self, select: str, target: Path, table: Table, parameters: Mapping[str, Any]) -> None:
        rows = ROWS_PER_GROUP.get(table.name, USUAL_ROWS_PER_GROUP)
        dictionary = f", DICTIONARY_SIZE_LIMIT {rows}" if table.name in ROWS_PER_GROUP else ""
        if table.order:
            select = f"FROM ({select}) ORDER BY {table.order}"
        query = (
            step("copy").replace("{select}", select)
            .replace("{target}", _quote(str(target))).replace("{rows}", f"{rows}{dictionary}")
        )  # fmt: skip
        cursor = _plain_database().cursor()
        cursor.execute(query, dict(parameters)).fetchall()
        cursor.close()

    def _cursor(self, scope: Scope) -> duckdb.DuckDBPyConnection:
        cursor = self._connect().cursor()
        set_scope(cursor, scope, self._empty)
        return cursor

    def _connect(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._connection is None:
                connection = _open_database()
                set_scope(connection, Scope(0, {}), self._empty)
                make_views(connection)
                self._connection = connection
            return self._connection

    def _sandbox(self, scope: Scope) -> duckdb.DuckDBPyConnection:
        files = all_files(scope, self._empty).values()
        allowed = sorted({path for paths in files for path in paths})
        with self._lock:
            if self._fenced is None or self._allowed != allowed:
                self._fenced, self._allowed = _open_fenced(allowed, scope, self._empty), allowed
            cursor = self._fenced.cursor()
        set_scope(cursor, scope, self._empty)
        return cursor


class Workroom:
    """A database of its own for files beside the ledger's tables, such as layers of data sets.

    It has more room than the ledger's, and spills what does not fit into a folder of the caller's.
    Whoever uses it brings the SQL along.
    """

    def __init__(self, spill: Path, *, memory: str = WORKROOM_MEMORY) -> None:
        import duckdb

        settings = {**SETTINGS, "memory_limit": memory, "temp_directory": str(spill)}
        self._connection = duckdb.connect(config=dict[str, Any](settings))

    def run(self, query: str, parameters: Mapping[str, Any] | None = None) -> Answer:
        """Run one statement and drain it; raises `QueryFailed` where DuckDB refuses it."""
        import duckdb

        try:
            result = self._connection.execute(query, dict(parameters or {}))
            columns = tuple(str(column[0]) for column in result.description or ())
            return Answer(columns, result.fetchall() if columns else [])
        except duckdb.Error as error:
            raise QueryFailed(_first_line(error)) from error

    @contextmanager
    def beside(self) -> Iterator[Workroom]:
        """Give a second desk in the room, for another thread: its own views, the same tables."""
        other = copy(self)
        other._connection = self._connection.cursor()
        try:
            yield other
        finally:
            other.close()

    def remember(self, name: str, value: object) -> None:
        """Set a variable that later statements read with `getvariable`."""
        self._connection.execute(f"SET VARIABLE {name} = $value", {"value": value}).fetchall()

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()


def _open_fenced(allowed: list[str], scope: Scope, empty: Path) -> duckdb.DuckDBPyConnection:
    """Open a database that can read these files and no other, and never will."""
    connection = _open_database()
    connection.execute("SET allowed_paths = $allowed", {"allowed": allowed}).fetchall()
    set_scope(connection, scope, empty)
    make_views(connection)
    connection.execute("SET enable_external_access = false").fetchall()
    connection.execute("SET lock_configuration = true").fetchall()
    return connection


@cache
def _plain_database() -> duckdb.DuckDBPyConnection:
    """One database that holds nothing and only writes files, for all ledgers of the process."""
    return _open_database()


def _open_database() -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(config=dict(SETTINGS))


def _drain(cursor: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any]) -> Answer:
    result = cursor.execute(query, dict(parameters))
    columns = tuple(str(column[0]) for column in result.description or ())
    return Answer(columns, result.fetchall())


def _refuse_kindly(run: Callable[[], T]) -> T:
    """Turn what DuckDB says of a user's query into a `UsageError`; a missing file is no such."""
    import duckdb

    try:
        return run()
    except duckdb.IOException:
        raise
    except duckdb.Error as error:
        raise UsageError(str(error).strip(), hint=_TABLES_HINT) from error


_TABLES_HINT: Final = (
    "tables: reports, claims, all_claims, statements, reasons, forecasts, states, traits, "
    "contexts, same_sources, signatures, mentions, times, happenings, joins, links, rivals, "
    "outcomes, ties, sayings, tellings, decisions, readings, problems"
)


def _quote(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
