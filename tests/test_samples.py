"""The sample reports carry the oddities that a reader of news has to cope with, each on purpose.

`ODDITIES` says which file has which. The first part of this page looks at the files alone, the
second at what `ingest` makes of them, the third at what the whole path does.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from datetime import date

import pytest

import chancery as ch
from chancery.errors import Problem
from chancery.ingest import ingest
from chancery.model import Report
from chancery.samples import sample_folder

FOLDER = sample_folder()

# What was planted, and where. A pair names the earlier report first.
ODDITIES = {
    "reads as translation": "2020-02-12-world-mirror.txt",
    "undated": "us-oil-for-minsk.txt",
    "near copy": ("2020-02-03-baltic-courier.eml", "2020-02-04-capitol-notebook.md"),
    "wire copy": ("2020-01-05-meridian-wire.txt", "2020-01-06-lakeside-post.md"),
    "disagree": ("2008-05-01-meridian-wire.txt", "2008-05-03-prairie-ledger.md"),
    "other language": "2019-12-21-nevsky-listok.txt",
    "related content": ("2011-02-01-harbour-gazette.html", "us-oil-for-minsk.txt"),
    "several in one file": "2017-2019-dispatches.jsonl",
}

# The bad translation against the report it garbles: (words there, words of the original).
GARBLED = {
    "roles reversed": (
        "The Belarusian side could deliver to the Americans all the petroleum",
        "American producers could deliver all the oil that Belarus needs",
    ),
    "negation lost": (
        "Washington would lift its remaining sanctions",
        "Washington would not lift its remaining sanctions",
    ),
    "names misspelt": ("Pompeio", "Pompeo"),
    "named in two ways": ("Loukashenko", "Lukashenko"),
}

# The two who disagree about one deed: how many, and on which day.
DISPUTED = {
    "2008-05-01-meridian-wire.txt": ("ten American diplomats", "on Wednesday"),
    "2008-05-03-prairie-ledger.md": ("eleven American diplomats", "on May 1"),
}

# Forecasts: (file, words of the forecast, file that settles it, words that do, how it came out).
FORECASTS = [
    (
        "2017-2019-dispatches.jsonl", "nominate an ambassador to Belarus before the summer of 2020",
        "2020-04-21-prairie-ledger.md", "will nominate Julie Fisher", "borne out",
    ),
    (
        "2017-2019-dispatches.jsonl", "Moscow will reach for the oil tap before the winter is over",
        "2020-01-05-meridian-wire.txt", "Russia stopped supplying oil", "borne out",
    ),
    (
        "2020-02-03-baltic-courier.eml", "the first American tanker would arrive in Klaipeda",
        "2020-12-17-vistula-review.eml", "reached the port of Klaipeda in early June", "borne out",
    ),
    (
        "2020-04-21-prairie-ledger.md", "the Senate would confirm her before its August recess",
        "2020-12-17-vistula-review.eml", "confirmed Julie Fisher as ambassador to Belarus on",
        "not borne out",
    ),
]  # fmt: skip

ANONYMOUS = [
    ("2006-06-20-baltic-courier.txt", "a European diplomat in Minsk, who asked not to be named"),
    ("2008-05-01-meridian-wire.txt", "A US official, speaking on condition of anonymity"),
    ("2008-05-03-prairie-ledger.md", "a retired consular officer who served in Minsk"),
    ("2011-02-01-harbour-gazette.html", "Two EU officials familiar with the talks"),
    ("2016-02-16-vistula-review.eml", "a former Belarusian official who now lives in Warsaw"),
    ("2020-02-03-baltic-courier.eml", "A Lithuanian official, who follows the talks"),
    ("us-oil-for-minsk.txt", "a Polish energy official told Meridian Wire"),
]

# Each report as ingest must see it: file or key → (day published, outlet where it is stated).
PUBLISHED = {
    "2006-06-20-baltic-courier.txt": (date(2006, 6, 20), None),
    "2008-05-01-meridian-wire.txt": (date(2008, 5, 1), None),
    "2008-05-03-prairie-ledger.md": (date(2008, 5, 3), "The Prairie Ledger"),
    "2011-02-01-harbour-gazette.html": (date(2011, 2, 1), "The Harbour Gazette"),
    "2016-02-16-vistula-review.eml": (date(2016, 2, 16), "Vistula Review"),
    "zapad-2017": (date(2017, 9, 15), "Northern Dispatch"),
    "bolton-2019": (date(2019, 8, 30), "The Capitol Notebook"),
    "hale-2019": (date(2019, 9, 18), "Meridian Wire"),
    "2019-12-21-nevsky-listok.txt": (date(2019, 12, 21), None),
    "2020-01-05-meridian-wire.txt": (date(2020, 1, 5), None),
    "2020-01-06-lakeside-post.md": (date(2020, 1, 6), "The Lakeside Post"),
    "2020-02-03-baltic-courier.eml": (date(2020, 2, 3), "The Baltic Courier"),
    "2020-02-04-capitol-notebook.md": (date(2020, 2, 4), "The Capitol Notebook"),
    "2020-02-12-world-mirror.txt": (date(2020, 2, 12), None),
    "2020-04-21-prairie-ledger.md": (date(2020, 4, 21), "The Prairie Ledger"),
    "2020-12-17-vistula-review.eml": (date(2020, 12, 17), "Vistula Review"),
    "us-oil-for-minsk.txt": (None, None),
}
SEVERAL = "2017-2019-dispatches.jsonl"
KEYS_IN_SEVERAL = ("zapad-2017", "bolton-2019", "hale-2019")

needs_html = pytest.mark.skipif(
    importlib.util.find_spec("trafilatura") is None, reason="the extra 'html' is not installed"
)


def words_of(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")


def paragraphs_of(file: str) -> list[str]:
    return [part.strip() for part in words_of(file).split("\n\n") if part.strip()]


def read_samples(file: str) -> tuple[list[Report], list[Problem]]:
    items = list(ingest(FOLDER / file))
    reports = [item for item in items if isinstance(item, Report)]
    return reports, [item for item in items if isinstance(item, Problem)]


# The files themselves ---------------------------------------------------------------------------


def test_every_file_is_accounted_for() -> None:
    expected = {name for name in PUBLISHED if name not in KEYS_IN_SEVERAL} | {SEVERAL}
    assert {path.name for path in FOLDER.iterdir()} == expected


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.iterdir()))
def test_reports_are_short(file: str) -> None:
    per_report = len(words_of(file).split()) / (3 if file == SEVERAL else 1)
    assert 100 <= per_report <= 300


def test_undated_report_names_no_year() -> None:
    text = words_of("us-oil-for-minsk.txt")
    assert not re.search(r"\b(19|20)\d\d\b", text)
    assert all(words in text for words in ("this week", "on Friday", "since last year"))


def test_near_copy_has_a_new_lead_and_a_cut() -> None:
    original, copy = (paragraphs_of(file) for file in ODDITIES["near copy"])
    shared = [paragraph for paragraph in copy if paragraph in original]
    assert len(shared) == 4
    assert copy[2] not in original
    assert original[-1] not in copy


def test_wire_copy_is_word_for_word_with_a_credit() -> None:
    original, copy = (paragraphs_of(file) for file in ODDITIES["wire copy"])
    assert original[2:] == copy[2:-1]
    assert copy[-1] == "Copyright 2020 Meridian Wire"


@pytest.mark.parametrize("what", sorted(GARBLED))
def test_bad_translation_says_what_the_original_does_not(what: str) -> None:
    garbled, right = GARBLED[what]
    original = words_of("2020-02-03-baltic-courier.eml")
    translated = words_of("2020-02-12-world-mirror.txt")
    assert garbled in translated
    assert garbled not in original
    assert right in original
    assert right not in translated


@pytest.mark.parametrize("file", sorted(DISPUTED))
def test_two_reports_differ_on_number_and_day(file: str) -> None:
    assert all(words in words_of(file) for words in DISPUTED[file])


@pytest.mark.parametrize(("file", "forecast", "later", "outcome", "state"), FORECASTS)
def test_forecast_is_settled_by_a_later_report(
    file: str, forecast: str, later: str, outcome: str, state: str
) -> None:
    assert forecast in words_of(file)
    assert outcome in words_of(later)
    assert state in ("borne out", "not borne out")


@pytest.mark.parametrize(("file", "description"), ANONYMOUS)
def test_anonymous_voices_are_described(file: str, description: str) -> None:
    assert description in words_of(file)


# What ingest makes of them ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(name, marks=needs_html if name.endswith(".html") else ())
        for name in PUBLISHED
        if name not in KEYS_IN_SEVERAL
    ],
)
def test_each_file_gives_one_report_with_its_day(file: str) -> None:
    reports, _ = read_samples(file)
    assert len(reports) == 1
    day, outlet = PUBLISHED[file]
    assert (reports[0].published.first, reports[0].published.last) == (day, day)
    if outlet:
        assert reports[0].source == outlet


def test_json_lines_give_a_report_each_under_its_own_key() -> None:
    reports, problems = read_samples(SEVERAL)
    found = {report.key: (report.published.first, report.source) for report in reports}
    assert found == {key: PUBLISHED[key] for key in KEYS_IN_SEVERAL}
    assert problems == []


def test_undated_report_stays_undated() -> None:
    reports, _ = read_samples("us-oil-for-minsk.txt")
    assert not reports[0].published.known
    assert reports[0].published.basis == "unknown"


def test_related_content_is_an_aside() -> None:
    reports, _ = read_samples("us-oil-for-minsk.txt")
    asides = [aside.span.of(reports[0].text) for aside in reports[0].asides]
    assert any("Sign up for our energy letter" in words for words in asides)
    assert not any("Belneftekhim did not reply" in words for words in asides)


def test_wire_credit_is_an_aside() -> None:
    reports, _ = read_samples("2020-01-06-lakeside-post.md")
    asides = [aside.span.of(reports[0].text) for aside in reports[0].asides]
    assert any("Copyright 2020 Meridian Wire" in words for words in asides)


def test_other_language_is_kept_and_said() -> None:
    reports, problems = read_samples("2019-12-21-nevsky-listok.txt")
    assert [report.language for report in reports] == ["ru"]
    assert [problem.report for problem in problems] == [reports[0].id]


def test_folder_is_read_in_order_of_name() -> None:
    items = [item for item in ingest(FOLDER) if isinstance(item, Report)]
    days = [report.published.first for report in items if report.published.known]
    assert days == sorted(days, key=lambda day: day or date.max)
    assert not items[-1].published.known


# What the whole path makes of them ----------------------------------------------------------------


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ch.Ledger]:
    lexicon = ch.Lexicon.load()
    kept = ch.Ledger.open(tmp_path_factory.mktemp("samples") / "samples.ledger", lexicon)
    ch.run([FOLDER], kept, ch.Reader.load("small", lexicon))
    yield kept
    kept.close()


def report_of(ledger: ch.Ledger, file: str) -> Report:
    reports, _ = read_samples(file)
    return ledger.report(reports[0].id)


def test_every_promise_of_the_ledger_holds(ledger: ch.Ledger) -> None:
    assert ledger.verify() == []


def test_every_report_in_english_gives_claims(ledger: ch.Ledger) -> None:
    silent = [one.id for one in ledger.reports() if not list(ledger.claims(report=one.id))]
    assert silent == [report_of(ledger, str(ODDITIES["other language"])).id]


@pytest.mark.parametrize("what", ["wire copy", "near copy"])
def test_a_copy_adds_reports_but_no_origins(ledger: ch.Ledger, what: str) -> None:
    copies = {report_of(ledger, file).id for file in ODDITIES[what]}
    both = [row for row in ledger.happenings() if copies <= set(row.reports)]
    assert both
    assert {row.origin_count for row in both if set(row.reports) == copies} == {1}


def test_nothing_in_the_undated_report_is_put_on_a_calendar(ledger: ch.Ledger) -> None:
    undated = report_of(ledger, str(ODDITIES["undated"]))
    claims = list(ledger.claims(report=undated.id))
    assert claims
    assert not any(claim.when.known for claim in claims)


def test_the_disputed_expulsion_is_found_in_both(ledger: ch.Ledger) -> None:
    for file in ODDITIES["disagree"]:
        report = report_of(ledger, file)
        claims = list(ledger.claims(report=report.id, what="expel-diplomats"))
        quantities = {str(number.value) for claim in claims for number in claim.quantities}
        assert quantities & {"10.0", "11.0"}


def test_the_lost_negation_turns_the_deed_round(ledger: ch.Ledger) -> None:
    standings = {
        file: {
            claim.standing
            for claim in ledger.claims(report=report_of(ledger, file).id)
            if "remaining sanctions" in claim.words.of(report_of(ledger, file).text)
            and claim.frame == "lift-sanctions"
        }
        for file in ("2020-02-03-baltic-courier.eml", "2020-02-12-world-mirror.txt")
    }
    assert standings["2020-02-03-baltic-courier.eml"] == {"negated"}
    assert "negated" not in standings["2020-02-12-world-mirror.txt"]
    assert standings["2020-02-12-world-mirror.txt"]
