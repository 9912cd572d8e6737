"""Which words are taken for a deed where a sentence tells no likely one: made-up chances."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import numpy as np
import pytest

from chancery.lexicon import Lexicon
from chancery.read.deeds import TYPES, DeedFinder, settings
from chancery.read.encoder import DeedScores, Encoder
from chancery.read.framing import framing_of
from chancery.read.states import Line

LEXICON = Lexicon.load()
FINDER = DeedFinder(Encoder.load(), LEXICON)
FRAMING = framing_of(LEXICON)
UNLIKELY = (settings().lone_deed + settings().deed) / 2
"""A chance that is enough for a lone deed, and for no other."""


def places_of(line: Line, **told: float) -> list[str]:
    """Return the words that are taken, where some are triggers with a given chance."""
    types = np.zeros((len(line.words), len(TYPES) + 1), np.float32)
    types[:, 1:] = -20.0
    for word, chance in told.items():
        types[line.lower.index(word), 1] = log(chance / (1 - chance))
    nothing = np.zeros((len(line.words), 1), np.float32)
    scores = DeedScores(types, nothing, nothing, nothing, nothing)
    text = " ".join(line.words)
    mentions = [place.mention for place in line.places]
    triggers = FRAMING.cues.find(FRAMING.view(text, line.sentence, mentions))
    return [line.lower[place] for place in FINDER.places(line, scores, triggers)]


@pytest.mark.parametrize(
    ("text", "word", "taken"),
    [
        # Two states.
        ("The Omani envoy went cool towards Mali .", "cool", True),
        ("For Mali the course of Oman is the wrong one .", "wrong", True),
        # One state, and a cue of some frame.
        ("Mali criticised the long delay .", "criticised", True),
        ("Oman wants a second visit .", "visit", True),
        # Only a state, only a cue, two names of one state.
        ("The Omani envoy went cool .", "cool", False),
        ("The cook criticised the long delay .", "criticised", False),
        ("Oman is proud of the Omani coast .", "proud", False),
    ],
)
def test_a_lone_deed_needs_a_second_witness(
    line_of: Callable[[str], Line], text: str, word: str, taken: bool
) -> None:
    assert places_of(line_of(text), **{word: UNLIKELY}) == [word] * taken


def test_only_the_likeliest_word_of_a_quiet_sentence_is_taken(
    line_of: Callable[[str], Line],
) -> None:
    line = line_of("Mali was cool and later rude towards Oman .")
    assert places_of(line, cool=UNLIKELY, rude=UNLIKELY + 0.05) == ["rude"]
    assert places_of(line, cool=UNLIKELY, rude=0.9) == ["rude"]
    assert places_of(line, cool=settings().lone_deed / 2) == []


def test_a_title_is_told_again_below(line_of: Callable[[str], Line]) -> None:
    line = line_of("Mali was cool towards Oman .")
    assert places_of(line._replace(is_title=True), cool=UNLIKELY) == []
