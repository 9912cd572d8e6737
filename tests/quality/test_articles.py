"""Claims from whole reports do not fall below their floors; the figures are of rules alone."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from chancery.read import Reader

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["articles"]

needs_gold = pytest.mark.skipif(
    not (SHARED / "gold" / "articles").is_dir(), reason="the gold is not beside this repository"
)


@pytest.fixture(scope="module")
def articles() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality_articles", HERE / "articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@needs_gold
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_claims_do_not_fall_below_their_floor(
    articles: ModuleType, reader: Reader, name: str
) -> None:
    floors = FLOORS[name]
    rows = [row for part in floors["parts"] for row in articles.rows_of(part)]
    assert len(rows) == floors["docs"]
    result: dict[str, Any] = articles.score(rows, reader)
    for figure, floor in floors["floors"].items():
        level, measure = figure.split(".")
        assert result[level][measure] >= floor, figure
    assert result["predicted"] <= floors["most_predicted"] * result["gold_core"]
    claims, _ = result["empty"]
    assert claims <= floors["most_on_empty"]
