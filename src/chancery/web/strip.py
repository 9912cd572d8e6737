"""The strip above the list: happenings along the years, drawn as SVG on the server.

Toward stands above the axis and is filled, away hangs below it and is hollow, so that neither needs
colour; dots on the axis tell of days that are vaguer than one bar. Where the rows are few, each of
these is drawn as a line along its days instead, fading where an end is open. Heights grow with the
square root of the count: one happening stays visible beside a thousand. All lengths across are in
per cent, so that the drawing fits any width without its letters being scaled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from math import sqrt
from typing import Final

import msgspec

from chancery.ledger.counts import StripBar
from chancery.model import When
from chancery.outputs.words import counted, date_words, listed
from chancery.web.listing import Along

AXIS: Final = 34
"""Where the axis lies, in pixels from the top."""
HIGHEST: Final = 26
LEAST: Final = 5
"""Heights of a bar: of the largest, and of one happening."""
HEIGHT: Final = 76
MOST_LABELS: Final = 12
FEW_LABELS: Final = 6
"""Years written on a wide screen, and on a narrow one."""
WIDEST: Final = 3.0
"""Width of a bar, in per cent, at most: where there are few periods, none fills the strip."""
LABEL: Final = 3.5
"""Part of the width, in per cent, that a year needs to be written in."""
FADING: Final = 3.0
"""How long, in per cent, a line is drawn whose other end is open."""
STEP_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
GAP: Final = 0.15
"""Part of a period's width that stays free beside its bar."""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """One period as drawn; lengths across are in per cent, heights in pixels."""

    left: str
    width: str
    bar: str
    up: float
    down: float
    vague: bool
    label: str
    first: str
    last: str
    words: str


class Range(msgspec.Struct, frozen=True):
    """The days of one row that are more than one bar holds; `fades` is the side that is open."""

    left: str
    width: str
    words: str
    fades: str = ""


class Year(msgspec.Struct, frozen=True):
    """A year written under the axis; `minor` ones give way on a narrow screen."""

    at: str
    words: str
    minor: bool


class Told(msgspec.Struct, frozen=True):
    """A period with anything in it, as a row of the table that says the same."""

    label: str
    bar: StripBar
    href: str


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """The whole strip, and what it says in words; `step` is the width of a period."""

    periods: list[Drawn]
    years: list[Year]
    rows: list[Told]
    step: str
    spoken: str
    before: str = ""
    before_href: str = ""
    after: str = ""
    after_href: str = ""
    ranges: Sequence[Range] = ()
    height: int = HEIGHT
    axis: int = AXIS


def draw(
    along: Along, link: Callable[[date | None, date | None], str], days: Sequence[When] = ()
) -> Strip | None:
    """Draw what takes place along time; none where nothing does.

    `link` makes the address that is limited to some days. `days` are those of every row, where
    there are so few that each can be drawn.
    """
    if not along.bars:
        return None
    first, last = along.bars[0].first, along.bars[-1].last
    bars = list(_without_gaps(along.bars))
    most = max(max(one.cooperation, one.conflict) for one in bars)
    width = 100 / len(bars)
    day = timedelta(days=1)
    ranges = list(dict.fromkeys(_ranges(bars, days, width)))
    return Strip(
        ranges=ranges,
        periods=[_drawn(one, place, width, most, dots=not days) for place, one in enumerate(bars)],
        years=list(_years(bars, width)),
        rows=[Told(label_of(one), one, link(one.first, one.last)) for one in along.bars],
        step=f"{width:.3f}%",
        spoken=_spoken(bars),
        before=f"{along.before:,} earlier" if along.before else "",
        before_href=link(None, first - day) if along.before else "",
        after=f"{along.after:,} later" if along.after else "",
        after_href=link(last + day, None) if along.after else "",
    )


