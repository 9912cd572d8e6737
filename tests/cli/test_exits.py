"""Exit codes, and errors told without a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.cli import app, exits
from chancery.errors import ChanceryError
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon

Chancery = Callable[..., Any]


def test_fine(chancery: Chancery, filled: Path) -> None:
    assert chancery("chron", "-L", filled).code == exits.OK
    assert chancery("verify", "-L", filled).code == exits.OK
    assert chancery("--version").out.startswith("chancery ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["frobnicate"], "no command 'frobnicate'"),
        (["chrn"], "close: chron"),
        (["chron", "--nonsense"], "No such option"),
        (["chron", "--who", "Belarsu"], "Close: BLR"),
        (["chron", "--what", "vist"], "close: visit"),
        (["chron", "--from", "2020-13-45"], "2020-13-45"),
        (["chron", "--min", "sure"], "established"),
        (["chron", "--as-of", "snp_ffffffff"], "snp_ffffffff"),
        (["happening", "hap_ffff"], "hap_ffff"),
        (["happening", "hap_"], "more than one"),
        (["report", "rep_ffff"], "rep_ffff"),
        (["sql", "DROP TABLE claims"], "only one SELECT"),
        (["sql", "SELECT * FROM read_csv('/etc/passwd')"], "error"),
        (["export", "polecat", "--of", "claims"], "polecat holds no claims"),
        (["export", "gif"], "gif"),
        (["export", "csv", "--of", "reports", "--who", "BLR"], "reports have no who"),
        (["chron", "--voice", "nobody"], "no actor 'nobody'"),
        (["lexicon", "show", "BLRR"], "BLR"),
    ],
)
def test_misuse(chancery: Chancery, filled: Path, words: list[str], told: str) -> None:
    place = ["-L", filled] if words[0] not in ("frobnicate", "chrn", "lexicon") else []
    answer = chancery(*words, *place)
    assert answer.code == exits.USAGE
    assert told in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err


def test_a_path_that_is_not_there(chancery: Chancery, tmp_path: Path) -> None:
    answer = chancery("read", tmp_path / "absent", "-L", tmp_path / "a.ledger")
    assert answer.code == exits.USAGE
    assert "hint:" in answer.err
    assert not (tmp_path / "a.ledger").exists()


def test_failure(chancery: Chancery, tmp_path: Path) -> None:
    (tmp_path / "odd.ledger").mkdir()
    (tmp_path / "odd.ledger" / "notes.txt").write_text("no ledger")
    answer = chancery("chron", "-L", tmp_path / "odd.ledger")
    assert answer.code == exits.FAILURE
    assert answer.err.startswith("error: ")


def test_a_locked_ledger_is_told_by_whom(
    chancery: Chancery, tmp_path: Path, lexicon: Lexicon
) -> None:
    with Ledger.open(tmp_path / "a.ledger", lexicon) as ledger, ledger.writing():
        answer = chancery("rebuild", "-L", tmp_path / "a.ledger")
    assert answer.code == exits.LOCKED
    assert str(os.getpid()) in answer.err


def test_verification_fails_for_a_damaged_ledger(chancery: Chancery, own: Path) -> None:
    victim = next((own / "segments").rglob("*.parquet"))
    victim.write_bytes(victim.read_bytes()[:-40] + b"damaged" * 5)
    answer = chancery("verify", "-L", own)
    assert answer.code == exits.UNVERIFIED
    assert victim.name in answer.out


def test_verification_finds_one_changed_byte(chancery: Chancery, own: Path) -> None:
    victim = next((own / "segments" / "reports").glob("*.parquet"))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    answer = chancery("verify", "--table", "-L", own)
    assert answer.code == exits.UNVERIFIED
    header, fault, *_ = answer.out.splitlines()
    assert header.split() == ["code", "place", "message", "hint"]
    assert fault.startswith("changed-segment  reports/")
    assert "1 fault" in answer.out


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE decisions SET verdict = 'date 2019-05'", "id"),
        ("UPDATE decisions SET reason = 'another'", "content"),
        ("UPDATE report_index SET key = 'wire-9' WHERE key = 'wire-1'", "report-index"),
        ("UPDATE report_index SET day = '1999-01-01'", "report-index"),
        ("DELETE FROM report_words_data WHERE id > 10", "full-text"),
    ],
)
def test_verification_finds_what_was_changed_in_the_control_file(
    chancery: Chancery, own: Path, change: str, code: str, lexicon: Lexicon
) -> None:
    with Ledger.open(own, lexicon) as ledger:
        ledger.decide("wire-2", "date 2020-05", reason="print", made="2020-06-01T00:00:00+00:00")
    with sqlite3.connect(own / "control.sqlite") as control:
        control.execute(change)
    control.close()
    answer = chancery("verify", "--table", "-L", own)
    assert answer.code == exits.UNVERIFIED
    assert code in {line.split()[0] for line in answer.out.splitlines()}
    assert answer.out.splitlines()[-1].endswith(("fault", "faults"))


def test_ctrl_c_ends_cleanly(monkeypatch: pytest.MonkeyPatch, chancery: Chancery) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app.chancery, "invoke", stop)
    answer = chancery("doctor")
    assert answer.code == exits.STOPPED
    assert "goes on where it stopped" in answer.err


def test_a_message_shows_controls_and_hint(
    monkeypatch: pytest.MonkeyPatch, chancery: Chancery
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ChanceryError("odd \x1b[2J name", hint="rename it")

    monkeypatch.setattr(app.chancery, "invoke", fail)
    assert chancery("doctor") == (1, "", "error: odd ␛[2J name\n  hint: rename it\n")


def test_a_closed_pipe_is_no_error(filled: Path) -> None:
    program = "from chancery.cli import main; main()"
    query = "SELECT unnest(range(200000)) AS n"
    command = [sys.executable, "-c", program, "sql", query, "-L", str(filled)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == exits.PIPE_CLOSED


def test_the_ledger_that_is_meant(
    chancery: Chancery, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(filled.parent)
    assert chancery("sources").code == exits.OK
    monkeypatch.chdir(tmp_path)
    answer = chancery("sources")
    assert (answer.code, "no ledger here" in answer.err) == (exits.USAGE, True)
    monkeypatch.setenv("CHANCERY_LEDGER", str(filled))
    assert chancery("sources").code == exits.OK
    monkeypatch.delenv("CHANCERY_LEDGER")
    (tmp_path / "a.ledger").mkdir()
    (tmp_path / "b.ledger").mkdir()
    answer = chancery("sources")
    assert (answer.code, "a.ledger, b.ledger" in answer.err) == (exits.USAGE, True)
    answer = chancery("sources", "-L", tmp_path / "absent.ledger")
    assert (answer.code, "no ledger at" in answer.err) == (exits.USAGE, True)
