"""How dates, voices, parties and certainty are put into words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.model import Span, Voice, When
from chancery.outputs.words import (
    certainty_word,
    counted,
    date_words,
    pair_words,
    party,
    short_id,
    support_words,
    voice_words,
)


def when(first: str | None, last: str | None) -> When:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return When(first=days[0], last=days[1], basis="stated")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-04", "2026-03-04", "4 Mar 2026"),
        ("2019-01-01", "2019-01-31", "Jan 2019"),
        ("2020-02-01", "2020-02-29", "Feb 2020"),
        ("2020-02-01", "2020-02-10", "1–10 Feb 2020"),
        ("2020-01-30", "2020-02-10", "30 Jan – 10 Feb 2020"),
        ("2019-12-30", "2020-01-02", "30 Dec 2019 – 2 Jan 2020"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2017-01-01", "2018-12-31", "2017–2018"),
        ("2019-01-01", "2019-03-31", "Jan–Mar 2019"),
        ("2019-12-01", "2020-01-31", "Dec 2019–Jan 2020"),
        (None, "2020-02-10", "by 10 Feb 2020"),
        ("2020-02-10", None, "from 10 Feb 2020"),
        (None, None, "no date"),
    ],
)
def test_a_date_shows_exactly_what_is_known(
    first: str | None, last: str | None, words: str
) -> None:
    assert date_words(when(first, last)) == words


def test_an_undated_row_shows_the_words_of_the_report() -> None:
    assert date_words(When(), "Friday") == "“Friday”, undated"
    assert date_words(when("2020-02-07", "2020-02-07"), "Friday") == "7 Feb 2020"


STRETCHES = st.tuples(st.dates(), st.dates()).map(sorted).map(tuple)
MONTHS = st.tuples(st.integers(1, 9998), st.integers(1, 12)).map(lambda month: date(*month, 1))


@given(st.lists(STRETCHES | st.tuples(MONTHS, MONTHS).map(sorted).map(tuple), min_size=2))
def test_different_stretches_read_differently(stretches: list[tuple[date, date]]) -> None:
    shown = {date_words(When(first=first, last=last)) for first, last in stretches}
    assert len(shown) == len(set(stretches))


@pytest.mark.parametrize(
    ("voice", "words", "shown"),
    [
        (Voice(), None, "● own voice"),
        (Voice(kind="named", full_name="Anna Berg"), "he", "◆ Anna Berg"),
        (Voice(kind="named", name=Span(0, 2)), "Berg", "◆ Berg"),
        (Voice(kind="named"), None, "◆ named"),
        (Voice(kind="anonymous"), "a Baltic official", "◇ “a Baltic official”"),
        (Voice(kind="anonymous"), None, "◇ anonymous"),
        (Voice(kind="document"), "the treaty", "■ the treaty"),
        (
            Voice(kind="anonymous", stance="foresees"),
            "a state official",
            "◇ “a state official” foresees",
        ),
        (Voice(kind="named", stance="denies"), "Ankara", "◆ Ankara denies"),
    ],
)
def test_a_voice_is_a_shape_and_a_word(voice: Voice, words: str | None, shown: str) -> None:
    assert voice_words(voice, words) == shown


@pytest.mark.parametrize(
    ("actors", "targets", "shown"),
    [
        (["BLR"], ["USA"], "BLR → USA"),
        (["BLR.GOV", "BLR.MIL"], ["USA.GOV"], "BLR → USA"),
        (["BLR", "USA"], [], "BLR ↔ USA"),
        (["FRA", "USA"], ["RUS"], "FRA+USA → RUS"),
        (["BLR.GOV"], ["BLR.OPP"], "BLR.GOV → BLR.OPP"),
        (["IGO.NATO"], ["RUS"], "IGO.NATO → RUS"),
        ([], ["USA"], "? → USA"),
        (["USA"], [], "USA"),
        ([], [], "?"),
    ],
)
def test_a_pair_shows_direction(actors: list[str], targets: list[str], shown: str) -> None:
    assert pair_words(actors, targets) == shown


@pytest.mark.parametrize(
    ("certainty", "word"),
    [
        (None, "not assessed"),
        (1.0, "established"),
        (0.95, "established"),
        (0.949, "likely"),
        (0.80, "likely"),
        (0.5, "plausible"),
        (0.49, "doubtful"),
        (0.0, "doubtful"),
    ],
)
def test_certainty_has_one_scale(certainty: float | None, word: str) -> None:
    assert certainty_word(certainty) == word


def test_small_words() -> None:
    assert party("BLR.GOV") == "BLR"
    assert party("IGO.NATO") == "IGO.NATO"
    assert short_id("hap_19ad77c0aabbccdd") == "hap_19ad77c0"
    assert short_id("BLR") == "BLR"
    assert support_words(2, 1) == "2r/1o"
    assert counted(1, "report") == "1 report"
    assert counted(1200, "report") == "1,200 reports"
