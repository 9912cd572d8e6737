"""Stretches of the calendar: days, weeks, months, seasons, quarters, years, and steps between them.

A `Period` is a stretch with its TIMEX3 value (ISO 8601 with quarters, seasons and day parts as
TimeML 1.2.1 writes them). Years outside 1…9999 give `None`: a text may say "20,000 years ago".
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, TypeAlias

import msgspec

Grain: TypeAlias = Literal[
    "day", "week", "weekend", "month", "season", "quarter", "half", "year", "decade", "century"
]

_LAST_DAY = date.max.toordinal()


class Period(msgspec.Struct, frozen=True):
    """A stretch of whole days, both ends inclusive, and how TIMEX3 writes it."""

    value: str
    first: date
    last: date
    grain: Grain


def day(year: int, month: int, number: int) -> Period | None:
    """Return one day, or none where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    if not 1 <= number <= monthrange(year, month)[1]:
        return None
    return day_at(date(year, month, number))


def day_at(when: date) -> Period:
    """Return the day itself as a period."""
    return Period(when.isoformat(), when, when, "day")


def week_at(when: date) -> Period:
    """Return the ISO week, Monday to Sunday, that holds the day."""
    year, number, weekday = when.isocalendar()
    first = _moved(when, 1 - weekday)
    return Period(f"{year:04}-W{number:02}", first, _moved(first, 6), "week")


def weekend_at(when: date) -> Period:
    """Return Saturday and Sunday of the ISO week that holds the day."""
    week = week_at(when)
    return Period(f"{week.value}-WE", _moved(week.first, 5), week.last, "weekend")


def month(year: int, number: int) -> Period | None:
    """Return a month of a year."""
    if not (1 <= year <= 9999 and 1 <= number <= 12):
        return None
    last = monthrange(year, number)[1]
    return Period(
        f"{year:04}-{number:02}", date(year, number, 1), date(year, number, last), "month"
    )


def months(year: int, first: int, count: int, value: str, grain: Grain) -> Period | None:
    """Return `count` months from a month of a year on, under the given TIMEX3 value."""
    start = month(year, first)
    end = month(*_month_after(year, first, count - 1))
    return Period(value, start.first, end.last, grain) if start and end else None


def quarter(year: int, number: int) -> Period | None:
    """Return a quarter of a year, 1…4."""
    return months(year, 3 * number - 2, 3, f"{year:04}-Q{number}", "quarter")


def half(year: int, number: int) -> Period | None:
    """Return a half of a year, 1 or 2."""
    return months(year, 6 * number - 5, 6, f"{year:04}-H{number}", "half")


def season(year: int, code: str, first_month: int) -> Period | None:
    """Return a season of a year; a winter is wide, since the year may be that of either end."""
    value = f"{year:04}-{code}"
    if first_month == 12:
        return months(year - 1, 12, 15, value, "season")
    return months(year, first_month, 3, value, "season")


def year(number: int) -> Period | None:
    """Return a calendar year."""
    return months(number, 1, 12, f"{number:04}", "year")


def decade(first_year: int) -> Period | None:
    """Return the ten years from a round year on; TIMEX3 writes them `198X`."""
    start = first_year - first_year % 10
    return months(start, 1, 120, f"{start // 10:03}X", "decade")


def century(number: int) -> Period | None:
    """Return a century by its number: the 20th is 1901 to 2000; TIMEX3 writes it `19XX`."""
    return months(100 * (number - 1) + 1, 1, 1200, f"{number - 1:02}XX", "century")


def period_of(when: date, grain: Grain) -> Period | None:
    """Return the period of a grain that holds a day."""
    match grain:
        case "day":
            return day_at(when)
        case "week":
            return week_at(when)
        case "weekend":
            return weekend_at(when)
        case "month":
            return month(when.year, when.month)
        case "quarter":
            return quarter(when.year, (when.month + 2) // 3)
        case "half":
            return half(when.year, (when.month + 5) // 6)
        case "season" | "year":
            return year(when.year)
        case "decade":
            return decade(when.year)
        case "century":
            return century((when.year - 1) // 100 + 1)


_STEPS: dict[Grain, tuple[str, int]] = {
    "day": ("day", 1),
    "week": ("day", 7),
    "weekend": ("day", 7),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "half": ("month", 6),
    "season": ("month", 12),
    "year": ("month", 12),
    "decade": ("month", 120),
    "century": ("month", 1200),
}


_FINENESS: tuple[Grain, ...] = (
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"
)  # fmt: skip


def is_finer(grain: Grain, other: Grain) -> bool:
    """Say whether a grain is finer than another: a day is finer than a month."""
    return _FINENESS.index(grain) < _FINENESS.index(other)


def shift(when: date, count: int, grain: Grain) -> date | None:
    """Move a day by whole steps of a grain; a month's last day stays within the month."""
    base, size = _STEPS[grain]
    if base == "day":
        ordinal = when.toordinal() + count * size
        return date.fromordinal(ordinal) if 1 <= ordinal <= _LAST_DAY else None
    target = month(*_month_after(when.year, when.month, count * size))
    if target is None:
        return None
    return target.first.replace(day=min(when.day, target.last.day))


def step(when: date, count: int, grain: Grain) -> Period | None:
    """Return the period of a grain that lies `count` steps from a day."""
    moved = shift(when, count, grain)
    return period_of(moved, grain) if moved else None


def part(period: Period, shares: tuple[float, float]) -> tuple[date, date]:
    """Return the days between two shares (0…1) of a period, rounded outwards."""
    length = (period.last - period.first).days + 1
    first = period.first + timedelta(days=int(length * shares[0]))
    last = period.first + timedelta(days=max(0, -int(-length * shares[1] // 1) - 1))
    return first, min(max(first, last), period.last)


def _month_after(year_number: int, month_number: int, count: int) -> tuple[int, int]:
    """Return the year and month `count` months on."""
    index = year_number * 12 + month_number - 1 + count
    return index // 12, index % 12 + 1


def _moved(when: date, days: int) -> date:
    """Move a day, staying within the calendar that Python knows."""
    return date.fromordinal(min(max(when.toordinal() + days, 1), _LAST_DAY))
