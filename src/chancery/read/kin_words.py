"""Which words for deeds are akin: "foil" and "thwart", "robbery" and "steal".

`data/kin_words.npz` is condensed from WordNet 3.0 (`training/coref/kin.py`): words with the numbers
of their first meanings (synsets), and links between meanings. A word has its own meanings and
those near them, each with a weight that shrinks along the links; two words are akin as far as
they have the same ones.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.read.stems import base

MEANT: Final = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
PARTS: Final = "vna"
PASSED_OVER: Final = frozenset({"the", "a", "an", "to", "'s", "'", '"', "-"})
BESIDE: Final = 0.5
"""How much a word counts that only stands beside the head."""

ENDINGS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "v": (("s", ""), ("ies", "y"), ("ied", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""),
          ("ing", "e"), ("ing", "")),
    "n": (("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
          ("men", "man"), ("ies", "y")),
    "a": (),
}  # fmt: skip
"""How forms are led back to what the table holds, as WordNet's own Morphy does."""

LINKS: Final[Mapping[str, float]] = {
    "+": 0.8, "$": 0.7, "*": 0.6, ">": 0.6, "<": 0.6, "@": 0.5, "=": 0.5, "&": 0.5, "^": 0.5,
    "\\": 0.5,
}  # fmt: skip
"""What is left of a weight along a link, by WordNet's signs: derivation, verb group, entailment,
cause, participle, the more general, attribute, likeness, see also, what an adjective is of."""

BACKWARDS: Final[Mapping[str, float]] = {"@": 0.3, "*": 0.0, ">": 0.0}
"""The same against the link, where that is another: from the general to the particular."""

RANK: Final = 0.5
"""The second sense weighs 1 / (1 + RANK), the third 1 / (1 + 2 RANK)."""

STEPS: Final = 2
LEAST: Final = 0.12
CROWD: Final = 10
"""A meaning with so many links says about half as much as one with none."""


class KinTable(NamedTuple):
    """Senses by word (`v:foil`), and for each meaning its neighbours with what is left to them."""

    senses: Mapping[str, tuple[int, ...]]
    near: Sequence[Sequence[tuple[int, float]]]
    crowds: Sequence[int]


@cache
def _table() -> KinTable:
    import numpy as np

    source = resources.files("chancery.read") / "data" / "kin_words.npz"
    with source.open("rb") as file, np.load(file) as arrays:
        words = bytes(arrays["words"]).decode().split(" ")
        ends = np.cumsum(arrays["counts"], dtype=np.int64).tolist()
        senses = arrays["senses"].tolist()
        starts = np.cumsum(arrays["steps"], dtype=np.int64).tolist()
        targets, kinds = arrays["ends"].tolist(), bytes(arrays["kinds"]).decode()
        crowds = arrays["crowds"].tolist()
    near: list[list[tuple[int, float]]] = [[] for _ in crowds]
    for one, other, kind in zip(starts, targets, kinds, strict=True):
        near[one].append((other, LINKS[kind]))
        near[other].append((one, BACKWARDS.get(kind, LINKS[kind])))
    bounds = zip([0, *ends], ends, strict=False)
    known = {w: tuple(senses[s:e]) for w, (s, e) in zip(words, bounds, strict=True)}
    return KinTable(known, near, crowds)


def kin_of(words: Sequence[str], head: str, upos: str) -> dict[int, float]:
    """Return the meanings of some words for a deed, by number; none where they are unknown.

    They are looked up together ("open fire"); else the head is, in its word class, and the others
    beside it. All in small letters.
    """
    told = [word for word in words if word not in PASSED_OVER]
    if len(told) > 1 and (together := _looked_up("_".join(told), PARTS)):
        return together
    if len(told) == 2:
        for lemma in lemmas_of(told[0], "v", _table().senses):
            if together := _looked_up(f"{lemma}_{told[1]}", PARTS):
                return together
    found = _looked_up(head, MEANT.get(upos, PARTS)) or _looked_up(head, PARTS)
    beside = [_looked_up(word, PARTS) for word in told if word != head]
    return _merged([found, *({n: w * BESIDE for n, w in row.items()} for row in beside)])


def lemmas_of(form: str, part: str, known: Collection[str]) -> list[str]:
    """Return what a form may come of in a word class, of those that are known as `v:foil`."""
    found = [base(form)] if part == "v" else [form]
    for ending, instead in ENDINGS[part]:
        bare = form.removesuffix(ending)
        if bare != form and len(bare) > 1:
            found.append(bare + instead)
            if len(bare) > 3 and bare[-1] == bare[-2] and not instead:
                found.append(bare[:-1])
    return [lemma for lemma in dict.fromkeys(found) if f"{part}:{lemma}" in known]


@cache
def _looked_up(form: str, parts: str) -> dict[int, float]:
    return _merged(_meanings(form, parts))


def _meanings(form: str, parts: str) -> Iterator[dict[int, float]]:
    for part in parts:
        for lemma in lemmas_of(form, part, _table().senses):
            yield _spread(f"{part}:{lemma}")


def _spread(word: str) -> dict[int, float]:
    """Return the weights of a word's senses, in their order, and of the meanings near them."""
    table = _table()
    found = {sense: 1 / (1 + RANK * rank) for rank, sense in enumerate(table.senses[word])}
    latest = found
    for _ in range(STEPS):
        further: dict[int, float] = {}
        for meaning, weight in latest.items():
            for other, share in table.near[meaning]:
                left = weight * share
                if left >= LEAST and left > max(found.get(other, 0), further.get(other, 0)):
                    further[other] = left
        found = found | further
        latest = further
    # What is linked to much says little.
    return {n: w / (1 + math.log(1 + table.crowds[n] / CROWD)) for n, w in found.items()}


def _merged(rows: Iterable[Mapping[int, float]]) -> dict[int, float]:
    merged: dict[int, float] = {}
    for row in rows:
        for number, weight in row.items():
            merged[number] = max(merged.get(number, 0.0), weight)
    return merged
