"""Scores stored claims that heads made which never saw the report; see `training/deeds/folds.py`.

    python tests/quality/out_of_fold.py [PART …] [--errors FOLDER]

`predictions/articles.jsonl` holds offsets and codes, no words of any report; the words are taken
from the reports beside the repository. `predictions/digest.txt` names the gold they were made for.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import articles  # noqa: E402

PREDICTIONS = HERE / "predictions" / "articles.jsonl"
DIGEST = HERE / "predictions" / "digest.txt"
TRAINED = ("political", "general", "releases", "polnear")


def digest() -> str:
    """Name the gold events of all parts by their content."""
    found = hashlib.sha256()
    for part in articles.PARTS:
        for row in articles.rows_of(part):
            path = articles.GOLD / "events" / f"{row['id']}.jsonl"
            found.update(row["id"].encode() + b"\n" + path.read_bytes())
    return found.hexdigest()[:16]


def lines_of(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the stored claims on some reports as the scorer takes them, words and all."""
    texts = {r["id"]: f"{r['title']}\n{r['text']}" if r.get("title") else r["text"] for r in rows}
    for line in PREDICTIONS.read_text("utf-8").splitlines():
        stored = json.loads(line)
        if stored["doc"] in texts:
            yield worded(stored, texts[stored["doc"]])


def worded(stored: dict[str, Any], text: str) -> dict[str, Any]:
    """Put the report's words back into a stored claim."""
    first, last, start, end = stored["span"]
    return {
        **stored,
        "words": text[first:last],
        "start": first,
        "end": last,
        "trigger": text[start:end],
        "actors": [{"id": code} for code in stored["actors"]],
        "targets": [{"id": code} for code in stored["targets"]],
        "when": {"value": stored["when"]},
        "voice": stored["voice"] and {"kind": stored["voice"]},
    }


def score(rows: list[dict[str, Any]], errors: Path | None = None) -> dict[str, Any]:
    """Score the stored claims on some reports, and count those on reports without an event."""
    lines = list(lines_of(rows))
    with tempfile.TemporaryDirectory() as name:
        reports, predicted = Path(name) / "reports.jsonl", Path(name) / "predicted.jsonl"
        reports.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        command = [
            sys.executable, articles.GOLD / "score_events.py", reports, articles.GOLD, predicted,
        ]  # fmt: skip
        command += ["--errors", errors] if errors else []
        answer = subprocess.run(list(map(str, command)), capture_output=True, check=True, text=True)
    result: dict[str, Any] = json.loads(answer.stdout)
    empty = {row["id"] for row in rows if not articles.events_of(row["id"])}
    result["empty"] = [sum(line["doc"] in empty for line in lines), len(empty)]
    return result


def main(arguments: list[str]) -> None:
    """Print the figures of each part, and of all that were trained on together."""
    folder = arguments.pop(arguments.index("--errors") + 1) if "--errors" in arguments else None
    parts = [word for word in arguments if word in articles.PARTS] or list(articles.PARTS)
    for part in parts:
        errors = Path(folder) / f"{part}.jsonl" if folder else None
        articles.show(part, score(list(articles.rows_of(part)), errors))
    together = [row for part in TRAINED for row in articles.rows_of(part)]
    articles.show("trainable", score(together))


if __name__ == "__main__":
    main(sys.argv[1:])
