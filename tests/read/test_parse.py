"""Decoding: any scores give one rooted tree, and the best one; tags are well formed."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as numpy_strategies

from chancery.model import Span
from chancery.read.encoder import Encoder
from chancery.read.parse import (
    ROOT,
    Name,
    Tree,
    best_tags,
    best_tree,
    names_of,
    parse,
    parse_trunk,
)
from chancery.read.sentences import Sentence, split_sentences

TEXT = (
    "Minsk expels two envoys\nBelarus expelled two Polish diplomats on Monday, the foreign "
    "ministry "
    "said. Warsaw's reply came at once: it recalled its ambassador."
)
TAGS = ("B-LOC", "B-PER", "I-LOC", "I-PER", "O")


def arcs_of(largest: int) -> st.SearchStrategy[np.ndarray]:
    scores = st.floats(-30, 30, width=32)
    return st.integers(1, largest).flatmap(
        lambda n: numpy_strategies.arrays(np.float32, (n, n + 1), elements=scores)
    )


def is_tree(heads: list[int]) -> bool:
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        seen, word = set(), start
        while word and word not in seen:
            seen.add(word)
            word = heads[word - 1]
        if word:
            return False
    return True


def total(arcs: np.ndarray, heads: list[int]) -> float:
    return sum(float(arcs[word, head]) for word, head in enumerate(heads))


@given(arcs_of(12))
def test_heads_always_form_one_rooted_tree(arcs: np.ndarray) -> None:
    assert is_tree(best_tree(arcs).tolist())


@given(arcs_of(4))
def test_no_tree_scores_more(arcs: np.ndarray) -> None:
    found = best_tree(arcs).tolist()
    every = product(range(len(arcs) + 1), repeat=len(arcs))
    best = max(total(arcs, list(heads)) for heads in every if is_tree(list(heads)))
    assert total(arcs, found) == pytest.approx(best, abs=1e-3)


@given(
    numpy_strategies.arrays(
        np.float32, st.tuples(st.integers(1, 5), st.just(5)), elements=st.floats(-9, 9, width=32)
    )
)
def test_tags_are_the_best_well_formed_ones(scores: np.ndarray) -> None:
    def well_formed(tags: tuple[str, ...]) -> bool:
        pairs = zip(("O", *tags), tags, strict=False)
        return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairs)

    def chance(tags: tuple[str, ...]) -> float:
        logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        return sum(float(logs[n, TAGS.index(tag)]) for n, tag in enumerate(tags))

    found = tuple(best_tags(scores, TAGS))
    every = [tags for tags in product(TAGS, repeat=len(scores)) if well_formed(tags)]
    assert well_formed(found)
    assert chance(found) == pytest.approx(max(map(chance, every)), abs=1e-3)


def test_names_are_read_off_tags() -> None:
    tags = ["B-PER", "I-PER", "O", "B-LOC", "B-LOC"]
    assert names_of(tags) == [Name(0, 1, "PER"), Name(3, 3, "LOC"), Name(4, 4, "LOC")]


def test_a_parse_has_an_entry_for_every_word(tiny: Encoder) -> None:
    for sentence in split_sentences(TEXT):
        tree = parse(TEXT, sentence, tiny)
        assert isinstance(tree, Tree)
        count = len(sentence.words)
        columns = (tree.upos, tree.xpos, tree.heads, tree.deprels)
        assert [len(column) for column in columns] == [count] * 4
        assert is_tree([head + 1 for head in tree.heads])
        assert [tree.deprels[n] == "root" for n in range(count)] == [
            head == ROOT for head in tree.heads
        ]
        assert tree.below(tree.root) == list(range(count))


def test_a_trunk_gives_the_same_parse_as_the_sentence(tiny: Encoder) -> None:
    for sentence in split_sentences(TEXT):
        trunk = tiny.trunk([word.of(TEXT) for word in sentence.words])
        ours, whole = parse_trunk(sentence, trunk, tiny), parse(TEXT, sentence, tiny)
        assert whole is not None
        assert np.array_equal(ours.meaning, whole.meaning)
        for field in ("upos", "xpos", "heads", "deprels", "names"):
            assert getattr(ours, field) == getattr(whole, field)


def test_the_tiny_model_knows_some_english(tiny: Encoder) -> None:
    text = "They said the president was in the city."
    tree = parse(text, split_sentences(text)[0], tiny)
    assert tree is not None
    assert tree.upos[:4] == ("PRON", "VERB", "DET", "NOUN")
    assert tree.heads[2] == 3
    assert (tree.heads[0], tree.deprels[0]) == (1, "nsubj")


def test_a_sentence_too_long_is_not_read_in_part(tiny: Encoder) -> None:
    text = "word " * 600
    words = tuple(Span(5 * n, 5 * n + 4) for n in range(600))
    assert parse(text, Sentence(span=Span(0, 2999), words=words), tiny) is None
