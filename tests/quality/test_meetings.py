"""Two governments' releases on one meeting are brought together as often as before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["meetings"]


def test_two_capitals_do_not_fall_below_their_floors(adapter: Adapter) -> None:
    meetings = adapter("meetings")
    head, *lines = meetings.PREDICTIONS.read_text("utf-8").splitlines()
    assert json.loads(head)["labels"] == meetings.digest(), "score the labels anew, with --store"
    result = meetings.score(map(json.loads, lines))
    for figure, floor in FLOORS.items():
        assert result[figure] >= floor, figure


def test_the_score_knows_right_from_wrong(adapter: Adapter) -> None:
    meetings = adapter("meetings")
    right = [
        {"a": row["a"], "b": row["b"], "together": row["relation"] == "same", "disputed": []}
        for row in meetings.labels()
    ]
    assert meetings.score(right)["f1"] == 1
    never = [{**row, "together": False} for row in right]
    assert meetings.score(never)["f1"] == 0
    always = meetings.score([{**row, "together": True} for row in right])
    assert always["recall"] == 1
    assert always["precision"] < 0.5
