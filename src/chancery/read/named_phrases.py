"""The phrases of each sentence that name somebody, with all that stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.lexicon import Lexicon, NameMatch
from chancery.model import Span
from chancery.read.belonging import with_branches, with_owners
from chancery.read.described import with_descriptions
from chancery.read.phrases import Phrase, find_phrases
from chancery.read.places import with_places
from chancery.read.sentences import Sentence


def phrases_by_sentence(
    text: str, sentences: Sequence[Sentence], lexicon: Lexicon
) -> list[list[Phrase]]:
    """Return the phrases of each sentence, in order, none overlapping."""
    matches = with_places(text, lexicon.find_names(text))
    found = []
    for sentence in sentences:
        here = with_branches(text, list(_within(matches, sentence.span)))
        owned = with_owners(text, find_phrases(text, sentence.span, list(here)))
        found.append(with_descriptions(text, owned))
    return found


def _within(matches: Sequence[NameMatch], span: Span) -> Iterator[NameMatch]:
    return (match for match in matches if span.covers(match.span))
