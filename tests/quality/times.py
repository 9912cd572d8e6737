"""Hands the time gold's inputs to Chancery and writes what it finds, for `score_time.py`.

times.py GOLD.jsonl > PRED.jsonl [--undated]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from chancery.model import When
from chancery.read.dates import find_times
from chancery.read.sentences import split_sentences


def predict(record: dict[str, Any], *, undated: bool = False) -> dict[str, Any]:
    """Return one line of predictions for one line of gold; only its input fields are read."""
    published = When()
    if not undated and record.get("doc_date"):
        day = date.fromisoformat(record["doc_date"][:10])
        published = When(first=day, last=day, basis="stated")
    text = record["text"]
    times = find_times(text, split_sentences(text), published)
    found = [
        {"span": [time.span.start, time.span.end], "type": time.type, "value": time.value}
        for time in times
    ]
    return {"id": record["id"], "timex": found}


def predictions(gold: Path, *, undated: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the predictions for a gold file, a line each."""
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            yield predict(json.loads(line), undated=undated)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--undated", action="store_true", help="the report's day is not known")
    arguments = parser.parse_args()
    for row in predictions(arguments.gold, undated=arguments.undated):
        print(json.dumps(row))
