"""Talks that an official release names as the occasion of what was said at them."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Claim, Report, When
from chancery.read import Reader
from chancery.read.framing import framing_of
from chancery.read.occasion_talks import OccasionTalks

DAY = When(first=date(2021, 5, 4), last=date(2021, 5, 4), basis="stated")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("frames")


def talks(reader: Reader, body: str, claims: list[Claim], title: str = "") -> list[Claim]:
    one = Report(id="rep_0", title=title, text=title + body, source="Kremlin", published=DAY)
    found, _ = reader.find(one)
    frames = framing_of(Lexicon.load()).frames
    finder = OccasionTalks(one, "RUS", found.mentions, found.times, frames)
    return list(finder.find(found.sentences, claims, "run_0"))


@pytest.mark.parametrize(
    ("body", "frame", "others"),
    [
        ("During a conversation with President of Malta George Vella, the President of Russia "
         "thanked him.", "meet", ["MLT.GOV"]),
        ("In a phone call with the Prime Minister of India, the President of Russia asked for "
         "grain.", "telephone", ["IND.GOV"]),
        ("In addition, after talks with the King of Jordan and the Emir of Qatar, the President of "
         "Russia spoke of gas.", "meet", ["JOR.GOV", "QAT.GOV"]),
    ],
)  # fmt: skip
def test_a_talk_that_opens_a_sentence_took_place(
    reader: Reader, body: str, frame: str, others: list[str]
) -> None:
    (claim,) = talks(reader, body, [])
    assert (claim.frame, claim.standing, claim.type) == (frame, "happened", "CONSULT")
    assert sorted(one.actor or "" for one in claim.actors) == sorted(["RUS.GOV", *others])


@pytest.mark.parametrize(
    "body",
    [
        # Whose meeting it was is said next.
        "After a meeting with the King of Jordan, the President of Chad thanked Russia.",
        "During a meeting with the King of Jordan, the President of Russia will ask for more.",
        "During a meeting with officers, the President of Russia spoke of Jordan.",
        "It was raised during a meeting with the King of Jordan by the President of Russia.",
    ],
)
def test_what_is_another_s_or_to_come_is_none(reader: Reader, body: str) -> None:
    assert not talks(reader, body, [])


def test_a_sentence_of_which_a_talk_is_known_tells_no_second_one(reader: Reader) -> None:
    body = "During talks with the King of Jordan, the President of Russia thanked him."
    (claim,) = talks(reader, body, [])
    assert not talks(reader, body, [claim])


def test_a_title_is_read_by_its_own_forms(reader: Reader) -> None:
    title = "In talks with the King of Jordan, the President of Russia thanked him"
    assert not talks(reader, "\n\nThey spoke of grain.", [], title)
