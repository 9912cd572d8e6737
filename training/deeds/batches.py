"""Lays sentences with deeds out as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from marked import NONE, Pair
from reports import Deed, Example
from torch import Tensor

from chancery.read.deeds import TYPE_NUMBER
from chancery.read.wordpiece import WordPiece

IGNORED = -100
ALTERNATIVES = 0.25
"""The share of a deed's label that goes to the types a careful coder could also defend."""

STANDINGS = {
    "happened": 0, "ongoing": 0, "planned": 1, "predicted": 2, "hypothetical": 2,
    "negated": 3, "denied": 3, "alleged": 4,
}  # fmt: skip


class Target(NamedTuple):
    """What the heads should say of one trigger."""

    place: int
    types: np.ndarray[Any, Any]
    mode: int
    doers: list[int]
    done_to: list[int]


class Item:
    """One sentence in numbers; `states` is a view of the stored states."""

    def __init__(
        self, example: Example, states: np.ndarray[Any, Any], firsts: list[int], modes: list[str]
    ) -> None:
        self.example, self.states, self.firsts = example, states, firsts
        self.cues, self.kinds = example.cues, example.kinds
        self.marks = [0] * len(example.cues)
        self.types = [IGNORED if example.hollow else 0] * len(example.cues)
        for deed in example.deeds:
            for word in deed.words:
                self.types[word] = IGNORED
        for deed in sorted(example.deeds, key=lambda deed: deed.core):
            # Background deeds neither help nor hurt a score: they are no counter-examples.
            self.types[deed.place] = TYPE_NUMBER[deed.type] if deed.core else IGNORED
        self.targets = [_target(deed, modes) for deed in example.deeds]
        self.pair: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self.states)


def _target(deed: Deed, modes: list[str]) -> Target:
    types = np.zeros(len(TYPE_NUMBER) + 1, dtype=np.float32)
    others = [kind for kind in deed.alternatives if kind != deed.type]
    types[TYPE_NUMBER[deed.type]] = 1 - ALTERNATIVES * bool(others)
    for kind in others:
        types[TYPE_NUMBER[kind]] += ALTERNATIVES / len(others)
    label = f"{deed.type}/{deed.mode or ''}"
    words = {
        side: [party.word for party in deed.sides if party.side == side and party.word is not None]
        for side in ("actors", "targets")
    }
    mode = modes.index(label) if label in modes else IGNORED
    return Target(deed.place, types, mode, words["actors"], words["targets"])


def pair_item(pair: Pair, item: Item) -> Item:
    """Turn a sentence's item into one whose two parties are handed over."""
    item.marks = pair.marks
    kind = 0 if pair.type == NONE else TYPE_NUMBER[pair.type]
    item.pair = (kind, STANDINGS[pair.standing])
    item.types, item.targets = [IGNORED] * len(item.cues), []
    return item


def pairs_within(item: Item, chance: random.Random) -> Item | None:
    """Hand over the parties of one of a sentence's deeds, or of none: two names without a deed."""
    whole = [
        deed
        for deed in item.example.deeds
        if {"actors", "targets"} <= {p.side for p in deed.sides if p.word is not None}
    ]
    marked = Item.__new__(Item)
    marked.__dict__.update(item.__dict__)
    marked.types, marked.targets = [IGNORED] * len(item.cues), []
    marks = [0] * len(item.cues)
    if whole:
        deed = chance.choice(whole)
        for side, mark in (("actors", 1), ("targets", 2)):
            words = [p.word for p in deed.sides if p.side == side and p.word is not None]
            marks[chance.choice(words)] = mark
        marked.pair = (TYPE_NUMBER[deed.type], STANDINGS[deed.standing])
    else:
        names = [place.words for place in item.example.line.places if place.state]
        if item.example.deeds or len(set(names)) < 2 or chance.random() > 0.15:
            return None
        for mark, words in enumerate(chance.sample(sorted(set(names)), 2), 1):
            for word in words:
                marks[word] = mark
        marked.pair = (0, 0)
    if not {1, 2} <= set(marks):
        return None
    marked.marks = marks
    return marked


def items_of(
    examples: Sequence[Example], table: np.ndarray[Any, Any], pieces: WordPiece, modes: list[str]
) -> list[Item]:
    """Give each sentence its rows of the stored states, in the order they were written."""
    items, row = [], 0
    for example in examples:
        laid_out = pieces.arrange(example.line.words)
        end = row + len(laid_out.ids)
        items.append(Item(example, table[row:end], laid_out.firsts, modes))
        row = end
    return items


def groups_of(
    items: Sequence[Item], most: int, chance: random.Random | None = None
) -> Iterator[list[Item]]:
    """Yield groups of sentences of like length, at most `most` pieces with padding."""
    jitter = [chance.uniform(0.85, 1.15) if chance else 1.0 for _ in items]
    order = sorted(range(len(items)), key=lambda n: (len(items[n]) * jitter[n], n))
    groups: list[list[Item]] = [[]]
    longest = 0
    for number in order:
        longest = max(longest, len(items[number]))
        if groups[-1] and longest * (len(groups[-1]) + 1) > most:
            groups.append([])
            longest = len(items[number])
        groups[-1].append(items[number])
    if chance:
        chance.shuffle(groups)
    yield from groups


class Batch(NamedTuple):
    """A group of sentences as the network takes it."""

    items: list[Item]
    states: Tensor
    firsts: Tensor
    cues: Tensor
    kinds: Tensor
    marks: Tensor
    mask: Tensor


def batch_of(group: list[Item], chance: random.Random | None = None, hide: float = 0.0) -> Batch:
    """Pad a group; with `chance` what the lexicon knows is hidden from some sentences."""
    lengths = torch.tensor([len(item) for item in group])
    states = torch.zeros(len(group), int(lengths.max()), group[0].states.shape[1])
    for number, item in enumerate(group):
        states[number, : len(item)] = torch.from_numpy(item.states.astype(np.float32))

    def told(rows: list[list[int]], share: float) -> Tensor:
        drop = chance is not None
        kept = [[0] * len(r) if drop and chance and chance.random() < share else r for r in rows]
        return padded(kept, 0)

    return Batch(
        items=group,
        states=states,
        firsts=padded([item.firsts for item in group], 0),
        cues=told([item.cues for item in group], hide),
        kinds=told([item.kinds for item in group], hide / 2),
        marks=padded([item.marks for item in group], 0),
        mask=torch.arange(states.shape[1]) < lengths[:, None],
    )


def padded(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
    """Pad rows of numbers to one length."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])
