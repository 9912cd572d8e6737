"""Dependency trees: who depends on whom, and how (after Dozat & Manning 2017, made smaller).

Arcs are scored by a bilinear form plus a bias for the head. Labels are not a full biaffine: the
features of an arc are [dependent * head; dependent; head], followed by one matrix.
"""

from __future__ import annotations

from typing import Any

import torch
from network import LockedDropout, RoundedLinear, States
from torch import Tensor, nn

IGNORED = -100
NO_ARC = -1e4


class TreeHead(nn.Module):
    """Arc scores for all pairs, label features for all words; place 0 stands for the root."""

    def __init__(self, row: dict[str, Any], labels: dict[str, list[str]], width: int) -> None:
        super().__init__()
        self.reads = row["reads"]
        self.widths = [row["arc_width"]] * 2 + [row["label_width"]] * 2
        self.project = RoundedLinear(width, sum(self.widths))
        self.dropout = LockedDropout(row["dropout"])
        self.bilinear = nn.Linear(row["arc_width"], row["arc_width"], bias=False)
        self.head_bias = nn.Linear(row["arc_width"], 1, bias=False)
        self.labels = nn.Linear(3 * row["label_width"], len(labels["labels"]))
        nn.init.zeros_(self.bilinear.weight)

    def features(self, states: States) -> tuple[Tensor, Tensor, Tensor]:
        """Return arc scores (dependents × heads) and the label features of both sides."""
        vectors = nn.functional.gelu(self.project(states.words(self.reads)))
        parts = self.dropout(vectors).split(self.widths, dim=-1)
        arc_dependent, arc_head, label_dependent, label_head = parts
        arcs = self.bilinear(arc_dependent[:, 1:]) @ arc_head.transpose(1, 2)
        arcs = arcs + self.head_bias(arc_head).transpose(1, 2)
        return arcs, label_dependent[:, 1:], label_head

    def label_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Score the labels of arcs whose two sides are lined up."""
        return self.labels(torch.cat([dependents * heads, dependents, heads], dim=-1))

    def loss(self, states: States, batch: dict[str, Tensor]) -> Tensor:
        """Cross entropy of heads, plus that of labels given the true heads."""
        gold = batch["heads"]
        if not bool((gold != IGNORED).any()):
            return torch.zeros(())
        arcs, dependents, heads = self.features(states)
        arcs = arcs.float().masked_fill(~batch["places"].unsqueeze(1), NO_ARC)
        arc_loss = nn.functional.cross_entropy(
            arcs.flatten(0, 1), gold.flatten(), ignore_index=IGNORED
        )
        chosen = gold.clamp(min=0).unsqueeze(-1).expand(-1, -1, heads.shape[-1])
        labels = self.label_scores(dependents, heads.gather(1, chosen)).float()
        label_loss = nn.functional.cross_entropy(
            labels.flatten(0, 1), batch["labels"].flatten(), ignore_index=IGNORED
        )
        return arc_loss + label_loss

    def outputs(self, states: States) -> dict[str, Tensor]:
        """`arcs`: words × (root + words); `dependents`, `heads`: label features of each side."""
        arcs, dependents, heads = self.features(states)
        return {"arcs": arcs, "dependents": dependents, "heads": heads}
