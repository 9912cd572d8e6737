"""Deciding, undoing, and moving what was decided, from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.cli import exits

Chancery = Callable[..., Any]


@pytest.fixture(autouse=True)
def ada(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANCERY_USER", "Ada")


def rows(answer: Any) -> list[dict[str, Any]]:
    assert answer.code == exits.OK, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


def happening(chancery: Chancery, ledger: Path, frame: str) -> dict[str, Any]:
    [row] = rows(chancery("chron", "--what", frame, "-L", ledger))
    return row


def test_a_preview_shows_the_effect_and_changes_nothing(chancery: Chancery, own: Path) -> None:
    visit = happening(chancery, own, "visit")
    words = ("decide", visit["id"], "date", "2020-02-01", "--preview", "-L", own)
    [effect] = rows(chancery(*words))
    assert "when" in effect["altered"][0]["fields"]
    assert effect["altered"][0]["after"]["when"]["last"] == "2020-02-01"
    assert (effect["count_before"], effect["count_after"]) == (3, 3)
    shown = chancery(*words, "--table").out
    assert "  < 2020-02-01/2020-02-10 USA.GOV visit BLR" in shown
    assert "  > 2020-02-01 USA.GOV visit BLR" in shown
    assert "3 happenings → 3" in shown
    assert rows(chancery("log", "-L", own)) == []
    assert happening(chancery, own, "visit") == visit


def test_deciding_and_undoing(chancery: Chancery, own: Path) -> None:
    before = chancery("export", "csv", "-L", own).out
    visit = happening(chancery, own, "visit")
    words = ("decide", visit["id"], "reject", "--reason", "a slip", "--yes", "-L", own)
    [made] = rows(chancery(*words))
    assert (made["about"], made["who"], made["reason"]) == (visit["lead"], "Ada", "a slip")
    assert rows(chancery("chron", "--what", "visit", "-L", own)) == []
    accepted = chancery("export", "csv", "-L", own).out
    [undone] = rows(chancery("undo", made["id"][:8], "--yes", "-L", own))
    assert (undone["undoes"], undone["who"]) == (made["id"], "Ada")
    assert chancery("export", "csv", "-L", own).out == before
    assert [row["state"] for row in rows(chancery("log", "-L", own))] == ["undone", "standing"]
    rows(chancery("undo", undone["id"], "--yes", "-L", own))
    assert chancery("export", "csv", "-L", own).out == accepted
    assert chancery("verify", "-L", own).code == exits.OK


def test_a_table_tells_what_was_decided(chancery: Chancery, own: Path) -> None:
    visit = happening(chancery, own, "visit")
    shown = chancery("decide", visit["id"], "reject", "--yes", "--table", "-L", own).out
    assert f"{visit['lead']}: reject by Ada" in shown
    assert "3 happenings → 2 · 1 claim left out" in shown
    claim = chancery("decide", visit["lead"], "right", "--preview", "--table", "-L", own).out
    assert "no happening changes" in claim


def test_nobody_is_asked_where_nobody_is_there(chancery: Chancery, own: Path) -> None:
    visit = happening(chancery, own, "visit")
    answer = chancery("decide", visit["id"], "reject", "-L", own)
    assert answer.code == exits.USAGE
    assert "--yes" in answer.err
    assert rows(chancery("log", "-L", own)) == []


@pytest.mark.parametrize("words", [["maybe"], ["type", "unheard-of"], ["actor", "XYZ.GOV"]])
def test_what_means_nothing_is_refused(chancery: Chancery, own: Path, words: list[str]) -> None:
    visit = happening(chancery, own, "visit")
    answer = chancery("decide", visit["id"], *words, "--yes", "-L", own)
    assert answer.code == exits.USAGE
    assert "hint: " in answer.err


def test_the_log_of_orphans_and_conflicts(chancery: Chancery, own: Path) -> None:
    visit = happening(chancery, own, "visit")
    chancery("decide", "name:Nobody", "is", "RUS", "--yes", "-L", own)
    for who, day in (("Ada", "2020-02-01"), ("Grace", "2020-02-02")):
        chancery("decide", visit["id"], "date", day, "--who", who, "--yes", "-L", own)
    [orphan] = rows(chancery("log", "orphans", "-L", own))
    assert orphan["because"] == "no claim's party or voice is named so"
    [conflict] = rows(chancery("log", "conflicts", "-L", own))
    assert (conflict["field"], conflict["because"]) == ("date", "it is the newer one")
    states = [row["state"] for row in rows(chancery("log", "-L", own))]
    assert states == ["orphaned", "standing", "standing"]


def test_decisions_move(chancery: Chancery, own: Path, filled: Path, tmp_path: Path) -> None:
    other = shutil.copytree(filled, tmp_path / "other" / "other.ledger")
    visit = happening(chancery, own, "visit")
    chancery("decide", visit["id"], "date", "2020-02-01", "--yes", "-L", own)
    file = tmp_path / "decisions.jsonl"
    assert chancery("export", "decisions", "-o", file, "-L", own).code == exits.OK
    [done] = rows(chancery("import", "decisions", file, "-L", other))
    assert (done["new"], done["known"], done["orphans"]) == (1, 0, [])
    csv = [chancery("export", "csv", "-L", ledger).out for ledger in (own, other)]
    assert csv[0] == csv[1]
    assert chancery("export", "decisions", "-L", other).out == file.read_text()
    [done] = rows(chancery("import", "decisions", file, "-L", other))
    assert (done["new"], done["known"]) == (0, 1)


def test_orphans_and_bad_lines_are_told(chancery: Chancery, own: Path, tmp_path: Path) -> None:
    chancery("decide", "name:Nobody", "is", "RUS", "--yes", "-L", own)
    file = tmp_path / "decisions.jsonl"
    file.write_text(chancery("export", "decisions", "-L", own).out + "\x1b[31m nonsense\n")
    answer = chancery("import", "decisions", file, "-L", own)
    assert answer.code == exits.REJECTED
    assert "line 2" in answer.err
    assert "1 orphan" in answer.err
    assert "\x1b" not in answer.err
    table = chancery("import", "decisions", file, "--table", "-L", own)
    assert "name:Nobody" in table.out
    assert chancery("import", "decisions", tmp_path / "absent", "-L", own).code == exits.FAILURE


def test_labels_are_written_with_their_agreement(
    chancery: Chancery, own: Path, tmp_path: Path
) -> None:
    visit = happening(chancery, own, "visit")
    for who, verdict in (("Ada", "right"), ("Grace", "wrong")):
        chancery("decide", visit["id"], verdict, "--who", who, "--yes", "-L", own)
    target = tmp_path / "labels.jsonl"
    answer = chancery("export", "labels", "-o", target, "-L", own)
    assert "Ada and Grace: 1 item in common, 0 % alike, kappa 0.00" in answer.err
    labels = [json.loads(line) for line in target.read_text().splitlines()]
    assert [label["verdict"] for label in labels] == ["right", "wrong"]
    assert labels[0]["places"][0]["key"] == "wire-1"
    [agreement] = json.loads((tmp_path / "labels.jsonl.agreement.json").read_text())
    assert (agreement["items"], agreement["per_cent"]) == (1, 0.0)
