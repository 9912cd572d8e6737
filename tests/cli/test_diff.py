"""What changed between snapshots, and the versions of a report, as people and programs see it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chancery.cli import exits
from chancery.ledger import Ledger
from chancery.model import Reading, Report, When

Chancery = Callable[..., Any]


def rows_of(answer: Any) -> list[dict[str, Any]]:
    assert answer.code == exits.OK, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


@pytest.fixture
def grown(own: Path) -> tuple[Path, str, str]:
    """A ledger with a snapshot, and with a copy of the first report in a later one."""
    with Ledger.open(own) as ledger:
        before = ledger.snapshot.id
        first = ledger.report("wire-1")
        claim = next(one for one in ledger.claims(report=first.id) if one.frame == "visit")
        copy = renamed(first, source="The Other Post")
        ledger.add([copy])
        again = msgspec.structs.replace(claim, id="clm_00000000000000c0", report=copy.id)
        ledger.record([Reading(report=copy.id, run=claim.run, claims=(again,))])
        ledger.reconcile()
        return own, before, copy.id


def renamed(report: Report, **fields: Any) -> Report:
    changed = msgspec.structs.replace(report, **fields)
    names = ("text", "title", "published", "source", "url", "key")
    id_ = Report.make_id(**{name: getattr(changed, name) for name in names})
    return msgspec.structs.replace(changed, id=id_)


def test_a_pipe_gets_a_line_a_change(chancery: Chancery, grown: tuple[Path, str, str]) -> None:
    path, before, copy = grown
    answer = chancery("diff", before, "-L", path)
    rows = rows_of(answer)
    told = [(row["kind"], row["change"]) for row in rows]
    assert told == [("report", "added"), ("happening", "altered"), ("claim", "added")]
    assert rows[0]["id"] == copy
    assert {row["schema"] for row in rows} == {1}
    assert "origin_count" not in [one["field"] for one in rows[1]["fields"]]
    assert "1 report added · 1 happening altered · 1 claim added" in answer.err


def test_a_table_opens_the_quotations(chancery: Chancery, grown: tuple[Path, str, str]) -> None:
    path, before, _ = grown
    out = chancery("diff", before[:12], "--table", "-q", "-L", path).out
    lines = out.splitlines()
    assert lines[0].split() == ["what", "change", "date", "row", "why", "id"]
    assert "    reports: 1 → 2" in lines
    assert sum("“Mike Pompeo visited Belarus earlier this month.”" in line for line in lines) == 0
    assert sum("“Mike Pompeo visited Belarus earlier this month" in line for line in lines) == 3
    assert "\x1b" not in out
    assert lines[-1].startswith(before)


def test_the_same_snapshot_twice(chancery: Chancery, filled: Path) -> None:
    with Ledger.open(filled) as ledger:
        name = ledger.snapshot.id
    answer = chancery("diff", name, name, "--table", "-L", filled)
    assert answer.out == f"nothing matches; {name} → {name}: nothing changed\n"


def test_only_some_changes(chancery: Chancery, grown: tuple[Path, str, str]) -> None:
    path, before, _ = grown

    def kinds(*words: str) -> list[str]:
        return [row["kind"] for row in rows_of(chancery("diff", before, "-L", path, *words))]

    assert kinds("--of", "reports") == ["report"]
    assert kinds("--who", "Belarus") == ["happening", "claim"]
    assert kinds("--what", "expel-diplomats") == []
    assert kinds("--limit", "1") == ["report"]


def test_a_spreadsheet_of_changes(chancery: Chancery, grown: tuple[Path, str, str]) -> None:
    path, before, _ = grown
    rows = list(csv.DictReader(io.StringIO(chancery("diff", before, "--csv", "-L", path).out)))
    assert rows[1]["when_first"] == "2020-02-01"
    assert "reports: 1 → 2" in rows[1]["fields"]


def test_no_such_snapshot(chancery: Chancery, filled: Path) -> None:
    answer = chancery("diff", "snp_zz", "-L", filled)
    assert answer.code == exits.USAGE
    assert "chancery log snapshots" in answer.err or "chancery log lists" in answer.err


# Versions ----------------------------------------------------------------------------------------


@pytest.fixture
def corrected(own: Path) -> tuple[Path, str, str]:
    """A ledger with two versions of its first report."""
    with Ledger.open(own) as ledger:
        first = ledger.report("wire-1")
        text = first.text.replace("expelled the ambassador", "sent away the envoy")
        text += "\n\nCorrection: an earlier version of this article was wrong."
        later = When(first=None, last=None)
        if first.published.last:
            day = first.published.last.replace(day=12)
            later = When(first=day, last=day, basis="stated")
        second = renamed(first, text=text, published=later)
        ledger.add([second])
        return own, first.id, second.id


def test_versions_for_people(chancery: Chancery, corrected: tuple[Path, str, str]) -> None:
    path, first, second = corrected
    answer = chancery("report", "versions", first, "--table", "-L", path)
    assert answer.code == exits.OK, answer.err
    lines = answer.out.splitlines()
    assert lines[0].startswith(f"1  {first}")
    assert any(line.startswith(f"2  {second}") and line.endswith("newest") for line in lines)
    assert any(
        "Belarus [-expelled-] {+sent away+} the [-ambassador-] {+envoy+} of" in line
        for line in lines
    )
    assert any("“an earlier version of this”" in line for line in lines)
    assert sum(line.strip().startswith("lost") for line in lines) == 2
    assert "\x1b" not in answer.out


def test_versions_for_programs(chancery: Chancery, corrected: tuple[Path, str, str]) -> None:
    path, first, second = corrected
    rows = rows_of(chancery("report", "versions", second, "-L", path))
    assert [row["report"] for row in rows] == [first, second]
    assert rows[1]["edits"][0]["before_words"] == "expelled"
    assert rows[1]["notice_words"][0] == "Correction:"
    table = chancery("report", "versions", second, "--csv", "-L", path).out
    assert [row["newest"] for row in csv.DictReader(io.StringIO(table))] == ["False", "True"]


def test_a_report_says_how_many_versions_it_has(
    chancery: Chancery, corrected: tuple[Path, str, str]
) -> None:
    path, first, second = corrected
    out = chancery("report", first, "--table", "-L", path).out
    assert f"versions 2 (newest {second[:12]})" in out.splitlines()
    (row,) = rows_of(chancery("report", first, "-L", path))
    assert row["versions"] == [first, second]
    assert "versions" not in chancery("report", "wire-2", "--table", "-L", path).out


def test_a_quotation_says_that_a_newer_version_is_there(
    chancery: Chancery, corrected: tuple[Path, str, str]
) -> None:
    path, _, _ = corrected
    out = chancery("chron", "--table", "-q", "-L", path).out
    assert out.count("said in an earlier version") == 2
