"""Runs the reader over single sentences and scores who did what to whom.

    python tests/quality/tuples.py [SET …] [--frames]

In: the sentence and its date, never a label. Out: the claims as `chancery code` writes them,
handed to the scorer, which knows nothing of Chancery; one line of figures a set and level. Sets
are `petr2_gsr`, `plover_gsr` and `cameo_coders`. With `--frames` the reader goes without its model.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chancery.ingest import ingest
from chancery.model import Report
from chancery.outputs.coding import code_lines
from chancery.read import Reader

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "gold"
LEVELS = {"petr2_gsr": ("full",), "plover_gsr": ("root", "pair"), "cameo_coders": ("root",)}
"""The sets, each with the levels at which it is scored."""

CAMEO_SETS = frozenset({"petr2_gsr", "cameo_coders"})
"""The sets coded in CAMEO, which parts some deeds and people otherwise than PLOVER."""

CAMEO_TYPES = {
    "055": "SUPPORT", "083": "CONCEDE", "087": "RETREAT", "0871": "RETREAT", "116": "ACCUSE",
}  # fmt: skip
"""Our codes that lie in the root of another type: to apologise (05), a conviction (11)."""

CAMEO_OPPOSITION = re.compile(
    r"\b(?:activist|demonstrator|detainee|dissident|protest[eo]r|rioter)s?\b", re.IGNORECASE
)
"""Civilians by PLOVER whom the agents' list that goes with CAMEO's coders has as opposition."""


def gold_of(name: str) -> Path:
    """Return where a set lies."""
    return GOLD / "events" / f"{name}.dev.jsonl"


def claims_in(gold: Path, folder: Path, reader: Reader) -> Iterator[dict[str, Any]]:
    """Yield the claims of a set's sentences, taken in as a user would: through `ingest`."""
    rows = map(json.loads, gold.read_text("utf-8").splitlines())
    fields = {"id": "id", "text": "text", "published": "date"}
    lines = [
        json.dumps({ours: row[theirs] for ours, theirs in fields.items() if row.get(theirs)})
        for row in rows
    ]
    file = folder / "sentences.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    for report in ingest(file):
        if isinstance(report, Report):
            yield from code_lines(report, reader.read_one(report), "claims")


def as_coded(line: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a claim by the scheme of a set: facts of whole classes, and of no sentence.

    The CAMEO sets have a type by its code, and who protests as opposition.
    """
    if name not in CAMEO_SETS:
        return line
    sides = {
        side: [
            {**party, "id": party["id"].replace(".CVL", ".OPP")}
            if party["id"] and CAMEO_OPPOSITION.search(party["text"] or "")
            else party
            for party in line[side]
        ]
        for side in ("actors", "targets")
    }
    return {**line, **sides, "type": CAMEO_TYPES.get(line["cameo"], line["type"])}


def score(name: str, reader: Reader) -> dict[str, dict[str, Any]]:
    """Read the sentences of a set and score the claims, by level."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        claims = claims_in(gold_of(name), Path(folder), reader)
        lines = [as_coded(line, name) for line in claims]
        predicted.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        for level in LEVELS[name]:
            command = [sys.executable, GOLD / "score_tuples.py", gold_of(name), predicted]
            command += ["--level", level]
            answer = subprocess.run(
                list(map(str, command)), capture_output=True, check=True, text=True
            )
            results[level] = json.loads(answer.stdout)
    return results


def main(arguments: list[str]) -> None:
    """Print one line of figures a set and level."""
    reader = Reader.load("frames" if "--frames" in arguments else "small")
    for name in [word for word in arguments if word in LEVELS] or list(LEVELS):
        for level, result in score(name, reader).items():
            show(name, level, result)


def show(name: str, level: str, result: dict[str, Any]) -> None:
    """Print the figures of a set at a level on one line; silence everywhere has F1 0."""
    figures = f"{result['p']:.3f}/{result['r']:.3f}/{result['f1']:.3f}"
    counts = f"gold {result['gold']} pred {result['pred']} right {result['right']}"
    none = result["none"]
    silent = (
        "" if none["silent"] is None else f" silent {none['silent']:.3f} of {none['sentences']}"
    )
    print(f"{name:12} {level:5} n={result['sentences']} p/r/f1 {figures} {counts}{silent}")


if __name__ == "__main__":
    main(sys.argv[1:])
