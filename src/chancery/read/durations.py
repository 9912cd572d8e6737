"""Lengths of time, times of the clock, repeated times, and words for now, then and soon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from chancery.model import Basis
from chancery.read import calendar
from chancery.read.anchors import Scene
from chancery.read.timewords import Unit, number_in, time_words, weekday_in
from chancery.read.timex import GRAIN_OF_UNIT, Found, Match, Writing, plain, writes


def length_value(count: float | None, unit: Unit) -> str:
    """Write a length in TIMEX3: `P3M`, `PT2H`, `PXY` where the number is vague."""
    prefix = "PT" if unit.code.startswith("T") else "P"
    letter = unit.code[-1]
    if count is None:
        return f"{prefix}X{letter}"
    total = count * (1 if letter == "Q" else unit.count)
    return f"{prefix}{total:g}{letter}"


def _reach(anchor: date | None, count: float | None, unit: Unit, sign: int) -> date | None:
    """Return the far end of a length from the report's day."""
    if anchor is None or count is None:
        return None
    if unit.code.startswith("T"):
        return anchor
    return calendar.shift(anchor, sign * round(count * unit.count), GRAIN_OF_UNIT[unit.base])


FEW: Final = {"day": 7, "week": 6, "month": 10, "year": 10}
"""How many days, weeks, months or years "the past few" of them are at most."""


@writes(
    r"the (?P<which>last|past|next|coming|previous|first|following|final|latest"
    r"|preceding|additional|remaining|entire|same)"
    r"(?: (?P<count>{count}))?(?: to {number}| or {number})?{sep}(?P<unit>{unit})\b(?! "
    r"(?:ago|earlier|later|of the year)\b)(?: or so)?",
    r"(?P<which>these|those|recent|past|coming)(?: (?P<count>{count}))? (?P<unit>{unit_plural})\b",
    r"the (?P<unit>{unit_plural}) (?P<which>ahead|to come)\b",
    r"(?P<which>last|next) (?P<count>{count}) (?P<unit>{unit_plural})\b",
)
def _stretch(match: Match, scene: Scene) -> Iterator[Found]:
    """Read "the past three months": a length whose one end is the report's day."""
    unit = time_words().units[match["unit"].lower()]
    which = plain(match["which"])
    plural = match["unit"].lower().endswith("s")
    words = match.groupdict().get("count")
    count = number_in(words) if words else None if plural else 1
    if (
        not words
        and not plural
        and which
        in {"last", "next", "previous", "following", "first", "final", "latest", "same", "coming"}
    ):
        return
    start, end = match.span()
    few = FEW.get(unit.base) if count is None and plural else count
    if which in {"recent", "past"} and not words and start == match.start("which"):
        basis: Basis = "bounded" if scene.published else "unknown"
        back = _reach(scene.published, few, unit, -1)
        yield Found(start, end, "DATE", "PAST_REF", back, scene.published, basis)
        return
    first = last = None
    if which in {"last", "past", "latest", "recent"}:
        first, last = _reach(scene.published, few, unit, -1), scene.published
    elif which in {"next", "coming", "ahead", "to come"}:
        first, last = scene.published, _reach(scene.published, count, unit, 1)
    elif which == "following" and scene.mentioned:
        first, last = scene.mentioned.last, _reach(scene.mentioned.last, count, unit, 1)
    basis = "reckoned" if first or last else "unknown"
    yield Found(start, end, "DURATION", length_value(count, unit), first, last, basis)


