"""`chancery import chronology`: one's own spreadsheet, taken in as decisions."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.errors import UsageError
from chancery.ingest.chronology import find_columns, read_days
from chancery.ingest.days import BadDay
from chancery.ingest.workbook import check_workbook
from chancery.ledger import Ledger

Chancery = Callable[..., Any]

MINE = """\
Date;Event;Who;To;Source
2020-02-05;Mike Pompeo visited Belarus;United States;BLR;diary p. 3
2008-03;The envoys drank tea;Ruritania;;
03/04/2012;Sweden quarrels with Belarus;SWE;BLR;
soon;Something will happen;;;
2014;;BLR;;
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(MINE, "utf-8")
    return path


def entries(path: Path) -> list[Any]:
    with Ledger.open(path) as ledger:
        return ledger.entries()


def test_rows_are_taken_in_and_rejects_are_listed(
    chancery: Chancery, own: Path, mine: Path
) -> None:
    done = chancery("import", "chronology", mine, "-L", own, "--who", "Ada")
    assert done.code == 3
    assert json.loads(done.out) == {"schema": 1, "new": 2, "known": 0, "tied": 1, "rejected": 3}
    assert "columns: date=Date, what=Event, actors=Who, targets=To, reference=Source" in done.err
    for told in (
        "mine.csv:4: '03/04/2012': day and month may be either way round",
        "hint: say which comes first: --dayfirst or --monthfirst",
        "mine.csv:5: 'soon'",
        "mine.csv:6: nothing is said to have happened",
        "mine.csv:3: no actor 'Ruritania'",
    ):
        assert told in done.err
    tea, visit = entries(own)
    assert (visit.actors, visit.targets, visit.reference) == (("USA",), ("BLR",), "diary p. 3")
    assert visit.claim
    assert (tea.actors, tea.who, tea.claim) == ((), ("Ruritania",), None)


@pytest.mark.parametrize(("order", "day"), [("--dayfirst", "04-03"), ("--monthfirst", "03-04")])
def test_the_order_of_day_and_month_can_be_said(
    chancery: Chancery, own: Path, mine: Path, order: str, day: str
) -> None:
    chancery("import", "chronology", mine, "-L", own, order)
    assert f"2012-{day}" in {entry.when.edtf() for entry in entries(own)}


def test_columns_are_mapped(chancery: Chancery, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.tsv"
    path.write_text("A\tB\n2019\tNothing much\n", "utf-8")
    assert chancery("import", "chronology", path, "-L", own).code == 2
    done = chancery("import", "chronology", path, "-L", own, "--map", "date=A,what=B", "--table")
    assert done.code == 0
    assert "1 entry new" in done.out
    assert chancery("import", "chronology", path, "-L", own, "--map", "day=A").code == 2
    assert chancery("import", "chronology", path, "-L", own, "--map", "date=Z,what=B").code == 2


def test_entries_stand_among_the_rows_where_asked(
    chancery: Chancery, own: Path, mine: Path
) -> None:
    chancery("import", "chronology", mine, "-L", own)
    plain = chancery("chron", "-L", own, "--table").out
    assert "own knowledge" not in plain
    shown = chancery("chron", "-L", own, "--own", "-q", "--table").out
    assert "✎ own knowledge Mike Pompeo visited Belarus  mine.csv:2 · diary p. 3 · as clm_" in shown
    rows = chancery("chron", "-L", own, "--own").out.splitlines()
    own_rows = [row for row in map(json.loads, rows) if row["id"].startswith("own:")]
    assert [row["row"] for row in own_rows] == ["mine.csv:3", "mine.csv:2"]
    assert all(row["voice"] == "own knowledge" for row in own_rows)
    assert "own:" in chancery("chron", "-L", own, "--own", "--csv").out
    assert "own:" not in chancery("chron", "-L", own, "--own", "--voice", "named").out
    assert "own:" not in chancery("export", "csv", "-L", own).out
    assert chancery("export", "csv", "--of", "own", "-L", own).out.count("own:") == 2


def test_a_workbook_is_read(chancery: Chancery, own: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import datetime

    book = openpyxl.Workbook()
    page = book.active
    page.title = "mine"
    page.append(["When", "What", "Who", "To"])
    page.append([datetime(2020, 2, 5), "Mike Pompeo visited Belarus", "USA", "BLR"])
    page.append([None, None])
    page.append([2014, "Nothing much", None, None])
    path = tmp_path / "mine.xlsx"
    book.save(path)
    done = chancery("import", "chronology", path, "-L", own, "--table")
    assert done.code == 0
    assert "2 entries new · 0 known · 1 tied" in done.out
    assert [entry.row for entry in entries(own)] == ["mine.xlsx:4", "mine.xlsx:2"]
    assert chancery("import", "chronology", path, "-L", own, "--sheet", "x").code == 2


def workbook_of(path: Path, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b" " * 70_000 + b"<!ENTITY a SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE x>".encode("utf-16"),
        b"\0" * (65 << 20),
    ],
    ids=["entities", "late entity", "utf-16", "bomb"],
)
def test_unsafe_workbooks_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsageError):
        check_workbook(workbook_of(tmp_path / "x.xlsx", content))


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK no zip")
    with pytest.raises(UsageError, match="no workbook"):
        check_workbook(path)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2020-05-17", "2020-05-17"),
        ("May 2020", "2020-05"),
        ("17 May 2020", "2020-05-17"),
        ("17.5.2020", "2020-05-17"),
        ("2020?", "2020"),
        ("2020-05-01/2020-05-10", "2020-05-01/2020-05-10"),
        ("../2020-05", "../2020-05-31"),
        ("2020-05/..", "2020-05-01/.."),
        ("13/02/2020", "2020-02-13"),
        ("05/05/2020", "2020-05-05"),
    ],
)
def test_days_are_read(words: str, edtf: str) -> None:
    assert read_days(words).edtf() == edtf


@pytest.mark.parametrize("words", ["", "..", "../..", "soon", "3/4/2020", "3-4-2020", "2020-13"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(BadDay):
        read_days(words)


def test_order_decides_between_day_and_month() -> None:
    assert read_days("3/4/2020", "day").edtf() == "2020-04-03"
    assert read_days("3-4-2020", "month").edtf() == "2020-03-04"


def test_a_column_is_taken_once() -> None:
    header = ["Start date", "End", "Description", "Source"]
    assert find_columns(header, {}, "x") == {"date": 0, "until": 1, "what": 2, "reference": 3}
    assert find_columns(header, {"what": "Source"}, "x")["what"] == 3
