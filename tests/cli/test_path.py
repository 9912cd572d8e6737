"""Reading: files into a ledger, and reports into coded lines."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.cli import exits

Chancery = Callable[..., Any]

VISIT = """10 February 2020

US Secretary of State Mike Pompeo visited Belarus on 1 February 2020.
"""
EXPULSION = "Belarus expelled the ambassador of the United States in March 2008.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a-visit.txt").write_text(VISIT)
    (folder / "b-expulsion.txt").write_text(EXPULSION)
    return folder


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    records = [
        {"docid": f"doc-{number}", "headline": "Envoys", "text": text, "published": "2020-02-10"}
        for number, text in enumerate((VISIT, EXPULSION, VISIT.replace("Pompeo", "Pompei")))
    ]
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def rows_of(answer: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.out.splitlines()]


def test_reading_makes_a_ledger_and_says_what_it_did(
    chancery: Chancery, inbox: Path, tmp_path: Path
) -> None:
    answer = chancery("read", inbox, "-L", tmp_path / "a.ledger", "--table")
    assert answer.code == exits.OK, answer.err
    first, second, third = answer.out.splitlines()
    assert first.startswith("  2 read · 0 rejected · 1 undated (…/inbox/b-expulsion.txt: no date")
    assert "no date found; set one with: chancery report date rep_" in first
    assert "claim" in second
    assert "0 statements by 0 voices" in second
    assert "happening" in second
    assert third.startswith(f"Ledger: {tmp_path / 'a.ledger'} ")
    assert "nothing was sent anywhere" in third


def test_paths_are_told_as_they_were_given(
    chancery: Chancery, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "“We will see,” Mike Pompeo said. “It is late,” Pompeo said. A Baltic official agreed."
    (inbox / "c-said.txt").write_text(said)
    monkeypatch.chdir(inbox.parent)
    first, second, third = chancery("read", "inbox", "-L", "a.ledger", "--table").out.splitlines()
    assert " 2 undated (inbox/" in first
    assert "statements by" in second
    assert third.startswith("Ledger: a.ledger ")
    [undated] = rows_of(chancery("log", "problems", "-L", "a.ledger"))[:1]
    assert (undated["code"], undated["place"]) == ("undated", "inbox/b-expulsion.txt")
    name = undated["report"][:12]
    assert chancery("report", "date", name, "2008-04", "-L", "a.ledger").code == exits.OK
    first = chancery("read", "inbox", "-L", "a.ledger", "--table").out.splitlines()[0]
    assert " 1 undated (inbox/c-said.txt: " in first


def test_reading_twice_adds_nothing(chancery: Chancery, inbox: Path, tmp_path: Path) -> None:
    [first] = rows_of(chancery("read", inbox, "-L", tmp_path / "a.ledger"))
    [second] = rows_of(chancery("read", inbox, "-L", tmp_path / "a.ledger"))
    assert (first["taken_in"], first["read"], first["known"]) == (2, 2, 0)
    assert (second["taken_in"], second["read"], second["known"]) == (0, 0, 2)
    assert second["snapshot"] == first["snapshot"]
    assert second["happenings"] == first["happenings"] > 0


def test_every_row_opens_its_words(chancery: Chancery, inbox: Path, tmp_path: Path) -> None:
    chancery("read", inbox, "-L", tmp_path / "a.ledger")
    rows = rows_of(chancery("chron", "-q", "-L", tmp_path / "a.ledger"))
    quoted = [quote["words"] for row in rows for quote in row["quotes"]]
    assert any("visited Belarus" in words for words in quoted)
    assert all(words in VISIT + EXPULSION for words in quoted)
    assert chancery("verify", "-L", tmp_path / "a.ledger").code == exits.OK


def test_a_date_moves_the_rows_of_its_report(
    chancery: Chancery, tmp_path: Path, inbox: Path
) -> None:
    ledger = tmp_path / "a.ledger"
    [row] = rows_of(chancery("read", inbox, "-L", ledger))
    [undated] = row["undated"]
    assert chancery("report", "date", undated[:12], "2008-04", "-L", ledger).code == exits.OK
    [report] = rows_of(chancery("report", undated, "-L", ledger))
    assert report["published"]["first"] == "2008-04-01"


def test_bad_input_is_told_and_the_rest_is_read(
    chancery: Chancery, inbox: Path, tmp_path: Path
) -> None:
    (inbox / "c-empty.txt").write_text("")
    (inbox / "d-binary.txt").write_bytes(bytes(range(256)) * 8)
    answer = chancery("read", inbox, "-L", tmp_path / "a.ledger")
    assert answer.code == exits.REJECTED
    assert "c-empty.txt" in answer.err
    assert "hint:" in answer.err
    [row] = rows_of(answer)
    assert (row["read"], row["rejected"]) == (2, 2)
    assert len(rows_of(chancery("log", "problems", "-L", tmp_path / "a.ledger"))) >= 2


def test_a_locked_ledger_is_left_alone(
    chancery: Chancery, inbox: Path, tmp_path: Path, lexicon: Any
) -> None:
    from chancery.ledger import Ledger

    with Ledger.open(tmp_path / "a.ledger", lexicon) as ledger, ledger.writing():
        assert chancery("read", inbox, "-L", tmp_path / "a.ledger").code == exits.LOCKED


def test_standard_input(
    chancery: Chancery, lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.read_bytes())))
    answer = chancery("read", "-", "--map", "id=docid,title=headline", "-L", tmp_path / "a.ledger")
    assert answer.code == exits.OK, answer.err
    assert rows_of(answer)[0]["read"] == 3
    [report] = rows_of(chancery("report", "doc-1", "-L", tmp_path / "a.ledger"))
    assert report["text"].startswith("Envoys\nBelarus expelled")


def test_coding_keeps_ids_order_and_offsets(chancery: Chancery, lines: Path) -> None:
    answer = chancery("code", "--jsonl", "--map", "id=docid,title=headline", lines)
    assert answer.code == exits.OK, answer.err
    rows = rows_of(answer)
    assert [row["doc"] for row in rows] == sorted(row["doc"] for row in rows)
    assert {row["doc"] for row in rows} >= {"doc-0", "doc-1"}
    texts = [f"Envoys\n{text}" for text in (VISIT, EXPULSION, VISIT.replace("Pompeo", "Pompei"))]
    for row in rows:
        text = texts[int(row["doc"][-1])]
        assert text[row["start"] : row["end"]] == row["words"]
        assert row["trigger"] in row["words"]


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("times", {"doc", "text", "start", "end", "type", "value", "interval"}),
        ("mentions", {"doc", "text", "start", "end", "id", "candidates"}),
        ("statements", {"doc", "content", "start", "end", "speaker", "mode", "foresees"}),
    ],
)
def test_coding_other_things(
    chancery: Chancery, lines: Path, what: str, fields: set[str], tmp_path: Path
) -> None:
    said = "Mike Pompeo said on Friday that Belarus had agreed to talks with the United States."
    (tmp_path / "said.txt").write_text(said)
    answer = chancery("code", "--what", what, "--map", "id=docid", lines, tmp_path / "said.txt")
    assert answer.code == exits.OK, answer.err
    rows = rows_of(answer)
    assert rows
    assert all(fields <= row.keys() for row in rows)


def test_coding_says_what_it_cannot_read(chancery: Chancery, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    russian = "Глава МИД России посетил Минск и провёл переговоры с президентом Белоруссии. " * 5
    texts = (("a", VISIT), ("b", russian))
    good, bad = (json.dumps({"id": name, "text": text}) for name, text in texts)
    path.write_text(f"{good}\nnot json\n{bad}\n")
    answer = chancery("code", path)
    assert answer.code == exits.REJECTED
    assert {row["doc"] for row in rows_of(answer)} == {"a"}
    assert "mixed.jsonl:2" in answer.err
    assert "Russian" in answer.err


def test_two_processes_write_the_same_lines(chancery: Chancery, lines: Path) -> None:
    words = ("code", "--map", "id=docid", lines)
    assert chancery(*words, "--jobs", "2").out == chancery(*words).out


def test_map_must_name_fields(chancery: Chancery, lines: Path) -> None:
    answer = chancery("code", "--map", "name=docid", lines)
    assert answer.code == exits.USAGE
    assert "publisher" in answer.err


def test_the_demo_prints_a_cited_chronology(chancery: Chancery, tmp_path: Path) -> None:
    answer = chancery("demo", "--keep", tmp_path / "kept")
    assert answer.code == exits.OK, answer.err
    assert "BLR → USA" in answer.out
    assert " ¶" in answer.out
    assert "“" in answer.out
    kept = tmp_path / "kept" / "demo.ledger"
    assert chancery("verify", "-L", kept).code == exits.OK
    rows = rows_of(chancery("demo", "--jsonl", "--keep", tmp_path / "kept"))
    assert all(row["quotes"] for row in rows)
