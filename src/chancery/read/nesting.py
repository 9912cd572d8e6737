"""Finds voices within voices: on whose word a report has it that somebody else said something.

In: a text, its sentences and statements. Out: pairs of the words that name the outer and the inner
voice, as in "the envoy said that Ode told them …" or "the agency, citing a diplomat, …".
The statements tell who speaks first; `data/nesting.toml` holds what opens a second voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chancery.model import Nested, Span, Statement
from chancery.read.cues import OPEN_MARKS, voice_words
from chancery.read.relays import find_relays
from chancery.read.sentences import Sentence
from chancery.read.speakers import Words, speaker_after, speaker_before, words_of
from chancery.read.tellers import (
    can_tell,
    nesting_words,
    opening_teller,
    places_in,
    tells,
)

MOST_WORDS: Final = 400
"""Words of a sentence that are read; a longer one is no prose."""


def find_nested(
    text: str, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> list[Nested]:
    """Return the nested voices of a text in order of their inner voice, each pair once."""
    found: list[Nested] = []
    for sentence, here in _by_sentence(sentences, statements):
        words = words_of(text, sentence.words[:MOST_WORDS])
        kept: list[Nested] = []
        for item in _in_sentence(text, words, here):
            known = any(_is_told_by(one, item) for one in kept)
            if not known and not _same(text, item.outer, item.inner):
                kept.append(item)
        found += kept
    return sorted(found, key=lambda item: (item.inner, item.outer))


def _is_told_by(one: Nested, other: Nested) -> bool:
    """Say whether a pair tells the same as another, or its reverse."""
    again = one.outer == other.outer and (one.cue.overlaps(other.cue) or one.inner == other.inner)
    turned = one.outer.overlaps(other.inner) and one.inner.overlaps(other.outer)
    return again or turned


def _by_sentence(
    sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> Iterator[tuple[Sentence, list[Statement]]]:
    """Yield each sentence with the statements whose cue stands in it, or that it begins."""
    ordered = sorted(statements, key=_place)
    index = 0
    for sentence in sentences:
        while index < len(ordered) and _place(ordered[index]).start < sentence.span.start:
            index += 1
        here = []
        while index < len(ordered) and _place(ordered[index]).start < sentence.span.end:
            here.append(ordered[index])
            index += 1
        yield sentence, here


def _place(statement: Statement) -> Span:
    return statement.voice.cue or statement.content


def _same(text: str, outer: Span, inner: Span) -> bool:
    """Say whether both spans name one voice: one lies in the other, or their words are alike."""
    alike = outer.of(text).lower().split() == inner.of(text).lower().split()
    return outer.overlaps(inner) or alike


def _in_sentence(text: str, words: Words, here: Sequence[Statement]) -> Iterator[Nested]:
    yield from find_relays(words, here)
    telling = [item for item in here if _is_telling(text, words, item)]
    for statement in telling:
        yield from _told(text, words, statement)
        yield from _covering(text, words, statement, telling)


def _is_telling(text: str, words: Words, statement: Statement) -> bool:
    """Say whether a statement's voice can be an outer one."""
    name = statement.voice.name
    if name is None or name.of(text).lower() in {"i", "we"}:
        return False
    first, last = places_in(words, name)
    if first <= last and not can_tell(words, first, last, human=True):
        return False
    return not _hands_on(text, statement) and _frames(text, words, statement)


def _hands_on(text: str, statement: Statement) -> bool:
    """Say whether the cue is "citing" or "quoted", whose voice is the one after it."""
    cue = statement.voice.cue
    lists = nesting_words()
    if cue is None:
        return False
    told_of = text[: cue.start].endswith(" as ")
    return told_of or cue.of(text).split()[-1].lower() in lists.citing | lists.handing


def _frames(text: str, words: Words, statement: Statement) -> bool:
    """Say whether a passage truly is the voice's: not what follows "… according to X, …"."""
    cue, content = statement.voice.cue, statement.content
    if cue is None or not cue.of(text).lower().startswith("according") or content.start < cue.start:
        return True
    before = text[words.spans[0].start : cue.start].rstrip()
    return not before or before.endswith((",", '"', "”"))


# The inner voice opens what the outer one says ---------------------------------------------------


