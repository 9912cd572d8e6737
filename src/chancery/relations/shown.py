"""What a relation shows, and when it says that happenings are too few: `relate.toml`."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources

import msgspec


class Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table; its comments say what each line means."""

    fewest_of_step: int
    fewest_of_series: int
    fewest_of_sentence: int
    gap_days: int
    apart: float
    most_steps: int
    most_bars: int
    most_periods: int
    most_rows: int
    digits: int
    most_pairs: int
    most_parties: int
    kinds: int
    least_change: float


@cache
def shown() -> Shown:
    """Return the table that ships with the package."""
    words = (resources.files("chancery.relations") / "relate.toml").read_bytes()
    return msgspec.toml.decode(words, type=Shown)


def rounded(value: float | None) -> float | None:
    """Round a number as it is shown everywhere; none where there is nothing to measure."""
    if value is None or not math.isfinite(value):
        return None
    # Adding zero makes −0 a 0.
    return round(float(value), shown().digits) + 0.0
