"""Changes of coverage: days on which the whole world shifts to another level of rows.

A change of how much is gathered or kept moves every series at once; a turn between two states does
not move the world. So the test looks at the world's rows alone: the medians of two long windows
beside each day must differ by a ratio, at once and not by growth, and by far more than two short
windows usually do (the median absolute difference is the yardstick).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import numpy as np
import numpy.typing as npt

from chancery.relations.settings import OfCoverage, WorldStep, settings

Array = npt.NDArray[np.float64]
NORMAL_MAD = 0.6745
"""The median absolute deviation of a normal variable of standard deviation 1."""


class CoverageBreak(msgspec.Struct, frozen=True, kw_only=True):
    """A day on which the world's rows a day go from one level to another.

    `exact` days: the break lies on `day` or so many days after it.
    """

    day: date
    before: float
    after: float
    exact: int = 1

    @property
    def ratio(self) -> float:
        """Return the level after over the level before."""
        return self.after / self.before if self.before else float("inf")

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        return (
            f"coverage changes about {self.day.isoformat()}: the world's rows go from "
            f"{self.before:,.1f} to {self.after:,.1f} a day (× {self.ratio:.2f}); declare strata"
        )


def find_breaks(
    days: Sequence[date], counts: Sequence[float], policy: OfCoverage | None = None
) -> tuple[CoverageBreak, ...]:
    """Return the undeclared changes of coverage in the world's (weighted) rows by day."""
    policy = policy or settings().coverage
    if not days:
        return ()
    daily = np.zeros((days[-1] - days[0]).days + 1)
    for day, count in zip(days, counts, strict=True):
        daily[(day - days[0]).days] += count
    for step in policy.steps:
        series = _binned(daily, step.days)
        if len(series) >= 2 * step.short + 2 and _full(series, policy):
            places = _shifts(series, step, policy)
            return tuple(_as_break(days[0], series, place, step) for place in places)
    return ()


def _binned(daily: Array, width: int) -> Array:
    whole = len(daily) // width * width
    return np.asarray(daily[:whole].reshape(-1, width).sum(axis=1))


def _full(series: Array, policy: OfCoverage) -> bool:
    filled = float(np.mean(series > 0))
    return filled >= policy.least_filled and float(np.median(series)) >= policy.least_median


def _shifts(series: Array, step: WorldStep, policy: OfCoverage) -> list[int]:
    """Return the places where a new level begins, in order."""
    long = min(step.long, len(series) // 2)
    logs = np.log(series + 1.0)
    far = _differences(logs, long)
    near = _differences(logs, step.short)
    found: list[int] = []
    least = np.log(policy.least_ratio)
    while True:
        clear = np.ones(len(series), dtype=bool)
        for place in found:
            clear[max(0, place - long) : place + long] = False
        known = near[clear & np.isfinite(near)]
        noise = float(np.median(np.abs(known))) / NORMAL_MAD if len(known) else 0.0
        wanted = (
            clear & (np.abs(far) >= least) & (np.abs(near) >= policy.least_abrupt * np.abs(far))
        )
        wanted &= (np.abs(near) >= policy.least_noise * noise) & (far * near > 0)
        if not wanted.any():
            return sorted(found)
        peak = int(np.argmax(np.where(wanted, np.abs(far) + np.abs(near), 0.0)))
        found.append(_sharpest(series, peak, step.short))


def _differences(logs: Array, window: int) -> Array:
    """Return the median of the window that begins at each place less that of the one before it.

    Near the ends the windows are shorter, down to a few steps; nothing is said nearer than that.
    """
    size = len(logs)
    found = np.zeros(size)
    if size >= 2 * window:
        medians = np.median(np.lib.stride_tricks.sliding_window_view(logs, window), axis=1)
        found[window : size - window + 1] = medians[window:] - medians[: size - 2 * window + 1]
    least = min(window, max(3, window // 4))
    ends = [*range(least, window), *range(max(window, size - window + 1), size - least + 1)]
    for place in ends:
        if least <= place <= size - least and place < size:
            after = logs[place : place + window]
            found[place] = np.median(after) - np.median(logs[max(0, place - window) : place])
    return found


def _sharpest(series: Array, peak: int, window: int) -> int:
    """Return the place near the peak that splits the counts best (Poisson likelihood)."""
    start, end = max(0, peak - window), min(len(series), peak + window)
    part = series[start:end]
    sums, total, size = np.cumsum(part)[:-1], part.sum(), len(part)
    lengths = np.arange(1, size)
    gain = _log_times(sums, lengths) + _log_times(total - sums, size - lengths)
    return start + 1 + int(np.argmax(gain))


def _log_times(sums: Array, lengths: npt.NDArray[np.int64]) -> Array:
    return np.asarray(np.where(sums > 0, sums * np.log(np.maximum(sums, 1e-300) / lengths), 0.0))


def _as_break(first: date, series: Array, place: int, step: WorldStep) -> CoverageBreak:
    return CoverageBreak(
        day=first + timedelta(days=place * step.days),
        before=float(np.median(series[max(0, place - step.long) : place])) / step.days,
        after=float(np.median(series[place : place + step.long])) / step.days,
        exact=step.days,
    )
