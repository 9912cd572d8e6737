"""Traits: every example of the table, and what raises or does not raise a suspicion."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Report, Trait, When
from chancery.read.dates import find_times
from chancery.read.sentences import split_sentences
from chancery.read.traits import Sign, find_traits, sign_matches, trait_table
from chancery.read.voices import find_statements

SIGNS = trait_table().sign
DAY = When(first=date(2020, 3, 5), last=date(2020, 3, 5), basis="stated")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def traits(lexicon: Lexicon, body: str, title: str = "", published: When = DAY) -> list[Trait]:
    text = f"{title}\n{body}" if title else body
    report = Report(id="rep_0", text=text, title=title, published=published)
    sentences = split_sentences(text)
    times = find_times(text, sentences, published)
    statements = find_statements("rep_0", text, sentences, [], times)
    return find_traits(report, sentences, statements, lexicon)


def names(found: list[Trait]) -> list[str]:
    return [trait.name for trait in found]


@pytest.mark.parametrize(
    ("sign", "words"), [(sign, words) for sign in SIGNS for words in sign.examples]
)
def test_examples_show_the_sign(sign: Sign, words: str) -> None:
    assert sign_matches(sign, words)


@pytest.mark.parametrize(
    ("sign", "words"), [(sign, words) for sign in SIGNS for words in sign.not_examples]
)
def test_counter_examples_do_not_show_the_sign(sign: Sign, words: str) -> None:
    assert not sign_matches(sign, words)


def test_every_trait_that_signs_speak_for_has_a_threshold() -> None:
    assert {sign.trait for sign in SIGNS} == set(trait_table().needed)


def test_a_foreign_spelling_is_evidence_with_its_words(lexicon: Lexicon) -> None:
    text = "President Poetin spoke to the guests."
    [trait] = traits(lexicon, text)
    assert trait.name == "reads as translation"
    assert [(item.words.of(text), item.reason) for item in trait.evidence if item.words] == [
        ("Poetin", "Putin spelt as in Dutch")
    ]


def test_spellings_usual_in_english_are_none(lexicon: Lexicon) -> None:
    assert traits(lexicon, "Zelenskiy met Erdogan. President Zelenskyy was late.") == []


def test_a_single_weak_sign_is_not_enough(lexicon: Lexicon) -> None:
    assert traits(lexicon, "The Obama government announced it.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The vote was free or fair, the observers said.",
        "The union condemned the verdict as just.",
        "The king did not sign the treaty. A day later the king signed the treaty.",
        "Malta has ever been a party to it.",
    ],
)
def test_a_lost_negation_is_suspected(lexicon: Lexicon, text: str) -> None:
    assert names(traits(lexicon, text)) == ["lost negation suspected"]


@pytest.mark.parametrize(
    "text",
    [
        "The vote was not free or fair, the observers said.",
        "The union condemned the verdict as unjust.",
        "The king did not sign the treaty. The queen signed the treaty.",
        "Was anybody there at all?",
        "The union condemned the arrests and called for a free press.",
    ],
)
def test_a_negation_in_its_place_is_not_suspected(lexicon: Lexicon, text: str) -> None:
    assert traits(lexicon, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "German President Emmanuel Macron was there.",
        "Angela Merkel, the chancellor of Austria, was there.",
        "Spain declared war on Spain.",
        "Norway expelled the Norwegian ambassador.",
        "Kuwait invaded Iraq in 1990.",
        "Iran invaded Iraq. Later the report says that Iraq invaded Iran.",
        "Defence Minister Angela Merkel was there.",
    ],
)
def test_a_role_reversal_is_suspected(lexicon: Lexicon, text: str) -> None:
    assert names(traits(lexicon, text)) == ["role reversal suspected"]


@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron was there.",
        "During the talks with Angela Merkel, the president of Ukraine thanked her.",
        "Norway expelled the Swedish ambassador.",
        "Iraq invaded Kuwait in 1990.",
        "European Council President Charles Michel was there.",
        "The adviser to the Prime Minister of the United Kingdom Stephen Lovegrove was there.",
    ],
)
def test_roles_in_their_place_are_not_suspected(lexicon: Lexicon, text: str) -> None:
    assert traits(lexicon, text) == []


def test_a_report_without_a_date_is_undated(lexicon: Lexicon) -> None:
    assert names(traits(lexicon, "They met on Friday.", published=When())) == ["undated report"]


def test_an_official_outlet_makes_an_official_release(lexicon: Lexicon) -> None:
    text = "They met."
    report = Report(id="rep_0", text=text, published=DAY, url="http://en.kremlin.ru/events/1")
    [trait] = find_traits(report, split_sentences(text), [], lexicon)
    assert trait.name == "official release"
    assert trait.evidence[0].words is None


def test_what_somebody_else_says_is_not_the_outlets_opinion(lexicon: Lexicon) -> None:
    said = "“In my view we must stop,” the envoy said. “It is high time that they left,” he said."
    assert traits(lexicon, said) == []


def test_spans_are_words_of_the_text_and_in_order(lexicon: Lexicon) -> None:
    text = "Since long time is it so.  It goes about the both ministers in Kiew."
    [trait] = traits(lexicon, text)
    spans = [item.words for item in trait.evidence if item.words]
    assert spans == sorted(spans)
    assert all(span.of(text) == span.of(text).strip() for span in spans)
