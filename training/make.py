"""Makes the shipped model, start to end: `python training/make.py --work FOLDER`.

About an hour on two idle cores. The steps, each a program of its own that can be run alone:
train on the train parts; tag names in the corpus with that model and the lexicon; train on with
those and the dev parts; three times more with int8's rounding in the loop; average the last three;
export; score; prune; write the card.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LATER_PHASES = ("second", "third", "fourth", "fifth")
AVERAGED = ("third", "fourth", "fifth")
SHIPPED = HERE.parent / "src" / "chancery" / "read" / "model"


def run(program: str, *arguments: object) -> None:
    """Run one of the programs of this folder; stop where it fails."""
    subprocess.run([sys.executable, str(HERE / program), *map(str, arguments)], check=True)


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="a folder for what lies between")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    work: Path = arguments.work
    first, silver, scores = work / "first", work / "silver.jsonl", work / "scores.json"
    run("train.py", "--out", first)
    run("export.py", "--weights", first, "--out", work / "first-model")
    run("silver.py", "--model", work / "first-model", "--out", silver)
    configs, start = [HERE / "config.toml"], first
    for phase in LATER_PHASES:
        configs.append(HERE / f"{phase}.toml")
        options = ("--start", start, "--silver", silver, "--config", *configs)
        run("train.py", "--out", work / phase, *options)
        start = work / phase
    run("average.py", "--weights", *(work / phase for phase in AVERAGED), "--out", work / "mean")
    run("export.py", "--weights", work / "mean", "--out", arguments.out)
    run("evaluate.py", "--model", arguments.out, "--original", "--out", scores)
    run("prune.py", arguments.out)
    run("card.py", "--scores", scores, "--out", arguments.out)


if __name__ == "__main__":
    main()
