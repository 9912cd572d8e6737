"""Where a later stage of a claim's course is looked for: the days around it, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chancery.ledger.stages import AHEAD, StageTable, stage_table
from chancery.ledger.told import Told

FIRST: Final = ">"
SECOND: Final = "<"
"""The roles of a claim in a course."""
ANY_DAY: Final = (-(10**7), 10**7)


def course_spans(told: Told) -> Iterator[tuple[str, str, int, int]]:
    """Yield the stages that a claim may be the first or the second of, with the days to look at."""
    when = told.claim.when
    day = when.first or when.last or told.published
    table = stage_table()
    if day is None:
        yield from _undated_spans(told, table)
        return
    for rule in table.rules:
        if rule.first.takes(told.claim):
            begin = (told.published or day) if told.claim.standing in AHEAD else day
            last = (when.last or day).toordinal() + table.time["after"]
            first = min(begin, day).toordinal() - table.time["slack"]
            fits = last if rule.fits and when.first and when.last else 0
            yield rule.stage, FIRST, first, max(fits, begin.toordinal() + rule.days)
        if rule.second.takes(told.claim):
            yield rule.stage, SECOND, day.toordinal(), day.toordinal()


def _undated_spans(told: Told, table: StageTable) -> Iterator[tuple[str, str, int, int]]:
    """Yield the stages of a claim of no day in a report of none: any day may be its own."""
    for rule in table.rules:
        if not rule.fits and rule.first.takes(told.claim):
            yield rule.stage, FIRST, *ANY_DAY
        if not rule.fits and rule.second.takes(told.claim):
            yield rule.stage, SECOND, *ANY_DAY
