"""The cube: sums at every step, directions, folding, weights, exposure, and when it is remade."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.conftest import Build
from tests.relations.conftest import DEEDS, row, write_layer

from chancery.errors import LedgerDamaged
from chancery.ledger import Ledger
from chancery.relations.cube import BETWEEN_STATES, Filters, layer_cube, ledger_cube
from chancery.relations.flows import Dyad
from chancery.relations.steps_of_time import STEPS

Write = Callable[[list[dict[str, Any]]], tuple[Path, list[Path]]]

events = st.lists(
    st.tuples(
        st.integers(0, 900), st.sampled_from([None, "CHN", "JPN", "KOR"]),
        st.sampled_from(sorted(DEEDS)), st.sampled_from([None, "CHN", "JPN", "KOR"]),
        st.sampled_from(["part", "full"]),
    ),
    min_size=1, max_size=40,
)  # fmt: skip


def rows_of(found: list[tuple[int, Any, str, Any, str]]) -> list[dict[str, Any]]:
    begin = date(2011, 1, 1)
    return [
        row(at, begin + timedelta(days=day), actor, deed, target, stratum=stratum)
        for at, (day, actor, deed, target, stratum) in enumerate(found)
    ]


def totals(dyad: Dyad) -> list[float]:
    flows = (dyad.there, dyad.back, dyad.mutual)
    found = [float(array.sum()) for flow in flows for array in (flow.weight, flow.intensity)]
    found += [float(flow.rows.sum()) for flow in flows]
    found += [float(one.rows.sum()) for one in (dyad.world, dyad.of_a, dyad.of_b)]
    found += [float(value) for flow in flows for value in flow.quads.sum(axis=0)]
    return found


@given(found=events, fold=st.booleans(), one_a_day=st.booleans())
def test_sums_are_equal_at_every_step(
    found: list[tuple[int, Any, str, Any, str]], fold: bool, one_a_day: bool
) -> None:
    filters = Filters(fold=fold, one_a_day=one_a_day)
    with tempfile.TemporaryDirectory() as folder:
        files = write_layer(Path(folder), rows_of(found))
        sums = []
        for step in STEPS:
            with layer_cube(
                Path(folder), files, step=step, strata={"part": 5.0}, filters=filters
            ) as cube:
                sums.append(totals(cube.dyad("CHN", "JPN")))
    for other in sums[1:]:
        assert other == pytest.approx(sums[0])


@given(found=events)
def test_directions_and_weights_are_kept(found: list[tuple[int, Any, str, Any, str]]) -> None:
    rows = rows_of(found)
    with tempfile.TemporaryDirectory() as folder:
        files = write_layer(Path(folder), rows)
        with layer_cube(Path(folder), files, step="month", strata={"part": 5.0}) as cube:
            dyad, turned = cube.dyad("CHN", "JPN"), cube.dyad("JPN", "CHN")
            between = cube.exposure(BETWEEN_STATES)
    weight = {"part": 5.0, "full": 1.0}
    there = [one for one in rows if (one["actor"], one["target"]) == ("CHN", "JPN")]
    assert dyad.there.rows.sum() == len(there)
    assert dyad.there.weight.sum() == sum(weight[one["stratum"]] for one in there)
    assert np.array_equal(dyad.there.quads, turned.back.quads)
    assert np.array_equal(dyad.back.intensity, turned.there.intensity)
    assert dyad.mutual.rows.sum() == 0
    named = [one for one in rows if "CHN" in (one["actor"], one["target"])]
    assert dyad.of_a.rows.sum() == len(named)
    assert dyad.world.weight.sum() == sum(weight[one["stratum"]] for one in rows)
    apart = [one for one in rows if one["actor"] and one["target"]]
    assert between.rows.sum() == sum(one["actor"] != one["target"] for one in apart)


def test_domestic_rows_are_left_out_but_are_exposure(layer: Write) -> None:
    folder, files = layer(
        [row(1, "2012-01-03", "CHN", "say", "CHN"), row(2, "2012-01-04", "CHN", "aid", "JPN")]
    )
    with layer_cube(folder, files) as cube:
        assert (cube.domestic, cube.unknown, cube.rows) == (1, 0, 2)
        assert cube.dyad("CHN", "CHN").there.rows.sum() == 0
        assert cube.exposure("CHN").rows.tolist() == [2]
        assert cube.partners("CHN").names == ("JPN",)
    with layer_cube(folder, files, filters=Filters(domestic=True)) as cube:
        assert cube.dyad("CHN", "CHN").there.rows.sum() == 1


def test_mirrored_meetings_count_once_and_undirected(layer: Write) -> None:
    folder, files = layer(
        [
            row(1, "2012-01-03", "CHN", "meet", "JPN"),
            row(2, "2012-01-03", "JPN", "meet", "CHN"),
            row(3, "2012-01-05", "JPN", "visit", "CHN"),
            row(4, "2012-01-05", "CHN", "host", "JPN"),
            row(5, "2012-01-06", "JPN", "meet", "CHN"),
            row(6, "2012-01-07", "JPN", "accuse", "CHN"),
            row(7, "2012-01-07", "CHN", "accuse", "JPN"),
        ]
    )
    with layer_cube(folder, files, filters=Filters(fold=True)) as cube:
        dyad = cube.dyad("CHN", "JPN")
        assert dyad.mutual.rows.tolist() == [2]
        assert (dyad.there.rows.sum(), dyad.back.rows.sum()) == (1, 2)
        assert dyad.world.rows.sum() == 5
        assert dyad.flow("there+mutual").rows.sum() == 3
        assert dyad.flow("all").rows.sum() == 5
    with layer_cube(folder, files) as cube:
        assert cube.dyad("CHN", "JPN").mutual.rows.sum() == 0


def test_a_meeting_whose_other_row_was_not_drawn_stands_for_half(layer: Write) -> None:
    """Every meeting is mirrored, a fifth of the rows were drawn: the weights must not double."""
    meetings = 2000
    random = np.random.default_rng(7)
    rows = []
    for at in range(meetings):
        day = date(2010, 1, 1) + timedelta(days=at)
        for actor, target in (("CHN", "JPN"), ("JPN", "CHN")):
            if random.random() < 0.2:
                rows.append(row(len(rows), day, actor, "meet", target, stratum="part"))
    folder, files = layer(rows)
    with layer_cube(folder, files, strata={"part": 5.0}, filters=Filters(fold=True)) as cube:
        dyad = cube.dyad("CHN", "JPN")
    assert dyad.flow("all").weight.sum() == pytest.approx(meetings, rel=0.1)
    assert dyad.there.rows.sum() == 0


def test_one_a_day_keeps_one_row_of_a_kind(layer: Write) -> None:
    folder, files = layer(
        [row(at, "2012-01-03", "CHN", "accuse", "JPN") for at in range(3)]
        + [row(9, "2012-01-04", "CHN", "accuse", "JPN"), row(8, "2012-01-03", "CHN", "aid", "JPN")]
    )
    with layer_cube(folder, files, filters=Filters(one_a_day=True)) as cube:
        assert cube.dyad("CHN", "JPN").there.rows.sum() == 3


def test_a_kept_cube_is_remade_when_a_file_changes(layer: Write) -> None:
    folder, files = layer([row(1, "2012-01-03", "CHN", "aid", "JPN")])
    with layer_cube(folder, files) as cube:
        assert cube.dyad("CHN", "JPN").there.rows.sum() == 1
    kept = next(folder.glob("cube-*/cells-0000.parquet"))
    before = kept.stat().st_mtime_ns
    with layer_cube(folder, files):
        assert kept.stat().st_mtime_ns == before
    files = write_layer(folder, [row(at, "2012-01-03", "CHN", "aid", "JPN") for at in range(2)])
    with layer_cube(folder, files) as cube:
        assert cube.dyad("CHN", "JPN").there.rows.sum() == 2
    with layer_cube(folder, files, strata={"full": 2.0}) as cube:
        assert cube.borders == ()
    assert len(list(folder.glob("cube-*"))) == 1
    assert not list(folder.glob(".aside-*"))


def test_a_missing_file_is_told(layer: Write) -> None:
    folder, files = layer([row(1, "2012-01-03", "CHN", "aid", "JPN")])
    files[0].unlink()
    with pytest.raises(LedgerDamaged, match="cannot be read"):
        layer_cube(folder, files)


def test_an_empty_layer_has_an_empty_cube(layer: Write) -> None:
    folder, files = layer([row(1, "2012-01-03", "CHN", "aid", None)])
    with layer_cube(folder, files) as cube:
        dyad = cube.dyad("CHN", "JPN")
        assert (dyad.there.rows.sum(), dyad.of_a.rows.sum(), cube.unknown) == (0, 1, 1)


@pytest.mark.parametrize("step", STEPS)
def test_a_ledger_has_one_too(tmp_path: Path, step: str) -> None:
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        report = Build.report()
        claims = [
            Build.claim(report, "accuse", "USA.GOV", "BLR", "2012-03-04", trigger="met"),
            Build.claim(report, "meet", "USA", "BLR.GOV+RUS", "2012-03-06", trigger="Monday"),
            Build.claim(report, "accuse", "BLR", "USA", "2013-01", trigger="amused"),
            Build.claim(report, "expel-diplomats", "BLR", "USA", None, trigger="Moscow"),
            Build.claim(
                report, "accuse", "BLR", "USA", "2013-02-01", trigger="was", standing="planned"
            ),
        ]
        ledger.add([report])
        ledger.record([Build.reading(report, *claims)])
        with ledger_cube(ledger, step=step) as cube:
            dyad, folder = cube.dyad("USA", "BLR"), cube._folder
            assert cube.vague == 1
            sums = [flow.rows.sum() for flow in (dyad.there, dyad.back, dyad.mutual)]
            assert sums == [1, 1, 1]
            assert dyad.world.rows.sum() == 3
            assert dyad.there.quads.sum(axis=0).tolist() == [0, 0, 1, 0]
            assert cube.dyad("RUS", "USA").mutual.rows.sum() == 1
        assert not folder.exists()
