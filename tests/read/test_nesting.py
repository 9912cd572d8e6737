"""Voices within voices: the examples of the table, and what must not change them."""

from __future__ import annotations

import pytest

from chancery.model import Nested, When
from chancery.read.dates import find_times
from chancery.read.nesting import find_nested
from chancery.read.sentences import split_sentences
from chancery.read.tellers import nesting_table
from chancery.read.voices import find_statements

EXAMPLES = [(row["text"], row["nested"]) for row in nesting_table()["example"]]


def nested_in(text: str) -> list[Nested]:
    sentences = split_sentences(text)
    times = find_times(text, sentences, When())
    return find_nested(text, sentences, find_statements("rep_0", text, sentences, [], times))


def pairs_in(text: str) -> list[list[str]]:
    return [[item.outer.of(text), item.inner.of(text)] for item in nested_in(text)]


@pytest.mark.parametrize(("text", "wanted"), EXAMPLES)
def test_examples_of_the_table(text: str, wanted: list[list[str]]) -> None:
    assert pairs_in(text) == wanted


def test_the_cue_opens_the_inner_voice() -> None:
    text = "The consul said that the pilot had told him of the storm."
    assert [(item.kind, item.cue.of(text)) for item in nested_in(text)] == [("told", "told")]


def test_each_pair_is_found_once_and_in_order() -> None:
    text = (
        "The Gazette, citing a port official, said that the quay was shut. "
        "The consul said that the pilot had told him of the storm."
    )
    found = nested_in(text)
    assert len(found) == 2
    assert found == sorted(found, key=lambda item: item.inner)


def test_a_speaker_is_not_nested_in_himself() -> None:
    assert pairs_in("The guards said they had told the truth.") == []
    assert pairs_in("The minister said that the minister had said so.") == []
