"""Whom "the bloc", "the group", "both sides" and a counterpart mean."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import When
from chancery.read.mentions import find_mentions
from chancery.read.sentences import split_sentences


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def codes_of(lexicon: Lexicon, text: str, words: str) -> set[str | None]:
    day = date(2020, 2, 3)
    published = When(first=day, last=day, basis="stated")
    found = find_mentions(text, split_sentences(text), lexicon, published)
    return {mention.actor for mention in found if mention.span.of(text) == words}


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("The EU fined Mali. The 27-nation bloc wants more.", "The 27-nation bloc", {"EUR"}),
        ("The UN Security Council met. Mali thanked the council.", "the council", {"UNO"}),
        ("Hezbollah fired at Israel. The armed group lost.", "The armed group", {"LBN.REB"}),
        ("NATO met Mali. The alliance, with Togo, left.", "The alliance", {"IGO.NATO"}),
        ("The IMF lent Mali money. Then the fund met Togo.", "the fund", {"IGO.IMF"}),
        # Not so: one that is not named came since, more is said, or none fits.
        ("Hezbollah fired. A group shot at Israel. The group lost.", "The group", set()),
        ("Hezbollah fired. The group of seven men lost.", "The group", set()),
        ("Mali met Togo. The council was late.", "The council", set()),
        ("The Russian Federation left. The federation won.", "The federation", set()),
    ],
)
def test_the_council_is_the_last_one_named(
    lexicon: Lexicon, text: str, words: str, codes: set[str | None]
) -> None:
    assert codes_of(lexicon, text, words) == codes


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        (
            "Serbia asked France for help. Pristina asked Germany. Oslo met both sides.",
            "both sides",
            {"SRB", "KOS.GOV"},
        ),
        (
            "Israel shelled a camp. Night fell. Hezbollah shelled Haifa. Both sides lost.",
            "Both sides",
            {"ISR", "LBN.REB"},
        ),
        (
            "The Polish premier met his Peruvian counterpart. The two ministers left.",
            "The two ministers",
            {"POL.GOV", "PER.GOV"},
        ),
        (
            "Peruvian soldiers shot at Chilean sailors. The ministers will meet on Friday.",
            "The ministers",
            {"PER.GOV", "CHL.GOV"},
        ),
        (
            "Peruvian soldiers shot at Chilean sailors. Both sides fell silent.",
            "Both sides",
            {"PER.MIL", "CHL.MIL"},
        ),
        ("Serbia won. Both sides lost.", "Both sides", set()),
        (
            "NATO warned Mali. Peru warned Togo. Lima and the alliance met. The leaders left.",
            "The leaders",
            {"IGO.NATO", "PER.GOV"},
        ),
        ("Serbia won. The ministers left.", "The ministers", set()),
    ],
)
def test_both_sides_are_two(
    lexicon: Lexicon, text: str, words: str, codes: set[str | None]
) -> None:
    assert codes_of(lexicon, text, words) == codes


def test_a_counterpart_alone_is_nobody(lexicon: Lexicon) -> None:
    text = "Poland's premier met Peru's counterpart. He called his counterpart."
    assert codes_of(lexicon, text, "Peru's counterpart") == {"PER.GOV"}
    assert codes_of(lexicon, text, "counterpart") == set()
