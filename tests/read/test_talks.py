"""Talks that a noun tells as the subject of a verb, and leaders at one occasion."""

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


def met(reader: Reader, text: str) -> list[Claim]:
    report = Report(id="rep_0", text=text, published=DAY)
    return [claim for claim in reader.read_one(report).claims if claim.type == "CONSULT"]


def states(claim: Claim) -> set[str]:
    return {(m.actor or "")[:3] for m in (*claim.actors, *claim.targets)}


@pytest.mark.parametrize(
    ("text", "parties", "standing"),
    [
        ("Talks between Peru and Chile resumed in Lima on Thursday.", {"PER", "CHL"}, "happened"),
        ("Peruvian-Chilean talks continued with both delegations.", {"PER", "CHL"}, "happened"),
        ("The Ghana-Togo trade talks stalled in May.", {"GHA", "TGO"}, "happened"),
        ("Negotiations between Ghana and Togo broke down.", {"GHA", "TGO"}, "happened"),
        ("The talks between Ghana and Togo entered a third day.", {"GHA", "TGO"}, "happened"),
        (
            "A new round of talks between Ghana and Togo is under way in Accra.",
            {"GHA", "TGO"}, "ongoing",
        ),
        ("The consultations between Ghana and Togo are continuing.", {"GHA", "TGO"}, "ongoing"),
        (
            "Consultations of the foreign ministers of Ghana and Togo are to be held in Lomé.",
            {"GHA", "TGO"}, "planned",
        ),
        ("Talks between Ghana and Togo are set to resume in June.", {"GHA", "TGO"}, "planned"),
        ("Ghana praised talks of Peru and Chile scheduled for June.", {"PER", "CHL"}, "planned"),
        ("Talks between Ghana and Togo were postponed.", {"GHA", "TGO"}, "negated"),
        ("No talks between Ghana and Togo were held.", {"GHA", "TGO"}, "negated"),
        ("Talks between Ghana and Togo failed to resume.", {"GHA", "TGO"}, "negated"),
    ],
)  # fmt: skip
def test_talks_stand_as_their_verb_says(
    reader: Reader, text: str, parties: set[str], standing: str
) -> None:
    found = [(states(claim), claim.standing) for claim in met(reader, text + FILLER)]
    assert (parties, standing) in found


@pytest.mark.parametrize(
    "text",
    [
        "Peru hopes that talks between Ghana and Togo will resume.",
        "If talks between Ghana and Togo resume, the ministers of both will travel.",
        "Until talks between Ghana and Togo resume, nothing will change.",
        "The meeting room of the two ministers was opened in Peru.",
        "The Geneva talks resumed on Monday.",
    ],
)
def test_what_is_wished_for_or_of_nobody_known_is_not_told(reader: Reader, text: str) -> None:
    assert not [claim for claim in met(reader, text + FILLER) if claim.score > 0.5]


def test_talks_of_which_too_little_is_said_are_those_last_told(reader: Reader) -> None:
    told = "Envoys of Peru and Chile met in Lima on Friday. The negotiations continued on Saturday."
    second = [claim for claim in met(reader, told + FILLER) if claim.frame == "negotiate"]
    assert [states(claim) for claim in second] == [{"PER", "CHL"}]
    other = "Envoys of Peru and Chile met in Lima. The talks on this issue, which resumed, ended."
    assert not [claim for claim in met(reader, other + FILLER) if claim.frame == "negotiate"]


def test_talks_are_told_once_in_a_sentence(reader: Reader) -> None:
    (claim,) = met(reader, "Talks between Peru and Chile resumed in Lima on Thursday." + FILLER)
    assert (claim.frame, claim.when.first) == ("meet", date(2020, 1, 30))


def test_leaders_at_one_occasion_have_met(reader: Reader) -> None:
    (claim,) = met(reader, "The presidents of Ghana and Togo attended a parade." + FILLER)
    assert states(claim) == {"GHA", "TGO"}
    for text in (
        "Ghana and Togo took part in the match.",
        "The president of Ghana attended a parade.",
        "The presidents of Ghana and Togo did not attend the parade.",
    ):
        assert not any(c.trigger.of(text) == "attended" for c in met(reader, text + FILLER))


def test_who_is_there_on_a_visit_visits_on_the_report_s_day(reader: Reader) -> None:
    text = "They greeted the president of Peru, who is in Chile on a state visit."
    (claim,) = (c for c in met(reader, text + FILLER) if c.trigger.of(text).startswith("is in"))
    assert (claim.standing, claim.when.first) == ("ongoing", DAY.first)
    assert [m.actor for m in claim.targets] == ["CHL"]


def test_a_date_after_an_earlier_deed_is_that_one_s(reader: Reader) -> None:
    text = "The president of Peru visited Chile after her election on 19 January."
    (claim,) = met(reader, text + FILLER)
    assert claim.when.first != date(2020, 1, 19)
