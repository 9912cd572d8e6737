"""What people settle: dates of reports, and undoing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.model import Decision, Report

Build = Any
Tell = Callable[..., Report]


def run_of(report: Report) -> str:
    """Name a run as readers do: by what they read and by the day they reckon from."""
    return f"run_{report.published.edtf()}"


def test_a_date_is_applied_and_the_report_read_again(ledger: Ledger, tell: Tell) -> None:
    report = tell(published=None, run="run_..")
    assert list(ledger.unread(run_of)) == []
    decision = ledger.decide(report.id[:12], "date 2020-05", who="me", reason="by its context")
    assert (decision.about, decision.who) == (report.id, "me")
    assert ledger.report(report.id).published.edtf() == "2020-05"
    (unread,) = ledger.unread(run_of)
    assert unread.id == report.id
    assert unread.published.edtf() == "2020-05"
    assert unread.published.basis == "stated"
    assert [one.published.edtf() for one in ledger.reports(dated=True)] == ["2020-05"]
    assert ledger.verify() == []


def test_decisions_are_undone_and_done_again(ledger: Ledger, tell: Tell) -> None:
    report = tell(published="2019")
    first = ledger.decide(report.id, "date 2020")
    second = ledger.decide(report.id, "date 2021")
    assert day(ledger, report) == "2021"
    undo = ledger.decide(second.id, "undo")
    assert day(ledger, report) == "2020"
    ledger.decide(undo.id[:10], "undo")
    assert day(ledger, report) == "2021"
    ledger.decide(report.id, "undo", undoes=second.id)
    ledger.decide(first.id, "undo")
    assert day(ledger, report) == "2019"
    assert len(ledger.decisions()) == 6
    assert ledger.decisions()[:2] == [first, second]


def test_a_decision_is_kept_once(ledger: Ledger, tell: Tell) -> None:
    report = tell()
    made = [
        ledger.decide(report.id, "date 2020", made="2020-01-01T00:00:00+00:00") for _ in range(2)
    ]
    assert ledger.decisions() == made[:1]


@pytest.mark.parametrize(
    ("about", "verdict"),
    [
        ("rep_", "date soon"),
        ("rep_", "date 2020-13-45"),
        ("rep_", "date"),
        ("rep_", "wrong"),
        ("rep_", "undo"),
        ("rep_zz", "date 2020"),
        ("dec_zz", "undo"),
        ("clm_", "date 2020"),
    ],
)
def test_what_cannot_be_settled_is_refused(
    ledger: Ledger, tell: Tell, about: str, verdict: str
) -> None:
    tell()
    with pytest.raises(UsageError):
        ledger.decide(about, verdict)
    assert ledger.decisions() == []


def test_decisions_are_plain_nouns(ledger: Ledger, tell: Tell) -> None:
    decision = ledger.decide(tell().id, "date 2020", who="me")
    assert isinstance(decision, Decision)
    assert decision.made.endswith("+00:00")
    assert decision.id == Decision.make_id(
        about=decision.about, verdict="date 2020", who="me", made=decision.made, undoes=None
    )


def day(ledger: Ledger, report: Report) -> str:
    return ledger.report(report.id).published.edtf()
