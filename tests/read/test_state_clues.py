"""What the rest of a report tells of a party's state."""

from __future__ import annotations

import numpy as np

from chancery.model import Mention, Span
from chancery.read.parse import Tree
from chancery.read.sentences import split_sentences
from chancery.read.state_clues import CLUES, ClueFinder
from chancery.read.states import Line, lay_out

TEXT = (
    "Ana Reyes, a nurse from Peru, left.\n\n"
    "Chile expelled Reyes.\n\n"
    "Police said she wept.\n\n"
    "Reyes's brother protested."
)
TREES = (
    (
        "PROPN PROPN PUNCT DET NOUN ADP PROPN PUNCT VERB PUNCT",
        (8, 0, 0, 4, 0, 6, 4, 0, -1, 8),
        "nsubj flat punct det appos case nmod punct root punct",
    ),
    ("PROPN VERB PROPN PUNCT", (1, -1, 1, 1), "nsubj root obj punct"),
    ("NOUN VERB PRON VERB PUNCT", (1, -1, 3, 1, 1), "nsubj root nsubj ccomp punct"),
    ("PROPN PART NOUN VERB PUNCT", (2, 0, 3, -1, 3), "nmod:poss case nsubj root punct"),
)


def clues() -> ClueFinder:
    lines: list[Line] = []
    for sentence, (upos, heads, deprels) in zip(split_sentences(TEXT), TREES, strict=True):
        tree = Tree(
            sentence=sentence,
            upos=tuple(upos.split()),
            xpos=tuple("" for _ in heads),
            heads=heads,
            deprels=tuple(deprels.split()),
            names=(),
            meaning=np.zeros(384, np.float32),
        )
        mentions = [
            Mention(span=Span(start, start + len(name)), actor=actor, score=0.95)
            for name, actor in (("Peru", "PER"), ("Chile", "CHL"))
            if sentence.span.covers(Span(start := TEXT.index(name), start + len(name)))
        ]
        lines.append(lay_out(TEXT, sentence, tree, mentions, is_title=False))
    return ClueFinder(lines, {"PER": 1, "CHL": 1})


def test_a_surname_has_the_ties_of_the_full_name() -> None:
    rows = clues().of(1, 2, trigger=1)
    assert rows["PER"]["again_tied"] == 1.0
    assert rows["PER"]["again_first"] == 1.0
    assert "again_tied" not in rows["CHL"]


def test_a_pronoun_and_a_relative_lead_to_the_name() -> None:
    found = clues()
    assert found.of(2, 2, trigger=3)["PER"]["again_tied"] == 1.0
    assert found.of(3, 2, trigger=3)["PER"]["owner_tied"] == 1.0


def test_how_a_state_stands_to_the_deed() -> None:
    rows = clues().of(1, 2, trigger=1)
    assert rows["CHL"]["under_subject"] == 1.0
    assert rows["CHL"]["acts"] == 1.0


def test_all_clues_are_known_features() -> None:
    rows = clues().of(3, 2, trigger=3)
    assert {name for row in rows.values() for name in row} <= set(CLUES)
