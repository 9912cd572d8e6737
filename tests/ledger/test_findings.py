"""Reasons, forecasts and states in the ledger: kept as they were found, asked for, verified."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.content import digest_reading
from chancery.ledger.verify import check_forecast, check_reading, check_reason, check_state
from chancery.model import Claim, Reading, Report, Span, Voice

Build = Any
TEXT = "Envoys talk\nWashington met Minsk over the ban. Moscow will lift it by May if all agree."


@pytest.fixture
def report(build: Build) -> Report:
    return build.report(TEXT)


@pytest.fixture
def claim(build: Build, report: Report) -> Claim:
    return build.claim(report, words="Washington met Minsk")


@pytest.fixture
def reading(build: Build, report: Report, claim: Claim) -> Reading:
    voice = Voice(kind="named", actor="RUS.GOV", name=build.at(report, "Moscow"))
    condition = build.at(report, "if all agree")
    since = build.when("2019")
    return build.reading(
        report,
        claim,
        reasons=(build.reason(report, claim, "the ban", "over"),),
        forecasts=(
            build.forecast(report, "Moscow will lift it", by="2020-05-31", voice=voice),
            build.forecast(report, "will lift it by May", condition=condition),
        ),
        states=(
            build.state(report, "the ban", holders=("RUS.GOV", "USA"), since=since),
            build.state(report, "all agree", "truce", claims=(claim.id,)),
        ),
    )


@pytest.fixture
def told(ledger: Ledger, report: Report, reading: Reading) -> Ledger:
    ledger.add([report])
    ledger.record([reading])
    return ledger


def test_what_was_found_comes_back_as_it_was(told: Ledger, reading: Reading) -> None:
    assert tuple(told.reasons()) == reading.reasons
    assert tuple(told.forecasts()) == reading.forecasts
    assert sorted(told.states(), key=lambda one: one.id) == sorted(
        reading.states, key=lambda one: one.id
    )
    assert told.verify() == []


def test_reasons_are_asked_for_by_claim_and_voice(told: Ledger, claim: Claim) -> None:
    assert len(told.reasons(claims=[claim.id, "clm_0"])) == 1
    assert len(told.reasons(claims=["clm_0"])) == len(told.reasons(claims=[])) == 0
    assert len(told.reasons(voice="own")) == 1
    assert len(told.reasons(voice="named")) == 0


def test_forecasts_are_asked_for_by_speaker_and_deadline(told: Ledger) -> None:
    def deadlines(**filters: Any) -> list[str | None]:
        return [one.deadline and one.deadline.edtf() for one in told.forecasts(**filters)]

    assert deadlines() == ["../2020-05-31", None]
    assert deadlines(who="RUS") == deadlines(voice="RUS") == ["../2020-05-31"]
    assert deadlines(who="USA") == []
    assert deadlines(until="2020") == deadlines(since="2020-05") == ["../2020-05-31"]
    assert deadlines(since="2020-06") == deadlines(until="2020-04") == []
    assert deadlines(limit=1) == ["../2020-05-31"]


def test_states_are_asked_for_by_holder_and_kind(told: Ledger, report: Report) -> None:
    def kinds(**filters: Any) -> list[str]:
        return [one.kind for one in told.states(**filters)]

    assert kinds() == kinds(report=report.id[:8]) == ["ban", "truce"]
    assert kinds(who="RUS") == kinds(who=["RUS", "USA"]) == kinds(kind="ban") == ["ban"]
    assert kinds(who="BLR") == []
    assert kinds(kind="truce,cap") == ["truce"]


def test_each_is_kept_once_and_of_the_newest_run(
    told: Ledger, build: Build, report: Report, reading: Reading
) -> None:
    twice = msgspec.structs.replace(
        reading, run="run_2", reasons=reading.reasons * 2, states=reading.states[:1] * 2
    )
    told.record([twice])
    assert len(told.reasons()) == len(told.states()) == 1
    assert told.sql("SELECT count(*) AS n FROM forecasts")[0] == {"n": 2}
    told.record([build.reading(report, run="run_3")])
    assert len(told.reasons()) == len(told.forecasts()) == len(told.states()) == 0
    assert told.verify() == []


def test_what_another_report_says_is_refused(
    ledger: Ledger, build: Build, report: Report, reading: Reading
) -> None:
    other = build.report("Another\nWashington met Minsk on Monday")
    ledger.add([report, other])
    for name in ("reasons", "forecasts", "states"):
        strange = Reading(report=other.id, run="run_1", **{name: getattr(reading, name)})
        with pytest.raises(UsageError, match="stands in a reading of"):
            ledger.record([strange])


def test_ids_and_quotations_are_checked(report: Report, reading: Reading) -> None:
    change = msgspec.structs.replace
    beyond = Span(10, len(report.text) + 1)
    reason, forecast, state = reading.reasons[0], reading.forecasts[0], reading.states[0]
    ended = change(state.since, words=beyond)
    faults = [
        (check_reason(reason, report), []),
        (check_reason(change(reason, claim=None), report), ["id"]),
        (check_reason(change(reason, passage=beyond), report), ["id", "quotation"]),
        (check_forecast(forecast, report), []),
        (check_forecast(change(forecast, test=beyond), report), ["quotation"]),
        (check_forecast(change(forecast, condition=beyond), report), ["quotation"]),
        (check_state(state, report), []),
        (check_state(change(state, phase="opens"), report), ["id"]),
        (check_state(change(state, span=Span(5, 5)), report), ["quotation"]),
        (check_state(change(state, until=ended), report), ["quotation"]),
    ]
    for found, expected in faults:
        assert [problem.code for problem in found] == expected


def test_what_is_named_is_of_the_same_reading(report: Report, reading: Reading) -> None:
    assert not list(check_reading(reading, report))
    without = msgspec.structs.replace(reading, claims=())
    assert [problem.code for problem in check_reading(without, report)] == ["link", "link"]


def test_a_reading_that_found_none_keeps_the_digest_of_older_ledgers(build: Build) -> None:
    report = build.report()
    reading = build.reading(report, build.claim(report, when="2020-02-10"))
    assert f"{digest_reading(reading, 0):064x}" == (
        "051c2ae9e0b1ef19978945cf2eb8dea1cd26f4f6a79089bf36777829439745e9"
    )


def test_a_ledger_from_before_these_tables_opens(
    tell: Callable[..., Report], ledger: Ledger
) -> None:
    tell()
    ledger.close()
    for name in ("reasons", "forecasts", "states"):
        (ledger.path / "empty" / f"{name}.parquet").unlink()
    with Ledger.open(ledger.path) as opened:
        assert list(opened.reasons()) == list(opened.forecasts()) == list(opened.states()) == []
        assert opened.verify() == []


def test_rows_are_one_line_each(told: Ledger) -> None:
    assert "own cause @rep_" in repr(told.reasons())
    assert "RUS.GOV ../2020-05-31 @rep_" in repr(told.forecasts())
    assert "RUS.GOV+USA ban holds @rep_" in repr(told.states())
