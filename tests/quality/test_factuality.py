"""What is said of deeds that are handed over does not fall below its floors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from chancery.read import Reader

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold" / "factuality"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["factuality"]

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold is not beside this repository")


def test_stored_answers_were_made_for_this_gold(adapter: Adapter) -> None:
    quality = adapter("factuality")
    assert quality.DIGEST.read_text("utf-8").strip() == quality.digest()


def test_answers_out_of_fold_do_not_fall_below_their_floors(adapter: Adapter) -> None:
    whole = adapter("factuality").score("meantime")
    floors = FLOORS["meantime"]
    assert whole["missing"] == 0
    assert whole["events"] == floors["events"]
    assert whole["polarity"]["f1"]["NEG"] >= floors["negative"]
    assert whole["time"]["f1"]["FUTURE"] >= floors["future"]
    assert whole["uncertain"] >= floors["uncertain"]
    numbers = adapter("factuality").score("uds_ih2")
    assert numbers["unpredicted"] == 0
    assert numbers["mae"] <= FLOORS["uds_ih2"]["mae"]
    assert numbers["pearson_r"] >= FLOORS["uds_ih2"]["pearson_r"]


@pytest.mark.parametrize("name", [name for name, row in FLOORS.items() if "least_r" in row])
def test_sets_never_trained_on_do_not_fall_below_their_floors(name: str, adapter: Adapter) -> None:
    result = adapter("factuality").score(name, Reader.load())
    assert result["unpredicted"] == 0
    assert result["pearson_r"] >= FLOORS[name]["least_r"]
