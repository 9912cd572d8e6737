"""Fits which state a party belongs to: `python training/deeds/fit_states.py --data FOLDER`.

A conditional logit for each class of words (`chancery/read/states.py`), with a small penalty on
large weights, by Adam. Prints the table, or writes it to `--out`; `--fold` leaves a fold out.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE), str(HERE.parents[1] / "tests" / "quality")]

from reports import Annotated, Deed  # noqa: E402

from chancery.lexicon import Lexicon  # noqa: E402
from chancery.read.states import (  # noqa: E402
    CLASSES,
    FEATURES,
    NOBODY,
    StateFinder,
    publisher_of,
    state_of,
)

PENALTY, STEPS, RATE = 0.02, 150, 0.1
NEWSWIRE, UNKNOWN = "newswire", "UNK"
HEAD = """# How likely a party is of a state that the report names (states.py): weights of a
# conditional logit, one table a class of words. Fitted by training/deeds/fit_states.py.
"""

Case = tuple[np.ndarray[Any, Any], int]


def cases_of(reports: list[Annotated]) -> dict[str, list[Case]]:
    """Turn every annotated party into its candidates' features and the right one's number."""
    found: dict[str, list[Case]] = defaultdict(list)
    lexicon = Lexicon.load()
    for report in reports:
        lines = [example.line for example in report.examples]
        publisher = publisher_of(report.report, lexicon)
        states = StateFinder(report.report.text, lines, publisher)
        for number, example in enumerate(report.examples):
            for deed in example.deeds:
                for word, right, other, doer in _parties(deed):
                    rows = states.features(number, word, deed.place, other)
                    names = sorted(rows)
                    table = np.array([[rows[n].get(f, 0.0) for f in FEATURES] for n in names])
                    right = right if right in rows else NOBODY
                    found[states.class_of(number, word, doer=doer)].append(
                        (table, names.index(right))
                    )
    return found


def _parties(deed: Deed) -> list[tuple[int | None, str, frozenset[str], bool]]:
    """Return each party's head word, state and other side; an empty side is nobody's."""
    parties = []
    for side, opposite in (("actors", "targets"), ("targets", "actors")):
        other = frozenset(
            state_of(p.code) for p in deed.sides if p.side == opposite and p.code != UNKNOWN
        )
        own = [p for p in deed.sides if p.side == side]
        for party in own:
            parties.append((party.word, state_of(party.code), other, side == "actors"))
        if not own:
            parties.append((None, NOBODY, other, side == "actors"))
    return parties


def fit(cases: list[Case]) -> np.ndarray[Any, Any]:
    """Return the weights that make the right candidates likeliest."""
    weights, mean, square = (np.zeros(len(FEATURES)) for _ in range(3))
    penalty = PENALTY / max(1.0, len(cases) / 50)
    for step in range(1, STEPS + 1):
        slope = penalty * weights
        for table, right in cases:
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            slope += (table.T @ chances - table[right]) / len(cases)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        move = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
        weights = weights - RATE * move
    return weights


def table_of(reports: list[Annotated]) -> str:
    """Fit all classes and write them as TOML."""
    cases = cases_of(reports)
    parts = [HEAD]
    for name in CLASSES:
        weights = fit(cases[name]) if cases[name] else np.zeros(len(FEATURES))
        rows = [f"{f} = {w:.3f}" for f, w in zip(FEATURES, weights, strict=True) if abs(w) >= 0.005]
        parts.append(f"\n[{name}]  # {len(cases[name])} parties\n" + "\n".join(rows) + "\n")
    return "".join(parts)


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--fold", default="all")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    with (arguments.data / "examples.pickle").open("rb") as file:
        reports = pickle.load(file)["reports"]
    kept = [r for r in reports if r.part != NEWSWIRE and str(r.fold) != arguments.fold]
    text = table_of(kept)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
