"""Groups of mentions, by networks that had not seen their topic, do not fall below their floor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold" / "coref"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["coref"]

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold is not beside this repository")


def test_stored_groups_were_made_for_this_gold(adapter: Adapter) -> None:
    quality = adapter("coref")
    assert quality.DIGEST.read_text("utf-8").strip() == quality.digest()


def test_groups_out_of_fold_do_not_fall_below_their_floors(adapter: Adapter) -> None:
    result = adapter("coref").score(adapter("coref").stored())
    assert result["missing"] == 0
    assert result["pred_mentions"] == result["gold_mentions"] == FLOORS["mentions"]
    for measure, floor in FLOORS["f1"].items():
        assert result[measure]["f1"] >= floor, measure
    assert result["conll_f1"] >= FLOORS["conll_f1"]
