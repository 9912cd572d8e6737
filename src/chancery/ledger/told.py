"""A claim with the words it rests on, and what its day comes to in numbers."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeAlias

import msgspec

from chancery.model import Claim

Days: TypeAlias = tuple[int, int]
"""First and last day, both known, as numbers of days (`date.toordinal`)."""

UNDATED_WIDTH: Final = 10**7
"""Sorts claims without two known ends after all others; more days than any calendar has."""


class Told(msgspec.Struct, frozen=True):
    """A claim with the words it rests on.

    `words` are folded, so that copies of them compare as the same; `quoted` are the words as they
    stand in the report, where they are at hand. `published` is its report's day.
    """

    claim: Claim
    words: str
    quoted: str = ""
    published: date | None = None


def fold_words(words: str) -> str:
    """Return words so that copies of them compare as the same: blanks and case do not matter."""
    return " ".join(words.casefold().split())


def days_of(claim: Claim) -> Days | None:
    """Return the first and last day of a claim, as day numbers, where both are known."""
    if claim.when.first is None or claim.when.last is None:
        return None
    return claim.when.first.toordinal(), claim.when.last.toordinal()


def width_of(claim: Claim) -> int:
    """Return how many days a claim's date may be out, 0 for a single day."""
    days = days_of(claim)
    return days[1] - days[0] if days else UNDATED_WIDTH


def in_common(first: Days | None, second: Days | None) -> Days | None:
    """Return the days that two stretches share; none where they share none, or one is open."""
    if first is None or second is None:
        return None
    shared = max(first[0], second[0]), min(first[1], second[1])
    return shared if shared[0] <= shared[1] else None


def days_between(first: Days, second: Days) -> int:
    """Return how many days lie from one stretch to the other; 0 where they meet."""
    return max(0, second[0] - first[1], first[0] - second[1])
