"""Fits the weights of `read/assess.py`, and makes the predictions that its tests score.

    python training/assess/fit.py --data WORK [--seed 0]

First the hidden layer, with the number and the standing on it (AdamW, dropout; the number by its
absolute error, because that is what is scored); then, on hidden values and signs, a logistic
regression for each doubt. What answers for a fold never saw its texts. Needs torch.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from examples import FOLDS, ROOT, Example, load_examples
from torch.nn import functional

from chancery.read.assess import DOUBTS, STANDINGS, Weights, hidden_of, judge, packed, unpacked

sys.path.insert(0, str(ROOT / "tests" / "quality"))

HIDDEN = 24
FEWEST = 20
"""A sign that fewer deeds show is left out."""

PASSES, BATCH, RATE, DECAY = 10, 64, 2e-3, 1e-2
DROP_SEEN, DROP_HIDDEN = 0.2, 0.5

FEWEST_DOUBTS = 4
"""A sign counts for the doubts themselves where so many deeds of MEANTIME show it."""

SIGN_WEIGHT, HIDDEN_WEIGHT = 0.7, 0.3
RIDGE = {"future": 8.0, "uncertain": 1.0, "open": 0.5}
CALLED = {"future": 1.0, "uncertain": 1.25, "open": 1.0}
"""How many deeds are called so for each that is."""

HELD: dict[str, tuple[int, int, int]] = {
    "happened": (0, 0, 0), "ongoing": (0, 0, 0), "planned": (1, -1, 0), "predicted": (1, 1, 0),
    "hypothetical": (1, 1, 0), "negated": (-1, 0, 1), "denied": (-1, -1, 1), "alleged": (0, -1, 0),
}  # fmt: skip
"""What a standing says of a deed: is it ahead, uncertain, denied? -1 says nothing. The hidden layer
learns these too, so that MEANTIME's few deeds have something to stand on."""

WEIGHTS = ROOT / "src" / "chancery" / "read" / "data" / "assess.npz"


