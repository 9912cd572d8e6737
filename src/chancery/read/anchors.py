"""Where a time is reckoned from: the report's day, the last date mentioned, and the tense.

The clock is never looked at. An undated report has no day of its own: words that need one
("Friday", "this week") stay unresolved in it, while words that lean on a date mentioned before
("two days later", "in October" of a story that has named the year) are still reckoned.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final, Literal, TypeAlias

import msgspec

from chancery.model import Span
from chancery.read import calendar
from chancery.read.calendar import Period
from chancery.read.timewords import alternation, time_words

Tense: TypeAlias = Literal["past", "future", "unknown"]

TENSE_REACH: Final = 90
"""Characters before and after a time in which a verb may tell its tense."""

STORY_REACH: Final = 200
"""Characters after a year was stated within which a bare month or day still belongs to it."""

LONGEST_STEP_BACK: Final = 240
"""Days: a story that seems to step back further has in truth moved on into the next year."""

LONGEST_STEP_BACK_TO_NEWS: Final = 45
"""Days: the same, where the next year is the report's own, whose days need no year."""

BACKGROUND_REACH: Final = 120
"""Characters before a date in which the words that make it background may stand."""

_IN_NAME: Final = re.compile(r"\b[A-Z]\w+ of $")
_OF_NOUN: Final = re.compile(r"\b(?:the|an?|its|their|his|her|our)\s$", re.IGNORECASE)
_NOUN_AFTER: Final = re.compile(r"\d{4}\s[a-z]")
_BACKGROUND: Final = re.compile(
    r"\bsince\s(?:(?:the|early|late|mid|about|at least)[\s-]){0,2}$"
    r"|\b(?:who|whom|which|that|because|after|since|as|where|when|although|though)\s"
    r"(?:[\w’'-]+\s){0,5}had\s(?:[\w’'-]+\s){1,10}$"
)


class Scene(msgspec.Struct):
    """What is known while a text is read from its start: the anchors of the next expression."""

    text: str
    published: date | None
    sentence: Span = Span(0, 0)
    mentioned: Period | None = None
    story_year: int | None = None
    story_at: int = 0

    def mention(self, period: Period, position: int, *, year_stated: bool) -> None:
        """Remember a date, so that later words can lean on it."""
        if not self._holds_story_day(period):
            self.mentioned = period
        if year_stated or (self.story_year is not None and self.in_story(position)):
            self.story_year, self.story_at = period.first.year, position

    def _holds_story_day(self, period: Period) -> bool:
        """Say whether a longer period only says again when the day last mentioned was."""
        day = self.mentioned
        if day is None or day.grain != "day" or period.grain == "day":
            return False
        return period.first <= day.first and day.last <= period.last

    def is_background(self, position: int) -> bool:
        """Say whether a date here is told aside, so that the story goes on from the one before.

        Such are "since 1993", and what a subordinate clause in the past perfect tells. A year in
        a name ("the Banking Act of 1933") or, in news, before a noun ("the 2020 census") begins
        none at all.
        """
        clause = self.text[max(self.sentence.start, position - BACKGROUND_REACH) : position]
        of_noun = _OF_NOUN.search(clause) and _NOUN_AFTER.match(self.text, position)
        if _IN_NAME.search(clause) or (of_noun and self.published):
            return True
        return self.mentioned is not None and _BACKGROUND.search(clause) is not None

    def in_story(self, position: int) -> bool:
        """Say whether words here belong to a story of another year than the report's."""
        if self.story_year is None:
            return False
        if self.published is None:
            return True
        return self.story_year != self.published.year and position - self.story_at <= STORY_REACH

    def tense(self, start: int, end: int) -> Tense:
        """Return the tense that the verb nearest to words of this sentence gives."""
        return tense_of(self.text, Span(start, end), self.sentence)

    def choose(
        self,
        of_year: Callable[[int], Period | None],
        start: int,
        end: int,
        *,
        tense: Tense | None = None,
    ) -> Period | None:
        """Give a day, month, season or quarter the year it is not said to have.

        Inside a story of another year it belongs to that year, or to the next where time has
        moved on past the year's end. Else the tense decides, else the nearest to the report's day.
        """
        tense = tense or self.tense(start, end)
        told_ahead = self.published is not None and tense == "future"
        if self.in_story(start) and self.story_year is not None and not told_ahead:
            return self._in_story_year(of_year, self.story_year)
        if self.published is None:
            return None
        year, today = self.published.year, self.published
        periods = [period for more in (-1, 0, 1) if (period := of_year(year + more))]
        behind = [period for period in periods if period.first <= today]
        ahead = [period for period in periods if period.last >= today]
        if tense == "future" and ahead:
            return ahead[0]
        if tense == "past" and behind:
            return behind[-1]
        nearest = sorted(periods, key=lambda period: (_distance(period, today), period.first))
        return nearest[0] if nearest else None

    def _in_story_year(self, of_year: Callable[[int], Period | None], year: int) -> Period | None:
        here, later = of_year(year), of_year(year + 1)
        if here and later and self.mentioned and self.mentioned.grain in {"day", "month"}:
            back = (self.mentioned.first - here.last).days
            is_news = (
                self.published is not None
                and later.first <= self.published
                and later.first.year == self.published.year
            )
            if back > (LONGEST_STEP_BACK_TO_NEWS if is_news else LONGEST_STEP_BACK):
                return later
        return here

    def weekday(self, number: int, tense: Tense) -> Period | None:
        """Return the weekday nearest to the report's day: ahead if future, else behind.

        The day of publication itself is named by its weekday in wire reports.
        """
        if self.published is None:
            return None
        ahead = (number - self.published.isoweekday()) % 7
        days = ahead if tense == "future" else ahead - 7 if ahead else 0
        return calendar.step(self.published, days, "day")


def tense_of(text: str, words: Span, sentence: Span) -> Tense:
    """Return the tense that the nearest verb gives, looking back first, then ahead."""
    before = text[max(sentence.start, words.start - TENSE_REACH) : words.start]
    cues = [cue for cue in _tense_cues().finditer(before) if cue.lastgroup != "aside"]
    if cues:
        return _tense_of_cue(cues[-1])
    after = text[words.end : min(sentence.end, words.end + TENSE_REACH)]
    aside = False
    for cue in _tense_cues().finditer(after):
        if cue.lastgroup != "aside" and not aside:
            return _tense_of_cue(cue)
        # The verb of "who will return" says nothing about the sentence's own.
        aside = cue.lastgroup == "aside"
    return "unknown"


def _distance(period: Period, today: date) -> int:
    if period.first <= today <= period.last:
        return 0
    return min(abs((period.first - today).days), abs((period.last - today).days))


@cache
def _tense_cues() -> re.Pattern[str]:
    words = time_words()
    return re.compile(
        rf"(?P<aside>\b(?:who|which|whose)\b)"
        rf"|(?P<future>(?<![\w])(?:{alternation(words.future)})(?!\w))"
        rf"|(?P<past>(?<!\w)(?:{alternation(words.past)}|(?-i:[a-z]{{2,20}}ed))(?!\w))",
        re.IGNORECASE,
    )


def _tense_of_cue(cue: re.Match[str]) -> Tense:
    return "future" if cue.lastgroup == "future" else "past"
