"""Lays sentences out as tensors: pieces, shapes, first pieces, and what each head should say."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import torch
from heads.token import IGNORED
from torch import Tensor
from treebank import UNTAGGED, Example

from chancery.read.wordpiece import NO_SHAPE, SHAPES, WordPiece

MASK = "[MASK]"
TITLE, LOWER = SHAPES.index("title"), SHAPES.index("lower")


class Item:
    """One sentence in numbers."""

    def __init__(
        self, example: Example, pieces: WordPiece, numbers: dict[str, dict[str, int]]
    ) -> None:
        self.ids, self.shapes, self.firsts = pieces.arrange(example.words)
        self.blank = pieces.ids[MASK]
        self.columns = {
            column: [
                IGNORED if value == UNTAGGED else known.get(value, IGNORED)
                for value in example.column(column)
            ]
            for column, known in numbers.items()
        }
        self.columns["heads"] = example.heads or [IGNORED] * len(example.words)
        self.meaning: Tensor | None = None


def label_sets(examples: Iterable[Example], columns: Iterable[str]) -> dict[str, list[str]]:
    """Return the sorted labels of each column that a head learns."""
    found: dict[str, set[str]] = {column: set() for column in columns}
    for example in examples:
        for column, labels in found.items():
            labels.update(example.column(column))
    return {column: sorted(labels - {UNTAGGED}) for column, labels in found.items()}


def batches_of(
    items: Sequence[Item], most_pieces: int, chance: random.Random | None = None
) -> Iterator[list[Item]]:
    """Yield groups of sentences of like length, at most `most_pieces` with padding.

    With `chance`, lengths are jittered and the groups come in random order.
    """

    def length(item: Item) -> float:
        return len(item.ids) * (chance.uniform(0.85, 1.15) if chance else 1.0)

    groups: list[list[Item]] = [[]]
    longest = 0
    keyed = [(length(item), number) for number, item in enumerate(items)]
    for _, number in sorted(keyed):
        item = items[number]
        longest = max(longest, len(item.ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > most_pieces:
            groups.append([])
            longest = len(item.ids)
        groups[-1].append(item)
    if chance:
        chance.shuffle(groups)
    yield from groups


def tensors_of(
    group: Sequence[Item],
    chance: random.Random | None = None,
    encoder: dict[str, Any] | None = None,
) -> dict[str, Tensor]:
    """Pad a group to one size; with `chance`, hide words and shapes as the configuration says."""
    ids = _padded([item.ids for item in group], 0)
    shapes = _padded([item.shapes for item in group], NO_SHAPE)
    firsts = _padded([item.firsts for item in group], 0)
    lengths = torch.tensor([len(item.ids) for item in group])
    places = torch.tensor([len(item.firsts) for item in group])
    batch = {
        "ids": ids,
        "shapes": shapes,
        "firsts": firsts,
        "mask": torch.arange(ids.shape[1]) < lengths[:, None],
        "places": torch.arange(firsts.shape[1]) < places[:, None],
    }
    for column in group[0].columns:
        batch[column] = _padded([item.columns[column] for item in group], IGNORED)
    if group[0].meaning is not None:
        batch["meaning"] = torch.stack([item.meaning for item in group])
    if chance and encoder:
        _hide(batch, group[0].blank, chance, encoder)
    return batch


def _padded(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])


def _hide(
    batch: dict[str, Tensor], blank: int, chance: random.Random, encoder: dict[str, Any]
) -> None:
    """Blank some words, and set some sentences in capitals or as a headline."""
    generator = torch.Generator().manual_seed(chance.getrandbits(40))
    drawn = torch.rand(batch["ids"].shape, generator=generator) < encoder["blank"]
    inner = batch["mask"].clone()
    inner[:, 0] = False
    inner.scatter_(1, batch["mask"].sum(1, keepdim=True) - 1, False)
    batch["ids"] = batch["ids"].masked_fill(drawn & inner, blank)
    for row in range(len(batch["ids"])):
        draw = chance.random()
        if draw < encoder["hide_shapes"]:
            batch["shapes"][row] = NO_SHAPE
        elif draw < encoder["hide_shapes"] + encoder["title_shapes"]:
            lower = batch["shapes"][row] == LOWER
            batch["shapes"][row] = batch["shapes"][row].masked_fill(lower, TITLE)
