"""The sides of a deed that the model finds, as the tree of its sentence has the last word on them.

The model tells which words may be who does it and who suffers it. Where grammar settles that (a
passive, a noun's adjective, "aid to Kenya", "killed in an air strike") it is so.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from chancery.read.antecedents import of_antecedent
from chancery.read.collectives import counted
from chancery.read.deeds import Deed, Side
from chancery.read.parse import Tree
from chancery.read.states import SURE, Line
from chancery.read.tree_sides import (
    asked_by_duty,
    listed_together,
    nearest,
    parties_to,
    side_words,
    without_other_clauses,
    without_own_forces,
    without_passive_wish,
    without_places,
)
from chancery.read.weapons import aimed_at, struck_by, weapon_words

SINGULAR: Final = frozenset({"he", "she", "it"})
SHARED: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types whose doers are all who take part, wherever the clause has them."""

TOWARDS: Final = frozenset({"to", "toward", "towards", "against", "on", "upon", "for"})
"""Words by which a deed told by a noun goes from one party to another."""

OWNING: Final = frozenset({"amod", "compound", "nmod:poss"})
ATTACK: Final = "ASSAULT"
VIOLENT: Final = frozenset({"ASSAULT", "COERCE"})
LEAVING: Final = "RETREAT"
SENT: Final = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "AID", "PROTEST"})
"""Types of deeds that a noun may tell as coming from somebody: "praise from Ghana"."""

AGREEING: Final = "AGREE"

ASKED: Final = frozenset({"REQUEST"})
"""Types that a duty or wish is a deed of: "Mali must withdraw" asks it to."""

PASSIVE_SUBJECT: Final = "nsubj:pass"
PASSIVE: Final = frozenset({PASSIVE_SUBJECT, "aux:pass"})
PARTICIPLES: Final = frozenset({"VBN", "VBD"})


class Sides(NamedTuple):
    """Head words of both sides; whether a passive hides the doer, and whether all doers agree."""

    doers: Side
    done_to: Side
    hidden: bool
    all_agree: bool


def sides_of(line: Line, deed: Deed, *, mutual: bool) -> Sides:
    """Return the sides of a deed; `mutual` where all who take part in it do the same."""
    doers, done_to, hidden = _turned(line, deed)
    doers = without_other_clauses(line, deed.trigger, doers)
    done_to = without_other_clauses(line, deed.trigger, done_to)
    doers, done_to = _qualified(line, deed.trigger, doers, done_to)
    doers, done_to = _directed(line, deed.trigger, doers, done_to)
    doers, done_to = _coming_from(line, deed, doers, done_to)
    doers, done_to = _fought(line, deed, doers, done_to)
    if deed.type == ATTACK:
        struck, aimed = struck_by(line, deed.trigger), aimed_at(line, deed.trigger)
        doers, done_to = _armed(line, doers, done_to, struck, aimed)
        hidden = hidden and not struck
    if not mutual and deed.type not in SHARED:
        doers = _of_subject(line, deed.trigger, doers)
        doers, done_to = of_antecedent(line, deed.trigger, doers, done_to)
    all_agree = True
    if deed.type == AGREEING:
        doers, done_to, all_agree = parties_to(line, deed.trigger, doers, done_to)
    if deed.type in ASKED:
        done_to = asked_by_duty(line, deed.trigger, done_to)
        done_to = without_passive_wish(line, deed.trigger, done_to)
    if deed.type == LEAVING:
        done_to = without_own_forces(line, deed.trigger, done_to)
    doers, done_to = listed_together(line, doers, done_to)
    doers, done_to = counted(line, doers), counted(line, done_to)
    doers, done_to = without_places(line, doers), without_places(line, done_to)
    if not (mutual and all_agree):
        done_to = nearest(line, deed.trigger, done_to)
    return Sides(doers, done_to, hidden, all_agree)


def _turned(line: Line, deed: Deed) -> tuple[Side, Side, bool]:
    """Return the sides of a deed as the tree has the last word, and whether its doer is hidden.

    The subject of a passive verb suffers it, and so does what a bare participle stands after;
    only what "by" brings in has done it.
    """
    tree, place = line.tree, deed.trigger
    if tree is None or tree.xpos[place] not in PARTICIPLES:
        return deed.doers, deed.done_to, False
    children = tree.children[place]
    labels = {tree.deprels[child] for child in children}
    after = tree.deprels[place] == "acl" and tree.xpos[place] == "VBN"
    if not (labels & PASSIVE or after):
        return deed.doers, deed.done_to, False
    subject = {tree.heads[place]} if after else set()
    subject |= {child for child in children if tree.deprels[child] == PASSIVE_SUBJECT}
    if not after and _is_active(line, tree, place, subject, deed):
        return deed.doers, deed.done_to, False
    agents = {
        word
        for child in children
        if any(line.lower[below] == "by" for below in tree.children[child])
        or line.lower[child] in side_words().helping
        for word in tree.below(child)
    }
    suffering = tuple(side for side in deed.doers if side[0] in subject)
    doers = tuple(side for side in deed.doers if side[0] in agents)
    return doers, suffering or deed.done_to, not agents


def _is_active(line: Line, tree: Tree, verb: int, subject: set[int], deed: Deed) -> bool:
    """Say whether a verb that the tree has as passive is none: no auxiliary makes it one.

    "The envoy called on the lawmakers": the model has the subject act on somebody else. A title
    leaves its auxiliaries out.
    """
    whole = tree.deprels[verb] == "conj" or line.is_title
    if whole or any(tree.deprels[child].startswith("aux") for child in tree.children[verb]):
        return False
    doing = {word for word, _ in deed.doers}
    return bool(subject & doing) and any(word not in subject for word, _ in deed.done_to)


