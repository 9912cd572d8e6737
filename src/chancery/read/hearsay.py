"""Tells of each statement through whom its words came, and who an unnamed voice is said to be.

In: a text, its sentences and statements. Out: the statements with the chain of their voices
(`nesting.py` finds who tells what another says) and the facets of the anonymous ones (`facets.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chancery.model import Facets, Nested, Span, Statement
from chancery.read.facets import find_facets
from chancery.read.nesting import find_nested
from chancery.read.sentences import Sentence


def with_hearsay(
    text: str, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> list[Statement]:
    """Return statements with the chains of their voices and the facets of anonymous ones."""
    nested = [
        (one, next(item.span for item in sentences if item.span.covers(one.cue)))
        for one in find_nested(text, sentences, statements)
    ]
    names = [item.voice.name for item in statements if item.voice.name]
    voices = [*names, *(span for one, _ in nested for span in (one.outer, one.inner))]
    facets = find_facets(text, sentences, voices)
    return [_told(item, nested, names, facets) for item in statements]


def _told(
    item: Statement,
    nested: Sequence[tuple[Nested, Span]],
    names: Sequence[Span],
    facets: Sequence[Facets],
) -> Statement:
    voice = item.voice
    if voice.name is None:
        return item
    near = [one for one, sentence in nested if _stands_in(item, sentence)]
    chain = (*_outward(voice.name, near), *_inward(voice.name, near, names))
    anonymous = voice.kind == "anonymous"
    described = [one for one in facets if anonymous and one.description.overlaps(voice.name)]
    if not chain and not described:
        return item
    voice = msgspec.structs.replace(voice, chain=chain)
    return msgspec.structs.replace(item, voice=voice, facets=next(iter(described), None))


def _stands_in(item: Statement, sentence: Span) -> bool:
    """Say whether a passage or its cue stands in a sentence: what is told there bears on it."""
    cue = item.voice.cue
    return sentence.overlaps(item.content) or (cue is not None and sentence.covers(cue))


def _outward(name: Span, nested: Sequence[Nested]) -> list[Nested]:
    """Return who tells what a voice says, and who tells that, from the outermost inwards."""
    chain: list[Nested] = []
    while outer := next((one for one in nested if one.inner.overlaps(name)), None):
        if outer in chain:
            break
        chain.insert(0, outer)
        name = outer.outer
    return chain


def _inward(name: Span, nested: Sequence[Nested], names: Sequence[Span]) -> list[Nested]:
    """Return whose words a voice hands on, where they are no statement of their own."""
    chain: list[Nested] = []
    while inner := next((one for one in nested if one.outer.overlaps(name)), None):
        if inner in chain or any(inner.inner.overlaps(other) for other in names):
            break
        chain.append(inner)
        name = inner.inner
    return chain


def facets_of_statements(statements: Sequence[Statement]) -> list[Facets]:
    """Return the facets of the voices of statements, in order, each description once."""
    found = {item.facets.description: item.facets for item in statements if item.facets}
    return [found[description] for description in sorted(found)]
