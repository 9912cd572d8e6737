"""What was done: standing, sides and constructions, by sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.lexicon import Lexicon
from chancery.model import Claim, Report, Span, When
from chancery.read import Reader
from chancery.read.quantities import find_quantities

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("frames", Lexicon.load())


def claims_of(reader: Reader, text: str) -> list[Claim]:
    return list(reader.read_one(Report(id="rep_0", text=text, published=DAY)).claims)


def lines_of(reader: Reader, text: str) -> list[str]:
    """Write claims as actors, frame, targets and standing."""
    return [
        f"{_side(claim.actors)} {claim.frame} {_side(claim.targets)} {claim.standing}"
        for claim in claims_of(reader, text)
    ]


def _side(side: tuple[object, ...]) -> str:
    return "+".join(sorted({m.actor for m in side if m.actor})) or "-"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Turkey will attack Syria.", "planned"),
        ("Turkey plans to attack Syria.", "planned"),
        ("Turkey to attack Syria", "planned"),
        ("Turkey may attack Syria.", "hypothetical"),
        ("Turkey could soon attack Syria.", "hypothetical"),
        ("If Turkey attacks Syria, the talks will end.", "hypothetical"),
        ("Turkey did not attack Syria.", "negated"),
        ("Turkey has never attacked Syria.", "negated"),
        ("Turkey denied that it had attacked Syria.", "denied"),
        ("Turkey denied attacking Syria.", "denied"),
        ("Turkey is accused of attacking Syria.", "alleged"),
        ("Turkey allegedly attacked Syria.", "alleged"),
        ("Turkish troops are attacking Syria.", "ongoing"),
        ("Turkey has attacked Syria.", "happened"),
    ],
)
def test_standing(reader: Reader, text: str, standing: str) -> None:
    attack = [claim for claim in claims_of(reader, text) if claim.frame == "attack"]
    assert [claim.standing for claim in attack] == [standing]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Poland will expand sanctions on Mali.", "POL impose-sanctions MLI planned"),
        ("Poland will not expand sanctions on Mali.", "POL impose-sanctions MLI negated"),
        ("Poland plans to broaden sanctions on Mali.", "POL impose-sanctions MLI planned"),
        ("Poland will maintain its sanctions on Mali.", "POL impose-sanctions MLI happened"),
        ("Poland will punish Mali by imposing sanctions on it.",
         "POL impose-sanctions MLI planned"),
        ("Poland will visit Oman and impose sanctions on Mali.",
         "POL impose-sanctions MLI planned"),
        ("Poland affirmed that it would continue providing aid to Mali.",
         "POL give-aid MLI planned"),
        ("Poland will continue providing aid to Mali.", "POL give-aid MLI planned"),
        ("Poland will condemn Mali's attack on Oman.", "MLI attack OMN happened"),
        ("Poland will respond to the attack by Mali on Oman.", "MLI attack OMN happened"),
        ("Poland will respond to any further Malian attack on Oman.",
         "MLI attack OMN hypothetical"),
        ("Poland will punish Mali because Oman launched an attack on Iraq.",
         "OMN attack IRQ happened"),
        ("On May 3 and 4 Poland mourned the attack by Mali on Oman.", "MLI attack OMN happened"),
        ("Poland warned of probable talks between Oman and Iraq.", "IRQ+OMN meet - hypothetical"),
        ("The talks between Oman and Iraq will take place in Poland.", "IRQ+OMN meet - planned"),
        ("The talks between Oman and Iraq would help Poland.", "IRQ+OMN meet - happened"),
        ("The Polish president is to visit Oman.", "POL.GOV visit OMN planned"),
        ("Polish citizens are to be evacuated by Oman.", "OMN rescue POL.CVL planned"),
        ("They hope that the Omani-Iraqi talks to be held in Poland will help.",
         "IRQ+OMN meet - planned"),
        ("An attack on Mali will be launched by Poland.", "POL attack MLI planned"),
        ("Poland has not yet attacked Mali.", "POL attack MLI negated"),
        ("Poland praised the summit between Oman and Iraq on February 28.",
         "IRQ+OMN summit - planned"),
        ("Poland praised the summit between Oman and Iraq on January 28.",
         "IRQ+OMN summit - happened"),
    ],
)  # fmt: skip
def test_a_deed_stands_as_the_verb_that_governs_it(reader: Reader, text: str, line: str) -> None:
    assert line in lines_of(reader, text)


def test_a_visit_during_which_something_is_planned_is_planned(reader: Reader) -> None:
    text = "During his visit to Oman, the Polish president will meet the Iraqi president."
    assert not [line for line in lines_of(reader, text) if line.endswith("happened")]


def test_thanks_that_are_wished_for_are_given(reader: Reader) -> None:
    text = "Poland would like to thank Mali and express its full support for Oman."
    assert "POL back OMN happened" in lines_of(reader, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Greece said Turkey attacked Syria.", "TUR attack SYR happened"),
        ("Syria was attacked by Turkey.", "TUR attack SYR happened"),
        ("Turkey's attack on Syria began at dawn.", "TUR attack SYR happened"),
        ("Turkey, a member of NATO, attacked Syria.", "TUR attack SYR happened"),
        ("Turkey, which borders Syria, attacked Greece.", "TUR attack GRC happened"),
        ("The invasion of Kuwait by Iraq shocked many.", "IRQ attack KWT happened"),
        ("Iraq launched an invasion of Kuwait.", "IRQ attack KWT happened"),
        ("Poland, Latvia and Estonia condemned Belarus.", "EST+LVA+POL criticise BLR happened"),
        ("Poland condemned Belarus and Russia.", "POL criticise BLR+RUS happened"),
        ("U.S., Russia hold talks in Geneva", "RUS+USA meet - happened"),
        ("Serbia-Kosovo talks resumed.", "KOS+SRB meet - happened"),
        ("Sanctions were imposed on Mali by France.", "FRA impose-sanctions MLI happened"),
        (
            "The Polish president's visit to Oman was cancelled.",
            "POL.GOV refuse-talks OMN happened",
        ),
        ("The Polish president postponed a visit to Oman.", "POL.GOV refuse-talks OMN happened"),
        ("The Polish president announced a visit to Oman.", "POL.GOV visit OMN planned"),
        ("The European Union eased sanctions on Mali.", "EUR lift-sanctions MLI happened"),
        ("The European Union extended sanctions on Mali.", "EUR impose-sanctions MLI happened"),
        ("Poland called for sanctions on Mali.", "POL demand-change MLI happened"),
        ("Poland thanked Oman for helping Yemen.", "POL praise OMN happened"),
    ],
)
def test_constructions(reader: Reader, text: str, line: str) -> None:
    assert line in lines_of(reader, text)


def test_two_deeds_in_one_sentence(reader: Reader) -> None:
    text = "Poland expelled two Belarusian diplomats and Belarus recalled its envoy from Poland."
    assert lines_of(reader, text) == [
        "POL expel-diplomats BLR.GOV happened",
        "BLR cut-ties POL happened",
    ]


def test_a_summit_is_one_claim(reader: Reader) -> None:
    text = "The United States, China, India, Brazil, Japan and Turkey held a summit in Osaka."
    (claim,) = claims_of(reader, text)
    assert {m.actor for m in claim.actors} == {"USA", "CHN", "IND", "BRA", "JPN", "TUR"}
    assert claim.targets == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mali criticised Oman. On the radio, Mali also rebuked Oman.", 2),
        ("Mali urged Oman to wait. Later Mali appealed to Oman to answer.", 2),
        ("Mali praised Oman. In the evening Mali thanked Oman.", 2),
        # The same verb tells the same words once more, and one sentence speaks once.
        ("Mali criticised Oman. At noon, Mali criticised Oman on the radio.", 1),
        ("Mali criticised Oman and rebuked Oman.", 1),
        # A noun points back, and what is done with the hands may be told by many verbs.
        ("Mali criticised Oman. The criticism by Mali of Oman was long.", 1),
        ("Mali attacked Oman. At dawn, Mali invaded Oman.", 1),
    ],
)
def test_who_speaks_again_in_other_words_does_it_anew(reader: Reader, text: str, kept: int) -> None:
    assert len(claims_of(reader, text)) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ted Cruz visited Oman. Marco Rubio visited Oman.", 2),
        ("Ted Cruz visited Oman. Senator Cruz visited Oman.", 1),
        ("Ted Cruz visited Oman. The American senator visited Oman.", 1),
    ],
)
def test_two_people_of_one_party_do_two_deeds(reader: Reader, text: str, kept: int) -> None:
    assert len(claims_of(reader, text)) == kept


def test_a_title_says_nothing_anew(reader: Reader) -> None:
    text = "Mali rebukes Oman\nOn the radio, Mali criticised Oman."
    titled = Report(id="rep_0", title=text.partition("\n")[0], text=text, published=DAY)
    assert len(reader.read_one(titled).claims) == 1


def test_one_deed_told_twice_is_kept_once_in_its_fuller_telling(reader: Reader) -> None:
    text = "Russia expels Polish diplomats\nRussia expelled 10 Polish diplomats on Monday."
    (claim,) = claims_of(reader, text)
    assert "10" in claim.words.of(text)


def test_one_deed_told_by_two_words_of_a_sentence_is_one_claim(reader: Reader) -> None:
    text = "The Polish president praised Chad; indeed, Poland praised the Chadian government."
    assert len([one for one in claims_of(reader, text) if one.frame == "praise"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Belarus borders Poland, and relations have been poor for years.",
        "The talks were long and the weather was cold.",
        "Turkey should attack the problem at its root.",
        "An attack of flu kept many away.",
        "Poland won the match against Belarus.",
        # Who asks does not say that it was done.
        "Did Poland expel the Belarusian envoy?",
        "Has Belarus ever threatened Poland with a boycott?",
    ],
)
def test_no_deed_no_claim(reader: Reader, text: str) -> None:
    assert claims_of(reader, text) == []


def test_whose_question_is_quoted_has_spoken(reader: Reader) -> None:
    text = 'Poland accused Belarus of theft, saying: "Did Belarus expel the Polish envoy?"'
    assert lines_of(reader, text) == ["POL accuse BLR happened"]


def test_where_and_quantities(reader: Reader) -> None:
    text = "Poland expelled at least 45 Russian diplomats, officials in Warsaw said."
    claim = next(c for c in claims_of(reader, text) if c.frame == "expel-diplomats")
    (quantity,) = claim.quantities
    assert (quantity.value, quantity.unit, quantity.bound) == (45, "person", "at_least")
    assert claim.where is not None
    assert claim.where.country == "POL"


@pytest.mark.parametrize(
    ("words", "value", "unit", "bound"),
    [
        ("up to 40 million barrels", 40e6, "barrel", "at_most"),
        ("more than $3.5 billion", 3.5e9, "USD", "at_least"),
        ("about 1,200 troops", 1200, "person", "about"),
        ("three diplomats", 3, "person", "exact"),
    ],
)
def test_quantities(words: str, value: float, unit: str, bound: str) -> None:
    (found,) = find_quantities(words, Span(0, len(words)))
    assert (found.value, found.unit, found.bound) == (value, unit, bound)


def test_words_are_short_and_hold_the_trigger(reader: Reader) -> None:
    text = "Turkey attacked Syria " + "and so on " * 40 + "."
    for claim in claims_of(reader, text):
        assert len(claim.words.of(text).split()) <= 45
        assert claim.words.covers(claim.trigger)
        assert 0 < claim.score <= 1


@given(st.text(max_size=300))
def test_odd_text_never_raises(reader: Reader, text: str) -> None:
    for claim in claims_of(reader, text):
        assert 0 <= claim.words.start < claim.words.end <= len(text)


def test_a_deed_that_somebody_tells_has_their_voice(reader: Reader) -> None:
    (claim,) = claims_of(reader, "Greece said Turkey attacked Syria.")
    assert (claim.voice.kind, claim.voice.actor, claim.voice.stance) == ("named", "GRC", "says")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A Turkish official asked not to be named.", []),
        ("A Turkish diplomat, who declined to be identified, praised Oman.",
         ["TUR.GOV praise OMN happened"]),
        ("Turkey threatened nobody.", ["TUR threaten - negated"]),
        ("Turkey attacked no one.", ["TUR attack - negated"]),
        ("None of the Turkish ministers visited Oman.", ["TUR.GOV visit OMN negated"]),
        ("Oman accused Turkey, Poland and Syria of organising the protests.",
         ["OMN accuse POL+SYR+TUR happened", "POL+SYR+TUR demonstrate - alleged"]),
        ("Oman blamed Turkey for the protests.", ["OMN accuse TUR happened"]),
        ("Oman condemned Turkey for attacking Syria.",
         ["OMN criticise TUR happened", "TUR attack SYR alleged"]),
        ("A Turkish diplomat took part in the talks.", []),
        ("Poland's foreign minister resigned.", ["POL.GOV resign - happened"]),
        ("The first Turkish tanker arrived in Oman.", []),
        ("Turkey sent a signal to Oman.", []),
        ("Turkey sent paratroopers to Oman.", ["TUR deploy-troops OMN happened"]),
        ("Turkey sought better relations with Oman.", []),
        ("The order, signed by the Turkish president, freezes the accounts.", []),
        ("Turkey, Oman and Poland have condemned Syria.",
         ["OMN+POL+TUR criticise SYR happened"]),
    ],
)  # fmt: skip
def test_what_is_a_deed_and_whose(reader: Reader, text: str, lines: list[str]) -> None:
    assert lines_of(reader, text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Following the talks with the President of Poland, the President of Ukraine thanked him.",
        "This was stated by the President of Ukraine after negotiations with the President of"
        " Poland in Kyiv.",
    ],
)
def test_who_acts_on_the_occasion_of_a_meeting_was_there(text: str) -> None:
    met = [claim for claim in claims_of(Reader.load(), text) if claim.type == "CONSULT"]
    assert any(
        {"POL.GOV", "UKR.GOV"} <= {one.actor for one in claim.actors + claim.targets}
        for claim in met
    )
