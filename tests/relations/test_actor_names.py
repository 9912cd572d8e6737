"""Names as data sets write them, to parties by the lexicon."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.relations.actor_names import ActorNames, plain, sectors_of


@pytest.fixture(scope="module")
def names(lexicon: Lexicon) -> ActorNames:
    return ActorNames(lexicon)


def on(names: ActorNames, name: str, day: str) -> tuple[str | None, str | None]:
    when = date.fromisoformat(day)
    for known in names.read(name):
        if known.since <= when < known.until:
            return known.party, known.sectors
    return None, None


@pytest.mark.parametrize(
    ("name", "party", "sectors"),
    [
        ("Australia", "AUS", None),
        ("Police (Australia)", "AUS", "COP"),
        ("Head of Government (South Korea)", "KOR", "GOV"),
        ("Member of Parliament (Nigeria)", "NGA", "LEG"),
        ("Lawyer/Attorney (Brazil)", "BRA", "JUD"),
        ("Citizen (International)", None, "CVL"),
        ("Russian Federation", "RUS", None),
        ("Occupied Palestinian Territory", "PSE", None),
        ("Moldova, Republic of", "MDA", None),
        ("Cote d'Ivoire", "CIV", None),
        ("Democratic Republic of Congo", "COD", None),
        ("Congo", "COG", None),
        ("Military Forces of Mali (2021-)", "MLI", "MIL"),
        ("Police Forces of Syria (2000-2024) Air Force Intelligence", "SYR", "COP"),
        ("Government of Yemen (North Yemen)", "YEM", "GOV"),
        ("Government of Russia (Soviet Union)", "RUS", "GOV"),
        ("Civilians (Kenya)", "KEN", "CVL"),
        ("UN Security Council", "UNO", None),
        ("African Union", "IGO.AU", None),
        ("Association of Southeast Asian Nations", "IGO.ASEAN", None),
        ("Civilians", None, "CVL"),
        ("Somebody Whom Nobody Knows", None, None),
        ("", None, None),
    ],
)
def test_names_without_a_day(
    name: str, party: str | None, sectors: str | None, names: ActorNames
) -> None:
    assert on(names, name, "2012-06-01") == (party, sectors)


def test_persons_count_by_their_offices(names: ActorNames) -> None:
    assert on(names, "Xi Jinping", "2014-01-01")[0] == "CHN"
    assert on(names, "Barack Obama", "2012-01-01") == ("USA", "GOV")
    assert on(names, "Barack Obama", "2018-01-01") == ("USA", "ELI")
    assert on(names, "Barack Obama", "2001-01-01") == (None, None)
    assert on(names, "Dmitry Anatolyevich Medvedev", "2010-01-01")[0] == "RUS"
    assert on(names, "Abdullah Gül", "2010-01-01")[0] == "TUR"


def test_spans_of_a_name_never_overlap(names: ActorNames, lexicon: Lexicon) -> None:
    for actor in lexicon.actors.values():
        for name in actor.names[:1]:
            spans = names.read(name)
            for one, after in itertools.pairwise(spans):
                assert one.until <= after.since, name


def test_state_of_a_name(names: ActorNames) -> None:
    assert names.state("China") == "CHN"
    assert names.state("Thief (Australia)") == "AUS"
    assert names.state("Xi Jinping") is None
    assert names.state("Citizen (Africa)") is None


def test_plain_spelling() -> None:
    assert plain("The  Côte-d’Ivoire") == "cote d ivoire"
    assert sectors_of("Executive,Foreign Ministry,Government") == "GOV"
    assert sectors_of("Parties,Ideological,Police") == "PTY;COP"
    assert sectors_of("Ideological") is None
