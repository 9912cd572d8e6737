"""How much more a series varies than chance alone would have it.

From the differences between neighbouring steps, so that changes of level hardly count; the largest
are left out. 1 is what chance alone gives; less is taken as 1.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def of_counts(counts: Array, exposure: Array, trimmed: float) -> float:
    """Return the dispersion of counts about a rate of the exposure (Poisson: 1)."""
    first, second = _neighbours(exposure)
    together = exposure[first] + exposure[second]
    rate = (counts[first] + counts[second]) / together
    spread = rate * (1 / exposure[first] + 1 / exposure[second])
    gap = counts[first] / exposure[first] - counts[second] / exposure[second]
    return _mean_square(gap, spread, trimmed)


def of_shares(hits: Array, trials: Array, trimmed: float) -> float:
    """Return the dispersion of hits of trials about a share (binomial: 1)."""
    first, second = _neighbours(trials)
    share = (hits[first] + hits[second]) / (trials[first] + trials[second])
    spread = share * (1 - share) * (1 / trials[first] + 1 / trials[second])
    gap = hits[first] / trials[first] - hits[second] / trials[second]
    return _mean_square(gap, spread, trimmed)


def of_values(values: Array, weights: Array, trimmed: float) -> float:
    """Return the variance of values of weight 1 about their level."""
    first, second = _neighbours(weights)
    spread = 1 / weights[first] + 1 / weights[second]
    squares = (values[first] - values[second]) ** 2 / spread
    return _trimmed_mean(squares, trimmed)


def _neighbours(weights: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the places of neighbouring steps that have something, over gaps."""
    filled = np.flatnonzero(weights > 0)
    return filled[:-1], filled[1:]


def _mean_square(gap: Array, spread: Array, trimmed: float) -> float:
    # Two steps that are all of one kind do not differ: they count, as 0.
    squares = np.divide(gap**2, spread, out=np.zeros_like(gap), where=spread > 0)
    return max(1.0, _trimmed_mean(squares, trimmed))


def _trimmed_mean(squares: Array, trimmed: float) -> float:
    """Return the mean without the largest, made as large as the whole mean of normal squares is."""
    if not len(squares):
        return 1.0
    kept = max(1, int(len(squares) * (1 - trimmed)))
    return float(np.sort(squares)[:kept].mean()) / normal_part(kept / len(squares))


def normal_part(kept: float) -> float:
    """Return what the mean of the least squares of a normal variable is of the whole mean.

    With z the (1 + kept) / 2 quantile it is 1 − 2 z φ(z) / kept.
    """
    if kept >= 1:
        return 1.0
    z = NormalDist().inv_cdf((1 + kept) / 2)
    return 1 - 2 * z * NormalDist().pdf(z) / kept
