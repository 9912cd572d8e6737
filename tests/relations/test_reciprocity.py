"""Who answers whom: equal to statsmodels called directly, from a CSV and from a cube."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.relations.conftest import row

from chancery.errors import UsageError
from chancery.relating import Refusal
from chancery.relations.cube import Filters, layer_cube
from chancery.relations.reciprocity import Reciprocity, reciprocity
from chancery.relations.series_table import SeriesTable, dyad_series, read_series
from chancery.relations.triads import triad

pytest.importorskip("statsmodels")
Write = Callable[[list[dict[str, Any]]], tuple[Path, list[Path]]]


def answering(size: int, width: int, seed: int = 4) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Series of which each answers the one before it a step later."""
    random = np.random.default_rng(seed)
    values = np.zeros((size, width))
    for at in range(1, size):
        for one in range(width):
            values[at, one] = 0.4 * values[at - 1, one] + 0.3 * values[at - 1, one - 1]
        values[at] += random.normal(size=width)
    return values


def directly(values: Any, lag: int, steps: int) -> Any:
    from statsmodels.tsa.vector_ar.var_model import VAR

    fitted = VAR(values).fit(lag, trend="c")
    return fitted, fitted.irf(steps)


@pytest.mark.parametrize("width", [2, 3])
@pytest.mark.parametrize("criterion", ["aic", "bic"])
def test_equal_to_statsmodels_from_a_csv(tmp_path: Path, width: int, criterion: str) -> None:
    from statsmodels.tsa.vector_ar.var_model import VAR

    values = answering(120, width)
    path = tmp_path / "series.csv"
    names = ["one", "two", "three"][:width]
    lines = [",".join(["month", *names])]
    lines += [",".join([f"m{at}", *map(repr, map(float, row))]) for at, row in enumerate(values)]
    path.write_text("\n".join(lines) + "\n")
    table = read_series(path)
    assert table.names == tuple(names)
    assert np.array_equal(table.values, values)
    found = reciprocity(table, criterion=criterion, draws=0)
    assert isinstance(found, Reciprocity)
    order = VAR(values).select_order(len(found.choices), trend="c")
    assert found.lag == max(1, order.selected_orders[criterion])
    for choice in found.choices:
        assert choice.aic == pytest.approx(order.ics["aic"][choice.lag], abs=1e-9)
        assert choice.bic == pytest.approx(order.ics["bic"][choice.lag], abs=1e-9)
    fitted, shocks = directly(values, found.lag, 10)
    assert np.allclose(found.coefficients, fitted.coefs, atol=1e-9, rtol=0)
    assert np.allclose(found.covariance, fitted.sigma_u, atol=1e-9, rtol=0)
    for test in found.granger:
        theirs = fitted.test_causality(names.index(test.effect), names.index(test.cause), kind="f")
        assert test.statistic == pytest.approx(theirs.test_statistic, abs=1e-9)
        assert test.p == pytest.approx(theirs.pvalue, abs=1e-9)
    for one in found.responses:
        on, by = names.index(one.response), names.index(one.impulse)
        assert np.allclose(one.values, shocks.orth_irfs[:, on, by], atol=1e-9, rtol=0)
        assert np.allclose(one.cumulative, shocks.orth_cum_effects[:, on, by], atol=1e-9, rtol=0)


def test_the_one_that_answers_is_found_and_the_bands_hold_it() -> None:
    random = np.random.default_rng(2)
    first = random.normal(size=300)
    second = np.concatenate([[0.0], 0.8 * first[:-1]]) + random.normal(size=300)
    table = SeriesTable(names=("a", "b"), steps=(), values=np.column_stack([first, second]))
    found = reciprocity(table, lag=1, draws=200, seed=3)
    assert isinstance(found, Reciprocity)
    causes = {(test.cause, test.effect): test.p for test in found.granger}
    assert causes[("a", "b")] < 1e-6
    assert causes[("b", "a")] > 0.01
    (answer,) = [one for one in found.responses if (one.impulse, one.response) == ("a", "b")]
    assert answer.low[1] < 0.8 < answer.high[1]
    assert all(low <= high for low, high in zip(answer.low, answer.high, strict=True))
    assert answer.cumulative_low[-1] > 0
    assert reciprocity(table, lag=1, draws=200, seed=3) == found
    assert reciprocity(table, lag=1, draws=200, seed=4) != found


