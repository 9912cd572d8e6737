"""What an expression of time is while it is being read: a pattern's match, and what it means.

Values follow TIMEX3 (TimeML 1.2.1). A meaning that lacks its anchor gives a value with `X` in the
open places and no days; it never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from chancery.model import Basis, TimexType
from chancery.read import calendar
from chancery.read.anchors import Scene
from chancery.read.calendar import Grain, Period
from chancery.read.timewords import time_words

Match: TypeAlias = re.Match[str]


class Found(NamedTuple):
    """One expression as it was understood: where, TIMEX3, its days, and whether it anchors."""

    start: int
    end: int
    type: TimexType
    value: str
    first: date | None = None
    last: date | None = None
    basis: Basis = "unknown"
    anchor: Period | None = None
    year_stated: bool = False


class Writing(NamedTuple):
    """A meaning and the pattern templates that write it."""

    templates: tuple[str, ...]
    meaning: Callable[[Match, Scene], Iterator[Found]]


def writes(*templates: str) -> Callable[[Callable[[Match, Scene], Iterator[Found]]], Writing]:
    """Bind a meaning to the pattern templates that write it."""
    return lambda meaning: Writing(templates, meaning)


GRAIN_OF_UNIT: dict[str, Grain] = {
    "day": "day", "week": "week", "weekend": "weekend", "month": "month", "quarter": "quarter",
    "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip


def dated(
    match: Match,
    period: Period | None,
    unresolved: str,
    *,
    basis: Basis = "reckoned",
    modifier: str | None = None,
    part: str | None = None,
    year_stated: bool = False,
    group: str | int = 0,
) -> Found:
    """Make the expression of a period: a modifier narrows its days, a day part its value."""
    start, end = match.span(group)
    suffix = f"T{time_words().day_parts[part.lower()]}" if part else ""
    kind: TimexType = "TIME" if part else "DATE"
    if period is None:
        return Found(start, end, kind, unresolved + suffix)
    first, last = period.first, period.last
    if modifier:
        first, last = calendar.part(period, time_words().modifiers[plain(modifier)])
    return Found(start, end, kind, period.value + suffix, first, last, basis, period, year_stated)


def plain(words: str) -> str:
    """Return words in lower case, hyphens and white space as single spaces."""
    return " ".join(words.lower().replace("-", " ").split())


def is_name(match: Match, group: str) -> bool:
    """Say whether a month or weekday is written as a name; "may" and "march" are verbs too."""
    return match[group][:1].isupper()


_WORD_BEFORE: Final = re.compile(r"(?:(?<=\s)|^|(?<=[(“\"])|(?=['’]s))(['’]?[A-Za-z]+)\.?[\s-]$")
_NAME_AFTER: Final = re.compile(
    r"[ \u00a0](?:\d{1,2} )?(?P<next>[A-Z][a-z]+)(?: (?P<last>[A-Z][a-z]+))?\b"
)


def in_proper_name(match: Match, scene: Scene) -> bool:
    """Say whether a date only names something: "October Square", "the 8 March Movement"."""
    after = _NAME_AFTER.match(scene.text, match.end())
    nouns = time_words().names["after"]
    return after is not None and any(
        word is not None and word.lower() in nouns for word in after.groups()
    )


def names_person(match: Match, scene: Scene) -> bool:
    """Say whether a month alone is a person's name, or part of one: "April Smith", "Ms. June"."""
    names = time_words().names
    found = _WORD_BEFORE.search(scene.text, max(0, match.start() - 16), match.start())
    before = found[1] if found else ""
    if before.lower() in names["titles"]:
        return True
    if before.lower() in names["leads"] or not _NAME_AFTER.match(scene.text, match.end()):
        return False
    if match["month"].lower().rstrip(".") in names["people"] and before.islower():
        return not before.startswith(("'", "’"))
    return before.lower() not in names["loose_leads"]
