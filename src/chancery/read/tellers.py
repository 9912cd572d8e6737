"""The phrases that can tell something and the verbs that they tell it with, for voices in voices.

`data/nesting.toml` holds the words; `nesting.py` and `relays.py` use them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from chancery.model import Span
from chancery.read.cues import OPEN_MARKS, voice_words
from chancery.read.speakers import Words, speaker_before

LONGEST_INSERTION: Final = 20
"""Words between the commas after an inner voice: "a source, whom they did not name, said"."""


def places_in(words: Words, span: Span) -> tuple[int, int]:
    """Return the first and last word of a span, (1, 0) where none lies in it."""
    inside = [n for n, word in enumerate(words.spans) if span.start <= word.start < span.end]
    return (inside[0], inside[-1]) if inside else (1, 0)


def opening_teller(words: Words, first: int, last: int) -> tuple[tuple[int, int], int] | None:
    """Return the subject that opens a passage and its verb of telling, if that is what it has."""
    start = _past_lead(words, first, last)
    end = noun_phrase_end(words, start, last)
    if end < start or _is_open(words, end):
        return None
    index = end + 1
    if index <= last and words.forms[index] in INSERTING:
        index = past_insertion(words, index, last)
    while index <= last and words.lower[index] in nesting_words().between:
        index += 1
    if index > last or not tells(words, index):
        return None
    human = words.lower[index] not in nesting_words().things
    return ((start, end), index) if can_tell(words, start, end, human=human) else None


def _is_open(words: Words, last: int) -> bool:
    """Say whether a phrase breaks off: "thanked the queen for the", which has no verb after it."""
    tables = voice_words()
    return words.lower[last] in tables.prepositions | tables.determiners | {"for", "of"}


INSERTING: Final = frozenset({",", "–", "—", "--"})


def tells(words: Words, index: int) -> bool:
    """Say whether a verb of telling, or a phrase that tells, stands at a word."""
    lists = nesting_words()
    if words.lower[index] in lists.telling:
        return True
    return any(tuple(words.lower[index : index + len(p)]) == p for p in lists.phrases)


def _past_lead(words: Words, first: int, last: int) -> int:
    """Step over "that", a mark and a place or time before the subject: "in Minsk that …"."""
    led = words.lower[first] in voice_words().prepositions
    reach = first + 6 if led else first + 1
    for index in range(first, min(last, reach)):
        if words.lower[index] == "that":
            return index + 1
    return first + (words.forms[first] in OPEN_MARKS)


def noun_phrase_end(words: Words, start: int, last: int) -> int:
    """Return the last word of the noun phrase that starts at a word, or the word before it."""
    tables, lists = voice_words(), nesting_words()
    end = start - 1
    for index in range(start, last + 1):
        lower = words.lower[index]
        follows = index > start and lower in tables.inner_prepositions | {"within"}
        if lower in {"'s", "'", "&", "-", "of", "and"} and index > start:
            continue
        if lower in tables.pronouns and index == start:
            return index
        if (
            (not words.forms[index][:1].isalnum() and lower not in {"."})
            or (lower in lists.telling and words.forms[index].islower() and index > start)
            or lower in lists.between | lists.not_yet
            or (lower in tables.stops and lower not in {"that", "and"})
            or (lower in tables.prepositions and not follows)
            or (lower in tables.pronouns and index > start)
            or (lower in tables.determiners and index > start and not _links(words, index))
        ):
            break
        end = index
    return end


def _links(words: Words, index: int) -> bool:
    """Say whether a determiner follows a word that a noun phrase goes on after."""
    tables = voice_words()
    return words.lower[index - 1] in tables.inner_prepositions | {"within", "and", "-"}


def past_insertion(words: Words, comma: int, last: int) -> int:
    """Step over what stands between commas or dashes; not over a mark that has no partner."""
    for index in range(comma + 1, min(last, comma + LONGEST_INSERTION)):
        if words.forms[index] == words.forms[comma]:
            return index + 1
    return comma


def can_tell(words: Words, first: int, last: int, *, human: bool = False) -> bool:
    """Say whether a phrase names a person, a body or a text that can say something.

    Where only people can do what follows (`human`), any noun with an article may be one.
    """
    tables, lists = voice_words(), nesting_words()
    head = head_of(words, first, last)
    lower = words.lower[head]
    known = tables.anonymous | tables.definite_people | tables.institutions | tables.documents
    if lower in known | lists.speaking | tables.pronouns:
        return True
    if lower in lists.causes | tables.adverbs:
        return False
    if human and head > first and words.lower[first] in tables.determiners:
        return True
    return words.forms[head][:1].isupper() and lower not in tables.determiners


def head_of(words: Words, first: int, last: int) -> int:
    """Return the place of a phrase's head: its last word before a preposition or a bracket."""
    tables = voice_words()
    for index in range(first + 1, last + 1):
        lower = words.lower[index]
        if lower in tables.inner_prepositions | tables.prepositions | _AFTER_HEAD:
            return index - 1
    return last


_AFTER_HEAD: Final = frozenset({"familiar", "briefed", "close", "who", "whom", "off", ",", "("})


def subject_of_telling(words: Words, verb: int) -> tuple[int, int] | None:
    """Return a verb's subject; "the weekly" is one, though its noun looks like an adverb."""
    last = verb - 1
    if words.lower[last].endswith("ly") and words.lower[last] in nesting_words().speaking:
        first = last - (last > 0 and words.lower[last - 1] in voice_words().determiners)
        return first, last
    return speaker_before(words, verb)


# The table ---------------------------------------------------------------------------------------


class NestingWords(NamedTuple):
    """The word lists of `data/nesting.toml`, as sets."""

    telling: frozenset[str]
    loose: frozenset[str]
    things: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    governing: frozenset[str]
    not_yet: frozenset[str]
    passive: frozenset[str]
    ear: frozenset[str]
    citing: frozenset[str]
    handing: frozenset[str]
    saying: frozenset[str]
    causes: frozenset[str]
    speaking: frozenset[str]
    own: frozenset[str]
    hearers: frozenset[str]
    signers: frozenset[str]
    figures: frozenset[str]


def nesting_table() -> Mapping[str, Any]:
    """Load `data/nesting.toml` with its examples."""
    source = resources.files("chancery.read") / "data" / "nesting.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def nesting_words() -> NestingWords:
    """Return the word lists, loaded once per process."""
    table = nesting_table()
    return NestingWords(
        telling=_set(table["telling"]["forms"]),
        loose=_set(table["telling"]["loose"]),
        things=_set(table["telling"]["things"]),
        phrases=tuple(tuple(phrase.split()) for phrase in table["telling"]["phrases"]),
        between=_set(table["telling"]["between"]),
        governing=_set(table["telling"]["governing"]),
        not_yet=_set(table["telling"]["not_yet"]),
        passive=_set(table["received"]["passive"]),
        ear=_set(table["received"]["ear"]),
        citing=_set(table["handing"]["citing"]),
        handing=_set(table["handing"]["verbs"]),
        saying=_set(table["handing"]["saying"]),
        causes=_set(table["handing"]["causes"]),
        speaking=_set(table["speaking"]["nouns"]),
        own=_set(table["own"]["pronouns"]),
        hearers=_set(table["own"]["hearers"]),
        signers=_set(table["own"]["signers"]),
        figures=_set(table["figures"]["nouns"]),
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())
