"""What a user may ask in SQL, and the fence round it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.tables import DECISIONS, TABLES
from chancery.model import Report

Tell = Callable[..., Report]
TABLE_NAMES = (
    "reports", "claims", "all_claims", "statements", "mentions", "times", "happenings", "joins",
    "decisions", "readings", "problems",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_column_can_be_named_without_quotes(shared_ledger: Ledger, table: str) -> None:
    names = [row["column_name"] for row in shared_ledger.sql(f"DESCRIBE {table}")]
    listed = ", ".join(names)
    query = f"SELECT {listed} FROM {table} ORDER BY {listed}"  # noqa: S608 -- own names
    assert list(shared_ledger.sql(query).columns) == names


def test_no_column_is_a_reserved_word() -> None:
    with duckdb.connect() as connection:
        reserved = {
            row[0]
            for row in connection.execute(
                "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
            ).fetchall()
        }
    names = {
        column.name
        for table in (*TABLES.values(), DECISIONS)
        for each in table.columns
        for column in (each, *each.items)
    }
    assert not names & reserved


def test_sql_sees_what_was_decided(ledger: Ledger, tell: Tell) -> None:
    report = tell(when="2020", published=None)
    ledger.decide(report.id, "date 2020-05", who="me")
    (row,) = ledger.sql("SELECT published_first, published_last, date_decided FROM reports")
    assert [str(value) for value in row.values()] == ["2020-05-01", "2020-05-31", "True"]
    (row,) = ledger.sql("SELECT about, verdict FROM decisions")
    assert row == {"about": report.id, "verdict": "date 2020-05"}


def test_sql_as_of_an_old_snapshot(ledger: Ledger, tell: Tell) -> None:
    tell("One\nWashington met Minsk on Monday")
    old = ledger.snapshot.id
    tell("Two\nWashington met Minsk on Monday")
    count = "SELECT count(*) AS n FROM happenings"
    assert [ledger.sql(count, as_of=as_of)[0]["n"] for as_of in (old, None)] == [1, 2]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT 1; SELECT 2",
        "SELEC 1",
        "SELECT * FROM nothing",
        "DROP VIEW claims",
        "CREATE TABLE t AS SELECT 1",
        "INSERT INTO stored_claims SELECT * FROM stored_claims",
        "COPY (SELECT 1) TO 'out.csv'",
        "EXPLAIN ANALYZE SELECT 1",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 8",
        "SET VARIABLE claims_files = ['/etc/passwd']",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "SELECT * FROM read_text('{control}')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('{elsewhere}')",
        "SELECT * FROM local_rows",
        "SELECT getenv('HOME')",
        "SELECT (SELECT content FROM read_text('/etc/passwd'))",
        "WITH t AS (SELECT * FROM read_blob('/etc/passwd')) SELECT * FROM t",
        "SELECT * FROM read_json('/etc/passwd')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('{elsewhere}')",
        "SELECT * FROM read_text('{control}/../segments/../control.sqlite')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "SELECT * FROM query('SELECT content FROM read_text(''/etc/passwd'')')",
        "SELECT 1; ATTACH 'other.db'",
        "ATTACH '{control}' (TYPE sqlite)",
        "COPY claims TO '{elsewhere}'",
        "COPY stored_claims FROM '{elsewhere}'",
        "EXPORT DATABASE '{elsewhere}.d'",
        "PRAGMA enable_external_access = true",
        "RESET enable_external_access",
        "SET allowed_paths = ['/etc/passwd']",
        "CREATE MACRO f() AS TABLE SELECT * FROM read_text('/etc/passwd')",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "USE memory",
        "BEGIN",
        "SELECT * FROM sql_auto_complete('x')",
    ],
)
def test_sql_can_do_nothing_else(shared_ledger: Ledger, tmp_path: Path, query: str) -> None:
    local_rows = {"secret": [1]}
    assert local_rows
    elsewhere = tmp_path / "elsewhere.parquet"
    duckdb.connect().execute(f"COPY (SELECT 1 AS a) TO '{elsewhere}'").fetchall()
    control = shared_ledger.path / "control.sqlite"
    with pytest.raises(UsageError):
        list(shared_ledger.sql(query.format(control=control, elsewhere=elsewhere)))
    assert not Path("out.csv").exists()
    assert not Path("other.db").exists()


def test_a_report_about_sql_is_only_words(ledger: Ledger, tell: Tell) -> None:
    words = "Washington'); DROP TABLE reports; -- met"
    tell(f"T\n{words}", words=words, trigger="met", source="'; DELETE FROM reports; --")
    assert ledger.verify() == []
    assert len(ledger.reports(source="'; DELETE FROM reports; --")) == 1
