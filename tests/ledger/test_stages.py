"""Which deeds are stages of one course, which answer one another, and which are neither."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chancery.ledger import Ledger
from chancery.ledger.policy import load_policy
from chancery.ledger.stages import kind_of, object_words, stage_between, stage_table
from chancery.ledger.told import Told
from chancery.model import Quantity, Span

Build = Any
POLICY = load_policy()


def told(build: Build, words: str, published: str = "2020-03-01", **fields: Any) -> Told:
    """A claim in a report of its own that says only this."""
    report = build.report(f"Title\n{words}", published=published, key=f"{words} {published}")
    given = {"words": words, "trigger": words.split()[1]} | fields
    claim = build.claim(report, **given)
    start = report.text.index(words)
    name = Span(start, start + len(words.split()[0]))
    sides = {
        side: tuple(replace(one, span=name) for one in getattr(claim, side))
        for side in ("actors", "targets")
    }
    return Told(replace(claim, **sides), words.casefold())


def stage(first: Told, second: Told, *days: int) -> str | None:
    """The stage, where the reports came out on days of March 2020."""
    dated = (
        replace(one, published=date(2020, 3, day))
        for one, day in zip((first, second), days or (1, 6), strict=True)
    )
    found = stage_between(*dated, POLICY)
    return found[0] if found else None


PLANNED = {"standing": "planned", "when": "2020-03-05"}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"when": "2020-03-05"}, "announced → held"),
        ({"when": "2020-03-06"}, "announced → held"),
        ({"when": "../2020-03-05"}, "announced → held"),
        ({"when": "2020-03-05", "frame": "visit"}, "announced → held"),
        ({"when": "2020-03-05", "actors": "BLR.GOV", "targets": "USA"}, "announced → held"),
        ({"when": "2020-03-05", "standing": "ongoing"}, "announced → held"),
        ({"when": "2020-03-08"}, None),
        ({"when": "../2020-03-12"}, None),
        ({"when": "2020-03"}, None),
        ({"when": None}, None),
        ({"when": "2020-03-05", "targets": "POL"}, None),
        ({"when": "2020-03-05", "standing": "planned"}, None),
        ({"when": "2020-03-05", "frame": "accuse"}, None),
    ],
)
def test_a_meeting_is_announced_then_held(
    build: Build, second: dict[str, Any], expected: str | None
) -> None:
    planned = told(build, "Washington meets Minsk", **PLANNED)
    held = told(build, "Washington met Minsk", **second)
    assert stage(planned, held) == expected
    assert stage(held, planned) is None


def test_what_was_over_before_it_was_announced_is_no_stage(build: Build) -> None:
    planned = told(build, "Washington meets Minsk", **PLANNED)
    held = told(build, "Washington met Minsk", when="2020-03-05")
    assert stage(planned, held, 10, 12) is None
    assert stage(planned, held, 4, 3) is None


def test_two_of_three_parties_meet_apart(build: Build) -> None:
    three = told(build, "Leaders meet there", actors="USA+BLR+RUS", targets="", **PLANNED)
    two = told(build, "Washington met Minsk", when="2020-03-05")
    assert stage(three, two) is None
    tour = told(build, "Washington visits both", frame="visit", targets="BLR+POL", **PLANNED)
    assert stage(tour, told(build, "Washington visited", frame="visit", when="2020-03-05"))
    all_three = told(build, "Leaders met there", actors="USA+BLR+RUS+POL", targets="",
                     when="2020-03-05")  # fmt: skip
    assert stage(three, all_three) == "announced → held"


def test_a_visit_told_by_its_month_is_the_one_announced(build: Build) -> None:
    planned = told(build, "Washington visits Minsk", frame="visit", **PLANNED)
    month = told(build, "Washington visited Minsk", frame="visit", when="2020-03")
    assert stage(planned, month) == "announced → held"
    assert stage(planned, told(build, "Washington met Minsk", when="2020-03")) is None


def test_one_report_tells_no_stages(build: Build) -> None:
    report = build.report()
    claims = [
        build.claim(report, trigger=word, **fields)
        for word, fields in (("met", PLANNED), ("Monday", {"when": "2020-03-05"}))
    ]
    first, second = (Told(claim, "washington met minsk") for claim in claims)
    assert stage_between(first, second, POLICY) is None


def test_aid_needs_more_than_parties_in_common(build: Build) -> None:
    aid = {"frame": "aid"}
    planned = told(build, "Washington sends oil to Minsk", standing="planned",
                   when="2020-03-01/..", **aid)  # fmt: skip
    sent = told(build, "Washington shipped barrels of oil", when="2020-03-20", **aid)
    other = told(build, "Washington shipped wheat and vaccines", when="2020-03-20", **aid)
    both = told(build, "Washington plans barrels of oil", standing="planned",
                when="2020-03-01/..", **aid)  # fmt: skip
    assert stage(planned, other, 1, 20) is None
    assert stage(both, sent, 1, 20) == "planned → happened"
    assert stage(both, sent, 20, 20) is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("Minsk signed for oil by contract", "AGREE", "sign-treaty", {}),
         ("Washington sends shipment of oil", "AID", "give-aid", {}), "agreed → delivered"),
        (("Minsk signed for wheat by contract", "AGREE", "sign-treaty", {}),
         ("Washington sends shipment of oil", "AID", "give-aid", {}), None),
        (("Minsk promises oil", "AGREE", "promise", {"when": "2020-03-01"}),
         ("Washington sends oil", "AID", "give-aid", {"when": "2020-03-04"}), None),
        (("Washington threatens sanctions", "THREATEN", "threaten-sanctions",
          {"when": "2020-03-01"}),
         ("Washington imposes sanctions", "SANCTION", "impose-sanctions",
          {"when": "2020-03-20"}), "threatened → done"),
        (("Washington threatens sanctions", "THREATEN", "threaten-sanctions",
          {"when": "2020-03-01"}),
         ("Minsk imposes sanctions", "SANCTION", "impose-sanctions",
          {"when": "2020-03-20", "actors": "BLR", "targets": "USA"}), None),
        (("Washington demands prisoners and hostages", "REQUEST", "demand-yield",
          {"when": "2020-03-01"}),
         ("Minsk frees prisoners and hostages", "RETREAT", "release",
          {"when": "2020-03-20", "actors": "BLR", "targets": "USA"}), "demanded → conceded"),
        (("Washington demands oil tankers", "REQUEST", "request", {"when": "2020-03-01"}),
         ("Minsk refuses tankers", "REJECT", "reject",
          {"when": "2020-03-20", "actors": "BLR", "targets": ""}), "demanded → refused"),
        (("Washington plans talks with Minsk", "CONSULT", "meet",
          {"standing": "planned", "when": "2020-03-25"}),
         ("Minsk postponed the talks", "REJECT", "refuse-talks",
          {"when": "2020-03-10", "actors": "BLR", "targets": "USA"}), "announced → postponed"),
        (("Washington plans talks with Minsk", "CONSULT", "meet",
          {"standing": "planned", "when": "2020-03-25"}),
         ("Minsk cancelled the talks", "REJECT", "refuse-talks",
          {"when": "2020-03-10", "actors": "BLR", "targets": "USA"}), "announced → called off"),
        (("Washington plans tariffs on cargo", "SANCTION", "impose-sanctions",
          {"standing": "planned", "when": "2020-03-05"}),
         ("Washington imposed no tariffs", "SANCTION", "impose-sanctions",
          {"standing": "negated", "when": "2020-03-05"}), "planned → called off"),
    ],
)  # fmt: skip
def test_courses(build: Build, first: Any, second: Any, expected: str | None) -> None:
    made = []
    for words, type_, frame, fields in (first, second):
        one = told(build, words, frame=frame, **fields)
        made.append(Told(replace(one.claim, type=type_), one.words))
    assert stage(made[0], made[1], 1, 20) == expected


def test_a_number_needs_a_word_beside_it(build: Build) -> None:
    number = (Quantity(span=Span(0, 1), value=5e8, unit="USD"),)
    fields = {"frame": "aid", "quantities": number}
    planned = told(build, "Washington plans budgetary money", standing="planned",
                   when="2020-03-01/..", **fields)  # fmt: skip
    paid = told(build, "Washington paid budgetary money", when="2020-03-20", **fields)
    food = told(build, "Washington paid crops", when="2020-03-20", **fields)
    assert stage(planned, paid, 1, 20) == "planned → happened"
    assert stage(planned, food, 1, 20) is None


def test_words_of_a_clause_leave_out_names(build: Build) -> None:
    one = told(build, "Washington sends Washingtonian crude to Minsk again")
    assert object_words(one) == {"sends", "crude", "minsk"}


def test_every_rule_names_its_kind() -> None:
    for rule in stage_table().rules:
        assert kind_of(rule.stage) == rule.kind


def test_the_ledger_links_and_never_merges(ledger: Ledger, tell: Any) -> None:
    tell("Title\nWashington meets Minsk on Monday.", words="Washington meets Minsk",
         trigger="meets", published="2020-03-01", **PLANNED)  # fmt: skip
    tell("Title\nWashington met Minsk on Monday.", published="2020-03-06", when="2020-03-05")
    planned, held = sorted(ledger.happenings(), key=lambda one: one.standing != "planned")
    [link] = ledger.sql("SELECT * FROM links")
    assert (link["first"], link["second"]) == (planned.id, held.id)
    assert (link["kind"], link["stage"]) == ("stage", "announced → held")
    assert link["reasons"] == [
        "same parties: BLR and USA", "on the day that was told before: 2020-03-05"
    ]  # fmt: skip


def test_what_was_signed_is_linked_to_an_undated_delivery(ledger: Ledger, build: Build) -> None:
    deal = build.report("Title\nMinsk signed for oil of Washington.", published="2020-02-10")
    sent = build.report("Title\nWashington sends oil to Minsk.", published=None)
    for report, frame, type_, words in (
        (deal, "sign-treaty", "AGREE", "Minsk signed for oil of Washington"),
        (sent, "give-aid", "AID", "Washington sends oil to Minsk"),
    ):
        claim = build.claim(report, frame=frame, words=words, trigger=words.split()[1])
        ledger.add([report])
        ledger.record([build.reading(report, replace(claim, type=type_))])
    [link] = ledger.sql("SELECT * FROM links")
    assert link["stage"] == "agreed → delivered"
    assert link["reasons"][1:] == ["no day tells which was first", "both about: oil"]
