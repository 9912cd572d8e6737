"""Finds outlets that hand on another's words: "the agency, citing a diplomat", "quoted by".

In: a sentence's words and statements. Out: pairs of voices, the outlet's and the other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.model import Nested, Span, Statement
from chancery.read.cues import voice_words
from chancery.read.speakers import Words, is_quote_mark, speaker_after, speaker_before
from chancery.read.tellers import (
    LONGEST_INSERTION,
    can_tell,
    head_of,
    nesting_words,
    noun_phrase_end,
    opening_teller,
    past_insertion,
    subject_of_telling,
)


def find_relays(words: Words, here: Sequence[Statement]) -> Iterator[Nested]:
    """Yield the voices of a sentence that another hands on; `here` are its statements."""
    yield from _citing(words, here)
    yield from _quoted_as(words)
    yield from _quoted_by(words)
    yield from _inserted(words)
    yield from _according(words)


def _citing(words: Words, here: Sequence[Statement]) -> Iterator[Nested]:
    """Yield "W reported, citing Z" and "according to W, quoting Z"."""
    lists = nesting_words()
    for index in range(1, len(words.lower) - 1):
        if words.lower[index] not in lists.citing:
            continue
        inner = _cut(words, speaker_after(words, index, len(words.spans), is_source=True))
        outer = _who_cites(words, index, here)
        if inner and outer and can_tell(words, *inner):
            cue = words.span(index, index)
            yield Nested(outer=outer, inner=words.span(*inner), cue=cue, kind="citing")


def _cut(words: Words, phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """Cut a phrase off where a verb begins: "sources in the party have indicated"."""
    if phrase is None:
        return None
    lists = nesting_words()
    for index in range(phrase[0] + 1, phrase[1] + 1):
        if words.lower[index] in voice_words().auxiliaries | lists.not_yet:
            return phrase[0], index - 1
    return phrase


def _who_cites(words: Words, index: int, here: Sequence[Statement]) -> Span | None:
    """Return who cites: the phrase right before, else the last to speak in the sentence."""
    at = words.spans[index].start
    beside = _phrase_before(words, index)
    if beside:
        return words.span(*beside)
    before = [
        item.voice.name
        for item in here
        if item.voice.name and item.voice.cue and item.voice.cue.start < at
    ]
    if before:
        return before[-1]
    for place in range(index - 1, 0, -1):
        if words.lower[place] in voice_words().forms or words.lower[place] in {"said", "wrote"}:
            subject = subject_of_telling(words, place)
            return words.span(*subject) if subject else None
    return None


def _phrase_before(words: Words, index: int) -> tuple[int, int] | None:
    """Return a name or noun that stands right before "citing", with nothing but a comma between.

    It must open the sentence or follow "according to" or "as": else it is what was said.
    """
    last = index - 1
    if words.forms[last] == ",":
        last -= 1
    for first in range(max(0, last - 8), last + 1):
        opens = first == 0 or words.lower[first - 1] in {"to", "as", "but", "and", ",", "that"}
        phrase = range(first, last + 1)
        if opens and noun_phrase_end(words, first, last) == last and can_tell(words, first, last):
            if any(words.lower[n] in voice_words().forms for n in phrase[1:-1]):
                continue
            return (first, last) if first == 0 or words.lower[first - 1] == "to" else None
    return None


def _quoted_as(words: Words) -> Iterator[Nested]:
    """Yield "W quoted Z as saying …", also with the quotation before it."""
    lists = nesting_words()
    for index in range(1, len(words.lower) - 2):
        if words.lower[index] not in lists.handing:
            continue
        limit = min(len(words.lower) - 1, index + LONGEST_INSERTION)
        places = (
            place
            for place in range(index + 2, limit)
            if words.lower[place] == "as" and words.lower[place + 1] in lists.saying
        )
        end, outer = next(places, 0), subject_of_telling(words, index)
        if not end or outer is None:
            continue
        last = next((n for n in range(index + 1, end) if words.forms[n] == ","), end) - 1
        if can_tell(words, index + 1, last, human=True):
            yield Nested(
                outer=words.span(*outer), inner=words.span(index + 1, last),
                cue=words.span(index, index), kind="quoted",
            )  # fmt: skip


def _quoted_by(words: Words) -> Iterator[Nested]:
    """Yield "according to Z, quoted by W" and "Z, cited by W, said"."""
    lists = nesting_words()
    for index in range(1, len(words.lower) - 2):
        if words.lower[index] not in lists.handing or words.lower[index + 1] != "by":
            continue
        outer = speaker_after(words, index + 1, len(words.spans), is_source=True)
        last = index - 1
        while last > 0 and words.lower[last] in {",", "as", "was", "were", "is", "who"}:
            last -= 1
        starts = [
            n
            for n in range(max(0, last - 10), last + 1)
            if (n == 0 or words.lower[n - 1] in {"to", ",", "that"})
            and noun_phrase_end(words, n, last) == last
        ]
        if (
            outer
            and starts
            and can_tell(words, starts[0], last, human=True)
            and can_tell(words, *outer)
        ):
            yield Nested(
                outer=words.span(*outer), inner=words.span(starts[0], last),
                cue=words.span(index, index + 1), kind="quoted",
            )  # fmt: skip


def _inserted(words: Words) -> Iterator[Nested]:
    """Yield "Z, W reported, said …" and "Z, according to W, said …"."""
    lists = nesting_words()
    end = noun_phrase_end(words, 0, len(words.lower) - 1)
    comma = end + 1
    if end < 0 or comma >= len(words.lower) or words.forms[comma] != ",":
        return
    after = past_insertion(words, comma, len(words.lower) - 1)
    if after <= comma or after >= len(words.lower) or words.lower[after] not in lists.telling:
        return
    if not can_tell(words, 0, end):
        return
    inner, cue = words.span(0, end), words.span(after, after)
    if words.lower[comma + 1 : comma + 3] == ["according", "to"]:
        outer = words.span(comma + 3, after - 2)
        yield Nested(outer=outer, inner=inner, cue=cue, kind="according")
    elif words.lower[after - 2] in lists.telling and words.forms[after - 2].islower():
        last = noun_phrase_end(words, comma + 1, after - 3)
        if last == after - 3 and can_tell(words, comma + 1, last):
            outer = words.span(comma + 1, last)
            yield Nested(outer=outer, inner=inner, cue=cue, kind="told")


def _according(words: Words) -> Iterator[Nested]:
    """Yield "Z said …, according to W", and "according to Z, …, W said" with which it ends."""
    lower, size = words.lower, len(words.lower)
    for index in range(1, size - 2):
        if lower[index : index + 2] != ["according", "to"] or ";" in lower[:index]:
            continue
        if lower[index - 1] != "," and not is_quote_mark(words.forms[index - 1]):
            continue
        source = speaker_after(words, index + 1, size, is_source=True)
        subject = _main_teller(words, index)
        if source is None or subject is None or not can_tell(words, *source):
            continue
        inner, outer = words.span(*subject), words.span(*source)
        if lower[head_of(words, *source)] in nesting_words().figures:
            inner, outer = outer, inner
        yield Nested(outer=outer, inner=inner, cue=words.span(index, index + 1), kind="according")
    if lower[:2] == ["according", "to"]:
        yield from _framed(words)


def _main_teller(words: Words, until: int) -> tuple[int, int] | None:
    """Return who the sentence begins with, if its verb is one of telling."""
    told = opening_teller(words, 0, until - 1)
    if told is None or "," in words.forms[: told[0][1] + 1]:
        return None
    return told[0]


def _framed(words: Words) -> Iterator[Nested]:
    """Yield "According to Z, …, W said." where that closes the sentence."""
    last = len(words.lower) - 1
    while last > 0 and not words.forms[last][:1].isalnum():
        last -= 1
    source = speaker_after(words, 1, len(words.spans), is_source=True)
    if source is None or words.lower[last] not in nesting_words().telling:
        return
    subject = speaker_before(words, last)
    if subject and subject[0] > source[1] + 2 and words.forms[subject[0] - 1] == ",":
        yield Nested(
            outer=words.span(*subject), inner=words.span(*source), cue=words.span(0, 1),
            kind="according",
        )  # fmt: skip
