"""Which reports rest on one agency or one outlet, and how many origins that leaves."""

from __future__ import annotations

from typing import Any

import pytest

from chancery.ledger import Ledger
from chancery.ledger.origins import Kinship
from chancery.ledger.outlets import load_outlets
from chancery.ledger.policy import load_policy
from chancery.ledger.relayed import find_relayed
from chancery.ledger.wires import find_agencies, find_wires
from chancery.model import Tie, Voice

Build = Any
POLICY = load_policy()


@pytest.mark.parametrize(
    ("credit", "agencies"),
    [
        ("MINSK (Reuters) -", {"Reuters"}),
        ("With reporting by AFP and Agence France-Presse", {"AFP"}),
        ("AP", {"AP"}),
        ("APPLE and AFPX", set()),
        ("", set()),
    ],
)
def test_agencies_are_found_in_credits(credit: str, agencies: set[str]) -> None:
    assert find_agencies(["", credit], POLICY) == agencies


@pytest.mark.parametrize(
    ("first", "last", "agency"),
    [
        ("MINSK, Feb 3 (Reuters) - Envoys met on", "", "Reuters"),
        ("AFP – Envoys met on Monday", "", "AFP"),
        ("MOSCOW /TASS/. Envoys met", "", "TASS"),
        ("Envoys met on", "the talks went on. Source: Interfax", "Interfax"),
        ("Envoys met on", "With files from Kyodo and others", "Kyodo"),
        ("The Korean Central News Agency (KCNA) said that", "", None),
        ("Envoys met on", "the talks went on. (dpa)", "DPA"),
        ("The envoys told AFP that they met", "as Reuters reported on Monday", None),
    ],
)
def test_agencies_are_found_in_the_text_where_they_are_credited(
    first: str, last: str, agency: str | None
) -> None:
    ties = list(find_wires([("rep_1", None, [], [first, last])], POLICY))
    assert [tie.second for tie in ties] == ([agency] if agency else [])
    assert all(tie.kind == "wire" and "in its text" in tie.reason for tie in ties)


def relayed(
    voices: list[str], told: str | None = None, source: str | None = "Lakeside Post"
) -> Any:
    outlets = load_outlets(POLICY, ["Lakeside Post", "Meridian Wire"])
    ties = find_relayed([("clm_1", "rep_1", source, voices, told)], outlets)
    return [(tie.first, tie.second) for tie in ties]


@pytest.mark.parametrize(
    ("voices", "told", "outlet"),
    [
        (["Reuters"], None, "Reuters"),
        (["the Agence France-Presse news agency", "a diplomat"], None, "AFP"),
        (["Meridian Wire"], None, "Meridian Wire"),
        (["the minister"], " The Daily Beast on Monday", "The Daily Beast"),
        (["the minister"], " reporters in Kyiv", None),
        (["Lakeside Post"], None, None),
        (["the White House"], None, None),
        (["a diplomat"], None, None),
    ],
)
def test_a_claim_rests_on_the_outlet_that_it_is_quoted_from(
    voices: list[str], told: str | None, outlet: str | None
) -> None:
    expected = [("clm_1", outlet), ("rep_1", outlet)] if outlet else []
    assert relayed(voices, told) == expected


def test_a_report_rests_on_an_outlet_only_with_all_its_claims() -> None:
    rows = [
        ("clm_1", "rep_1", None, ["Reuters"], None),
        ("clm_2", "rep_1", None, ["the mayor"], None),
    ]
    assert [tie.first for tie in find_relayed(rows, load_outlets(POLICY))] == ["clm_1"]


