"""States that hold and forecasts do not fall below their floors, on our own labels."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
MODULES = {"states": "holding", "forecasts": "forecasts"}

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus is not beside this repository"
)


@needs_corpus
@pytest.mark.parametrize("key", sorted(MODULES))
def test_figures_do_not_fall(key: str, adapter: Adapter) -> None:
    module = adapter(MODULES[key])
    for part, floors in FLOORS[key].items():
        figures = module.score(part)
        low = {name: figures[name] for name, floor in floors.items() if figures[name] < floor}
        assert not low, f"{part}: below the floor: {low}"


@pytest.mark.parametrize("key", sorted(MODULES))
def test_labels_are_of_both_sorts_and_keep_no_text_of_others(key: str) -> None:
    lines = (HERE / "labels" / f"{key}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["id"] for row in rows}) == len(rows) >= 100
    for ours in (True, False):
        some = [bool(row[key]) for row in rows if ("text" in row) == ours]
        assert len(some) >= 50
        assert 0.3 <= sum(some) / len(some) <= 0.7
    assert not [row["id"] for row in rows if "report" in row and "text" in row]
