"""Averages the weights of training folders: `python training/average.py --weights A B --out C`.

Weights of runs that go on from one another lie close enough for their mean to do better than
either (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

KEPT = ("labels.json", "vocabulary.txt")


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    states = [torch.load(folder / "weights.pt", weights_only=True) for folder in arguments.weights]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, arguments.out / "weights.pt")
    for name in KEPT:
        shutil.copyfile(arguments.weights[0] / name, arguments.out / name)


if __name__ == "__main__":
    main()
