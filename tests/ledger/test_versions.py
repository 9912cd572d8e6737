"""Versions of one article: which reports are, which is the newest, what became of its claims."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chancery.ledger import Ledger, Version
from chancery.ledger.edits import lay, sentences
from chancery.ledger.versions import load_version_policy, version_policy_bytes
from chancery.model import Report, Span

Build = Any

BODY = (
    "Envoys talk in Minsk\nWashington met Minsk on Monday. Moscow was not amused, as its ministry "
    "let everybody know in the evening. Warsaw kept quiet all through that week, and so did the "
    "three Baltic capitals, whose ministers were on their way to another meeting at the time. "
    "The talks had been put off twice since the autumn, first for want of a room and then because "
    "of the weather, which had closed the airport for most of a day."
)
LATER = BODY.replace("on Monday", "on Tuesday").replace(" Warsaw kept", " Kyiv kept")
CORRECTED = BODY.replace("on Monday", "on Tuesday") + (
    "\nCorrection: an earlier version of this article gave the wrong day."
)
NOTICE = "Envoys talk in Minsk\nThis article has been withdrawn. We regret the error."
ADDRESS = "https://www.courier.example/2020/envoys"


def at_address(report: Report, url: str | None = ADDRESS) -> Report:
    id_ = Report.make_id(
        text=report.text, title=report.title, published=report.published, source=report.source,
        url=url, key=report.key,
    )  # fmt: skip
    return msgspec.structs.replace(report, id=id_, url=url)


def put(
    ledger: Ledger, build: Build, text: str = BODY, url: str | None = None, **fields: Any
) -> str:
    report = at_address(build.report(text, **fields), url)
    ledger.add([report])
    return report.id


def ids(versions: list[Version]) -> list[str]:
    return [one.report for one in versions]


def test_the_same_address_with_another_text_is_a_later_version(
    ledger: Ledger, build: Build
) -> None:
    first = put(ledger, build, url=ADDRESS)
    other = "http://courier.example/2020/envoys/#top"
    second = put(ledger, build, LATER, other, published="2020-03-20", source=None)
    versions = ledger.versions(first)
    assert ids(versions) == ids(ledger.versions(second)) == [first, second]
    assert [one.newest for one in versions] == [False, True]
    assert versions[1].ties == ("same address",)
    assert versions[1].because == "published later"
    assert ledger.older_versions() == {first}


def test_the_same_key_of_the_same_outlet_is_one_article(ledger: Ledger, build: Build) -> None:
    first = put(ledger, build, key="a17")
    later = LATER.replace("Envoys talk in Minsk", "Envoys have talked")
    second = put(ledger, build, later, key="a17", published="2020-02-11")
    put(ledger, build, later, key="a17", published="2020-02-11", source="The Other Post")
    put(ledger, build, "Grain\nA harvest without any deed.", key="a17", published="2020-02-12")
    assert ids(ledger.versions(first)) == [first, second]
    assert "same key of the same outlet" in ledger.versions(first)[0].ties


def test_the_same_headline_and_nearly_the_same_text_soon_after(
    ledger: Ledger, build: Build
) -> None:
    first = put(ledger, build)
    second = put(ledger, build, "UPDATE 1 - " + LATER, published="2020-02-11")
    put(ledger, build, LATER, published="2020-06-11")
    put(ledger, build, LATER, published="2020-02-11", source="The Other Post")
    put(ledger, build, BODY.replace("Envoys talk", "Ministers part"), published="2020-02-12")
    assert ids(ledger.versions(first)) == [first, second]
    assert ledger.older_versions() == {first}


def test_two_addresses_are_two_articles(ledger: Ledger, build: Build) -> None:
    put(ledger, build, url=ADDRESS)
    put(ledger, build, LATER, f"{ADDRESS}-2", published="2020-02-11")
    assert ledger.older_versions() == frozenset()


def test_a_headline_that_is_used_again_for_something_else_is_no_version(
    ledger: Ledger, build: Build
) -> None:
    for day in range(10, 14):
        text = f"Telephone conversation\nOn the {day}th the two spoke of {'grain ' * day}prices."
        put(ledger, build, text, published=f"2020-02-{day}")
    assert ledger.older_versions() == frozenset()


def test_a_rubric_names_no_article(ledger: Ledger, build: Build) -> None:
    many = load_version_policy().most_reports + 1
    ledger.add(build.report(f"{BODY} {n}.", key=f"k{n}") for n in range(many))
    assert ledger.older_versions() == frozenset()


def test_the_same_text_again_is_a_copy_and_no_version(ledger: Ledger, build: Build) -> None:
    first = put(ledger, build, url=ADDRESS)
    put(ledger, build, url=ADDRESS, published="2020-02-12")
    (alone,) = ledger.versions(first)
    assert (alone.ordinal, alone.newest, alone.ties) == (1, True, ())
    assert alone.because == "the only version"
    assert ledger.older_versions() == frozenset()


def test_a_correction_is_newer_on_the_same_day(ledger: Ledger, build: Build) -> None:
    longer = put(ledger, build, BODY + " More was said, at length, and to no end at all.")
    corrected = put(ledger, build, CORRECTED)
    versions = ledger.versions(longer)
    assert ids(versions) == [longer, corrected]
    assert versions[1].because == "says that it was corrected"
    said = [span.of(CORRECTED) for span in versions[1].notices]
    assert said == ["Correction:", "an earlier version of this"]


def test_a_day_that_people_settle_puts_versions_in_order(ledger: Ledger, build: Build) -> None:
    first, second = put(ledger, build), put(ledger, build, LATER + " And that was all.")
    assert ledger.older_versions() == {first}
    ledger.decide(first, "date 2020-02-20")
    assert ledger.older_versions() == {second}
    assert ledger.versions(first)[1].because == "published later"


def test_the_order_of_taking_in_makes_no_difference(tmp_path: Path, build: Build) -> None:
    reports = [build.report(text) for text in (BODY, LATER, CORRECTED)]
    found = set()
    for number, order in enumerate(permutations(reports)):
        with Ledger.open(tmp_path / f"{number}.ledger") as ledger:
            for report in order:
                ledger.add([report])
            found.add((ledger.older_versions(), tuple(ids(ledger.versions(reports[0].id)))))
    assert len(found) == 1


# What became of what it said ---------------------------------------------------------------------


def test_what_became_of_the_claims(ledger: Ledger, build: Build) -> None:
    text = f"{BODY} Warsaw accused Moscow. Minsk accused Kyiv. Washington accused Kyiv."
    before = at_address(build.report(text))
    text = f"{CORRECTED} Warsaw accused Moscow. Washington accused Minsk. Kyiv met Warsaw at last."
    after = at_address(build.report(text, published="2020-02-11"))

    def accuse(report: Report, who: str, whom: str, words: str) -> Any:
        return build.claim(report, "accuse", who, whom, words=words, trigger=words)

    met = "Washington met Minsk on Monday"
    old = [
        build.claim(before, when="2020-02-10", words=met, trigger="met"),
        accuse(before, "POL", "RUS", "Warsaw accused Moscow"),
        accuse(before, "BLR", "UKR", "Minsk accused Kyiv"),
        accuse(before, "USA", "UKR", "Washington accused Kyiv"),
    ]
    new = [
        build.claim(after, when="2020-02-11", words=met.replace("Mon", "Tues"), trigger="met"),
        accuse(after, "POL", "RUS", "Warsaw accused Moscow"),
        accuse(after, "USA", "BLR", "Washington accused Minsk"),
        build.claim(after, actors="UKR", targets="POL", words="Kyiv met Warsaw",
                    trigger="Kyiv met Warsaw"),
    ]  # fmt: skip
    ledger.add([before, after])
    ledger.record([build.reading(before, *old), build.reading(after, *new)])
    first, second = ledger.versions(before.id)
    assert first.claims == ()
    fates = [(one.what, one.before, one.after) for one in second.claims]
    assert fates == [
        ("changed", old[0].id, new[0].id),
        ("kept", old[1].id, new[1].id),
        ("lost", old[2].id, None),
        ("changed", old[3].id, new[2].id),
        ("new", None, new[3].id),
    ]
    (moved,) = second.claims[0].fields
    assert (moved.field, moved.before, moved.after) == ("when", ("2020-02-10",), ("2020-02-11",))


# What was taken back -----------------------------------------------------------------------------


def test_a_notice_of_withdrawal_is_proposed_and_never_done(ledger: Ledger, build: Build) -> None:
    report = put(ledger, build, url=ADDRESS)
    notice = put(ledger, build, NOTICE, ADDRESS, published="2020-02-12")
    (proposed,) = ledger.retractions()
    assert (proposed.report, proposed.of) == (notice, (report,))
    assert proposed.ties == ("same address", "same headline of the same outlet")
    assert ledger.older_versions() == frozenset()
    versions = ledger.versions(report)
    assert ids(versions) == ids(ledger.versions(notice)) == [report, notice]
    assert [one.retracts for one in versions] == [False, True]
    assert [one.newest for one in versions] == [True, False]
    assert not any(one.withdrawn for one in versions)
    assert [span.of(NOTICE) for span in versions[1].notices] == ["has been withdrawn"]
    ledger.decide(report, "withdrawn")
    assert [one.withdrawn for one in ledger.versions(notice)] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Envoys talk in Minsk\nThe ambassador has been withdrawn.",
        f"{BODY} The story that a report has been withdrawn was told. {'And so on. ' * 30}",
    ],
)
def test_what_tells_of_a_withdrawal_takes_nothing_back(
    ledger: Ledger, build: Build, text: str
) -> None:
    put(ledger, build, url=ADDRESS)
    put(ledger, build, text, ADDRESS, published="2020-02-12")
    assert ledger.retractions() == []


def test_a_notice_takes_back_all_versions(ledger: Ledger, build: Build) -> None:
    first = put(ledger, build, url=ADDRESS)
    second = put(ledger, build, LATER, ADDRESS, published="2020-02-11")
    notice = put(ledger, build, NOTICE, ADDRESS, published="2020-02-12")
    (proposed,) = ledger.retractions()
    assert proposed.of == tuple(sorted((first, second)))
    assert ids(ledger.versions(notice)) == [first, second, notice]
    assert ledger.older_versions() == {first}


# How texts differ --------------------------------------------------------------------------------


def test_words_that_differ_are_pointed_at_in_both_texts() -> None:
    before = "One stays. Washington met Minsk on Monday.  Two stays.\nGone for good."
    after = "One  stays. Washington met Minsk on Tuesday. Two stays."
    edits = [
        (one.kind, one.before.of(before), one.after.of(after)) for one in lay(before, after).edits
    ]
    assert edits == [("replaced", "Monday.", "Tuesday."), ("removed", "Gone for good.", "")]


def test_what_is_added_stands_where_it_was_put() -> None:
    before, after = "One stays. Two stays.", "One stays. New words here. Two stays."
    (edit,) = lay(before, after).edits
    assert (edit.kind, edit.before) == ("added", Span(10, 10))
    assert edit.after.of(after) == "New words here."


def test_other_words_altogether_are_one_replacement() -> None:
    before, after = "Nothing here is of any use.", "Washington met Minsk on Monday."
    (edit,) = lay(before, after).edits
    assert (edit.before.of(before), edit.after.of(after)) == (before, after)
    assert lay(before, after).find(Span(0, 7)) is None


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "One."), ("One.", ""), (BODY, BODY)])
def test_empty_texts_and_equal_ones(before: str, after: str) -> None:
    assert bool(lay(before, after).edits) == (before != after)


def test_kept_words_are_found_again() -> None:
    laid = lay(BODY, CORRECTED)
    place = BODY.index("Minsk on Monday")
    found = laid.find(Span(place, place + 15))
    assert found is not None
    assert found.of(CORRECTED) == "Minsk on"


def test_sentences_end_with_their_marks_and_with_lines() -> None:
    text = "He said: “No.” Then he left!\nA line\n\n  Last one"
    found = [span.of(text) for span in sentences(text)]
    assert found == ["He said: “No.”", "Then he left!", "A line", "Last one"]


def test_the_policy_is_a_table() -> None:
    assert b"least_kin" in version_policy_bytes()
    assert load_version_policy().most_days_apart == 31


@pytest.mark.parametrize(
    ("urls", "origins"),
    [
        ((ADDRESS, ADDRESS + "/#top"), 1),
        ((ADDRESS, ADDRESS + "-2"), 2),
        (("https://courier.example", "https://courier.example/"), 2),
        ((ADDRESS, None), 2),
    ],
)
def test_a_page_that_is_printed_anew_is_no_second_origin(
    ledger: Ledger, build: Build, urls: tuple[str | None, ...], origins: int
) -> None:
    texts = (
        "Envoys met.\nWashington met Minsk on Monday.",
        "Talks.\nSnow fell. Washington met Minsk on Monday.",
    )
    for text, url in zip(texts, urls, strict=True):
        report = at_address(build.report(text, source=None), url)
        ledger.add([report])
        ledger.record([build.reading(report, build.claim(report, when="2020-02-10"))])
    ledger.reconcile()
    [happening] = ledger.happenings()
    assert (len(happening.reports), happening.origin_count) == (2, origins)
