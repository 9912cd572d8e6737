"""Turns expressions into stretches of days, and finds the stretch that a deed's words allow.

"Since", "by" and "until" open one end; "from A to B" and "in 2017 and 2018" join two expressions
into one stretch; "earlier" cuts at the report's day. A deed without a date of its own lies before
the report where it happened, and after it where it is still to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final

from chancery.model import Basis, Span, Standing, TimeExpression, When
from chancery.read.anchors import tense_of
from chancery.read.sentences import Sentence
from chancery.read.timewords import WHITE_SPACE, alternation, time_words
from chancery.read.timex import Found

LEAD_REACH: Final = 24
CLAUSE_PENALTY: Final = 60
"""Characters that a clause's end between a deed and a time counts for."""

HEAD_REACH: Final = 12
HEAD_DISTANCE: Final = 40
"""Characters: where a time at the head of a sentence starts at latest, and how near it counts."""

NEWS_DAYS: Final = 14
"""Days before the report's in which a day counts as part of the story it tells."""

STORY_REACH: Final = 800
"""Characters after a day was named in which what is told without a date still belongs to it."""

LOOK_BACK_REACH: Final = 40
"""Characters before a deed in which a word may tell that it lies behind the story's day."""

SPOKEN_OF_REACH: Final = 60
"""Characters before a noun in which words may tell that it only names a deed."""

PERFECT_REACH: Final = 30
"""Characters before a verb in which the "had" of its past perfect may stand."""

READOUT_HEAD: Final = 500
"""Characters from the start in which a readout says what it is."""

REFERENCES: Final = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})

_JOIN: Final = re.compile(
    r"\s{0,2}(?P<word>[-\u2010-\u2015]|to|and|through|until|till)\s{0,2}", re.IGNORECASE
)
_EDGE: Final = re.compile(r"\b(?:earlier|later|early|late)\s$", re.IGNORECASE)
_CLAUSE_END: Final = re.compile(
    r"[,;:()“”\"]|\s[–—-]{1,2}\s|\b(?:and|but|which|who|that|after|before|when|while|as)\b"
)


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
    lead = re.search(
        r"\b(?:from|between|in|on)\s$", text[max(sentence.start, here.start - 9) : here.start], re.I
    )
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
    if kind in {"from", "after"} and found.type != "TIME":
        return When(first=found.first, basis=found.basis, words=words)
    if kind in {"until", "before"} and found.type != "TIME":
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

    The nearest date in the trigger's sentence counts, one in its own clause before any other. Else
    the story goes on where it was: on the day last mentioned, if that is of the report's own
    weeks; a report that names no other day tells of its own. Else a deed told as news lies between
    the story's day and the report's, any other told as done on or before the report's day, one
    still to come on or after it. What is only spoken of, or named as the occasion of a dated deed,
    lies on or before the day of its telling.
    """
    ahead = _is_ahead(text, trigger, sentence.span)
    dates = [
        time
        for time in times
        if _can_date(text, time, trigger, sentence.span) and not _dates_another(text, time, trigger)
    ]
    if not ahead and _is_past(text, trigger):
        # "They agreed to meet next month": what is done has no day that lies ahead.
        dates = [time for time in dates if not _dates_plan(text, time, trigger, published)]
    # A term in office only bounds a deed: any other date counts before it.
    dates = [time for time in dates if not is_term(time)] or dates
    if dates:
        nearest = min(dates, key=lambda time: (_distance(text, time, trigger, sentence), time.span))
        when = _before_clause(text, nearest, trigger, sentence.span)
        if _is_taken_as_known(text, nearest, trigger, sentence.span) and when.first == when.last:
            return When(last=when.last, basis="bounded", words=when.words)
        return _closed(when, published, ahead)
    return _without_date(text, trigger, sentence.span, times, published, ahead)


def _dates_plan(text: str, time: TimeExpression, trigger: Span, published: When) -> bool:
    """Say whether a time after the report's day belongs to what was agreed or asked to be done."""
    first, today = time.when.first, published.last
    if not (first and today and first > today):
        return False
    return _TO_DO.search(text, trigger.start, time.span.start) is not None


_TO_DO: Final = re.compile(r"\bto\s(?!(?:the|an?|its|their|his|her)\b)[a-z]{2,}")


def is_term(time: TimeExpression) -> bool:
    """Say whether a time is somebody's term in office, whose value is an interval."""
    return time.type == "DURATION" and "/" in time.value


