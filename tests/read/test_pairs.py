"""Types of pairs that are handed over, by sentences of our own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import UsageError
from chancery.lexicon import Lexicon
from chancery.model import EventType, Span
from chancery.read import Reader
from chancery.read.pair_places import places_of, side_in
from chancery.read.pairs import Pair, Scored, Typed, classify, look


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("frames", Lexicon.load())


@pytest.mark.parametrize(
    ("text", "actor", "target", "expected"),
    [
        ("Turkey attacked Syria on Monday.", "Turkey", "Syria", "ASSAULT happened"),
        ("The rebels were shelled by the army.", "the army", "The rebels",
         "ASSAULT heavy-weapons happened"),
        ("Poland will visit Oman.", "Poland", "Oman", "CONSULT visit planned"),
        ("Poland did not attack Oman.", "Poland", "Oman", "ASSAULT negated"),
        ("Poland may attack Oman.", "Poland", "Oman", "ASSAULT hypothetical"),
        ("Smurfs and Gnomes met in Rome.", "Gnomes", "Smurfs", "CONSULT happened"),
        ("The Guild of Bakers sued the Mill Trust.", "The Guild of Bakers", "the Mill Trust",
         "ACCUSE allege happened"),
        ("Mali expelled two Danish diplomats and praised Togo.", "Mali", "Togo",
         "SUPPORT happened"),
        ("Mali expelled two Danish diplomats and praised Togo.", "Mali", "two Danish diplomats",
         "SANCTION expel happened"),
        ("Mali said that Togo must withdraw its troops.", "Mali", "Togo", "REQUEST happened"),
        ("Mali praised the plan.", "Mali", None, "SUPPORT happened"),
        ("Mali praised Togo.", None, "Togo", "SUPPORT happened"),
        ("Mali praised Togo.", None, None, "SUPPORT happened"),
    ],
)  # fmt: skip
def test_a_pair_is_typed(
    reader: Reader, text: str, actor: str | None, target: str | None, expected: str
) -> None:
    typed = reader.classify(text, actor, target)
    parts = (typed.type, typed.mode, typed.standing)
    assert " ".join(part for part in parts if part) == expected
    assert 0 < typed.score <= 1


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("Mali lies north of Togo.", "Mali", "Togo"),
        ("The lake between Mali and Togo is deep.", "Mali", "Togo"),
    ],
)
def test_where_nothing_is_done_there_is_no_type(
    reader: Reader, text: str, actor: str, target: str
) -> None:
    assert reader.classify(text, actor, target) == Typed()


def test_direction_counts(reader: Reader) -> None:
    forwards = reader.classify("Turkey attacked Syria.", "Turkey", "Syria")
    backwards = reader.classify("Turkey attacked Syria.", "Syria", "Turkey")
    assert forwards.score > backwards.score


def test_a_side_must_stand_in_the_text(reader: Reader) -> None:
    with pytest.raises(UsageError, match="target"):
        reader.classify("Turkey attacked Syria.", "Turkey", "Iran")


def test_sides_are_whole_words_where_they_can_be() -> None:
    assert [span.start for span in places_of("US", "US, RUSSIA and the US")] == [0, 19]
    assert [span.start for span in places_of("US", "RUSSIA")] == [1]
    assert places_of("", "US") == []
    assert places_of("the U . S . ' Navy", "Did the U.S.' Navy go?") == [Span(4, 18)]
    assert places_of("?!", "So?") == []
    assert [span.start for span in places_of("(US", "x(US)")] == [1]
    assert len(places_of("a", "a " * 1000)) == 50


def test_a_side_within_the_other_is_no_second_place(reader: Reader) -> None:
    typed = reader.classify("The Mali Front praised Mali.", "The Mali Front", "Mali")
    assert (typed.type, typed.standing) == ("SUPPORT", "happened")


def test_very_long_sentences_are_left_alone(reader: Reader) -> None:
    text = "Mali " + "and so on, " * 4000 + "attacked Togo."
    assert reader.classify(text, "Mali", "Togo").score < 1


def test_a_learned_scorer_goes_first() -> None:
    lexicon = Lexicon.load()
    pair = Pair(text="Poland will visit Oman.", actor="Poland", target="Oman")

    def answer(types: Mapping[EventType | None, float]) -> Typed:
        return classify(pair, lexicon, lambda *_: Scored(types, "alleged"))

    agreed = answer({"CONSULT": 0.7, None: 0.3})
    assert (agreed.type, agreed.mode, agreed.standing) == ("CONSULT", "visit", "planned")
    assert agreed.score > 0.7, "the frames say the same"
    other = answer({"AID": 0.95, "CONSULT": 0.05})
    assert (other.type, other.mode, other.standing) == ("AID", None, "alleged")
    assert answer({"AID": 0.2, None: 0.8}).type is None
    assert answer({"AID": 0.4, None: 0.6}).type == "AID", "a pair is asked about for a deed"
    assert classify(pair, lexicon, lambda *_: None).type == "CONSULT"


def test_triggers_between_both_sides_count_beside_the_sentence() -> None:
    lexicon = Lexicon.load()
    pair = Pair(text="Poland and Oman.", actor="Poland", target="Oman")
    types: Mapping[EventType | None, float] = {"AID": 0.3, "AGREE": 0.2, None: 0.5}
    alone = classify(pair, lexicon, lambda *_: Scored(types, "happened"))
    told = classify(pair, lexicon, lambda *_: Scored(types, "happened", {"AGREE": 0.1}))
    assert (alone.type, told.type) == ("AID", "AGREE")


@pytest.mark.parametrize(
    ("side", "text", "wanted"),
    [
        ("the Mali army", "The army of Mali crossed.", ["army of Mali"]),
        ("Poland", "A Polish ship came.", ["Polish"]),
        ("Oman's ministry of trade", "The ministry, and that of trade, met Oman.", ["ministry"]),
        ("rebel leader Sami", "Sami spoke; the leader of the rebels had left.", ["Sami"]),
        ("an envoy of the EU", "The EU spoke.", ["EU"]),
        ("the man of it", "It was the end of man.", []),
        ("Togo", "Ghana spoke.", []),
    ],
)
def test_a_side_in_other_words_is_the_same_party_or_its_longest_part(
    side: str, text: str, wanted: list[str]
) -> None:
    lexicon = Lexicon.load()
    found = side_in(side, text, look(text, lexicon).mentions, lexicon)
    assert [span.of(text) for span in found] == wanted


@given(st.text(max_size=200), st.integers(0, 200), st.integers(1, 20))
def test_any_text_is_typed_or_not(reader: Reader, text: str, start: int, length: int) -> None:
    typed = reader.classify(text, text[start : start + length] or None)
    assert (typed.type is None) == (typed.standing is None)
    assert 0 <= typed.score <= 1
