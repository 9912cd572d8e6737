"""Grammar that English does not have, from real trees."""

from __future__ import annotations

import pytest

from chancery.lexicon import Lexicon
from chancery.read.encoder import Encoder
from chancery.read.parse import parse
from chancery.read.sentences import split_sentences
from chancery.read.strained_grammar import find_strains


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def reasons(text: str, encoder: Encoder, lexicon: Lexicon) -> list[str]:
    parsed = (parse(text, sentence, encoder) for sentence in split_sentences(text))
    return [item.reason for item in find_strains(text, [t for t in parsed if t], lexicon)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "The soldiers used against them the tear gas.",
            "an adverb between the verb and its object",
        ),
        ("The agreements was signed on Friday by both.", "the verb does not agree"),
        ("The envoys met minister in the old town.", "an article is missing"),
        ("The sanctions hurt the Latvia, he said to us.", "an article before a state's name"),
    ],
)
def test_strained(text: str, reason: str, encoder: Encoder, lexicon: Lexicon) -> None:
    assert reason in reasons(text, encoder, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers used tear gas against them on Friday.",
        "The agreements were signed on Friday by both.",
        "The envoys met the minister in the old town.",
        "Never before had the envoys met so often in one year.",
        "“We shall sign,” said the envoy of the northern league.",
        "The Netherlands, the United States and the Philippines signed.",
    ],
)
def test_plain(text: str, encoder: Encoder, lexicon: Lexicon) -> None:
    assert reasons(text, encoder, lexicon) == []


def test_nothing_is_found_without_trees(lexicon: Lexicon) -> None:
    assert find_strains("The agreements was signed.", [], lexicon) == []
