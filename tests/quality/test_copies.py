"""Copies, made and re-translated, are found among all reports, and forms are left apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from chancery.ledger import Ledger
from chancery.read import Reader

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["copies"]
ALIKE = ("template_other_event", "same_series_other_event", "same_happening_two_sides")

needs_corpus = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the corpus is not beside this repository"
)


def pairs_in(lines: list[dict[str, Any]]) -> set[frozenset[str]]:
    return {frozenset((line["a"], line["b"])) for line in lines}


def with_twins(made: list[dict[str, str]], twins: set[frozenset[str]]) -> set[frozenset[str]]:
    """Return the true pairs: a copy of one of two same texts is a copy of the other too."""
    true = {frozenset((row["id"], row["copy_of"])) for row in made}
    for twin in twins:
        for row in made:
            if row["copy_of"] in twin:
                true |= {frozenset((row["id"], other)) for other in twin}
    return true | twins


@needs_corpus
def test_made_copies_are_found_among_all_reports(adapter: Adapter, tmp_path: Path) -> None:
    stories, making = adapter("stories"), adapter("made_copies")
    corpus = making.corpus()
    made = making.make_copies(corpus, FLOORS["made"]["count"])
    gold = stories.rows_of([stories.STORIES / "pairs.jsonl"])
    twins = {pair for row in gold if row["relation"] == "same_text" for pair in pairs_in([row])}
    with Ledger.open(tmp_path / "made.ledger") as ledger:
        stories.fill(ledger, [*corpus, *made])
        found = pairs_in(list(stories.copies(ledger)))
    true = with_twins(made, twins)
    figures = {
        "precision": len(found & true) / len(found),
        "recall": sum(frozenset((row["id"], row["copy_of"])) in found for row in made) / len(made),
    }
    low = {name: value for name, value in figures.items() if value < FLOORS["made"][name]}
    assert not low, f"below the floor: {low}"
    assert twins <= found
    assert (
        not {pair for row in gold if row["relation"] in ALIKE for pair in pairs_in([row])} & found
    )


def test_copies_are_made_alike_each_time(adapter: Adapter) -> None:
    making = adapter("made_copies")
    text = " ".join(f"The envoy of town {number} said “no” to 12 men." for number in range(12))
    rows = [
        {"id": f"r{number}", "title": "Envoys", "text": text, "published": "2020-02-10",
         "publisher": "Gazette"}
        for number in range(30)
    ]  # fmt: skip
    made = making.make_copies(rows, 20, 1)
    assert made == making.make_copies(rows[::-1], 20, 1)
    assert len({edit for row in made for edit in row["edits"]}) > 12
    assert all(row["edits"] and row["copy_of"].startswith("r") for row in made)


@needs_corpus
def test_retranslated_copies_are_found_and_near_misses_are_not(
    adapter: Adapter, tmp_path: Path
) -> None:
    stories = adapter("stories")
    ours = stories.rows_of([HERE / "labels" / "retranslated.jsonl"])
    given = stories.rows_of([stories.STORIES / "retranslated.jsonl"])
    # Beside each original stand the reports of its series, on the days around.
    series = {row["copy_of"][:2] + row["copy_of"][11:40] for row in given}
    beside = [
        row for row in stories.rows_of(stories.CORPUS) if row["id"][:2] + row["id"][11:40] in series
    ]
    with Ledger.open(tmp_path / "anew.ledger") as ledger:
        stories.fill(ledger, [*ours, *given, *beside], Reader.load())
        found = pairs_in(list(stories.copies(ledger)))
    copies = [row for row in [*ours, *given] if row.get("copy_of")]
    true = pairs_in([{"a": row["id"], "b": row["copy_of"]} for row in copies])
    mine = {pair for pair in found if any(row["id"] in pair for row in copies)}
    figures = {"precision": len(mine & true) / len(mine), "recall": len(mine & true) / len(true)}
    low = {name: value for name, value in figures.items() if value < FLOORS["retranslated"][name]}
    assert not low, f"below the floor: {low}"
    assert (
        not pairs_in([{"a": row["id"], "b": row["like"]} for row in ours if "like" in row]) & found
    )
