"""Where a side that is handed over stands in its text.

It should stand there letter by letter. Coders shorten it ("the Mali army" for "the army of Mali"),
leave words out, or write a state for its adjective; then the party of that code is taken, or the
longest part of the side that stands in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chancery.lexicon import Lexicon
from chancery.model import Mention, Span, When
from chancery.read.mentions import find_mentions
from chancery.read.sentences import split_sentences
from chancery.read.states import state_of

MOST_PLACES: Final = 50
"""A side is looked for at so many places of a text."""

SHORTEST_TELLING: Final = 4
"""Letters of a word that tells whom is meant; capitals alone ("EU") tell it too."""


def side_in(words: str, text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Span]:
    """Return where a side stands in a text, letter by letter or, failing that, as near as can be.

    Empty where neither its party nor any telling word of it stands there.
    """
    found = places_of(words, text)
    if found:
        return found
    codes = _codes_of(words, lexicon)
    named = [m.span for m in mentions if m.actor in codes]
    if named:
        return named
    states = {state_of(code) for code in codes}
    return _longest_part(words, text) or [
        m.span for m in mentions if m.actor and state_of(m.actor) in states
    ]


def _codes_of(words: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the codes of those whom the words of a side name."""
    named = find_mentions(words, split_sentences(words), lexicon, When())
    return frozenset(mention.actor for mention in named if mention.actor)


def _longest_part(words: str, text: str) -> list[Span]:
    """Return where the longest run of a side's words stands; of equals the last, as heads are."""
    parts = words.split()
    for length in range(len(parts) - 1, 0, -1):
        for start in range(len(parts) - length, -1, -1):
            run = parts[start : start + length]
            found = _whole(" ".join(run), text) if any(map(_tells, run)) else []
            if found:
                return found
    return []


def _tells(word: str) -> bool:
    letters = "".join(filter(str.isalpha, word))
    return len(letters) >= SHORTEST_TELLING or (len(letters) > 1 and letters.isupper())


def places_of(words: str, text: str) -> list[Span]:
    """Return where words stand in a text; within longer words only if nowhere else.

    Where they do not stand at all they may have been parted otherwise ("U . S .", "Iran 's"):
    then letters and figures alone are compared.
    """
    spans = [Span(start, start + len(words)) for start in _starts(words, text)]
    return _whole(words, text) or spans or _by_letters(words, text)


def _whole(words: str, text: str) -> list[Span]:
    spans = [Span(start, start + len(words)) for start in _starts(words, text)]
    return [
        span
        for span in spans
        if not (_goes_on(text, span.start, words[0]) or _goes_on(text, span.end + 1, words[-1]))
    ]


def _starts(words: str, text: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    for _ in range(MOST_PLACES):
        if start < 0:
            return
        yield start
        start = text.find(words, start + len(words))


def _by_letters(words: str, text: str) -> list[Span]:
    wanted = "".join(filter(str.isalnum, words))
    places = [place for place, letter in enumerate(text) if letter.isalnum()]
    letters = "".join(text[place] for place in places)
    return [
        Span(places[start], places[start + len(wanted) - 1] + 1)
        for start in _starts(wanted, letters)
    ]


def _goes_on(text: str, place: int, edge: str) -> bool:
    """Say whether a word at whose edge a letter stands goes on before a place."""
    beyond = text[place - 1 : place]
    return beyond.isalnum() and edge.isalnum()