def _can_date(text: str, time: TimeExpression, trigger: Span, sentence: Span) -> bool:
    """Say whether a time can date a deed: no mere length, no "now", no "2020 election".

    A year that tells which deed it is dates that deed: "killed in the 2012 attacks".
    """
    if not sentence.overlaps(time.span) or (
        time.type in {"DURATION", "SET"} and not time.when.known
    ):
        return False
    if time.value in REFERENCES:
        return False
    beside = text[time.span.end : trigger.start].isspace()
    return beside or not (len(time.value) == 4 and _describes(text, time.span))


def _dates_another(text: str, time: TimeExpression, trigger: Span) -> bool:
    """Say whether a time after a deed belongs to what a clause hanging on the deed tells.

    "Praised them for freeing prisoners in May", "praised the exchange, which took place in May",
    "her first trip since her election in May";
    "extended the ban to 1 May" says how long it holds now. Who attends what takes place in May is
    there in May.
    """
    if time.span.start < trigger.end:
        return False
    takes_place = _TAKES_PLACE.search(text, trigger.end, time.span.start)
    if takes_place and _ATTENDS.match(text, trigger.start):
        return False
    if _MOVED.match(text, trigger.start) and _TO.search(text, trigger.end, time.span.start):
        return True
    between = (trigger.end, time.span.start)
    return bool(_HANGING.search(text, *between) or _brought_about().search(text, *between))


@cache
def _brought_about() -> re.Pattern[str]:
    """Match a noun with what was done to it, and when: "praised the accord signed in May"."""
    verbs = alternation(time_words().asides["brought_about"])
    return re.compile(
        rf"\b(?:an?|the|its|their|his|her)\s(?:[a-z-]+\s){{1,3}}{verbs}\s(?:in|on|at|last|during)\b"
    )


_ATTENDS: Final = re.compile(
    r"(?:attend|join|host|chair|participat|tak(?:e|es|ing)\spart|took\spart)", re.IGNORECASE
)
_TAKES_PLACE: Final = re.compile(
    r"\b(?:which|that)\s(?:is\s|was\s|will\s|be\s|to\s){0,3}"
    r"(?:happening|taking\splace|takes?\splace|took\splace|held|scheduled|due|open|begin)"
)
_MOVED: Final = re.compile(
    r"(?:extend|prolong|postpon|delay|renew|mov)(?:e|ed|s|es|ing)?\b", re.IGNORECASE
)
_TO: Final = re.compile(r"\b(?:to|until|till|through)\s$", re.IGNORECASE)
_HANGING: Final = re.compile(
    r"\b(?:who|whom|which|whose)\b|\b(?:for|of|by|without|from|about)\s(?:not\s)?[a-z]{2,}ing\b"
    r"|\b(?:after|since|following|before)\s(?:his|her|its|their)\s"
)


def _before_clause(text: str, time: TimeExpression, trigger: Span, sentence: Span) -> When:
    """Return a date's days, or the days up to it for a past perfect in a clause of its own.

    "Bolton, who had served there, arrived on Monday": the service lies on or before that day.
    """
    when = time.when
    low, high = sorted((trigger.end, time.span.start))
    start = max(sentence.start, trigger.start - PERFECT_REACH)
    apart = _CLAUSE_END.search(text, low, high)
    if apart and when.last and _PAST_PERFECT.search(text, start, trigger.start):
        return When(last=when.last, basis="bounded", words=when.words)
    return when


def _is_taken_as_known(text: str, time: TimeExpression, trigger: Span, sentence: Span) -> bool:
    """Say whether a noun or gerund names the occasion of the deed that a date belongs to.

    "On Monday a judge ruled on it in response to a lawsuit": the lawsuit lies on or before Monday.
    """
    if _is_past(text, trigger):
        return False
    start = max(sentence.start, trigger.start - SPOKEN_OF_REACH)
    cue = _occasion().search(text, start, trigger.start)
    if cue is None:
        return False
    if time.span.start >= trigger.end:
        return _CLAUSE_END.search(text, trigger.end, time.span.start) is not None
    return time.span.end <= cue.start()