@writes(
    r"(?:the )?(?:(?P<hedge>{hedge}) )?(?P<count>{count})(?:{sep}to{sep}"
    r"(?P<upper>{number})|{hyphen}(?P<upper2>{number}))?{sep}(?P<unit>{unit})\b"
    r"(?P<half> and a half)?"
    r"(?:{hyphen}long\b|{hyphen}plus\b)?(?!{hyphen}(?:old|olds)| old\b| of age\b|['’]s? old\b)",
    r"(?:(?P<hedge>{hedge}) )?(?P<count>{count}) and a half (?P<unit>{unit})\b",
)
def _length(match: Match, scene: Scene) -> Iterator[Found]:
    unit = time_words().units[match["unit"].lower()]
    words = plain(match["count"])
    singular = not match["unit"].lower().endswith("s")
    hyphenated = bool(re.search(r"[-\u2010-\u2015]", match[0]))
    if singular and words in {"a", "an"} and not _is_length(match, scene):
        return
    if singular and words[:1].isdigit() and not hyphenated and number_in(words) != 1:
        return
    if words in {"some", "few", "many"} and singular:
        return
    if match["unit"].lower().startswith("quarter") and (singular or hyphenated):
        return
    if match["unit"][:1].isupper() and not match[0][:1].isupper():
        return
    if words[:1].isdigit() and re.search(
        r"[$€£]$", scene.text[max(0, match.start() - 1) : match.start()]
    ):
        return
    count = number_in(words)
    groups = match.groupdict()
    if count is not None and (groups.get("half") or " and a half" in match[0].lower()):
        count += 0.5
    prepositional = plain(match["hedge"] or "") in {"over", "some"} and count is None
    start = match.start("count") if prepositional else match.start()
    yield Found(start, match.end(), "DURATION", length_value(count, unit))


_LENGTH_LEAD: Final = re.compile(
    r"\b(?:for|in|within|after|over|than|nearly|almost|about|of|least|during|barely"
    r"|just|until|under|every|and|to|took|only|around|lasted)\s$",
    re.IGNORECASE,
)


def _is_length(match: Match, scene: Scene) -> bool:
    """Say whether "a year" is a length: with a hedge or after a preposition of extent."""
    if match["hedge"] or match.groupdict().get("half"):
        return True
    return bool(_LENGTH_LEAD.search(scene.text[max(0, match.start() - 10) : match.start()]))


@writes(
    r"(?P<unit>{unit_plural})(?:{hyphen}(?P<long>long|old))?\b(?! (?:ago|earlier"
    r"|later))(?P<of> (?=after|before|of\b))?",
)
def _vague_length(match: Match, scene: Scene) -> Iterator[Found]:
    before = scene.text[max(scene.sentence.start, match.start() - 10) : match.start()]
    if not (match["long"] or match["of"] or _EXTENT_LEAD.search(before)):
        return
    unit = time_words().units[match["unit"].lower()]
    end = match.end("long") if match["long"] else match.end("unit")
    yield Found(match.start(), end, "DURATION", length_value(None, unit))


_EXTENT_LEAD: Final = re.compile(
    r"\b(?:for|in|over|after|within|took|lasted|through)\s$", re.IGNORECASE
)


# The clock ---------------------------------------------------------------------------------------

_ZONE = r"(?: (?P<zone>GMT|UTC|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST|MSK|local time))?"
_OF_DAY = r"(?:,? (?:on )?(?P<weekday>{weekday}))?"


@writes(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?{sep}?(?P<half>[ap])\.? ?m\b\.?" + _ZONE + _OF_DAY,
    r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?: ?hrs\b| ?hours\b)?"
    + _ZONE
    + r"(?![:\d])"
    + _OF_DAY,
    r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?: ?hrs\b| (?P<zone>GMT|UTC)\b)",
    r"(?P<hour>\d{1,2}) (?:o['’]clock(?: in the)?|in the) (?P<half>morning|afternoon|evening)\b",
)
def _clock(match: Match, scene: Scene) -> Iterator[Found]:
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").lower()[:1]
    if hour > 24 or minute > 59 or (half and hour > 12):
        return
    if half in {"p", "e"} or (half == "a" and groups.get("half", "").lower() == "afternoon"):
        hour = hour % 12 + 12
    elif half == "a" and hour == 12:
        hour = 0
    if weekday := groups.get("weekday"):
        tense = scene.tense(*match.span())
        day = scene.weekday(weekday_in(weekday), tense)
        value = f"{day.value if day else 'XXXX-XX-XX'}T{hour:02}:{minute:02}"
        first, last = (day.first, day.last) if day else (None, None)
        basis: Basis = "reckoned" if day else "unknown"
        yield Found(*match.span(), "TIME", value, first, last, basis, day)
    else:
        yield _at_clock(match, f"T{hour:02}:{minute:02}", scene)


