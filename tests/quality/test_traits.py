"""Traits of reports do not fall below their floors, on the labels as they were written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["traits"]

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus is not beside this repository"
)


@needs_corpus
@pytest.mark.parametrize("part", sorted(FLOORS))
def test_traits_do_not_fall_below_their_floors(part: str, adapter: Adapter) -> None:
    figures = adapter("traits").measure(part)
    floors = FLOORS[part]
    assert figures["reports"] == floors["reports"]
    assert figures["p"] >= floors["p"]
    assert figures["r"] >= floors["r"]
