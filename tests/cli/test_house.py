"""Keeping house: exports, rebuilding, dates that people settle, the doctor, the lexicon."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars
import pytest

from chancery.cli import exits
from chancery.outputs.exports import FORMS, THINGS
from chancery.outputs.menu import MENU

Chancery = Callable[..., Any]


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_export_can_be_read_back(
    chancery: Chancery, filled: Path, tmp_path: Path, form: str, thing: str
) -> None:
    target = tmp_path / f"out.{form}"
    answer = chancery("export", form, "--of", thing, "-o", target, "-L", filled)
    assert answer.code == exits.OK, answer.err
    if form == "parquet":
        count = len(polars.read_parquet(target))
    elif form == "csv":
        count = len(list(csv.DictReader(io.StringIO(target.read_text()))))
    else:
        count = len([json.loads(line) for line in target.read_text().splitlines()])
    expected = {
        "happenings": 3,
        "claims": 3,
        "statements": 1,
        "forecasts": 1,
        "reports": 2,
        "own": 0,
    }
    assert count == expected[thing]
    assert f"{count} row" in answer.err
    coverage = target.with_name(target.name + ".coverage.txt").read_text()
    assert coverage.startswith("from 2 reports")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        target.name,
        target.name + ".coverage.txt",
    ]


def test_help_names_what_can_be_exported(chancery: Chancery) -> None:
    words = chancery("export", "--help").out
    assert [name for name in (*MENU, *THINGS) if name not in words] == []


def test_every_form_is_written_to_a_file(chancery: Chancery, filled: Path, tmp_path: Path) -> None:
    for name, form in MENU.items():
        target = tmp_path / form.file_name()
        answer = chancery("export", name, "-o", target, "-L", filled)
        assert answer.code == exits.OK, answer.err
        assert target.stat().st_size
        coverage = target.with_name(target.name + ".coverage.txt").read_text()
        assert coverage.startswith("from 2 reports")
    answer = chancery("export", "rocrate", "-o", tmp_path / "crate", "-L", filled)
    assert answer.code == exits.OK, answer.err
    assert (tmp_path / "crate" / "ro-crate-metadata.json").is_file()
    for name in ("csv", "rocrate", "decisions"):
        again = chancery("export", name, "-o", tmp_path / "crate", "-L", filled)
        assert again.code == exits.USAGE
    assert chancery("export", "geojson", "--of", "claims", "-L", filled).code == exits.USAGE


def test_the_same_ledger_gives_the_same_bytes(
    chancery: Chancery, filled: Path, own: Path, tmp_path: Path
) -> None:
    def written(ledger: Path) -> dict[str, bytes]:
        for form in FORMS:
            target = tmp_path / f"{form}.zip"
            assert chancery("export", form, "-o", target, "-L", ledger).code == exits.OK
        return {form: (tmp_path / f"{form}.zip").read_bytes() for form in FORMS}

    first = written(filled)
    assert all(first.values())
    assert chancery("rebuild", "--compact", "-L", own).code == exits.OK
    assert written(own) == first


def test_an_export_holds_the_quotation(chancery: Chancery, filled: Path, tmp_path: Path) -> None:
    chancery("export", "csv", "--what", "visit", "-o", tmp_path / "a.csv", "-L", filled)
    [row] = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text()))
    assert (row["actors"], row["targets"], row["when_first"]) == ("USA.GOV", "BLR", "2020-02-01")
    assert row["quotes"].startswith("Mike Pompeo visited Belarus earlier this month [rep_")


def test_plover_and_polecat(chancery: Chancery, filled: Path, tmp_path: Path) -> None:
    chancery("export", "plover-json", "-o", tmp_path / "a.jsonl", "-L", filled)
    events = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [event["event"] for event in events] == [["SANCTION"], ["CONSULT"], ["CONSULT"]]
    assert events[1]["event_text"] == "visited"
    chancery("export", "polecat", "-o", tmp_path / "a.tsv", "-L", filled)
    header, *lines = (tmp_path / "a.tsv").read_text().splitlines()
    assert {len(line.split("\t")) for line in (header, *lines)} == {40}
    assert len(lines) == 3


def test_rebuilding_changes_nothing(chancery: Chancery, own: Path) -> None:
    before = chancery("chron", "--json", "-L", own).out
    assert chancery("rebuild", "-L", own).code == exits.OK
    assert chancery("rebuild", "--compact", "-L", own).code == exits.OK
    assert chancery("reconcile", "-L", own).code == exits.OK
    assert chancery("chron", "--json", "-L", own).out == before
    assert chancery("verify", "-L", own).code == exits.OK


def test_a_date_is_a_decision(chancery: Chancery, own: Path) -> None:
    answer = chancery("report", "date", "wire-2", "2020-05", "--reason", "print", "-L", own)
    assert answer.code == exits.OK, answer.err
    [row] = [json.loads(line) for line in chancery("log", "-L", own).out.splitlines()]
    assert (row["verdict"], row["reason"]) == ("date 2020-05", "print")
    [report] = [
        json.loads(line) for line in chancery("report", "wire-2", "-L", own).out.splitlines()
    ]
    assert report["published"]["first"] == "2020-05-01"
    assert "undated" not in chancery("sources", "-L", own).err
    assert chancery("report", "date", "wire-2", "2020-13", "-L", own).code == exits.USAGE


def test_the_doctor(chancery: Chancery, filled: Path) -> None:
    answer = chancery("doctor", "-L", filled)
    rows = {row["check"]: row for row in map(json.loads, answer.out.splitlines())}
    assert rows["lexicon"]["state"] == "ok"
    assert rows["ledger"]["state"] == "ok"
    assert rows["duckdb"]["state"] == "ok"
    assert rows["model"]["state"] in ("ok", "absent"), rows["model"]
    assert answer.code == exits.OK


def test_the_doctor_finds_a_fault(chancery: Chancery, tmp_path: Path) -> None:
    answer = chancery("doctor", "-L", tmp_path / "absent.ledger")
    assert answer.code == exits.FAILURE
    assert '"fault"' in answer.out


def test_the_lexicon(chancery: Chancery) -> None:
    answer = chancery("lexicon", "check")
    assert (answer.code, json.loads(answer.out)["actors"] > 100) == (exits.OK, True)
    found = [json.loads(line) for line in chancery("lexicon", "find", "belarus").out.splitlines()]
    assert found[0]["id"] == "BLR"
    assert json.loads(chancery("lexicon", "show", "BLR").out)["id"] == "BLR"
    frame = json.loads(chancery("lexicon", "show", "expel-diplomats").out)
    assert any("expelled" in cue for cue in frame["verbs"])
    assert any(" expel-diplomats " in example for example in frame["examples"])
    assert frame["not_examples"]
    assert "expelled" in chancery("lexicon", "show", "expel-diplomats", "--table").out


def test_a_broken_table_is_told_with_its_place(chancery: Chancery, tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "BAD.toml").write_text("nonsense = [\n")
    answer = chancery("lexicon", "check", "--tables", tmp_path)
    assert answer.code == exits.FAILURE
    assert "BAD.toml" in answer.err
