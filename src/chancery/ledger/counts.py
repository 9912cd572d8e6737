"""What a list of happenings comes to in numbers: in all, along time, in groups, and what is new."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias

from chancery.ledger.tables import Table, plain
from chancery.model import Noun

Order: TypeAlias = Literal["date", "reported", "changed"]
StripStep: TypeAlias = Literal["month", "quarter", "year", "decade"]
GroupBy: TypeAlias = Literal["year", "dyad", "kind"]

STRIP_STEPS: Final[tuple[StripStep, ...]] = ("month", "quarter", "year", "decade")
MOST_BARS: Final = 120
"""Bars of a strip whose step is not said: it is the finest that needs no more."""
SET_ASIDE: Final = 0.01
"""Share of happenings, at either end of time, that do not make the step coarser: a single deed of
the year 1158 would."""


class Tally(Noun, frozen=True):
    """How many happenings there are, and what stands behind them.

    `first_year` and `last_year` are those of the first and the last day on which any may have been,
    none where all are undated.
    """

    happening_count: int
    dated_count: int
    undated_count: int
    disputed_count: int
    claim_count: int
    report_count: int
    first_year: int | None = None
    last_year: int | None = None


class StripBar(Noun, frozen=True):
    """The dated happenings of one period, by their earliest possible day.

    `cooperation` and `conflict` (quad classes 1 and 2, 3 and 4) together are all of them. `vague`
    are those whose days are more than the period has, or open at one end.
    """

    step: StripStep
    first: date
    last: date
    happening_count: int
    cooperation: int
    conflict: int
    vague: int


class Group(Noun, frozen=True):
    """The happenings that have one thing in common: how many, and the parties where it is a dyad.

    `name` is the year, none for undated ones; the frame; or the parties with a blank between them.
    """

    name: str | None
    happening_count: int
    parties: tuple[str, ...] = ()


class News(Noun, frozen=True):
    """What came to a ledger after one snapshot, until another: new claims, and new reports."""

    since: str
    until: str
    claim_count: int
    report_count: int


TALLIES: Final = Table(
    "tallies",
    (
        *plain("INTEGER", "happening_count", "dated_count", "undated_count", "disputed_count"),
        *plain("INTEGER", "claim_count", "report_count", "first_year", "last_year"),
    ),
    Tally,
)
STRIP_BARS: Final = Table(
    "strip_bars",
    (
        *plain("VARCHAR", "step"),
        *plain("DATE", "first", "last"),
        *plain("INTEGER", "happening_count", "cooperation", "conflict", "vague"),
    ),
    StripBar,
)
GROUPS: Final = Table(
    "groups",
    (*plain("VARCHAR", "name"), *plain("INTEGER", "happening_count"),
     *plain("VARCHAR[]", "parties")),
    Group,
)  # fmt: skip
