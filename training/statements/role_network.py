"""The network that reads statements: two small layers of attention over some sentences' words.

The encoder stays as it is: what comes in are its states of each word. Beside them four numbers a
word (see `role_layout.py`). Attention is told how far words are apart and how they are tied in the
tree, and falls with the number of sentences between them, in some heads faster than in others (as
Press et al. 2022 do by words).
Roles are a linear-chain CRF (Lafferty et al. 2001); what belongs together is pointed at (as heads
are in Dozat and Manning 2017).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import torch
from network import LockedDropout
from torch import Tensor, nn

from chancery.read.role_layout import ROLES, STEPS, TIES, distances

SLOPES = (0.0, 0.15, 0.4, 0.8, 1.5, 3.0)
"""How much each head's scores fall a sentence."""

FAR = 3
"""Sentences beyond which words are no farther apart."""

NEVER = -1e4


class Inputs(NamedTuple):
    """Windows of words: states, four columns of numbers, and which places are no padding.

    `distances` is there where the graph is exported; in training it is worked out by diagonals.
    """

    words: Tensor
    quotes: Tensor
    places: Tensor
    told: Tensor
    sentences: Tensor
    ties: Tensor
    mask: Tensor | None = None
    distances: Tensor | None = None


class ByDistance(nn.Module):
    """Scores that depend on how far words are apart: one or more for each distance."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.table = nn.Embedding(2 * STEPS, count)
        nn.init.zeros_(self.table.weight)

    def forward(self, length: int, numbers: Tensor | None) -> Tensor:
        """Return count × words × words."""
        if numbers is not None:
            return self.table(numbers).permute(2, 0, 1)
        # One score a diagonal: a table look-up of all pairs has a slow gradient on a CPU.
        square = torch.from_numpy(distances(length))
        diagonals = torch.cat([square[:, 0].flip(0), square[0, 1:]])
        return self.table(diagonals).t().contiguous().unfold(1, length, 1).flip(1)


class Layer(nn.Module):
    """Self-attention and a feed-forward step, each with a residual and a norm after it."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = len(SLOPES)
        self.attend = nn.Linear(width, 3 * width)
        self.after = nn.Linear(width, width)
        self.norm_after = nn.LayerNorm(width)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.norm_outer = nn.LayerNorm(width)
        self.apart = ByDistance(self.heads)
        self.ties = nn.Parameter(torch.zeros(len(TIES), self.heads))
        self.dropout = LockedDropout(dropout)

    def forward(self, values: Tensor, bias: Tensor, ties: Tensor, numbers: Tensor | None) -> Tensor:
        """Transform windows × words × width; `bias`: windows × heads × words × words."""
        windows, length, width = values.shape
        each = width // self.heads
        joined = self.attend(values).view(windows, length, 3, self.heads, each)
        query, key, value = joined.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(2, 3) / math.sqrt(each)
        tied = torch.einsum("bkij,kh->bhij", ties, self.ties)
        scores = scores + (self.apart(length, numbers)[None] + bias + tied)
        mixed = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2)
        mixed = self.after(mixed.reshape(windows, length, width))
        values = self.norm_after(values + self.dropout(mixed))
        inner = self.outer(nn.functional.gelu(self.inner(values)))
        return self.norm_outer(values + self.dropout(inner))


class RoleNetwork(nn.Module):
    """Words' states in; roles, and pointers from contents to cues and from cues to sources, out."""

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        width, self.pointer = options["width"], options["pointer"]
        self.lower = nn.Linear(options["states"], width)
        self.quotes = nn.Embedding(4, width)
        self.places = nn.Embedding(3, width)
        self.told = nn.Embedding(len(ROLES), width)
        for table in (self.quotes, self.places, self.told):
            nn.init.normal_(table.weight, std=0.02)
        self.norm = nn.LayerNorm(width)
        self.state_dropout = LockedDropout(options["state_dropout"])
        self.word_dropout = LockedDropout(options["word_dropout"])
        self.layers = nn.ModuleList(
            Layer(width, options["inner"], options["dropout"]) for _ in range(options["layers"])
        )
        self.roles = nn.Linear(width, len(ROLES))
        self.from_word = nn.Linear(width, 2 * self.pointer)
        self.to_word = nn.Linear(width, 2 * self.pointer)
        self.apart = ByDistance(2)
        self.near = nn.Parameter(torch.zeros(1 + len(TIES), 2))
        with torch.no_grad():
            self.near[0] = 1.0  # what belongs together mostly stands in one sentence
        self.moves = nn.Parameter(torch.zeros(len(ROLES), len(ROLES)))
        self.begins = nn.Parameter(torch.zeros(len(ROLES)))
        self.register_buffer("never", _never())

    def forward(self, inputs: Inputs) -> tuple[Tensor, Tensor]:
        """Return roles, windows × words × 7, and pointers, 2 × windows × words × words."""
        values = self.lower(self.state_dropout(inputs.words))
        values = values + self.quotes(inputs.quotes) + self.places(inputs.places)
        values = self.word_dropout(self.norm(values + self.told(inputs.told)))
        sentences = inputs.sentences.float()
        between = (sentences[:, None, :] - sentences[:, :, None]).abs().clamp(max=FAR)
        bias = -between[:, None] * torch.tensor(SLOPES)[None, :, None, None]
        outside = None
        if inputs.mask is not None:
            outside = (~inputs.mask).float()[:, None, :] * NEVER
            bias = bias + outside[:, None]
        for layer in self.layers:
            values = layer(values, bias, inputs.ties, inputs.distances)
        windows, length, _ = values.shape
        sides = [
            side(values).view(windows, length, 2, self.pointer).permute(2, 0, 1, 3)
            for side in (self.from_word, self.to_word)
        ]
        pointers = sides[0] @ sides[1].transpose(2, 3) / math.sqrt(self.pointer)
        near = torch.cat([(between == 0).float()[:, None], inputs.ties], 1)
        pointers = pointers + torch.einsum("bkij,kp->pbij", near, self.near)
        pointers = pointers + self.apart(length, inputs.distances)[:, None]
        return self.roles(values), pointers if outside is None else pointers + outside[None]

    def all_moves(self) -> Tensor:
        """Return the scores of one role after another, the impossible ones shut out: 7 × 7."""
        return self.moves + self.never[1:]

    def all_begins(self) -> Tensor:
        """Return the scores of roles at the start, the impossible ones shut out: 7."""
        return self.begins + self.never[0]

    def chain_loss(self, scores: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """Return the negative log-likelihood of the right sequences, a word."""
        scores, moves, begins = scores.float(), self.all_moves(), self.all_begins()
        total = begins + scores[:, 0]
        own = scores.gather(2, roles[:, :, None])[:, :, 0]
        steps = (own[:, 1:] + moves[roles[:, :-1], roles[:, 1:]]) * mask[:, 1:]
        right = begins[roles[:, 0]] + own[:, 0] + steps.sum(1)
        for place in range(1, scores.shape[1]):
            ways = torch.logsumexp(total[:, :, None] + moves, 1) + scores[:, place]
            total = torch.where(mask[:, place : place + 1], ways, total)
        return (torch.logsumexp(total, 1) - right).sum() / mask.sum()


def _never() -> Tensor:
    """Return what shuts out the inside of a role that did not begin: a row a role before it."""
    rows = []
    for before in ("O", *ROLES):
        rows.append([NEVER * (r[0] == "I" and r[2:] != before[2:]) for r in ROLES])
    return torch.tensor(rows, dtype=torch.float)
