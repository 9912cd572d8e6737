"""What coreference stands on: stems, kinship of words, arguments, linkage, likeness of texts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from chancery.read import Reader
from chancery.read.deed_arguments import roles_of
from chancery.read.deed_mentions import SeenText
from chancery.read.kin_words import kin_of
from chancery.read.linkage import groups_of, joined_at, joins
from chancery.read.parse import parse
from chancery.read.sentences import split_sentences
from chancery.read.stems import root, stem
from chancery.read.story_likeness import rarity_of, story_likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [("hires", "hiring"), ("Stole", "steals"), ("carried", "carries"), ("won", "wins")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("verb", "noun"), [("appointed", "appointment"), ("arrested", "arrest"), ("invaded", "invader")]
)
def test_a_verb_and_its_noun_have_one_root(verb: str, noun: str) -> None:
    assert root(verb) == root(noun)


def kinship(one: str, other: str) -> float:
    first, second = (kin_of(words.split(), words.split()[0], "VERB") for words in (one, other))
    length = float(
        np.sqrt(sum(w * w for w in first.values()) * sum(w * w for w in second.values()))
    )
    return sum(weight * second.get(number, 0) for number, weight in first.items()) / length


def test_words_for_one_deed_are_akin() -> None:
    assert kinship("resign", "quit") > 0.2
    assert kinship("thwarted", "foils") > 0.2
    assert kinship("take over", "assumed") > kinship("take over", "promised")
    assert kinship("arrested", "sang") < 0.05
    assert kin_of(["qwxz"], "qwxz", "VERB") == {}


def test_arguments_of_active_passive_and_noun() -> None:
    encoder = Reader.load().encoder
    assert encoder is not None
    for text, deed in (
        ("The army arrested the minister on Monday.", "arrested"),
        ("The minister was arrested by the army on Monday.", "arrested"),
        ("The army's arrest of the minister shocked many.", "arrest"),
    ):
        [sentence] = split_sentences(text)
        tree = parse(text, sentence, encoder)
        assert tree is not None
        forms = [word.of(text).lower() for word in sentence.words]
        roles = roles_of(tree, forms, forms.index(deed))
        assert [forms[word] for word in roles["subject"]] == ["army"]
        assert [forms[word] for word in roles["object"]] == ["minister"]


def test_linkage_joins_the_most_alike_first_and_stops_at_the_limit() -> None:
    alike = np.asarray(
        [[1, 0.9, 0.2, 0.1], [0.9, 1, 0.4, 0.1], [0.2, 0.4, 1, 0.8], [0.1, 0.1, 0.8, 1]]
    )
    assert [join[:2] for join in joins(alike)] == [(0, 1), (2, 3), (0, 2)]
    assert groups_of(alike, 0.5) == [[0, 1], [2, 3]]
    assert groups_of(alike, 0.95) == [[0], [1], [2], [3]]
    assert joined_at(alike)[0, 3] == pytest.approx(0.2)
    assert groups_of(np.zeros((0, 0)), 0.5) == []


def test_linkage_is_average_linkage() -> None:
    random = np.random.default_rng(7)
    alike = random.random((12, 12))
    alike = (alike + alike.T) / 2
    groups = [[n] for n in range(12)]
    for first, second, likeness in joins(alike):
        means = {
            (a[0], b[0]): alike[np.ix_(a, b)].mean() for a in groups for b in groups if a[0] < b[0]
        }
        assert likeness == pytest.approx(max(means.values()))
        assert means[first, second] == pytest.approx(likeness)
        one = next(g for g in groups if g[0] == first)
        other = next(g for g in groups if g[0] == second)
        groups = [g for g in groups if g not in (one, other)] + [[first, *one[1:], *other]]


def test_likeness_of_texts_is_defined_for_any_number_of_them() -> None:
    meaning = np.zeros(3, np.float32)
    one = SeenText(Counter({"quak": 2, "island": 1}), meaning)
    for texts in ([one], [one, one], [one, SeenText(Counter(), meaning)]):
        for name, table in story_likeness(texts, rarity_of(texts)[0]).items():
            assert table.shape == (len(texts), len(texts)), name
            assert np.isfinite(table).all(), name
            assert np.allclose(table, table.T), name
