"""PLOVER's contexts: every example of the table, and the two levels."""

from __future__ import annotations

import pytest

from chancery.model import Span
from chancery.read.contexts import context_table, contexts_of, contexts_of_report

TABLE = context_table()


def contexts_in(words: str) -> tuple[str, ...]:
    return contexts_of(words, Span(0, len(words)))


def test_there_are_37_contexts_with_a_dozen_cues_each() -> None:
    assert len(TABLE) == 37
    for name, row in TABLE.items():
        assert len(row.cues) >= 12, name
        assert len(set(row.cues)) == len(row.cues), name
        assert len(row.examples) >= 2, name
        assert row.not_examples, name
        assert set(row.narrower) <= set(TABLE), name


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, row in TABLE.items() for words in row.examples]
)
def test_examples_have_their_context(name: str, words: str) -> None:
    assert name in contexts_in(words)


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, row in TABLE.items() for words in row.not_examples]
)
def test_counter_examples_have_not(name: str, words: str) -> None:
    assert name not in contexts_in(words)


def report_contexts(text: str) -> dict[str, list[str]]:
    return {one.name: [cue.of(text) for cue in one.cues] for one in contexts_of_report(text)}


def test_only_the_words_of_the_claim_count() -> None:
    text = "Floods cut the road. The ministers met in Rome."
    assert contexts_of(text, Span(21, len(text))) == ()
    assert contexts_of(text, Span(0, 20)) == ("disasters",)


def test_a_report_needs_more_than_one_word() -> None:
    assert report_contexts("The ballot was late. The road was cut.") == {}
    assert report_contexts("The ballot was late. Voters went home.") == {
        "election": ["ballot", "Voters"]
    }
    assert report_contexts("A drought. The drought. No drought.") == {"disasters": ["drought"] * 3}


def test_crime_gives_way_to_a_narrower_context() -> None:
    assert contexts_in("The gang sold cocaine.") == ("illegal_drugs",)


def test_order_is_that_of_the_table() -> None:
    found = contexts_in("The court and the army quarrelled over the election of the bishop.")
    assert list(found) == [name for name in TABLE if name in found]
    assert {"military", "legal", "election", "religion_ethnicity"} <= set(found)
