"""Fits the weights of `compare.toml` on labelled pairs of claims, and says how well they part them.

    python training/reconcile/fit.py LEDGER PAIRS [--show] [--errors]

Logistic regression with a penalty that pulls towards the weights that stand in the table, so that
what few pairs tell about stays what was reasoned. Only pairs marked `dev` are fitted; the figures
are printed for both parts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from chancery.ledger import Ledger
from chancery.ledger.compare import UNKNOWN, Comparer
from chancery.ledger.derive import load_told
from chancery.ledger.faces import Face, Faces
from chancery.ledger.kinship import load_kinship
from chancery.ledger.origins import find_ties, settle_ties
from chancery.ledger.policy import load_policy
from chancery.ledger.weights import Weights, load_weights

PULL = 0.7
"""How strongly a weight is held to the value it had, per unit of distance squared."""
STEPS = 4000
RATE = 0.05


class Labelled(msgspec.Struct):
    """A labelled pair with its features; none where the comparison refuses it at once."""

    row: dict[str, Any]
    features: dict[str, float] | None
    first: Face
    second: Face

    @property
    def same(self) -> bool:
        """Say whether the label is *same*."""
        return self.row["label"] == "same"


def read_pairs(ledger: Ledger, pairs: Path, weights: Weights) -> Iterator[Labelled]:
    """Yield the labelled pairs whose claims the ledger holds."""
    policy = load_policy()

    def fetch(name: str, parameters: Any) -> Any:
        return ledger._shelf.fetch(ledger._pin, name, parameters)

    ties = settle_ties(find_ties(fetch, policy), policy)
    faces = Faces(load_kinship(fetch, ties), policy, weights)
    reports = {report.key: report.id for report in ledger.reports()}
    found: dict[Any, list[Face]] = {}
    for told in load_told(fetch):
        claim = told.claim
        place = (claim.report, claim.trigger.start, claim.trigger.end, claim.frame)
        found.setdefault(place, []).append(faces.make(told))
    comparer = Comparer(policy, weights)
    for line in pairs.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["label"] in ("misread", "unclear"):
            continue
        sides = [
            found.get((reports.get(side["report"]), *side["trigger"], side["frame"]), [])
            for side in (row["a"], row["b"])
        ]
        options = [(one, other) for one in sides[0] for other in sides[1]]
        if options:
            yield max(
                (_labelled(row, one, other, comparer) for one, other in options),
                key=lambda one: one.features is not None,
            )


def _labelled(row: dict[str, Any], one: Face, other: Face, comparer: Comparer) -> Labelled:
    weighed = comparer.weigh(one, other)
    if weighed is None or weighed is UNKNOWN:
        return Labelled(row, None, one, other)
    found = comparer.features(one, other)
    if found is None or "days apart" in dict(found):
        return Labelled(row, None, one, other)
    return Labelled(row, {"bias": 1.0, **dict(found)}, one, other)


def fit(pairs: list[Labelled], weights: Weights) -> dict[str, float]:
    """Return weights fitted to pairs."""
    names = sorted({name for pair in pairs for name in pair.features or ()})
    start = np.array([weights.weights.get(name, 0.0) for name in names])
    rows = np.array([[(pair.features or {}).get(name, 0.0) for name in names] for pair in pairs])
    wanted = np.array([pair.same for pair in pairs], float)
    found = start.copy()
    for _ in range(STEPS):
        off = 1 / (1 + np.exp(-rows @ found)) - wanted
        found -= RATE * (rows.T @ off + PULL * (found - start)) / len(pairs) ** 0.5
    return dict(zip(names, map(float, found), strict=True))


def figures(pairs: list[Labelled], weights: dict[str, float], least: float) -> dict[str, float]:
    """Return precision, recall and F1 of the pairs that reach the least sum."""
    said = [
        pair.features is not None
        and sum(weights.get(name, 0.0) * value for name, value in pair.features.items()) >= least
        for pair in pairs
    ]
    both = sum(one and pair.same for one, pair in zip(said, pairs, strict=True))
    precision, recall = both / max(sum(said), 1), both / max(sum(p.same for p in pairs), 1)
    return {
        "pairs": len(pairs),
        "same": sum(pair.same for pair in pairs),
        "refused": sum(pair.same and pair.features is None for pair in pairs),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
    }


def main() -> None:
    """Fit, and print the table and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong in dev")
    asked = parser.parse_args()
    table = load_weights()
    with Ledger.open(asked.ledger, create=False) as ledger:
        pairs = list(read_pairs(ledger, asked.pairs, table))
    dev = [pair for pair in pairs if pair.row["split"] == "dev"]
    held = [pair for pair in pairs if pair.row["split"] == "held_out"]
    fitted = fit([pair for pair in dev if pair.features], table)
    for name, weight in fitted.items():
        count = sum(bool(pair.features and pair.features.get(name)) for pair in dev)
        print(f'"{name}" = {weight:.2f}  # was {table.weights.get(name, 0.0)}, {count} pairs')
    now = dict(table.weights)
    for name, part in (("dev", dev), ("held out", held)):
        print(name, "as it stands", figures(part, now, table.least))
        for least in (-0.5, 0.0, 0.5, 1.0):
            print(name, f"fitted, least {least}", figures(part, fitted, least))
    if asked.errors:
        print_errors(dev, fitted)


def print_errors(pairs: list[Labelled], weights: dict[str, float]) -> None:
    """Print the pairs that the fitted weights take the wrong way."""
    for pair in pairs:
        found = pair.features
        score = sum(weights.get(name, 0.0) * value for name, value in (found or {}).items())
        if pair.same != (found is not None and score >= 0):
            one, other = pair.first, pair.second
            told = {name: round(value, 2) for name, value in (found or {}).items()}
            print(f"{pair.row['label']} {pair.row['id']} {score:.2f} {told} {pair.row['why']}")
            for face in (one, other):
                print("  ", face.type, face.frame, face.mode, face.family, face.when, face.loose,
                      face.codes, face.outlet, "|", face.words[:150])  # fmt: skip


if __name__ == "__main__":
    main()
