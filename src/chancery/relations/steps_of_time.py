"""Steps of time: days, weeks from Monday (ISO 8601), months, quarters and years."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from chancery.errors import UsageError

Step: TypeAlias = Literal["day", "week", "month", "quarter", "year"]
STEPS: Final[tuple[Step, ...]] = ("day", "week", "month", "quarter", "year")
MONTHS: Final[dict[str, int]] = {"month": 1, "quarter": 3, "year": 12}


def check_step(step: str) -> Step:
    """Return a step of time by its name; raises `UsageError` for any other word."""
    for known in STEPS:
        if step == known:
            return known
    raise UsageError(f"no step {step!r}", hint=f"one of: {', '.join(STEPS)}")


def first_day(day: date, step: Step) -> date:
    """Return the first day of the step that a day lies in."""
    if step == "day":
        return day
    if step == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[step]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def next_step(first: date, step: Step) -> date:
    """Return the first day of the step after the one that begins on `first`."""
    if step in ("day", "week"):
        return first + timedelta(days=1 if step == "day" else 7)
    month = first.month - 1 + MONTHS[step]
    return date(first.year + month // 12, month % 12 + 1, 1)


def last_day(first: date, step: Step) -> date:
    """Return the last day of the step that begins on `first`."""
    return next_step(first, step) - timedelta(days=1)


def steps_between(since: date, until: date, step: Step) -> tuple[date, ...]:
    """Return the first days of all steps from that of `since` to that of `until`, unbroken."""
    found = [first_day(since, step)]
    while (following := next_step(found[-1], step)) <= until:
        found.append(following)
    return tuple(found)