def test_what_cannot_be_told_is_refused() -> None:
    short = SeriesTable(names=("a", "b"), steps=(), values=answering(6, 2))
    refused = reciprocity(short, lag=2)
    assert isinstance(refused, Refusal)
    assert refused.code == "too-few"
    flat = SeriesTable(
        names=("a", "b"), steps=(), values=np.column_stack([np.ones(90), answering(90, 1)])
    )
    refused = reciprocity(flat)
    assert isinstance(refused, Refusal)
    assert refused.code == "not-shown"
    with pytest.raises(UsageError, match="no criterion"):
        reciprocity(short, criterion="best")


def test_a_table_that_is_none_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    for words in ("", "a,b\n", "a,b\n1,2\n3\n", "a,b\nx,y\n", "a\n1\n2\n"):
        path.write_text(words)
        with pytest.raises(UsageError, match="series"):
            read_series(path)
    with pytest.raises(UsageError, match="cannot read"):
        read_series(tmp_path / "none.csv")
    path.write_text("year,a,b\n2001,1,2\n2002,3,5\n")
    assert read_series(path).names == ("a", "b")
    path.write_text("a,b\n1,2\n2,5\n")
    assert read_series(path).steps == ("1", "2")


def quarrel(parties: list[tuple[str, str]], days: int = 1400) -> list[dict[str, Any]]:
    random = np.random.default_rng(8)
    rows: list[dict[str, Any]] = []
    for offset in range(days):
        day = date(2010, 1, 1) + timedelta(days=offset)
        for actor, target in parties:
            for _ in range(random.poisson(0.4)):
                deed = ["aid", "accuse", "assault"][int(random.integers(3))]
                rows.append(row(len(rows), day, actor, deed, target))
    return rows


def test_from_the_cube_equal_to_statsmodels(layer: Write) -> None:
    folder, files = layer(quarrel([("CHN", "JPN"), ("JPN", "CHN")]))
    with layer_cube(folder, files) as cube:
        dyad = cube.dyad("CHN", "JPN")
    table = dyad_series(dyad)
    assert isinstance(table, SeriesTable)
    assert table.names == ("CHN>JPN", "JPN>CHN")
    found = reciprocity(table, lag=2, draws=0)
    assert isinstance(found, Reciprocity)
    values = np.column_stack([dyad.there.intensity, dyad.back.intensity])
    fitted, shocks = directly(values, 2, 10)
    assert np.allclose(found.coefficients, fitted.coefs, atol=1e-9, rtol=0)
    assert np.allclose(found.responses[1].values, shocks.orth_irfs[:, 1, 0], atol=1e-9, rtol=0)


def test_undirected_and_sparse_dyads_are_refused(layer: Write) -> None:
    rows = [row(at, "2012-01-03", "CHN", "accuse", "JPN", directed=False) for at in range(9)]
    folder, files = layer(rows)
    with layer_cube(folder, files) as cube:
        refused = dyad_series(cube.dyad("CHN", "JPN"))
        assert refused == Refusal(
            code="undirected", words="undirected data: who answers whom cannot be told"
        )
        sparse = dyad_series(cube.dyad("CHN", "KOR"))
        assert isinstance(sparse, Refusal)
        assert sparse.code == "too-few"


def test_a_triad_has_a_model_and_a_balance_under_both_borders(layer: Write) -> None:
    ways = [("CHN", "JPN"), ("JPN", "KOR"), ("KOR", "CHN")]
    rows = [one for one in quarrel(ways) if one["actor"] != "JPN" or one["type"] == "AID"]
    folder, files = layer(rows)
    with layer_cube(folder, files, filters=Filters(fold=True)) as cube:
        found = triad(cube, "CHN", "JPN", "KOR", draws=10)
        with pytest.raises(UsageError, match="three different"):
            triad(cube, "CHN", "CHN", "KOR")
        sparse = triad(cube, "CHN", "JPN", "FRA")
    assert isinstance(found.model, Reciprocity)
    assert found.model.names == ("CHN-JPN", "JPN-KOR", "KOR-CHN")
    assert isinstance(sparse.model, Refusal)
    assert len(found.balance) == 2 * len(cube.steps)
    for one in found.balance:
        signs = [edge.sign for edge in one.edges]
        if all(signs):
            assert one.balanced == (np.prod([sign or 0 for sign in signs]) > 0)
        else:
            assert one.balanced is None
        for edge in one.edges:
            if edge.sign and edge.warmth is not None:
                assert (edge.warmth > one.at) == (edge.sign > 0)
    borders = {one.border: one.at for one in found.balance}
    assert borders["zero"] == 0
    assert borders["world mean"] != 0