@pytest.mark.parametrize(
    ("stories", "agencies", "count"),
    [
        ({}, {}, 3),
        ({"b": "a"}, {}, 2),
        ({"b": "a", "c": "a"}, {}, 1),
        ({}, {"a": frozenset({"AFP"}), "b": frozenset({"AFP"})}, 2),
        ({"b": "a"}, {"b": frozenset({"AFP"}), "c": frozenset({"AFP", "AP"})}, 1),
        ({}, {"a": frozenset({"AFP"}), "b": frozenset({"AP"})}, 3),
    ],
)
def test_copies_and_wires_are_one_origin(
    stories: dict[str, str], agencies: dict[str, frozenset[str]], count: int
) -> None:
    kinship = Kinship(stories=stories, agencies=agencies)
    assert len(kinship.origins(["c", "a", "b"])) == count


def quotes(first: str, second: str) -> Tie:
    return Tie(first=first, second=second, kind="quotes", reason="")


def test_who_quotes_an_outlet_has_its_origin() -> None:
    outlets = {"a": "Lakeside Post", "b": "Meridian Wire", "c": "Northern Courier"}
    kinship = Kinship.from_ties([quotes("a", "Meridian Wire")], outlets)
    assert kinship.origins("abc") == [("a", "b"), ("c",)]
    assert "quotes Meridian Wire" in kinship.ties("b", "a")[0].reason
    assert kinship.ties("a", "c") == ()


def test_two_that_quote_one_outlet_have_one_origin() -> None:
    kinship = Kinship.from_ties([quotes("a", "Reuters"), quotes("b", "Reuters")], {})
    assert kinship.origins("abc") == [("a", "b"), ("c",)]
    [why] = kinship.ties("a", "b")
    assert (why.kind, why.reason) == ("quotes", "both quote Reuters")


def test_a_claim_on_an_outlets_word_counts_for_what_it_tells_alone() -> None:
    ties = [quotes("clm_a", "Reuters"), quotes("clm_b", "Reuters")]
    kinship = Kinship.from_ties(ties, {})
    both = {"clm_a": "a", "clm_b": "b"}
    assert kinship.origins("ab") == [("a",), ("b",)]
    assert kinship.origins("ab", both) == [("a", "b")]
    assert kinship.origins("ab", both | {"clm_own": "b"}) == [("a",), ("b",)]


def test_two_of_one_page_have_one_origin() -> None:
    kinship = Kinship(pages={"a": "courier.example/1", "b": "courier.example/1"})
    assert kinship.origins("abc") == [("a", "b"), ("c",)]
    assert [tie.reason for tie in kinship.ties("b", "a")] == ["both at courier.example/1"]


def test_why_two_count_as_one_is_told() -> None:
    wire = [Tie(first=id_, second="AFP", kind="wire", reason="credits AFP") for id_ in "ab"]
    copy = Tie(first="a", second="b", kind="copy", reason="copy with changes: 80%")
    kinship = Kinship.from_ties([*wire, copy], {})
    assert [tie.reason for tie in kinship.ties("b", "a")] == [copy.reason, "both credit AFP"]


def test_the_ledger_ties_reports_to_what_they_credit_and_quote(
    build: Build, ledger: Ledger
) -> None:
    text = "Envoys talk\n{} Reuters reported that Washington met Minsk on Monday."
    first = build.report(text.format("MINSK (AFP) - Snow fell."), credit="MINSK (AFP) -")
    second = build.report(text.format("Rain fell."), source="Lakeside Post")
    ledger.add([first, second])
    for report in (first, second):
        name = build.at(report, "Reuters")
        voice = Voice(kind="document", name=name, cue=build.at(report, "reported"))
        claim = build.claim(report, when="2020-02-10", voice=voice)
        ledger.record([build.reading(report, claim)])
    ledger.reconcile()
    rows = ledger.sql("SELECT first, second, kind FROM ties WHERE kind != 'copy' ORDER BY ALL")
    found = {(row["first"][:4], row["second"], row["kind"]) for row in rows}
    assert found == {
        ("clm_", "Reuters", "quotes"), ("rep_", "Reuters", "quotes"), ("rep_", "AFP", "wire"),
    }  # fmt: skip
    [happening] = ledger.happenings()
    assert (len(happening.reports), happening.origin_count) == (2, 1)
