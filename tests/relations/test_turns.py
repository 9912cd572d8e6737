"""Turns: where they are, how firm, and that a change of coverage is never one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.relations.conftest import row

from chancery.errors import UsageError
from chancery.relations.breaks import find_breaks
from chancery.relations.cube import layer_cube
from chancery.relations.turns import Turns, find_turns

Write = Callable[[list[dict[str, Any]]], tuple[Path, list[Path]]]
BORDER = date(2012, 8, 8)
BEGIN = date(2010, 1, 1)


def told(
    rate: Callable[[date], float], hostile: Callable[[date], float], *, drawn: bool, world: int = 30
) -> Iterator[dict[str, Any]]:
    """Five years of a dyad and of a world; `drawn`: a fifth of all rows before the border."""
    random = np.random.default_rng(3)
    number = 0
    for offset in range(5 * 365):
        day = BEGIN + timedelta(days=offset)
        part = drawn and day < BORDER
        share = 0.2 if part else 1.0
        mark = {"stratum": "part" if part else "full"}
        for _ in range(random.poisson(world * share)):
            number += 1
            yield row(number, day, "USA", "say", "FRA", **mark)
        for _ in range(random.poisson(rate(day) * share)):
            number += 1
            deed = "accuse" if random.random() < hostile(day) else "aid"
            yield row(number, day, "CHN", deed, "JPN", **mark)


def found(
    layer: Write, rows: Iterator[dict[str, Any]], strata: dict[str, float], **asked: Any
) -> Turns:
    folder, files = layer(list(rows))
    with layer_cube(folder, files, step=asked.pop("step", "month"), strata=strata) as cube:
        return find_turns(cube.dyad("CHN", "JPN"), **asked)


@pytest.mark.parametrize("measure", ["warmth", "events", "conflict", "cooperation", "intensity"])
@pytest.mark.parametrize("step", ["week", "month"])
def test_a_declared_border_is_no_turn(layer: Write, measure: str, step: str) -> None:
    rows = told(lambda day: 1.0, lambda day: 0.5, drawn=True)
    result = found(layer, rows, {"part": 5.0, "full": 1.0}, measure=measure, step=step)
    assert (result.turns, result.withheld, result.refusals) == ((), (), ())


def test_an_undeclared_border_is_warned_of_and_no_turn(layer: Write) -> None:
    rows = list(told(lambda day: 1.0, lambda day: 0.5 if day < BORDER else 0.9, drawn=True))
    result = found(layer, iter(rows), {}, measure="conflict")
    (refusal,) = result.refusals
    assert refusal.code == "coverage"
    assert BORDER.isoformat() in refusal.words
    assert "declare strata" in refusal.words
    assert result.turns == ()
    assert [one.refusal for one in result.withheld] == [refusal]


@pytest.mark.parametrize("step", ["week", "month", "quarter", "year"])
def test_a_change_at_a_declared_border_is_withheld(layer: Write, step: str) -> None:
    """What is real there cannot be told from another way of drawing: it is said, not called."""
    rows = told(lambda day: 1.0, lambda day: 0.1 if day < BORDER else 0.9, drawn=True)
    result = found(layer, rows, {"part": 5.0}, step=step)
    assert result.turns == ()
    (withheld,) = result.withheld
    assert withheld.refusal.code == "coverage"
    assert f"border of strata lies at {BORDER}" in withheld.refusal.words
    assert f"shorter than a {step}" in withheld.refusal.words


def test_a_shorter_step_tells_a_turn_from_a_border_near_it(layer: Write) -> None:
    turned = date(2012, 9, 24)
    rows = list(told(lambda day: 2.0, lambda day: 0.1 if day < turned else 0.9, drawn=True))
    by_quarter = found(layer, iter(rows), {"part": 5.0}, step="quarter")
    assert by_quarter.turns == ()
    assert len(by_quarter.withheld) == 1
    by_week = found(layer, iter(rows), {"part": 5.0}, step="week")
    (turn,) = by_week.turns
    assert abs(turn.day_first - turned) <= timedelta(days=7)
    assert by_week.withheld == ()


@pytest.mark.parametrize("measure", ["warmth", "conflict", "intensity"])
def test_a_turn_elsewhere_is_found(layer: Write, measure: str) -> None:
    turned = date(2011, 3, 1)
    rows = told(lambda day: 1.0, lambda day: 0.1 if day < turned else 0.8, drawn=True)
    result = found(layer, rows, {"part": 5.0}, measure=measure)
    (turn,) = result.turns
    assert abs(turn.day_first - turned) <= timedelta(days=62)
    assert turn.day_first <= turn.day_last
    assert (turn.actor, turn.target, turn.measure) == ("CHN", "JPN", measure)
    assert 0 < turn.stability <= 1
    if measure == "warmth":
        assert turn.before == pytest.approx(0.8, abs=0.25)
        assert turn.after == pytest.approx(-0.6, abs=0.25)
        assert turn.strength == "strong"


def test_a_turn_of_the_whole_world_moves_no_share(layer: Write) -> None:
    """All the world is told of more and more: an unscaled count would turn, a share does not."""
    rows = told(lambda day: 1 + (day - BEGIN).days / 600, lambda day: 0.5, drawn=False, world=20)
    plain = found(layer, rows, {}, measure="conflict")
    assert plain.measure == "conflict"


def test_too_few_rows_are_refused(layer: Write) -> None:
    folder, files = layer([row(1, "2012-01-03", "CHN", "aid", "JPN")])
    with layer_cube(folder, files, step="day") as cube:
        result = find_turns(cube.dyad("CHN", "JPN"))
        assert [one.code for one in result.refusals] == ["too-few"]
        assert "too few happenings: 1" in result.refusals[0].words
        with pytest.raises(UsageError, match="no measure"):
            find_turns(cube.dyad("CHN", "JPN"), measure="love")
        with pytest.raises(UsageError, match="does not fit"):
            find_turns(cube.dyad("CHN", "JPN"), cost="poisson")


def test_a_turn_over_a_gap_says_so(layer: Write) -> None:
    rows = [row(at, date(2010, 1 + at % 4, 3), "CHN", "accuse", "JPN") for at in range(24)]
    rows += [row(50 + at, date(2011, 6 + at % 4, 3), "CHN", "aid", "JPN") for at in range(24)]
    folder, files = layer(rows)
    with layer_cube(folder, files) as cube:
        (turn,) = find_turns(cube.dyad("CHN", "JPN")).turns
    assert (turn.day_first, turn.day_last) == (date(2010, 5, 1), date(2011, 6, 30))
    assert (turn.before, turn.after) == (-1.0, 1.0)


# The world's rows -------------------------------------------------------------------------------


def world(levels: list[tuple[int, float]], seed: int = 1) -> tuple[list[date], list[float]]:
    random = np.random.default_rng(seed)
    rates = np.concatenate([np.full(days, level) for days, level in levels])
    days = [BEGIN + timedelta(days=at) for at in range(len(rates))]
    return days, [float(count) for count in random.poisson(rates)]


@pytest.mark.parametrize(("before", "after"), [(20.0, 100.0), (100.0, 20.0), (50.0, 100.0)])
def test_a_shift_of_the_world_is_found_to_the_day(before: float, after: float) -> None:
    (found,) = find_breaks(*world([(700, before), (500, after)]))
    assert abs((found.day - BEGIN).days - 700) <= 1
    assert found.ratio == pytest.approx(after / before, rel=0.15)


def test_two_shifts_are_two() -> None:
    days = [
        (one.day - BEGIN).days for one in find_breaks(*world([(400, 20), (300, 90), (500, 25)]))
    ]
    assert days == pytest.approx([400, 700], abs=1)


def test_growth_seasons_and_noise_are_no_shift() -> None:
    days, _ = world([(1500, 1)])
    at = np.arange(1500)
    random = np.random.default_rng(5)
    grown = random.poisson(30 * np.exp(at / 500))
    seasons = random.poisson(50 * (1 + 0.3 * np.sin(at / 58)) * np.where(at % 7 < 5, 1.0, 0.4))
    surge = random.poisson(np.where((at > 600) & (at < 615), 160, 40))
    for series in (grown, seasons, surge):
        assert find_breaks(days, series.astype(float).tolist()) == ()


def test_a_world_of_few_or_yearly_rows_is_not_tested() -> None:
    years = [date(year, 1, 1) for year in range(1950, 2010)]
    assert find_breaks(years, [20.0 + at % 3 for at in range(60)]) == ()
    assert find_breaks([], []) == ()
    assert find_breaks(years[:1], [3.0]) == ()
