"""A person's own knowledge in the ledger: kept as decisions, tied to claims, counted nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from chancery.ledger import Ledger
from chancery.ledger.entries import Entry, days_meet, takes_part
from chancery.model import Report

Build = Any
Tell = Callable[..., Report]


def entry(build: Build, what: str = "Washington met Minsk", when: str = "2020-02-10",
          **fields: Any) -> Entry:  # fmt: skip
    return Entry(when=build.when(when), what=what, row="mine.csv:2", **fields)


def test_an_entry_is_tied_to_the_claim_that_says_the_same(
    ledger: Ledger, build: Build, tell: Tell
) -> None:
    report = tell(when="2020-02-10")
    told = entry(build, actors=("USA",), targets=("BLR",))
    taken = ledger.take_entries([told], who="Ada")
    assert (taken.new, taken.known, taken.tied) == (1, 0, 1)
    (kept,) = ledger.entries()
    (claim,) = ledger.claims()
    assert kept.claim == claim.id
    assert kept.anchor is not None
    assert (kept.anchor.report, kept.anchor.trigger) == (report.id, claim.trigger)
    assert kept.voice == "own knowledge"
    (decision,) = ledger.decisions()
    assert decision.about == kept.id
    assert decision.verdict.startswith("entry {")
    assert decision.who == "Ada"
    assert ledger.verify() == []


@pytest.mark.parametrize(
    "told",
    [
        {"when": "2020-03-10"},
        {"actors": ("RUS",)},
        {"what": "Nothing alike was ever heard of"},
        {"when": ".."},
    ],
)
def test_other_days_parties_or_words_tie_nothing(
    ledger: Ledger, build: Build, tell: Tell, told: dict[str, Any]
) -> None:
    tell(when="2020-02-10")
    assert ledger.take_entries([entry(build, **told)]).tied == 0
    assert ledger.entries()[0].claim is None


def test_an_entry_is_kept_once_and_can_be_undone(ledger: Ledger, build: Build) -> None:
    told = entry(build)
    moved = msgspec.structs.replace(told, row="other.csv:9", frame="meet")
    assert moved.id == told.id
    assert ledger.take_entries([told, moved]).new == 1
    assert ledger.take_entries([told]).known == 1
    (decision,) = ledger.decisions()
    ledger.decide(decision.id, "undo")
    assert ledger.entries() == []
    assert ledger.take_entries([told]).new == 1
    assert len(ledger.entries()) == 1


def test_entries_count_for_nothing(ledger: Ledger, build: Build, tell: Tell) -> None:
    tell(when="2020-02-10")
    before = list(ledger.happenings())
    coverage = ledger.coverage()
    ledger.take_entries([entry(build), entry(build, when="2019")])
    assert list(ledger.happenings()) == before
    assert ledger.coverage().claim_count == coverage.claim_count


def test_a_tie_outlives_re_reading(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    ledger.record([build.reading(report, build.claim(report, when="2020-02-10"))])
    ledger.take_entries([entry(build, actors=("USA",))])
    changed = build.claim(report, targets="BLR.GOV", when="2020-02-10")
    ledger.record([build.reading(report, changed, run="run_2")])
    (kept,) = ledger.entries()
    assert kept.claim == changed.id


def test_what_cannot_be_kept_becomes_a_problem(ledger: Ledger, build: Build) -> None:
    taken = ledger.take_entries([entry(build, what="turned \u202e round"), entry(build)])
    assert taken.new == 1
    (problem,) = taken.problems
    assert problem.place == "mine.csv:2"
    assert "U+202E" in problem.message


def test_entries_are_asked_for_by_party_and_day(ledger: Ledger, build: Build) -> None:
    ledger.take_entries(
        [
            entry(build, "a", "2020-02-10", actors=("USA.GOV",), targets=("BLR",)),
            entry(build, "b", "2019", actors=("USA",)),
            entry(build, "c", ".."),
        ]
    )

    def asked(**filters: Any) -> list[str]:
        return [one.what for one in ledger.entries(**filters)]

    assert asked() == ["b", "a", "c"]
    assert asked(who="USA,BLR") == asked(since="2020") == ["a"]
    assert asked(until="2019-12") == asked(limit=1) == ["b"]
    assert asked(what="meet") == []
    assert takes_part(entry(build, actors=("USA.GOV",)), ["USA"])
    assert not takes_part(entry(build, actors=("USAX",)), ["USA"])


def test_days_meet_where_they_share_one(build: Build) -> None:
    def meet(first: str, second: str) -> bool:
        return days_meet(build.when(first), build.when(second))

    assert meet("2020", "2020-02")
    assert meet("../2020-02-10", "2020-02-10")
    assert not meet("../2020-02-10", "2020-02-11")
    assert not meet("..", "2020")
