"""Which values of one happening are rivals, and which of them leads."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest
from msgspec.structs import replace

from chancery.ledger.disputes import find_rivals, settle_fields
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import load_policy
from chancery.ledger.settled import Settled
from chancery.model import Claim, Place, Quantity, Rival, Span, Voice

Build = Any
TEXT = "Title {}\nWashington met Minsk on Monday."
POLICY = load_policy()


def claims_of(build: Build, *fields: dict[str, Any], **both: Any) -> list[Claim]:
    """One claim in each of several reports."""
    return [
        build.claim(build.report(TEXT.format(number)), **({"when": "2020-02-10"} | both | one))
        for number, one in enumerate(fields)
    ]


def rivals_of(
    claims: list[Claim], kinship: Kinship | None = None, settled: Settled | None = None
) -> tuple[tuple[str, ...], list[Rival]]:
    return find_rivals("hap_1", claims, kinship or Kinship(), POLICY, settled or Settled())


def barrels(value: float, bound: str = "exact") -> tuple[Quantity, ...]:
    return (Quantity(span=Span(0, 1), value=value, unit="barrel", bound=bound),)  # type: ignore[arg-type]


def place(country: str) -> Place:
    return Place(span=Span(10, 12), country=country)


@pytest.mark.parametrize(
    ("first", "second", "fields"),
    [
        ({}, {}, ()),
        ({"when": "2020-02"}, {}, ()),
        ({"when": "../2020-02-12"}, {}, ()),
        ({"when": None}, {}, ()),
        ({"when": "2020-02-11"}, {}, ("when",)),
        ({"when": "../2020-02-09"}, {}, ("when",)),
        ({"actors": "USA.GOV"}, {}, ()),
        ({"actors": "USA.GOV"}, {"actors": "USA.MIL"}, ()),
        ({"actors": "USA.CVL"}, {"actors": "USA.LEG"}, ()),
        ({"actors": "USA.GOV"}, {"actors": "USA.LEG"}, ("actors",)),
        ({"actors": "USA+POL"}, {}, ()),
        ({"actors": "BLR", "targets": "USA"}, {}, ()),
        ({"actors": "BLR", "targets": "USA", "frame": "accuse"}, {"frame": "accuse"},
         ("actors", "targets")),
        ({"standing": "ongoing"}, {}, ()),
        ({"standing": "planned"}, {}, ()),
        ({"standing": "denied"}, {}, ("standing",)),
        ({"standing": "alleged"}, {"standing": "negated"}, ("standing",)),
        ({"voice": Voice(kind="named", stance="denies")}, {}, ("standing",)),
        ({"where": place("BLR")}, {"where": place("LTU")}, ("where",)),
        ({"where": place("BLR")}, {}, ()),
        ({"where": place("BLR")}, {"where": Place(span=Span(0, 1), country="LTU")}, ()),
        ({"where": place("BLR"), "mode": "phone"}, {"where": place("LTU"), "mode": "phone"}, ()),
        ({"quantities": barrels(18e6, "at_most")}, {"quantities": barrels(15e6)}, ()),
        ({"quantities": barrels(15e6)}, {"quantities": barrels(15.2e6)}, ()),
        ({"quantities": barrels(10)}, {"quantities": barrels(11)}, ("quantity.barrel",)),
        ({"quantities": barrels(10)}, {"quantities": barrels(11, "about")}, ()),
        ({"quantities": barrels(10) + barrels(12)}, {"quantities": barrels(11)}, ()),
        ({"quantities": barrels(10), "frame": "visit"}, {"quantities": barrels(11)}, ()),
    ],
)  # fmt: skip
def test_only_what_cannot_both_be_right_is_disputed(
    build: Build, first: dict[str, Any], second: dict[str, Any], fields: tuple[str, ...]
) -> None:
    claims = claims_of(build, first, second)
    found, rivals = rivals_of(claims)
    assert found == fields
    assert {rival.field for rival in rivals} == set(fields)
    assert rivals_of(claims[::-1]) == (found, rivals)
    for field in fields:
        assert [rival.leads for rival in rivals if rival.field == field] == [True, False]
        assert all(rival.because for rival in rivals)


def test_one_teller_does_not_dispute_with_himself(build: Build) -> None:
    report = build.report(TEXT.format("x"))
    named = Voice(kind="named", actor="BLR.GOV")
    own = [
        build.claim(report, actors=code, words=words, trigger=words.split()[1])
        for code, words in (("USA.GOV", "Washington met Minsk"), ("USA.LEG", "Title x"))
    ]
    assert rivals_of(own) == ((), [])
    voiced = replace(own[1], voice=named)
    assert rivals_of([own[0], voiced])[0] == ("actors",)
    assert rivals_of([own[0], replace(voiced, words=own[0].words)]) == ((), [])
    days = [replace(own[0], when=build.when("2020-02-10")), replace(voiced, actors=own[0].actors)]
    assert rivals_of([days[0], replace(days[1], when=build.when("2020-02-11"))]) == ((), [])
    copies = claims_of(build, {}, {"when": "2020-02-11"})
    story = {claim.report: copies[0].report for claim in copies}
    assert rivals_of(copies, Kinship(stories=story)) == ((), [])


def test_a_day_that_is_only_the_reports_own_may_be_a_day_out(build: Build) -> None:
    own_day = {"when": build.when("2020-02-11", "published")}
    assert rivals_of(claims_of(build, own_day, {}, frame="accuse")) == ((), [])
    assert rivals_of(claims_of(build, own_day, {}))[0] == ("when",)


def test_a_wide_date_stands_with_none_of_two_rivals(build: Build) -> None:
    claims = claims_of(build, {}, {"when": "2020-09-01"}, {"when": "2020"}, {"when": "2020-02"})
    _, rivals = rivals_of(claims)
    told = {rival.value: rival.claims for rival in rivals}
    assert told == {
        "2020-02-10": tuple(sorted((claims[0].id, claims[3].id))),
        "2020-09-01": (claims[1].id,),
    }


@pytest.mark.parametrize(
    ("leads", "follows", "because"),
    [
        ({"when": ("2020-02-10", "stated")}, {"when": ("2020-02-11", "reckoned"), "score": 0.9},
         "its day is stated, not reckoned"),
        ({"when": ("2020-02-10", "stated")}, {"when": ("2020-02-11/2020-02-14", "stated")},
         "more exact"),
        ({"when": ("2020-02-10", "stated"), "voice": Voice(kind="named", actor="BLR.GOV")},
         {"when": ("2020-02-11", "stated"), "score": 0.9}, "told by a party to the deed"),
        ({"when": ("2020-02-10", "stated"), "score": 0.9}, {"when": ("2020-02-11", "stated")},
         "read more surely: 0.90 to 0.00"),
        ({}, {"standing": "denied", "score": 0.9}, "told as happened before denied"),
        ({"quantities": barrels(10)}, {"quantities": barrels(18, "about"), "score": 0.9},
         "more exact"),
        ({"quantities": barrels(10), "score": 0.9},
         {"quantities": barrels(18), "voice": Voice(kind="named", actor="BLR.GOV")},
         "read more surely: 0.90 to 0.00"),
    ],
)  # fmt: skip
def test_one_policy_says_which_value_leads(
    build: Build, leads: dict[str, Any], follows: dict[str, Any], because: str
) -> None:
    for fields in (leads, follows):
        if isinstance(fields.get("when"), tuple):
            fields["when"] = build.when(*fields["when"])
    claims = claims_of(build, leads, follows)
    first, second = rivals_of(claims)[1]
    assert (first.claims, first.leads, first.because) == ((claims[0].id,), True, because)
    assert second.because == f"behind {first.value}: {because}"
    assert settle_fields(claims, [first, second], POLICY) == {first.field: claims[0]}


def test_more_origins_lead_and_copies_are_one(build: Build) -> None:
    claims = claims_of(build, {"standing": "denied"}, {"standing": "denied"}, {})
    first, second = rivals_of(claims)[1]
    assert (first.value, first.origin_count, second.origin_count) == ("denied", 2, 1)
    assert first.because == "more origins: 2 to 1"
    story = {claim.report: claims[0].report for claim in claims[:2]}
    assert rivals_of(claims, Kinship(stories=story))[1][0].value == "happened"


@pytest.mark.parametrize("fields", [frozenset({"when"}), frozenset({"*"})])
def test_a_persons_word_leads(build: Build, fields: frozenset[str]) -> None:
    claims = claims_of(build, {"score": 0.9}, {"when": "2020-02-11"})
    settled = Settled(leads={claims[1].id: fields})
    first, _ = rivals_of(claims, settled=settled)[1]
    assert (first.value, first.because) == ("2020-02-11", "a person settled it")
    elsewhere = Settled(leads={claims[1].id: frozenset({"where"})})
    assert rivals_of(claims, settled=elsewhere)[1][0].value == "2020-02-10"
    changed = Settled(changed={claims[1].id: claims[1]})
    assert rivals_of(claims, settled=changed)[1][0].value == "2020-02-11"


def test_three_values_stand_side_by_side(build: Build) -> None:
    claims = claims_of(build, {}, {"when": "2020-02-12"}, {"when": "2020-02-14"}, {})
    _, rivals = rivals_of(claims)
    assert [(rival.value, rival.origin_count) for rival in rivals[:1]] == [("2020-02-10", 2)]
    assert {rival.value for rival in rivals} == {"2020-02-10", "2020-02-12", "2020-02-14"}
    assert sum(rival.leads for rival in rivals) == 1


def test_every_rule_of_the_table_is_known() -> None:
    table = tomllib.loads((resources.files("chancery.ledger") / "disputes.toml").read_text("utf-8"))
    from chancery.ledger.disputes import _MEASURES

    assert [rule["name"] for rule in table["rules"]] == list(_MEASURES)
