"""An undated report keeps its "this week" open until it is given a day, and then all moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import chancery as ch
from chancery.cli.app import run as command
from chancery.read import reader as reader_module

TEXT = """Belarus expelled ten American diplomats this week, a spokesman said.

“The embassy will reopen by Friday,” an American official said.

The sanctions on Belarus have been in force since last year.
"""
DAY = "2020-05-13"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[ch.Ledger]:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "embassy.txt").write_text(TEXT)
    with ch.Ledger.open(tmp_path / "a.ledger", ch.Lexicon.load()) as opened:
        ch.run([tmp_path / "inbox"], opened, ch.Reader.load())
        yield opened


def days(ledger: ch.Ledger) -> dict[str, str]:
    """All that a report's day moves: of claims and happenings, statements, forecasts and states."""
    [report] = ledger.reports()
    [claim] = ledger.claims(what="expel-diplomats")
    [happening] = ledger.happenings(what="expel-diplomats")
    [statement] = [one for one in ledger.statements() if one.mode == "direct"]
    [forecast] = ledger.forecasts()
    [state] = ledger.states()
    [time] = [one for one in ledger.times(report.id) if one.span.of(TEXT) == "this week"]
    found = {
        "report": report.published, "claim": claim.when, "happening": happening.when,
        "statement": statement.deadline, "forecast": forecast.deadline, "state": state.since,
        "time": time.when,
    }  # fmt: skip
    return {name: when.edtf() if when else ".." for name, when in found.items()}


UNDATED = dict.fromkeys(
    ("report", "claim", "happening", "statement", "forecast", "state", "time"), ".."
)
DATED = {
    "report": DAY,
    "claim": "2020-05-11/2020-05-17",
    "happening": "2020-05-11/2020-05-17",
    "statement": "../2020-05-15",
    "forecast": "../2020-05-15",
    "state": "2019",
    "time": "2020-05-11/2020-05-17",
}


def traits(ledger: ch.Ledger) -> tuple[str, ...]:
    [report] = ledger.reports()
    return ledger.report(report.id).traits


def read_again(ledger: ch.Ledger) -> None:
    ch.run([], ledger, ch.Reader.load())


def test_a_day_moves_all_that_leans_on_it(ledger: ch.Ledger) -> None:
    assert days(ledger) == UNDATED
    assert traits(ledger) == ("undated report",)
    [report] = ledger.reports()
    ledger.decide(report.id, f"date {DAY}", reason="the printed edition")
    read_again(ledger)
    assert days(ledger) == DATED
    assert traits(ledger) == ()
    assert ledger.verify() == []


def test_the_command_does_it_in_one_step(ledger: ch.Ledger) -> None:
    [report] = ledger.reports()
    assert command(["report", "date", report.id[:12], DAY, "-L", str(ledger.path)]) == 0
    ledger.refresh()
    assert days(ledger) == DATED


def test_a_month_moves_it_to_the_month(ledger: ch.Ledger) -> None:
    [report] = ledger.reports()
    ledger.decide(report.id, "date 2020-05")
    read_again(ledger)
    assert ledger.report(report.id).published.edtf() == "2020-05"
    [claim] = ledger.claims(what="expel-diplomats")
    assert claim.when.first
    assert claim.when.last
    assert date(2020, 4, 27) <= claim.when.first <= claim.when.last <= date(2020, 6, 7)


def test_the_day_outlives_a_newer_reader(
    ledger: ch.Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    [report] = ledger.reports()
    ledger.decide(report.id, f"date {DAY}")
    read_again(ledger)
    [run] = {one.run for one in ledger.reports()}
    monkeypatch.setattr(reader_module, "READER_VERSION", "of the future")
    read_again(ledger)
    assert run not in {one.run for one in ledger.reports()}
    assert days(ledger) == DATED


def test_nothing_is_edited_and_all_can_be_undone(ledger: ch.Ledger) -> None:
    before = ledger.snapshot.id
    [report] = ledger.reports()
    decision = ledger.decide(report.id, f"date {DAY}")
    read_again(ledger)
    [old] = ledger.claims(what="expel-diplomats", as_of=before)
    assert old.when.edtf() == ".."
    ledger.decide(decision.id, "undo")
    read_again(ledger)
    assert days(ledger) == UNDATED
    assert traits(ledger) == ("undated report",)
    assert [one.verdict for one in ledger.decisions()] == [f"date {DAY}", "undo"]
