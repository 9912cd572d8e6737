"""Which names are places, and of which state: by the words beside them and by the report."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.lexicon import Lexicon
from chancery.read.places import with_places


@cache
def shipped() -> Lexicon:
    return Lexicon.load()


def named(text: str) -> dict[str, str]:
    """Return every place and state of a text, with the state that it stands for."""
    return {
        match.span.of(text): match.entities[0].split(".")[0]
        for match in with_places(text, shipped().find_names(text))
        if match.kind in ("state", "territory", "seat")
    }


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Georgia and Armenia opened a border crossing.", "GEO"),
        ("Tbilisi said Georgia would not yield.", "GEO"),
        ("Georgian police moved in, and Georgia closed the road.", "GEO"),
        ("The government of Georgia held a vote.", "GEO"),
        ("They met with the Prime Minister of Georgia in Atlanta.", "GEO"),
        ("Rallies were held in Atlanta and Boston. Georgia counted again.", "USA"),
        ("The state of Georgia counted again.", "USA"),
        ("Georgia’s governor signed the bill.", "USA"),
        ("The votes in Georgia were counted again.", None),
    ],
)
def test_georgia_is_told_by_what_stands_beside_it(text: str, state: str | None) -> None:
    assert named(text).get("Georgia") == state


def test_an_actor_of_a_shared_name_keeps_both_meanings() -> None:
    text = "Georgia counted again."
    (match,) = with_places(text, shipped().find_names(text))
    assert match.entities == ("GEO", "USA.georgia")


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("A storm hit homes in Paris, Texas, on Monday.", "Paris, Texas", "USA"),
        ("Talks in Paris, Texas Republicans said, were useless.", "Paris", "FRA"),
        ("in Paris, Russia said no", "Paris", "FRA"),
        ("a fire in St. Petersburg, Florida, killed two", "St. Petersburg, Florida", "USA"),
        ("a fire in St. Petersburg killed two", "St. Petersburg", "RUS"),
        ("a plant near Mount Vernon, Ohio.", "Mount Vernon, Ohio", "USA"),
        ("a rally in Seattle, Washington, on Monday", "Seattle, Washington", "USA"),
        ("shots in Tripoli, Lebanon, on Monday", "Tripoli", "LBN"),
        ("protests in Hyderabad, Pakistan, spread", "Hyderabad", "PAK"),
    ],
)
def test_the_state_right_behind_a_town_decides(text: str, words: str, state: str) -> None:
    assert named(text)[words] == state


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Lebanon's army patrolled in Tripoli.", "Tripoli", "LBN"),
        ("Libya's army patrolled in Tripoli.", "Tripoli", "LBY"),
        ("Shots were heard in Tripoli.", "Tripoli", "LBY"),
        ("Venezuela sent troops to Valencia.", "Valencia", "VEN"),
        ("Thousands marched in Valencia.", "Valencia", "ESP"),
        ("India deployed police in Hyderabad.", "Hyderabad", "IND"),
        ("British police searched a flat in Birmingham.", "Birmingham", "GBR"),
        ("Police searched a flat in Birmingham.", "Birmingham", None),
        ("Thousands marched in Shymkent.", "Shymkent", "KAZ"),
        ("A convoy left the port city of Nampula.", "Nampula", "MOZ"),
        ("He told Nampula of it.", "Nampula", None),
        ("A convoy arrived in the northern city of Nampula.", "Nampula", "MOZ"),
        ("Troops clashed in Lagos with demonstrators.", "Lagos", "NGA"),
    ],
)
def test_a_shared_name_is_of_the_state_that_the_report_speaks_of(
    text: str, words: str, state: str | None
) -> None:
    assert named(text).get(words) == state


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She was Reading a letter.", "Reading"),
        ("He works in Mobile telephony.", "Mobile"),
        ("A Nice result, in Most cases.", "Nice"),
        ("A Nice result, in Most cases.", "Most"),
        ("Trust in Victoria Park grew.", "Victoria"),
        ("Thanks to Lincoln they won.", "Lincoln"),
        ("Orange prices rose in Split second.", "Orange"),
    ],
)
def test_words_that_are_also_towns_are_left_alone(text: str, words: str) -> None:
    assert words not in named(text)


def test_a_word_that_is_also_a_town_counts_where_its_state_is_named() -> None:
    assert named("British police searched homes in Reading.")["Reading"] == "GBR"
    assert named("France mourned the dead in Nice.")["Nice"] == "FRA"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Syria's army took positions in the capital.", "SYR"),
        ("A Kenyan court sat. Police sealed roads in the capital on Monday.", "KEN"),
        ("France met Spain. Police sealed roads in the capital on Monday.", None),
        ("Police sealed roads in the capital, Nairobi.", None),
        ("France invested in the capital markets.", None),
    ],
)
def test_the_capital_is_that_of_the_one_state_spoken_of(text: str, state: str | None) -> None:
    assert named(text).get("capital") == state


@pytest.mark.parametrize(
    "text",
    ["Ships sailed through the Gulf of Oman.", "A missile fell into the Sea of Japan."],
)
def test_a_sea_is_no_state(text: str) -> None:
    assert named(text) == {}


def test_a_month_takes_in_no_state() -> None:
    assert named("in March, Texas sued") == {"Texas": "USA"}


WORDS = st.sampled_from(
    ["Georgia", "Paris", "Tripoli", "Texas", "in", "near", "the capital", ",", ".", "Nice", "Lagos",
     "Lebanon", "Gulf of Oman", "Reading", "St. Petersburg", "N.Y.", "São Paulo", "İ", "\n"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12))
def test_names_and_places_stand_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    spans = [match.span for match in with_places(text, shipped().find_names(text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
