"""Fits how likely a claim is right: `python training/deeds/fit_sureness.py --data FOLDER`.

In: `candidates.jsonl` of `folds.py`, every claim that heads made on reports they had not seen,
with its signs (`chancery/read/sureness.py`). A claim is right where it matches a gold event at the
scorer's level `event`; one that fits only a background event counts neither way. A logistic
regression with a small penalty, by Newton's method, gives the weights of `data/sureness.toml`.
Each fold's claims are then weighed by what the other folds teach and written for the tests;
printed: Brier score and reliability by tenths, out of fold.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(HERE), str(ROOT / "tests" / "quality")]

import articles  # noqa: E402
from out_of_fold import DIGEST, PREDICTIONS, digest, worded  # noqa: E402
from reports import FOLDS, fold_of  # noqa: E402

sys.path.insert(0, str(articles.GOLD))

import score_events  # noqa: E402

EVENT = 3
"""The scorer's level `event`."""
PENALTY, STEPS = 40.0, 40
NEWSWIRE, NO_FOLD = "newswire", -1
LEAST = 0.32
HEAD = """# How likely a claim is right (sureness.py): weights of a logistic regression, by sign.
# Fitted by training/deeds/fit_sureness.py; the signs are described in sureness.py.
"""


class Case(NamedTuple):
    """A claim's stored row, whether it is right (none: neither way), and its report's fold."""

    row: dict[str, Any]
    right: bool | None
    fold: int


def read_cases(path: Path) -> list[Case]:
    """Judge every candidate by the gold set."""
    rows_of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows_of[row["doc"]].append(row)
    cases = []
    for part in articles.PARTS:
        for report in articles.rows_of(part):
            title, text = report.get("title"), report["text"]
            text = f"{title}\n{text}" if title else text
            path = articles.GOLD / "events" / f"{report['id']}.jsonl"
            golds = [json.loads(x) for x in path.read_text("utf-8").splitlines() if x.strip()]
            rows = rows_of[report["id"]]
            fold = NO_FOLD if part == NEWSWIRE else fold_of(report["id"])
            rights = _judge(golds, [worded(row, text) for row in rows], text)
            cases += [Case(row, right, fold) for row, right in zip(rows, rights, strict=True)]
    return cases


def _judge(
    golds: list[dict[str, Any]], lines: list[dict[str, Any]], text: str
) -> list[bool | None]:
    matched = {m[1]: golds[m[0]] for m in score_events.match(golds, lines, text, EVENT)}
    near = {m[1]: golds[m[0]] for m in score_events.match(golds, lines, text, 1)}
    rights: list[bool | None] = []
    for number in range(len(lines)):
        gold = matched.get(number, near.get(number))
        background = gold is not None and not gold.get("core", True)
        rights.append(None if background else number in matched)
    return rights


def fit(cases: list[Case], names: list[str]) -> dict[str, float]:
    """Return a weight for each sign."""
    judged = [case for case in cases if case.right is not None]
    table = np.array([[case.row["signs"].get(name, 0.0) for name in names] for case in judged])
    right = np.array([float(bool(case.right)) for case in judged])
    scale = table.std(axis=0) + 1e-6
    scale[names.index("always")] = 1.0
    table = table / scale
    penalty = np.full(len(names), PENALTY)
    penalty[names.index("always")] = 1e-3
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - right) + penalty * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return {n: round(float(w), 3) for n, w in zip(names, weights / scale, strict=True)}


def chance_of(case: Case, weights: dict[str, float]) -> float:
    """Return a claim's chance by these weights, as the reader computes it."""
    total = sum(weights.get(name, 0.0) * value for name, value in case.row["signs"].items())
    return 1 / (1 + math.exp(-total))


def show_reliability(chances: list[tuple[float, bool]]) -> None:
    """Print how far chances can be believed."""
    base = sum(right for _, right in chances) / len(chances)
    brier = sum((chance - right) ** 2 for chance, right in chances) / len(chances)
    print(
        f"{len(chances)} claims, {base:.3f} right; Brier {brier:.4f}, constant {base - base**2:.4f}"
    )
    for low in np.arange(0, 1, 0.1):
        within = [case for case in chances if low <= case[0] < low + 0.1]
        if within:
            said = sum(chance for chance, _ in within) / len(within)
            was = sum(right for _, right in within) / len(within)
            print(f"said {said:.2f}, right {was:.2f}, {len(within)} claims")


def main() -> None:
    """Write the weights and the claims for the tests; print what the chances are worth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "src/chancery/read/data/sureness.toml")
    parser.add_argument("--predictions", type=Path, default=PREDICTIONS)
    parser.add_argument("--least", type=float, default=LEAST)
    arguments = parser.parse_args()
    cases = read_cases(arguments.data / "candidates.jsonl")
    names = sorted({name for case in cases for name in case.row["signs"]})
    trained = [case for case in cases if case.fold != NO_FOLD]
    judged, lines = [], []
    for fold in (*range(FOLDS), NO_FOLD):
        weights = fit([case for case in trained if case.fold != fold], names)
        for case in cases:
            if case.fold != fold:
                continue
            chance = chance_of(case, weights)
            # The few texts too brief for `likely` to drop anything are scored as the rest.
            if chance >= arguments.least or case.row["signs"]["sure_denial"]:
                row = {name: value for name, value in case.row.items() if name != "signs"}
                lines.append(json.dumps(row | {"score": round(chance, 3)}, ensure_ascii=False))
                if case.right is not None and fold != NO_FOLD:
                    judged.append((chance, case.right))
    arguments.predictions.write_text("\n".join(lines) + "\n", "utf-8")
    DIGEST.write_text(digest() + "\n", encoding="utf-8")
    show_reliability(judged)
    rows = [f"{name} = {weight}" for name, weight in fit(trained, names).items()]
    text = (
        f"{HEAD}\nleast = {arguments.least}  # the chance from which a claim is kept\n\n[weights]\n"
    )
    arguments.out.write_text(text + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
