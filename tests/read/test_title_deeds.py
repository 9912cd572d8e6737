"""The meeting or call that an official release is about, as its title tells it."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.model import Claim, Report, When
from chancery.read import Reader
from chancery.read.title_deeds import find_title_deed

PUBLISHED = When(first=date(2020, 2, 12), last=date(2020, 2, 12), basis="stated")
OUTLETS = {"RUS": "Kremlin", "USA": "White House", "UKR": "Office of the President of Ukraine"}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("frames")


def report(state: str | None, title: str, body: str) -> Report:
    text = f"{title}\n\n{body}"
    source = OUTLETS.get(state or "", "The Evening Post")
    return Report(id="rep_0", title=title, text=text, source=source, published=PUBLISHED)


def talks(reader: Reader, one: Report) -> list[Claim]:
    return [claim for claim in reader.read_one(one).claims if claim.type == "CONSULT"]


def parties(claim: Claim) -> list[str | None]:
    return sorted(one.actor or "" for one in (*claim.actors, *claim.targets))


VAGUE = "The president of Russia thanked his guest for the warm words. Both spoke of trade."
AMERICAN = "The president of the United States thanked his guest. Both spoke of trade."


@pytest.mark.parametrize(
    ("state", "title", "body", "mode", "others"),
    [
        ("RUS", "Meeting with President of Malta", VAGUE, None, ["MLT.GOV"]),
        ("RUS", "Phone call with the Prime Minister of India", VAGUE, "phone", ["IND.GOV"]),
        ("RUS", "Talks with First Deputy Prime Minister of Chad", VAGUE, None, ["TCD.GOV"]),
        (
            "RUS",
            "Telephone conversations with the President of France and the Chancellor of Germany",
            VAGUE,
            "phone",
            ["DEU.GOV", "FRA.GOV"],
        ),
        (
            "USA",
            "Readout of the President’s Call with the Prime Minister of Norway",
            AMERICAN,
            "phone",
            ["NOR.GOV"],
        ),
        (
            "USA",
            "Statement by the Spokesperson on the President’s Call with the King of Jordan",
            AMERICAN,
            "phone",
            ["JOR.GOV"],
        ),
    ],
)  # fmt: skip
def test_a_title_tells_what_the_body_does_not(
    reader: Reader, state: str, title: str, body: str, mode: str | None, others: list[str]
) -> None:
    found = talks(reader, report(state, title, body))
    assert sorted(parties(one) for one in found) == [
        sorted([f"{state}.GOV", other]) for other in others
    ]
    assert {one.mode for one in found} == {mode}
    assert {one.when.edtf() for one in found} == {"2020-02-12"}
    assert {one.when.basis for one in found} == {"published"}


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (None, "Meeting with President of Malta"),
        (
            "RUS",
            "On February 14, the president of Russia will hold talks with President of Malta",
        ),
        ("USA", "Statement by the Spokesperson on the President’s Meeting with the King of Jordan"),
        ("RUS", "Meeting with members of the Russian government"),
        ("RUS", "Meeting with graduates on trade with Malta"),
        ("RUS", "President of Malta had a meeting with the Prime Minister of India"),
    ],
)
def test_other_titles_tell_nothing(reader: Reader, state: str | None, title: str) -> None:
    one = report(state, title, VAGUE)
    found, _ = reader.find(one)
    assert find_title_deed(one, state or "", found.mentions) is None


def test_what_the_body_tells_in_full_is_told_once(reader: Reader) -> None:
    title = "Telephone conversation with President of Malta"
    body = "The president of Russia had a telephone conversation with the president of Malta."
    (claim,) = talks(reader, report("RUS", title, body))
    assert claim.words.start > len(title)
    assert parties(claim) == ["MLT.GOV", "RUS.GOV"]


def test_the_day_is_the_one_that_the_first_sentence_names(reader: Reader) -> None:
    title = "Meeting with President of Malta"
    body = "In the Kremlin on February 10 the president of Russia thanked his guest for all."
    (claim,) = talks(reader, report("RUS", title, body))
    assert claim.when.edtf() == "2020-02-10"


@pytest.mark.parametrize("title", ["Russia‒Malta talks", "Russian-Maltese consultations in Sochi"])
def test_a_title_may_name_both_states_before_the_talks(reader: Reader, title: str) -> None:
    (claim,) = talks(reader, report("RUS", title, VAGUE))
    assert (claim.frame, [code[:3] for code in map(str, parties(claim))]) == (
        "meet",
        ["MLT", "RUS"],
    )
    one = report("USA", title, VAGUE)
    found, _ = reader.find(one)
    assert find_title_deed(one, "USA", found.mentions) is None


def test_what_the_body_tells_without_a_day_was_on_that_of_the_title(reader: Reader) -> None:
    title = "Talks with President of Malta"
    body = (
        "The president of Russia held talks with the president of Malta. "
        "The two countries signed their treaty on 3 March 2015 and another on 4 May 2017."
    )
    told = [one for one in talks(reader, report("RUS", title, body)) if len(parties(one)) > 1]
    assert [one.when.edtf() for one in told] == ["2020-02-12"]


def test_who_speaks_at_the_summit_of_a_body_takes_part_in_it(reader: Reader) -> None:
    title = "Address by the President of Ukraine to the African Union summit"
    body = "I thank you all. The president of Ukraine has come to ask for one thing only."
    found = talks(reader, report("UKR", title, body))
    assert [(one.mode, parties(one)) for one in found if one.trigger.end <= len(title)] == [
        ("multilateral", ["IGO.AU", "UKR.GOV"])
    ]
