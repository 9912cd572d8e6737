"""Reasons do not fall below their floors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from chancery.read.encoder import Encoder

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["reasons"]
"""By split: how many labels there are, and the least of precision, recall, and the rest."""

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus is not beside this repository"
)


@pytest.mark.parametrize("split", ["dev", "held_out"])
def test_reasons_of_our_own_sentences_do_not_fall(split: str, adapter: Adapter) -> None:
    result = adapter("reasons").score(split, Encoder.load(), written=True)
    for figure, floor in FLOORS["written"].items():
        assert result[figure] >= floor, (split, figure)


@needs_corpus
@pytest.mark.parametrize("split", ["dev", "held_out", "later"])
def test_reasons_do_not_fall_below_their_floors(split: str, adapter: Adapter) -> None:
    result = adapter("reasons").score(split, Encoder.load())
    floors = dict(FLOORS[split])
    assert result["labels"] == floors.pop("labels")
    for figure, floor in floors.items():
        assert result[figure] >= floor, (split, figure)


def test_no_label_holds_a_text_of_the_corpus() -> None:
    for line in (HERE / "labels" / "reasons.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert ("text" in row) != ("report" in row)
