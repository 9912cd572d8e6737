"""Deeds that a noun tells: "Russia's invasion of Ukraine", "talks between X and Y".

The doer owns the noun, follows "by", or is lent by a light verb ("launched an attack"); a noun may
also be the subject of a passive verb that makes the deed ("the visit was cancelled").
"""

from __future__ import annotations

from typing import Final

from chancery.read.objects import parties_after, party_after
from chancery.read.sides import Roles, mentions_of, together, without
from chancery.read.subjects import (
    blamed_by,
    find_subject,
    group_start,
    is_finite,
    peers_of,
    phrase_start,
)
from chancery.read.triggers import Party, Trigger, View, clause_words

CERTAIN_TARGETS: Final = frozenset({"of", "on", "against"})
"""Prepositions that bring in a noun's target even where nobody is said to have done it."""


DASHES: Final = frozenset({"-", "–", "‒", "/"})
"""What joins two states before what they share: "US-China trade talks"."""


def noun_roles(view: View, trigger: Trigger) -> Roles | None:
    """Return the sides of a deed that a noun tells, or none where its doer cannot be told."""
    cue = trigger.cue
    start, owners = _owners_before(view, trigger.first)
    if not owners and blamed_by(view, start):
        return None
    sides = {"actor": list(owners), "target": []}
    head, passive = start, False
    governors: set[str] = set()
    brought = ""
    for party, governor in parties_after(view, trigger.last, ""):
        if governor in governors:
            continue
        governors.add(governor)
        if any(is_finite(view, place) for place in range(trigger.last + 1, party.first)):
            break
        before = len(sides["target"])
        _place_noun_party(view, trigger, party, governor, sides)
        brought = governor if len(sides["target"]) > before else brought
    if not sides["actor"]:
        head, passive, lent = _light_subject(view, start, trigger)
        sides["actor"] = list(lent)
    actors, targets = mentions_of(tuple(sides["actor"])), mentions_of(tuple(sides["target"]))
    if cue.needs_target and not any(mention.actor for mention in targets):
        return None
    agentless = cue.agentless and brought in CERTAIN_TARGETS
    known = actors if actors or not agentless else targets
    if not any(mention.actor for mention in known):
        return None
    if cue.mutual:
        actors, targets = together(actors, targets), ()
        if len({mention.actor for mention in actors}) < 2 and head == start:
            return None
    subject = min([party.first for party in sides["actor"]], default=start)
    return Roles(
        actors=actors,
        targets=without(targets, actors),
        head=head,
        subject=subject,
        passive=passive,
    )


def owners_before(view: View, first: int) -> tuple[Party, ...]:
    """Return the parties that own the noun at a place: "Russia's", "US-China"."""
    return _owners_before(view, first)[1]


def turned_roles(view: View, trigger: Trigger) -> Roles | None:
    """Return the sides where a noun is the subject: "the talks were cancelled by Oman"."""
    cue = trigger.cue
    start, owners = _owners_before(view, trigger.first)
    actors = party_after(view, trigger.turned, ("by",)) or owners
    targets: tuple[Party, ...] = ()
    between = [p for p in parties_after(view, trigger.last, "") if p[0].first < trigger.turned]
    for party, governor in (*between, *parties_after(view, trigger.turned, "")):
        if governor == "of" and not actors:
            actors = (party,)
        elif governor and governor != "by" and governor in (*cue.target, "between") and not targets:
            targets = (party, *peers_of(view, party, len(view.words)))
    if not any(party.known for party in (*actors, *targets)) or not (actors or cue.agentless):
        return None
    done_by, done_to = mentions_of(actors), mentions_of(targets)
    if cue.mutual:
        done_by, done_to = together(done_by, done_to), ()
    return Roles(
        actors=done_by, targets=without(done_to, done_by), head=group_start(view, trigger.turned),
        subject=start, passive=True,
    )  # fmt: skip


def _owners_before(view: View, first: int) -> tuple[int, tuple[Party, ...]]:
    """Return where a noun phrase starts, and the parties that own it: "Russia's invasion"."""
    lists = clause_words()
    place = first
    while place > 0 and first - place <= 4:
        party = view.party_at(place - 1)
        if party:
            return _owning(view, party, first)
        word = view.word(place - 1)
        if place - 1 in view.owners:
            return place - 1, (Party(place - 1, place - 1, view.owners[place - 1]),)
        if (
            word in ("'s", "'")
            or word == "-"
            or word in lists.determiners
            or (word.isalpha() and not _stops_phrase(view, place - 1))
        ):
            place -= 1
        else:
            break
    return place, ()


def _owning(view: View, party: Party, first: int) -> tuple[int, tuple[Party, ...]]:
    start = phrase_start(view, party)
    after = view.word(party.last + 1)
    before = view.party_at(party.first - 2)
    joint = view.word(party.first - 1)
    adjectival = view.owner[party.first] in view.adjectives
    if before and joint in DASHES:
        return phrase_start(view, before), (before, party)
    if view.word(start - 1) in clause_words().prepositions and not (
        after in ("'s", "'") or adjectival
    ):
        return start, ()
    if after in ("'s", "'", "-", "–") or adjectival or party.last + 1 == first:
        return start, (before, party) if before and joint == "and" else (party,)
    return start, ()


def _stops_phrase(view: View, place: int) -> bool:
    lists = clause_words()
    word = view.word(place)
    return (
        word in lists.prepositions or word in lists.auxiliaries or word in lists.openers
        or word in lists.saying or word in lists.light_verbs or word in lists.relatives
        or word in ("and", "or", "to", ",")
    )  # fmt: skip


def _place_noun_party(
    view: View, trigger: Trigger, party: Party, governor: str, sides: dict[str, list[Party]]
) -> None:
    """Put a party after a noun on the side that its preposition says."""
    cue = trigger.cue
    peers = (party, *peers_of(view, party, len(view.words)))
    taken = {p.first for side in sides.values() for p in side}
    fresh = [p for p in peers if p.first not in taken]
    if governor == "by":
        sides["actor"] = fresh
    elif governor == "between" and not sides["target"]:
        sides["actor"] += fresh
    elif governor == "of" and cue.of in sides and not sides[cue.of]:
        sides[cue.of] += fresh
    elif governor in cue.target and governor != "of" and not sides["target"]:
        sides["target"] += fresh


def _light_subject(view: View, start: int, trigger: Trigger) -> tuple[int, bool, tuple[Party, ...]]:
    """Return who a light verb before or after the noun gives as its doer."""
    lists = clause_words()
    before = start - 1
    while before > 0 and view.word(before) in lists.determiners:
        before -= 1
    if view.word(before) in lists.light_verbs:
        head = group_start(view, before)
        group = view.words[head:before]
        if "to" not in group and not any(word in lists.be for word in group):
            return head, False, find_subject(view, head)
    for place in range(trigger.last + 1, min(len(view.words), trigger.last + 12)):
        if view.word(place) in lists.be and view.word(place + 1) in lists.light_verbs:
            return place, True, party_after(view, place + 1, ("by",))
    return start, False, ()
