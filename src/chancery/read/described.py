"""Whose somebody is by the words that describe him.

"Omar Salim, a Tanzanian trader" and "Tanzanian trader Omar Salim" are Tanzania's, whatever a
trader is; so is "Omar Salim, from Tanzania", and "his father in Lima, Pedro Ruiz" is Peru's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from chancery.model import Span
from chancery.read.phrases import Phrase, mention_words
from chancery.read.triggers import is_function_word

PEOPLE: Final = "people"
"""The row of those who are known by descent, which is no state."""

PLACES: Final = frozenset({"state", "territory", "seat"})
FULL_NAME: Final = 2
"""So many words a name has at least that nothing but a noun before it tells to be a person's."""

_AGE: Final = r"(?:,\s\d{1,3})?"
_FOUND: Final = (
    r"(?:(?:later|since)\s)?"
    r"(?:(?:found|believed|said|thought|known|reported)\sto\sbe|identified\sas)\s"
)
_A: Final = re.compile(
    rf"{_AGE},\s(?:who\s(?:is|was)\s(?:{_FOUND})?)?(?:an?|the)\s(?:[\w-]+\s){{0,2}}"
    rf"|\s(?:is|was)\s(?:{_FOUND})?an?\s(?:[\w-]+\s)?"
)
_IS: Final = re.compile(rf"\s(?:is|was)\s(?:{_FOUND})?an?\s")
_FROM: Final = re.compile(
    rf"(?:{_AGE},)?\s(?:from|who\swas\sborn\sin|an?\s(?:native|citizen|national)\sof)\s(?:the\s)?"
)
_NOUN: Final = re.compile(r"[\s-][a-z][\w-]+")
_CALLED: Final = re.compile(r"(?:-born)?\s((?:[a-z][a-z-]+\s){1,3})")
_IN: Final = re.compile(r"\sin\s(?:the\s)?")
_ENDS: Final = re.compile(r"\s?[,.;)]|\swho\s")


def with_descriptions(text: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Give names the state that describes them, and take its adjective for no party of its own.

    Phrases are those of a sentence, in order.
    """
    told: list[Phrase] = []
    for phrase in phrases:
        earlier, before = told[:-1], told[-1] if told else None
        if before and _describes(text, before, phrase):
            told = [*earlier, msgspec.structs.replace(before, givers=phrase.givers)]
        elif before and _is_said_to_be(text, before, phrase):
            known = msgspec.structs.replace(before, givers=phrase.givers, role=phrase.role)
            told = [*earlier, known]
        elif before and _is_called(text, before, phrase):
            span = Span(before.span.start, phrase.span.end)
            told = [*earlier, msgspec.structs.replace(phrase, span=span, givers=before.givers)]
        elif len(told) > 1 and _is_placed(text, told[-2], told[-1], phrase):
            told.append(msgspec.structs.replace(phrase, givers=told[-1].givers))
        elif before and _is_apposed(text, before, phrase):
            span = Span(before.span.start, phrase.span.end)
            told = [*earlier, msgspec.structs.replace(before, span=span, name=phrase.name)]
        else:
            told.append(phrase)
    return told


def _is_open(phrase: Phrase) -> bool:
    """Say whether a phrase names somebody whose state nothing tells."""
    return bool(phrase.name) and not (phrase.givers or phrase.person)


def _is_lone(phrase: Phrase) -> bool:
    """Say whether a phrase is a state's name or adjective alone."""
    return len(phrase.givers) == 1 and not (phrase.role or phrase.person or phrase.name)


def _describes(text: str, person: Phrase, state: Phrase) -> bool:
    """Say whether a state stands in what is said of a name: ", a Tanzanian trader"."""
    if not (_is_open(person) and _is_lone(state)):
        return False
    giver = state.givers[0]
    if giver.kind == "demonym":
        apposed = _A.fullmatch(text, person.span.end, state.span.start)
        goes_on = _NOUN.match(text, state.span.end) or _ENDS.match(text, state.span.end)
        return giver.row != PEOPLE and bool(apposed and goes_on)
    apart = _FROM.fullmatch(text, person.span.end, state.span.start)
    return giver.kind in PLACES and bool(apart) and bool(_ENDS.match(text, state.span.end))


def _is_said_to_be(text: str, person: Phrase, role: Phrase) -> bool:
    """Say whether a verb tells that a name is that of a role: "Ana Ruiz is a Peruvian citizen"."""
    if not (_is_open(person) and not person.role and role.role) or role.person or role.name:
        return False
    by_state = len(role.givers) == 1 and role.givers[0].kind == "demonym"
    known = by_state and role.givers[0].row != PEOPLE
    full = len(person.span.of(text).split()) >= FULL_NAME
    return known and full and bool(_IS.fullmatch(text, person.span.end, role.span.start))


def _is_called(text: str, state: Phrase, person: Phrase) -> bool:
    """Say whether a name follows a state's adjective and a noun: "Tanzanian trader Omar Salim"."""
    alone = _is_open(person) and not person.role and _is_lone(state)
    if not alone or state.givers[0].kind != "demonym" or state.givers[0].row == PEOPLE:
        return False
    between = _CALLED.fullmatch(text, state.span.end, person.span.start)
    if not between or len(person.span.of(text).split()) < FULL_NAME:
        return False
    *adjectives, noun = between[1].split()
    plain = not any(is_function_word(word) for word in (*adjectives, noun))
    return plain and noun.endswith(mention_words().doer_endings)


def _is_placed(text: str, role: Phrase, place: Phrase, person: Phrase) -> bool:
    """Say whether a name is that of a role and its place: "the father in Lima, Pedro Ruiz"."""
    if not (_is_open(person) and not person.role and _is_lone(place) and role.kind == "role"):
        return False
    abroad = mention_words().abroad & set(role.span.of(text).lower().split())
    named = text[place.span.end : person.span.start] == ", " and place.givers[0].kind in PLACES
    return named and not abroad and bool(_IN.fullmatch(text, role.span.end, place.span.start))


def _is_apposed(text: str, role: Phrase, person: Phrase) -> bool:
    """Say whether a name stands between commas behind a role: "the father, Pedro Ruiz, said"."""
    if not (_is_open(person) and not person.role and role.kind == "role"):
        return False
    full = len(person.span.of(text).split()) >= FULL_NAME
    single = role.role is not None and not role.role.span.of(text).endswith(("s", "people"))
    apart = text[role.span.end : person.span.start] == ", "
    return full and single and apart and bool(_ENDS.match(text, person.span.end))
