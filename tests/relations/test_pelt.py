"""PELT finds the best split there is, as brute force and as ruptures find it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.relations.pelt import BinomialCost, Cost, L2Cost, PoissonCost, pelt

counts = st.lists(st.integers(0, 12), min_size=1, max_size=9)


def price(cost: Cost, places: tuple[int, ...], penalty: float) -> float:
    ends = (0, *places, cost.size)
    parts = itertools.pairwise(ends)
    return sum(float(cost.of(np.array([a]), b)[0]) for a, b in parts) + penalty * len(places)


def cheapest(cost: Cost, penalty: float, minimum: int) -> float:
    found = []
    for number in range(cost.size):
        for places in itertools.combinations(range(1, cost.size), number):
            ends = (0, *places, cost.size)
            if all(b - a >= minimum for a, b in itertools.pairwise(ends)) or not places:
                found.append(price(cost, places, penalty))
    return min(found)


@given(
    series=counts,
    penalty=st.floats(0.1, 20),
    minimum=st.integers(1, 3),
    kind=st.sampled_from("lpb"),
)
def test_no_split_is_cheaper(series: list[int], penalty: float, minimum: int, kind: str) -> None:
    values = np.array(series, dtype=np.float64)
    other = np.arange(1, len(values) + 1) % 4 + 1.0
    cost: Cost = L2Cost(values, other)
    if kind == "p":
        cost = PoissonCost(values, other)
    elif kind == "b":
        cost = BinomialCost(values, values + other)
    places = tuple(pelt(cost, penalty, minimum))
    assert price(cost, places, penalty) == pytest.approx(cheapest(cost, penalty, minimum), abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("minimum", [1, 3])
def test_ruptures_finds_the_same(seed: int, minimum: int) -> None:
    ruptures = pytest.importorskip("ruptures")
    random = np.random.default_rng(seed)
    values = np.repeat(random.normal(0, 3, 6), 25) + random.normal(0, 1, 150)
    theirs = ruptures.Pelt(model="l2", min_size=minimum, jump=1).fit(values).predict(pen=12.0)
    assert pelt(L2Cost(values), 12.0, minimum) == theirs[:-1]


def test_an_even_series_is_left_whole() -> None:
    assert pelt(L2Cost(np.ones(50)), 1e-9, 1) == []
    assert pelt(PoissonCost(np.zeros(50), np.ones(50)), 1.0, 2) == []
    assert pelt(L2Cost(np.arange(3.0)), 0.1, 4) == []
