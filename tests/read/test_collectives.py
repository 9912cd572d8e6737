"""Groups and whose they are: "hundreds of miners", "world leaders", "my team"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chancery.model import Mention
from chancery.read.collectives import counted, is_of_many, speaker_of
from chancery.read.states import Line, Place


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("Tens of thousands of Polish nurses marched in Lyon.", "Tens", "nurses"),
        ("A group of senators left.", "group", "senators"),
        ("Hundreds marched in Lyon.", "Hundreds", "Hundreds"),
        ("The council of elders met.", "council", "council"),
    ],
)
def test_who_is_counted_stands_for_the_word_that_counts(
    line_of: Callable[[str], Line], text: str, word: str, meant: str
) -> None:
    line = line_of(text)
    side = ((line.words.index(word), 0.7),)
    assert [line.words[place] for place, _ in counted(line, side)] == [meant]


def test_who_is_counted_stands_there_once(line_of: Callable[[str], Line]) -> None:
    line = line_of("Hundreds of Polish nurses marched in Lyon.")
    side = ((0, 0.7), (line.words.index("nurses"), 0.4))
    assert counted(line, side) == ((line.words.index("nurses"), 0.7),)


@pytest.mark.parametrize(
    ("text", "word", "many"),
    [
        ("Kenya heard that world leaders praised the plan.", "leaders", True),
        ("Kenya urged foreign lawmakers to come.", "lawmakers", True),
        ("Its allies sent ships to Kenya.", "allies", True),
        ("The leaders of the world praised Kenya.", "leaders", True),
        # A name tells whose they are, a number that they are few; and a minister is of one state.
        ("Its NATO allies sent ships to Kenya.", "allies", False),
        ("Foreign lawmakers from Ghana came to Kenya.", "lawmakers", False),
        ("The leaders of the two countries praised Kenya.", "leaders", False),
        ("The foreign minister praised Kenya.", "minister", False),
        ("The Kenyan president's allies left the hall.", "allies", False),
        ("Kenyan leaders praised the plan.", "leaders", False),
    ],
)
def test_groups_of_no_one_state(
    line_of: Callable[[str], Line], text: str, word: str, many: bool
) -> None:
    line = line_of(text)
    assert is_of_many(line, line.words.index(word)) is many


@pytest.mark.parametrize(
    ("text", "owner", "word", "own"),
    [
        ("I thank my team in Ghana.", "my", "team", True),
        ("We praise our troops in Ghana.", "our", "troops", True),
        ("We praise our partners in Ghana.", "our", "partners", False),
        ("They praise their troops in Ghana.", "their", "troops", False),
    ],
)
def test_whoever_speaks_owns_what_he_calls_his(
    line_of: Callable[[str], Line], text: str, owner: str, word: str, own: bool
) -> None:
    line = line_of(text)
    place = line.words.index(owner)
    speaker = Mention(span=line.sentence.words[place], actor="PER.GOV", score=0.6)
    line = line._replace(places=(*line.places, Place((place,), speaker, "PER")))
    assert speaker_of(line, line.words.index(word)) == (speaker if own else None)
