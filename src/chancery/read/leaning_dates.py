"""Dates that lean on another: "last week", "two days later", "this morning", "a year ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from chancery.read import calendar
from chancery.read.anchors import Scene
from chancery.read.calendar import Grain, Period
from chancery.read.timewords import number_in, time_words
from chancery.read.timex import GRAIN_OF_UNIT, Found, Match, Writing, dated, plain, writes

OPEN_VALUES: Final[dict[Grain, str]] = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
    "season": "XXXX", "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX",
    "century": "XX",
}  # fmt: skip

_DEICTIC_DAYS: Final = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": -1, "last night": -1,
    "the day before yesterday": -2, "the day after tomorrow": 2,
}  # fmt: skip


@writes(
    r"(?:(?:earlier|later|late|early) (?=(?:yesterday|today)\b))?"
    r"(?P<day>the day before yesterday|the day after tomorrow"
    r"|today|yesterday|tomorrow|tonight|last night|overnight)(?:['’]s(?= {part}))?(?: "
    r"(?P<part>{part}))?\b"
)
def _deictic_day(match: Match, scene: Scene) -> Iterator[Found]:
    word = plain(match["day"])
    night = word in {"tonight", "last night", "overnight"}
    moved = calendar.step(scene.published, _DEICTIC_DAYS[word], "day") if scene.published else None
    yield dated(match, moved, "XXXX-XX-XX", part="night" if night else match["part"])


@writes(
    r"(?:(?:earlier|later|late|early) )?(?P<which>this|that|the same|the next"
    r"|the following|the previous) (?P<part>{part})\b"
)
def _day_part(match: Match, scene: Scene) -> Iterator[Found]:
    which = plain(match["which"])
    if which == "this":
        period = calendar.day_at(scene.published) if scene.published else None
    else:
        steps = {"the next": 1, "the following": 1, "the previous": -1}.get(which, 0)
        period = _stepped(scene.mentioned, steps, "day") if _has_day(scene.mentioned) else None
    yield dated(match, period, "XXXX-XX-XX", part=match["part"])


@writes(r"the (?P<part>morning|afternoon|evening)\b")
def _part_of_known_day(match: Match, scene: Scene) -> Iterator[Found]:
    period = scene.mentioned if _has_day(scene.mentioned) else None
    yield dated(match, period, "XXXX-XX-XX", part=match["part"])


def _has_day(period: Period | None) -> bool:
    return period is not None and period.grain == "day"


def _stepped(period: Period | None, count: int, grain: Grain) -> Period | None:
    return calendar.step(period.first, count, grain) if period else None


@writes(
    r"(?:(?P<edge>earlier|later|early|late|sometime) )?(?P<which>this|last|next"
    r"|this past|this coming|the coming|the current"
    r"|the past|the latest|the previous|the following|the next|the same|that|the full"
    r"|the preceding|the prior)"
    r"(?: (?:calendar|fiscal|financial|school))? (?P<unit>week|weekend|month|quarter"
    r"|year|decade|century|day)\b(?!{hyphen}(?:old|long)|s\b)"
)
def _which_period(match: Match, scene: Scene) -> Iterator[Found]:
    grain = GRAIN_OF_UNIT[match["unit"].lower()]
    which = plain(match["which"])
    if which == "the past" and grain not in {"weekend"}:
        return
    period = _period_meant(which, grain, scene)
    found = dated(match, period, OPEN_VALUES[grain])
    edge = (match["edge"] or "").lower()
    if period and edge:
        found = _narrowed(found, period, edge, scene.published)
    start = (
        match.end("edge") + 1
        if edge in {"earlier", "later"} and grain in {"week", "month"}
        else match.start()
    )
    yield found._replace(start=start)


_LEANING: Final = {
    "the previous": -1, "the preceding": -1, "the prior": -1, "the following": 1, "the next": 1,
    "the same": 0, "that": 0,
}  # fmt: skip
_DEICTIC: Final = {
    "last": -1, "this past": -1, "the past": -1, "this": 0, "the current": 0, "the full": 0,
    "next": 1, "this coming": 1, "the coming": 1, "the latest": -1,
}  # fmt: skip


def _period_meant(which: str, grain: Grain, scene: Scene) -> Period | None:
    """Return the period: words like "that" and "the next" lean on the last date mentioned."""
    if which in _LEANING:
        if scene.mentioned is None or calendar.is_finer(grain, scene.mentioned.grain):
            return None
        return calendar.step(scene.mentioned.first, _LEANING[which], grain)
    if scene.published is None:
        return None
    return calendar.step(scene.published, _DEICTIC[which], grain)


def _narrowed(found: Found, period: Period, edge: str, published: date | None) -> Found:
    """Cut a period by "earlier" or "later" at the report's day, by "early" or "late" in half."""
    inside = published is not None and period.first <= published <= period.last
    if edge == "earlier" and inside and published:
        return found._replace(last=published)
    if edge == "later" and inside and published:
        return found._replace(first=published)
    if edge in {"early", "late"}:
        first, last = calendar.part(period, time_words().modifiers[edge])
        return found._replace(first=first, last=last)
    return found


