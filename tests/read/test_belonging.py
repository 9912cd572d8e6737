"""Whose somebody is, by the words on either side of a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chancery.model import Mention

Finder = Callable[[str], dict[str, Mention]]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (
            "Foreign Minister Jonas Petraitis of Lithuania met the Polish premier.",
            "Foreign Minister Jonas Petraitis of Lithuania",
            "LTU.GOV",
        ),
        (
            "Adviser Min-jun Park of the Republic of Korea called.",
            "Adviser Min-jun Park of the Republic of Korea",
            "KOR.GOV",
        ),
        ("Marie Dupont of France spoke.", "Marie Dupont of France", "FRA"),
        ("Lena Holm of Greenpeace accused Oman.", "Lena Holm of Greenpeace", "NGO.GREENPEACE"),
        # An adjective belongs to what follows it, and a body has an article.
        ("Marie Dupont of the French army spoke.", "Marie Dupont", None),
        ("Marie Dupont of the French army spoke.", "French army", "FRA.MIL"),
        ("Near the Old Gate of Poland it rained.", "Poland", "POL"),
    ],
)
def test_of_a_state_behind_a_name(mentions_of: Finder, text: str, words: str, code: str) -> None:
    assert mentions_of(text)[words].actor == code


def test_jan_before_a_name_is_a_given_name(mentions_of: Finder) -> None:
    found = mentions_of("Interior Minister Jan Novak of the Czech Republic left.")
    assert found["Interior Minister Jan Novak of the Czech Republic"].actor == "CZE.GOV"
    assert "Jan Novak" in mentions_of("Oman praised Jan Novak.")
    assert "Polish Minister Jan" not in mentions_of("The Polish Minister Jan 3 left.")
    assert "Tuesday Novak" not in mentions_of("Oman praised Tuesday Novak.")


def test_a_person_of_a_state_is_remembered(mentions_of: Finder) -> None:
    found = mentions_of("Marie Dupont of France met Putin in Oman. Later Dupont left.")
    assert (found["Dupont"].actor, found["Dupont"].name) == ("FRA", "Marie Dupont")


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("The British Red Cross helped.", "British Red Cross", "GBR.NGO"),
        ("The Kenya Red Cross Society helped.", "Kenya Red Cross Society", "KEN.NGO"),
        ("The Syrian Arab Red Crescent helped.", "Syrian Arab Red Crescent", "SYR.NGO"),
        ("German Greenpeace sued.", "German Greenpeace", "DEU.NGO"),
        ("The Red Cross helped in Mali.", "Red Cross", "NGO.REDCROSS"),
        ("Mali praised Greenpeace.", "Greenpeace", "NGO.GREENPEACE"),
        ("British members of Oxfam left.", "Oxfam", "NGO.OXFAM"),
    ],
)
def test_a_branch_of_a_society_is_its_states_own(
    mentions_of: Finder, text: str, words: str, code: str
) -> None:
    assert mentions_of(text)[words].actor == code


@pytest.mark.parametrize(
    ("text", "words", "code", "sure"),
    [
        ("Oman waits as relatives in Lima sue.", "relatives", "PER.CVL", True),
        ("Oman waits. Police in the Comoros raided homes.", "Police", "COM.COP", True),
        ("Oman waits. Farmers in southern Poland marched.", "Farmers", "POL.AGR", True),
        ("Teachers in the city of Lyon marched.", "Teachers", "FRA.EDU", True),
        # The place may be where they were, and some are there from abroad.
        ("Protesters gathered on Sunday in Lyon.", "Protesters", "FRA.CVL", False),
        ("Refugees in Turkey marched.", "Refugees", "TUR.REF", False),
        ("Soldiers in Mali left.", "Soldiers", "MLI.MIL", False),
    ],
)
def test_a_place_that_hangs_on_a_role_tells_its_state(
    mentions_of: Finder, text: str, words: str, code: str, sure: bool
) -> None:
    mention = mentions_of(text)[words]
    assert mention.actor == code
    assert (mention.score >= 0.9) == sure


def test_a_court_of_justice_is_one_court(mentions_of: Finder) -> None:
    found = mentions_of("The Supreme Court of Justice of Mexico ruled.")
    assert found["Supreme Court of Justice of Mexico"].actor == "MEX.JUD"
    found = mentions_of("Germany's Federal Court of Justice ruled.")
    assert found["Germany's Federal Court of Justice"].actor == "DEU.JUD"


def test_where_an_embassy_stands_is_not_whose_it_is(mentions_of: Finder) -> None:
    found = mentions_of("Peru waits. Guards left. The embassy in Lima was closed.")
    assert found["embassy"].actor is None
    found = mentions_of("The Danish embassy in Lima was hit. The embassy reopened.")
    assert found["embassy"].actor == "DNK.GOV"
    found = mentions_of("Czech consulates in Peru were hit. The consulate in Lima closed.")
    assert found["consulate"].actor == "CZE.GOV"
    found = mentions_of("Officials in Lima met the Danish envoy.")
    assert (found["Officials"].actor, found["Danish envoy"].actor) == ("PER.GOV", "DNK.GOV")


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Cuba waits for the pope.", "pope", "VAT.GOV"),
        ("Poland waits for the pontiff.", "pontiff", "VAT.GOV"),
        ("In London the taoiseach spoke.", "taoiseach", "IRL.GOV"),
        ("In Poland the premier spoke.", "premier", "POL.GOV"),
        ("Egypt mourns. Pope Tawadros spoke.", "Pope Tawadros", "EGY.GOV"),
    ],
)
def test_an_office_of_which_there_is_one(
    mentions_of: Finder, text: str, words: str, code: str
) -> None:
    assert mentions_of(text)[words].actor == code


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Crowds filled the commercial capital Lagos.", "Lagos", "NGA"),
        ("Crowds filled the port city Lagos.", "Lagos", "NGA"),
        ("Chile waits as Ricardo Lagos speaks. Lagos left.", "Lagos", "CHL.ELI"),
    ],
)
def test_a_town_that_is_called_one_is_no_person(
    mentions_of: Finder, text: str, words: str, code: str
) -> None:
    assert mentions_of(text)[words].actor == code


def test_a_popes_name_alone_is_his_and_before_a_surname_anothers(mentions_of: Finder) -> None:
    assert (mentions_of("Cuba invited John Paul.")["John Paul"].actor or "")[:3] == "VAT"
    assert (mentions_of("Pope John Paul left.")["Pope John Paul"].actor or "")[:3] == "VAT"
    for name in ("John Paul Stevens", "John Paul Jones", "John Paul Kowalski"):
        found = mentions_of(f"The court praised {name} on Friday.").values()
        assert not any((mention.actor or "").startswith("VAT") for mention in found)


def test_the_parties_to_something_are_not_the_two_who_talk(mentions_of: Finder) -> None:
    talks = "The Polish president met the Czech president. "
    assert "The parties" in mentions_of(talks + "The parties agreed.")
    assert "The parties" not in mentions_of(talks + "The parties to the truce agreed.")
    assert "the leaders" in mentions_of(talks + "Later the leaders left.")
    assert "the leaders" not in mentions_of(talks + "Later the leaders of Mali left.")
