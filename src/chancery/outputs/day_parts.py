"""Days as other formats take them: year, month and day, as far as they are known.

A month is written as a month and a year as a year: no day is made up. A stretch with an open end
has no such parts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from chancery.model import When

Parts: TypeAlias = tuple[int, ...]
"""Year; year and month; or year, month and day."""


def day_parts(when: When) -> tuple[Parts, ...]:
    """Return one date, the two ends of a stretch, or nothing where an end is open."""
    first, last = when.first, when.last
    if first is None or last is None:
        return ()
    known = _precision(first, last)
    ends = _cut(first, known), _cut(last, known)
    return ends[:1] if ends[0] == ends[1] else ends


def _precision(first: date, last: date) -> int:
    """Say how many parts are known: a stretch of whole years has one, of whole months two."""
    if first.day != 1 or not _ends_month(last):
        return 3
    return 1 if (first.month, last.month) == (1, 12) else 2


def _ends_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1


def _cut(day: date, known: int) -> Parts:
    return (day.year, day.month, day.day)[:known]
