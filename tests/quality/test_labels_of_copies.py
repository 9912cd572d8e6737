"""The labels for copies and for accounts of one meeting are what their README says."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

LABELS = Path(__file__).resolve().parent / "labels"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "corpus.jsonl"
RUN = 5
MOST_SHARED = 0.03


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELS / name).read_text("utf-8").splitlines()]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def test_a_retranslated_copy_shares_hardly_a_run_of_words_with_its_original() -> None:
    texts = {row["id"]: row for row in rows("retranslated.jsonl")}
    copies = [row for row in texts.values() if "copy_of" in row]
    assert (len(copies), sum("like" in row for row in texts.values())) == (28, 14)
    for copy in copies:
        mine = runs(copy["text"])
        assert len(mine & runs(texts[copy["copy_of"]]["text"])) <= MOST_SHARED * len(mine)


def test_pairs_of_meetings_are_each_listed_once() -> None:
    pairs = rows("meetings.jsonl")
    assert len({frozenset((row["a"], row["b"])) for row in pairs}) == len(pairs)
    counts = Counter(row["relation"] for row in pairs)
    assert counts == {"same": 24, "same_side": 93, "stage": 99, "other": 201}


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not beside the repository")
def test_pairs_of_meetings_name_reports_of_the_corpus() -> None:
    known = {json.loads(line)["id"] for line in CORPUS.read_text("utf-8").splitlines()}
    assert {row[side] for row in rows("meetings.jsonl") for side in ("a", "b")} <= known
