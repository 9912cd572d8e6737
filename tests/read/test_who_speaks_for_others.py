"""Who speaks or acts for a body or group is of its sector, not of the government's."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import When
from chancery.read.mentions import find_mentions
from chancery.read.sentences import split_sentences

DAY = date(2020, 2, 3)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Peruvian rebel spokesman", "PER.REB"),
        ("Peruvian union spokeswoman", "PER.LAB"),
        ("Peruvian company spokesman", "PER.BUS"),
        ("Peruvian police officials", "PER.COP"),
        ("Peru's trade union officials", "PER.LAB"),
        ("Peruvian church leaders", "PER.REL"),
        # Not so: those whom a government has of its own, and other roles side by side.
        ("Peruvian government spokesman", "PER.GOV"),
        ("Peruvian ministry officials", "PER.GOV"),
        ("Peruvian officials", "PER.GOV"),
        ("Peruvian government troops", "PER.MIL"),
        ("Peruvian army spokesman", "PER.MIL"),
    ],
)
def test_a_spokesman_is_of_those_he_speaks_for(words: str, code: str) -> None:
    text = f"On Monday the {words} left."
    published = When(first=DAY, last=DAY, basis="stated")
    found = find_mentions(text, split_sentences(text), Lexicon.load(), published)
    assert [m.actor for m in found if m.span.of(text) == words] == [code]
