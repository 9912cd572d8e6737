"""The labelled pairs of claims are what their README says, and their scorer counts aright."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Adapter = Callable[[str], ModuleType]
LABELS = Path(__file__).resolve().parent / "labels" / "claim_pairs.jsonl"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
KINDS = {"same", "stage", "other", "unclear", "misread"}
MOST_WORDS = 12


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def side(report: str, start: int) -> dict[str, Any]:
    place = {"trigger": [start, start + 5], "frame": "meet", "type": "CONSULT"}
    return {"report": report, **place}


def claim(name: str, start: int, frame: str = "meet") -> dict[str, Any]:
    return {"id": name, "frame": frame, "trigger_start": start, "trigger_end": start + 5}


def test_pairs_of_claims_are_each_listed_once() -> None:
    pairs = rows()
    named = {frozenset(json.dumps(row[part]) for part in ("a", "b")) for row in pairs}
    assert len(named) == len({row["id"] for row in pairs}) == len(pairs)


def test_pairs_of_claims_are_counted_as_the_readme_says() -> None:
    counts = Counter(row["label"] for row in rows())
    assert counts == {"same": 124, "stage": 46, "other": 592, "unclear": 30, "misread": 108}
    assert Counter(row["split"] for row in rows()) == {"dev": 546, "held_out": 354}


def test_each_pair_of_claims_says_what_it_must() -> None:
    for row in rows():
        assert row["label"] in KINDS
        assert ("stage" in row) == (row["label"] == "stage"), row
        assert ("sentences" in row) == (row["label"] == "misread"), row
        assert 1 <= len(row["why"].split()) <= MOST_WORDS
        assert all(row[part]["trigger"][0] < row[part]["trigger"][1] for part in ("a", "b"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the repository")
def test_pairs_of_claims_name_places_in_reports_of_the_corpus() -> None:
    lengths = {}
    for name in ("corpus.jsonl", "general.jsonl"):
        for line in (CORPUS / name).read_text("utf-8").splitlines():
            report = json.loads(line)
            lengths[report["id"]] = len(report["title"]) + 1 + len(report["text"])
    for row in rows():
        for part in ("a", "b"):
            assert row[part]["trigger"][1] <= lengths[row[part]["report"]]


def test_a_claim_is_found_by_its_frame_before_its_words(adapter: Adapter) -> None:
    find = adapter("claim_pairs").find
    near = [claim("clm_1", 10, "visit"), claim("clm_2", 13), claim("clm_3", 40)]
    assert find(side("r", 10), near) == "clm_2"
    assert find(side("r", 9), near[:1]) == "clm_1"
    assert find(side("r", 20), near) is None


def test_joined_and_linked_pairs_are_counted(adapter: Adapter) -> None:
    pairs = adapter("claim_pairs")
    claims = {("r", "CONSULT"): [claim(f"clm_{number}", number * 10) for number in range(5)]}
    held = pairs.Stored(
        claims=claims,
        happenings={"clm_0": "hap_a", "clm_1": "hap_a", "clm_2": "hap_b", "clm_3": "hap_c"},
        stages=frozenset({frozenset({"hap_a", "hap_b"})}),
    )
    told = [(0, 1, "same"), (0, 2, "stage"), (2, 3, "same"), (1, 3, "other"), (0, 9, "same")]
    told.append((1, 2, "unclear"))
    labelled = [
        {"label": label, "a": side("r", first * 10), "b": side("r", second * 10)}
        for first, second, label in told
    ]
    found = list(pairs.judge(labelled, held))
    assert len(found) == 5
    assert found[-1] is None
    assert pairs.figures(found[:-1], "same") == (1, 1, 2)
    assert pairs.figures(found[:-1], "stage") == (1, 1, 1)
    assert pairs.figures(found[:-1], "same").f1 == pytest.approx(2 / 3)
