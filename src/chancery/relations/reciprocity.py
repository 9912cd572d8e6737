"""Who answers whom: a vector autoregression of two or three series.

Fitted by statsmodels (the extra `stats`); the bands are our own bootstrap. Formulas, sources and
cautions: `docs/relations.md`, "Reciprocity".
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec
import numpy as np

from chancery.errors import MissingExtra, UsageError
from chancery.relating import Refusal
from chancery.relations.flows import Array
from chancery.relations.series_table import SeriesTable
from chancery.relations.settings import settings

CRITERIA: Final = ("aic", "bic")


class Granger(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the past of `cause` helps to foretell `effect`: Wald F test of all its lags."""

    cause: str
    effect: str
    statistic: float
    df: int
    df_residual: int
    p: float


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """What one series does, step by step, after a shock of one standard deviation to another.

    `values` begin with the step of the shock; `cumulative` adds them up. `low` and `high` are
    bootstrap bands.
    """

    impulse: str
    response: str
    values: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    cumulative: tuple[float, ...]
    cumulative_low: tuple[float, ...]
    cumulative_high: tuple[float, ...]


class LagChoice(msgspec.Struct, frozen=True, kw_only=True):
    """The criteria of one number of lags, on the same observations for all."""

    lag: int
    aic: float
    bic: float


class Reciprocity(msgspec.Struct, frozen=True, kw_only=True):
    """A fitted model: the order of `names` is that of the shocks (the first can move all at once).

    `coefficients` are lags × response × cause.
    """

    names: tuple[str, ...]
    lag: int
    criterion: Literal["aic", "bic", "given"]
    choices: tuple[LagChoice, ...]
    observations: int
    intercept: tuple[float, ...]
    coefficients: tuple[tuple[tuple[float, ...], ...], ...]
    covariance: tuple[tuple[float, ...], ...]
    granger: tuple[Granger, ...]
    responses: tuple[Response, ...]
    stable: bool
    draws: int
    level: float
    seed: int


def reciprocity(
    table: SeriesTable,
    *,
    criterion: str = "aic",
    lag: int | None = None,
    most_lags: int | None = None,
    steps: int = 10,
    draws: int = 500,
    seed: int = 0,
    level: float = 0.95,
) -> Reciprocity | Refusal:
    """Fit the model and return its lags, Granger tests and impulse responses.

    `lag` is chosen by `criterion` (aic or bic) among 1…`most_lags` unless given. Raises
    `MissingExtra` without statsmodels and `UsageError` for what cannot be meant.
    """
    if criterion not in CRITERIA:
        raise UsageError(f"no criterion {criterion!r}", hint=f"one of: {', '.join(CRITERIA)}")
    if not (0 < level < 1 and steps >= 1 and draws >= 0 and (lag is None or lag >= 1)):
        raise UsageError("steps, draws, lag or level cannot be meant", hint="level lies in 0…1")
    size, width = table.values.shape
    longest = lag or most_lags or _most_lags(size, width)
    if (refusal := _unfit(table, longest)) is not None:
        return refusal
    model = _var(table.values)
    choices = _choices(model, longest) if lag is None else ()
    chosen = lag or min(choices, key=lambda one: (getattr(one, criterion), one.lag)).lag
    fitted = model.fit(chosen, trend="c")
    bands = _bands(fitted, steps, draws, seed, level) if draws else None
    return Reciprocity(
        names=table.names, lag=chosen, choices=choices,
        criterion="given" if lag else "aic" if criterion == "aic" else "bic",
        observations=int(fitted.nobs), intercept=tuple(map(float, fitted.intercept)),
        coefficients=tuple(_nested(one) for one in fitted.coefs),
        covariance=_nested(fitted.sigma_u), granger=_granger(fitted, table.names),
        responses=_responses(fitted, table.names, steps, bands),
        stable=bool(fitted.is_stable()), draws=draws, level=level, seed=seed,
    )  # fmt: skip


