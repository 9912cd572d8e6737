"""Types of pairs that are handed over do not fall below their floors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from chancery.read import Reader

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["pairs"]
"""By set: how many pairs there are, and the least of figures such as `root.macro_f1`."""

needs_gold = pytest.mark.skipif(
    not (SHARED / "gold" / "events").is_dir(), reason="the gold is not beside this repository"
)


@needs_gold
def test_pairs_do_not_fall_below_their_floors(adapter: Adapter) -> None:
    reader = Reader.load()
    for name, floors in FLOORS.items():
        result = adapter("pairs").score(name, reader)
        assert result["records"] == floors["records"]
        assert result["missing"] == 0
        for figure, floor in floors["floors"].items():
            grain, measure = figure.split(".")
            assert result[grain][measure] >= floor, (name, figure)
