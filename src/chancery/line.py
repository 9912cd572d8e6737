"""The claim line: one line, one claim, that prints and parses back to itself; and days in words.

    2026-03-04 TUR threaten GRC @rep_7c1e:212-268
    2026-03-04 TUR strike SYR, alleged, says GRC.GOV @rep_7c1e:301-344
    2026-03 USA+FRA give-aid UKR, planned, foresees USA.GOV @rep_90ab:12-71

Day (EDTF, `..` where unknown), actors, frame, targets (`-` where nobody is known, `+` between
several), the standing unless it happened, the voice unless it is the outlet's own, and where the
words stand. A voice is a stance and an actor's code, or its kind where no actor is known.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

from chancery.errors import UsageError

STANDINGS: Final = (
    "happened", "ongoing", "planned", "predicted", "hypothetical", "negated", "denied", "alleged"
)  # fmt: skip
STANCES: Final = ("says", "denies", "doubts", "foresees")

MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
)  # fmt: skip

_SIDE = r"-|[A-Z][A-Za-z0-9._]*(?:\+[A-Z][A-Za-z0-9._]*)*"
_LINE = re.compile(
    rf"(?P<when>\S+) (?P<actors>{_SIDE}) (?P<frame>[a-z][a-z0-9-]*) (?P<targets>{_SIDE})"
    rf"(?:, (?P<standing>{'|'.join(STANDINGS[1:])}))?"
    rf"(?:, (?P<stance>{'|'.join(STANCES)}) (?P<voice>[A-Za-z][A-Za-z0-9._]*))?"
    r" @(?P<report>rep_[0-9a-f]+):(?P<start>\d+)-(?P<end>\d+)"
)


def write_edtf(first: date | None, last: date | None) -> str:
    """Write a stretch of days in EDTF (ISO 8601-2): a day, month or year, `a/b`, or open ends."""
    if first is None and last is None:
        return ".."
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    if first == last:
        return str(first)
    return _whole_period(first, last) or f"{first}/{last}"


def _whole_period(first: date, last: date) -> str | None:
    """Return `2019` or `2019-01` where the stretch is exactly a year or a month."""
    next_day = date.fromordinal(last.toordinal() + 1) if last < date.max else None
    if first.day != 1 or next_day is None or next_day.day != 1:
        return None
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if first.year == last.year and first.month == 1 and last.month == 12:
        return f"{first:%Y}"
    return None


def write_days(first: date | None, last: date | None) -> str:
    """Write a stretch of days for people: `Jan 2019`, `1–10 Feb 2020`, `by 10 Feb 2020`."""
    if first is None and last is None:
        return "no date"
    if first is None:
        return f"by {_day_words(last)}"
    if last is None:
        return f"from {_day_words(first)}"
    return _stretch_words(first, last)


def _day_words(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def _stretch_words(first: date, last: date) -> str:
    if first == last:
        return _day_words(first)
    if first.day == 1 and _ends_month(last):
        if first.month == 1 and last.month == 12:
            return _joined(str(first.year), str(last.year))
        return _months_words(first, last)
    if first.year != last.year:
        return f"{_day_words(first)} – {_day_words(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {_day_words(last)}"
    return f"{first.day}–{_day_words(last)}"


def _months_words(first: date, last: date) -> str:
    ends = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    if first.year == last.year and first.month != last.month:
        ends[0] = MONTHS[first.month - 1]
    return _joined(*ends)


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _ends_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a claim line, as plain strings and numbers."""

    when: str
    actors: tuple[str, ...]
    frame: str
    targets: tuple[str, ...]
    report: str
    start: int
    end: int
    standing: str = "happened"
    stance: str | None = None
    voice: str | None = None

    def __str__(self) -> str:
        standing = "" if self.standing == "happened" else f", {self.standing}"
        voice = f", {self.stance} {self.voice}" if self.stance else ""
        return (
            f"{self.when} {_print_side(self.actors)} {self.frame} {_print_side(self.targets)}"
            f"{standing}{voice} @{self.report}:{self.start}-{self.end}"
        )


def parse_line(line: str) -> ClaimLine:
    """Read one claim line; raises `UsageError` where it is none."""
    match = _LINE.fullmatch(line.strip())
    if not match:
        raise UsageError(
            f"not a claim line: {line.strip()!r}",
            hint="WHEN ACTORS frame TARGETS[, standing][, stance VOICE] @rep_…:start-end",
        )
    return ClaimLine(
        when=match["when"],
        actors=_parse_side(match["actors"]),
        frame=match["frame"],
        targets=_parse_side(match["targets"]),
        report=match["report"],
        start=int(match["start"]),
        end=int(match["end"]),
        standing=match["standing"] or "happened",
        stance=match["stance"],
        voice=match["voice"],
    )


def _print_side(codes: tuple[str, ...]) -> str:
    return "+".join(codes) or "-"


def _parse_side(words: str) -> tuple[str, ...]:
    return () if words == "-" else tuple(words.split("+"))
