"""Times in office as bounds: every example of the table, and what they do to the date of a deed."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Report, TimeExpression, When
from chancery.read import Reader
from chancery.read.dates import find_times
from chancery.read.sentences import split_sentences
from chancery.read.terms import term_table, with_terms

LATE = When(first=date(2022, 3, 5), last=date(2022, 3, 5), basis="stated")
EARLY = When(first=date(2019, 3, 5), last=date(2019, 3, 5), basis="stated")
EXAMPLES = [(row["text"], row["words"], row["value"]) for row in term_table()["example"]]
OTHERS = [row["text"] for row in term_table()["not_example"]]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def terms(lexicon: Lexicon, text: str, published: When = LATE) -> list[TimeExpression]:
    sentences = split_sentences(text)
    times = find_times(text, sentences, published)
    return [time for time in with_terms(text, sentences, times, lexicon, published)
            if time not in times]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value"), EXAMPLES)
def test_examples_are_bounded(lexicon: Lexicon, text: str, words: str, value: str) -> None:
    [time] = terms(lexicon, text)
    assert (time.span.of(text), time.value) == (words, value)
    assert (time.when.basis, time.when.words) == ("bounded", time.span)


@pytest.mark.parametrize("text", OTHERS)
def test_counter_examples_are_not(lexicon: Lexicon, text: str) -> None:
    assert terms(lexicon, text) == []


def test_a_term_that_goes_on_is_open(lexicon: Lexicon) -> None:
    [time] = terms(lexicon, "It was closed during the Trump administration.", EARLY)
    assert (time.when.first, time.when.last) == (date(2017, 1, 20), None)


def test_a_term_that_has_not_begun_is_none(lexicon: Lexicon) -> None:
    assert terms(lexicon, "It will be closed under Biden.", EARLY) == []


def test_the_order_of_times_is_that_of_the_text(lexicon: Lexicon) -> None:
    text = "It opened in 2016. It was shut under Trump. It reopened in 2021."
    sentences = split_sentences(text)
    times = with_terms(text, sentences, find_times(text, sentences, LATE), lexicon, LATE)
    assert [time.span.of(text) for time in times] == ["2016", "under Trump", "2021"]


def deed(text: str, published: When) -> When:
    reading = Reader.load("frames").read_one(Report(id="rep_0", text=text, published=published))
    return reading.claims[0].when


def test_a_term_bounds_a_deed_without_a_date() -> None:
    when = deed("Belarus expelled ten American diplomats during the Trump administration.", LATE)
    assert (when.edtf(), when.basis) == ("2017-01-20/2021-01-20", "bounded")


def test_a_term_that_goes_on_ends_with_the_report() -> None:
    when = deed("Belarus expelled ten American diplomats during the Trump administration.", EARLY)
    assert when.edtf() == "2017-01-20/2019-03-05"


def test_any_other_date_counts_before_a_term() -> None:
    when = deed("Under Trump, Belarus expelled ten American diplomats in May 2018.", LATE)
    assert (when.edtf(), when.basis) == ("2018-05", "stated")


def test_a_term_is_no_day_on_which_the_story_goes_on() -> None:
    text = "Relations were poor under Trump. Belarus expelled ten American diplomats."
    assert deed(text, LATE) == deed(text.replace(" under Trump", ""), LATE)
