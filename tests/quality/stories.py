"""Reads the whole corpus into one ledger and says which reports are copies and tell one story.

    python tests/quality/stories.py LEDGER [PRED]

In: all reports of the development corpus together with the re-translated copies of `stories`. The
ledger is filled where it is not there yet, which takes some minutes. Out: the lines that
`score_copies.py` takes, to PRED where that is given, and its figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from chancery.ingest import ingest
from chancery.ledger import Ledger
from chancery.ledger.origins import Groups
from chancery.model import Happening
from chancery.read import Reader

SHARED = Path(__file__).resolve().parents[3] / "shared"
STORIES = SHARED / "gold" / "stories"
CORPUS = (SHARED / "corpus" / "corpus.jsonl", SHARED / "corpus" / "general.jsonl")
FIELDS = ("id", "title", "text", "published", "publisher", "url")

ONE_TEXT = ("same-text", "copy", "excerpt", "retranslation")
HAPPENED = ("happened", "ongoing", "alleged")
NEAR_DAYS = 3
"""A happening so near to a report's own day may be what the report is about."""

Row = dict[str, Any]


def rows_of(files: Iterable[Path]) -> list[Row]:
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def fill(ledger: Ledger, rows: Iterable[Row], reader: Reader | None = None) -> None:
    """Take rows in as a user would, and read them where a reader is given."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "reports.jsonl"
        lines = (json.dumps({key: row[key] for key in FIELDS if row.get(key)}) for row in rows)
        file.write_text("\n".join(lines), "utf-8")
        ledger.add(ingest(file))
    if reader:
        ledger.record(reader.read(ledger.unread(reader.run_of)))
    ledger.reconcile()


def keys_of(ledger: Ledger) -> dict[str, str]:
    """Return the corpus's own name of each report."""
    return {report.id: report.key or report.id for report in ledger.reports()}


def copies(ledger: Ledger) -> Iterator[Row]:
    """Yield the pairs of reports that the ledger takes for one text."""
    keys = keys_of(ledger)
    for tie in ledger.sql("SELECT * FROM ties WHERE holds ORDER BY first, second, kind"):
        if tie["kind"] in ONE_TEXT:
            yield {"a": keys[tie["first"]], "b": keys[tie["second"]], "relation": "copy"}


def same(ledger: Ledger) -> Iterator[Row]:
    """Yield the pairs of reports that share a happening which is near the day of both."""
    keys = keys_of(ledger)
    pairs = {pair for one in main_happenings(ledger) for pair in combinations(one, 2)}
    for first, second in sorted(pairs):
        yield {"a": keys[first], "b": keys[second], "relation": "same"}


def stories(ledger: Ledger) -> Iterator[Row]:
    """Yield the stories: reports that happenings near their own days tie together."""
    keys, groups = keys_of(ledger), Groups()
    for reports in main_happenings(ledger):
        for report in reports[1:]:
            groups.join(reports[0], report)
    for number, members in enumerate(groups.all()):
        yield {"story": f"story-{number}", "members": [keys[one] for one in members]}


def main_happenings(ledger: Ledger) -> Iterator[list[str]]:
    """Yield, for each happening that took place, the reports near whose own day it did."""
    days = {report.id: report.published.first for report in ledger.reports()}
    for one in ledger.happenings():
        near = [report for report in one.reports if _is_near(one, days[report])]
        if one.standing in HAPPENED and len(near) > 1:
            yield near


def _is_near(happening: Happening, day: Any) -> bool:
    first, last = happening.when.first, happening.when.last
    return bool(first and last and day) and -1 <= (day - last).days <= NEAR_DAYS


def score(lines: Iterable[Row]) -> Row:
    """Return the scorer's figures for some lines."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "pred.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        command = [sys.executable, str(STORIES.parent / "score_copies.py"), str(STORIES), str(file)]
        answer = subprocess.run(command, capture_output=True, check=True, text=True)
    figures: Row = json.loads(answer.stdout)
    return figures


def main(arguments: list[str]) -> None:
    with Ledger.open(arguments[0]) as ledger:
        if not ledger.snapshots():
            fill(ledger, rows_of([*CORPUS, STORIES / "retranslated.jsonl"]), Reader.load())
        ledger.reconcile()
        lines = [*copies(ledger), *same(ledger), *stories(ledger)]
    if len(arguments) > 1:
        Path(arguments[1]).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    print(json.dumps(score(lines)))


if __name__ == "__main__":
    main(sys.argv[1:])