def _most_lags(size: int, width: int) -> int:
    """Return the longest lag tried: 12 (n / 100)^¼, as far as there are observations for it."""
    usual = int(settings().reciprocity.lags_per_hundred * (size / 100) ** 0.25)
    return max(1, min(usual, (size - width - 2) // (2 * width + 1)))


def _unfit(table: SeriesTable, longest: int) -> Refusal | None:
    size, width = table.values.shape
    if size - longest < (width * longest + 1) + width:
        words = f"too few happenings: {size} steps do not carry {longest} lags of {width} series"
        return Refusal(code="too-few", words=words)
    lasting = np.linalg.matrix_rank(table.values - table.values.mean(axis=0))
    if lasting < width:
        return Refusal(
            code="not-shown",
            words="not shown by these data: a series never changes, or follows from the others",
        )
    return None


def _var(values: Array) -> Any:
    try:
        from statsmodels.tsa.vector_ar.var_model import VAR
    except ImportError as error:
        raise MissingExtra("who answers whom", "stats") from error
    return VAR(values)


def _choices(model: Any, longest: int) -> tuple[LagChoice, ...]:
    found = model.select_order(longest, trend="c").ics
    return tuple(
        LagChoice(lag=lag, aic=float(found["aic"][lag]), bic=float(found["bic"][lag]))
        for lag in range(1, longest + 1)
    )


def _granger(fitted: Any, names: tuple[str, ...]) -> tuple[Granger, ...]:
    found = []
    for cause, by in enumerate(names):
        for effect, on in enumerate(names):
            if cause != effect:
                test = fitted.test_causality(effect, cause, kind="f")
                found.append(
                    Granger(
                        cause=by, effect=on, statistic=float(test.test_statistic),
                        df=int(test.df[0]), df_residual=int(test.df[1]), p=float(test.pvalue),
                    )
                )  # fmt: skip
    return tuple(found)


def _responses(
    fitted: Any, names: tuple[str, ...], steps: int, bands: tuple[Array, ...] | None
) -> tuple[Response, ...]:
    of_shock = fitted.irf(steps)
    values, sums = of_shock.orth_irfs, of_shock.orth_cum_effects
    low, high, sums_low, sums_high = bands or (values, values, sums, sums)
    return tuple(
        Response(
            impulse=by, response=on,
            values=_column(values, on_at, by_at), low=_column(low, on_at, by_at),
            high=_column(high, on_at, by_at), cumulative=_column(sums, on_at, by_at),
            cumulative_low=_column(sums_low, on_at, by_at),
            cumulative_high=_column(sums_high, on_at, by_at),
        )
        for by_at, by in enumerate(names)
        for on_at, on in enumerate(names)
    )  # fmt: skip


def _column(cube: Array, response: int, impulse: int) -> tuple[float, ...]:
    return tuple(float(value) for value in cube[:, response, impulse])


def _nested(matrix: Any) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(value) for value in row) for row in matrix)


# The bands --------------------------------------------------------------------------------------


def _bands(fitted: Any, steps: int, draws: int, seed: int, level: float) -> tuple[Array, ...]:
    """Draw the residuals anew, refit, and return percentiles of the responses (Runkle 1987)."""
    random = np.random.default_rng(seed)
    lag, values = fitted.k_ar, np.asarray(fitted.endog)
    residuals = np.asarray(fitted.resid) - np.asarray(fitted.resid).mean(axis=0)
    picked = random.integers(0, len(residuals), size=(draws, len(residuals)))
    told = _simulate(values[:lag], np.asarray(fitted.coefs), fitted.intercept, residuals[picked])
    found = np.stack([_orthogonal(*_refit(one, lag), steps) for one in told])
    sums = np.cumsum(found, axis=1)
    tail = (1 - level) / 2
    ends = [tail, 1 - tail]
    low, high = np.quantile(found, ends, axis=0)
    sums_low, sums_high = np.quantile(sums, ends, axis=0)
    return low, high, sums_low, sums_high


def _simulate(begin: Array, coefficients: Array, intercept: Array, shocks: Array) -> Array:
    """Run all draws forward at once: draws × steps × series."""
    draws, size, width = shocks.shape
    lag = len(coefficients)
    told = np.empty((draws, size + lag, width))
    told[:, :lag] = begin
    for at in range(lag, size + lag):
        told[:, at] = intercept + shocks[:, at - lag]
        for back in range(lag):
            told[:, at] += told[:, at - back - 1] @ coefficients[back].T
    return told


def _refit(values: Array, lag: int) -> tuple[Array, Array]:
    """Return the coefficients (lags × response × cause) and the covariance of the residuals."""
    size, width = values.shape
    past = [values[lag - back : size - back] for back in range(1, lag + 1)]
    design = np.column_stack([np.ones(size - lag), *past])
    solved, *_ = np.linalg.lstsq(design, values[lag:], rcond=None)
    residuals = values[lag:] - design @ solved
    freedom = (size - lag) - (lag * width + 1)
    coefficients = solved[1:].reshape(lag, width, width).transpose(0, 2, 1)
    return coefficients, residuals.T @ residuals / freedom


def _orthogonal(coefficients: Array, covariance: Array, steps: int) -> Array:
    """Return the responses to shocks made orthogonal by Cholesky: steps × response × impulse."""
    width = covariance.shape[0]
    moving = np.zeros((steps + 1, width, width))
    moving[0] = np.eye(width)
    for at in range(1, steps + 1):
        for back in range(min(at, len(coefficients))):
            moving[at] += moving[at - back - 1] @ coefficients[back]
    return np.asarray(moving @ np.linalg.cholesky(covariance))
