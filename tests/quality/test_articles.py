"""Claims from whole reports do not fall below their floors.

Reports that the shipped model was trained on are never read here: their claims are those of heads
that had not seen them, stored. Newswire, never trained on, is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from chancery.read import Reader

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["articles"]

needs_gold = pytest.mark.skipif(
    not (SHARED / "gold" / "articles").is_dir(), reason="the gold is not beside this repository"
)


def check(name: str, result: dict[str, Any]) -> None:
    floors = FLOORS[name]
    assert result["docs"] == floors["docs"]
    for figure, floor in floors["floors"].items():
        level, measure = figure.split(".")
        assert result[level][measure] >= floor, figure
    least, most = floors["predicted"]
    assert least <= result["predicted"] / result["gold_core"] <= most
    claims, _ = result["empty"]
    assert claims <= floors["most_on_empty"]


@needs_gold
def test_newswire_does_not_fall_below_its_floor(adapter: Adapter) -> None:
    articles = adapter("articles")
    check("newswire", articles.score(list(articles.rows_of("newswire")), Reader.load()))


@needs_gold
@pytest.mark.parametrize("name", sorted(set(FLOORS) - {"newswire"}))
def test_stored_claims_do_not_fall_below_their_floor(name: str, adapter: Adapter) -> None:
    stored = adapter("out_of_fold")
    parts = stored.TRAINED if name == "trainable" else (name,)
    check(name, stored.score([row for part in parts for row in stored.articles.rows_of(part)]))


@needs_gold
def test_stored_claims_were_made_for_this_gold(adapter: Adapter) -> None:
    stored = adapter("out_of_fold")
    assert stored.digest() == stored.DIGEST.read_text("utf-8").strip()
