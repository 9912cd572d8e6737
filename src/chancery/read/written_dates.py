"""Dates as they are written down: days, months, years, decades, seasons, quarters, holidays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from chancery.model import Basis
from chancery.read import calendar
from chancery.read.anchors import Scene
from chancery.read.calendar import Period
from chancery.read.timewords import month_in, number_in, ordinal_in, time_words, weekday_in
from chancery.read.timex import (
    Found,
    Match,
    Writing,
    dated,
    in_proper_name,
    is_name,
    names_person,
    plain,
    writes,
)
from chancery.read.unsaid_years import day_of_some_year, year_said

# Days ------------------------------------------------------------------------------------------


@writes(
    r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?P<clock>T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
def _iso_day(match: Match, scene: Scene) -> Iterator[Found]:
    period = calendar.day(int(match["year"]), int(match["month"]), int(match["day"]))
    if period:
        found = dated(match, period, "", basis="stated", year_stated=True)
        clock = match["clock"]
        yield found._replace(type="TIME", value=period.value + clock) if clock else found


@writes(r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\d/])")
def _day_in_digits(match: Match, scene: Scene) -> Iterator[Found]:
    """Read 4.3.2020 as day first and 13/4/2020 by its size; 3/4/2020 may be either: a wide span."""
    year = int(match["year"]) + (0 if len(match["year"]) == 4 else 2000)
    if match["mark"] == "." and len(match["year"]) == 2:
        return
    a, b = int(match["a"]), int(match["b"])
    day_first, month_first = calendar.day(year, b, a), calendar.day(year, a, b)
    choices = [day_first] if match["mark"] == "." else [day_first, month_first]
    periods = sorted((period for period in choices if period), key=lambda period: period.first)
    if not periods:
        return
    found = dated(match, periods[0], "", basis="stated", year_stated=True)
    if periods[0] != periods[-1]:
        found = found._replace(value=f"{year:04}-XX-XX", last=periods[-1].last, anchor=None)
    yield found


_DAY_LEAD = (
    r"(?:(?:the |early |late )?(?P<part>{part}) of )?(?:(?P<weekday>{weekday}),? (?:the )?)?"
)


@writes(
    _DAY_LEAD + r"(?P<month>{month}) (?P<day>{ordinal_day})(?:,? (?P<year>{year}))?\b",
    _DAY_LEAD
    + r"(?:the )?(?P<day>{ordinal_day})(?: of)? (?P<month>{month})(?:,? (?P<year>{year}))?",
)
def _month_and_day(match: Match, scene: Scene) -> Iterator[Found]:
    if not is_name(match, "month") or in_proper_name(match, scene):
        return
    month, day = month_in(match["month"]), int(re.sub(r"\D", "", match["day"]))
    if match["year"]:
        period = calendar.day(int(match["year"]), month, day)
        stated: Basis = "stated"
    else:
        period = day_of_some_year(match, scene, month, day)
        stated = "reckoned"
    yield dated(
        match, period, f"XXXX-{month:02}-{day:02}", basis=stated, part=match["part"],
        year_stated=bool(match["year"]),
    )  # fmt: skip


@writes(
    r"(?P<day>{ordinal_day})(?: ?{hyphen} ?| to | and | or )(?P<last>{ordinal_day}) "
    r"(?:of )?(?P<month>{month})"
    r"(?:,? (?P<year>{year}))?",
    r"(?P<month>{month}) (?P<day>{ordinal_day})(?: ?{hyphen} ?| to | and | or )"
    r"(?P<last>{ordinal_day})\b"
    r"(?! (?:{month}|{year})\b[^,])(?:,? (?P<year>{year}))?",
)
def _days_of_one_month(match: Match, scene: Scene) -> Iterator[Found]:
    """Read "12-14 July 1950" and "April 24 and 25" as two days, each with its own words."""
    if not is_name(match, "month"):
        return
    month = month_in(match["month"])
    days = [int(re.sub(r"\D", "", match[group])) for group in ("day", "last")]
    if days[0] >= days[1]:
        return
    year = int(match["year"]) if match["year"] else None
    if year is None:
        near = day_of_some_year(match, scene, month, days[0])
        year = near.first.year if near else None
    cuts = _two_spans(match)
    for (start, end), number in zip(cuts, days, strict=True):
        period = calendar.day(year, month, number) if year else None
        found = dated(
            match, period, f"XXXX-{month:02}-{number:02}",
            basis="stated" if match["year"] else "reckoned", year_stated=bool(match["year"]),
        )  # fmt: skip
        yield found._replace(start=start, end=end)


def _two_spans(match: Match) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where each of two days stands; the month belongs to the one it is beside."""
    if match.start("month") < match.start("day"):
        return (match.start("month"), match.end("day")), (match.start("last"), match.end())
    return match.span("day"), (match.start("last"), match.end())


