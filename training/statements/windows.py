"""Labels for words, and windows of them as tensors."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from gold import Annotated, Relation
from role_network import Inputs
from torch import Tensor

from chancery.model import Span
from chancery.read.role_layout import CONTENT, CUE, LONGEST_WINDOW, SOURCE, TIES, Layout

IGNORED = -100
EDGE = " \t\r\n\u00a0.,;:\"“”«»'‘’`"
"""What is cut off the ends of a labelled span: annotators differ there, and no reader cares."""


class Example(NamedTuple):
    """A text's words with the right answers: their roles, and where each points.

    `cues`: for a word of a content the first word of its cue, or of the content itself.
    `sources`: for the first word of a cue that of its source, or itself. Others are `IGNORED`.
    """

    gold: Annotated
    layout: Layout
    roles: list[int]
    cues: list[int]
    sources: list[int]


def example_of(gold: Annotated, layout: Layout) -> Example:
    """Bring the relations of a text to its words."""
    count = len(layout.words)
    example = Example(gold, layout, [0] * count, [IGNORED] * count, [IGNORED] * count)
    starts, ends = [w.start for w in layout.words], [w.end for w in layout.words]

    def places(spans: Sequence[Span]) -> list[range]:
        trimmed = [_trimmed(gold.text, span) for span in sorted(spans)]
        found = [range(bisect_right(ends, s.start), bisect_left(starts, s.end)) for s in trimmed]
        return [place for place in found if place]

    for relation in gold.relations:
        _enter(example, Relation(*map(places, relation)))
    before = 0
    for number, role in enumerate(example.roles):
        # A cue within a content parts it.
        if role and not role % 2 and before not in (role, role - 1):
            example.roles[number] = role - 1
        before = example.roles[number]
    return example


def _enter(example: Example, places: Any) -> None:
    sources, cues, contents = places
    for role, found in ((CONTENT, contents), (SOURCE, sources), (CUE, cues)):
        for place in found:
            for word in place:
                example.roles[word] = role + 1
            example.roles[place[0]] = role
    for content in contents:
        first = cues[0][0] if cues else content[0]
        for word in content:
            example.cues[word] = first
        example.sources[first] = sources[0][0] if sources else first
    if cues and not contents:
        example.sources[cues[0][0]] = sources[0][0] if sources else cues[0][0]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return Span(start, end)


class Window(NamedTuple):
    """Some words of an example, and the rows of the stored states that are theirs."""

    example: Example
    first: int
    end: int
    states: np.ndarray[Any, Any]


def windows_of(
    example: Example, states: np.ndarray[Any, Any], chance: random.Random
) -> Iterator[Window]:
    """Cut an example into windows, the first of them of some sentences drawn anew each time."""
    layout = example.layout
    starts = [n for n, s in enumerate(layout.sentences) if n and s != layout.sentences[n - 1]]
    lead = chance.choice([0, *(n for n in starts[:10] if n <= LONGEST_WINDOW)])
    if lead:
        yield Window(example, 0, lead, states[:lead])
    rest = Layout(*(column[lead:] for column in layout[:3]), [], [], [])
    for first, end in rest.windows():
        yield Window(example, lead + first, lead + end, states[lead + first : lead + end])


def groups_of(windows: Sequence[Window], most: int, chance: random.Random) -> list[list[Window]]:
    """Return groups of windows of like length, at most `most` words with padding."""
    groups: list[list[Window]] = [[]]
    longest = 0
    for window in sorted(windows, key=lambda w: len(w.states) * chance.uniform(0.85, 1.15)):
        longest = max(longest, len(window.states))
        if groups[-1] and longest * (len(groups[-1]) + 1) > most:
            groups.append([])
            longest = len(window.states)
        groups[-1].append(window)
    chance.shuffle(groups)
    return groups


class Batch(NamedTuple):
    """Windows as the network takes them, and the right answers."""

    inputs: Inputs
    roles: Tensor
    cues: Tensor
    sources: Tensor


def batch_of(group: Sequence[Window]) -> Batch:
    """Pad a group of windows."""
    longest = max(len(window.states) for window in group)
    shape = (len(group), longest)
    words = torch.zeros(*shape, group[0].states.shape[1])
    ties = torch.zeros(len(group), len(TIES), longest, longest)
    mask = torch.zeros(shape, dtype=torch.bool)
    names = ("quotes", "places", "told", "sentences")
    columns = {name: torch.zeros(shape, dtype=torch.long) for name in names}
    roles = torch.zeros(shape, dtype=torch.long)
    pointers = [torch.full(shape, IGNORED) for _ in range(2)]
    for number, window in enumerate(group):
        example, first, end = window.example, window.first, window.end
        count = end - first
        words[number, :count] = torch.from_numpy(window.states.astype(np.float32))
        ties[number, :, :count, :count] = torch.from_numpy(example.layout.ties(first, end))
        mask[number, :count] = True
        for name, column in example.layout.columns(first, end).items():
            columns[name][number, :count] = torch.tensor(column)
        roles[number, :count] = torch.tensor(example.roles[first:end])
        if roles[number, 0] and not roles[number, 0] % 2:
            roles[number, 0] -= 1
        for pointer, answers in zip(pointers, (example.cues, example.sources), strict=True):
            own = [a - first if first <= a < end else IGNORED for a in answers[first:end]]
            pointer[number, :count] = torch.tensor(own)
    inputs = Inputs(words, *columns.values(), ties, mask)
    return Batch(inputs, roles, *pointers)
