"""Scores stored groups of mentions that networks made which never saw their topic.

    python tests/quality/coref.py
    python tests/quality/coref.py --gold OTHER.jsonl --out PRED.jsonl

The second reads topics that nothing was trained on with what is shipped, and scores that.
`predictions/coref.jsonl` holds the numbers of documents and offsets, no words; it is made by
`training/coref/fit.py`. `predictions/coref.digest.txt` names the gold that it was made for.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from chancery.model import Span
from chancery.read import Reader
from chancery.read.corefer import DeedMention

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "gold"
GOLD = SHARED / "coref" / "ecbplus.jsonl"
SCORER = SHARED / "score_coref.py"
PREDICTIONS = HERE / "predictions" / "coref.jsonl"
DIGEST = HERE / "predictions" / "coref.digest.txt"

Group = frozenset[tuple[str, int]]


def digest() -> str:
    """Name the gold by its content."""
    return hashlib.sha256(GOLD.read_bytes()).hexdigest()[:16]


def line_of(
    topic: str, names: Sequence[str], clusters: Iterable[Iterable[DeedMention]]
) -> dict[str, Any]:
    """Return a line to keep: groups of [document, start, end]; mentions name texts by number."""
    groups = [[[int(m.doc), m.span.start, m.span.end] for m in cluster] for cluster in clusters]
    return {"id": topic, "docs": list(names), "clusters": sorted(map(sorted, groups))}


def keep(lines: Iterable[dict[str, Any]]) -> None:
    """Keep the lines, and for what gold they were made."""
    told = (json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    PREDICTIONS.write_text("".join(told), "utf-8")
    DIGEST.write_text(digest() + "\n", "utf-8")


def stored() -> list[dict[str, Any]]:
    """Return the stored groups as the scorer takes them."""
    found = []
    for line in PREDICTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        clusters = [
            [{"doc": row["docs"][doc], "span": [start, end]} for doc, start, end in cluster]
            for cluster in row["clusters"]
        ]
        docs = [{"id": name} for name in row["docs"]]
        found.append({"id": row["id"], "docs": docs, "clusters": clusters})
    return found


def answered(gold: Path, reader: Reader) -> Iterator[dict[str, Any]]:
    """Yield what the shipped reader says of each topic: texts and spans go in, nothing else."""
    for line in gold.read_text("utf-8").splitlines():
        topic = json.loads(line)
        texts = {doc["id"]: doc["text"] for doc in topic["docs"]}
        told = {(m["doc"], Span(*m["span"])) for cluster in topic["clusters"] for m in cluster}
        groups = [
            [{"doc": m.doc, "span": [m.span.start, m.span.end]} for m in group]
            for group in reader.corefer(texts, told)
        ]
        docs = [{"id": name} for name in texts]
        yield {"id": topic["id"], "docs": docs, "clusters": groups}


def score(lines: Iterable[dict[str, Any]], gold: Path = GOLD) -> dict[str, Any]:
    """Run the scorer on some lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
        file.flush()
        command = [sys.executable, str(SCORER), str(gold), file.name]
        answer = subprocess.run(command, capture_output=True, check=True, text=True)
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


@cache
def scorer() -> ModuleType:
    """Load the scorer, for those who fit: they ask it thousands of times."""
    spec = importlib.util.spec_from_file_location("score_coref", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def conll(gold: Sequence[Group], said: Sequence[Group]) -> float:
    """Return the CoNLL F1 of groups, as the scorer reckons it."""
    rules = scorer()
    figures = []
    for measure in (rules.muc, rules.b3):
        (found, all_gold), (right, all_said) = measure(gold, said), measure(said, gold)
        figures.append(rules.f1(right / max(all_said, 1), found / max(all_gold, 1)))
    aligned = rules.ceafe(gold, said)
    figures.append(rules.f1(aligned / max(len(said), 1), aligned / max(len(gold), 1)))
    return float(sum(figures) / len(figures))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.gold is None:
        print(json.dumps(score(stored())))
        return
    lines = list(answered(options.gold, Reader.load()))
    if options.out:
        options.out.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    print(json.dumps(score(lines, options.gold)))


if __name__ == "__main__":
    main()
