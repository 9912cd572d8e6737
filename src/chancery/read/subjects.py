"""Who does it: the subject of a verb group, found by shallow means.

A subject is the first party of the clause that no preposition governs, with those that a list
joins to it. Commas cut a clause into pieces, of which parentheses are passed over.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from chancery.lexicon.verbs import verb_tables
from chancery.read.triggers import Party, View, clause_words

BLAME_REACH: Final = 16
"""How many words before its complement a verb of blaming may stand."""


def find_subject(view: View, head: int, *, participle: bool = False) -> tuple[Party, ...]:
    """Return the parties that stand as subject of the verb group at `head`, or none."""
    lists = clause_words()
    if view.word(head - 1) in lists.relatives or (
        view.word(head - 1) == "that" and view.party_at(head - 2)
    ):
        return _antecedent(view, head - 1)
    if view.word(head - 1) in lists.subject_pronouns:
        pronoun = view.party_at(head - 1)
        return (pronoun,) if pronoun else ()
    start = _clause_start(view, head)
    chunks = _chunks(view, start, head)
    last = chunks[-1]
    if last[0] < last[1]:
        subject = _subject_in(view, last[0], last[1])
        if subject:
            return _with_list(view, chunks, subject)
    if participle:
        return next((s for a, b in chunks if (s := _subject_in(view, a, b))), ())
    rest = chunks[:-1]
    while len(rest) > 1 and _is_parenthesis(view, *rest[-1]):
        rest = rest[:-1]
    for first, end in reversed(rest):
        subject = _subject_in(view, first, end)
        if subject:
            return subject
    return ()


def _clause_start(view: View, head: int) -> int:
    """Return the first word of the clause that a verb group stands in."""
    lists = clause_words()
    place = head - 1
    while place >= 0:
        word = view.word(place)
        if view.party_at(place):
            place -= 1
            continue
        if word in lists.openers or word in lists.marks:
            return place + 1
        if word in lists.saying and _party_between(view, place + 1, head):
            return place + 1
        if word in lists.relatives and not _closed_by_comma(view, place, head):
            return place + 1
        place -= 1
    return 0


def _closed_by_comma(view: View, relative: int, head: int) -> bool:
    return view.word(relative - 1) == "," and "," in view.words[relative + 1 : head]


def _party_between(view: View, start: int, end: int) -> bool:
    return any(start <= party.first < end for party in view.parties)


def _chunks(view: View, start: int, end: int) -> list[tuple[int, int]]:
    """Cut words at commas outside parties; the last piece may be empty."""
    chunks = []
    first = start
    for place in range(start, end):
        if view.word(place) == "," and not view.party_at(place):
            chunks.append((first, place))
            first = place + 1
    return [*chunks, (first, end)]


def _is_parenthesis(view: View, first: int, end: int) -> bool:
    lists = clause_words()
    word = view.word(first)
    if word in lists.relatives or word in lists.prepositions or word == "according":
        return True
    if word in ("a", "an", "the", "its", "his", "her") or view.party_at(first):
        return not any(is_finite(view, place) for place in range(first, end))
    return word.endswith(("ing", "ed")) or end - first <= 1


def is_finite(view: View, place: int) -> bool:
    """Say whether a word looks like a finite verb: an auxiliary, one of saying, or in "-ed"."""
    lists = clause_words()
    word = view.word(place)
    if view.party_at(place) or view.word(place + 1) == "by":
        return False
    return (
        word in lists.auxiliaries or word in lists.saying or word.endswith("ed")
        or word in _irregular_pasts()
    )  # fmt: skip


@cache
def _irregular_pasts() -> frozenset[str]:
    return frozenset(past for past, _ in verb_tables().irregular.values())


def _subject_in(view: View, first: int, end: int) -> tuple[Party, ...]:
    """Return the first party between two places that no preposition governs, with its peers."""
    parties = [party for party in view.parties if first <= party.first and party.last < end]
    free = [party for party in parties if not _is_governed(view, party, first)]
    if not free:
        return ()
    chosen = free[0]
    for party in free[1:]:
        joins = view.word(phrase_start(view, party) - 1) in ("and", "but", "or")
        clause_before = any(is_finite(view, p) for p in range(chosen.last + 1, party.first))
        clear_after = not any(is_finite(view, p) for p in range(party.last + 1, end))
        if joins and clause_before and clear_after and end - party.last <= 2:
            chosen = party
    return (chosen, *peers_of(view, chosen, end))


def phrase_start(view: View, party: Party) -> int:
    """Return the first word of the noun phrase that a party stands in."""
    lists = clause_words()
    place = party.first
    while (
        place > 0
        and (
            view.word(place - 1) in lists.determiners
            or (
                view.word(place - 1).isalpha()
                and view.word(place - 1).endswith(("al", "ive", "ian", "or"))
            )
        )
        and not view.party_at(place - 1)
    ):
        place -= 1
    return place


def _is_governed(view: View, party: Party, first: int) -> bool:
    """Say whether a preposition stands before a party's noun phrase, or a genitive follows it."""
    place = phrase_start(view, party)
    before = view.word(place - 1) if place > first else ""
    if before == "of" and view.word(place - 2) in clause_words().partitives:
        return False
    if before in clause_words().prepositions:
        return True
    return view.word(party.last + 1) in ("'s", "'") and not view.party_at(party.last + 1)