@writes(r"(?P<word>{clock_word})\b")
def _clock_word(match: Match, scene: Scene) -> Iterator[Found]:
    yield _at_clock(match, time_words().clock_words[match["word"].lower()], scene)


def _at_clock(match: Match, value: str, scene: Scene) -> Found:
    """Put a time of the clock on the day last mentioned, or on the report's."""
    start, end = match.span()
    known = scene.mentioned if scene.mentioned and scene.mentioned.grain == "day" else None
    day = known or (calendar.day_at(scene.published) if scene.published else None)
    if day is None:
        return Found(start, end, "TIME", f"XXXX-XX-XX{value}")
    return Found(start, end, "TIME", day.value + value, day.first, day.last, "reckoned")


# Repeated times, and words for now, then and soon ------------------------------------------------


@writes(
    r"(?:every|each)(?: (?P<count>{count}|other|single))? (?P<unit>{unit})\b",
    r"per (?P<unit>{unit_singular})\b",
    r"(?P<lead>a|an) (?P<unit>{unit_singular})\b",
    r"(?P<adverb>{set})\b",
)
def _repeated(match: Match, scene: Scene) -> Iterator[Found]:
    groups = match.groupdict()
    start, end = match.span()
    if adverb := groups.get("adverb"):
        if not adverb[:1].isupper() or start == scene.sentence.start:
            yield Found(start, end, "SET", time_words().sets[adverb.lower()])
        return
    if groups.get("lead") and not _is_rate(match, scene):
        return
    unit = time_words().units[match["unit"].lower()]
    words = plain(groups.get("count") or "")
    count = 2.0 if words == "other" else number_in(words) if words and words != "single" else 1.0
    yield Found(start, end, "SET", length_value(count, unit))


_RATE_LEAD: Final = re.compile(
    r"(?:\b(?:once|twice|times|hours|days|weeks|months|barrels|people|dollars|tons"
    r"|tonnes|thousand|million|billion|percent|cents)|\d|%|\w+s)\s$",
    re.IGNORECASE,
)


def _is_rate(match: Match, scene: Scene) -> bool:
    """Say whether "a year" follows an amount: "$1 billion a year", "three times a week"."""
    before = scene.text[max(scene.sentence.start, match.start() - 40) : match.start()]
    return bool(_RATE_LEAD.search(before[-12:])) and bool(
        re.search(
            r"\d|\b(?:one|two|three|four|five|six|ten|once|twice|dozens|hundreds"
            r"|thousands|million|billion)\b",
            before,
        )
    )


@writes(r"(?:every|each) (?P<weekday>{weekday})(?: (?P<part>{part}))?\b")
def _every_weekday(match: Match, scene: Scene) -> Iterator[Found]:
    number = time_words().weekdays[match["weekday"].lower().rstrip(".")]
    part = match["part"]
    suffix = f"T{time_words().day_parts[part.lower()]}" if part else ""
    yield Found(*match.span(), "SET", f"XXXX-WXX-{number}{suffix}")


@writes(r"(?P<words>{reference})\b(?!{hyphen}| (?:{count} )?{unit}\b| (?:after|before)\b)")
def _reference(match: Match, scene: Scene) -> Iterator[Found]:
    words = plain(match["words"])
    tables = time_words()
    value = (
        tables.references.get(words) or tables.references[" ".join(match["words"].lower().split())]
    )
    start = match.start() + max(
        (len(lead) for lead in ("in ", "until ") if match["words"].lower().startswith(lead)),
        default=0,
    )
    now = scene.published
    if value == "PRESENT_REF":
        yield Found(start, match.end(), "DATE", value, now, now, "reckoned" if now else "unknown")
    elif value == "PAST_REF":
        yield Found(start, match.end(), "DATE", value, None, now, "bounded" if now else "unknown")
    else:
        yield Found(start, match.end(), "DATE", value, now, None, "bounded" if now else "unknown")


DURATIONS: Final[tuple[Writing, ...]] = (
    _stretch,
    _length,
    _vague_length,
    _clock,
    _clock_word,
    _repeated,
    _every_weekday,
    _reference,
)
"""All writings of this module, for `dates.py` to compile."""
