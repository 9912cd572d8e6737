from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.lexicon import Lexicon
from chancery.lexicon.names import fold


@cache
def shipped() -> Lexicon:
    return Lexicon.load()


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(match.span.of(text), match.kind, match.entities) for match in lexicon.find_names(text)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "entity"),
    [
        ("talks with Belarus on Monday", "Belarus", "state", "BLR"),
        ("Belarusian troops", "Belarusian", "demonym", "BLR"),
        ("the Belarusians said", "Belarusians", "demonym", "BLR"),
        ("Minsk's answer", "Minsk", "seat", "BLR.minsk"),
        ("the Kremlin said", "Kremlin", "seat", "RUS.kremlin"),
        ("Foggy Bottom", "Foggy Bottom", "body", "USA.state-department"),
        ("on the Hill today", "the Hill", "body", "USA.congress"),
        ("the US said", "US", "state", "USA"),
        ("the U.S. said", "U.S.", "state", "USA"),
        ("a US-led coalition", "US", "state", "USA"),
        ("the Élysée Palace", "Élysée Palace", "seat", "FRA.elysee"),
        ("the Elysee said", "Elysee", "seat", "FRA.elysee"),
        ("Cote d’Ivoire", "Cote d’Ivoire", "state", "CIV"),
        ("Alexander Loekashenko", "Alexander Loekashenko", "person", "BLR.lukashenko"),
        ("Aliaksandr Lukašenka met", "Aliaksandr Lukašenka", "person", "BLR.lukashenko"),
        ("Loukachenko met", "Loukachenko", "surname", "BLR.lukashenko"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdogan", "person", "TUR.erdogan"),
        ("BELARUS LEADER", "BELARUS", "state", "BLR"),
        ("White\nHouse", "White\nHouse", "seat", "USA.white-house"),
        ("al-Shabaab attacked", "al-Shabaab", "group", "SOM.al-shabaab"),
        ("North Korean missiles", "North Korean", "demonym", "PRK"),
        ("troops", "troops", "sector", "MIL"),
        ("Riot police", "Riot police", "sector", "COP"),
        ("Foreign Minister", "Foreign Minister", "title", "GOV"),
        ("the former president", "former president", "title", "ELI"),
    ],
)
def test_a_name_is_found(lexicon: Lexicon, text: str, words: str, kind: str, entity: str) -> None:
    assert (words, kind, entity) in [
        (word, sort, entities[0]) for word, sort, entities in found(lexicon, text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "they told us so",
        "roast turkey for all",
        "over the hill",
        "an oman-like name in woman and romania",
        "Latin America and South America",
        "an anti-American mood",
        "the Minsk agreements",
        "TELL US MORE",
        "Chad Wolf",
        "the daughter of Chad Wolf",
        "in the month of May",
        "Michelle Obama",
        "J. Biden",
        "Damon Wilson",
        "Trump Jr. spoke",
        "then Luis Obama Schatz spoke",
        "Mr May",
        "",
        "\n",
    ],
)
def test_nothing_is_found(lexicon: Lexicon, text: str) -> None:
    assert found(lexicon, text) == []


def test_a_shared_name_keeps_all_candidates(lexicon: Lexicon) -> None:
    assert found(lexicon, "Congo")[0][2] == ("COD", "COG")
    assert found(lexicon, "Georgia voted")[0][2] == ("GEO", "USA.georgia")
    assert set(found(lexicon, "Clinton")[0][2]) == {"USA.clinton", "USA.hillary-clinton"}


def test_whose_post_it_is_may_stand_before_a_name(lexicon: Lexicon) -> None:
    text = "the President of Chad Baba Kaka and the King of Jordan Hamza Saleh"
    states = [entities for _, kind, entities in found(lexicon, text) if kind == "state"]
    assert states == [("TCD",), ("JOR",)]


def test_a_surname_means_whoever_was_named_in_full(lexicon: Lexicon) -> None:
    text = "Hillary Clinton arrived. Clinton spoke. Theresa May left, and May said so."
    surnames = [entities for _, kind, entities in found(lexicon, text) if kind == "surname"]
    assert surnames == [("USA.hillary-clinton",), ("GBR.may",)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Prime Minister May spoke", ("GBR.may",)),
        ("Secretary of State Clinton spoke", ("USA.hillary-clinton",)),
        ("On Monday Putin spoke", ("RUS.putin",)),
        ("Mr Putin spoke", ("RUS.putin",)),
        ("then, Putin Russia's leader", ("RUS.putin",)),
        ("Why Do So Many Voters Fear Lukashenko Now", ("BLR.lukashenko",)),
    ],
)
def test_what_stands_beside_a_surname_tells_whose_it_is(
    lexicon: Lexicon, text: str, entities: tuple[str, ...]
) -> None:
    assert [row[2] for row in found(lexicon, text) if row[1] == "surname"] == [entities]


def test_the_longest_of_overlapping_names_wins(lexicon: Lexicon) -> None:
    assert found(lexicon, "the House of Commons")[0][2] == ("GBR.house-of-commons",)


def test_rows_say_more(lexicon: Lexicon) -> None:
    rows = {match.kind: match.row for match in lexicon.find_names("Minsk Russian premier troops")}
    assert rows == {
        "seat": "capital", "demonym": "adjective", "title": "prime minister", "sector": "troops",
    }  # fmt: skip


@given(st.text(max_size=40))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(
    st.lists(
        st.sampled_from(["Kremlin", "US", "us", "Alexander Lukashenko", ",", "İ", "\u0301", "ß"]),
        max_size=8,
    )
)
def test_matches_stand_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    matches = shipped().find_names(text)
    assert all(0 <= match.span.start < match.span.end <= len(text) for match in matches)
    ends = [0, *(match.span.end for match in matches)]
    assert all(end <= match.span.start for end, match in zip(ends, matches, strict=False))
