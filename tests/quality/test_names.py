"""Telling two spellings of one name from two names does not fall below its floor."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["names"]

needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold is not beside this repository")


def adapter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality_names", HERE / "names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_gold
def test_names_do_not_fall_below_their_floor(tmp_path: Path) -> None:
    gold = GOLD / "names" / "pairs.jsonl"
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()[:16]
    assert digest == FLOORS["digest"], "the gold has changed: measure anew"
    predicted = tmp_path / "predicted.jsonl"
    rows = (json.dumps(row) + "\n" for row in adapter().predictions(gold))
    predicted.write_text("".join(rows), encoding="utf-8")
    command = [sys.executable, GOLD / "score_names.py", gold, predicted]
    answer = subprocess.run(list(map(str, command)), capture_output=True, check=True, text=True)
    figures: dict[str, Any] = json.loads(answer.stdout)
    assert figures["match"]["f1"] >= FLOORS["match.f1"]
    assert figures["phi"] >= FLOORS["phi"]
