"""Fits how often a claim of a score is right: `python training/deeds/calibrate.py`.

In: the stored claims on reports their heads never saw, with raw scores. A claim is right where it
matches a gold event at the scorer's level `event`; one that fits only a background event counts
neither way. Isotonic regression (pool adjacent violators) over bins of equal size gives the table
`[calibration]` of `data/deeds.toml`. Printed: the table, and out of fold, where each fold is
calibrated by the others, the Brier score and reliability by tenths.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(HERE), str(ROOT / "tests" / "quality")]

import articles  # noqa: E402
import out_of_fold  # noqa: E402
from reports import FOLDS, fold_of  # noqa: E402

sys.path.insert(0, str(articles.GOLD))

import score_events  # noqa: E402

BINS = 20
EVENT = 3
"""The scorer's level `event`."""

Judged = tuple[float, bool, int]


def judged() -> list[Judged]:
    """Return each stored claim's raw score, whether it is right, and its report's fold."""
    rows = [row for part in out_of_fold.TRAINED for row in articles.rows_of(part)]
    by_report: dict[str, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
    for line in out_of_fold.lines_of(rows):
        by_report[line["doc"]].append(line)
    found: list[Judged] = []
    for row in rows:
        text = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
        path = articles.GOLD / "events" / f"{row['id']}.jsonl"
        golds = [json.loads(x) for x in path.read_text("utf-8").splitlines() if x.strip()]
        lines = by_report[row["id"]]
        right = {m[1]: m[0] for m in score_events.match(golds, lines, text, EVENT)}
        near = {m[1]: m[0] for m in score_events.match(golds, lines, text, 1)}
        for number, line in enumerate(lines):
            gold = right.get(number, near.get(number))
            background = gold is not None and not golds[gold].get("core", True)
            if not background:
                found.append((line["score"], number in right, fold_of(row["id"])))
    return found


def fit(cases: list[Judged]) -> tuple[list[float], list[float]]:
    """Return raw scores and, for each, the share that was right: never falling."""
    ordered = sorted(cases)
    bins = [list(chunk) for chunk in np.array_split(np.arange(len(ordered)), BINS)]
    blocks = [
        [sum(ordered[i][0] for i in b), sum(ordered[i][1] for i in b), len(b)] for b in bins if b
    ]
    merged: list[list[float]] = []
    for block in blocks:
        merged.append([float(value) for value in block])
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] >= merged[-1][1] / merged[-1][2]:
            last = merged.pop()
            merged[-1] = [a + b for a, b in zip(merged[-1], last, strict=True)]
    return [b[0] / b[2] for b in merged], [b[1] / b[2] for b in merged]


def main() -> None:
    """Print the table and what it is worth."""
    cases = judged()
    out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        raw, right = fit([case for case in cases if case[2] != fold])
        mine = [case for case in cases if case[2] == fold]
        out += [(float(np.interp(case[0], raw, right)), case[1]) for case in mine]
    base = sum(right for _, right in out) / len(out)
    brier = sum((score - right) ** 2 for score, right in out) / len(out)
    print(
        f"# {len(out)} claims, {base:.3f} right; Brier {brier:.4f}, constant {base - base**2:.4f}"
    )
    for low in np.arange(0, 1, 0.1):
        within = [case for case in out if low <= case[0] < low + 0.1]
        if within:
            said = sum(score for score, _ in within) / len(within)
            was = sum(right for _, right in within) / len(within)
            print(f"# said {said:.2f}, right {was:.2f}, {len(within)} claims")
    raw, right = fit(cases)
    print("[calibration]")
    print("raw = [" + ", ".join(f"{value:.3f}" for value in raw) + "]")
    print("right = [" + ", ".join(f"{value:.3f}" for value in right) + "]")


if __name__ == "__main__":
    main()
