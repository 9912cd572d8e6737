"""Nested voices and facets do not fall below their floors, on the labels as they were written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["nested"]

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus is not beside this repository"
)


@needs_corpus
@pytest.mark.parametrize("part", sorted(FLOORS))
def test_nested_voices_do_not_fall_below_their_floors(part: str, adapter: Adapter) -> None:
    figures = adapter("nesting").measure(part)
    floors = FLOORS[part]
    assert (figures["sentences"], figures["pairs"]) == (floors["sentences"], floors["pairs"])
    for what in ("nested", "facets"):
        for figure in ("p", "r"):
            assert figures[what][figure] >= floors[what][figure], (what, figure)
