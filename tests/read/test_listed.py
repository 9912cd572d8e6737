"""Whom an official release lists, one after another, as met."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.model import Claim, Report, Span, When
from chancery.read import Reader
from chancery.read.listed import with_all_listed

PUBLISHED = When(first=date(2020, 2, 12), last=date(2020, 2, 12), basis="stated")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("frames")


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("spoke with President of Malta, Prime Minister of Chad and King of Jordan",
         ["JOR.GOV", "MLT.GOV", "TCD.GOV"]),
        ("spoke in Geneva with President Robert Abela of Malta, and the King of Jordan",
         ["JOR.GOV", "MLT.GOV"]),
        ("met with President of Malta, and the King of Jordan said so", ["MLT.GOV"]),
        ("met with President of Malta. King of Jordan came later", ["MLT.GOV"]),
        ("met with President of Malta to speak of Chad and Jordan", ["MLT.GOV"]),
    ],
)  # fmt: skip
def test_all_who_are_listed_are_met(reader: Reader, words: str, others: list[str]) -> None:
    text = f"The president of Russia {words}."
    one = Report(id="rep_0", title="", text=text, source="Kremlin", published=PUBLISHED)
    found, _ = reader.find(one)
    deed = words.split(" ")[0]
    start = text.index(deed)
    sides = tuple(
        next(mention for mention in found.mentions if mention.actor == code)
        for code in ("RUS.GOV", "MLT.GOV")
    )
    claim = Claim(
        id="clm_0", report=one.id, frame="meet", type="CONSULT", words=found.sentences[0].span,
        trigger=Span(start, start + len(deed)), actors=sides, when=PUBLISHED, run="run_0",
    )  # fmt: skip
    told = with_all_listed(text, claim, found.sentences[0].span, found.mentions)
    assert sorted(party.actor or "" for party in told.actors) == sorted(["RUS.GOV", *others])