def peers_of(view: View, party: Party, end: int) -> tuple[Party, ...]:
    """Return the parties that a list joins to one: "Poland, Latvia and Estonia"."""
    peers: list[Party] = []
    place = party.last + 1
    for other in view.parties:
        if other.first < place or other.last >= end:
            continue
        new_clause = is_finite(view, other.last + 1) and end == len(view.words)
        if new_clause and view.word(phrase_start(view, party) - 1) != "between":
            break
        between = [
            w for w in view.words[place : other.first] if w not in clause_words().determiners
        ]
        if between and all(word in (",", "and", "or", "with", "&") for word in between):
            peers.append(other)
            place = other.last + 1
        else:
            break
    joined = peers and view.word(phrase_start(view, peers[-1]) - 1) in ("and", "or", "with", "&")
    return tuple(peers) if joined else ()


def listed_before(view: View, place: int) -> tuple[Party, ...]:
    """Return the party right before a place with its list: "Poland and Latvia" before "of"."""
    for party in view.parties:
        listed = (party, *peers_of(view, party, place))
        if listed[-1].last + 1 == place:
            return listed
    return ()


def blamed_by(view: View, head: int) -> str:
    """Return the verb in "accused X of doing" or "blamed X for the", where `head` follows it."""
    lists = clause_words()
    if view.word(head - 1) not in ("of", "for", "with"):
        return ""
    for place in range(head - 2, max(-1, head - 2 - BLAME_REACH), -1):
        if view.party_at(place):
            continue
        word = view.word(place)
        if word in lists.blaming:
            return word
        if word in lists.marks or word in lists.openers or word in lists.relatives:
            return ""
    return ""


def _with_list(
    view: View, chunks: list[tuple[int, int]], subject: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Add the parties of a list that stand before the last comma."""
    found = list(subject)
    joined = len(subject) > 1 or is_headline(view) or view.word(chunks[-1][0]) == "and"
    for first, end in reversed(chunks[:-1]):
        parties = [p for p in view.parties if first <= p.first and p.last < end]
        if not joined or len(parties) != 1:
            break
        if phrase_start(view, parties[0]) > first or parties[0].last + 1 != end:
            break
        found.insert(0, parties[0])
    return tuple(found)


def is_headline(view: View) -> bool:
    """Say whether a sentence has no full stop: there a comma stands for "and"."""
    return view.words[-1] not in (".", "!", "?", "”", '"')


def _antecedent(view: View, place: int) -> tuple[Party, ...]:
    """Return the party right before a relative pronoun."""
    for party in reversed(view.parties):
        if party.last < place:
            between = view.words[party.last + 1 : place]
            return (party,) if all(word in (",",) for word in between) else ()
    return ()


def group_start(view: View, place: int) -> int:
    """Return where the verb group starts: "has not yet been" before "attacked"."""
    lists = clause_words()
    start = place
    while start > 0 and not view.party_at(start - 1):
        word = view.word(start - 1)
        if word not in lists.auxiliaries and word != "to" and not lists.is_adverb(word):
            break
        start -= 1
    while start < place and lists.is_adverb(view.word(start)):
        start += 1
    return start
