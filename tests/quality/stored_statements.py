"""Scores stored statements found by a model that never saw the text; see `training/statements`.

    python tests/quality/stored_statements.py

`predictions/statements.jsonl` holds offsets and kinds, no words of any text; the words are taken
from the texts beside the repository. `predictions/statements.digest.txt` names the gold.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
GOLD = SHARED / "gold"
POLNEAR = GOLD / "attribution" / "polnear.jsonl"
ARTICLES = GOLD / "articles"
REPORTS = (SHARED / "corpus" / "corpus.jsonl", SHARED / "corpus" / "general.jsonl")
PREDICTIONS = HERE / "predictions" / "statements.jsonl"
DIGEST = HERE / "predictions" / "statements.digest.txt"


def digest() -> str:
    """Name the gold by its content."""
    found = hashlib.sha256(POLNEAR.read_bytes())
    for path in sorted((ARTICLES / "statements").glob("*.jsonl")):
        found.update(path.name.encode() + b"\n" + path.read_bytes())
    return found.hexdigest()[:16]


def stored() -> dict[str, list[dict[str, Any]]]:
    """Return the stored statements by text."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in PREDICTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["doc"]] = row["statements"]
    return found


def rows_of(paths: Iterable[Path], keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the records of some texts as they stand in their files."""
    wanted = set(keys)
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in wanted:
                yield row


def relations(key: str, statements: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return one text's statements as relations: the pieces of one speaker and cue together."""
    found: dict[tuple[Any, ...], dict[str, list[list[int]]]] = {}
    for statement in statements:
        speaker, cue, content = (statement[name] for name in ("speaker", "cue", "content"))
        parts = tuple(tuple(span or ()) for span in (speaker, cue, None if cue else content))
        row = found.setdefault(
            parts,
            {"source": [speaker] * bool(speaker), "cue": [cue] * bool(cue), "content": []},
        )
        row["content"].append(content)
    return {"id": key, "relations": list(found.values())}


def lines(row: dict[str, Any], statements: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one report's statements as the scorer takes them, words and all."""
    text = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
    for statement in statements:
        start, end = statement["content"]
        first, last = statement["speaker"] or (0, 0)
        cue = statement["cue"]
        yield {
            "doc": row["id"],
            "content": text[start:end],
            "start": start,
            "end": end,
            "speaker": {"kind": statement["kind"], "text": text[first:last] or None},
            "cue": text[slice(*cue)] if cue else None,
            "mode": statement["mode"],
            "foresees": statement["foresees"],
        }


def scored(*command: str | Path) -> dict[str, Any]:
    """Run a scorer and return its figures."""
    run = subprocess.run(
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def written(rows: Iterable[dict[str, Any]], path: Path) -> Path:
    """Write records as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def attribution() -> dict[str, Any]:
    """Score the stored statements of PolNeAR."""
    found = stored()
    rows = (relations(row["id"], found[row["id"]]) for row in rows_of([POLNEAR], found))
    with tempfile.TemporaryDirectory() as folder:
        predicted = written(rows, Path(folder) / "predicted.jsonl")
        return scored(GOLD / "score_attribution.py", POLNEAR, predicted)


def reports() -> dict[str, Any]:
    """Score the stored statements of our own annotated reports."""
    found = stored()
    rows = list(rows_of(REPORTS, found))
    predicted = (line for row in rows for line in lines(row, found[row["id"]]))
    with tempfile.TemporaryDirectory() as folder:
        return scored(
            ARTICLES / "score_statements.py",
            written(rows, Path(folder) / "reports.jsonl"),
            ARTICLES,
            written(predicted, Path(folder) / "predicted.jsonl"),
        )


if __name__ == "__main__":
    for name, figures in (("polnear", attribution()), ("reports", reports())):
        print(name, json.dumps(figures))
