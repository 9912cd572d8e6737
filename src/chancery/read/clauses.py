"""Who did it and to whom: from a trigger to both sides of the deed, by shallow means.

In: a sentence laid out with its parties (`triggers.View`) and a trigger. Out: `Roles`. There is no
parser here: a subject is the first party of the clause that no preposition governs, a target what
follows the trigger or its preposition. Where the sides cannot be told they stay empty. A parser
may take this file's place: `find_roles` is all that others call.
"""

from __future__ import annotations

from typing import Final

from chancery.read.deed_nouns import noun_roles, turned_roles
from chancery.read.objects import owns_thing, party_after, targets_after
from chancery.read.sides import WEAK, Roles, mentions_of, not_own_state, together, without
from chancery.read.subjects import (
    blamed_by,
    find_subject,
    group_start,
    is_headline,
    listed_before,
)
from chancery.read.triggers import Party, Trigger, View, clause_words

HEADLINE_PLAN: Final = "set"
"""In a headline "X to visit Y" says that the visit is set."""

BOTH: Final = 2
"""Sides of a deed done together."""


def find_roles(view: View, trigger: Trigger) -> Roles | None:
    """Return the sides of a deed, or none where its words tell no deed of anybody."""
    if trigger.turned >= 0:
        return turned_roles(view, trigger)
    if trigger.cue.kind == "noun":
        return noun_roles(view, trigger)
    return _verb_roles(view, trigger)


def verb_group(view: View, trigger: Trigger, subject: int) -> Roles:
    """Return how the clause of a trigger is built, its sides left out; `subject` is a doer's word.

    For deeds whose sides are known from elsewhere: standing still hangs on the verb group.
    """
    if trigger.cue.kind == "noun":
        return Roles(head=trigger.first, subject=min(subject, trigger.first))
    head = group_start(view, trigger.first)
    passive = _is_passive(view, trigger, head)
    infinitive = "to" in view.words[head : trigger.first]
    governor = ""
    if infinitive and not passive:
        governor, head = _governor(view, head)
    return Roles(
        head=head, subject=min(subject, head), passive=passive, infinitive=infinitive,
        governor=governor or blamed_by(view, head),
    )  # fmt: skip


def _verb_roles(view: View, trigger: Trigger) -> Roles | None:
    head = group_start(view, trigger.first)
    if _is_passive(view, trigger, head):
        return _passive_roles(view, trigger, head)
    infinitive = "to" in view.words[head : trigger.first]
    governor = ""
    if infinitive:
        governor, head = _governor(view, head)
        if not governor:
            return None
    subject = _doer(view, trigger, head)
    targets = targets_after(view, trigger)
    if _is_thing(view, trigger, subject, head):
        return None
    if not subject or (trigger.cue.needs_target and not _is_told(view, trigger, targets)):
        return None
    if not any(party.known for party in (*subject, *targets)):
        return None
    actors, done_to = mentions_of(subject), mentions_of(targets)
    if trigger.cue.mutual:
        actors, done_to = together(actors, done_to), ()
        if len(actors) == 1 and actors[0].score < WEAK:
            return None
    return Roles(
        actors=actors, targets=not_own_state(without(done_to, actors), actors), head=head,
        subject=subject[0].first, infinitive=infinitive, governor=governor or blamed_by(view, head),
    )  # fmt: skip


def _is_thing(view: View, trigger: Trigger, subject: tuple[Party, ...], head: int) -> bool:
    """Say whether a state's thing is the subject of what things do not do: "a Polish tanker"."""
    owned = len(subject) == 1 and subject[0].last + 1 < head and owns_thing(view, subject[0])
    return owned and trigger.cue.frame not in clause_words().things_do


def _is_told(view: View, trigger: Trigger, targets: tuple[Party, ...]) -> bool:
    """Say whether a target is linked, or a pronoun that means somebody told before."""
    pointed = view.word(trigger.last + 1) in ("them", "him", "her")
    return pointed or any(party.known for party in targets)


def _doer(view: View, trigger: Trigger, head: int) -> tuple[Party, ...]:
    """Return the subject; of "accused X of attacking" and "thanked X for helping" it is X."""
    participle = "G" in trigger.tags and head == trigger.first
    if participle and view.word(head - 1) in ("of", "for", "from"):
        nearest = tuple([party for party in view.parties if party.last < head][-1:])
        return listed_before(view, head - 1) or nearest
    return find_subject(view, head, participle=participle)


def _is_passive(view: View, trigger: Trigger, head: int) -> bool:
    lists = clause_words()
    if "N" not in trigger.tags:
        return False
    group = view.words[head : trigger.first]
    if any(word in lists.be for word in group):
        return True
    if any(word in lists.have for word in group):
        return False
    if trigger.cue.agentless and is_headline(view) and head == trigger.first == trigger.last:
        return view.word(trigger.last + 1) in lists.prepositions
    return "by" in view.words[trigger.last + 1 : trigger.last + 3]


def _passive_roles(view: View, trigger: Trigger, head: int) -> Roles | None:
    if trigger.fixed[-1] != trigger.first and view.words[trigger.last] in (
        clause_words().prepositions
    ):
        # "Ties were cut with Iran": the preposition, not the subject, brings in the target.
        targets = targets_after(view, trigger)
    else:
        targets = ()
    reduced = head == trigger.first
    subject = _nearest_left(view, head) if reduced else find_subject(view, head)
    done_to = targets or subject
    actors = party_after(view, trigger.last, ("by",))
    if trigger.cue.mutual and not actors:
        actors, done_to = done_to, ()
        if len({m.actor for m in mentions_of(actors) if m.actor}) < BOTH:
            return None
    if not any(party.known for party in (*done_to, *actors)):
        return None
    if not actors and not trigger.cue.agentless:
        return None
    if trigger.cue.needs_target and not _is_told(view, trigger, done_to):
        return None
    return Roles(
        actors=mentions_of(actors), targets=without(mentions_of(done_to), mentions_of(actors)),
        head=head, subject=subject[0].first if subject else head, passive=True,
    )  # fmt: skip


def _nearest_left(view: View, head: int) -> tuple[Party, ...]:
    for place in range(head - 1, max(-1, head - 4), -1):
        party = view.party_at(place)
        if party:
            return (party,)
        if view.word(place) not in (",", "was", "were"):
            return ()
    return ()


def _governor(view: View, head: int) -> tuple[str, int]:
    """Return the word that governs an infinitive and the start of its own verb group."""
    lists = clause_words()
    place = head - 1
    word = view.word(place)
    if word in lists.came_about or word in lists.planned or word in lists.be:
        return word, group_start(view, place)
    if view.party_at(place) and is_headline(view):
        return HEADLINE_PLAN, head
    first = view.word(head)
    if first in lists.be or first in lists.have:
        return first, head
    return "", head
