"""The best split of a series into stretches: PELT (Killick, Fearnhead & Eckley 2012, JASA 107).

The cost of a split is the sum of what its stretches cost and a penalty for each of them; the best
one is found exactly. Each step looks at all starts still open at once, so that a series of some
thousand steps takes a fraction of a second.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


class Cost(Protocol):
    """What stretches cost; splitting one never costs more."""

    size: int

    def of(self, starts: Places, end: int) -> Array:
        """Return the costs of the stretches from each start (inclusive) to `end` (exclusive)."""
        ...


class L2Cost:
    """Weighted squares about the mean: Σ w (x − mean)²."""

    def __init__(self, values: Array, weights: Array | None = None) -> None:
        weights = np.ones(len(values)) if weights is None else weights
        values = np.where(weights > 0, values, 0.0)
        self.size = len(values)
        self._weights = _summed(weights)
        self._values = _summed(weights * values)
        self._squares = _summed(weights * values * values)

    def of(self, starts: Places, end: int) -> Array:
        """Return the squares about the mean of each stretch."""
        weights = self._weights[end] - self._weights[starts]
        values = self._values[end] - self._values[starts]
        squares = self._squares[end] - self._squares[starts]
        mean = np.divide(values**2, weights, out=np.zeros_like(weights), where=weights > 0)
        return np.asarray(np.maximum(squares - mean, 0.0))


class PoissonCost:
    """Counts with exposure: −2 log-likelihood of one rate, up to what no split changes."""

    def __init__(self, counts: Array, exposure: Array) -> None:
        self.size = len(counts)
        self._counts = _summed(counts)
        self._exposure = _summed(exposure)

    def of(self, starts: Places, end: int) -> Array:
        """Return −2 K log(K / E) for each stretch."""
        counts = self._counts[end] - self._counts[starts]
        exposure = self._exposure[end] - self._exposure[starts]
        return _two_k_log(counts, exposure)


class BinomialCost:
    """Hits of trials: −2 log-likelihood of one share, up to what no split changes."""

    def __init__(self, hits: Array, trials: Array) -> None:
        self.size = len(hits)
        self._hits = _summed(hits)
        self._misses = _summed(trials - hits)

    def of(self, starts: Places, end: int) -> Array:
        """Return −2 (H log(H / N) + M log(M / N)) for each stretch."""
        hits = self._hits[end] - self._hits[starts]
        misses = self._misses[end] - self._misses[starts]
        return _two_k_log(hits, hits + misses) + _two_k_log(misses, hits + misses)


def pelt(cost: Cost, penalty: float, minimum: int = 1) -> list[int]:
    """Return where new stretches begin (without the first), each at least `minimum` steps long."""
    size = cost.size
    best = np.full(size + 1, np.inf)
    best[0] = -penalty
    before = np.zeros(size + 1, dtype=np.int64)
    starts = np.zeros(1, dtype=np.int64)
    # A start that cannot win any more is dropped only `minimum` steps later: the stretch that
    # beats it must itself be long enough by then.
    lost_at = np.full(1, size + minimum, dtype=np.int64)
    for end in range(minimum, size + 1):
        if end - minimum >= minimum:
            starts = np.append(starts, end - minimum)
            lost_at = np.append(lost_at, size + minimum)
        kept = lost_at > end - minimum
        starts, lost_at = starts[kept], lost_at[kept]
        without = best[starts] + cost.of(starts, end)
        winner = int(np.argmin(without))
        best[end] = without[winner] + penalty
        before[end] = starts[winner]
        lost_at = np.where(without > best[end], np.minimum(lost_at, end), lost_at)
    found: list[int] = []
    end = size
    while size >= minimum and (end := int(before[end])) > 0:
        found.append(end)
    return found[::-1]


def _summed(values: Array) -> Array:
    return np.concatenate(([0.0], np.cumsum(values)))


def _two_k_log(counts: Array, of: Array) -> Array:
    some = counts > 1e-9
    safe = np.where(some, counts, 1.0)
    return np.asarray(np.where(some, -2.0 * safe * np.log(safe / np.where(some, of, 1.0)), 0.0))
