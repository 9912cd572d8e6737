"""Forecasts that can be tested, and commitments under a condition.

In: a report's text, sentences, times, day and statements. Out: for each the passage, what must be
true (`test`), by when (`deadline`) and under which condition. "Expects the number to double by
2021" has a deadline; "if Belarus was serious, the US would be" keeps both halves. What merely will
be, some day, is left to `Statement.foresees`. The words lie in `data/forecasts.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, Literal, NamedTuple

import msgspec

from chancery.model import Forecast, Span, Statement, TimeExpression, When
from chancery.read.conditions import Conditional, find_conditionals
from chancery.read.deadlines import Deadline, deadline_in
from chancery.read.extents import WORD, Clause, clause_round
from chancery.read.sentences import Sentence

OFF: Final = frozenset({"expected", "appointed"})
"""Sorts of cues that also stand where the sentence tells that nothing came of it."""

FEWEST_WORDS: Final = 2
"""Words of a test: fewer say nothing that could come true."""


class CueRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sort of cue, as `data/forecasts.toml` describes it."""

    takes: Literal["clause", "after", "from"]
    words: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    past: bool = False


@cache
def _tables() -> tuple[Mapping[str, CueRow], re.Pattern[str]]:
    source = resources.files("chancery.read") / "data" / "forecasts.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    off = "|".join(table["off"]["words"].split())
    return (
        msgspec.convert(table["told"], dict[str, CueRow]),
        re.compile(rf"\b(?:{off})\b", re.IGNORECASE),
    )


def cue_table() -> Mapping[str, CueRow]:
    """Load the sorts of cues, once per process."""
    return _tables()[0]


class _Sort(NamedTuple):
    name: str
    row: CueRow
    pattern: re.Pattern[str]


@cache
def _sorts() -> tuple[_Sort, ...]:
    return tuple(_Sort(name, row, spaced_pattern(row.words)) for name, row in cue_table().items())


