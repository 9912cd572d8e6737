from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.ingest.days import BadDay, parse_published

DAY = "2020-02-10"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2020-02-10", DAY),
        (" 2020-02-10 ", DAY),
        ("2020-02-10T23:30:00+03:00", DAY),
        ("2020-02-10T00:30:00-11:00", DAY),
        ("2020-02-10T23:30:00Z", DAY),
        ("2020-02-10 23:30:00.123456+00:00", DAY),
        ("20200210", DAY),
        ("20200210T233000Z", DAY),
        ("10 February 2020", DAY),
        ("10th of February, 2020", DAY),
        ("10-Feb-2020", DAY),
        ("February 10, 2020", DAY),
        ("Feb. 10, 2020", DAY),
        ("Sept. 3, 2019", "2019-09-03"),
        ("Monday, 10 February 2020", DAY),
        ("Mon, 10 Feb 2020 23:30:00 +0300 (MSK)", DAY),
        ("February 10, 2020 at 9:05 p.m. EST", DAY),
        ("10.02.2020", DAY),
        ("2020/02/10", DAY),
        ("13/02/2020", "2020-02-13"),
        ("02/13/2020", "2020-02-13"),
        ("02/02/2020", "2020-02-02"),
        ("2020-02", "2020-02"),
        ("February 2020", "2020-02"),
        ("2020", "2020"),
        ("2020-02-01/2020-02-10", "2020-02-01/2020-02-10"),
        ("2020-01/2020-03-05", "2020-01-01/2020-03-05"),
    ],
)
def test_reads_the_day_in_the_inputs_own_offset(words: str, edtf: str) -> None:
    when = parse_published(words)
    assert when.edtf() == edtf
    assert when.basis == "stated"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("2020-13-45", "no month 13"),
        ("2020-02-30", "no day 30"),
        ("29 February 2019", "no day 29"),
        ("0000-00-00", "year 0"),
        ("9999-12-31", "year 9999"),
        ("03/04/2020", "either way round"),
        ("1581292800", "no form"),
        ("yesterday", "no form"),
        ("Feb 10", "no form"),
        ("2020-02-10/2020-02-01", "ends before"),
        ("2020-02-10/", "no form"),
    ],
)
def test_refuses_to_guess(words: str, why: str) -> None:
    with pytest.raises(BadDay, match=why):
        parse_published(words)


@given(st.dates(date(1600, 1, 1), date(2199, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    for words in (day.isoformat(), f"{day:%d %B %Y}", f"{day:%b %d, %Y}", f"{day:%a, %d %b %Y}"):
        assert parse_published(words).first == day


@given(st.text(max_size=60))
def test_any_words_are_a_day_or_a_bad_day(words: str) -> None:
    try:
        when = parse_published(words)
    except BadDay:
        return
    assert when.first is not None
    assert when.last is not None
    assert when.first <= when.last