def _without_gaps(bars: Sequence[StripBar]) -> Iterator[StripBar]:
    """Give every period from the first to the last, the empty ones as well."""
    months = STEP_MONTHS[bars[0].step]
    known = {one.first: one for one in bars}
    here = bars[0].first
    while here <= bars[-1].first:
        following = _months_on(here, months)
        last = following - timedelta(days=1)
        yield known.get(here) or StripBar(
            step=bars[0].step, first=here, last=last, happening_count=0, cooperation=0,
            conflict=0, vague=0,
        )  # fmt: skip
        here = following


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _drawn(one: StripBar, place: int, width: float, most: int, *, dots: bool) -> Drawn:
    words = listed((
        counted(one.cooperation, "toward", "toward"), counted(one.conflict, "away", "away"),
        f"{one.vague:,} vague" if one.vague else "",
    ))  # fmt: skip
    left, free = place * width, max(width * GAP, width - WIDEST)
    return Drawn(
        left=f"{left + free / 2:.3f}%",
        width=f"{width - free:.3f}%",
        bar=f"{left:.3f}%",
        up=_height(one.cooperation, most),
        down=_height(one.conflict, most),
        vague=one.vague > 0 and dots,
        label=label_of(one),
        first=one.first.isoformat(),
        last=one.last.isoformat(),
        words=words,
    )


def _ranges(bars: Sequence[StripBar], days: Sequence[When], width: float) -> Iterator[Range]:
    """Draw the days of rows that are vaguer than one bar, within what the strip shows."""
    starts = [one.first for one in bars]
    for when in days:
        first, last = when.first, when.last
        known = first or last
        if known is None or known < bars[0].first or known > bars[-1].last:
            continue
        left = _at(bars, starts, first or known) * width
        right = _at(bars, starts, (last or known) + timedelta(days=1)) * width
        fades = "" if first and last else "left" if last else "right"
        if fades == "left":
            left = max(0.0, right - FADING)
        elif fades == "right":
            right = min(100.0, left + FADING)
        elif right - left <= width:
            continue
        yield Range(f"{left:.3f}%", f"{right - left:.3f}%", date_words(when), fades)


def _at(bars: Sequence[StripBar], starts: Sequence[date], day: date) -> float:
    """Return where a day is, counted in periods from the first."""
    place = max(0, bisect_right(starts, day) - 1)
    one = bars[place]
    return place + min(1.0, (day - one.first).days / ((one.last - one.first).days + 1))


def label_of(one: StripBar) -> str:
    """Name a period: `2016`, `2016-03`, or its first and last month."""
    if (one.first.month, one.last.month) == (1, 12):
        first, last = one.first.year, one.last.year
        return str(first) if first == last else f"{first}–{last}"
    if (one.first.year, one.first.month) == (one.last.year, one.last.month):
        return f"{one.first:%Y-%m}"
    return f"{one.first:%Y-%m} – {one.last:%Y-%m}"


def _height(count: int, most: int) -> float:
    if not count:
        return 0.0
    return round(max(LEAST, HIGHEST * sqrt(count / most)), 1)


def _years(periods: Sequence[StripBar], width: float) -> Iterator[Year]:
    """Write as many years as have room, the first of each at its own place."""
    starts: dict[int, int] = {}
    for place, one in enumerate(periods):
        starts.setdefault(one.first.year, place)
    years = [*starts]
    every = _apart(len(years), MOST_LABELS)
    few = _apart(len(years), FEW_LABELS)
    shown = [year for number, year in enumerate(years) if number % every == 0]
    rare = {year for number, year in enumerate(years) if number % (few + -few % every) == 0}
    for year, following in zip_longest(shown, shown[1:]):
        at = starts[year] * width
        room = (starts[following] * width if following else 100) - at
        if room >= LABEL:
            yield Year(f"{at:.3f}%", str(year), year not in rare)


def _apart(count: int, most: int) -> int:
    return -(-count // most) or 1


def _spoken(periods: Sequence[StripBar]) -> str:
    toward, away = sum(one.cooperation for one in periods), sum(one.conflict for one in periods)
    busiest = max(periods, key=lambda one: (one.happening_count, one.last))
    return (
        f"Happenings from {label_of(periods[0])} to {label_of(periods[-1])}: {toward:,} toward, "
        f"{away:,} away; most in {label_of(busiest)} ({busiest.happening_count:,})"
    )