@writes(r"(?P<found>the (?P<day>\d{1,2}(?:st|nd|rd|th)))(?= (?:to|and|of)\b|[,.;:)])")
def _day_of_the_month(match: Match, scene: Scene) -> Iterator[Found]:
    before = scene.text[max(0, match.start() - 8) : match.start()].lower()
    if not re.search(r"\b(?:on|from|until|by|to|since)\s$", before) or scene.mentioned is None:
        return
    near = scene.mentioned.first
    period = calendar.day(near.year, near.month, ordinal_in(match["day"]))
    yield dated(match, period, "XXXX-XX-XX")


@writes(
    r"(?:(?P<edge>early|late) (?:on )?)?(?:(?P<which>last|next|this past|this coming"
    r"|this|the previous|the following"
    r"|the next) )?(?P<weekday>{weekday})(?P<plural>s)?(?:['’]s(?= {part}))?(?: "
    r"(?P<part>{part})(?P<parts>s)?)?\b"
)
def _weekday(match: Match, scene: Scene) -> Iterator[Found]:
    if not is_name(match, "weekday") or in_proper_name(match, scene):
        return
    number = weekday_in(match["weekday"])
    open_value = f"XXXX-WXX-{number}"
    if match["parts"] or match["plural"]:
        suffix = f"T{time_words().day_parts[match['part'].lower()]}" if match["part"] else ""
        yield Found(*match.span(), "SET", open_value + suffix)
        return
    period = _weekday_meant(match, number, scene)
    start = match.end("edge") + 1 if match["edge"] and match["part"] else match.start()
    yield dated(match, period, open_value, part=match["part"])._replace(start=start)


def _weekday_meant(match: Match, number: int, scene: Scene) -> Period | None:
    which = plain(match["which"] or "")
    leaning = which in {"the previous", "the following", "the next"}
    anchor = scene.mentioned.first if leaning and scene.mentioned else scene.published
    if not which:
        owned = scene.text[match.end() : match.end() + 2] in {"'s", "’s"}
        return scene.weekday(number, "past" if owned else scene.tense(*match.span()))
    if anchor is None:
        return None
    if which in {"last", "this past", "the previous"}:
        return calendar.step(anchor, -((anchor.isoweekday() - number - 1) % 7 + 1), "day")
    if which == "this":
        return calendar.step(calendar.week_at(anchor).first, number - 1, "day")
    return calendar.step(anchor, (number - anchor.isoweekday() - 1) % 7 + 1, "day")


# Months, years and longer -------------------------------------------------------------------------


@writes(
    r"(?:(?P<modifier>{modifier}){sep})?(?P<month>{month})(?:(?: of|,)? "
    r"(?P<year>{year})(?!{hyphen}\d))?",
)
def _month(match: Match, scene: Scene) -> Iterator[Found]:
    if not is_name(match, "month"):
        return
    name = match["month"]
    bare = not match["year"] and not match["modifier"]
    if bare and name in AMBIGUOUS_MONTHS and not _stands_as_month(match, scene):
        return
    if bare and (in_proper_name(match, scene) or names_person(match, scene)):
        return
    number = month_in(name)
    if match["year"]:
        period = calendar.month(int(match["year"]), number)
        basis: Basis = "stated"
    else:
        said = year_said(match, scene)
        period = (
            calendar.month(said, number)
            if said
            else scene.choose(lambda year: calendar.month(year, number), *match.span())
        )
        basis = "reckoned"
    yield dated(
        match, period, f"XXXX-{number:02}", basis=basis, modifier=match["modifier"],
        year_stated=bool(match["year"]),
    )  # fmt: skip


