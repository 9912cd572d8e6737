"""`chancery review`: the list, one question at a time from piped answers, and the audit."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.ledger import Ledger

Chancery = Callable[..., Any]


@pytest.fixture
def answer(chancery: Chancery, monkeypatch: pytest.MonkeyPatch) -> Chancery:
    """Run a command with lines piped in: `answer(["1", ""], "review", "next")`."""

    def call(lines: list[str], *words: object) -> Any:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return chancery(*words)

    return call


def decided(path: Path) -> list[tuple[str, str]]:
    with Ledger.open(path) as ledger:
        return [(one.verdict, one.who) for one in ledger.decisions()]


def test_the_list_is_json_lines_in_a_pipe(chancery: Chancery, filled: Path) -> None:
    done = chancery("review", "-L", filled)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [row["kind"] for row in rows] == ["undated", "outcome"]
    assert rows[0]["touches"]["reports"]
    assert {option["key"] for option in rows[0]["options"]} == {"1", "x"}
    assert "2 questions open" in done.err


def test_the_list_is_a_table_that_obeys_no_escape(chancery: Chancery, filled: Path) -> None:
    done = chancery("review", "-L", filled, "--table", "--limit", 1)
    assert done.out.splitlines()[1].startswith("undated")
    assert "2 questions open, 1 not shown" in done.out
    assert "\x1b" not in done.out


def test_kinds_narrow_the_list(chancery: Chancery, filled: Path) -> None:
    assert '"outcome"' in chancery("review", "-L", filled, "--kind", "outcome").out
    assert chancery("review", "-L", filled, "--kind", "dispute").out == ""
    assert chancery("review", "-L", filled, "--kind", "gossip").code == 2


def test_csv_has_its_header(chancery: Chancery, filled: Path) -> None:
    done = chancery("review", "list", "-L", filled, "--csv")
    assert done.out.splitlines()[0] == "id,kind,question,about,happenings,claims,reports"


def test_an_answer_is_shown_with_its_effect_and_signed(answer: Chancery, own: Path) -> None:
    done = answer(["s", "3", ""], "review", "next", "-L", own, "--who", "Ada")
    assert done.code == 0
    assert "no terminal" in done.out
    assert "1/2  undated: When was “=SUM(A1)” published?" in done.out
    assert "no happening changes" in done.out
    assert decided(own) == [("outcome not borne out", "Ada")]
    assert "1 decided · 0 put off · 1 skipped" in done.out


def test_nothing_is_written_that_is_not_accepted(answer: Chancery, own: Path) -> None:
    done = answer(["1", "2020-05", "n", "q"], "review", "next", "-L", own)
    assert "Enter accepts" in done.err
    assert decided(own) == []


def test_an_answer_without_its_words_is_asked_again(answer: Chancery, own: Path) -> None:
    done = answer(["1", "", "7", "d", "soon", "q"], "review", "next", "-L", own)
    assert "type a day, month or year" in done.err
    assert "no answer '7'" in done.err
    assert "not a date" in done.err
    assert decided(own) == []


def test_the_last_answer_is_taken_back(answer: Chancery, own: Path) -> None:
    answer(["u", "x", "", "u", "q"], "review", "next", "-L", own, "--who", "Ada")
    assert decided(own) == [("seen undated", "Ada"), ("undo", "Ada")]


def test_what_is_put_off_stays_away(answer: Chancery, chancery: Chancery, own: Path) -> None:
    answer(["d", "2021", "", "q"], "review", "next", "-L", own)
    assert '"undated"' not in chancery("review", "-L", own).out
    assert '"undated"' in chancery("review", "-L", own, "--until", "2022").out


def test_a_report_with_a_new_day_is_read_again(answer: Chancery, own: Path) -> None:
    done = answer(["1", "2020-05", "", "q"], "review", "next", "-L", own, "--quiet")
    assert done.code == 0
    with Ledger.open(own) as ledger:
        assert [one.published.edtf() for one in ledger.reports()][-1] == "2020-05"
        assert list(ledger.unread()) == []


# The audit ---------------------------------------------------------------------------------------


def test_claims_are_judged_and_the_precision_is_told(answer: Chancery, own: Path) -> None:
    done = answer(["r", "w", "", "q"], "review", "sample", 3, "-L", own, "--who", "Ada", "--table")
    assert "right: 1 of 2, 9–91 %  (1 still to judge)" in done.out
    assert "certainty likely  1 of 2" in done.out
    assert {verdict for verdict, _ in decided(own)} == {"right", "wrong"}
    again = answer(["r"], "review", "sample", 3, "-L", own, "--table")
    assert "1/1" in again.out
    assert "right: 2 of 3, 21–94 %" in again.out


def test_the_report_asks_nothing(answer: Chancery, own: Path) -> None:
    done = answer([], "review", "sample", 3, "-L", own, "--report")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert rows[0]["of"] == "all"
    assert (rows[0]["right"], rows[0]["judged"], rows[0]["size"]) == (0, 0, 3)
    assert decided(own) == []


def test_what_is_wrong_is_put_right_at_once(answer: Chancery, own: Path) -> None:
    answer(["w", "3", "2020-02-05", "", "w", "x", "", "s"], "review", "sample", 3, "-L", own)
    verdicts = [verdict for verdict, _ in decided(own)]
    assert verdicts == ["wrong", "date 2020-02-05", "wrong", "reject"]
