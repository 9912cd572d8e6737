"""Who met whom together, and who is only listed among all whom somebody met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chancery.ledger.compare import any_same
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import load_policy
from chancery.ledger.reconcile import Told, reconcile
from chancery.model import Claim

Build = Any


def told_by(build: Build, *fields: dict[str, Any]) -> list[Claim]:
    """One claim of 10 February in each of some reports."""
    return [
        build.claim(
            build.report(f"Title {at}\nWashington met Minsk on Monday."),
            **{"when": "2020-02-10"} | one,
        )
        for at, one in enumerate(fields)
    ]


def count(claims: Sequence[Claim], outlets: str, capitals: Sequence[str] = ()) -> int:
    """Return how many happenings claims make; each has a letter for its outlet."""
    reports = [claim.report for claim in claims]
    kinship = Kinship(
        outlets=dict(zip(reports, outlets, strict=True)),
        capitals=dict(zip(reports, capitals, strict=False)),
    )
    told = [Told(claim, f"{claim.report} {claim.words}") for claim in claims]
    return len(reconcile(told, kinship, load_policy()).happenings)


LIST = {"targets": "BLR+POL+LTU"}
OWN = {"actors": "BLR", "targets": "USA", "frame": "visit", "mode": "phone"}


def test_one_government_lists_all_whom_it_met_and_another_tells_of_itself(build: Build) -> None:
    assert count(told_by(build, LIST, OWN), "ab", ["USA", "BLR"]) == 1
    assert count(told_by(build, LIST, OWN), "ab", ["USA", "POL"]) == 2
    assert count(told_by(build, LIST, OWN), "ab") == 2
    three = {"targets": "BLR+POL"}
    assert count(told_by(build, three, OWN), "ab", ["USA", "BLR"]) == 2


def test_in_one_company_a_government_may_leave_somebody_out(build: Build) -> None:
    mine = {"targets": "BLR+POL+LTU", "mode": "multilateral"}
    theirs = {"actors": "BLR", "targets": "USA+POL", "mode": None}
    assert count(told_by(build, mine, theirs), "ab", ["USA", "BLR"]) == 1
    assert count(told_by(build, mine, {**theirs, "when": "2020-02-11"}), "ab", ["USA", "BLR"]) == 1
    assert count(told_by(build, mine, {**theirs, "when": "2020-02-13"}), "ab", ["USA", "BLR"]) == 2


def test_a_list_joins_one_of_the_talks_that_it_sums_up(build: Build) -> None:
    others = {**OWN, "actors": "POL"}
    assert count(told_by(build, LIST, OWN, others), "abc", ["USA", "BLR", "POL"]) == 2


def test_those_who_sat_together_did_not_meet_one_by_one(build: Build) -> None:
    summit = {**LIST, "mode": "multilateral"}
    assert count(told_by(build, summit, OWN), "ab", ["USA", "BLR"]) == 2


def test_a_guest_takes_part_in_the_meeting_of_a_body(build: Build) -> None:
    body = {"actors": "IGO.NATO", "targets": ""}
    visitor = {"actors": "UKR", "targets": "IGO.NATO", "frame": "visit", "mode": None}
    guest = {**visitor, "mode": "multilateral"}
    assert count(told_by(build, body, guest), "ab") == 1
    assert count(told_by(build, body, guest), "aa") == 2
    assert count(told_by(build, body, visitor), "ab") == 2
    assert count(told_by(build, body, {**guest, "targets": "IGO.EU"}), "ab") == 2


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Jacob Whitfield", True),
        ("Jake Whitfield", True),
        ("J. Whitfield", True),
        ("Whitfield", True),
        ("Jill Whitfield", False),
        ("Jacob Marsh", False),
    ],
)
def test_one_person_may_be_spelt_in_two_ways(name: str, same: bool) -> None:
    assert any_same({"Jacob Whitfield", "Ann Stone"}, {name}) is same
    assert any_same({name}, {"Ann Stone", "Jacob Whitfield"}) is same
