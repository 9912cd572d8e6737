"""The frames ready to be looked for: their cues by word, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from chancery.lexicon import Lexicon
from chancery.model import Frame, Mention
from chancery.read.sentences import Sentence
from chancery.read.triggers import CueIndex, View, view_sentence


class Framing(NamedTuple):
    """A lexicon's frames, those that are mutual, the index of cues, and adjectives of states."""

    frames: Mapping[str, Frame]
    mutual: frozenset[str]
    cues: CueIndex
    adjectives: frozenset[str]

    def view(self, text: str, sentence: Sentence, mentions: list[Mention]) -> View:
        """Lay those of a report's mentions over a sentence that stand in it."""
        here = [mention for mention in mentions if sentence.span.covers(mention.span)]
        return view_sentence(text, sentence, here, self.adjectives)


@lru_cache(maxsize=2)
def framing_of(lexicon: Lexicon) -> Framing:
    """Make the frames of a lexicon ready; the last two lexicons are kept."""
    adjectives = (name.lower() for actor in lexicon.actors.values() for name in actor.adjectives)
    mutual = frozenset(cue.frame for cue in lexicon.cues if cue.mutual)
    return Framing(lexicon.frames, mutual, CueIndex(lexicon.cues), frozenset(adjectives))
