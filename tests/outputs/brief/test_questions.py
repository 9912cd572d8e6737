"""Questions in plain English are understood: what is asked for, and what the words name."""

from __future__ import annotations

import pytest

from chancery.errors import UsageError
from chancery.lexicon import Lexicon
from chancery.outputs.brief import read_question
from chancery.outputs.brief.wanted import read_wanted

ASKED = [
    ("why was Mike Pompeo in Minsk?", "why", "Mike Pompeo in Minsk"),
    ("Pompeo was in Minsk. Why?", "why", "Pompeo was in Minsk"),
    ("why did Belarus expel the US ambassador", "why", "Belarus expel the US ambassador"),
    ("Pompeo in Minsk", "why", "Pompeo in Minsk"),
    ("What led to the expulsion of diplomats?", "led up", "expulsion of diplomats"),
    ("what led up to the visit", "led up", "visit"),
    ("what happened before the visit", "led up", "visit"),
    ("what followed Pompeo's visit to Minsk", "followed", "Pompeo's visit to Minsk"),
    ("what happened after Russia invaded Ukraine", "followed", "Russia invaded Ukraine"),
    ("who said that Belarus wants closer ties?", "said", "Belarus wants closer ties"),
]


@pytest.mark.parametrize(("words", "asks", "about"), ASKED)
def test_what_is_asked(words: str, asks: str, about: str) -> None:
    question = read_question(words)
    assert (question.asks, question.about) == (asks, about)


def test_ids_are_found() -> None:
    assert read_question("why hap_4f2a").ids == ("hap_4f2a",)


def test_whose_words_are_asked_for() -> None:
    question = read_question("what did Mike Pompeo say about oil?")
    assert (question.asks, question.speaker, question.about) == ("said", "Mike Pompeo", "oil")


@pytest.mark.parametrize("words", ["", "  ", "why?", "why …"])
def test_a_question_about_nothing_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        read_question(words)


def test_a_long_question_is_cut() -> None:
    assert len(read_question("why " + "very " * 10_000 + "sad").words) <= 500


def test_being_somewhere_presupposes_a_visit(lexicon: Lexicon) -> None:
    wanted = read_wanted("Mike Pompeo in Minsk", lexicon)
    assert wanted.persons == ("Mike Pompeo",)
    assert wanted.places == ("BLR",)
    assert max(wanted.presumed, key=lambda frame: wanted.presumed[frame]) == "visit"
    assert not wanted.frames


def test_small_letters_are_read_too(lexicon: Lexicon) -> None:
    assert read_wanted("mike pompeo in minsk", lexicon).persons == ("Mike Pompeo",)


def test_sides_are_told_by_where_they_stand(lexicon: Lexicon) -> None:
    wanted = read_wanted("Belarus expel the US ambassador in March 2008", lexicon)
    assert "expel-diplomats" in wanted.frames
    assert (wanted.actors, wanted.targets) == (("BLR",), ("USA",))
    assert wanted.when.edtf() == "2008-03"
    assert "march" not in wanted.words
