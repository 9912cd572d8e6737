"""Steps of time: every day lies in one step, and the steps of a span have no gaps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import UsageError
from chancery.relations.steps_of_time import (
    STEPS,
    Step,
    check_step,
    first_day,
    last_day,
    steps_between,
)

days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(day=days, step=st.sampled_from(STEPS))
def test_a_day_lies_in_its_step(day: date, step: Step) -> None:
    first = first_day(day, step)
    assert first <= day <= last_day(first, step)
    assert first_day(first, step) == first == first_day(last_day(first, step), step)


@given(day=days, span=st.integers(0, 800), step=st.sampled_from(STEPS))
def test_steps_follow_one_another(day: date, span: int, step: Step) -> None:
    until = day + timedelta(days=span)
    found = steps_between(day, until, step)
    assert found[0] == first_day(day, step)
    assert found[-1] == first_day(until, step)
    ends = [last_day(first, step) for first in found]
    assert [end + timedelta(days=1) for end in ends[:-1]] == list(found[1:])


def test_weeks_begin_on_monday() -> None:
    assert first_day(date(2012, 8, 8), "week") == date(2012, 8, 6)


def test_another_word_is_no_step() -> None:
    with pytest.raises(UsageError, match="no step 'decade'"):
        check_step("decade")
