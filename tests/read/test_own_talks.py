"""Talks that somebody in office tells of himself in his government's own release."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from chancery.model import Claim, Report, Span, When
from chancery.read import Reader
from chancery.read.own_talks import CHANCE, is_own_talk, with_teller
from chancery.read.sureness import likely

DAY = When(first=date(2021, 5, 4), last=date(2021, 5, 4), basis="stated")
TITLE = "Address by the President of Ukraine"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("frames")


def report(body: str, source: str = "Office of the President of Ukraine") -> Report:
    text = f"{TITLE}\n\n{body}"
    return Report(id="rep_0", title=TITLE, text=text, source=source, published=DAY)


def talk(reader: Reader, one: Report, words: str, *parties: str) -> Claim:
    """Return a claim of a talk at some words of the body, with the parties that others name."""
    found, _ = reader.find(one)
    body = len(TITLE)
    sides = tuple(
        next(m for m in found.mentions if m.span.start >= body and m.actor == code)
        for code in parties
    )
    start = one.text.index(words, body)
    sentence = next(s.span for s in found.sentences if s.span.start <= start < s.span.end)
    return Claim(
        id="clm_0", report=one.id, frame="meet", type="CONSULT", words=sentence,
        trigger=Span(start, start + len(words)), actors=sides, when=DAY, score=0.2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "words", "parties", "own"),
    [
        ("I spoke today with Prime Minister of Malta Robert Abela.", "spoke", "MLT.GOV", True),
        ("Today we met with the King of Jordan.", "met", "JOR.GOV", True),
        ("We spoke with NATO Secretary General Jens Stoltenberg.", "spoke", "IGO.NATO", True),
        ("My talks with the Emir of Qatar were useful.", "talks", "QAT.GOV", True),
        ("I spoke today of Malta with our soldiers.", "spoke", "MLT", False),
        ("The President of Ukraine spoke with the King of Jordan.", "spoke", "JOR.GOV", False),
    ],
)
def test_who_says_i_of_a_talk_with_a_foreign_office_tells_his_own(
    reader: Reader, body: str, words: str, parties: str, own: bool
) -> None:
    one = report(body)
    claim = talk(reader, one, words, "UKR.GOV", parties)
    assert is_own_talk(one, claim, "UKR") is own
    kept = likely(one, [claim], publisher="UKR")
    assert any(each.score >= CHANCE for each in kept) is own


def test_what_did_not_happen_or_others_publish_is_no_own_talk(reader: Reader) -> None:
    one = report("I spoke today with the King of Jordan.")
    claim = talk(reader, one, "spoke", "UKR.GOV", "JOR.GOV")
    planned = msgspec.structs.replace(claim, standing="planned")
    assert not is_own_talk(one, planned, "UKR")
    assert not is_own_talk(one, msgspec.structs.replace(claim, type="AGREE"), "UKR")
    assert not is_own_talk(one, claim, "JOR")
    (kept,) = likely(one, [claim], publisher=None)
    assert kept.score < CHANCE, "in another's text the chance stands"


@pytest.mark.parametrize(
    ("body", "words", "known", "teller"),
    [
        ("A long day. Held talks with the King of Jordan.", "Held talks", ["JOR.GOV"], True),
        ("A long day. The talks with the King of Jordan were useful.", "talks", ["JOR.GOV"], True),
        (
            "At a meeting with the King of Jordan, grain was discussed.",
            "meeting",
            ["JOR.GOV"],
            True,
        ),
        ("A long day. Chad asked for talks with the King of Jordan.", "talks", ["JOR.GOV"], False),
        (
            "At talks with the King of Jordan, the Emir of Qatar gave in.",
            "talks",
            ["JOR.GOV"],
            False,
        ),
        ("A long day. He held talks with the King of Jordan.", "held talks", ["JOR.GOV"], False),
        ("A long day. Held talks in Malta.", "Held talks", ["MLT"], False),
    ],
)
def test_a_note_without_a_subject_is_of_the_publisher(
    reader: Reader, body: str, words: str, known: list[str], teller: bool
) -> None:
    one = report(body)
    found, _ = reader.find(one)
    claim = with_teller(one, "UKR", talk(reader, one, words, *known), found.mentions)
    codes = [party.actor for party in claim.actors]
    assert codes == (["UKR.GOV", *known] if teller else known)
    assert is_own_talk(one, claim, "UKR") is teller
