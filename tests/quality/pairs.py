"""Hands pairs over to Chancery and scores the types it gives them.

    python tests/quality/pairs.py [SET …] [--frames]

In: the text and both sides, never the label. Out: one line of figures a set, from the scorer,
which knows nothing of Chancery. Sets are `plv`, `aw_wiki` and `cameo_penta`: they measure, and
are never looked at. With `--frames` the reader goes without its model.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chancery.errors import UsageError
from chancery.read import Reader

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "gold"
SETS = {"plv": "root", "aw_wiki": "binary", "cameo_penta": "quad"}
"""The sets, each with its main figure."""

GRAINS = ("root", "quad", "binary")


def gold_of(name: str) -> Path:
    """Return where a set lies."""
    return GOLD / "events" / f"{name}.dev.jsonl"


def predictions(gold: Path, reader: Reader) -> Iterator[dict[str, Any]]:
    """Yield one line of prediction a pair; one that cannot be handed over has no type."""
    for line in gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        actor, target = row.get("source"), row.get("target")
        try:
            typed = reader.classify(row["text"], actor, target)
        except UsageError:
            yield {"id": row["id"], "type": None}
            continue
        yield {"id": row["id"], "type": typed.type, "standing": typed.standing}


def score(name: str, reader: Reader) -> dict[str, Any]:
    """Type the pairs of a set and score them; `speed` is pairs a second."""
    started = time.perf_counter()
    lines = [json.dumps(line) for line in predictions(gold_of(name), reader)]
    speed = len(lines) / (time.perf_counter() - started)
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predicted.write_text("\n".join(lines), "utf-8")
        command = [sys.executable, GOLD / "score_pairs.py", gold_of(name), predicted]
        answer = subprocess.run(list(map(str, command)), capture_output=True, check=True, text=True)
    result: dict[str, Any] = json.loads(answer.stdout)
    result["typed"] = sum(json.loads(line)["type"] is not None for line in lines)
    result["speed"] = round(speed)
    return result


def main(arguments: list[str]) -> None:
    """Print one line of figures a set."""
    reader = Reader.load("frames" if "--frames" in arguments else "small")
    for name in [word for word in arguments if word in SETS] or list(SETS):
        show(name, score(name, reader))


def show(name: str, result: dict[str, Any]) -> None:
    """Print the figures of a set on one line: macro F1 and accuracy of each grain, a constant's."""
    figures = " ".join(
        f"{grain} {result[grain]['macro_f1']:.3f}/{result[grain]['accuracy']:.3f}"
        f" (constant {result[grain]['majority']['macro_f1']:.3f})"
        for grain in GRAINS
        if grain in result
    )
    typed = f"typed {result['typed']}/{result['records']}"
    print(f"{name:12} {figures} {typed} {result['speed']} pairs/s")
    by_type = result[SETS[name]]["f1"]
    print(f"{'':12} {' '.join(f'{kind} {f1:.2f}' for kind, f1 in by_type.items())}")


if __name__ == "__main__":
    main(sys.argv[1:])
