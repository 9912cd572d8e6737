"""Measures, surprise and dependence: by hand, and beside scipy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.relations.conftest import row

from chancery.relating import Refusal
from chancery.relations.carriers import carriers_in_layer
from chancery.relations.cube import Filters, layer_cube
from chancery.relations.dependence import Dependence, dependence
from chancery.relations.flows import make_exposure, make_flow
from chancery.relations.intensity import measure_series, per_row, share, warmth
from chancery.relations.steps_of_time import steps_between
from chancery.relations.surprise import Surprises, adjust, surprise, tails_of

Write = Callable[[list[dict[str, Any]]], tuple[Path, list[Path]]]
STEPS = steps_between(date(2012, 1, 1), date(2013, 12, 1), "month")


def test_warmth_intensity_and_shares_by_hand(layer: Write) -> None:
    folder, files = layer(
        [
            row(1, "2012-01-03", "CHN", "aid", "JPN"),
            row(2, "2012-01-04", "CHN", "accuse", "JPN", stratum="part"),
            row(3, "2012-03-04", "CHN", "assault", "JPN"),
            row(4, "2012-03-05", "USA", "say", "FRA"),
        ]
    )
    with layer_cube(folder, files, strata={"part": 3.0}) as cube:
        dyad = cube.dyad("CHN", "JPN")
    flow = dyad.there
    assert warmth(flow)[[0, 2]].tolist() == [-0.5, -1.0]
    assert np.isnan(warmth(flow)[1])
    assert flow.intensity.tolist() == [1.0, 0.0, -10.0]
    assert per_row(flow)[[0, 2]].tolist() == [0.25, -10.0]
    assert share(flow.weight, dyad.world)[[0, 2]].tolist() == [1000.0, 500.0]
    series = measure_series(dyad, "there", "warmth")
    assert (series.hits[0], series.trials[0]) == (0.5, 2.0)
    assert flow.types["ACCUSE"].tolist() == [3.0, 0.0, 0.0]


def cells(counts: list[int], exposure: list[int]) -> tuple[Any, Any]:
    steps = STEPS[: len(counts)]
    told = [
        (step, "ACCUSE", 3, n, float(n), -2.0 * n, n, n)
        for step, n in zip(steps, counts, strict=True)
    ]
    world = [(step, n, float(n), float(n), 0.0) for step, n in zip(steps, exposure, strict=True)]
    return make_flow("CHN", "JPN", True, steps, told), make_exposure(None, steps, world)


def test_a_peak_is_surprising_and_its_exposure_explains_it_away() -> None:
    counts = [4, 5, 3, 6, 4, 5, 4, 3, 30, 5, 4, 6]
    found = surprise(*cells(counts, [1000] * 12), quads=(3, 4))
    assert isinstance(found, Surprises)
    assert [cell.first for cell in found.cells if cell.flagged] == [date(2012, 9, 1)]
    assert found.tests == 12
    (flagged,) = [cell for cell in found.cells if cell.flagged]
    assert (flagged.dispersion, flagged.expected) == (0.0, pytest.approx(49 / 11))
    assert {cell.dispersion > 0 for cell in found.cells} == {False, True}
    scaled = surprise(*cells(counts, [n * 200 for n in counts]))
    assert isinstance(scaled, Surprises)
    assert (scaled.model, [cell for cell in scaled.cells if cell.flagged]) == ("poisson", [])


def test_too_few_cells_are_refused() -> None:
    found = surprise(*cells([1, 1, 1], [10, 10, 10]))
    assert isinstance(found, Refusal)
    assert found.code == "too-few"


@given(
    count=st.integers(0, 400), mean=st.floats(0.01, 300), alpha=st.sampled_from([0.0, 0.05, 2.0])
)
def test_tails_are_those_of_scipy(count: int, mean: float, alpha: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    law = stats.nbinom(1 / alpha, 1 / (1 + alpha * mean)) if alpha else stats.poisson(mean)
    low, high = tails_of(count, mean, alpha)
    assert low == pytest.approx(law.cdf(count), rel=1e-6, abs=1e-12)
    assert high == pytest.approx(law.sf(count - 1), rel=1e-6, abs=1e-300)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_values_are_those_of_statsmodels(values: list[float]) -> None:
    tests = pytest.importorskip("statsmodels.stats.multitest")
    theirs = tests.multipletests(values, method="fdr_bh")[1]
    assert adjust(np.array(values)).tolist() == pytest.approx(theirs.tolist())


def test_dependence_by_hand(layer: Write) -> None:
    rows = [row(at, "2012-01-03", "BLR", "aid", "RUS") for at in range(6)]
    rows += [row(10 + at, "2013-01-03", "POL", "meet", "BLR") for at in range(2)]
    rows += [row(20, "2013-01-03", "BLR", "accuse", "USA")]
    folder, files = layer(rows)
    with layer_cube(folder, files, step="year", filters=Filters(fold=True)) as cube:
        found = dependence(cube, "BLR")
        assert isinstance(found, Dependence)
        assert [(one.partner, one.share) for one in found.partners] == [
            ("RUS", 0.75),
            ("POL", 0.25),
        ]
        assert found.herfindahl == pytest.approx(0.625)
        assert found.diversification == pytest.approx(0.375)
        assert found.as_many == pytest.approx(1.6)
        assert [one.largest for one in found.by_step] == ["RUS", "POL"]
        later = dependence(cube, "BLR", first=date(2013, 1, 1))
        assert isinstance(later, Refusal)
        assert cube.parties()[0] == "BLR"


def test_carriers_are_the_rows_behind(layer: Write) -> None:
    rows = [row(at, "2012-09-11", "CHN", "accuse", "JPN") for at in range(60)]
    rows += [
        row(70, "2012-09-12", "CHN", "assault", "JPN"),
        row(71, "2012-09-12", "JPN", "aid", "CHN"),
    ]
    _, files = layer(rows)
    asked = (files, "CHN", "JPN", date(2012, 9, 1), date(2012, 9, 30))
    found = carriers_in_layer(*asked, names=["events.csv"])
    assert (len(found.rows), found.more) == (50, 11)
    assert (found.rows[0].quad, found.rows[0].place) == (4, "events.csv:71")
    assert carriers_in_layer(*asked, both=True).more == 12
    assert carriers_in_layer(files, "CHN", "JPN", date(2011, 1, 1), date(2011, 2, 1)).rows == ()
