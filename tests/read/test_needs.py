"""What a text must hold for a pattern to be found: never more than the pattern asks for."""

from __future__ import annotations

import re

import pytest

from chancery.read.needs import Needs
from chancery.read.traits import Sign, filled_once, trait_table


def may_stand_in(pattern: str, text: str) -> bool:
    needs = Needs([pattern, r"other\swords"])
    return needs.met(pattern, needs.held(text))


@pytest.mark.parametrize(
    ("pattern", "holds", "lacks"),
    [
        (r"\bthe\ssame\b", "in the same way", "in the way same"),
        (r"(?:actual|recent)\squestions?", "a recent question", "a recent reply"),
        (r"depend(?:s|ed)?\sfrom", "it depended from", "it depended on"),
        (r"[Oo]ne\sspeaks", "One speaks", "One spoke"),
        (r"colou?r", "a color", "a cold"),
        (r"\d{4}\syears", "2000 years", "2000 days"),
    ],
)
def test_needed_words(pattern: str, holds: str, lacks: str) -> None:
    assert may_stand_in(pattern, holds)
    assert not may_stand_in(pattern, lacks)


@pytest.mark.parametrize("pattern", [r"\w+ed\b", r"(?:long|)er", r"(?:word)?s", r"(?i:word)"])
def test_nothing_is_needed_that_may_be_lacking(pattern: str) -> None:
    assert may_stand_in(pattern, "a beds er s WORD")


@pytest.mark.parametrize("sign", trait_table().sign)
def test_no_example_of_a_sign_lacks_what_it_needs(sign: Sign) -> None:
    assert all(may_stand_in(filled_once(sign), words) for words in sign.examples)


def test_any_white_space_stands_for_a_blank() -> None:
    text = "the\nsame"
    assert re.search(r"the\ssame", text)
    assert may_stand_in(r"the\ssame", text)