class Table:
    """All examples as one table: what is seen, and what should be answered."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        shown = Counter(sign for one in examples for sign in one.seen.signs)
        names = sorted(sign for sign, count in shown.items() if count >= FEWEST)
        self.names = {name: number for number, name in enumerate(names)}
        self.signs = torch.zeros(len(examples), len(names))
        for row, one in enumerate(examples):
            known = [self.names[sign] for sign in one.seen.signs if sign in self.names]
            self.signs[row, known] = 1
        states = torch.from_numpy(np.stack([one.seen.states for one in examples]))
        self.mean, self.spread = states.mean(0), states.std(0) + 1e-3
        self.states = (states - self.mean) / self.spread
        self.folds = np.array([one.fold for one in examples])
        self.parts = np.array([one.part for one in examples])
        self.numbers = torch.tensor([one.labels.get("label", 0.0) for one in examples])
        standings = [one.labels.get("standing") for one in examples]
        self.standings = torch.tensor([STANDINGS.index(s) if s else -1 for s in standings])
        self.held = torch.tensor([HELD[s] if s else (-1, -1, -1) for s in standings])

    def rows(self, parts: Sequence[str], without: int | None = None) -> Any:
        """Return the rows of some parts, but for those of a fold."""
        return np.where(np.isin(self.parts, parts) & (self.folds != without))[0]


def fit(table: Table, without: int | None, seed: int) -> Weights:
    """Fit the hidden layer and its heads on what is not of a fold, rounded as they are stored."""
    net = fit_hidden(table, table.rows(("number", "standing", "own"), without), seed)
    into, out = net[1], net[4]
    count = len(table.names)
    heads = torch.cat([out.weight, out.bias[:, None]], 1).T.detach().numpy()
    weights = Weights(
        names=table.names,
        signs=into.weight[:, :count].T.detach().numpy(),
        states=into.weight[:, count:].T.detach().numpy(),
        mean=table.mean.numpy(),
        spread=table.spread.numpy(),
        bias=into.bias.detach().numpy(),
        number=heads[:, 0],
        standing=heads[:, 1 : 1 + len(STANDINGS)],
        doubts=np.zeros((HIDDEN + 1 + count, len(DOUBTS)), dtype=np.float32),
        limits=np.ones(len(DOUBTS), dtype=np.float32),
    )
    return unpacked(packed(weights))


def fit_hidden(table: Table, rows: Any, seed: int) -> Any:
    """Fit the hidden layer with the number, the standing and what the standing says."""
    torch.manual_seed(seed)
    order = np.random.RandomState(seed)
    width = table.signs.shape[1] + table.states.shape[1]
    net = torch.nn.Sequential(
        torch.nn.Dropout(DROP_SEEN),
        torch.nn.Linear(width, HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Dropout(DROP_HIDDEN),
        torch.nn.Linear(HIDDEN, 1 + len(STANDINGS) + len(DOUBTS)),
    )
    steps = PASSES * (len(rows) // BATCH + 1)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.01, steps)
    for _ in range(PASSES):
        shuffled = order.permutation(rows)
        for start in range(0, len(shuffled), BATCH):
            batch = shuffled[start : start + BATCH]
            answers = net(torch.cat([table.signs[batch], table.states[batch]], 1))
            optimizer.zero_grad()
            (_loss(table, batch, answers) / len(batch)).backward()
            optimizer.step()
            schedule.step()
    return net.eval()


def _loss(table: Table, batch: Any, answers: Any) -> Any:
    numbered = torch.from_numpy(table.parts[batch] == "number")
    loss = (answers[numbered, 0] - table.numbers[batch][numbered]).abs().sum()
    standings, held = table.standings[batch], table.held[batch]
    last = 1 + len(STANDINGS)
    if not numbered.all():
        told = ~numbered
        loss = loss + functional.cross_entropy(
            answers[told, 1:last], standings[told], reduction="sum"
        )
    return loss + functional.binary_cross_entropy_with_logits(
        answers[:, last:], held.clamp(min=0).float(), (held >= 0).float(), reduction="sum"
    )


# Doubts ------------------------------------------------------------------------------------------


def doubted(example: Example) -> tuple[bool, bool, bool]:
    """Return whether MEANTIME has a deed ahead, uncertain, left open."""
    labels = example.labels
    return (
        labels["time"] == "FUTURE",
        labels["certainty"] in ("PROBABLE", "POSSIBLE"),
        "UNDERSPECIFIED" in (labels["certainty"], labels["polarity"]),
    )


def with_doubts(table: Table, without: int | None, weights: Weights) -> Weights:
    """Return weights with the doubts that are fitted on what is not of a fold of MEANTIME."""
    doubts, limits = fit_doubts(table, without, weights)
    return unpacked(packed(weights._replace(doubts=doubts, limits=limits)))


def fit_doubts(table: Table, without: int | None, weights: Weights) -> tuple[Any, Any]:
    """Fit a logistic regression a doubt, and the limit above which it counts.

    Limits are such that, out of fold within what is fitted on, `CALLED` times as many count as
    there are.
    """
    rows = table.rows(("whole",), without)
    hidden = np.stack([hidden_of(table.examples[row].seen, weights) for row in rows])
    mean, spread = hidden.mean(0), hidden.std(0) + 0.1
    shown = table.signs[table.rows(("whole",))].sum(0) >= FEWEST_DOUBTS
    near = torch.tensor([name[0] not in "234" for name in table.names]) & shown
    seen = np.concatenate(
        [
            HIDDEN_WEIGHT * (hidden - mean) / spread,
            SIGN_WEIGHT * table.signs[rows].numpy() * near.numpy(),
        ],
        1,
    )
    answers = np.array([doubted(table.examples[row]) for row in rows], dtype=np.float32)
    folds = table.folds[rows]
    doubts = np.zeros((HIDDEN + 1 + len(table.names), len(DOUBTS)), dtype=np.float32)
    limits = []
    for number, name in enumerate(DOUBTS):
        wanted, chances = answers[:, number], np.zeros(len(rows))
        for fold in sorted(set(folds)):
            inner = folds != fold
            slopes, bias = regression(seen[inner], wanted[inner], RIDGE[name])
            chances[~inner] = 1 / (1 + np.exp(-(seen[~inner] @ slopes + bias)))
        limits.append(np.sort(chances)[-int(wanted.sum() * CALLED[name])])
        slopes, bias = regression(seen, wanted, RIDGE[name])
        on_hidden = HIDDEN_WEIGHT * slopes[:HIDDEN] / spread
        doubts[:HIDDEN, number] = on_hidden
        doubts[HIDDEN, number] = bias - on_hidden @ mean
        doubts[HIDDEN + 1 :, number] = SIGN_WEIGHT * slopes[HIDDEN:] * near.numpy()
    return doubts, np.array(limits, dtype=np.float32)


def regression(seen: Any, wanted: Any, ridge: float) -> tuple[Any, float]:
    """Fit a logistic regression by L-BFGS; `ridge` times the slopes' squares is added."""
    inputs, outputs = torch.from_numpy(seen).float(), torch.from_numpy(wanted).float()
    slopes = torch.zeros(inputs.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([slopes, bias], max_iter=60, line_search_fn="strong_wolfe")

    def closure() -> Any:
        optimizer.zero_grad()
        loss = (
            functional.binary_cross_entropy_with_logits(
                inputs @ slopes + bias, outputs, reduction="sum"
            )
            + ridge * (slopes * slopes).sum()
        )
        loss.backward()
        return loss

    optimizer.step(closure)
    return slopes.detach().numpy(), float(bias.detach())


# Out of fold -------------------------------------------------------------------------------------


def store(answers: Sequence[tuple[Example, Any]]) -> None:
    """Keep the answers out of fold: ids, offsets and answers, in the order of the gold."""
    import factuality

    texts: dict[str, list[list[Any]]] = {}
    for example, answer in answers:
        span = [example.span.start, example.span.end]
        said = (
            [answer.factuality]
            if example.part == "number"
            else [answer.polarity, answer.certainty, answer.time]
        )
        texts.setdefault(example.id, []).append(span + said)
    lines = [json.dumps([name, deeds], separators=(",", ":")) for name, deeds in texts.items()]
    factuality.PREDICTIONS.write_text("\n".join(lines) + "\n", "utf-8")
    factuality.DIGEST.write_text(factuality.digest() + "\n", "utf-8")


def hard_f1(answers: Sequence[tuple[Example, Any]]) -> float:
    """Return the F1 of standings other than happened and ongoing, as the gold's scorer has it."""
    kin = {"ongoing": "happened", "denied": "negated"}
    pairs = [(e.labels["standing"], a.standing) for e, a in answers]
    told = [(kin.get(gold, gold), kin.get(said, said)) for gold, said in pairs]
    right = sum(gold == said != "happened" for gold, said in told)
    return 2 * right / sum((gold != "happened") + (said != "happened") for gold, said in told)


def main() -> None:
    """Fit what is shipped, then the folds; keep the folds' answers and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    table = Table(load_examples(options.data))
    whole = fit(table, None, options.seed)
    np.savez_compressed(WEIGHTS, **packed(with_doubts(table, None, whole)))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes")
    answers: dict[int, Any] = {}
    for fold in range(FOLDS):
        # The hidden layer never learns from MEANTIME, so one does for all of its folds.
        for part, weights in (
            (("whole",), with_doubts(table, fold, whole)),
            (("number", "standing"), fit(table, fold, options.seed)),
        ):
            rows = np.where((table.folds == fold) & np.isin(table.parts, part))[0]
            answers |= {row: judge(table.examples[row].seen, weights) for row in rows}
    pairs = [(table.examples[row], answers[row]) for row in sorted(answers)]
    store([pair for pair in pairs if pair[0].part in ("number", "whole")])
    print(f"hard standing {hard_f1([pair for pair in pairs if pair[0].part == 'standing']):.3f}")


if __name__ == "__main__":
    main()
