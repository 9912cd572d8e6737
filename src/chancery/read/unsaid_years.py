"""Which year a date is of that does not write one: "July 2 last year", "in January", "on May 3"."""

from __future__ import annotations

import re
from typing import Final

from chancery.read import calendar
from chancery.read.anchors import Scene
from chancery.read.calendar import Period
from chancery.read.timex import Match

SOON: Final = 45
"""Days after the report's in which a day without a year is the coming one."""

LONG_BACK: Final = 300
"""Days before the report's that are too far for a day without a year, if the coming one is soon."""

_YEAR_SAID: Final = re.compile(
    r"\s(?:of\s)?(?P<which>last|this|next|that|the same)\syear\b", re.IGNORECASE
)
_YEARS_ON: Final = {"last": -1, "this": 0, "next": 1}


def year_said(match: Match, scene: Scene) -> int | None:
    """Return the year of "July 2 last year" and of "in January of that year"."""
    said = _YEAR_SAID.match(scene.text, match.end())
    if said is None:
        return None
    steps = _YEARS_ON.get(said["which"].lower())
    if steps is None:
        return scene.mentioned.first.year if scene.mentioned else None
    if scene.published is None or scene.in_story(match.start()):
        return None
    return scene.published.year + steps


def day_of_some_year(match: Match, scene: Scene, month: int, day: int) -> Period | None:
    """Choose the year of a day: the coming one if it is soon and the one before is long back."""
    said = year_said(match, scene)
    if said:
        return calendar.day(said, month, day)
    period = scene.choose(lambda year: calendar.day(year, month, day), *match.span())
    today = scene.published
    if period is None or today is None or (today - period.first).days <= LONG_BACK:
        return period
    if scene.in_story(match.start()):
        return period
    coming = calendar.day(period.first.year + 1, month, day)
    soon = coming is not None and 0 < (coming.first - today).days <= SOON
    return coming if soon else period
