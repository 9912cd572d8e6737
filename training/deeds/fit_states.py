"""Fits which state a party belongs to: `python training/deeds/fit_states.py --data FOLDER`.

The network of `chancery/read/state_model.py`, by AdamW over every annotated party: its candidates
compete in a softmax. Writes the weights to `--out`; `--fold` leaves a fold out. One minute on one
core.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE), str(HERE.parents[1] / "tests" / "quality")]

from reports import Annotated, Deed  # noqa: E402

from chancery.lexicon import Lexicon  # noqa: E402
from chancery.read.encoder import VOCABULARY  # noqa: E402
from chancery.read.state_model import WIDTH, StateWeights  # noqa: E402
from chancery.read.states import (  # noqa: E402
    CLASSES,
    FEATURES,
    NOBODY,
    TYPES,
    StateFinder,
    publisher_of,
    state_of,
    told_of,
)
from chancery.read.wordpiece import WordPiece  # noqa: E402

LOOK, FIRST, SECOND = 24, 48, 24
DROPOUT, PASSES, BATCH, RATE, DECAY = 0.2, 10, 256, 3e-3, 1e-2
OWN_WEIGHT, GOLD_WEIGHT = 1.0, 2.0
NEWSWIRE, UNKNOWN = "newswire", "UNK"


class Case(NamedTuple):
    """One annotated party: its candidates' features, what they share, its look, the right one."""

    fold: int
    rows: np.ndarray[Any, Any]
    told: np.ndarray[Any, Any]
    look: np.ndarray[Any, Any]
    right: int
    weight: float


def read_cases(data: Path) -> list[Case]:
    """Turn the parties of all reports that may be trained on into cases."""
    with (data / "examples.pickle").open("rb") as file:
        reports: list[Annotated] = pickle.load(file)["reports"]
    table = np.load(data / "states.npy", mmap_mode="r")
    pieces = WordPiece.load(data / VOCABULARY)
    lexicon = Lexicon.load()
    cases, row = [], 0
    for report in reports:
        looks = []
        for example in report.examples:
            laid_out = pieces.arrange(example.line.words)
            firsts = row + np.array(laid_out.firsts[1:])
            looks.append(np.asarray(table[firsts], dtype=np.float32) if example.deeds else None)
            row += len(laid_out.ids)
        if report.part != NEWSWIRE:
            cases += _cases_of(report, looks, publisher_of(report.report, lexicon))
    return cases


def _cases_of(
    report: Annotated, looks: Sequence[np.ndarray[Any, Any] | None], publisher: str | None
) -> Iterator[Case]:
    lines = [example.line for example in report.examples]
    states = StateFinder(report.report.text, lines, publisher)
    weight = OWN_WEIGHT if report.fold < 0 else GOLD_WEIGHT
    for number, (example, look) in enumerate(zip(report.examples, looks, strict=True)):
        for deed in example.deeds:
            for word, right, other, doer in _parties(deed):
                rows = states.features(number, word, deed.place, other)
                names = sorted(rows)
                table = [[rows[n].get(f, 0.0) for f in FEATURES] for n in names]
                words = states.class_of(number, word, doer=doer)
                assert look is not None
                yield Case(
                    fold=report.fold,
                    rows=np.array(table, dtype=np.float32),
                    told=told_of(words, deed.type, other, doer=doer),
                    look=look[deed.place if word is None else word],
                    right=names.index(right if right in rows else NOBODY),
                    weight=weight,
                )


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


class StateNetwork(nn.Module):
    """What `state_model.chances_of` computes, for a batch."""

    def __init__(self) -> None:
        super().__init__()
        told = len(CLASSES) + len(TYPES) + 2 + LOOK
        self.look = nn.Linear(WIDTH, LOOK)
        self.plain = nn.Linear(len(FEATURES), 1, bias=False)
        self.weighed = nn.Linear(told, len(FEATURES), bias=False)
        self.first = nn.Linear(len(FEATURES), FIRST)
        self.told = nn.Linear(told, FIRST, bias=False)
        self.second = nn.Linear(FIRST, SECOND)
        self.last = nn.Linear(SECOND, 1, bias=False)
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.weighed.weight)

    def forward(self, rows: Tensor, told: Tensor, look: Tensor) -> Tensor:
        """Score parties × candidates."""
        known = torch.cat([told, torch.tanh(self.look(self.dropout(look)))], dim=-1)
        scores = self.plain(rows)[..., 0] + (rows * self.weighed(known)[:, None]).sum(-1)
        hidden = torch.relu(self.first(rows) + self.told(known)[:, None])
        hidden = torch.relu(self.second(self.dropout(hidden)))
        return scores + self.last(hidden)[..., 0]

    def weights(self) -> StateWeights:
        """Return the weights as the reader takes them."""
        return StateWeights(
            look=_out(self.look.weight.T), look_bias=_out(self.look.bias),
            plain=_out(self.plain.weight[0]), weighed=_out(self.weighed.weight.T),
            first=_out(self.first.weight.T), told=_out(self.told.weight.T),
            first_bias=_out(self.first.bias),
            second=_out(self.second.weight.T), second_bias=_out(self.second.bias),
            last=_out(self.last.weight[0]),
        )  # fmt: skip


def _out(weight: Tensor) -> np.ndarray[Any, Any]:
    return weight.detach().numpy().astype(np.float16)


def fit(cases: Sequence[Case], seed: int = 1) -> StateWeights:
    """Fit the network to cases."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    most = max(len(case.rows) for case in cases)
    rows = torch.zeros(len(cases), most, len(FEATURES))
    none = torch.ones(len(cases), most, dtype=torch.bool)
    for number, case in enumerate(cases):
        rows[number, : len(case.rows)] = torch.from_numpy(case.rows)
        none[number, : len(case.rows)] = False
    told = torch.from_numpy(np.stack([case.told for case in cases]))
    looks = torch.from_numpy(np.stack([case.look for case in cases]))
    right = torch.tensor([case.right for case in cases])
    weight = torch.tensor([case.weight for case in cases])
    network = StateNetwork()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = PASSES * -(-len(cases) // BATCH), 0
    for _ in range(PASSES):
        for batch in torch.randperm(len(cases)).split(BATCH):
            optimiser.param_groups[0]["lr"] = RATE * (1 - step / steps)
            scores = network(rows[batch], told[batch], looks[batch])
            scores = scores.masked_fill(none[batch], -1e4)
            loss = nn.functional.cross_entropy(scores, right[batch], reduction="none")
            optimiser.zero_grad()
            (loss * weight[batch]).mean().backward()
            optimiser.step()
            step += 1
    return network.eval().weights()


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--fold", default="all")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    kept = [case for case in read_cases(arguments.data) if str(case.fold) != arguments.fold]
    np.savez(arguments.out, **fit(kept)._asdict())


if __name__ == "__main__":
    main()