AMBIGUOUS_MONTHS: Final = frozenset(
    {"May", "March", "Mar", "Jan", "Jun", "Sep", "Dec", "Oct", "Apr"}
)
"""Names that are also words or people's names."""


def _stands_as_month(match: Match, scene: Scene) -> bool:
    """Say whether a name that is also a word or a person's stands where a month does."""
    before = scene.text[max(0, match.start() - 12) : match.start()]
    return bool(
        re.search(
            r"\b(?:in|since|by|until|till|of|from|to|between|and|through|for|during)\s$|\($",
            before,
            re.I,
        )
    ) or bool(
        re.search(r"(?:\b(?:the|an?|its|their)|['’]s)\s$", before, re.I)
        and re.match(
            r"\s(?!on\b|of\b|to\b)[a-z]{3}|\s\d", scene.text[match.end() : match.end() + 5]
        )
    )


@writes(r"(?P<which>this|last|next|the previous|the following) (?P<month>{month})")
def _which_month(match: Match, scene: Scene) -> Iterator[Found]:
    if not is_name(match, "month"):
        return
    number = month_in(match["month"])
    period = _which_in_year(match, scene, lambda year: calendar.month(year, number))
    yield dated(match, period, f"XXXX-{number:02}")


def _which_in_year(
    match: Match, scene: Scene, of_year: Callable[[int], Period | None]
) -> Period | None:
    """Return the last, this or the next month or season, seen from the anchor's day."""
    which = plain(match["which"])
    leaning = which.startswith("the ") and scene.mentioned
    anchor = scene.mentioned.first if leaning and scene.mentioned else scene.published
    if anchor is None and scene.mentioned and which.startswith("the "):
        anchor = scene.mentioned.first
    if anchor is None:
        return None
    if which == "this":
        return of_year(anchor.year)
    years = [period for more in (-1, 0, 1, 2) if (period := of_year(anchor.year + more))]
    if which in {"last", "the previous"}:
        behind = [period for period in years if period.last < anchor.replace(day=1)]
        return behind[-1] if behind else None
    ahead = [period for period in years if period.first > anchor]
    return ahead[0] if ahead else None


@writes(
    r"(?:(?P<modifier>{modifier}){sep})?(?:the (?:fiscal )?year |fiscal (?:year )?)?"
    r"(?P<year>{year})(?![\w%]|{hyphen}\d|:\d)",
)
def _year(match: Match, scene: Scene) -> Iterator[Found]:
    number = int(match["year"])
    if not _stands_as_year(match, scene, number):
        return
    period = calendar.year(number)
    yield dated(match, period, "", basis="stated", modifier=match["modifier"], year_stated=True)


_NO_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥#\d.,]|\b(?:no|nos|resolution|room|route|highway|page|article|section"
    r"|flight|about|nearly|"
    r"some|over|than|almost|least|around|approximately|of the|only|an?)\.?\s)$",
    re.IGNORECASE,
)
_NO_YEAR_AFTER = re.compile(
    r"(?:[.,]\d|\s?%|\s(?:percent|per cent|people|troops|soldiers|men|women|children|civilians|"
    r"miles|kilomet\w+|km|meters|metres|feet|tons|tonnes|barrels|dollars|euros|pounds"
    r"|GMT|UTC|hours|"
    r"votes|members|workers|employees|points|francs|yen|marks|million|billion|acres"
    r"|hectares|times)\b)",
    re.IGNORECASE,
)
_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|before|after|of|during|between|and|or|to"
    r"|through|early|late|mid|"
    r"the|fiscal|around|as of|circa|throughout)\s|[(–—-])$",
    re.IGNORECASE,
)
NEWEST_BARE_YEAR = 2099
OLDEST_BARE_YEAR = 1900


