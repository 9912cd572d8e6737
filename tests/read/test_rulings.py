"""Boundary rules on what a report tells: from tellings to rulings, and the frame after one."""

from __future__ import annotations

import pytest

from chancery.lexicon import Lexicon
from chancery.lexicon.boundaries import Ruling
from chancery.model import EventType, When
from chancery.read.framing import Framing, framing_of
from chancery.read.mentions import find_mentions
from chancery.read.rulings import frame_after, rulings_of
from chancery.read.sentences import split_sentences
from chancery.read.telling_contexts import Telling
from chancery.read.tellings import TellingFinder
from chancery.read.triggers import View


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def framing(lexicon: Lexicon) -> Framing:
    return framing_of(lexicon)


def told_in(text: str, lexicon: Lexicon, framing: Framing) -> list[tuple[View, Telling]]:
    sentences = split_sentences(text)
    mentions = find_mentions(text, sentences, lexicon, When())
    views = [framing.view(text, sentence, mentions) for sentence in sentences]
    finder = TellingFinder(framing)
    return [
        (view, telling)
        for view in views
        for telling in finder.by_frames(view, framing.cues.find(view))
    ]


def test_a_ruling_for_each_telling(lexicon: Lexicon, framing: Framing) -> None:
    text = "Turkey sent troops to Syria, and Turkish gunmen attacked Syria."
    told = told_in(text, lexicon, framing)
    rulings = rulings_of(told)
    assert len(rulings) == len(told)
    by_frame = {t.frame.id: r for (_, t), r in zip(told, rulings, strict=True)}
    assert by_frame["attack"] == Ruling(type="ASSAULT", mode="firearms", rules=("by-gun",))
    assert not by_frame["deploy-troops"].keep


@pytest.mark.parametrize(
    ("before", "type_", "mode", "after"),
    [
        ("attack", "ASSAULT", "firearms", "shoot"),
        ("attack", "MOBILIZE", "troops", "deploy-troops"),
        ("meet", "REJECT", "meet", "refuse-talks"),
        ("attack", "ASSAULT", None, "attack"),
        ("arrest", "AGREE", None, "agree"),
    ],
)
def test_the_frame_after_a_ruling(
    framing: Framing, before: str, type_: EventType, mode: str | None, after: str
) -> None:
    ruling = Ruling(type=type_, mode=mode, rules=("x",))
    frames = framing.frames
    assert frame_after(ruling, frames[before], frames).id == after


def test_without_a_rule_the_frame_stays(framing: Framing) -> None:
    frame = framing.frames["attack"]
    assert frame_after(Ruling(type="ASSAULT", mode="drone"), frame, framing.frames) is frame
