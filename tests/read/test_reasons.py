from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from chancery.model import Reason, Span, Statement, When
from chancery.read.dates import find_times
from chancery.read.encoder import Encoder
from chancery.read.parse import parse
from chancery.read.reason_cues import reason_table, reason_words
from chancery.read.reasons import find_reasons
from chancery.read.sentences import split_sentences
from chancery.read.voices import find_statements


@cache
def encoder() -> Encoder:
    return Encoder.load()


def statements_in(text: str) -> list[Statement]:
    sentences = split_sentences(text)
    times = find_times(text, sentences, When())
    return find_statements("rep_0000", text, sentences, [], times)


def reasons_in(text: str, deeds: list[Span] | None = None, *, tree: bool = True) -> list[Reason]:
    sentences = split_sentences(text)
    trees = [parse(text, sentence, encoder()) if tree else None for sentence in sentences]
    return find_reasons("rep_0000", text, sentences, trees, statements_in(text), deeds)


def told(text: str) -> list[tuple[str, str]]:
    return [(reason.deed.of(text), reason.passage.of(text)) for reason in reasons_in(text)]


def rows() -> list[dict[str, Any]]:
    return list(reason_table()["cues"])


EXAMPLES = [(example, row["kind"]) for row in rows() for example in row["examples"]]
NOT_EXAMPLES = [example for row in rows() for example in row.get("not_examples", ())]


@pytest.mark.parametrize(("example", "kind"), EXAMPLES)
def test_examples_give_their_reason(example: str, kind: str) -> None:
    deed, passage = re.search(r"\[(.+?)\]", example), re.search(r"\{(.+?)\}", example)
    assert deed is not None
    assert passage is not None
    text = re.sub(r"[\[\]{}]", "", example)
    assert told(text) == [(deed[1], passage[1])]
    assert reasons_in(text)[0].kind in (kind, "purpose")


@pytest.mark.parametrize("example", NOT_EXAMPLES)
def test_not_examples_give_none(example: str) -> None:
    assert told(example) == []


def test_every_row_has_an_example_and_known_classes() -> None:
    for row in rows():
        assert row["examples"], row["phrases"]
        assert set(row.get("deeds", ())) <= set(reason_words().verbs), row["phrases"]


def test_a_reason_points_at_its_cue_and_its_words() -> None:
    text = "In response to the arrests, Canada expelled nine envoys."
    (reason,) = reasons_in(text)
    assert reason.cue.of(text) == "In response to"
    assert reason.passage.of(text) == "the arrests"
    assert reason.voice.kind == "own"


def test_a_reason_is_on_the_word_of_whoever_says_it() -> None:
    text = "The minister said Hungary had blocked the statement because it named no date."
    (reason,) = reasons_in(text)
    assert reason.voice.name is not None
    assert reason.voice.name.of(text) == "The minister"


def test_what_a_doer_cites_is_on_the_doers_word() -> None:
    text = "Citing national security, Australia cancelled the visas of three scholars."
    (reason,) = reasons_in(text)
    assert reason.voice.name is not None
    assert reason.voice.name.of(text) == "Australia"
    assert reason.kind == "justification"


def test_the_reason_may_stand_in_a_sentence_of_its_own() -> None:
    text = "Armenia's premier skipped the summit. The reason was the bloc's silence."
    assert told(text) == [("skipped", "the bloc's silence")]


def test_what_is_answered_is_the_reason_of_the_answer() -> None:
    text = "Chile responded to the seizure of its ship by recalling its envoy."
    assert told(text) == [("recalling", "the seizure of its ship")]


def test_a_phrase_between_commas_belongs_to_the_clause_around_it() -> None:
    text = "It was a sign of concern that Omar, in an attempt to stay, would dissolve the house."
    assert told(text) == [("dissolve", "to stay")]


def test_being_there_for_something_is_a_deed() -> None:
    assert told("Berg was there to address the quarrel.") == [("was", "to address the quarrel")]


def test_a_question_gives_no_reason() -> None:
    assert told("Did Norway recall its envoy because of the arrests?") == []


def test_a_given_deed_may_be_the_object_of_the_verb() -> None:
    text = "Canada announced sanctions over the arrests."
    start = text.index("sanctions")
    (reason,) = reasons_in(text, [Span(start, start + len("sanctions"))])
    assert reason.deed.of(text) == "sanctions"


def test_only_reasons_of_given_deeds_are_returned() -> None:
    text = "Norway recalled its envoy because of the arrests, and Chile closed its consulate."
    start = text.index("closed")
    assert reasons_in(text, [Span(start, start + len("closed"))]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway recalled its envoy because of the arrests, and Chile stayed.",
        "Because of the arrests, Norway recalled its envoy.",
    ],
)
def test_without_a_tree_the_nearest_given_deed_counts(text: str) -> None:
    start = text.index("recalled")
    (reason,) = reasons_in(text, [Span(start, start + len("recalled"))], tree=False)
    assert reason.passage.of(text) == "the arrests"


def test_without_a_tree_and_deeds_nothing_is_found() -> None:
    assert reasons_in("Norway recalled its envoy because of the arrests.", tree=False) == []
