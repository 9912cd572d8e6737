"""Which steps stand out: more or fewer deeds than their exposure leads one to expect.

Formulas, sources and cautions: `docs/relations.md`, "Surprise".
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date
from typing import Final, Literal

import msgspec
import numpy as np

from chancery.relating import Refusal
from chancery.relations.flows import Array, Exposure, Flow
from chancery.relations.intensity import as_rows
from chancery.relations.settings import settings

CORRECTION: Final = "Benjamini-Hochberg"


class SurprisingCell(msgspec.Struct, frozen=True, kw_only=True):
    """One step: `rows` told, `expected`, both tails, and the p-value alone and among all steps.

    `dispersion` is α of the negative binomial: variance = expected + α · expected²; 0 is Poisson.
    """

    first: date
    rows: float
    expected: float
    dispersion: float
    p_high: float
    p_low: float
    p: float
    adjusted: float
    flagged: bool


class Surprises(msgspec.Struct, frozen=True, kw_only=True):
    """All steps, the model they were held against, and how many tests were made."""

    cells: tuple[SurprisingCell, ...]
    model: Literal["poisson", "negative binomial"]
    tests: int
    level: float
    correction: str = CORRECTION


def surprise(
    flow: Flow, exposure: Exposure, *, quads: Collection[int] = (1, 2, 3, 4), level: float = 0.05
) -> Surprises | Refusal:
    """Return how surprising each step of a flow is, given what its exposure leads to expect.

    What is expected of a step comes from all other steps. `level` is the share of false ones among
    those flagged (false discovery rate).
    """
    policy = settings().surprise
    weights = flow.quads[:, [quad - 1 for quad in sorted(quads)]].sum(axis=1)
    counts = np.round(as_rows(weights, exposure))
    used = exposure.rows > 0
    if counts.sum() < policy.fewest_rows or used.sum() < policy.fewest_steps:
        return Refusal(
            code="too-few",
            words=f"too few happenings: {int(counts.sum())} in {int(used.sum())} steps; surprise "
            f"needs {policy.fewest_rows} in {policy.fewest_steps}",
        )
    expected, alphas = expected_of(counts[used], np.asarray(exposure.rows[used]))
    tails = [
        tails_of(int(n), float(mean), float(alpha))
        for n, mean, alpha in zip(counts[used], expected, alphas, strict=True)
    ]
    values = np.array([min(1.0, 2 * min(tail)) for tail in tails])
    adjusted = adjust(values)
    cells = tuple(
        SurprisingCell(
            first=flow.steps[step], rows=float(counts[step]), expected=float(expected[at]),
            dispersion=float(alphas[at]), p_low=tails[at][0], p_high=tails[at][1],
            p=float(values[at]), adjusted=float(adjusted[at]), flagged=bool(adjusted[at] <= level),
        )
        for at, step in enumerate(np.flatnonzero(used))
    )  # fmt: skip
    return Surprises(
        cells=cells, model="negative binomial" if alphas.any() else "poisson",
        tests=len(cells), level=level,
    )  # fmt: skip


def expected_of(counts: Array, exposure: Array) -> tuple[Array, Array]:
    """Return what is expected of each step and its dispersion α, both from all other steps.

    α = Σ((n − μ)² − μ) / Σμ² (moments, Cameron & Trivedi 1986), and 0, which is Poisson, unless the
    Pearson statistic Σ(n − μ)² / μ is well above its freedom. No step vouches for itself: a peak
    would raise both what is expected and what is usual.
    """
    told, exposed = counts.sum() - counts, exposure.sum() - exposure
    rate = np.maximum(told / exposed, 1e-12)
    freedom = len(counts) - 2
    products = (counts * exposure).sum() - counts * exposure
    means = rate**2 * ((exposure**2).sum() - exposure**2)
    squares = (counts**2).sum() - counts**2 - 2 * rate * products + means
    by_exposure = counts**2 / exposure
    pearson = ((by_exposure.sum() - by_exposure) / rate - told) / freedom
    limit = 1 + settings().surprise.dispersed * math.sqrt(2 / freedom)
    alphas = np.where(pearson > limit, np.maximum(squares - told, 0.0) / means, 0.0)
    return rate * exposure, alphas


def tails_of(count: int, mean: float, alpha: float) -> tuple[float, float]:
    """Return P(N ≤ count) and P(N ≥ count) of a Poisson (α = 0) or negative binomial variable."""
    chances = chances_up_to(count, mean, alpha)
    below = float(chances[:-1].sum())
    upper = 1.0 - below if below < 0.5 else _tail_from(count, float(chances[-1]), mean, alpha)
    return min(1.0, below + float(chances[-1])), min(1.0, upper)


def chances_up_to(count: int, mean: float, alpha: float) -> Array:
    """Return the chances of 0, 1, … `count`."""
    n = np.arange(1, count + 1, dtype=np.float64)
    if alpha == 0:
        logs = np.cumsum(np.log(mean / n))
        first = -mean
    else:
        size = 1 / alpha
        logs = np.cumsum(np.log((n - 1 + size) / n * (mean / (size + mean))))
        first = -size * math.log1p(mean / size)
    return np.asarray(np.exp(np.concatenate(([first], first + logs))))


def _tail_from(count: int, chance: float, mean: float, alpha: float) -> float:
    """Sum the chances upwards, where 1 − P(N < count) would lose its digits."""
    total, n = 0.0, count
    while chance > total * 1e-16 and chance > 0.0:
        total += chance
        n += 1
        size = n - 1 + 1 / alpha if alpha else 0.0
        chance *= size / n * mean / (1 / alpha + mean) if alpha else mean / n
    return total


def adjust(values: Array) -> Array:
    """Adjust p-values for many tests (Benjamini & Hochberg 1995)."""
    size = len(values)
    order = np.argsort(values)[::-1]
    ranks = np.arange(size, 0, -1)
    adjusted = np.minimum.accumulate(values[order] * size / ranks)
    result = np.empty(size)
    result[order] = np.minimum(adjusted, 1.0)
    return result
