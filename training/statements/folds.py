"""Reads each annotated text with a model that never saw it: `folds.py --weights FOLDER`.

For every fold `FOLD.pt` is exported and the fold's texts are read with it. The statements go to
one file, offsets and kinds and no words of any text, so that the tests can score them again. With
`--fold` only those are read anew.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "quality"), str(HERE)]

from gold import FOLDS, articles, polnear  # noqa: E402
from statements import statements_of  # noqa: E402
from stored_statements import DIGEST, PREDICTIONS, digest, stored, written  # noqa: E402

from chancery.model import Span, Statement  # noqa: E402
from chancery.read.encoder import SHIPPED, Encoder  # noqa: E402


def row_of(statement: Statement) -> dict[str, Any]:
    """Return a statement as offsets and kinds alone."""
    voice = statement.voice
    return {
        "content": _pair(statement.content),
        "speaker": _pair(voice.name),
        "cue": _pair(voice.cue),
        "kind": voice.kind,
        "mode": statement.mode,
        "foresees": statement.foresees,
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def read_fold(fold: int, weights: Path) -> Iterator[dict[str, Any]]:
    """Yield the statements of each text of one fold."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, HERE / "export_roles.py", "--weights", weights / f"{fold}.pt"]
        command += ["--base", SHIPPED, "--out", folder]
        subprocess.run(list(map(str, command)), check=True)
        encoder = Encoder.load(folder)
        for gold in (*polnear(), *articles()):
            if gold.fold == fold and gold.part != "newswire":
                _, statements = statements_of(gold.row, encoder)
                yield {"doc": gold.id, "statements": [row_of(item) for item in statements]}


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--fold", type=int, nargs="+", default=list(range(FOLDS)))
    arguments = parser.parse_args()
    found = stored() if PREDICTIONS.exists() else {}
    for fold in arguments.fold:
        found |= {row["doc"]: row["statements"] for row in read_fold(fold, arguments.weights)}
        print(f"fold {fold} read", flush=True)
    rows = ({"doc": key, "statements": found[key]} for key in sorted(found))
    written(rows, PREDICTIONS)
    DIGEST.write_text(digest() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