def _told(text: str, words: Words, statement: Statement) -> Iterator[Nested]:
    """Yield the voice that opens a passage, "… said that the queen told him", or is heard in it."""
    outer = statement.voice.name
    if outer is None or statement.voice.cue is None:
        return
    first, last = places_in(words, statement.content)
    if first > last:
        return
    start, voice = first, outer
    # "Reuters reported that the minister said that the envoy had told him …": each opens the next.
    while not statement.content.overlaps(outer):
        told = opening_teller(words, start, last)
        if told is None or _is_own(words, *told, quoted=_is_quoted(text, statement)):
            break
        subject, verb = told
        inner = words.span(*subject)
        yield Nested(outer=voice, inner=inner, cue=words.span(verb, verb), kind="told")
        start, voice = verb + 1, inner
    yield from _received(words, outer, first, last)


def _is_quoted(text: str, statement: Statement) -> bool:
    return statement.mode == "direct" or text[statement.content.start] in OPEN_MARKS


def _is_own(words: Words, subject: tuple[int, int], verb: int, *, quoted: bool) -> bool:
    """Say whether the subject is the outer voice itself: "said that he had told"."""
    lists = nesting_words()
    if words.lower[subject[0]] not in lists.own:
        return False
    heard = verb + 1 < len(words.lower) and words.lower[verb + 1] in lists.hearers
    return not (quoted and heard and words.lower[subject[0]] not in {"i", "we"})


def _received(words: Words, outer: Span, first: int, last: int) -> Iterator[Nested]:
    """Yield the voice that the outer one was told by, or heard from."""
    lists = nesting_words()
    for index in range(first, last):
        lower, following = words.lower[index], words.lower[index + 1]
        passive = lower in lists.passive and following == "by"
        if passive or (lower in lists.ear and following == "from"):
            inner = speaker_after(words, index + 1, last + 1, is_source=True)
            if inner and can_tell(words, *inner, human=True):
                cue = words.span(index, index + 1)
                yield Nested(outer=outer, inner=words.span(*inner), cue=cue, kind="told")


def _covering(
    text: str, words: Words, statement: Statement, telling: Sequence[Statement]
) -> Iterator[Nested]:
    """Yield statements that stand wholly in what another says."""
    outer = statement.voice.name
    for other in telling:
        inner, cue = other.voice.name, other.voice.cue
        if outer is None or inner is None or cue is None or cue == statement.voice.cue:
            continue
        # A quotation within what seems a speech shows that the text is none.
        quoted = statement.voice.cue is None and other.mode == "direct"
        signed = statement.voice.cue is None and (
            " and " in outer.of(text) or _is_signer(words, inner)
        )
        held = statement.content.covers(cue) and statement.content.covers(inner)
        if held and not quoted and not signed and _is_inner(words, inner, cue):
            yield Nested(outer=outer, inner=inner, cue=cue, kind="told")


def _is_signer(words: Words, inner: Span) -> bool:
    """Say whether a voice within a signed text is those who sign it: "the two leaders"."""
    first, last = places_in(words, inner)
    return not nesting_words().signers.isdisjoint(words.lower[first : last + 1])


def _is_inner(words: Words, inner: Span, cue: Span) -> bool:
    """Say whether a statement's voice truly is the subject of a verb of telling."""
    lists = nesting_words()
    (first, last), (start, end) = places_in(words, inner), places_in(words, cue)
    if first > last or start > end or words.lower[first] in lists.own:
        return False
    if words.lower[start] == "according":
        return words.lower.count("according") == 1 and can_tell(words, first, last)
    verbs = [place for place in range(start, end + 1) if tells(words, place)]
    if not verbs or words.lower[verbs[0]] in lists.loose:
        return False
    between = set(words.lower[last + 1 : start])
    before = words.lower[first - 1] if first else ""
    if before in lists.governing or between & {"which", "'s"} or between & lists.not_yet:
        return False
    tables = voice_words()
    if words.lower[last] in tables.prepositions | tables.determiners | tables.pronouns:
        return False
    return can_tell(words, first, last) and not _leads_on(words, cue)


def _leads_on(words: Words, cue: Span) -> bool:
    """Say whether the inner verb stands in a clause of its own after "and", "but" or a mark."""
    place = next((n for n, word in enumerate(words.spans) if word.start >= cue.start), 0)
    subject = speaker_before(words, place)
    if subject is None or subject[0] == 0:
        return False
    before = words.lower[subject[0] - 1]
    return before in {"and", "but", "while", "though", ";", "however", "although"} or (
        before == "," and subject[0] > 1 and words.lower[subject[0] - 2] == "however"
    )
