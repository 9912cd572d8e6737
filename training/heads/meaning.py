"""The sentence's embedding: the mean of the last layer, kept close to the original encoder's."""

from __future__ import annotations

from typing import Any

import torch
from network import States
from torch import Tensor, nn


class MeaningHead(nn.Module):
    """Has no weights of its own: the loss alone keeps the encoder's last layer in its place."""

    def __init__(self, row: dict[str, Any], labels: dict[str, list[str]], width: int) -> None:
        super().__init__()

    def loss(self, states: States, batch: dict[str, Tensor]) -> Tensor:
        """One minus the cosine to the original embedding of the same pieces, where there is one."""
        if "meaning" not in batch:
            return torch.zeros(())
        cosine = nn.functional.cosine_similarity(states.mean().float(), batch["meaning"], dim=-1)
        return (1 - cosine).mean()

    def outputs(self, states: States) -> dict[str, Tensor]:
        """`meaning`: one vector of length 1."""
        return {"meaning": nn.functional.normalize(states.mean(), dim=-1)}
