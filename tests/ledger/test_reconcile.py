"""Which claims are one happening, which are not, and what leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from chancery.ledger.origins import Kinship
from chancery.ledger.policy import load_policy
from chancery.ledger.reconcile import Told, reconcile
from chancery.model import Claim, Happening, Place, Span

Build = Any
TEXT = "Title {}\nWashington met Minsk on Monday. Washington met Minsk again and again."
POLICY = load_policy()


def happenings_of(claims: Sequence[Claim], kinship: Kinship = Kinship()) -> list[Happening]:  # noqa: B008 -- frozen
    """Reconcile claims as if each stood in words of its own report."""
    told = [Told(claim, f"{claim.report} {claim.words}") for claim in claims]
    return reconcile(told, kinship, POLICY).happenings


def two(build: Build, first: dict[str, Any], second: dict[str, Any], **both: Any) -> list[Claim]:
    """One claim in each of two reports."""
    return [
        build.claim(build.report(TEXT.format(number)), **{"when": "2020-02-10"} | both | fields)
        for number, fields in enumerate((first, second))
    ]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ({}, {}, 1),
        ({"actors": "USA.GOV"}, {}, 1),
        ({"actors": "BLR", "targets": "USA"}, {}, 1),
        ({"actors": "USA+BLR", "targets": ""}, {}, 1),
        ({"actors": "USA+BLR", "targets": "", "frame": "accuse"}, {"frame": "accuse"}, 2),
        ({"targets": "BLR+POL"}, {}, 2),
        ({"targets": "POL"}, {}, 2),
        ({"targets": ""}, {}, 2),
        ({"targets": ""}, {"targets": ""}, 2),
        ({"targets": "IGO.NATO"}, {"targets": "IGO.EU"}, 2),
        ({"targets": "IGO.NATO"}, {"targets": "IGO.NATO.MIL"}, 1),
        ({"frame": "visit"}, {}, 1),
        ({"frame": "visit"}, {"frame": "meet", "mode": "phone"}, 2),
        ({"frame": "accuse"}, {}, 2),
        ({"when": "2020-02"}, {}, 1),
        ({"when": "2020"}, {}, 1),
        ({"when": "2020-02"}, {"when": "2020-02"}, 1),
        ({"when": "2020-02-11"}, {}, 2),
        ({"when": "2020-03"}, {}, 2),
        ({"when": None}, {}, 2),
        ({"when": None}, {"when": None}, 2),
        ({"when": "../2020-02-10"}, {}, 2),
        ({"standing": "planned"}, {}, 2),
        ({"standing": "hypothetical"}, {}, 2),
        ({"standing": "hypothetical"}, {"standing": "planned"}, 2),
        ({"standing": "predicted"}, {"standing": "planned"}, 1),
        ({"standing": "denied"}, {}, 1),
        ({"standing": "alleged"}, {}, 1),
        ({"standing": "ongoing"}, {}, 1),
    ],
)
def test_two_reports(
    build: Build, first: dict[str, Any], second: dict[str, Any], count: int
) -> None:
    claims = two(build, first, second)
    assert len(happenings_of(claims)) == count
    assert happenings_of(claims[::-1]) == happenings_of(claims)


def test_direction_matters_where_one_does_it_to_the_other(build: Build) -> None:
    swapped = two(build, {"actors": "BLR", "targets": "USA"}, {}, frame="accuse")
    assert len(happenings_of(swapped)) == 2


def test_two_outlets_may_differ_by_a_day(build: Build) -> None:
    next_day, two_days = (build.when(f"2020-02-1{n}", "published") for n in (1, 2))
    claims = two(build, {"when": next_day}, {})
    outlets = Kinship(outlets={claim.report: claim.id for claim in claims})
    one_outlet = Kinship(outlets={claim.report: "the same" for claim in claims})
    (happening,) = happenings_of(claims, outlets)
    assert happening.disputed == ("when",)
    assert happening.when.edtf() == "2020-02-10"
    assert len(happenings_of(claims, one_outlet)) == 2
    assert len(happenings_of(claims)) == 2
    later = two(build, {"when": two_days}, {})
    assert len(happenings_of(later, Kinship(outlets={one.report: one.id for one in later}))) == 2
    stated = two(build, {"when": "2020-02-11"}, {})
    assert len(happenings_of(stated, Kinship(outlets={one.report: one.id for one in stated}))) == 2


def test_a_form_filled_in_anew_is_a_new_deed(build: Build) -> None:
    reports = [build.report(TEXT.format(source), source=source) for source in ("A", "B")]
    claims = [
        build.claim(report, when=build.when(f"2020-02-1{n}", "published"))
        for n, report in enumerate(reports)
    ]
    told = [Told(claim, "washington met minsk on monday") for claim in claims]
    tie = {report.id: reports[0].id for report in reports}
    assert len(reconcile(told, Kinship(stories=tie), POLICY).happenings) == 2
    assert len(reconcile(told, Kinship(stories=tie, texts=tie), POLICY).happenings) == 1


def test_a_wide_date_that_fits_two_deeds_joins_neither(build: Build) -> None:
    claims = [
        build.claim(build.report(TEXT.format(number)), when=when)
        for number, when in enumerate(("2020-03-04", "2020-09-01", "2020"))
    ]
    assert sorted(len(one.claims) for one in happenings_of(claims)) == [1, 1, 1]
    assert sorted(len(one.claims) for one in happenings_of(claims[1:])) == [2]


def test_dates_do_not_chain(build: Build) -> None:
    days = ["2020-02-01/2020-02-05", "2020-02-04/2020-02-09", "2020-02-08/2020-02-14"]
    claims = [
        build.claim(build.report(TEXT.format(number)), when=when)
        for number, when in enumerate(days)
    ]
    for one in happenings_of(claims):
        kept = [claim.when for claim in claims if claim.id in one.claims]
        assert max(when.first for when in kept) <= min(when.last for when in kept)  # type: ignore[type-var]
    assert len(happenings_of(claims)) == 2


@pytest.mark.parametrize("when", [None, "../2020-02-10"])
def test_undated_claims_join_where_a_copy_says_the_same_words(
    build: Build, when: str | None
) -> None:
    reports = [build.report(TEXT.format("x"), source=source) for source in ("A", "B")]
    claims = [build.claim(report, when=when, targets="") for report in reports]
    told = [Told(claim, "washington met minsk on monday") for claim in claims]
    story = {report.id: reports[0].id for report in reports}
    found = reconcile(told, Kinship(stories=story), POLICY)
    (happening,), (join,) = found.happenings, found.joins
    assert (len(happening.reports), happening.origin_count) == (2, 1)
    assert join.happening == happening.id
    assert "same words" in join.reasons[0]
    assert len(reconcile(told, Kinship(), POLICY).happenings) == 2


def test_two_days_told_in_one_clause_stay_two_deeds(build: Build) -> None:
    report = build.report(TEXT.format("x"))
    claims = [
        build.claim(report, when="2020-02-10"),
        build.claim(report, when="2020-02-13", trigger="again"),
    ]
    told = [Told(claim, "washington met minsk") for claim in claims]
    assert len(reconcile(told, Kinship(), POLICY).happenings) == 2


def test_every_join_names_its_reasons(build: Build) -> None:
    claims = two(build, {"when": "2020-02"}, {})
    joins = reconcile([Told(claim, claim.id) for claim in claims], Kinship(), POLICY).joins
    (join,) = joins
    assert {join.first_claim, join.second_claim} == {claim.id for claim in claims}
    assert join.reasons == (
        "same kind of deed: CONSULT",
        "same parties: USA and BLR",
        "days that meet: 2020-02-10 and 2020-02",
    )


@pytest.mark.parametrize(
    ("leads", "follows"),
    [
        ({}, {"when": "2020-02"}),
        ({"when": "2020-02"}, {"when": "2020"}),
        ({}, {"standing": "denied"}),
        ({"standing": "alleged", "when": "2020-02"}, {"standing": "denied"}),
        ({}, {"when": ("2020-02-10", "reckoned")}),
        ({"actors": "USA+USA.GOV"}, {"score": 0.9}),
        ({"score": 0.9}, {"score": 0.1}),
    ],
)
def test_the_leading_claim(build: Build, leads: dict[str, Any], follows: dict[str, Any]) -> None:
    for fields in (leads, follows):
        if isinstance(fields.get("when"), tuple):
            fields["when"] = build.when(*fields["when"])
    claims = two(build, leads, follows)
    (happening,) = happenings_of(claims)
    assert happening.lead == claims[0].id
    assert (happening.when, happening.standing) == (claims[0].when, claims[0].standing)


@pytest.mark.parametrize(
    ("first", "second", "disputed"),
    [
        ({}, {}, ()),
        ({"when": "2020-02"}, {}, ()),
        ({"standing": "denied"}, {}, ("standing",)),
        ({"standing": "ongoing"}, {}, ()),
        ({"actors": "USA.GOV"}, {}, ()),
        ({"actors": "USA.GOV"}, {"actors": "USA.MIL"}, ()),
        ({"actors": "USA.GOV"}, {"actors": "USA.LEG"}, ("actors",)),
        ({"actors": "BLR", "targets": "USA"}, {}, ()),
        (
            {"where": Place(span=Span(10, 12), country="BLR")},
            {"where": Place(span=Span(10, 12), country="LTU")},
            ("where",),
        ),
        ({"where": Place(span=Span(10, 12), country="BLR")}, {}, ()),
    ],
)
def test_disputed_fields_are_named(
    build: Build, first: dict[str, Any], second: dict[str, Any], disputed: tuple[str, ...]
) -> None:
    (happening,) = happenings_of(two(build, first, second))
    assert happening.disputed == disputed


@pytest.mark.parametrize(
    ("words", "day_in", "count"),
    [
        ("during its talks with Minsk", "Today", 1),  # the day stands in another sentence
        ("during its talks with Minsk on Friday", "Friday", 2),
        ("Washington held talks with Minsk", "Today", 2),
    ],
)
def test_an_occasion_without_a_day_of_its_own_may_be_some_days_old(
    build: Build, words: str, day_in: str, count: int
) -> None:
    texts = [TEXT.format(0), f"Today\nWashington said {words}."]
    reports = [build.report(text, source="A") for text in texts]
    day = build.when("2020-02-12", "reckoned")
    dated = msgspec.structs.replace(day, words=build.at(reports[1], day_in))
    claims = [
        build.claim(reports[0], when="2020-02-10"),
        build.claim(reports[1], when=dated, words=words, trigger="talks"),
    ]
    told = [
        Told(one, str(one.id), one.words.of(text)) for one, text in zip(claims, texts, strict=True)
    ]
    found = reconcile(told, Kinship(outlets={one.id: "A" for one in reports}), POLICY).happenings
    assert len(found) == count
