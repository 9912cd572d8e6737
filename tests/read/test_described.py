"""Whose somebody is, by the words that describe him or his family."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chancery.model import Mention

Finder = Callable[[str], dict[str, Mention]]


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
        # His age may stand between, and a verb may tell it.
        ("Omar Salim, 31, a Tanzanian trader, fled.", "Omar Salim", "TZA"),
        ("Omar Salim was later found to be a Tanzanian.", "Omar Salim", "TZA"),
        ("Ana Ruiz is a Peruvian citizen.", "Ana Ruiz", "PER.CVL"),
        ("Omar Salim, who was born in Tanzania, fled.", "Omar Salim", "TZA"),
        ("Omar Salim, 31, a native of Tanzania, fled.", "Omar Salim", "TZA"),
        ("Ana Ruiz is a Peruvian painter.", "Ana Ruiz", "PER"),
        ("Ana Ruiz is near a Peruvian citizen.", "Ana Ruiz", None),
        ("Omar Salim was a guest of Tanzania.", "Omar Salim", None),
        ("Omar Salim was met by a Tanzanian trader.", "Omar Salim", None),
        ("Omar Salim, who lived in Tanzania, fled.", "Omar Salim", None),
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
    mentions_of: Finder, text: str, words: str, code: str | None
) -> None:
    assert mentions_of(text)[words].actor == code


def test_the_adjective_of_a_description_is_no_party(mentions_of: Finder) -> None:
    assert set(mentions_of("Omar Salim, a Tanzanian trader, fled.")) == {"Omar Salim"}


def test_troops_are_not_of_the_place_where_they_are(mentions_of: Finder) -> None:
    found = mentions_of("The soldiers in Mali, Jean Petit and others, slept.")
    assert found["Jean Petit"].actor is None


def test_two_of_one_surname_are_two(mentions_of: Finder) -> None:
    text = "Omar Salim, a Tanzanian, fled to Oman. His uncle, Ali Salim, sued. Ali Salim won."
    found = mentions_of(text)
    assert found["Omar Salim"].actor == "TZA"
    assert found["Ali Salim"].actor != "TZA"
