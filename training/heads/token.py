"""One label per word: word classes, fine tags, names, and whatever else a word can bear."""

from __future__ import annotations

from typing import Any

import torch
from network import LockedDropout, States
from torch import Tensor, nn

IGNORED = -100


class TokenHead(nn.Module):
    """A linear layer over the word vectors, or two with a GELU between where `hidden` is set."""

    def __init__(self, row: dict[str, Any], labels: dict[str, list[str]], width: int) -> None:
        super().__init__()
        self.name, self.column, self.reads = row["name"], row["column"], row["reads"]
        count, hidden = len(labels[self.column]), row.get("hidden")
        self.layers = nn.Sequential(nn.Linear(width, count))
        if hidden:
            self.layers = nn.Sequential(
                nn.Linear(width, hidden),
                nn.GELU(),
                LockedDropout(row.get("dropout", 0.0)),
                nn.Linear(hidden, count),
            )

    def loss(self, states: States, batch: dict[str, Tensor]) -> Tensor:
        """Cross entropy over the words that bear a label; zero where none does."""
        gold = batch[self.column].flatten()
        if not bool((gold != IGNORED).any()):
            return torch.zeros(())
        scores = self.layers(states.words(self.reads)[:, 1:]).float()
        return nn.functional.cross_entropy(scores.flatten(0, 1), gold, ignore_index=IGNORED)

    def outputs(self, states: States) -> dict[str, Tensor]:
        """`{name}`: scores, words × labels."""
        return {self.name: self.layers(states.words(self.reads)[:, 1:])}