def _of_subject(line: Line, place: int, doers: Side) -> Side:
    """Return the doers that a verb's own subject names, where it has one: no other word's.

    A subject like "it" is one party: of several words that may be meant the likeliest.
    """
    tree = line.tree
    if tree is None:
        return doers
    subjects = [child for child in tree.children[place] if tree.deprels[child] == "nsubj"]
    named = {word for subject in subjects for word in (subject, *tree.below(subject))}
    if any(line.lower[subject] in SINGULAR for subject in subjects) and len(doers) > 1:
        return (max(doers, key=lambda side: side[1]),)
    return tuple(side for side in doers if side[0] in named) or doers


def _qualified(line: Line, place: int, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Return the sides of a deed told by a noun, whose doer an adjective of a state tells.

    "Turkish airstrikes" are Turkey's. A state's name before the noun may as well be the place or
    the target ("the Kenya bombing"), so only what the tree has as an adjective counts.
    """
    tree = line.tree
    if tree is None or not tree.xpos[place].startswith("NN"):
        return doers, done_to
    states = tuple(
        (child, 1.0)
        for child in tree.children[place]
        if tree.deprels[child] == "amod" and line.is_linked(child)
    )
    if not states:
        return doers, done_to
    told = {word for word, _ in states}
    return states, tuple(side for side in done_to if side[0] not in told)


def _directed(line: Line, place: int, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Return the sides of a deed told by a noun that goes from one state to another.

    "US aid to Kenya", "Ghana's sanctions against Togo": who stands before the noun does it, whom
    "to" or "against" brings in suffers it, whatever else the sentence names.
    """
    tree = line.tree
    if tree is None or not tree.xpos[place].startswith("NN"):
        return doers, done_to
    known = {
        child: {p.state for p in line.over(child) if p.state and p.mention.score >= SURE}
        for child in tree.children[place]
    }
    before = [
        child
        for child, states in known.items()
        if states and child < place and tree.deprels[child] in OWNING
    ]
    after = [
        child
        for child, states in known.items()
        if states
        and child > place
        and tree.deprels[child] == "nmod"
        and any(line.lower[below] in TOWARDS for below in tree.children[child])
    ]
    if not before or not after or known[before[0]] & known[after[0]]:
        return doers, done_to
    joined = [c for c in tree.children[after[0]] if tree.deprels[c] == "conj"]
    return ((before[0], 1.0),), tuple((child, 1.0) for child in (*after, *joined))


def _coming_from(line: Line, deed: Deed, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Return the sides of words or gifts that a noun tells, which come from whom "from" brings in.

    "Kenya said praise from Ghana": who was taken for the doer has it done to him.
    """
    tree = line.tree
    if tree is None or deed.type not in SENT or not tree.xpos[deed.trigger].startswith("NN"):
        return doers, done_to
    brought = {
        child: {line.lower[below] for below in tree.children[child]}
        for child in tree.children[deed.trigger]
        if tree.deprels[child] == "nmod"
    }
    first = [c for c, words in brought.items() if words & side_words().sending and line.over(c)]
    # "The evacuation of the miners from Kenya" moves them from there.
    if not first or any("of" in words for words in brought.values()):
        return doers, done_to
    peers = [p for c in first for p in tree.children[c] if tree.deprels[p] == "conj"]
    senders = [*first, *(peer for peer in peers if line.over(peer))]
    sent = {word for sender in senders for word in (sender, *tree.below(sender))}
    others = tuple(side for side in done_to if side[0] not in sent)
    rest = tuple(side for side in doers if side[0] not in sent)
    return tuple((sender, 1.0) for sender in senders), others or rest


def _fought(line: Line, deed: Deed, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Return the sides of violence told by a noun that has those who fight before it.

    "Police violence against miners" is done by the police, where nobody else is said to do it.
    """
    tree = line.tree
    if tree is None or deed.type not in VIOLENT or not tree.xpos[deed.trigger].startswith("NN"):
        return doers, done_to
    fighting = weapon_words().fighting
    before = [
        child
        for child in tree.children[deed.trigger]
        if child < deed.trigger
        and tree.deprels[child] in OWNING
        and any((p.mention.actor or "").endswith(fighting) for p in line.over(child))
    ]
    after = [
        child
        for child in tree.children[deed.trigger]
        if tree.deprels[child] == "nmod"
        and any(line.lower[below] in TOWARDS for below in tree.children[child])
    ]
    others = tuple(side for side in done_to if side[0] not in before)
    told = any(word not in before for word, _ in doers)
    if told or not before or not after or not others:
        return doers, done_to
    return ((before[0], 1.0),), others


def _armed(line: Line, doers: Side, done_to: Side, struck: Side, aimed: Side) -> tuple[Side, Side]:
    """Return the sides of an attack as the noun for it tells them, where it does.

    Of the others those stay that are linked by their own words.
    """
    sure = {word for word, _ in done_to if line.is_linked(word)}
    if aimed:
        told = {word for word, _ in aimed}
        doers = tuple(side for side in doers if side[0] not in told)
        done_to = (*aimed, *(s for s in done_to if s[0] in sure and s[0] not in told))
    if struck:
        told = {word for word, _ in struck}
        # "Ten died in the strike": a verb that has but one side has it suffer.
        done_to = tuple(side for side in done_to or doers if side[0] not in told)
        doers = struck
    return doers, done_to
