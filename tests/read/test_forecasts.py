"""Forecasts: every example of the tables, deadlines, tests and both halves of a condition."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.model import Forecast, When
from chancery.read.conditions import condition_row
from chancery.read.dates import find_times
from chancery.read.forecasts import cue_table, find_forecasts
from chancery.read.sentences import split_sentences
from chancery.read.voices import find_statements

TABLE = cue_table()
DAY = When(first=date(2020, 2, 10), last=date(2020, 2, 10), basis="stated")


def forecasts_in(text: str, *, published: When = DAY) -> list[Forecast]:
    sentences = split_sentences(text)
    times = find_times(text, sentences, published)
    statements = find_statements("rep_1", text, sentences, [], times)
    return find_forecasts("rep_1", text, sentences, times, published, statements)


@pytest.mark.parametrize("text", [text for row in TABLE.values() for text in row.examples])
def test_examples_are_forecasts(text: str) -> None:
    assert len(forecasts_in(text)) == 1


@pytest.mark.parametrize("text", [text for row in TABLE.values() for text in row.not_examples])
def test_counter_examples_are_none(text: str) -> None:
    assert forecasts_in(text) == []


@pytest.mark.parametrize(("consequence", "text"), condition_row().examples)
def test_conditions_keep_both_halves(consequence: str, text: str) -> None:
    (forecast,) = forecasts_in(text)
    assert forecast.span.of(text) == consequence
    assert forecast.condition is not None
    assert not forecast.condition.overlaps(forecast.span)


@pytest.mark.parametrize("text", condition_row().not_examples)
def test_what_sets_no_condition(text: str) -> None:
    assert forecasts_in(text) == []


@pytest.mark.parametrize(
    ("text", "test", "deadline"),
    [
        ("She expects the number of envoys to double by 2021.",
         "the number of envoys to double", "../2021-12-31"),
        ("Denmark is due to leave before the summer.", "Denmark is due to leave", "../2020-05-31"),
        ("By 2025 a third of the fleet will run on gas.",
         "a third of the fleet will run on gas", "../2025-12-31"),
        ("Within a year the towns will be linked by rail.",
         "the towns will be linked by rail", "../2021-02-10"),
        ("The bridge will be done by March, the ministry said.",
         "The bridge will be done", "../2020-03-31"),
        ("The court is expected to rule on Tuesday.",
         "The court is expected to rule", "../2020-02-11"),
    ],
)  # fmt: skip
def test_deadline_and_test(text: str, test: str, deadline: str) -> None:
    (forecast,) = forecasts_in(text)
    assert forecast.test.of(text) == test
    assert forecast.deadline is not None
    assert forecast.deadline.edtf() == deadline


def test_a_condition_can_have_a_deadline_too() -> None:
    text = "Kosovo said it would drop the tariffs on 15 March if Serbia stopped its campaign."
    (forecast,) = forecasts_in(text)
    assert forecast.condition is not None
    assert forecast.condition.of(text) == "if Serbia stopped its campaign"
    assert forecast.deadline is not None
    assert forecast.deadline.edtf() == "../2020-03-15"


def test_a_forecast_names_the_statement_it_stands_in() -> None:
    text = "“The port will open in May,” said Anna Berg. The mill will close in June."
    first, second = forecasts_in(text)
    assert first.statement is not None
    assert second.statement is None


def test_without_the_reports_day_a_relative_deadline_stays_open() -> None:
    (forecast,) = forecasts_in("The port will open next week.", published=When())
    assert forecast.deadline is None
    (forecast,) = forecasts_in("The port will open by 2031.", published=When())
    assert forecast.deadline is not None
    assert forecast.deadline.edtf() == "../2031-12-31"


@pytest.mark.parametrize(
    "text",
    [
        "The firm will open the 2022 fair.",
        "The port opened in 2011.",
        "What will the port look like in 2030?",
        "The summit scheduled for March was cancelled.",
        "Members have until Friday to reply.",
    ],
)
def test_what_is_no_forecast(text: str) -> None:
    assert forecasts_in(text) == []


@given(st.text(alphabet="if it will by 2021, May. would “”unless next week n't\n", max_size=200))
def test_any_text_gives_spans_within_it(text: str) -> None:
    for forecast in forecasts_in(text):
        assert forecast.span.covers(forecast.test)
        assert 0 <= forecast.span.start < forecast.span.end <= len(text)
