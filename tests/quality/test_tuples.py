"""Who did what to whom in single sentences does not fall below its floors."""

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
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["tuples"]
"""By set: how many sentences there are, and by level the least `f1` and `silent`."""

needs_gold = pytest.mark.skipif(
    not (SHARED / "gold" / "events").is_dir(), reason="the gold is not beside this repository"
)


@needs_gold
def test_tuples_do_not_fall_below_their_floors(adapter: Adapter) -> None:
    reader = Reader.load()
    for name, floors in FLOORS.items():
        results = adapter("tuples").score(name, reader)
        for level, floor in floors["levels"].items():
            result = results[level]
            assert result["sentences"] == floors["sentences"]
            assert result["f1"] >= floor["f1"], (name, level)
            if "silent" in floor:
                assert result["none"]["silent"] >= floor["silent"], (name, level)