def spaced_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Compile alternatives in which a space is any white space, at the bounds of words."""
    whole = "|".join(word.replace(" ", r"\s") for word in words)
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)|(?<=\w)(?:[’']ll)\b", re.IGNORECASE)


def find_forecasts(
    report: str,
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    published: When,
    statements: Sequence[Statement] = (),
) -> list[Forecast]:
    """Return the forecasts of a report that can be tested, in order; `report` is its id."""
    found: list[Forecast] = []
    for sentence in sentences:
        if sentence.span.of(text).rstrip(" \"”’'").endswith("?"):
            continue
        inside = [time for time in times if sentence.span.covers(time.span)]
        here: list[Forecast] = []
        made = [
            *_conditional(report, text, sentence.span, inside, published),
            *_dated(report, text, sentence.span, inside, published),
        ]
        for forecast in made:
            if not any(one.span.overlaps(forecast.span) for one in here):
                here.append(_with_statement(forecast, statements))
        found.extend(here)
    return sorted(found, key=lambda forecast: forecast.span)


def set_deadlines(
    statements: Sequence[Statement], forecasts: Sequence[Forecast]
) -> list[Statement]:
    """Return the statements, those that hold a forecast by a day with the first such day."""
    by_statement: dict[str, When] = {}
    for forecast in forecasts:
        if forecast.statement and forecast.deadline:
            by_statement.setdefault(forecast.statement, forecast.deadline)
    return [
        msgspec.structs.replace(one, deadline=by_statement.get(one.id, one.deadline))
        for one in statements
    ]


def _with_statement(forecast: Forecast, statements: Sequence[Statement]) -> Forecast:
    around = [one for one in statements if one.content.covers(forecast.cue)]
    if not around:
        return forecast
    inner = min(around, key=lambda one: (one.content.end - one.content.start, one.id))
    return msgspec.structs.replace(forecast, statement=inner.id, voice=inner.voice)


def _conditional(
    report: str, text: str, sentence: Span, times: Sequence[TimeExpression], published: When
) -> Iterator[Forecast]:
    for one in find_conditionals(text, sentence, times):
        deadline = deadline_in(text, one.consequence, one.cue, times, published)
        if deadline and one.condition.covers(deadline.words):
            deadline = None
        yield _forecast(report, text, one.consequence, one.cue, deadline, one)


def _dated(
    report: str, text: str, sentence: Span, times: Sequence[TimeExpression], published: When
) -> Iterator[Forecast]:
    if not times:
        return
    for sort in _sorts():
        for match in sort.pattern.finditer(text, sentence.start, sentence.end):
            cue = Span(match.start(), match.end())
            if sort.name in OFF and _tables()[1].search(text, sentence.start, sentence.end):
                continue
            if _is_noun(text, cue) or _GONE.match(text, cue.end):
                continue
            clause = clause_round(text, sentence, cue, times)
            span = _passage(text, sort, cue, clause)
            past = sort.row.past or sort.name == "later"
            deadline = deadline_in(text, span, cue, times, published, past=past)
            if deadline is None and sort.row.takes == "after":
                span = clause.whole
                deadline = deadline_in(text, span, cue, times, published)
            if deadline is None or not _fits(text, sort, cue, deadline):
                continue
            yield _forecast(
                report, text, _without_lead(text, span, clause, deadline), cue, deadline
            )


_GONE: Final = re.compile(
    r"(?:\sn[o’']t)?\s(?:not\s)?have\s(?!left|been\s\w+ed\sby)[a-z]+(?:ed|en|t)\b"
)
_NOUN_BEFORE: Final = re.compile(
    r"\b(?:the|a|his|her|its|their|of|on|for|political|good|free|were|are|was|no|any|new|have|has|had|our|my"
    r"|develop|discuss|about|with|\w+ed)\s$",
    re.IGNORECASE,
)
_NOUN_CUE: Final = re.compile(
    r"(?:will|plans?|forecasts?|estimates?|ends?|visits?|starts?|pledge|promise|vow|hopes?|aims?"
    r"|promises|opens?|closes?|leaves?)\b",
    re.IGNORECASE,
)


def _is_noun(text: str, cue: Span) -> bool:
    """Say whether a cue is a noun here: "the will of the late king"."""
    return bool(
        _NOUN_CUE.match(text, cue.start)
        and _NOUN_BEFORE.search(text, max(0, cue.start - 12), cue.start)
    )


def _passage(text: str, sort: _Sort, cue: Span, clause: Clause) -> Span:
    """Return where a forecast stands: its cue's clause, or what follows the cue in it."""
    if sort.row.takes == "clause":
        return clause.whole
    start = cue.start if sort.row.takes == "from" else cue.end
    while start < clause.span.end and text[start].isspace():
        start += 1
    return Span(start, clause.whole.end)


def _without_lead(text: str, span: Span, clause: Clause, deadline: Deadline) -> Span:
    """Leave out the adverbial at a clause's head where the deadline does not stand in it."""
    if span == clause.whole and deadline.words.start >= clause.span.start:
        return clause.span
    return span


def _fits(text: str, sort: _Sort, cue: Span, deadline: Deadline) -> bool:
    """Say whether the day belongs to what the cue tells, by the sort of cue."""
    if sort.name == "timetable":
        return deadline.is_later and deadline.words.start >= cue.end
    if sort.name == "later":
        return bool(_TOLD_BEFORE.search(text, max(0, cue.start - 120), cue.start))
    return True


_TOLD_BEFORE: Final = re.compile(
    r"\b(?:said|predicted|estimated|expected|request|notice|announced|forecast|hoped|believed|thought|told|promised|pledged|vowed|warned)\b",
    re.I,
)


def _forecast(
    report: str,
    text: str,
    span: Span,
    cue: Span,
    deadline: Deadline | None,
    conditional: Conditional | None = None,
) -> Forecast:
    return Forecast(
        id=Forecast.make_id(report=report, span=span, cue=cue),
        report=report,
        span=span,
        test=_test(text, span, deadline),
        cue=cue,
        deadline=deadline.when if deadline else None,
        condition=conditional.condition if conditional else None,
    )


def _test(text: str, span: Span, deadline: Deadline | None) -> Span:
    """Return what must be true: the passage without its deadline, where that stands at an end."""
    if deadline is None:
        return span
    start, end = span.start, span.end
    if deadline.words.end >= end - 1:
        end = deadline.words.start
    elif deadline.words.start <= start + 1:
        start = deadline.words.end
    while start < end and text[start] in " ,\n":
        start += 1
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return Span(start, end) if len(WORD.findall(text, start, end)) >= FEWEST_WORDS else span
