"""To whom: the parties after a trigger, each with the preposition that governs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chancery.read.sides import WEAK
from chancery.read.subjects import is_finite, peers_of
from chancery.read.triggers import POSSESSIVES, Party, Trigger, View, clause_words, is_function_word

WIDEST_TARGET: Final = 16
"""How many words after a trigger a target is looked for."""


def targets_after(view: View, trigger: Trigger) -> tuple[Party, ...]:
    """Return the parties that a deed is done to, by what its cue says may bring them in."""
    lists = clause_words()
    last = view.words[trigger.last]
    preposition = last if last in lists.prepositions and trigger.last > trigger.first else ""
    inner = _target_within(view, trigger)
    if inner:
        return inner
    for party, governor in parties_after(view, trigger.last, preposition):
        if trigger.cue.mutual and owns_thing(view, party):
            continue
        if governor == preposition and preposition:
            return (party, *peers_of(view, party, len(view.words)))
        if _is_allowed(governor, trigger.cue.target):
            return (party, *peers_of(view, party, len(view.words)))
    return ()


def _target_within(view: View, trigger: Trigger) -> tuple[Party, ...]:
    """Return a party in a cue's gap: "summoned the Swedish ambassador"."""
    for party in view.parties:
        if not trigger.first < party.first <= trigger.last:
            continue
        named = not view.span(party.first, party.last).of(view.text).islower()
        lone = not named and all(mention.score < WEAK for mention in party.mentions)
        covered = any(place in trigger.fixed for place in range(party.first, party.last + 1))
        meant = "object" in trigger.cue.target and view.word(party.first - 1) not in POSSESSIVES
        led = view.words[trigger.last] in clause_words().prepositions
        owner = led and view.word(party.last + 1) in ("'s", "'")
        if owner or (led and (lone or not meant)):
            continue
        if not (lone and covered) or (meant and trigger.last == party.last):
            return (party, *peers_of(view, party, len(view.words)))
    return ()


def owns_thing(view: View, party: Party) -> bool:
    """Say whether a party only tells whose a thing is: "the Syrian settlement", "Oman's plan"."""
    following = view.word(party.last + 1)
    adjectival = view.owner[party.first] in view.adjectives
    noun = following.isalpha() and not is_function_word(following)
    return following in ("'s", "'") or (adjectival and noun and not view.party_at(party.last + 1))


def _is_allowed(governor: str, target: tuple[str, ...]) -> bool:
    if not governor:
        return "object" in target
    return governor in target or (governor == "of" and "object" in target)


def parties_after(view: View, last: int, preposition: str) -> Iterator[tuple[Party, str]]:
    """Yield the parties after a trigger with the preposition that governs each."""
    governor = preposition
    place = last + 1
    while place < min(len(view.words), last + 1 + WIDEST_TARGET):
        word = view.word(place)
        party = view.party_at(place)
        if party:
            if place == party.first:
                yield party, governor
            place = party.last + 1
            continue
        if _ends_object(view, place):
            return
        if _governs(view, place) and not (governor and word == "of"):
            governor = word
        place += 1


def _governs(view: View, place: int) -> bool:
    """Say whether a word is a preposition, and not part of a number: "at least", "up to"."""
    word, following = view.word(place), view.word(place + 1)
    counts = following in ("least", "most") or view.word(place - 1) == "up"
    return word in clause_words().prepositions and not counts and not following[:1].isdigit()


def _ends_object(view: View, place: int) -> bool:
    lists = clause_words()
    word = view.word(place)
    if word in lists.relatives or word in lists.marks or word in lists.saying:
        return True
    if word == "," or word in lists.be or word in lists.have or word in lists.do:
        return True
    if word in ("and", "but") and is_finite(view, place + 1):
        return True
    return (word in lists.openers and word not in lists.prepositions) or word in lists.modals


def party_after(view: View, last: int, prepositions: tuple[str, ...]) -> tuple[Party, ...]:
    """Return the first parties after a word that one of the prepositions governs."""
    for party, governor in parties_after(view, last, ""):
        if governor in prepositions:
            return (party, *peers_of(view, party, len(view.words)))
    return ()
