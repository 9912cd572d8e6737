"""Dates and statements do not fall below their floors, on the gold sets as they were measured.

Texts that the shipped model was trained on are never read here: their statements are those of a
model that had not seen them, stored. Newswire, never trained on, is read.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from chancery.read.encoder import Encoder

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
GOLD = SHARED / "gold"
TABLE = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
TIMES, STATEMENTS = TABLE["times"], TABLE["statements"]

needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold is not beside this repository")


def written(rows: Iterable[dict[str, Any]], path: Path) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def scored(*command: str | Path) -> dict[str, Any]:
    run = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def digest(*paths: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def figure(figures: dict[str, Any], name: str) -> float:
    value: Any = figures
    for part in name.split("."):
        value = value[part]
    return float(value)


def assert_floors(figures: dict[str, Any], floors: dict[str, float]) -> None:
    low = {name: figure(figures, name) for name in floors if figure(figures, name) < floors[name]}
    assert not low, f"below the floor: {low}"


@needs_gold
@pytest.mark.parametrize("name", sorted(TIMES))
def test_times(name: str, tmp_path: Path, adapter: Adapter) -> None:
    entry = TIMES[name]
    gold = GOLD / "time" / f"{name}.jsonl"
    assert digest(gold) == entry["digest"], "the gold has changed: measure anew"
    rows = adapter("times").predictions(gold, undated=entry["undated"])
    more = ("--no-type",) if entry["undated"] else ()
    figures = scored(GOLD / "score_time.py", gold, written(rows, tmp_path / "pred.jsonl"), *more)
    assert_floors(figures, entry["floors"])


@needs_gold
@pytest.mark.slow
def test_statements_of_newswire(tmp_path: Path, adapter: Adapter) -> None:
    entry = STATEMENTS["newswire"]
    labelled = sorted((GOLD / "articles" / "statements").glob("*.jsonl"))
    wanted = {path.stem for path in labelled}
    module, encoder = adapter("statements"), Encoder.load()
    reports = [
        record
        for record in module.read_lines(GOLD / "articles" / "newswire.jsonl")
        if record["id"] in wanted and record["id"].startswith(("timebank-", "aquaint-"))
    ]
    rows = (row for record in reports for row in module.statement_lines(record, encoder))
    figures = scored(
        GOLD / "articles" / "score_statements.py",
        written(reports, tmp_path / "reports.jsonl"),
        GOLD / "articles",
        written(rows, tmp_path / "pred.jsonl"),
    )
    assert figures["docs"] == entry["docs"]
    assert_floors(figures, entry["floors"])


@needs_gold
def test_stored_statements_of_reports(adapter: Adapter) -> None:
    entry = STATEMENTS["train"]
    figures = adapter("stored_statements").reports()
    assert figures["docs"] == entry["docs"]
    assert_floors(figures, entry["floors"])


@needs_gold
def test_stored_statements_of_polnear(adapter: Adapter) -> None:
    figures = adapter("stored_statements").attribution()
    assert figures["missing"] == 0
    assert_floors(figures, STATEMENTS["polnear"]["floors"])


@needs_gold
def test_stored_statements_were_made_for_this_gold(adapter: Adapter) -> None:
    module = adapter("stored_statements")
    assert module.digest() == module.DIGEST.read_text("utf-8").strip()