@cache
def _occasion() -> re.Pattern[str]:
    """Match words that bring in an occasion, up to the noun that names it."""
    asides = time_words().asides
    held = rf"{alternation(asides['held_for'])}(?: [\w’'-]+){{0,4}}? (?:in|of|with|for|over)"
    cues = f"{alternation(asides['occasions'])}|{held}"
    return re.compile(rf"\b(?:{cues})\s(?:[\w’'-]+\s){{0,5}}$", re.IGNORECASE)


_PAST_PERFECT: Final = re.compile(r"\bhad\s(?:[a-z]+ly\s|been\s|not\s|also\s|already\s){0,3}$")


def _describes(text: str, year: Span) -> bool:
    """Say whether a year only tells which: "the 2020 election", "a 2005 law"."""
    before = text[max(0, year.start - 5) : year.start].lower()
    led = before.endswith(("the ", " a ", " an ", "'s ", "’s ", "its "))
    return led and bool(_NOUN_FOLLOWS.match(text, year.end))


_NOUN_FOLLOWS: Final = re.compile(r"\s[A-Za-z]{3}")


def _is_ahead(text: str, trigger: Span, sentence: Span) -> bool:
    """Say whether a deed is told as still to come; a verb in the past settles it."""
    if _is_past(text, trigger):
        return (
            _FUTURE_BEFORE.search(text, max(sentence.start, trigger.start - 12), trigger.start)
            is not None
        )
    return tense_of(text, trigger, sentence) == "future"


_FUTURE_BEFORE: Final = re.compile(r"\b(?:to|will|would|shall)\s(?:be\s)?$", re.IGNORECASE)


def _closed(when: When, published: When, ahead: bool) -> When:
    """Close "since last year" at the report's day, where the deed is told as done by then."""
    if ahead or when.last or when.first is None or published.last is None:
        return when
    if when.first > published.last:
        return when
    return When(first=when.first, last=published.last, basis=when.basis, words=when.words)


def _without_date(
    text: str,
    trigger: Span,
    sentence: Span,
    times: Sequence[TimeExpression],
    published: When,
    ahead: bool,
) -> When:
    if not published.known or published.last is None:
        return When()
    if ahead:
        return When(first=published.first, basis="bounded")
    if looks_back(text, trigger, sentence) or is_spoken_of(text, trigger, sentence):
        return When(last=published.last, basis="bounded")
    story = [
        time
        for time in times
        if time.when.known and time.value not in REFERENCES and not is_term(time)
    ]
    before = [time for time in story if time.span.end <= sentence.start]
    goes_on = before and sentence.start - before[-1].span.end <= STORY_REACH
    if goes_on and _is_recent_day(before[-1].when, published.last):
        return before[-1].when
    alone = not any(time.when.last and time.type != "DURATION" for time in story)
    if alone or _is_readout(text, story, published.last):
        return When(first=published.first, last=published.last, basis="published")
    if _is_told_as_news(text, trigger, sentence):
        first = _story_day(text, story, sentence, published.last)
        return When(first=first, last=published.last, basis="bounded")
    return When(last=published.last, basis="bounded")


def _is_told_as_news(text: str, trigger: Span, sentence: Span) -> bool:
    """Say whether a deed is told by a verb in the past that a main clause can have.

    "The party condemned the raid", not "the condemned man", "raids", "after they condemned it".
    """
    if not _is_past(text, trigger):
        return False
    start = max(sentence.start, trigger.start - LOOK_BACK_REACH)
    return _ASIDE.search(text, start, trigger.start) is None


def _story_day(
    text: str, story: Sequence[TimeExpression], sentence: Span, today: date
) -> date | None:
    """Return the day since which a report tells news: the recent one named last before a sentence.

    None where there is none, where it is the report's own day, for a deed without a date may be
    older, and where the sentence's own paragraph last told of another time: "In 2013 they seized
    the port. The army took it back."
    """
    before = [time for time in story if time.span.end <= sentence.start]
    recent = [time for time in before if _is_recent_day(time.when, today)]
    if not recent:
        return None
    if recent[-1] is not before[-1] and "\n" not in text[before[-1].span.end : sentence.start]:
        return None
    day = recent[-1].when.first
    return None if day == today else day


_ASIDE: Final = re.compile(
    # A participle, and what a clause or a phrase hanging on another tells.
    r"\b(?:be|been|being|having|was|were|is|are|an?|the|of|for|by|with|its|their|his|her)\s$"
    r"|\b(?:after|before|since|because|when|while|as|where|if|whether)\s[^,;]*$",
    re.IGNORECASE,
)


