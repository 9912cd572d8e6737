"""Which state a party belongs to: features, classes and chances."""

from __future__ import annotations

from chancery.model import Mention, Span
from chancery.read.sentences import split_sentences
from chancery.read.states import CLASSES, FEATURES, NOBODY, StateFinder, lay_out, state_weights

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
    chances = finder().chances(2, 0, trigger=1, doer=True)
    assert abs(sum(chance for _, chance in chances) - 1) < 1e-9
    assert [chance for _, chance in chances] == sorted((c for _, c in chances), reverse=True)
    assert chances[0][0] == "KEN"


def test_every_weight_is_of_a_known_class_and_feature() -> None:
    weights = state_weights()
    assert set(weights) == set(CLASSES)
    assert {name for row in weights.values() for name in row} <= set(FEATURES)
