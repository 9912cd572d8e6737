"""Phrases of tables, found in words."""

from __future__ import annotations

import pytest

from chancery.lexicon.wording import Wordings, plain_words


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("cease-fire", "A cease-fire held.", True),
        ("cease-fire", "A cease fire held.", True),
        ("terroris*", "Two terrorists fled.", True),
        ("terroris*", "A terrible storm.", False),
        ("cut|cuts ~ aid to", "It cuts all of its aid to Mali.", True),
        ("cut|cuts ~ aid to", "It cuts one and two and three and aid to.", False),
        ("put ~ on ~ alert", "Put the army on high alert", True),
        ("women's", "Women’s rights", True),
    ],
)
def test_phrases_are_found(phrase: str, text: str, there: bool) -> None:
    assert Wordings([(phrase, "x")]).stands_in(plain_words(text)) is there


def test_places_and_labels() -> None:
    found = list(Wordings([("arms", 1), ("arms deal", 2)]).find(plain_words("An arms deal.")))
    assert found == [(1, 1, 1), (1, 2, 2)]


@pytest.mark.parametrize("phrase", ["", "~ aid", "aid ~", "ai*"])
def test_phrases_that_cannot_be_meant(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Wordings([(phrase, "x")])
