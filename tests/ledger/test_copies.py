"""Which texts are one, and which are only written alike."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import msgspec
import pytest

from chancery.ledger import Ledger
from chancery.ledger.copies import is_copy, outlet_words, tie_of
from chancery.ledger.origins import Fetch, Kinship, find_groups, find_ties, settle_ties
from chancery.ledger.policy import load_policy
from chancery.ledger.texts import Overlap, compare, prepare
from chancery.model import Report, Tie

Build = Any
POLICY = load_policy()
STORY = """Harbour talks end without a deal
Ministers of Norland and Westmark left Port Alder on Tuesday without a deal on fishing quotas.
The talks had lasted for three days. "We were close, but the last mile was too long," said the \
Norland minister, Ada Brekke.
Westmark wants to catch 4,500 tonnes of herring a year in the Alder Strait, twice as much as in \
2017. Norland offers 3,100 tonnes and asks for inspectors aboard every ship.
The two neighbours have quarrelled over the strait since Norland's coast guard seized the trawler \
Sigrid on 12 May. Its crew of eleven was released after two weeks.
A new round of talks is planned for October in the Westmark capital, Holmby.
"""
NOTICE = """Notice on the emergency with respect to {place}
On {day} the President declared an emergency with respect to the situation in {place} by Order \
{order}. The situation in {place} still threatens the peace of the region and the interests of the \
Republic. For this reason the emergency declared on {day} must continue in effect beyond {day}. \
The Council therefore continues for one year the emergency with respect to {place} that was \
declared in Order {order}. This notice shall be published in the Register.
"""


def sentences(text: str) -> list[str]:
    title, _, body = text.partition("\n")
    return [title, *(f"{one}." for one in body.replace("\n", " ").rstrip(". ").split(". "))]


def tie(first: str, second: str, days_apart: int | None = 0, **sources: str) -> Tie | None:
    one, other = (
        prepare(id_, text.partition("\n")[0], text, sources.get(id_))
        for id_, text in (("a", first), ("b", second))
    )
    return tie_of(one, other, days_apart, outlet_words(POLICY), POLICY.copies)


def test_a_copy_is_found_through_its_edits() -> None:
    body = sentences(STORY)[1:]
    edited = "\n".join(["No deal on herring", "MEXTON (AFP) - " + body[0], *reversed(body[1:])])
    edited = edited.replace("neighbours", "neighbors").replace("three days", "3 days")
    edited = edited.replace("4,500", "4500").replace('"', "“").replace("eleven", "11")
    found = tie(STORY, edited)
    assert found is not None
    assert found.kind in ("copy", "same-text")
    assert found.share > 0.85
    assert "%" in found.reason


def test_an_excerpt_under_another_head_is_part_of_the_whole() -> None:
    half = sentences(STORY)[4:8]
    found = tie(STORY, "\n".join(["Herring", "The news drew wide attention.", *half]))
    assert found is not None
    assert (found.kind, found.part) == ("excerpt", "b")


def test_the_same_text_is_one_whenever_it_is_printed() -> None:
    found = tie(STORY, STORY, 4000)
    assert found is not None
    assert found.kind == "same-text"
    assert tie(STORY, STORY.replace("October", "November"), 4000) is None


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Ruritania", "day": "1 March 2022", "order": "7100"},
        {"place": "Zubrowka", "day": "1 March 2023", "order": "7100"},
    ],
)
@pytest.mark.parametrize("days_apart", [0, None, 365])
def test_a_form_filled_in_anew_is_no_copy(other: dict[str, str], days_apart: int | None) -> None:
    first = NOTICE.format(place="Zubrowka", day="1 March 2022", order="7100")
    assert tie(first, first, days_apart) is not None
    assert tie(first, NOTICE.format(**other), days_apart) is None


def test_another_outlets_name_is_no_other_fact() -> None:
    first = STORY.replace("said the Norland minister", "told the Lakeside Post the minister")
    second = first.replace("the Lakeside Post", "Prairie Ledger")
    assert tie(first, second, a="Lakeside Post", b="Prairie Ledger") is not None


def test_two_reports_of_one_thing_in_their_own_words_are_none() -> None:
    other = """No deal on herring
    Three days of talks over herring in the Alder Strait broke up on Tuesday. Ada Brekke, who led
    the Norland side, spoke of a last mile that was too long. Westmark had asked for 4,500 tonnes
    and was offered 3,100. The parties meet again in Holmby in October.
    """
    assert tie(STORY, other) is None


def overlap(**fields: Any) -> Overlap:
    whole = Overlap(
        share=1, back=1, core=0, covered=1, closeness=1, agreeing=40, other_numbers=0,
        other_names=0, size=300,
    )  # fmt: skip
    return msgspec.structs.replace(whole, **fields)


@pytest.mark.parametrize(
    ("fields", "days_apart", "same_outlet", "copy"),
    [
        ({}, 0, False, True),
        ({"share": 0.6}, 31, False, True),
        ({"share": 0.6}, 31, True, False),
        ({"share": 0.6}, None, False, True),
        ({"share": 0.6}, 32, False, False),
        ({"share": 0.5, "core": 0.85, "covered": 0.6}, 1, True, True),
        ({"share": 0.4, "core": 0.85, "covered": 0.4}, 1, True, False),
        ({"share": 0.5, "core": 0.7, "covered": 0.6}, 1, True, False),
        ({"share": 0.9, "size": 40}, 1, True, True),
        ({"share": 0.8, "size": 40}, 1, True, False),
        ({"share": 0.9, "closeness": 0.7}, 1, False, False),
        ({"agreeing": 2}, 0, False, False),
        ({"other_names": 1}, 0, False, True),
        ({"other_names": 3}, 0, False, False),
        ({"other_numbers": 1}, 0, False, True),
        ({"other_numbers": 1}, 0, True, False),
        ({"other_names": 1}, 400, False, False),
        ({}, 400, True, True),
    ],
)
def test_what_makes_a_copy(
    fields: dict[str, Any], days_apart: int | None, same_outlet: bool, copy: bool
) -> None:
    found = is_copy(overlap(**fields), days_apart, POLICY.copies, same_outlet=same_outlet)
    assert found == copy


def test_comparing_has_no_direction() -> None:
    one, other = prepare("a", "", STORY), prepare("b", "", "\n".join(sentences(STORY)[3:7]))
    assert compare(one, other, (), POLICY.copies) == compare(other, one, (), POLICY.copies)


def copy_of(first: str, second: str, share: float, part: str | None = None) -> Tie:
    kind = "excerpt" if part else "copy"
    return Tie(first=first, second=second, kind=kind, reason="", share=share, part=part or first)  # type: ignore[arg-type]


def test_what_another_report_explains_far_better_does_not_hold() -> None:
    weak, strong = copy_of("a", "x", 0.8, "x"), copy_of("b", "x", 0.97, "x")
    assert [one.holds for one in settle_ties([weak, strong], POLICY)] == [False, True]
    assert [one.holds for one in settle_ties([strong], POLICY)] == [True]
    related = copy_of("a", "b", 0.7)
    assert all(one.holds for one in settle_ties([weak, strong, related], POLICY))
    # A round-up holds passages of both: it is no part of either.
    roundup = [copy_of("a", "x", 0.8, "a"), copy_of("b", "x", 0.97, "b")]
    assert all(one.holds for one in settle_ties(roundup, POLICY))
    kinship = Kinship.from_ties(settle_ties([weak, strong], POLICY), {})
    assert kinship.story_of("x") == kinship.story_of("b") != kinship.story_of("a")


def test_groups_are_named_for_their_least_member() -> None:
    assert find_groups([("b", "a"), ("b", "c")]) == {"a": "a", "b": "a", "c": "a"}


@pytest.fixture
def fetch(ledger: Ledger) -> Fetch:
    return lambda name, parameters: partial(ledger._shelf.fetch, ledger._pin)(name, parameters)


def many(build: Build, count: int) -> list[Report]:
    """Make reports of which some are copies of others, whole or in part."""
    chance = random.Random(7)
    texts = [
        " ".join(f"Minister {chance.choice('ABCDEFGH')}son met {chance.randint(10, 99)} men of "
                 f"town {chance.randint(1, 400)}." for _ in range(9))
        for _ in range(count // 2)
    ]  # fmt: skip
    texts += [text[len(text) // 3 * (n % 2) :] + " It was late." for n, text in enumerate(texts)]
    chance.shuffle(texts)
    return [
        build.report(f"Title {n}\n{text}", source=chance.choice(["A", "B", None]), key=str(n))
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize("size", [1, 3])
def test_ties_found_bit_by_bit_are_those_found_at_once(
    build: Build, ledger: Ledger, fetch: Fetch, size: int
) -> None:
    reports = many(build, 24)
    found: list[Tie] = []
    for start in range(0, len(reports), size):
        part = reports[start : start + size]
        ledger.add(part)
        found += find_ties(fetch, POLICY, [report.id for report in part])
    whole = settle_ties(find_ties(fetch, POLICY), POLICY)
    assert len(whole) >= 10
    assert settle_ties(found, POLICY) == whole


def test_ties_are_kept_and_can_be_asked_for(build: Build, ledger: Ledger) -> None:
    ledger.add([build.report(STORY, source=source) for source in ("A", "B")])
    ledger.reconcile()
    [row] = ledger.sql("SELECT kind, reason, share, holds FROM ties")
    assert row == {"kind": "same-text", "reason": "same text: 100%", "share": 1.0, "holds": True}
