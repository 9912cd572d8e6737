"""Whose somebody is, by the words that describe him or his family."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Mention, When
from chancery.read.mentions import find_mentions
from chancery.read.sentences import split_sentences


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def mentions_of(lexicon: Lexicon, text: str) -> dict[str, Mention]:
    day = date(2020, 2, 3)
    published = When(first=day, last=day, basis="stated")
    found = find_mentions(text, split_sentences(text), lexicon, published)
    return {mention.span.of(text): mention for mention in found}


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Omar Salim, a Tanzanian trader, fled.", "Omar Salim", "TZA"),
        ("Omar Salim, a Tanzanian, fled.", "Omar Salim", "TZA"),
        ("Shares of Rosbank, a small Russian lender, fell.", "Rosbank", "RUS"),
        ("They met Ana Ruiz, who is a Peruvian painter.", "Ana Ruiz", "PER"),
        ("Omar Salim, from Tanzania, fled.", "Omar Salim", "TZA"),
        ("Peruvian teacher Ana Ruiz spoke.", "Peruvian teacher Ana Ruiz", "PER"),
        ("The Kenyan-born runner Ana Ruiz won.", "Kenyan-born runner Ana Ruiz", "KEN"),
        ("His father in Lima, Pedro Ruiz, wept.", "Pedro Ruiz", "PER"),
        ("His father, Pedro Ruiz, a Peruvian, wept.", "father, Pedro Ruiz", "PER.CVL"),
        # Known anywhere in the report, known everywhere in it.
        ("Salim fled from Nairobi. Omar Salim, a Tanzanian, had a boat.", "Omar Salim", "TZA"),
        ("Omar Salim, a Tanzanian, fled. Kenya sought Salim.", "Salim", "TZA"),
        # A family.
        ("Her relatives in Lisbon sued. Peru met her relatives.", "relatives", "PRT.CVL"),
        ("Omar Salim, a Tanzanian, fled. Salim's wife stayed in Kenya.", "wife", "TZA.CVL"),
        # Not so told.
        ("Omar Salim met a Tanzanian trader.", "Omar Salim", None),
        ("Omar Salim, a Kurdish singer, fled.", "Omar Salim", None),
        ("Omar Salim left from Tanzania for Kenya.", "Omar Salim", None),
        ("Tanzanian police found Omar Salim.", "Omar Salim", None),
        ("Tanzanians with Omar Salim fled.", "Omar Salim", None),
        ("Omar Salim, a Tanzanian, fled. Ali Salim stayed.", "Ali Salim", None),
    ],
)
def test_who_is_described_by_a_state_is_of_it(
    lexicon: Lexicon, text: str, words: str, code: str | None
) -> None:
    assert mentions_of(lexicon, text)[words].actor == code


def test_the_adjective_of_a_description_is_no_party(lexicon: Lexicon) -> None:
    assert set(mentions_of(lexicon, "Omar Salim, a Tanzanian trader, fled.")) == {"Omar Salim"}


def test_troops_are_not_of_the_place_where_they_are(lexicon: Lexicon) -> None:
    found = mentions_of(lexicon, "The soldiers in Mali, Jean Petit and others, slept.")
    assert found["Jean Petit"].actor is None


def test_two_of_one_surname_are_two(lexicon: Lexicon) -> None:
    text = "Omar Salim, a Tanzanian, fled to Oman. His uncle, Ali Salim, sued. Ali Salim won."
    found = mentions_of(lexicon, text)
    assert found["Omar Salim"].actor == "TZA"
    assert found["Ali Salim"].actor != "TZA"
