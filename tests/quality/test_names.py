"""Telling two spellings of one name from two names does not fall below its floor."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["names"]

needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold is not beside this repository")


@needs_gold
def test_names_do_not_fall_below_their_floor(tmp_path: Path, adapter: Adapter) -> None:
    gold = GOLD / "names" / "pairs.jsonl"
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()[:16]
    assert digest == FLOORS["digest"], "the gold has changed: measure anew"
    predicted = tmp_path / "predicted.jsonl"
    rows = (json.dumps(row) + "\n" for row in adapter("names").predictions(gold))
    predicted.write_text("".join(rows), encoding="utf-8")
    command = [sys.executable, GOLD / "score_names.py", gold, predicted]
    answer = subprocess.run(list(map(str, command)), capture_output=True, check=True, text=True)
    figures: dict[str, Any] = json.loads(answer.stdout)
    assert figures["match"]["f1"] >= FLOORS["match.f1"]
    assert figures["phi"] >= FLOORS["phi"]