@writes(
    r"(?P<edge>the end of|the beginning of|the start of|the middle of|the rest of|end of) "
    r"(?P<which>this|last|next|the|that) (?P<unit>week|weekend|month|quarter|year"
    r"|decade|century)\b",
    r"(?:the )?(?P<unit>month|year|week|quarter)(?:['’]s |{hyphen}| )(?P<edge>end)\b",
)
def _end_of_period(match: Match, scene: Scene) -> Iterator[Found]:
    grain = GRAIN_OF_UNIT[match["unit"].lower()]
    which = plain(match.groupdict().get("which") or "the")
    leans = which == "that" or scene.in_story(match.start())
    anchor = scene.mentioned.first if leans and scene.mentioned else None
    anchor = anchor or scene.published or (scene.mentioned.first if scene.mentioned else None)
    steps = {"last": -1, "next": 1}.get(which, 0)
    period = calendar.step(anchor, steps, grain) if anchor else None
    edge = plain(match["edge"])
    found = dated(match, period, OPEN_VALUES[grain])
    if period and edge != "the rest of":
        shares = time_words().modifiers["the end of" if edge == "end" else edge]
        first, last = calendar.part(period, shares)
        found = found._replace(first=first, last=last)
    yield found


@writes(
    r"(?:(?P<hedge>{hedge}) )?(?P<count>{count}){sep}(?P<unit>{unit})(?P<half> and a half)? "
    r"(?P<way>ago|earlier|later|before|previously|from now|hence|afterwards|after)\b",
    r"(?:(?P<hedge>{hedge}) )?(?P<unit>{unit_plural}) (?P<way>ago|earlier|later)\b",
)
def _so_long_ago(match: Match, scene: Scene) -> Iterator[Found]:
    way = plain(match["way"])
    if way in {"before", "after"} and _goes_on(match, scene):
        return
    deictic = way in {"ago", "from now", "hence"}
    anchor = scene.published if deictic else _leaning_day(scene)
    words = match.groupdict().get("count")
    count = number_in(words) if words else None
    found = _reckoned_back(match, scene, anchor, count, -1 if way in _BACK else 1)
    # What lies earlier is told aside: the story goes on from where it was.
    yield found._replace(anchor=None) if way in _BACK else found


_BACK: Final = frozenset({"ago", "earlier", "before", "previously"})


def _goes_on(match: Match, scene: Scene) -> bool:
    """Say whether "two days before" is followed by what it was before."""
    return bool(re.match(r"\s+[\w$“\"‘']", scene.text[match.end() : match.end() + 3]))


def _leaning_day(scene: Scene) -> date | None:
    return scene.mentioned.first if scene.mentioned else scene.published


def _reckoned_back(
    match: Match, scene: Scene, anchor: date | None, count: float | None, sign: int
) -> Found:
    """Step from the anchor; a hedge or a vague number leaves the far or near end open."""
    unit = time_words().units[match["unit"].lower()]
    if unit.code.startswith("T"):
        return _clock_step(match, anchor, sign)
    grain: Grain = GRAIN_OF_UNIT[unit.base]
    if anchor is None:
        return dated(match, None, OPEN_VALUES[grain])
    if count is None:
        return _vaguely_back(match, anchor, grain, sign)
    steps = sign * int(count * unit.count)
    if match.groupdict().get("way", "").lower() in _FROM_STORY and _is_coarser(scene, grain):
        return _from_stretch(match, scene, steps, grain)
    period = calendar.step(anchor, steps, grain)
    if period is None:
        return dated(match, None, OPEN_VALUES[grain])
    if match.groupdict().get("way", "").lower() in {"earlier", "later"} and scene.mentioned:
        period = _kept_grain(scene.mentioned, anchor, steps, grain) or period
    found = dated(match, period, "")
    return _hedged(found, match, calendar.shift(anchor, steps, grain), sign)


def _is_coarser(scene: Scene, grain: Grain) -> bool:
    """Say whether the last date mentioned is too coarse to count days or weeks from."""
    mentioned = scene.mentioned
    return mentioned is not None and grain == "day" and calendar.is_finer("week", mentioned.grain)


def _from_stretch(match: Match, scene: Scene, steps: int, grain: Grain) -> Found:
    """Move both ends: "in March … five days later" is a day from 6 March to 5 April."""
    found = dated(match, None, OPEN_VALUES[grain])
    if scene.mentioned is None:
        return found
    first = calendar.shift(scene.mentioned.first, steps, grain)
    last = calendar.shift(scene.mentioned.last, steps, grain)
    return found._replace(first=first, last=last, basis="reckoned")


