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


NAMES = {"RUS": "Russia", "USA": "the United States", "UKR": "Ukraine"}

VAGUE = "The president of Russia thanked his guest for the warm words. Both spoke of trade."
OURS = "The president of Ukraine thanked his guest for the warm words. Both spoke of trade."
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
        ("UKR", "President held his third phone call with the King of Jordan", OURS, "phone",
         ["JOR.GOV"]),
        ("UKR", "Trade will grow - President following talks with the King of Jordan", OURS, None,
         ["JOR.GOV"]),
        ("UKR", "Grain of Chad is needed: President at the meeting with the King of Jordan", OURS,
         None, ["JOR.GOV"]),
        ("UKR", "In a phone call with the King of Jordan, the President of Ukraine spoke of grain",
         OURS, "phone", ["JOR.GOV"]),
        ("UKR", "President began a meeting with the King of Jordan", OURS, None, ["JOR.GOV"]),
        ("UKR", "Andriy Yermak met with the Director of the Bureau of the Prime Minister of Chad",
         OURS, None, ["TCD.GOV"]),
        ("RUS", "Meeting with Ana Silva, Chief Adviser to the President of Chad", VAGUE, None,
         ["TCD.GOV"]),
        ("RUS", "Meeting with Prime Minister of Georgia", VAGUE, None, ["GEO.GOV"]),
        ("RUS", "Meeting with President of the European Council", VAGUE, None, ["EUR"]),
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
            "On February 14, the president of Russia will have a talk with the premier of Malta",
        ),
        (
            "USA",
            "Statement by the Spokesperson on the President’s upcoming call with King of Jordan",
        ),
        ("UKR", "Ukraine is ready for talks with Malta"),
        ("UKR", "On the talks between the delegations of Ukraine and Malta"),
        ("UKR", "President: Russia will answer after talks with Malta"),
        ("RUS", "Maltese-Indian talks"),
        ("RUS", "Talks between the presidents of Malta and India"),
        ("RUS", "Meeting with head of the Chamber of Commerce of Malta"),
        ("RUS", "Meeting with head of the delegation of Malta to India"),
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


@pytest.mark.parametrize(
    ("state", "title", "others"),
    [
        ("RUS", "Russian-Maltese talks", ["MLT"]),
        ("RUS", "Russia–ASEAN summit", ["IGO.ASEAN"]),
        ("RUS", "Meeting of leaders of Russia, Malta and Chad on fish", ["MLT", "TCD"]),
        ("RUS", "Press statements following talks between the presidents of Russia and Malta",
         ["MLT"]),
        ("UKR", "Presidents of Ukraine and Malta began their meeting in Kyiv", ["MLT"]),
        ("USA", "Remarks by U.S. President and the King of Jordan Before Bilateral Meeting",
         ["JOR.GOV"]),
        ("USA", "Joint Statement on U.S.-Malta Trade Meeting", ["MLT"]),
    ],
)  # fmt: skip
def test_a_title_may_name_all_who_took_part(
    reader: Reader, state: str, title: str, others: list[str]
) -> None:
    one = report(state, title, f"The government of {NAMES[state]} spoke of fish.")
    found, _ = reader.find(one)
    deed = find_title_deed(one, state, found.mentions)
    assert deed is not None
    assert sorted(other.actor or "" for other in deed.others) == others
    assert not deed.apart


def test_what_may_only_be_announced_is_left_to_the_body(reader: Reader) -> None:
    title = "Statement by the Spokesperson on the Vice President’s Meeting with the King of Jordan"
    to_come = report("USA", title, "The president of the United States thanked his guest.")
    found, _ = reader.find(to_come)
    deed = find_title_deed(to_come, "USA", found.mentions)
    assert deed is not None
    assert deed.announced
    body = "She met today with the King of Jordan. The United States will help."
    found = [
        one for one in talks(reader, report("USA", title, body)) if one.words.start > len(title)
    ]
    assert [parties(one) for one in found] == [["JOR.GOV", "USA.GOV"]]


def test_who_is_not_known_elsewhere_is_of_the_publisher(reader: Reader) -> None:
    title = "Readout of Deputy Adviser Ann Stone’s Call with the King of Jordan"
    (claim,) = talks(reader, report("USA", title, "Stone spoke today with the King of Jordan."))
    assert parties(claim) == ["JOR.GOV", "USA.GOV"]


CALLS = "The president of Russia had telephone conversations with"
PAIR = "President of Malta Robert Abela and Prime Minister of Chad Albert Pahimi"


def test_calls_with_each_of_two_are_two(reader: Reader) -> None:
    both = f"{PAIR}. They spoke of fish."
    two = talks(reader, report("RUS", f"Telephone conversations with {PAIR}", f"{CALLS} {both}"))
    assert sorted(parties(one) for one in two) == [["MLT.GOV", "RUS.GOV"], ["RUS.GOV", "TCD.GOV"]]
    body = f"The president of Russia had a telephone conversation with {both}"
    (one,) = talks(reader, report("RUS", f"Telephone conversation with {PAIR}", body))
    assert parties(one) == ["MLT.GOV", "RUS.GOV", "TCD.GOV"]


def test_who_is_only_talked_about_takes_no_part(reader: Reader) -> None:
    title = "Readout of the President’s Call with Prime Minister of Norway"
    about = "The president of the United States spoke with the prime minister of Norway about Chad."
    (claim,) = talks(reader, report("USA", title, about))
    assert parties(claim) == ["NOR.GOV", "USA.GOV"]
    guest = about.replace(" about Chad", " and the president of Chad")
    (claim,) = talks(reader, report("USA", title, guest))
    assert parties(claim) == ["NOR.GOV", "TCD.GOV", "USA.GOV"]


LATER = "The agreement of February 5 was discussed too."


@pytest.mark.parametrize(
    ("title", "body", "day"),
    [
        ("Meeting with President of Malta", "The president of Russia met with the president of "
         "Malta.", "2020-02-12"),
        ("On fish", "The president of Russia had talks with the president of Malta.", "2020-02-12"),
        ("On fish", "Fish is dear. The president of Russia said this as he held talks with the "
         "president of Malta.", "2020-02-12"),
        ("On fish", "Fish is dear. Russia spoke of it at the talks between Russia and Malta.",
         "../2020-02-12"),
        ("On fish", "The president of Russia had met the president of Malta.", "../2020-02-12"),
        ("On fish", "Fish is dear. The president of Russia met with the president of Malta.",
         "../2020-02-12"),
    ],
)  # fmt: skip
def test_what_a_release_opens_with_is_of_its_day(
    reader: Reader, title: str, body: str, day: str
) -> None:
    (claim,) = talks(reader, report("RUS", title, f"{body} {LATER}"))
    assert claim.when.edtf() == day


def test_a_stretch_of_days_takes_no_place_of_a_day(reader: Reader) -> None:
    body = (
        "The president of Ukraine had a telephone conversation with the president of Malta. "
        "It was the third conversation of the leaders of Ukraine and Malta this year."
    )
    found = talks(reader, report("UKR", "President had a phone call with Malta's president", body))
    assert "2020-02-12" in {one.when.edtf() for one in found}
