"""The second top of the encoder: layers 4 to 6 once more, with the heads that read deeds.

The lower half of the encoder (`trunk`) is shared with the parser and stays as it is, so its states
are computed once. What the lexicon knows comes in as three small tables added to the states: which
words are cues of which type, what kind of name covers a word, and, for `pair`, which words are the
two sides that were handed over.
"""

from __future__ import annotations

from typing import Any

import torch
from network import Layer, LockedDropout, Network
from torch import Tensor, nn

TYPES = 17
KINDS = 8
MARKS = 3
STANDINGS = 5
SIDE = 192
HIDDEN = 256
MASKED = -1e4


class DeedNetwork(nn.Module):
    """Layers above the trunk; `modes` is the number of mode labels."""

    def __init__(self, trunk: Network, shared: int, modes: int, options: dict[str, Any]) -> None:
        super().__init__()
        width = trunk.size.width
        self.layers = nn.ModuleList(
            Layer(trunk.size, options["dropout"]) for _ in range(trunk.size.layers - shared)
        )
        for number, layer in enumerate(self.layers):
            layer.load_state_dict(trunk.layers[shared + number].state_dict())
        self.cues = nn.Embedding(TYPES, width)
        self.kinds = nn.Embedding(KINDS, width)
        self.marks = nn.Embedding(MARKS, width)
        for table in (self.cues, self.kinds, self.marks):
            nn.init.zeros_(table.weight)
        nn.init.normal_(self.marks.weight[1:], std=0.02)
        self.word_dropout = LockedDropout(options["word_dropout"])
        self.types = _two_layers(width, TYPES)
        self.modes = _two_layers(width, modes)
        self.doers = nn.Linear(width, SIDE)
        self.parties = nn.Linear(width, SIDE)
        self.sides = nn.Linear(3 * SIDE, 2)
        self.pair = _two_layers(3 * width, TYPES + STANDINGS)
        # Most words are no trigger: start there.
        with torch.no_grad():
            self.types[-1].bias[0] = 4.0

    def encode(
        self, states: Tensor, firsts: Tensor, cues: Tensor, kinds: Tensor, marks: Tensor,
        mask: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Return the word vectors (sentences × words × width), and those of the begin marks."""
        told = self.cues(cues) + self.kinds(kinds) + self.marks(marks)
        told = told * (firsts[:, 1:] > 0).unsqueeze(-1).to(told.dtype)
        places = firsts[:, 1:].unsqueeze(-1).expand(-1, -1, states.shape[-1])
        values = states.to(told.dtype).scatter_add(1, places, told)
        bias = None if mask is None else ((~mask).float() * MASKED)[:, None, None, :]
        for layer in self.layers:
            values = layer(values, bias)
        places = firsts.unsqueeze(-1).expand(-1, -1, values.shape[-1])
        words = self.word_dropout(values.gather(1, places))
        return words[:, 1:], words[:, 0]

    def doer_features(self, words: Tensor) -> Tensor:
        """Return what a trigger shows of itself to parties: × 192."""
        return nn.functional.gelu(self.doers(words))

    def party_features(self, words: Tensor) -> Tensor:
        """Return what a party's head word shows of itself to triggers: × 192."""
        return nn.functional.gelu(self.parties(words))

    def side_scores(self, doers: Tensor, parties: Tensor) -> Tensor:
        """Score lined-up triggers and words: × 2, "does it" and "it is done to"."""
        return self.sides(torch.cat([doers * parties, doers, parties], dim=-1))

    def pair_scores(self, words: Tensor, begins: Tensor, marks: Tensor) -> Tensor:
        """Score the types (none first) and the standings of the deed between marked words."""
        means = [begins]
        for mark in (1, 2):
            weights = (marks == mark).to(words.dtype).unsqueeze(-1)
            means.append((words * weights).sum(1) / weights.sum(1).clamp(min=1.0))
        return self.pair(torch.cat(means, dim=-1))


def _two_layers(width: int, count: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(width, HIDDEN), nn.GELU(), nn.Dropout(0.2), nn.Linear(HIDDEN, count)
    )
