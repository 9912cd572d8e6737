"""What becomes of forecasts: who shows it, what stays open, and whose word outranks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.outcomes import follow
from chancery.ledger.policy import load_policy
from chancery.ledger.told import Told
from chancery.model import Claim, Forecast, Outcome, Quantity, Span

Build = Any
Decided = Mapping[str, tuple[str, tuple[str, ...]]]
NOTHING: Decided = {}
POLICY = load_policy()
FORETOLD = "Washington meets Minsk"


class Case:
    """A forecast of 1 March 2020 with its own claim, and later reports of 6 March."""

    def __init__(self, build: Build, by: str | None = "2020-03-05", **fields: Any) -> None:
        self.build = build
        self.told: dict[str, list[Told]] = {}
        report = build.report(f"Title\n{FORETOLD} if Moscow strikes Kyiv.", published="2020-03-01")
        conditional = fields.pop("if_", False)
        claim = {"standing": "planned", "when": "2020-03-05", "trigger": "meets"} | fields
        own = build.claim(report, words=FORETOLD, **claim)
        condition = build.at(report, "if Moscow strikes Kyiv") if conditional else None
        self.report = report
        self.forecast: Forecast = build.forecast(report, FORETOLD, by, condition=condition)
        self._add(own, FORETOLD, date(2020, 3, 1))

    def later(self, words: str = "Washington met Minsk", day: int = 6, **fields: Any) -> Claim:
        report = self.build.report(f"Title\n{words}", published=f"2020-03-{day:02}", key=words)
        given = {"words": words, "trigger": words.split()[1], "when": "2020-03-05"} | fields
        type_ = given.pop("type_", None)
        claim: Claim = self.build.claim(report, **given)
        claim = replace(claim, type=type_) if type_ else claim
        self._add(claim, words, date(2020, 3, day))
        return claim

    def _add(self, claim: Claim, words: str, day: date) -> None:
        self.told[claim.id] = [Told(claim, words.casefold(), published=day)]

    def outcome(
        self, decided: Decided = NOTHING, newest: date | None = date(2020, 4, 1)
    ) -> Outcome:
        [found] = follow([self.forecast], self.told, newest, decided, POLICY)
        return found


def test_a_meeting_that_was_held_bears_it_out(build: Build) -> None:
    case = Case(build)
    held = case.later()
    found = case.outcome()
    assert (found.state, found.evidence, found.overdue) == ("borne out", (held.id,), False)
    assert "on the day that was told before" in found.because
    assert found.deadline == case.forecast.deadline


@pytest.mark.parametrize(
    "fields",
    [
        {"targets": "POL"},
        {"frame": "accuse"},
        {"when": "2020-03-09"},
        {"when": None},
        {"standing": "planned"},
        {"standing": "hypothetical"},
        {"day": 1, "when": "2020-02-28"},
    ],
)
def test_what_is_not_clear_stays_open(build: Build, fields: dict[str, Any]) -> None:
    case = Case(build)
    case.later(**fields)
    found = case.outcome()
    assert (found.state, found.overdue, found.evidence) == ("open", True, ())


def test_overdue_is_told_by_the_newest_report(build: Build) -> None:
    case = Case(build)
    assert case.outcome(newest=date(2020, 3, 6)).overdue
    assert not case.outcome(newest=date(2020, 3, 5)).overdue
    assert not case.outcome(newest=None).overdue
    assert not Case(build, by=None).outcome().overdue


def test_a_deed_without_parties_or_no_deed_cannot_be_tested(build: Build) -> None:
    case = Case(build, actors="", targets="")
    assert (case.outcome().state, case.outcome().because) == (
        "not testable", "no party to it is known",
    )  # fmt: skip
    case.told.clear()
    assert case.outcome().because == "no deed was read in its words"
    assert case.outcome().overdue


def test_called_off_is_not_borne_out(build: Build) -> None:
    case = Case(build)
    off = case.later("Minsk cancelled the meeting", day=4, type_="REJECT", frame="refuse-talks",
                     actors="BLR", targets="USA", when="2020-03-04")  # fmt: skip
    assert (case.outcome().state, case.outcome().evidence) == ("not borne out", (off.id,))
    case.later()
    assert case.outcome().state == "open"
    assert len(case.outcome().evidence) == 2


def test_put_off_stays_open_with_its_evidence(build: Build) -> None:
    case = Case(build)
    case.later("Minsk postponed the meeting", day=4, type_="REJECT", frame="refuse-talks",
               actors="BLR", targets="USA", when="2020-03-04")  # fmt: skip
    found = case.outcome()
    assert (found.state, found.overdue, len(found.evidence)) == ("open", False, 1)


@pytest.mark.parametrize(
    ("foreseen", "done", "state"),
    [
        (100.0, 100.0, "borne out"),
        (100.0, 120.0, "borne out"),
        (100.0, 60.0, "partly"),
        (100.0, None, "partly"),
        (None, 60.0, "borne out"),
    ],
)
def test_numbers_must_be_reached(
    build: Build, foreseen: float | None, done: float | None, state: str
) -> None:
    def number(value: float | None) -> tuple[Quantity, ...]:
        return (Quantity(span=Span(0, 1), value=value, unit="tank"),) if value else ()

    case = Case(build, quantities=number(foreseen))
    case.later(quantities=number(done))
    assert case.outcome().state == state


def test_a_condition_that_is_not_known_to_hold_leaves_it_open(build: Build) -> None:
    case = Case(build, if_=1)
    case.later()
    assert case.outcome().state == "open"
    assert "condition" in case.outcome().because


def test_an_agreement_is_followed_to_its_delivery(build: Build) -> None:
    case = Case(build, frame="sign-treaty", standing="happened", trigger="Minsk", when=None)
    case.forecast = replace(case.forecast, span=Span(6, 10), test=Span(6, 10))
    [own] = case.told.values()
    case.told[own[0].claim.id] = [replace(own[0], words="minsk buys oil")]
    undated = case.later("Washington sends oil", frame="give-aid", type_="AID", when=None)
    case.told[undated.id] = [replace(case.told[undated.id][0], published=None)]
    found = case.outcome()
    assert (found.state, found.evidence, found.overdue) == ("open", (undated.id,), False)
    assert found.because.startswith("may be it: agreed → delivered")
    case.later("Washington ships oil", frame="give-aid", type_="AID", when="2020-03-04")
    assert case.outcome().state == "borne out"


def test_a_persons_word_outranks_what_is_found(build: Build) -> None:
    case = Case(build)
    held = case.later()
    found = case.outcome({case.forecast.id: ("not borne out", (held.id,))})
    assert (found.state, found.evidence, found.decided) == ("not borne out", (held.id,), True)
    assert found.because == "a person settled it"
    assert not case.outcome({case.forecast.id: ("open", ())}).overdue


def test_the_order_of_reports_does_not_matter(build: Build) -> None:
    case = Case(build)
    case.later()
    case.later("Washington saw Minsk")
    first = case.outcome()
    case.told = dict(reversed(case.told.items()))
    assert case.outcome() == first


def test_the_ledger_tells_outcomes(ledger: Ledger, build: Build, tell: Any) -> None:
    report = build.report(f"Title\n{FORETOLD} soon.", published="2020-03-01")
    own = build.claim(report, words=FORETOLD, trigger="meets", standing="planned",
                      when="2020-03-05")  # fmt: skip
    forecast = build.forecast(report, FORETOLD, "2020-03-05")
    ledger.add([report])
    ledger.record([build.reading(report, own, forecasts=(forecast,))])
    [open_] = ledger.outcomes()
    assert (open_.state, open_.overdue) == ("open", False)
    tell("Title\nWashington met Minsk on Monday.", published="2020-03-06", when="2020-03-05")
    [found] = ledger.outcomes(state="borne out,partly")
    assert found.forecast == forecast.id
    assert list(ledger.outcomes(overdue=True)) == []
    assert list(ledger.outcomes(state="open")) == []
    with pytest.raises(UsageError):
        ledger.outcomes(state="true")