_FROM_STORY: Final = frozenset({"earlier", "later", "before", "after", "afterwards"})


def _kept_grain(mentioned: Period, anchor: date, steps: int, grain: Grain) -> Period | None:
    """Keep a quarter a quarter, a month a month: "a year earlier" is the same part of it."""
    if mentioned.grain not in {"quarter", "half", "month"} or grain not in {"year", "month"}:
        return None
    moved = calendar.shift(anchor, steps, grain)
    return calendar.period_of(moved, mentioned.grain) if moved else None


def _clock_step(match: Match, anchor: date | None, sign: int) -> Found:
    """Hours or minutes from an anchor: that day or the one beside it."""
    start, end = match.span()
    if anchor is None:
        return Found(start, end, "TIME", "XXXX-XX-XXTXX")
    beside = calendar.step(anchor, sign, "day") or calendar.day_at(anchor)
    first, last = sorted((anchor, beside.first))
    value = f"{anchor.isoformat()}TXX"
    return Found(start, end, "TIME", value, first, last, "reckoned")


def _vaguely_back(match: Match, anchor: date, grain: Grain, sign: int) -> Found:
    """Read "several years ago": TIMEX3 says only PAST_REF or FUTURE_REF; one end stays open."""
    start, end = match.span()
    near = calendar.shift(anchor, sign, grain)
    if sign < 0:
        return Found(start, end, "DATE", "PAST_REF", None, near, "reckoned")
    return Found(start, end, "DATE", "FUTURE_REF", near, None, "reckoned")


def _hedged(found: Found, match: Match, exact: date | None, sign: int) -> Found:
    """Open the far end for "more than", the near end's side for "less than"."""
    hedge = plain(match["hedge"] or "")
    kind = time_words().hedges.get(hedge)
    if kind == "at_least" and exact:
        open_back = sign < 0
        return found._replace(first=None if open_back else exact, last=exact if open_back else None)
    return found


@writes(r"the (?P<unit>weekend)\b(?! of\b)")
def _weekend(match: Match, scene: Scene) -> Iterator[Found]:
    period = calendar.weekend_at(scene.published) if scene.published else None
    if period and scene.published and period.first > scene.published:
        past = scene.tense(*match.span()) == "past"
        period = calendar.step(period.first, -1, "weekend") if past else period
    yield dated(match, period, "XXXX-WXX-WE")


@writes(
    r"the (?P<way>previous|following|next|same|very next|preceding) day\b",
    r"the day (?P<way>before|after|earlier)\b",
    r"(?P<way>that|the same) day\b",
)
def _next_day(match: Match, scene: Scene) -> Iterator[Found]:
    way = plain(match["way"])
    if way in {"before", "after"} and _goes_on(match, scene):
        return
    steps = {"previous": -1, "preceding": -1, "before": -1, "earlier": -1}.get(way, 1)
    if way in {"same", "that", "the same"}:
        steps = 0
    period = _stepped(scene.mentioned, steps, "day") if _has_day(scene.mentioned) else None
    yield dated(match, period, "XXXX-XX-XX")


@writes(
    r"(?:a |the )?(?P<which>year-ago|year-earlier)(?: (?P<quarter>quarter|period))?\b",
)
def _year_earlier(match: Match, scene: Scene) -> Iterator[Found]:
    anchor = scene.mentioned
    period = None
    if anchor:
        moved = calendar.shift(anchor.first, -1, "year")
        keeps = anchor.grain if anchor.grain in {"quarter", "half", "month"} else "year"
        period = calendar.period_of(moved, keeps) if moved else None
    elif scene.published:
        period = calendar.step(scene.published, -1, "year")
    found = dated(match, period, "XXXX")
    yield found._replace(end=match.end("which"), anchor=None)


@writes(r"the week of (?:{month}) (?:{ordinal_day})\b")
def _week_of_day(match: Match, scene: Scene) -> Iterator[Found]:
    words = match[0].split()
    month = time_words().months[words[3].lower().rstrip(".")]
    number = int(re.sub(r"\D", "", words[4]))
    start = scene.choose(lambda year: calendar.day(year, month, number), *match.span())
    yield dated(match, calendar.week_at(start.first) if start else None, "XXXX-WXX")


LEANING_DATES: Final[tuple[Writing, ...]] = (
    _deictic_day,
    _day_part,
    _part_of_known_day,
    _which_period,
    _end_of_period,
    _so_long_ago,
    _weekend,
    _next_day,
    _year_earlier,
    _week_of_day,
)
"""All writings of this module, for `dates.py` to compile."""
