"""Which state a party belongs to: features, classes and chances."""

from __future__ import annotations

import numpy as np

from chancery.model import Mention, Span
from chancery.read.parse import Tree
from chancery.read.sentences import split_sentences
from chancery.read.state_model import WIDTH, state_weights
from chancery.read.states import CLASSES, FEATURES, NOBODY, TYPES, StateFinder, lay_out

TEXT = "Kenya expelled two envoys. Police in Nairobi arrested her. Residents protested."


def finder() -> StateFinder:
    sentences = split_sentences(TEXT)
    mentions = {
        0: [Mention(span=Span(0, 5), actor="KEN", score=0.95)],
        1: [
            Mention(span=Span(27, 33), candidates=("KEN.COP",)),
            Mention(span=Span(37, 44), actor="KEN.GOV", score=0.95),
        ],
        2: [],
    }
    lines = [
        lay_out(TEXT, sentence, None, mentions[number], is_title=False)
        for number, sentence in enumerate(sentences)
    ]
    return StateFinder(TEXT, lines, publisher="UGA")


def test_classes_of_words() -> None:
    states = finder()
    line = states.lines[1]
    classes = {word: states.class_of(1, n, doer=True) for n, word in enumerate(line.words)}
    assert classes["Police"] == "name", "a capital letter may open a name"
    assert classes["Nairobi"] == "linked"
    assert classes["her"] == "person"
    assert states.class_of(1, None, doer=True) == "unsaid_doer"
    assert states.class_of(1, None, doer=False) == "unsaid_target"


def test_features_tell_what_ties_a_state_to_a_party() -> None:
    rows = finder().features(1, 0, trigger=3, other=frozenset({"SOM"}))
    assert rows["KEN"]["share"] == 1.0
    assert rows["KEN"]["place"] == 1.0
    assert rows["KEN"]["one_back"] == 1.0
    assert rows["UGA"]["publisher"] == 1.0
    assert rows["SOM"]["other_side"] == 1.0
    assert rows[NOBODY] == {"nobody": 1.0}


def test_chances_add_up_and_are_ordered() -> None:
    chances = finder().chances(2, 0, trigger=1, doer=True, kind="PROTEST")
    assert abs(sum(chance for _, chance in chances) - 1) < 1e-6
    assert [chance for _, chance in chances] == sorted((c for _, c in chances), reverse=True)
    assert chances[0][0] == "KEN"


def test_a_name_that_modifies_a_party_beats_one_that_is_named_more_often() -> None:
    text = "Somalia protested. Somalia said Kenyan police had entered Somalia."
    sentences = split_sentences(text)
    mentions = {
        0: [Mention(span=Span(0, 7), actor="SOM", score=0.95)],
        1: [
            Mention(span=Span(19, 26), actor="SOM", score=0.95),
            Mention(span=Span(32, 38), actor="KEN", score=0.95),
            Mention(span=Span(58, 65), actor="SOM", score=0.95),
        ],
    }
    tree = Tree(
        sentence=sentences[1],
        heads=(1, -1, 3, 5, 5, 1, 5, 1),
        deprels=("nsubj", "root", "amod", "nsubj", "aux", "ccomp", "obj", "punct"),
        upos=("PROPN", "VERB", "ADJ", "NOUN", "AUX", "VERB", "PROPN", "PUNCT"),
        xpos=("NNP", "VBD", "JJ", "NN", "VBD", "VBN", "NNP", "."),
        names=(),
        meaning=np.zeros(384, dtype=np.float32),
    )
    lines = [
        lay_out(text, sentence, tree if number else None, mentions[number], is_title=False)
        for number, sentence in enumerate(sentences)
    ]
    chances = StateFinder(text, lines).chances(1, 3, trigger=5, doer=True, kind="ASSAULT")
    assert chances[0][0] == "KEN"


def test_the_weights_fit_the_features() -> None:
    weights = state_weights()
    told = len(CLASSES) + len(TYPES) + 2 + weights.look.shape[1]
    assert weights.look.shape[0] == WIDTH
    assert weights.plain.shape == (len(FEATURES),)
    assert weights.weighed.shape == (told, len(FEATURES))
    assert weights.first.shape == (len(FEATURES), weights.second.shape[0])
    assert weights.told.shape == (told, weights.second.shape[0])