def _stands_as_year(match: Match, scene: Scene, number: int) -> bool:
    """Say whether four digits are a year rather than an amount."""
    if match["modifier"] or "fiscal" in match[0].lower() or "year" in match[0].lower():
        return True
    before = scene.text[max(0, match.start() - 16) : match.start()]
    if _NO_YEAR_AFTER.match(scene.text, match.end()):
        return False
    if _YEAR_LEAD.search(before):
        return number >= 1000
    if _NO_YEAR_BEFORE.search(before):
        return bool(re.search(r"\ban?\s$", before)) and number >= OLDEST_BARE_YEAR
    return OLDEST_BARE_YEAR <= number <= NEWEST_BARE_YEAR


@writes(r"(?P<first>{year})(?: ?{hyphen} ?)(?P<last>{year}|\d\d)(?![\w-])")
def _years(match: Match, scene: Scene) -> Iterator[Found]:
    """Read "1775-1780" and "2007-08" as two years, each with its own words."""
    first = int(match["first"])
    last = (
        int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    )
    if last <= first:
        return
    for group, number in (("first", first), ("last", last)):
        yield dated(match, calendar.year(number), "", basis="stated", year_stated=True, group=group)


@writes(
    r"(?P<head>nineteen|eighteen|seventeen|twenty){sep}(?:(?P<tens>{tens})(?:{sep}"
    r"(?P<ones>{small}))?"
    r"|(?P<teens>{teens})|oh{sep}(?P<single>{small}))\b",
    r"(?P<month>{month}) (?P<head>nineteen|eighteen|twenty){sep}(?:(?P<tens>{tens})"
    r"(?:{sep}(?P<ones>{small}))?"
    r"|(?P<teens>{teens}))\b",
    r"the (?P<season>{season}) of (?P<head>nineteen|eighteen|twenty){sep}(?:(?P<tens>{tens})"
    r"(?:{sep}(?P<ones>{small}))?|(?P<teens>{teens}))\b",
)
def _spelled_year(match: Match, scene: Scene) -> Iterator[Found]:
    groups = match.groupdict()
    ones = sum(number_in(groups[name] or "") or 0 for name in ("tens", "ones", "teens"))
    ones += number_in(groups.get("single") or "") or 0
    number = int((number_in(match["head"]) or 0) * 100 + ones)
    if groups.get("season"):
        period = calendar.season(number, *time_words().seasons[match["season"].lower()])
    elif groups.get("month"):
        period = calendar.month(number, month_in(match["month"]))
    else:
        period = calendar.year(number)
    yield dated(match, period, "", basis="stated", year_stated=True)


@writes(
    r"(?:the )?(?:(?P<modifier>early|mid|late){sep})?(?:the )?(?P<year>1\d|20)"
    r"(?P<decade>\d)0['’]?s\b",
)
def _decade(match: Match, scene: Scene) -> Iterator[Found]:
    period = calendar.decade(int(match["year"] + match["decade"] + "0"))
    lead = len("the ") if match[0].lower().startswith("the ") else 0
    found = dated(match, period, "", basis="stated", modifier=match["modifier"], year_stated=True)
    yield found._replace(start=match.start() + lead)


@writes(r"(?:the )?(?:(?P<modifier>early|mid|late){sep})?['’](?P<decade>\d)0s\b")
def _short_decade(match: Match, scene: Scene) -> Iterator[Found]:
    period = calendar.decade(1900 + 10 * int(match["decade"]))
    yield dated(match, period, "", basis="stated", modifier=match["modifier"], year_stated=True)


@writes(r"(?:the )?(?:(?P<modifier>early|mid|late){sep})?(?P<number>{ordinal}){sep}century\b")
def _century(match: Match, scene: Scene) -> Iterator[Found]:
    period = calendar.century(ordinal_in(match["number"]))
    yield dated(match, period, "", basis="stated", modifier=match["modifier"], year_stated=True)


