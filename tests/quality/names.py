"""Hands the pairs of names to Chancery and writes what it says, for `score_names.py`.

    python tests/quality/names.py GOLD.jsonl > PRED.jsonl

In: the two spellings and the schema, never the label.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chancery.lexicon import same_name
from chancery.lexicon.same_name import NameKind

KINDS: dict[str, NameKind] = {
    "Person": "person",
    "Company": "company",
    "Organization": "body",
    "Vessel": "ship",
}


def predictions(gold: Path) -> Iterator[dict[str, Any]]:
    """Yield one line of prediction a pair."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        same = same_name(row["a"], row["b"], KINDS.get(row["schema"]))
        yield {"id": row["id"], "match": same}


if __name__ == "__main__":
    for prediction in predictions(Path(sys.argv[1])):
        print(json.dumps(prediction))
