"""What the words for an anonymous voice tell, and which of them may be one source."""

from __future__ import annotations

import pytest

from chancery.model import Facets, Span
from chancery.read.facets import facets_of, find_facets, propose_same
from chancery.read.sentences import split_sentences


def facets(words: str) -> Facets:
    return facets_of(words, Span(0, len(words)))


def words_of(text: str, span: Span | None) -> str | None:
    return span.of(text) if span else None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two lawmakers", "two"),
        ("the two officials", "two"),
        ("an official", "one"),
        ("officials", "several"),
        ("a dozen envoys", "dozen"),
        ("a handful of aides", "several"),
    ],
)
def test_number(words: str, number: str) -> None:
    assert facets(words).number == number


@pytest.mark.parametrize(
    ("words", "tenure"),
    [
        ("several current and former officials", "both"),
        ("a former diplomat", "former"),
        ("a retired officer", "former"),
        ("an ex-minister", "former"),
        ("a serving officer", "current"),
        ("an officer", None),
    ],
)
def test_tenure(words: str, tenure: str | None) -> None:
    assert facets(words).tenure == tenure


@pytest.mark.parametrize(
    ("words", "rank", "institution"),
    [
        ("a senior Treasury official", "senior", "Treasury"),
        ("a defence ministry source", None, "defence ministry"),
        ("a high-ranking officer in the Chilean navy", "high-ranking", "the Chilean navy"),
        ("one person briefed on the matter", None, None),
    ],
)
def test_rank_and_institution(words: str, rank: str | None, institution: str | None) -> None:
    found = facets(words)
    assert words_of(words, found.rank) == rank
    assert words_of(words, found.institution) == institution


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("a judge's aide who was not authorised to speak", "not authorised to speak"),
        (
            "an aide, speaking on condition of anonymity because the talks go on",
            "because the talks go on",
        ),
        ("an aide who spoke at length", None),
    ],
)
def test_reason(words: str, reason: str | None) -> None:
    assert words_of(words, facets(words).reason) == reason


def described(text: str, *voices: str) -> list[Facets]:
    spans = []
    start = 0
    for voice in voices:
        start = text.index(voice, start)
        spans.append(Span(start, start + len(voice)))
        start += len(voice)
    return find_facets(text, split_sentences(text), spans)


def test_a_description_is_widened_to_the_whole_phrase() -> None:
    text = "Several current and former French officials said so."
    found = described(text, "former French officials")
    assert [item.description.of(text) for item in found] == [
        "Several current and former French officials"
    ]


def test_named_people_have_no_facets() -> None:
    text = "Spokeswoman Ana Ruiz said so. The top diplomat agreed."
    assert described(text, "Spokeswoman Ana Ruiz", "The top diplomat") == []


def test_a_shorter_label_is_proposed_as_the_same_source() -> None:
    text = "A former port official said no. They lied, the official said."
    found = described(text, "A former port official", "the official")
    proposals = propose_same("rep_0", text, found)
    assert [(p.first.of(text), p.second.of(text)) for p in proposals] == [
        ("A former port official", "the official")
    ]
    assert "takes up the words" in proposals[0].reason


def test_labels_of_one_body_are_proposed_with_the_body() -> None:
    text = "Two senators said no. The congressional aides said more."
    found = described(text, "Two senators", "The congressional aides")
    assert [p.reason.endswith("the legislature") for p in propose_same("rep_0", text, found)] == [
        True
    ]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("A current official said no. The former official said yes.", "A current official",
         "The former official"),
        ("Two officials said no. The three officials said yes.", "Two officials",
         "The three officials"),
        ("A senior official said no. The junior official agreed.", "A senior official",
         "The junior official"),
        ("An official said no. An official said yes.", "An official", "An official"),
    ],
)  # fmt: skip
def test_what_speaks_against_one_source_stops_the_proposal(
    text: str, first: str, second: str
) -> None:
    assert propose_same("rep_0", text, described(text, first, second)) == []