def is_spoken_of(text: str, trigger: Span, sentence: Span) -> bool:
    """Say whether a noun or gerund only names a deed that somebody speaks of.

    "Thanked them for the help", "discussed the course of the war"; not "held a round of talks".
    """
    if _is_past(text, trigger):
        return False
    start = max(sentence.start, trigger.start - SPOKEN_OF_REACH)
    gerund = trigger.of(text).split(" ", 1)[0].endswith("ing")
    cues = _SPOKEN_OF_GERUND if gerund else _SPOKEN_OF
    return cues.search(text, start, trigger.start) is not None


def _is_past(text: str, trigger: Span) -> bool:
    """Say whether a deed's first word has the form of a verb in the past."""
    first_word = trigger.of(text).split(" ", 1)[0].lower()
    return first_word in time_words().past or _PAST_VERB.fullmatch(first_word) is not None


_SPOKEN_OF: Final = re.compile(
    r"(?<!round )(?<!rounds )(?<!series )(?<!part )"
    r"\b(?:of|for|against|on|about|with|by|over|amid)\s(?:(?:[a-z-]+|[\w.-]+['’]s?)\s){0,3}$"
)
_SPOKEN_OF_GERUND: Final = re.compile(r"\b(?:of|for|against|about|over)\s(?:[a-z]+ly\s)?$")
_PAST_VERB: Final = re.compile(r"[a-z]{2,}ed")


def looks_back(text: str, trigger: Span, sentence: Span) -> bool:
    """Say whether words before a deed tell that it lies behind the story's day."""
    start = max(sentence.start, trigger.start - LOOK_BACK_REACH)
    return _LOOKS_BACK.search(text, start, trigger.start) is not None


def _is_readout(text: str, story: Sequence[TimeExpression], today: date) -> bool:
    """Say whether a report tells of its own day: its head says so, and no other day is named."""
    if not _readout().search(text, 0, READOUT_HEAD):
        return False
    return not any(_is_recent_day(time.when, today) and time.when.last != today for time in story)


@cache
def _readout() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(time_words().readouts)}(?!\w)", re.IGNORECASE)


_LOOKS_BACK: Final = re.compile(
    r"\b(?:(?:had|has|have)(?!\s(?:an?|the|no|his|her|its|their)\b"
    # "Had phone talks": the deed is what they had.
    r"|\s(?:[a-z]+\s)?(?:calls|conversations|consultations|discussions|meetings|talks)\b)"
    r"|previous(?:ly)?|recent(?:ly)?"
    r"|earlier|once|already|who|which)\b"
    # A deed that is known and stands aside: "sanctions for the invasion", "thanked for its help".
    r"|\b(?:of|for|against|to|on|by)\s(?:the|their|its|his|her)\s$",
    re.IGNORECASE,
)


def _is_recent_day(when: When, today: date) -> bool:
    """Say whether a stretch is one day within the report's own weeks."""
    if when.first is None or when.first != when.last:
        return False
    return 0 <= (today - when.first).days <= NEWS_DAYS


def _distance(text: str, time: TimeExpression, trigger: Span, sentence: Sentence) -> int:
    """Return how far a time stands from a trigger, clause ends between them counted in.

    A time at the head of a sentence ("On Thursday, …") holds for all of it.
    """
    low, high = min(time.span.end, trigger.end), max(time.span.start, trigger.start)
    between = text[low:high]
    distance = len(between) + CLAUSE_PENALTY * len(_CLAUSE_END.findall(between))
    heads = (
        time.span.start - sentence.span.start <= HEAD_REACH
        and text[time.span.end : time.span.end + 1] == ","
    )
    return min(distance, HEAD_DISTANCE) if heads else distance


def bounded_by_standing(when: When, standing: Standing, published: When) -> When:
    """Turn a mere bound to the side that the standing asks for.

    What happened lies before the report, what is planned or predicted after it; a date that the
    words give is left alone. What is going on does so on the report's day.
    """
    if when.basis != "bounded" or when.words or not published.known:
        return when
    if standing in ("happened", "alleged"):
        first = when.first if when.last == published.last else None
        return When(first=first, last=published.last, basis="bounded")
    if standing in ("planned", "predicted"):
        return When(first=published.first, basis="bounded")
    if standing == "ongoing":
        return When(first=published.first, last=published.last, basis="published")
    return when
