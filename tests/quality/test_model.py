"""The shipped model's scores do not fall below their floors.

Every fourth sentence (every fourth PUD document for raw text; GUM's news whole) is scored, so
that it takes seconds; `training/evaluate.py` scores all of them, and `docs/quality.md` gives those
figures. Test parts, PUD and the news set were trained on by no shipped weights.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chancery.read.encoder import Encoder
from chancery.read.words import split_words

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"
TRAINING = ROOT / "training"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["model"]
MEANING = HERE.parent / "data" / "meaning"
SAMPLE = 4

needs_gold = pytest.mark.skipif(
    not (SHARED / "treebank").is_dir() or not TRAINING.is_dir(),
    reason="the treebanks are not beside this repository",
)


@pytest.fixture(scope="module")
def scores() -> dict[str, Any]:
    sys.path.insert(0, str(TRAINING))
    try:
        from evaluate import evaluate
    finally:
        sys.path.remove(str(TRAINING))
    found: dict[str, Any] = evaluate(Encoder.load(), SAMPLE)
    return found


@needs_gold
@pytest.mark.parametrize(
    ("part", "figure", "floor"),
    [
        (part, figure, floor)
        for part, row in FLOORS["sampled"].items()
        for figure, floor in row.items()
    ],
)
def test_no_figure_falls(scores: dict[str, Any], part: str, figure: str, floor: float) -> None:
    assert scores[part][figure] >= floor


def test_embeddings_stay_close_to_the_original() -> None:
    """`original.npy` holds the original encoder's embeddings of our own sentences, made once."""
    encoder = Encoder.load()
    lines = (MEANING / "sentences.txt").read_text(encoding="utf-8").splitlines()
    original = np.load(MEANING / "original.npy", allow_pickle=False).astype(np.float32)
    ours = np.stack(
        [encoder.encode([word.of(line) for word in split_words(line)]).meaning for line in lines]
    )
    assert float((ours * original).sum(1).mean()) >= FLOORS["cosine to original"]