@writes(
    r"(?:the |this )?(?:(?P<modifier>{modifier}){sep})?(?:the )?(?P<season>{season})"
    r"(?: of)? (?P<year>{year})",
    r"(?P<bare>the |that |this |last |next |this past )?(?P<season>{season})\b",
)
def _season(match: Match, scene: Scene) -> Iterator[Found]:
    season = time_words().seasons[match["season"].lower()]
    year = match.groupdict().get("year")
    if year:
        period = calendar.season(int(year), *season)
        yield dated(match, period, "", basis="stated", modifier=match["modifier"], year_stated=True)
        return
    which = (match["bare"] or "").strip().lower()
    if not which and not _SEASON_LEAD.search(scene.text[max(0, match.start() - 7) : match.start()]):
        return
    if which in {"this", "last", "next"}:
        period = _season_meant(which, match, scene)
    elif which == "this past":
        period = _season_meant("last", match, scene)
    else:
        period = scene.choose(lambda number: calendar.season(number, *season), *match.span())
    yield dated(match, period, f"XXXX-{season.code}")


_SEASON_LEAD: Final = re.compile(r"\b(?:in|by|until|since|this)\s$", re.IGNORECASE)


def _season_meant(which: str, match: Match, scene: Scene) -> Period | None:
    if scene.published is None:
        return None
    season = time_words().seasons[match["season"].lower()]
    years = [scene.published.year + more for more in (-1, 0, 1)]
    periods = [period for year in years if (period := calendar.season(year, *season))]
    if which == "this":
        return periods[1]
    if which == "last":
        behind = [period for period in periods if period.last < scene.published]
        return behind[-1] if behind else None
    ahead = [period for period in periods if period.first > scene.published]
    return ahead[0] if ahead else None


@writes(
    r"(?:the )?(?:(?P<which>same|year-ago|year-earlier|comparable|comparable year-ago"
    r"|current|latest) )?"
    r"(?P<number>first|second|third|fourth|1st|2nd|3rd|4th){sep}(?P<unit>quarter|half)"
    r"(?: (?:of )?(?:the )?(?:fiscal )?(?P<year>{year}))?\b",
    r"(?P<unit>Q)(?P<number>[1-4])(?: (?P<year>{year}))?\b",
)
def _quarter(match: Match, scene: Scene) -> Iterator[Found]:
    number = int(match["number"]) if match["number"].isdigit() else ordinal_in(match["number"])
    is_half = match["unit"].lower() == "half"
    if is_half and number > 2:
        return
    make = calendar.half if is_half else calendar.quarter
    year_ago = "year" in (match.groupdict().get("which") or "")
    if match["year"]:
        period = make(int(match["year"]), number)
    else:
        period = scene.choose(lambda year: make(year, number), *match.span(), tense="past")
        if period and year_ago:
            period = make(period.first.year - 1, number)
    yield dated(
        match, period, f"XXXX-{'H' if is_half else 'Q'}{number}",
        basis="stated" if match["year"] else "reckoned", year_stated=bool(match["year"]),
    )  # fmt: skip


@writes(
    r"(?P<holiday>{holiday})(?:,? (?P<year>{year}))?\b",
    r"(?P<which>last|next|this) (?P<holiday>{holiday})\b",
)
def _holiday(match: Match, scene: Scene) -> Iterator[Found]:
    if not is_name(match, "holiday") or in_proper_name(match, scene):
        return
    entry = time_words().holidays[match["holiday"].lower().replace("’", "'")]

    def of_year(year: int) -> Period | None:
        start = calendar.day(year, entry["month"], entry["day"])
        if start is None or "weekday" not in entry:
            return start
        return calendar.step(start.first, (entry["weekday"] - start.first.isoweekday()) % 7, "day")

    groups = match.groupdict()
    if groups.get("year"):
        yield dated(match, of_year(int(groups["year"])), "", basis="stated", year_stated=True)
    elif groups.get("which"):
        yield dated(match, _which_in_year(match, scene, of_year), "XXXX-XX-XX")
    else:
        yield dated(match, scene.choose(of_year, *match.span()), "XXXX-XX-XX")


WRITTEN_DATES: Final[tuple[Writing, ...]] = (
    _iso_day,
    _day_in_digits,
    _month_and_day,
    _days_of_one_month,
    _day_of_the_month,
    _weekday,
    _month,
    _which_month,
    _year,
    _years,
    _spelled_year,
    _decade,
    _short_decade,
    _century,
    _season,
    _quarter,
    _holiday,
)
"""All writings of this module, for `dates.py` to compile."""
