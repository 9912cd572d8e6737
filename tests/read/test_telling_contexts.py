"""What one deed of a sentence makes of another that hangs on its words."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.model import Claim, Report, When
from chancery.read import Reader

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")
FILLER = " The weather in the hills was dry, and the road to the coast stayed open all week." * 6
"""Makes of a sentence the start of a whole report."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def claims(reader: Reader, text: str) -> tuple[Claim, ...]:
    return reader.read_one(Report(id="rep_0", text=text, published=DAY)).claims


def told(reader: Reader, text: str) -> set[str]:
    return {f"{claim.type} {claim.standing}" for claim in claims(reader, text)}


def test_what_is_asked_for_is_not_done(reader: Reader) -> None:
    text = "Norway demanded that Kenya release the three sailors."
    assert told(reader, text) == {"REQUEST happened"}
    assert "RETREAT happened" not in told(reader, text + FILLER)


def test_a_sentence_alone_tells_no_deed_that_another_is_about(reader: Reader) -> None:
    text = "Kenya agreed to withdraw its troops from Somalia."
    assert len(claims(reader, text)) == 1
    assert told(reader, "Ghana threatened to bomb Togo.") == {"THREATEN happened"}


def test_what_somebody_is_accused_of_is_told_for_itself(reader: Reader) -> None:
    found = told(reader, "Ghana is accused of attacking Togo.")
    assert {"ACCUSE happened", "ASSAULT alleged"} <= found


def test_a_promise_is_made_to_those_whom_its_deed_would_meet(reader: Reader) -> None:
    text = "Chad says it is willing to withdraw its troops from neighbouring Niger."
    found = claims(reader, text)
    assert [(c.type, [m.actor for m in c.targets]) for c in found] == [("AGREE", ["NER"])]


def test_a_harm_that_was_tried_is_done(reader: Reader) -> None:
    found = told(reader, "Russian agents tried to hack into the Dutch ministry.")
    assert found == {"COERCE happened"}


def test_a_purpose_of_its_own_type_is_no_second_deed(reader: Reader) -> None:
    text = "Thousands of Kenyan teachers staged a rally to protest against the Kenyan government."
    assert sorted(c.type for c in claims(reader, text)) == ["PROTEST"]


def test_a_party_is_on_one_side_of_a_deed(reader: Reader) -> None:
    text = "Kenyan militants attempted to assassinate Somali Prime Minister Abdi Warsame."
    for claim in claims(reader, text):
        spans = {mention.span for mention in claim.actors}
        assert not any(mention.span in spans for mention in claim.targets)


def test_a_deed_by_nobody_known_is_seldom_one_in_a_sentence_alone(reader: Reader) -> None:
    found = claims(reader, "Kenya has rejected Somalia's demand to close the camp.")
    assert all(claim.actors for claim in found)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya expelled the Somali ambassador following the killing of a Kenyan soldier.",
        "Norway suspended aid to Mali after Malian soldiers arrested a Norwegian doctor.",
        "Ghana released a Togolese lawmaker who had been jailed in May.",
    ],
)
def test_a_sentence_alone_tells_no_deed_that_it_takes_as_known(reader: Reader, text: str) -> None:
    first = told(reader, text)
    assert len(first) == 1
    assert first <= told(reader, text + FILLER)


def test_deeds_that_stand_side_by_side_are_all_told(reader: Reader) -> None:
    text = "Kenya expelled the Somali ambassador and condemned Somalia."
    assert len(told(reader, text)) == 2


def test_a_clause_of_contrast_tells_a_deed_of_its_own(reader: Reader) -> None:
    text = "Kenya gave wheat to Malawi, while Ghana imposed sanctions on Togo."
    assert told(reader, text) == {"AID happened", "SANCTION happened"}


def test_one_deed_told_by_two_words_is_told_once(reader: Reader) -> None:
    text = "Seven Kenyan opposition parties have organised a general strike against the government."
    assert len(claims(reader, text)) == 1
