"""How far the clause round some words reaches, and which days the times in it name.

In: a text, a sentence, and the words that tell something. Out: the clause from its subject to its
last complement, without the words that introduce it ("she said that …"), without the clauses that
hang on it, and, beside it, the adverbial that leads it ("By 2025, …"). No tree is needed; the
words that end a clause lie in `data/extents.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Span, TimeExpression, When
from chancery.read import calendar
from chancery.read.calendar import Grain, Period
from chancery.read.timewords import alternation, time_words

LONGEST_LEAD: Final = 14
"""Words: a longer stretch before a comma is no adverbial that leads a clause."""

WORD: Final = re.compile(r"['’]s\b|[^\W_]+")
"""A word as phrases in tables are compared (`lexicon.wording.plain_words`)."""

COMPLEMENTS: Final = frozenset({"that", "whether"})
"""Words whose clause is what is told: no comma ends it, and it belongs to the clause before."""

_EDGES: Final = " \t\n\r\u00a0.,;:!?…\"“”'‘’()[]*"
_NUMBER_GOES_ON: Final = re.compile(r",\s?\d")


class Clause(NamedTuple):
    """A clause: from its subject on (`span`), and from the adverbial that leads it (`whole`)."""

    span: Span
    whole: Span


class Breaks(NamedTuple):
    """Patterns compiled from `data/extents.toml`."""

    left: re.Pattern[str]
    lead: re.Pattern[str]
    auxiliaries: re.Pattern[str]
    right: re.Pattern[str]


@cache
def _breaks() -> Breaks:
    source = resources.files("chancery.read") / "data" / "extents.toml"
    table = {
        name: words.split() for name, words in tomllib.loads(source.read_text("utf-8")).items()
    }
    telling, joining = alternation(table["telling"]), alternation(table["joining"])
    hanging, relative = alternation(table["hanging"]), alternation(table["relative"])
    group, subjects = alternation(table["group"]), alternation(table["subjects"])
    dependent = alternation(word for word in table["hanging"] if word not in COMPLEMENTS)
    return Breaks(
        left=re.compile(
            rf"(?P<mark>[;:]\s|\s[–—-]{{1,2}}\s|[“”\"«»]|,['’]\s)"
            rf"|\b(?P<telling>{telling}),?\s(?:on\s\w+day\s)?(?:that\s)?"
            rf"|(?P<comma>,\s)(?:(?P<joint>{joining}|with)\s)?|\b(?P<bare>{joining})\s"
            rf"(?P<subject>(?={subjects}\s))?"
            rf"|\b(?P<hanging>{hanging})\s|(?P<relative>\b(?:[a-z]+\s){{0,3}}of\swhich|\b(?:{relative}))\s",
            re.IGNORECASE,
        ),
        lead=re.compile(rf"\s*(?:{alternation(table['leading'])})\b", re.IGNORECASE),
        auxiliaries=re.compile(rf"\s*(?:(?:{group})\s+)*", re.IGNORECASE),
        right=re.compile(
            rf"[;“”\"«»]|:\s|\s[–—-]{{1,2}}\s|,|\s\(|\s(?P<joint>{joining})\s(?:{group}"
            rf"|{subjects}|[a-z]+ing)\b|\s(?P<hanging>{dependent}|{relative})\s",
            re.IGNORECASE,
        ),
    )


_TERM: Final = re.compile(r"[“\"«][^“”\"«»]{1,48}[”\"»]|\([^()]{1,48}\)")
_LIST: Final = re.compile(
    r",\s(?:the\s)?[A-Z][\w.’']*(?:\s[A-Z][\w.’']*){0,3}"
    r"(?=,\s(?:and\s)?(?:the\s)?[A-Z]|\sand\s(?:the\s)?[A-Z])"
    r"|,\sand\s(?:the\s)?[A-Z][\w.’']*(?:\s[A-Z][\w.’']*){0,3}"
    r"(?=\s(?:in|on|by|from|next|this|before|until)\b)"
)
LONGEST_TERM: Final = 4
"""Words: a longer quotation is speech and breaks the clause, a shorter one is a name or a term."""


def _terms(text: str, stretch: Span) -> list[Span]:
    """Return the short terms in quotation marks or brackets, which end no clause."""
    return [
        Span(match.start(), match.end())
        for match in _TERM.finditer(text, stretch.start, stretch.end)
        if len(WORD.findall(match[0])) <= LONGEST_TERM and match[0][-2] not in ",.?!"
    ]


def placed_words(text: str, stretch: Span) -> list[tuple[str, Span]]:
    """Return the words of a stretch in small letters, each with where it stands."""
    return [
        (match[0].lower().replace("’", "'"), Span(match.start(), match.end()))
        for match in WORD.finditer(text, stretch.start, stretch.end)
    ]


def clause_round(text: str, sentence: Span, words: Span, times: Sequence[TimeExpression]) -> Clause:
    """Return the clause of a sentence that words stand in."""
    end = _right(text, sentence, words, times)
    start, lead = _left(text, sentence, words)
    return Clause(_trimmed(text, Span(start, end)), _trimmed(text, Span(lead, end)))


def _left(text: str, sentence: Span, words: Span) -> tuple[int, int]:
    """Return where the clause starts, and where the adverbial before it does."""
    breaks = _breaks()
    start = lead = sentence.start
    hangs_at: int | None = None
    led = -1
    terms = _terms(text, sentence)
    for match in breaks.left.finditer(text, sentence.start, words.start):
        inner = breaks.auxiliaries.match(text, match.end(), words.start)
        at_verb = inner is not None and inner.end() == words.start
        if any(term.start <= match.start() < term.end for term in terms):
            continue
        if match["hanging"]:
            start = match.end()
            hangs_at = None if match["hanging"].lower() in COMPLEMENTS else match.start()
            lead = start if hangs_at is None else lead
        elif match["comma"] and _NUMBER_GOES_ON.match(text, match.start()):
            continue
        elif match["comma"] and not match["joint"]:
            if hangs_at is not None:
                lead, start, hangs_at = hangs_at, match.end(), None
            elif _is_lead(text, Span(start, match.start())):
                lead, start = lead if led == start else start, match.end()
                led = start
        elif match["relative"]:
            start = lead = match.start("relative")
        elif match["mark"] or match["joint"] or (match["telling"] and not at_verb):
            start = lead = match.end()
            hangs_at = None
        elif match["bare"] and (
            match["subject"] is not None or (at_verb and match["bare"] != "or")
        ):
            start = lead = match.end()
    first = WORD.match(text, words.start, words.end)
    if first and first[0].endswith("ing") and _GERUND.search(text, start, words.start):
        return words.start, words.start
    return start, lead if hangs_at is None else start


_GERUND: Final = re.compile(
    r"(?:,|\b(?:on|by|for|of|from|without|after|before|upon|in|to))\s(?:having\s|being\s)?$",
    re.IGNORECASE,
)


def _is_lead(text: str, before: Span) -> bool:
    """Say whether what stands before a comma is an adverbial that leads the clause."""
    words = WORD.findall(text, before.start, before.end)
    return 0 < len(words) <= LONGEST_LEAD and bool(
        _breaks().lead.match(text, before.start, before.end)
    )


def _right(text: str, sentence: Span, words: Span, times: Sequence[TimeExpression]) -> int:
    """Return where the clause ends; a time does not end it, nor does a list of nouns."""
    position = words.end
    terms = _terms(text, sentence)
    while match := _breaks().right.search(text, position, sentence.end):
        goes_on = _time_after(text, match.start() + 1, times)
        if match[0] == "," and goes_on and _WORD_NEXT.match(text, goes_on):
            goes_on = None
        inside = [term.end for term in terms if term.start < match.end() <= term.end]
        listed = _LIST.match(text, match.start(), sentence.end)
        if inside or listed:
            position = listed.end() if listed else inside[0]
        elif goes_on and (match[0] == "," or match["hanging"]):
            position = min(goes_on, sentence.end)
        elif match[0] == "," and _NUMBER_GOES_ON.match(text, match.start()):
            position = match.end()
        else:
            return match.start()
    return sentence.end


_WORD_NEXT: Final = re.compile(r"\s(?!in\b|on\b|at\b|for\b|and\b|local\b)\w")
_TO_TIME: Final = re.compile(r"\s?(?:[a-z]+\s){0,2}(?:the\s)?", re.IGNORECASE)


def _time_after(text: str, position: int, times: Sequence[TimeExpression]) -> int | None:
    """Return the end of the time that starts here, a word or two such as "until the" between."""
    for time in times:
        if position <= time.span.start <= position + 24 and _TO_TIME.fullmatch(
            text, position, time.span.start
        ):
            return time.span.end
    return None


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


# Days ---------------------------------------------------------------------------------------------

_SEASON: Final = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_PART: Final = re.compile(r"(\d{4})-([HQ])(\d)")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)")
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_LENGTH: Final = re.compile(r"P(\d{1,4})([DWMY])")
_STEPS: Final[dict[str, Grain]] = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def days_of(time: TimeExpression) -> Period | None:
    """Return the days that an expression's own TIMEX3 value names, whatever stands before it."""
    value = time.value
    if match := _SEASON.fullmatch(value):
        first_months = {season.code: season.first_month for season in time_words().seasons.values()}
        return calendar.season(int(match[1]), match[2], first_months[match[2]])
    if match := _PART.fullmatch(value):
        maker = calendar.half if match[2] == "H" else calendar.quarter
        return maker(int(match[1]), int(match[3]))
    if match := _WEEK.fullmatch(value):
        return calendar.week_at(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    match = _DAY.fullmatch(value)
    if match is None or match[1] == "0000":
        return None
    if match[3]:
        return calendar.day(int(match[1]), int(match[2]), int(match[3]))
    return (
        calendar.month(int(match[1]), int(match[2])) if match[2] else calendar.year(int(match[1]))
    )


def moved(day: date | None, time: TimeExpression, sign: int) -> date | None:
    """Return the day that lies an expression's length after (`sign` 1) or before (−1) a day."""
    match = _LENGTH.fullmatch(time.value)
    if match is None or day is None:
        return None
    return calendar.shift(day, sign * int(match[1]), _STEPS[match[2]])


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1) if day > date.min else day


def lead_of(text: str, time: TimeExpression) -> str:
    """Return the words just before a time that bear on it, in small letters: "no later than"."""
    words = WORD.findall(text, max(0, time.span.start - 24), time.span.start)
    return " ".join(word.lower() for word in words[-4:])


def _open_ended(time: TimeExpression) -> bool:
    """Say whether the expression itself, without a word before it, leaves an end open."""
    when = time.when
    return when.known and None in (when.first, when.last) and when.words == time.span


def to_when(period: Period, time: TimeExpression) -> When:
    """Return a period as days that rest on a time's words; "more than 10 years ago" stays open."""
    if time.value.startswith("P") or "X" in time.value or _open_ended(time):
        return time.when
    basis = time.when.basis if time.when.known else "stated"
    return When(first=period.first, last=period.last, basis=basis, words=time.span)
