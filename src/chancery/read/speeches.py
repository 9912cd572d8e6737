"""Finds texts that are somebody's speech: signed statements, addresses, transcripts.

In them sentences are that person's own word without quotation marks. A heading says whose
("Statement by President …"), or a paragraph opens with the name and a colon ("Vladimir Putin: …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from chancery.model import Span
from chancery.read.cues import voice_words
from chancery.read.quotes import paragraphs
from chancery.read.sentences import Sentence
from chancery.read.timewords import alternation

HEADING_REACH: Final = 300
"""Characters from the start of a text in which its heading stands."""

TITLE_REACH: Final = 40
"""Characters: a heading as near to the start as this is the title of the text."""

SHORTEST_SENTENCE: Final = 7
"""Words: shorter ones are greetings and thanks."""

FIRST_PERSON_SHARE: Final = 0.25
"""The share of sentences in the first person that makes a text a speech."""

_NAME: Final = r"(?:(?:Mr|Mrs|Ms|Dr|Gen|[A-Z])\.|[A-Z][\w’'-]{0,25})"

_TURN: Final = re.compile(
    rf"[ \t]*(?P<speaker>(?:The )?{_NAME}(?: (?:of|the|and|for|{_NAME})){{0,10}})"
    r"(?: \([^()\n]{1,60}\))?:\s"
)


class Speech(NamedTuple):
    """A stretch of sentences and the words that name who speaks them."""

    speaker: Span
    sentences: tuple[Span, ...]


def find_speeches(text: str, sentences: Sequence[Sentence]) -> list[Speech]:
    """Return the speeches of a text: its turns if it is a transcript, else the whole if signed."""
    parts = paragraphs(text, sentences)
    turns = [(part, match) for part in parts if (match := _TURN.match(text, part.start, part.end))]
    labels = [match["speaker"] for _, match in turns]
    if len(turns) >= 2 and all(" " in label or label.isupper() for label in labels):
        speeches = list(_turns(sentences, turns))
        spoken = [span for speech in speeches for span in speech.sentences]
        if all(speech.sentences for speech in speeches) and _in_first_person(text, spoken):
            return speeches
    speaker = _signer(text)
    if speaker is None:
        return []
    told = _weighty([sentence for sentence in sentences if sentence.span.start > speaker.end])
    if speaker.start > TITLE_REACH and not _in_first_person(text, told):
        return []
    return [Speech(speaker, told)]


def label_before(text: str, parts: Sequence[Span], place: int) -> Span | None:
    """Return the name before a colon that last opened a paragraph, up to a place: "Ode Berg: …"."""
    for part in reversed(parts):
        match = _TURN.match(text, part.start, part.end) if part.start <= place else None
        if match and (" " in match["speaker"] or match["speaker"].isupper()):
            return Span(*match.span("speaker"))
    return None


def _turns(
    sentences: Sequence[Sentence], turns: Sequence[tuple[Span, re.Match[str]]]
) -> Iterator[Speech]:
    """Yield each turn of a transcript, up to the next speaker's."""
    starts = [part.start for part, _ in turns]
    for index, (_, match) in enumerate(turns):
        end = starts[index + 1] if index + 1 < len(turns) else None
        told = [
            Span(max(sentence.span.start, match.end()), sentence.span.end)
            for sentence in sentences
            if sentence.span.end > match.end() and (end is None or sentence.span.start < end)
            and len(sentence.words) >= SHORTEST_SENTENCE
        ]  # fmt: skip
        yield Speech(Span(*match.span("speaker")), tuple(told))


def _weighty(sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    return tuple(
        sentence.span for sentence in sentences if len(sentence.words) >= SHORTEST_SENTENCE
    )


@cache
def _heading() -> re.Pattern[str]:
    words = alternation(voice_words().speech_headings)
    return re.compile(
        rf"(?<!\w)(?i:{words})(?: \w+)?(?i: by| from| of)(?: the)? "
        rf"(?P<speaker>{_NAME}(?: (?:of|the|and|for|{_NAME})){{0,10}})"
    )


def _signer(text: str) -> Span | None:
    """Return the words in the heading that name whose statement the text is."""
    match = _heading().search(text, 0, HEADING_REACH)
    if match is None:
        return None
    start, end = match.span("speaker")
    words = match["speaker"].split(" ")
    while words and words[-1] in {"of", "the", "and", "for"}:
        end -= len(words.pop()) + 1
    return Span(start, end)


def _in_first_person(text: str, told: Sequence[Span]) -> bool:
    """Say whether enough of the sentences speak as "I" or "we"."""
    own = sum(
        not voice_words().first_person.isdisjoint(_WORD.findall(span.of(text).lower()))
        for span in told
    )
    return bool(told) and own >= FIRST_PERSON_SHARE * len(told)


_WORD: Final = re.compile(r"\w+")
