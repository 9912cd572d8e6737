"""Reads the day a report was published from the words that state it.

A day stays that of the input's own offset: `2020-02-10T23:30:00+03:00` is 10 February. A month or
a year alone gives the whole stretch. Nothing is guessed: `03/04/2020`, which may be March or
April, is refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Final

from chancery.model import When

EARLIEST_YEAR: Final = 1600
LATEST_YEAR: Final = 2199
LONGEST_DAY: Final = 100
MONTHS: Final = {
    "jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4,
    "may": 5, "jun": 6, "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9,
    "sept": 9, "september": 9, "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12,
    "december": 12,
}  # fmt: skip

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_ZONE = r"(?:Z|UTC|GMT|BST|CES?T|EE?S?T|MSK|[ECMP][SD]?T|(?:UTC|GMT)?[+-]\d\d:?(?:\d\d)?)"
_CLOCK = (
    r"(?:[T,]?\s*(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?"
    rf"(?:\s*[ap]\.?m\b\.?)?(?:\s*\(?{_ZONE}\)?)*)"
)

ISO_DAY: Final = r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4})(?!\d)"
DAY_MONTH: Final = rf"{_DAY}(?:\s+of)?[\s-]+(?P<n>{_MONTH})\b\.?,?[\s-]+{_YEAR}"
MONTH_DAY: Final = rf"(?P<n>{_MONTH})\b\.?\s+{_DAY},?\s+{_YEAR}"
WRITTEN_DAYS: Final = (ISO_DAY, DAY_MONTH, MONTH_DAY)
CLOCK: Final = _CLOCK
WEEKDAY: Final = rf"(?:{_WEEKDAY}\b\.?,?\s+)"


class BadDay(ValueError):  # noqa: N818 -- says what it is about
    """The words are no day; `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def parse_published(words: str) -> When:
    """Read the words of a `published` field; raises `BadDay` where they name no day.

    Knows ISO 8601 (days with or without a time, months, years, stretches `a/b`), `20200210`,
    English days as in `10 February 2020` or `Feb. 10, 2020`, months as in `May 2020`, the dates
    of mail (RFC 5322), `10.02.2020`, and `13/02/2020` where only one reading is a day.
    """
    words = words.strip()
    if len(words) > LONGEST_DAY:
        raise BadDay("too long for a date")
    if when := _one_form(words):
        return when
    first, _, last = words.partition("/")
    start, end = _one_form(first.strip()), _one_form(last.strip())
    if not (start and end and start.first and end.last):
        raise BadDay("no form of date this program knows")
    if start.first > end.last:
        raise BadDay("the stretch ends before it starts")
    return When(first=start.first, last=end.last, basis="stated")


def _one_form(words: str) -> When | None:
    for pattern, stretch in _FORMS:
        if match := pattern.fullmatch(words):
            return stretch(match)
    return None


def day_of(match: re.Match[str]) -> When:
    """Make a one-day `When` from groups `y`, `d` and `m` (number) or `n` (name)."""
    groups = match.groupdict()
    name = groups.get("n")
    month = MONTHS[name.lower()] if name else int(groups["m"])
    return one_day(int(groups["y"]), month, int(groups["d"]))


def one_day(year: int, month: int, day: int) -> When:
    """Make a one-day `When`; raises `BadDay` where the calendar has no such day."""
    _check_year(year)
    if not 1 <= month <= 12:
        raise BadDay(f"there is no month {month}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise BadDay(f"{year}-{month:02} has no day {day}")
    that = date(year, month, day)
    return When(first=that, last=that, basis="stated")


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise BadDay(f"the year {year} is not between {EARLIEST_YEAR} and {LATEST_YEAR}")


def _month(match: re.Match[str]) -> When:
    groups = match.groupdict()
    name = groups.get("n")
    year, month = int(groups["y"]), MONTHS[name.lower()] if name else int(groups["m"])
    first = one_day(year, month, 1).first
    return When(first=first, last=date(year, month, monthrange(year, month)[1]), basis="stated")


def _year(match: re.Match[str]) -> When:
    year = int(match["y"])
    _check_year(year)
    return When(first=date(year, 1, 1), last=date(year, 12, 31), basis="stated")


def _slashes(match: re.Match[str]) -> When:
    """`13/02/2020` has one reading, `03/04/2020` two."""
    left, right, year = int(match["a"]), int(match["b"]), int(match["y"])
    if left <= 12 and right <= 12 and left != right:
        raise BadDay("day and month may be either way round")
    return one_day(year, right, left) if left > 12 else one_day(year, left, right)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], When]], ...]] = (
    *((_form(rf"{WEEKDAY}?{day}{CLOCK}?"), day_of) for day in WRITTEN_DAYS),
    (_form(rf"(?P<y>\d{{4}})[/.](?P<m>\d{{1,2}})[/.](?P<d>\d{{1,2}}){CLOCK}?"), day_of),
    (_form(rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}}){CLOCK}?"), day_of),
    (_form(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?"), day_of),
    (_form(rf"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<y>\d{{4}}){CLOCK}?"), _slashes),
    (_form(r"(?P<y>\d{4})-(?P<m>\d{2})"), _month),
    (_form(rf"(?P<n>{_MONTH})\b\.?,?\s+(?P<y>\d{{4}})"), _month),
    (_form(r"(?P<y>\d{4})"), _year),
)
