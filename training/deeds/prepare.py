"""Reads all annotated reports once: `python training/deeds/prepare.py --out FOLDER`.

Writes `examples.pickle`, every sentence with its labels, `states.npy`, the states that the
encoder's lower half gives for them, one sentence after the other, and the vocabulary that cut
them. Needs the gold set beside the repository; without it only our own reports are read.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "quality"), str(HERE)]

import articles  # noqa: E402
import numpy as np  # noqa: E402
from marked import read_pairs  # noqa: E402
from reports import (  # noqa: E402
    SHARED,
    Annotated,
    Annotator,
    Example,
    gold_reports,
    own_reports,
    real_reports,
)

from chancery.model import Report  # noqa: E402
from chancery.read.encoder import VOCABULARY, Encoder  # noqa: E402
from chancery.read.wordpiece import WordPiece  # noqa: E402


def gold_rows() -> Iterator[tuple[str, str, Report]]:
    """Yield part, id and report of the gold set, each report taken in as a user's would be."""
    for part in articles.PARTS:
        rows = list(articles.rows_of(part))
        with tempfile.TemporaryDirectory() as folder:
            for report in articles.taken_in(rows, Path(folder)):
                yield part, str(report.key), report


def write_states(path: Path, examples: list[Example], encoder: Encoder) -> None:
    """Write the last states of the lower half: all pieces of all sentences × 384, float16."""
    pieces = WordPiece.load(encoder.folder / VOCABULARY)
    counts = [len(pieces.arrange(example.line.words).ids) for example in examples]
    shape = (sum(counts), 384)
    table = np.lib.format.open_memmap(path, "w+", dtype=np.float16, shape=shape)
    row = 0
    for number, (example, count) in enumerate(zip(examples, counts, strict=True)):
        table[row : row + count] = encoder.trunk(example.line.words).states[-1]
        row += count
        if number % 5000 == 0:
            print(f"states of {number} of {len(examples)} sentences", flush=True)
    table.flush()


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    annotator = Annotator()
    reports: list[Annotated] = list(own_reports(annotator))
    print(f"{len(reports)} of our own", flush=True)
    reports += real_reports(annotator)
    print(f"{len(reports)} with the real ones that we annotated", flush=True)
    if (SHARED / "gold").is_dir():
        reports += gold_reports(annotator, gold_rows())
    print(f"{len(reports)} reports", flush=True)
    pairs = list(read_pairs(annotator))
    with (arguments.out / "examples.pickle").open("wb") as file:
        pickle.dump({"reports": reports, "pairs": pairs}, file)
    examples = [example for report in reports for example in report.examples]
    examples += [pair.example for pair in pairs]
    shutil.copy(annotator.encoder.folder / VOCABULARY, arguments.out / VOCABULARY)
    write_states(arguments.out / "states.npy", examples, annotator.encoder)


if __name__ == "__main__":
    main()
