"""Why a claim was made, asked of a ledger; report text is shown, never obeyed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.cli import exits

Chancery = Callable[..., Any]

REPORT = {
    "id": "w1",
    "title": "Quarrel",
    "text": "Turkey will attack Syria, the \x1b[31mred\u202e herald said.\n\nTurkey met Syria.",
    "published": "2020-02-03",
}


@pytest.fixture
def read(chancery: Chancery, tmp_path: Path) -> Path:
    """A ledger that the reader itself has filled."""
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(REPORT) + "\n", encoding="utf-8")
    path = tmp_path / "read.ledger"
    assert chancery("read", source, "--reader", "frames", "-L", path).code == exits.OK
    return path


def claims_of(chancery: Chancery, ledger: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in chancery("claims", "-L", ledger).out.splitlines()]


def test_reasons_of_a_claim(chancery: Chancery, read: Path) -> None:
    [claim] = [row for row in claims_of(chancery, read) if row["type"] == "ASSAULT"]
    answer = chancery("why", claim["id"], "--reader", "frames", "-L", read)
    rows = [json.loads(line) for line in answer.out.splitlines()]
    assert (answer.code, answer.err) == (exits.OK, "")
    assert {row["claim"] for row in rows} == {claim["id"]}
    told = {row["what"]: (row["words"], row["value"]) for row in rows}
    assert told["cue"] == ("attack", "verb: attack")
    assert told["standing"] == ("will", "planned")
    assert not {"run", "claim"} & set(told)


def test_a_table_shows_escapes_and_obeys_none(chancery: Chancery, read: Path) -> None:
    [claim] = [row for row in claims_of(chancery, read) if row["type"] == "ASSAULT"]
    answer = chancery("why", claim["id"], "--reader", "frames", "--table", "-L", read)
    assert answer.code == exits.OK
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    assert "voice" in answer.out


def test_a_happening_explains_each_of_its_claims(chancery: Chancery, read: Path) -> None:
    happenings = chancery("chron", "-L", read).out.splitlines()
    [met] = [row for row in map(json.loads, happenings) if row["type"] == "CONSULT"]
    rows = [
        json.loads(line)
        for line in chancery("why", met["id"], "--reader", "frames", "-L", read).out.splitlines()
    ]
    certain = [row["value"] for row in rows if row["what"] == "certainty"]
    assert certain[0].startswith(("doubtful ", "plausible ", "likely "))
    assert certain[1].startswith("its surest claim is read with 0.")
    assert certain[2:] == met["signals"]
    assert {row["claim"] for row in rows if row["what"] != "certainty"} == set(met["claims"])
    table = chancery("why", met["id"], "--reader", "frames", "--table", "-L", read).out
    assert table.splitlines()[1] == f"certainty  {certain[1]}"


def test_a_claim_of_another_run_says_so(chancery: Chancery, filled: Path) -> None:
    claim = claims_of(chancery, filled)[0]
    rows = [
        json.loads(line)
        for line in chancery(
            "why", claim["id"], "--reader", "frames", "-L", filled
        ).out.splitlines()
    ]
    assert rows[0]["what"] == "run"
    assert rows[0]["value"].startswith("made by run_0000000000000001")


def test_no_such_claim(chancery: Chancery, filled: Path) -> None:
    assert chancery("why", "clm_ffffffff", "--reader", "frames", "-L", filled).code == exits.USAGE
