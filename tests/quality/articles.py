"""Runs the reader over whole annotated reports and scores its claims.

    python tests/quality/articles.py [PART …] [--errors FOLDER] [--frames]

In: the reports' own fields (id, title, text, published), never a label. Out: the claims as
`chancery code` writes them, handed to the scorer, which knows nothing of Chancery. Parts are
`political`, `general`, `releases`, `polnear` and `newswire`. The shipped model was trained on all
but the last: for them `out_of_fold.py` has figures that mean something, and here `--frames`, the
reader without its model.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chancery.ingest import ingest
from chancery.model import Report
from chancery.outputs.coding import code_lines
from chancery.read import Reader

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "gold" / "articles"
PARTS = {
    "political": (("corpus/corpus.jsonl",), ("wn-", "gum-")),
    "general": (("corpus/general.jsonl",), ("",)),
    "releases": (("corpus/corpus.jsonl",), ("kh-", "kr-", "ua-", "wh-")),
    "polnear": (("gold/articles/newswire.jsonl",), ("polnear-",)),
    "newswire": (("gold/articles/newswire.jsonl",), ("timebank-", "aquaint-")),
}


def rows_of(part: str) -> Iterator[dict[str, Any]]:
    """Yield the annotated reports of a part as they stand in their files."""
    files, prefixes = PARTS[part]
    for file in files:
        for line in (SHARED / file).read_text("utf-8").splitlines():
            row = json.loads(line)
            annotated = (GOLD / "events" / f"{row['id']}.jsonl").exists()
            if annotated and row["id"].startswith(prefixes):
                yield row


def taken_in(rows: Iterable[dict[str, Any]], folder: Path) -> Iterator[Report]:
    """Take rows in as a user would: JSON Lines through `ingest`."""
    fields = ("id", "title", "text", "published", "publisher", "url")
    file = folder / "reports-in.jsonl"
    lines = (json.dumps({k: row[k] for k in fields if row.get(k)}) for row in rows)
    file.write_text("\n".join(lines), "utf-8")
    return (item for item in ingest(file) if isinstance(item, Report))


def score(rows: list[dict[str, Any]], reader: Reader, errors: Path | None = None) -> dict[str, Any]:
    """Read the rows, score the claims, and add the share of empty reports kept silent."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports, predicted = folder / "reports.jsonl", folder / "predicted.jsonl"
        reports.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        lines = [
            line
            for report in taken_in(rows, folder)
            for line in code_lines(report, reader.read_one(report), "claims")
        ]
        predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        command = [sys.executable, GOLD / "score_events.py", reports, GOLD, predicted]
        if errors:
            command += ["--errors", errors]
        answer = subprocess.run(list(map(str, command)), capture_output=True, check=True, text=True)
    result: dict[str, Any] = json.loads(answer.stdout)
    empty = {row["id"] for row in rows if not events_of(row["id"])}
    result["empty"] = [sum(line["doc"] in empty for line in lines), len(empty)]
    return result


def events_of(report: str) -> list[str]:
    """Return the gold lines of a report."""
    return (GOLD / "events" / f"{report}.jsonl").read_text("utf-8").split()


def main(arguments: list[str]) -> None:
    """Print one line of figures a part, and one of all together but newswire."""
    errors = (
        Path(arguments.pop(arguments.index("--errors") + 1)) if "--errors" in arguments else None
    )
    parts = [word for word in arguments if word in PARTS] or list(PARTS)
    reader = Reader.load("frames" if "--frames" in arguments else "small")
    together: list[dict[str, Any]] = []
    for part in parts:
        rows = list(rows_of(part))
        if part != "newswire":
            together += rows
        show(part, score(rows, reader, errors / f"{part}.jsonl" if errors else None))
    show("trainable", score(together, reader))


def show(part: str, result: dict[str, Any]) -> None:
    """Print the figures of a part on one line."""
    levels = " ".join(
        f"{level} {result[level]['p']:.3f}/{result[level]['r']:.3f}/{result[level]['f1']:.3f}"
        for level in ("found", "typed", "event", "full")
    )
    ratio = result["predicted"] / max(result["gold_core"], 1)
    print(f"{part:10} n={result['docs']} {levels} pred/gold {ratio:.2f} empty {result['empty']}")
    print(f"{'':10} given {result['given_event']} hard {result['hard']}")


if __name__ == "__main__":
    main(sys.argv[1:])
