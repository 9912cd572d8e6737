"""Looks at the opening of a report for the line that dates it, and for a dateline.

date 2020-02-10 The minister …             a label and a day
10 February 2020 MINSK (Agency) - The …    a day and a dateline
10 February 2020                           a line that is nothing but a day
Feb. 10, 2020 (Agency) — The minister …    a day, an agency and a dash
MINSK, Feb 10, 2020 (Agency) - The …       a dateline, with a day
MINSK, Feb 10 (Agency) - The …             a dateline; without a year it dates nothing
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from chancery.ingest.days import CLOCK, MONTHS, WEEKDAY, WRITTEN_DAYS, BadDay, day_of
from chancery.model import Aside, Span, When

LINES_LOOKED_AT: Final = 5
"""Lines with words in them, from the start of the body, among which a line of date may stand."""

LONGEST_LINE: Final = 80
"""A line before the line of date that is longer belongs to the reporting: looking ends there."""

LONGEST_OPENING: Final = 200
"""Characters of a line in which its date or dateline must end."""

_LABEL = (
    r"(?:(?:date(?:d)?|published|posted|issued|released|publication date|first published)"
    r"(?:\s+on)?\s*:?\s+|(?:date|published)\s*:)"
)
_AGENCY = r"(?:\s*\([A-Z][^()\n]{1,40}\))"
_DASH = r"\s*(?:--|[-–—|])\s+"
_DAY_NO_YEAR = (
    rf"(?:(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?\s+\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}\s+(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?)"
)
_PLACE = r"(?-i:[A-Z][A-Z.'’ -]+)(?:[,/]\s*(?-i:[A-Z])[\w.]*(?:\s[\w.]+){0,3}?)*"


def _ways(frame: str) -> list[re.Pattern[str]]:
    """Compile a frame once for each way of writing a day."""
    return [
        re.compile(frame.replace("DAY", rf"(?P<words>{day})"), re.IGNORECASE | re.ASCII)
        for day in WRITTEN_DAYS
    ]


_WHOLE_LINE = _ways(rf"\s*{_LABEL}?{WEEKDAY}?DAY{CLOCK}?\.?\s*(?=\n|\Z)")
_LABELLED = _ways(rf"\s*{_LABEL}{WEEKDAY}?DAY{CLOCK}?(?:[.,:]|\s*\|)?\s+")
_BEFORE_DASH = _ways(rf"\s*{WEEKDAY}?DAY{CLOCK}?(?:{_AGENCY}{_DASH}|{_AGENCY}\s+|{_DASH})")
_DATED_PLACE = _ways(rf"\s*{_PLACE},?\s+{WEEKDAY}?DAY{_AGENCY}?{_DASH}")
_DATELINE = (
    rf"\s*{_PLACE}(?:,?\s+{_DAY_NO_YEAR})?(?:{_AGENCY}{_DASH}|\s*(?:--|[–—])\s+|(?<=\d)\s+-\s+)"
)
_PLACE_ALONE = re.compile(_DATELINE, re.IGNORECASE | re.ASCII)
_BEFORE_DATELINE = _ways(rf"\s*{WEEKDAY}?DAY{CLOCK}?[.,:]?\s+(?={_DATELINE})")


class Opening(msgspec.Struct, frozen=True):
    """What the opening tells: the day, with the words it stands in, and the parts to set aside."""

    when: When | None = None
    asides: tuple[Aside, ...] = ()


def find_opening(text: str, start: int) -> Opening:
    """Look for a line of date and a dateline, from `start`, where the body begins.

    The first day found counts. One the calendar does not have is left in the text, and dates
    nothing.
    """
    when: When | None = None
    asides: list[Aside] = []
    for line in _first_lines(text, start):
        found, set_aside = _look_at(text, line)
        when = when or found
        asides += set_aside
        if line.end - line.start > LONGEST_LINE or "dateline" in {one.kind for one in set_aside}:
            break
    return Opening(when, tuple(asides))


def _look_at(text: str, line: Span) -> tuple[When | None, list[Aside]]:
    """Tell what the beginning of one line says about the day, and the parts to set aside."""
    end = min(line.end, line.start + LONGEST_OPENING)
    when, aside = _look_for_day(text, line.start, end)
    asides = [aside] if aside else []
    # A dateline may follow a day on the same line, but never another dateline.
    if not (aside and aside.kind == "dateline"):
        match = _PLACE_ALONE.match(text, aside.span.end if aside else line.start, end)
        asides += [Aside(kind="dateline", span=_inner(match))] if match else []
    return when, asides


def _look_for_day(text: str, start: int, end: int) -> tuple[When | None, Aside | None]:
    for kind, patterns in _KINDS:
        for pattern in patterns:
            if match := pattern.match(text, start, end):
                return _told(match, kind)
    return None, None


def _first_lines(text: str, start: int) -> list[Span]:
    """Return the first lines that hold words."""
    lines: list[Span] = []
    while start < len(text) and len(lines) < LINES_LOOKED_AT:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if not text[start:end].isspace() and end > start:
            lines.append(Span(start, end))
        start = end + 1
    return lines


def _told(match: re.Match[str], kind: str) -> tuple[When | None, Aside | None]:
    try:
        when = day_of(match)
    except BadDay:
        return None, None
    words = Span(*match.span("words"))
    return msgspec.structs.replace(when, words=words), Aside(kind=kind, span=_inner(match))


def _inner(match: re.Match[str]) -> Span:
    """Return the match without the blanks around it."""
    words = match[0]
    start = match.start() + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


_KINDS: Final = (
    ("date", _WHOLE_LINE),
    ("date", _LABELLED),
    ("date", _BEFORE_DASH),
    ("dateline", _DATED_PLACE),
    ("date", _BEFORE_DATELINE),
)
