"""Turns expressions into stretches of days, and finds the stretch that a deed's words allow.

"Since", "by" and "until" open one end; "from A to B" and "in 2017 and 2018" join two expressions
into one stretch; "earlier" cuts at the report's day. A deed without a date of its own lies before
the report where it happened, and after it where it is still to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from chancery.model import Basis, Span, TimeExpression, When
from chancery.read.anchors import tense_of
from chancery.read.sentences import Sentence
from chancery.read.timewords import WHITE_SPACE, alternation, time_words
from chancery.read.timex import Found

LEAD_REACH: Final = 24
CLAUSE_PENALTY: Final = 60
"""Characters that a clause's end between a deed and a time counts for."""

_JOIN: Final = re.compile(r"\s{0,2}(?P<word>[-\u2010-\u2015]|to|and|through|until|till)\s{0,2}", re.IGNORECASE)
_EDGE: Final = re.compile(r"\b(?:earlier|later|early|late)\s$", re.IGNORECASE)
_CLAUSE_END: Final = re.compile(r"[,;:()“”\"]|\s[–—-]{1,2}\s|\b(?:and|but|which|who|that|after|before|when|while|as)\b")


@cache
def _bound_lead() -> re.Pattern[str]:
    words = alternation(time_words().bounds).replace(" ", WHITE_SPACE)
    return re.compile(rf"(?<!\w)({words})\s(?:the\s|about\s|around\s)?$", re.IGNORECASE)


def with_whens(text: str, found: Sequence[Found], sentence: Span) -> Iterator[TimeExpression]:
    """Yield a sentence's expressions with the days that they and the words round them allow."""
    index = 0
    while index < len(found):
        here = found[index]
        after = found[index + 1] if index + 1 < len(found) else None
        if after and _are_joined(text, here, after):
            when = _hull(text, here, after, sentence)
            yield _expression(here, when)
            yield _expression(after, when)
            index += 2
        else:
            yield _expression(here, _bounded(text, here, sentence))
            index += 1


def _expression(found: Found, when: When) -> TimeExpression:
    span = Span(found.start, found.end)
    return TimeExpression(span=span, type=found.type, value=found.value, when=when)


def _are_joined(text: str, here: Found, after: Found) -> bool:
    """Say whether two dates are one stretch: "from A to B", "A-B", "2017 and 2018"."""
    join = _JOIN.fullmatch(text, here.end, after.start)
    if not join or None in (here.first, here.last, after.first, after.last):
        return False
    if here.first is None or after.last is None or here.last is None or after.first is None:
        return False
    if here.type == "SET" or after.type == "SET" or here.first > after.last:
        return False
    if join["word"].lower() != "and":
        return True
    between = text[max(0, here.start - 9) : here.start].lower().endswith("between ")
    return between or (after.first - here.last).days == 1


def _hull(text: str, here: Found, after: Found, sentence: Span) -> When:
    lead = re.search(r"\b(?:from|between|in|on)\s$", text[max(sentence.start, here.start - 9) : here.start], re.I)
    start = here.start - len(lead[0]) if lead else here.start
    basis: Basis = "stated" if here.basis == after.basis == "stated" else "reckoned"
    return When(first=here.first, last=after.last, basis=basis, words=Span(start, after.end))


def _bounded(text: str, found: Found, sentence: Span) -> When:
    """Open an end where a word before the expression says so; keep that word in `words`."""
    start = found.start
    before = text[max(sentence.start, start - LEAD_REACH) : start]
    if edge := _EDGE.search(before):
        start -= len(edge[0])
        before = before[: edge.start()]
    words = Span(start, found.end)
    if found.first is None and found.last is None:
        return When(words=words)
    lead = _bound_lead().search(before)
    kind = time_words().bounds[" ".join(lead[1].lower().split())] if lead else ""
    if lead:
        words = Span(start - len(before) + lead.start(), found.end)
    if kind in {"from", "after"}:
        return When(first=found.first, basis=found.basis, words=words)
    if kind in {"until", "before"}:
        return When(last=found.last, basis=found.basis, words=words)
    return When(first=found.first, last=found.last, basis=found.basis, words=words)


def when_of(
    trigger: Span,
    sentence: Sentence,
    text: str,
    times: Sequence[TimeExpression],
    published: When,
) -> When:
    """Return the stretch of days in which a deed took or is to take place.

    The nearest date in the trigger's sentence counts, one in its own clause before any other. A
    date that says when somebody spoke ("said on Friday") only bounds what was said. Without any,
    a deed that is told as done lies on or before the report's day, one still to come on or after
    it; a readout, which tells the day's own talks, lies on that day.
    """
    inside = [time for time in times if sentence.span.overlaps(time.span)]
    dates = [time for time in inside if time.type in {"DATE", "TIME"} or time.when.known]
    ahead = tense_of(text, trigger, sentence.span) == "future"
    told = [time for time in dates if not _says_when_told(text, time, trigger)]
    told = [time for time in told if time.value not in time_words().references.values()]
    if told:
        nearest = min(told, key=lambda time: (_distance(text, time.span, trigger), time.span))
        return _closed(nearest.when, published, ahead)
    return _without_date(text, sentence, published, ahead)


def _closed(when: When, published: When, ahead: bool) -> When:
    """Close "since last year" at the report's day, where the deed is told as done by then."""
    if when.first and when.last is None and published.last and not ahead:
        if when.first <= published.last:
            return When(first=when.first, last=published.last, basis=when.basis, words=when.words)
    return when


def _without_date(text: str, sentence: Sentence, published: When, ahead: bool) -> When:
    if not published.known:
        return When()
    if ahead:
        return When(first=published.first, basis="bounded")
    if _readout().search(sentence.span.of(text)):
        return When(first=published.first, last=published.last, basis="published")
    return When(last=published.last, basis="bounded")


@cache
def _readout() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(time_words().readouts)}(?!\w)", re.IGNORECASE)


@cache
def _telling() -> re.Pattern[str]:
    words = alternation(time_words().telling)
    return re.compile(rf"(?<!\w){words}\s(?:\w{{1,12}}\s)?(?:\w{{1,12}}\s)?(?:on\s|late\s|early\s)?$", re.IGNORECASE)


def _says_when_told(text: str, time: TimeExpression, trigger: Span) -> bool:
    """Say whether a date belongs to the telling ("said on Friday"), not to the deed."""
    before_start = max(0, time.span.start - 40)
    match = _telling().search(text[before_start : time.span.start])
    return bool(match) and not trigger.overlaps(Span(before_start, time.span.start))


def _distance(text: str, time: Span, trigger: Span) -> int:
    """Return how far a time stands from a trigger, clause ends between them counted in."""
    low, high = min(time.end, trigger.end), max(time.start, trigger.start)
    between = text[low:high]
    return len(between) + CLAUSE_PENALTY * len(_CLAUSE_END.findall(between))
