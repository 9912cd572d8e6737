"""By when a forecast is to come true, as the times of its passage say.

"By 2021", "before the summer" (the day before it), "within two years" (reckoned from the report's
day), "on 3 March". A year that only tells which ("the 2022 summit", "the law of 2012"), a day that
lies behind the report and a length without a start are no deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from chancery.model import Span, TimeExpression, When
from chancery.read import calendar
from chancery.read.calendar import Period
from chancery.read.extents import day_before, days_of, lead_of, moved
from chancery.read.timewords import time_words

LOOK_BACK: Final = timedelta(days=4)
"""How far behind the report's day a day may lie that was still to come when it was said."""

HEAD: Final = 12
"""Characters from its start within which a time leads a passage."""

_BEFORE: Final = re.compile(r"\b(?:before|ahead of|prior to)(?: the)?$")
_AHEAD: Final = re.compile(
    r"\b(?:within|in|over|after|for|during|inside|throughout)"
    r"(?: (?:the|a|about|around|less than|next|coming|at most|just))*$"
)
_LEAD: Final = re.compile(
    r"(?:\b(?:(?:no|not) later than|by|before|until|till|through|within|in|on|over|after|ahead of"
    r"|prior to|for|during|to|at|into|from|between)(?: at least| about)?"
    r"(?: the| early| late| mid| next| coming)*\s)$",
    re.IGNORECASE,
)
_WHICH: Final = re.compile(r"\s[A-Z]")
_PLAIN: Final = re.compile(r"\b(?:in|by|until|before|to|for)\s$", re.IGNORECASE)
_TIED: Final = re.compile(r"(?:['’]s?|\bof|\bthe|\ba)\s$", re.IGNORECASE)
_LASTING: Final = re.compile(r"\b(?:for|during|over the (?:last|past))$")
_SINCE: Final = re.compile(r"\bsince(?: the)?$")


class Deadline(NamedTuple):
    """The last day a forecast can come true on, and the words that say it.

    `is_later`: all of it lies ahead; `bound`: a word such as "by" or "on" binds it.
    """

    when: When | None
    words: Span
    is_later: bool
    bound: bool = True


def deadline_in(
    text: str,
    span: Span,
    cue: Span,
    times: Sequence[TimeExpression],
    published: When,
    *,
    past: bool = False,
) -> Deadline | None:
    """Return the deadline of a passage; with `past` a day just behind the report's counts too.

    Of several the nearest behind the cue counts, else the nearest before it; of two that follow
    one upon the other ("next month on August 2", "from 3 to 9 May") the last.
    """
    found = [
        deadline
        for time in times
        if span.covers(time.span) and (deadline := _deadline(text, time, published, past=past))
    ]
    heads = [one for one in found if one.words.start - span.start <= HEAD]
    after = [one for one in found if one.words.end > cue.start]
    if not after or (heads and after[0] not in heads and not after[0].bound):
        return heads[-1] if heads else None
    best = after[0]
    for one in after[1:]:
        if one.words.start - best.words.end > 4:
            break
        best = Deadline(one.when or best.when, Span(best.words.start, one.words.end), one.is_later)
    return best


def _deadline(text: str, time: TimeExpression, published: When, *, past: bool) -> Deadline | None:
    lead = lead_of(text, time)
    if time.type == "SET" or _SINCE.search(lead) or _only_tells_which(text, time):
        return None
    words = _with_lead(text, time.span)
    if time.type == "DURATION":
        return _by_length(text, time, lead, words, published)
    period = days_of(time)
    today = published.last
    if period is None:
        return None if today or time.value == "PAST_REF" else Deadline(None, words, True)
    if today is None:
        return Deadline(_until(_last(period, lead), time), words, True)
    earliest = today - (LOOK_BACK if past else timedelta(0))
    if _last(period, lead) < earliest:
        period = _next(text, time, period)
    if period is None or _last(period, lead) < earliest:
        return None
    last = _last(period, lead)
    return Deadline(_until(last, time), words, period.first > today, words != time.span)


def _last(period: Period, lead: str) -> date:
    return day_before(period.first) if _BEFORE.search(lead) else period.last


_FIXED: Final = re.compile(
    r"\d{4}|\b(?:last|ago|yesterday|earlier|past|previous|today)\b", re.IGNORECASE
)


def _next(text: str, time: TimeExpression, period: Period) -> Period | None:
    """Return the next day of that name, where a forecast's words leave the year or week open.

    A resolver that reads the verb of telling ("will be done by March, he said") looks back.
    """
    words = time.span.of(text).lower()
    if _FIXED.search(words):
        return None
    weekdays = set(time_words().weekdays)
    if not weekdays.isdisjoint(words.split()) and period.grain == "day":
        return calendar.step(period.first, 7, "day")
    first = calendar.shift(period.first, 1, "year")
    last = calendar.shift(period.last, 1, "year")
    return Period(period.value, first, last, period.grain) if first and last else None


def _until(last: date, time: TimeExpression) -> When:
    basis = time.when.basis if time.when.known else "reckoned"
    return When(last=last, basis=basis, words=time.when.words or time.span)


def _by_length(
    text: str, time: TimeExpression, lead: str, words: Span, published: When
) -> Deadline | None:
    """Reckon "within two years", "in six months", "the next few hours" from the report's day."""
    own = time.span.of(text).lower()
    ahead = _AHEAD.search(lead) or own.startswith(
        ("within", "in ", "over ", "the next", "the coming")
    )
    if not ahead or _LASTING.search(lead) or "last" in own or "past" in own:
        return None
    day = moved(published.last, time, 1)
    if day:
        when = When(last=day, basis="reckoned", words=time.span)
        return Deadline(when, words, True)
    if "next" in own and time.value.startswith("PT") and published.last:
        return Deadline(When(last=published.last, basis="reckoned", words=time.span), words, True)
    return Deadline(None, words, True) if "within" in lead or "within" in own else None


def _only_tells_which(text: str, time: TimeExpression) -> bool:
    """Say whether a time only tells which: "the 2022 NATO summit", "the risks of tomorrow"."""
    before = text[max(0, time.span.start - 5) : time.span.start]
    if re.fullmatch(r"\d{4}", time.span.of(text)):
        if _TIED.search(before):
            return True
        if _WHICH.match(text, time.span.end) and not _PLAIN.search(before):
            return True
    if re.search(r"\b(?:of|\()\s?$", before) and not re.search(
        r"\b(?:end|half|start)\sof\s$", before
    ):
        return True
    if time.span.of(text).lower() == "today" and text[time.span.end : time.span.end + 1] in "'’":
        return True
    return text[time.span.end : time.span.end + 1] == ")"


def _with_lead(text: str, span: Span) -> Span:
    """Take in the words that bind a time: "no later than", "in the"."""
    before = text[max(0, span.start - 28) : span.start]
    lead = _LEAD.search(before)
    return Span(span.start - len(lead[0]), span.end) if lead else span
