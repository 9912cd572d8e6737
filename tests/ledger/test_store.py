"""The ledger as others see it: what goes in, what comes out, and as of when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chancery.errors import LedgerDamaged, NotALedger, Problem, UsageError
from chancery.ledger import Added, Ledger, Recorded
from chancery.model import Cite, Mention, Report, Span, TimeExpression, Voice

Build = Any
Tell = Callable[..., Report]


def test_opening_makes_a_ledger_and_opens_it_again(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a" / "new.ledger") as made:
        assert made.coverage().report_count == 0
        assert made.snapshots() == []
        assert list(made.happenings()) == []
        assert made.verify() == []
    with Ledger.open(tmp_path / "a" / "new.ledger", create=False) as again:
        assert again.snapshot.number == 0


@pytest.mark.parametrize("there", ["nothing", "a file", "other files", "another version"])
def test_what_is_no_ledger_is_not_opened(tmp_path: Path, there: str) -> None:
    path = tmp_path / "other"
    if there == "a file":
        path.write_text("words")
    elif there != "nothing":
        path.mkdir()
        (path / "notes.txt").write_text("words")
    if there == "another version":
        (path / "chancery.toml").write_text("format = 99\n")
    with pytest.raises(NotALedger) as raised:
        Ledger.open(path, create=there != "nothing")
    assert raised.value.hint


def test_a_ledger_without_its_control_file_is_damaged(tmp_path: Path, build: Build) -> None:
    with Ledger.open(tmp_path / "x.ledger") as ledger:
        ledger.add([build.report()])
    (tmp_path / "x.ledger" / "control.sqlite").unlink()
    with pytest.raises(LedgerDamaged):
        Ledger.open(tmp_path / "x.ledger")


def test_each_report_and_each_problem_is_kept_once(ledger: Ledger, build: Build) -> None:
    report, other = build.report(), build.report("Other words\nstand here.")
    problem = Problem(stage="ingest", code="no-date", message="no date", place="a.txt", hint="set")
    assert ledger.add([report, report, problem, other, problem]) == Added(2, 1, 1)
    before = ledger.snapshots()
    assert ledger.add([other, problem, report]) == Added(0, 2, 0)
    assert ledger.snapshots() == before
    assert ledger.problems() == [problem]
    assert ledger.report(report.id) == report


def test_a_report_is_found_by_the_beginning_of_its_id_and_by_its_key(
    ledger: Ledger, build: Build
) -> None:
    report = build.report(key="wire/17")
    ledger.add([report, build.report("Other\nwords")])
    assert ledger.report(report.id[:12]) == ledger.report("wire/17") == report
    with pytest.raises(UsageError, match="more than one report"):
        ledger.report("rep_")
    with pytest.raises(UsageError, match="no report 'rep_zz'"):
        ledger.report("rep_zz")
    with pytest.raises(UsageError):
        ledger.report("' OR 1=1 --")


def test_a_report_with_half_a_character_is_a_problem(ledger: Ledger, build: Build) -> None:
    broken = msgspec.structs.replace(build.report(key="k1"), text="broken \ud800 words")
    assert ledger.add([broken]) == Added(0, 0, 1)
    assert [(one.code, one.place) for one in ledger.problems()] == [("half-character", "k1")]


def test_reports_are_given_out_until_they_are_read(ledger: Ledger, build: Build) -> None:
    reports = [build.report(f"Number {n}\nWashington met Minsk on Monday.") for n in range(5)]
    ledger.add(reports)
    assert {one.id for one in ledger.unread()} == {one.id for one in reports}
    assert ledger.record(map(build.reading, reports[:3])) == Recorded(read=3)
    assert {one.id for one in ledger.unread()} == {one.id for one in reports[3:]}
    assert len(list(ledger.unread(lambda report: "run_2"))) == 5
    assert ledger.record([build.reading(reports[3], unread="language: ru")]).unread == 1
    assert ledger.coverage().unread_count == 2
    assert [one.unread for one in ledger.reports(unread=True)].count("language: ru") == 1


def test_only_the_newest_run_of_a_report_counts(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    met = build.claim(report, run="run_1")
    accused = build.claim(report, "accuse", run="run_2")
    ledger.record([build.reading(report, met, run="run_1")])
    ledger.record([build.reading(report, accused, met, run="run_2")])
    assert {claim.run for claim in ledger.claims()} == {"run_2"}
    assert len(ledger.sql("SELECT * FROM all_claims")) == 3
    again = ledger.record([build.reading(report, met, run="run_1")])
    assert again == Recorded()
    assert list(ledger.claims()) == [met]
    assert list(ledger.unread(lambda _: "run_1")) == []
    assert ledger.verify() == []


def test_a_reading_of_a_stranger_is_refused(ledger: Ledger, build: Build) -> None:
    report, stranger = build.report(), build.report("Who\nis this")
    ledger.add([report])
    with pytest.raises(UsageError, match="does not hold"):
        ledger.record([build.reading(stranger)])
    with pytest.raises(UsageError, match="stands in a reading of"):
        ledger.record([build.reading(stranger, build.claim(report))])


def test_a_claim_told_twice_in_one_reading_is_kept_once(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    claim = build.claim(report)
    assert ledger.record([build.reading(report, claim, claim)]).claims == 1
    assert ledger.verify() == []


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({}, 4),
    ({"who": "USA"}, 3),
    ({"who": ["USA", "BLR"]}, 2),
    ({"who": "USA,BLR"}, 2),
    ({"who": "USA.GOV"}, 1),
    ({"who": "US"}, 0),
    ({"what": "accuse"}, 1),
    ({"what": "CONSULT"}, 3),
    ({"what": ["consult", "ACCUSE"]}, 4),
    ({"since": "2020"}, 2),
    ({"until": "2019-12"}, 1),
    ({"since": "2019-06", "until": "2020-02-10"}, 3),
    ({"since": "2020-02-11"}, 0),
    ({"voice": "own"}, 3),
    ({"voice": "named"}, 1),
    ({"voice": "RUS"}, 1),
    ({"limit": 2}, 2),
    ({"limit": 0}, 0),
]


@pytest.fixture(scope="module")
def four(shared_ledger: Ledger, tell_shared: Tell) -> Ledger:
    by_moscow = Voice(kind="named", actor="RUS.GOV")
    words = "Washington met Minsk on Monday"
    tell_shared(f"One\n{words}", when="2020-02-01/2020-02-10")
    tell_shared(f"Two\n{words}", actors="USA.GOV", when="2019-01/2019-12")
    tell_shared(
        f"Three\n{words}", frame="accuse", targets="POL", when="2020-02-10", voice=by_moscow
    )
    tell_shared(f"Four\n{words}", actors="POL", targets="RUS")
    return shared_ledger


@pytest.mark.parametrize(("filters", "count"), FILTERS)
def test_filters_mean_the_same_for_claims_and_happenings(
    four: Ledger, filters: dict[str, Any], count: int
) -> None:
    assert len(four.claims(**filters)) == count
    assert len(four.happenings(**filters)) == count


def test_rows_come_by_their_earliest_possible_day(ledger: Ledger, tell: Tell) -> None:
    for number, when in enumerate(("2020-02", None, "2008", "../2020-01-15")):
        tell(f"{number}\nWashington met Minsk on Monday", when=when)
    expected = ["2008", "../2020-01-15", "2020-02", ".."]
    assert [row.when.edtf() for row in ledger.happenings()] == expected
    assert [row.when.edtf() for row in ledger.claims()] == expected


@pytest.mark.parametrize(
    "filters",
    [
        {"since": "2020-13-45"},
        {"until": "soon"},
        {"since": "2021", "until": "2020"},
        {"who": "USA; DROP TABLE"},
        {"min": "surely"},
        {"as_of": "snp_0000"},
        {"as_of": "1999"},
        {"limit": -1},
    ],
)
def test_filters_that_cannot_be_meant_are_refused(ledger: Ledger, filters: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as raised:
        len(ledger.happenings(**filters))
    assert raised.value.hint or "limit" in raised.value.message


def test_what_is_not_assessed_is_never_certain_enough(ledger: Ledger, tell: Tell) -> None:
    tell(when="2020")
    assert len(ledger.happenings(min="doubtful")) == 0


def test_an_old_snapshot_stays_as_it_was(ledger: Ledger, build: Build, tell: Tell) -> None:
    first = tell("One\nWashington met Minsk on Monday", when="2020-02-10")
    old = ledger.snapshot
    rows = list(ledger.happenings()), list(ledger.claims()), ledger.coverage()
    tell("Two\nWashington met Minsk on Monday", when="2020-02-10", source="Other")
    ledger.record([build.reading(first, run="run_2")])
    ledger.decide(first.id, "date 2019", made="2020-01-01T00:00:00+00:00")
    ledger.compact()
    ledger.rebuild()
    as_of = {"as_of": old.id[:9]}
    then = list(ledger.happenings(**as_of)), list(ledger.claims(**as_of)), ledger.coverage(**as_of)
    assert then == rows
    assert ledger.report(first.id, as_of=old.id) == first
    assert len(ledger.search("Minsk", as_of=old.id)) == 1
    assert len(ledger.search("Minsk")) == 2
    assert ledger.coverage(as_of=old.made[:10]) == ledger.coverage()


def test_citing_gives_the_words_as_stored(ledger: Ledger, build: Build, tell: Tell) -> None:
    report = tell(
        "Envoys talk\n\nRain fell.\n\nIt was cold. Washington met Minsk on Monday, at last. Snow.",
        when="2020-02-10",
    )
    happening = ledger.happenings()[0]
    expected = Cite(
        claim=happening.lead,
        report=report.id,
        source="Baltic Courier",
        published=report.published,
        title="Envoys talk",
        words="Washington met Minsk on Monday",
        span=build.at(report, "Washington met Minsk on Monday"),
        trigger=build.at(report, "met"),
        paragraph=2,
        sentence="Washington met Minsk on Monday, at last.",
    )
    assert ledger.cite(happening) == [expected]
    assert ledger.cite(ledger.claims()[0]) == [expected]
    assert ledger.cite([happening, ledger.claims()[0]]) == [expected, expected]


def test_the_leading_claim_is_cited_first(ledger: Ledger, tell: Tell) -> None:
    tell("One\nWashington met Minsk on Monday, wide", when="2020-02")
    narrow = tell("Two\nWashington met Minsk on Monday, narrow", when="2020-02-10")
    (happening,) = ledger.happenings()
    assert ledger.cite(happening)[0].report == narrow.id
    assert len(happening.claims) == 2


def test_a_happening_is_found_by_its_claims_and_by_replaced_ids(ledger: Ledger, tell: Tell) -> None:
    for number in range(4):
        tell(f"{number}\nWashington met Minsk on Monday", when="2020-02-10", source=str(number))
        (happening,) = ledger.happenings()
        for claim in happening.claims:
            assert ledger.happening(claim) == happening
    ids = {ledger.happening(row.id).id for row in ledger.happenings(as_of=ledger.snapshots()[1].id)}
    assert ids == {happening.id}
    assert ledger.happening(happening.id[:10]) == happening
    with pytest.raises(UsageError, match="no happening"):
        ledger.happening("hap_zz")
    with pytest.raises(UsageError, match="not a happening's id"):
        ledger.happening("rep_12")


def test_claims_of_a_happening_and_of_a_report(ledger: Ledger, tell: Tell) -> None:
    report = tell("One\nWashington met Minsk on Monday", when="2020-02-10")
    tell("Two\nWashington met Minsk on Monday", when="2008")
    (claim,) = ledger.claims(report=report.id)
    happening = ledger.happening(claim.id)
    assert list(ledger.claims(happening=happening.id)) == [claim] == [ledger.claim(claim.id[:9])]


def test_statements_mentions_and_times_of_a_report(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    said = build.statement(report, "Moscow was not amused", actor="RUS")
    mention = Mention(span=build.at(report, "Moscow"), actor="RUS", candidates=("RUS",), score=1)
    time = TimeExpression(
        span=build.at(report, "Monday"), type="DATE", value="2020-02-10", when=build.when("2020")
    )
    reading = build.reading(report, statements=(said,), mentions=(mention,), times=(time,))
    ledger.record([reading])
    assert list(ledger.statements(voice="named", who="RUS", since="2020")) == [said]
    assert list(ledger.statements(voice="own")) == []
    assert list(ledger.mentions(report.id)) == [mention]
    assert list(ledger.times(report.id)) == [time]


def test_coverage_and_sources_count_what_is_there(ledger: Ledger, build: Build) -> None:
    ledger.add(
        [
            build.report("One\nwords", source="Alpha", published="2006-01"),
            build.report("Two\nwords", source="Alpha", published=None),
            build.report("Three\nмосква", source=None, published="2020", language="ru"),
        ]
    )
    coverage = ledger.coverage()
    assert (coverage.report_count, coverage.source_count, coverage.undated_count) == (3, 1, 1)
    assert (str(coverage.first), str(coverage.last)) == ("2006-01-01", "2020-12-31")
    assert coverage.languages == ("en", "ru")
    assert [(one.name, one.report_count) for one in ledger.sources()] == [("Alpha", 2), (None, 1)]
    assert [one.title for one in ledger.reports(dated=False)] == ["Two"]
    assert [one.title for one in ledger.reports(since="2010")] == ["Three"]
    assert [one.title for one in ledger.reports(source="Alpha", limit=1)] == ["One"]


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("search") / "test.ledger") as ledger:
        ledger.add(
            [
                build.report("Visit\nWashington met Minsk on Monday.", published="2019"),
                build.report("Talks\nNo visit to Minsk or Łódź, or to Lódz.", published="2020"),
            ]
        )
        yield ledger


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("minsk", ["Talks", "Visit"]),
        ("MINSK monday", ["Visit"]),
        ('"met minsk"', ["Visit"]),
        ('"minsk met"', []),
        ("wash*", ["Visit"]),
        ("visit", ["Visit", "Talks"]),
        ("lódz", ["Talks"]),
        ("lodz", ["Talks"]),
        ("NOT minsk", []),
        ('minsk" OR "x', []),
        ("title:minsk*", []),
        ("  ", []),
        ("nothing", []),
    ],
)
def test_search_finds_words(searched: Ledger, words: str, found: list[str]) -> None:
    hits = searched.search(words)
    assert [hit.title for hit in hits] == found
    for hit in hits:
        text = searched.report(hit.report).text
        assert hit.words == text[hit.passage.start : hit.passage.end]
        assert hit.spans or words == "visit"


def test_a_hit_shows_the_words_in_their_place(ledger: Ledger, build: Build) -> None:
    filler = "filler " * 200
    ledger.add([build.report(f"Title\n{filler}the Minsk accord {filler}")])
    (hit,) = ledger.search("minsk")
    text = ledger.report(hit.report).text
    assert [text[span.start : span.end] for span in hit.spans] == ["Minsk"]
    assert len(hit.words) <= 240
    assert isinstance(hit.passage, Span)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"since": "2008", "until": "2008"}, ["2008"]),
        ({"until": "2020-08-30"}, ["2008"]),
        ({"since": "2020-08", "until": "2020-08"}, ["2020-08"]),
        ({"since": "2009"}, ["2020-08", "2020-09"]),
        ({}, ["2008", "2020-08", "2020-09", ""]),
    ],
)
def test_a_row_known_by_its_last_day_alone_stands_at_that_day(
    by_last_day: Ledger, days: dict[str, str], found: list[str]
) -> None:
    for rows in (by_last_day.happenings(**days), by_last_day.claims(**days)):
        pairs = zip(rows, found, strict=True)
        assert [str(row.when.last or "")[: len(day)] for row, day in pairs] == found


@pytest.fixture(scope="module")
def by_last_day(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("days") / "test.ledger") as ledger:
        for when in ("2020-09", "2008", "../2020-08-31", None):
            report = build.report(f"{when}\nWashington met Minsk on Monday")
            ledger.add([report])
            ledger.record([build.reading(report, build.claim(report, when=when))])
        yield ledger


def test_a_reading_of_words_that_no_list_has_is_refused(ledger: Ledger, build: Build) -> None:
    good, bad = (
        build.report("Good\nWashington met Minsk"),
        build.report("Bad\nWashington met Minsk"),
    )
    claims = [build.claim(one, words="Washington met Minsk") for one in (good, bad)]
    odd = msgspec.structs.replace(claims[1], standing="rumoured")
    ledger.add([good, bad])
    recorded = ledger.record([build.reading(good, claims[0]), build.reading(bad, odd)])
    assert (recorded.read, recorded.unread, recorded.claims) == (1, 1, 1)
    (problem,) = ledger.problems()
    assert (problem.code, problem.report) == ("bad-reading", bad.id)
    assert "rumoured" in problem.message
    assert ledger.verify() == []


def test_as_of_a_day_is_as_of_its_end(ledger: Ledger, tell: Tell) -> None:
    tell(when="2020")
    today = ledger.snapshot.made[:10]
    assert len(ledger.claims(as_of=today)) == len(ledger.claims(as_of=today[:4])) == 1
    with pytest.raises(UsageError, match="no snapshot is as old"):
        ledger.claims(as_of="1999-12")
