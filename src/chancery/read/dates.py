"""Finds the times a report names and says when its deeds took place.

In: a report's text, its sentences and its own day. Out: time expressions (TIMEX3 beside our
`When`), and for a deed's trigger the stretch of days that the words allow. How times are written
lies in `written_dates.py`, `leaning_dates.py` and `durations.py`; what they are reckoned from in
`anchors.py`; the words themselves in `data/times.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from chancery.model import Span, TimeExpression, When
from chancery.read.anchors import Scene
from chancery.read.durations import DURATIONS
from chancery.read.leaning_dates import LEANING_DATES
from chancery.read.sentences import Sentence
from chancery.read.timewords import alternation, compiled, time_words
from chancery.read.timex import Found, Match, Writing
from chancery.read.whens import when_of, with_whens
from chancery.read.written_dates import WRITTEN_DATES

__all__ = ["find_times", "when_of"]

LONGEST_EXPRESSION: Final = 120
"""Characters; what is longer is no expression of time."""


class Rule(NamedTuple):
    """A compiled pattern's `match` and the writing it belongs to."""

    match: Callable[[str, int, int], Match | None]
    writing: Writing


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(compiled(template).match, writing)
        for writing in (*WRITTEN_DATES, *LEANING_DATES, *DURATIONS)
        for template in writing.templates
    )


@cache
def _starts() -> re.Pattern[str]:
    """Match a word that any expression can start with: all others are passed over."""
    words = time_words()
    tables = (
        words.months, words.weekdays, words.seasons, words.units, words.clock_words, words.numbers,
        words.tens, words.ordinals, words.vague, words.hedges, words.modifiers, words.references,
        words.sets, words.holidays, words.day_parts,
    )  # fmt: skip
    firsts = {re.split(r"[ -]", name)[0] for table in tables for name in table}
    return re.compile(
        rf"(?<!\w)(?:{alternation([*firsts, *OTHER_STARTS])}(?!\w)|\d|['’]\d0s|Q[1-4]\b)",
        re.IGNORECASE,
    )


OTHER_STARTS: Final = (
    "this", "last", "next", "the", "that", "these", "those", "earlier", "later", "sometime",
    "today", "yesterday", "tomorrow", "tonight", "overnight", "every", "each", "per", "past",
    "coming", "in", "for", "over", "after", "within", "took", "lasted", "through", "fiscal",
    "by", "until", "since", "year-ago", "year-earlier",
)  # fmt: skip


def find_times(text: str, sentences: Sequence[Sentence], published: When) -> list[TimeExpression]:
    """Return the times that a text names, in order of their spans, without overlaps.

    `published` is the report's own day; where it is unknown, words that need it keep an open
    `When` of basis *unknown* with their words, until a date is given.
    """
    scene = Scene(text=text, published=published.first)
    times: list[TimeExpression] = []
    for sentence in sentences:
        scene.sentence = sentence.span
        found = list(_read_sentence(text, scene, sentence.span))
        times.extend(with_whens(text, found, sentence.span))
    return times


def _read_sentence(text: str, scene: Scene, sentence: Span) -> Iterator[Found]:
    """Yield a sentence's expressions in order; each may lean on those before it."""
    position = sentence.start
    while start := _starts().search(text, position, sentence.end):
        items = _longest_here(text, scene, start.start(), sentence.end)
        for item in items:
            if item.anchor and not scene.is_background(item.start):
                scene.mention(item.anchor, item.start, year_stated=item.year_stated)
            yield item
        position = max([start.start() + 1, *(item.end for item in items)])


def _longest_here(text: str, scene: Scene, start: int, end: int) -> list[Found]:
    """Return what the longest of the patterns means here; of equals the first listed wins."""
    matches: list[tuple[int, int, Match, Writing]] = []
    stop = min(end, start + LONGEST_EXPRESSION)
    for order, (match_here, writing) in enumerate(_rules()):
        if match := match_here(text, start, stop):
            matches.append((-match.end(), order, match, writing))
    for _, _, match, writing in sorted(matches, key=lambda entry: entry[:2]):
        if items := list(writing.meaning(match, scene)):
            return items
    return []
