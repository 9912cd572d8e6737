"""Which words of a deed's sides the tree allows: the model points, the tree knows the phrase.

In: a sentence, the deed's word and the head words of both sides with their chances. Out: the sides
without words that only say where a party is, or that belong to what is agreed or asked for.
"""

from __future__ import annotations

from typing import Final

from chancery.model import Mention
from chancery.read.deeds import Side
from chancery.read.parse import ROOT, Tree
from chancery.read.sides import Roles
from chancery.read.states import Line, state_of

PLACING: Final = frozenset({"in", "inside", "near", "at", "across"})
"""Prepositions that tell where a party is: "rebels in Chad" are one party."""

JOINING: Final = frozenset({"with", "between", "among", "and"})
"""Words that bring in who takes part beside the subject: "agreed with Chad"."""

CLAUSES: Final = frozenset({"acl", "acl:relcl", "advcl", "ccomp"})
SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "obl:agent"})


def without_places(line: Line, side: Side) -> Side:
    """Leave out words that only say where another word of the side is: "rebels in *Chad*"."""
    tree = line.tree
    if tree is None or len(side) < 2:
        return side
    words = {word for word, _ in side}
    return tuple(one for one in side if not _places_one_of(one[0], words, line, tree))


def _places_one_of(word: int, words: set[int], line: Line, tree: Tree) -> bool:
    placed = tree.deprels[word] == "nmod" and tree.heads[word] in words
    return placed and any(line.lower[child] in PLACING for child in tree.children[word])


def nearest(line: Line, deed: int, side: Side) -> Side:
    """Leave out words that a clause parts from the deed, where others stand nearer.

    "Rejected an offer to host talks with *Chad*": the offer's maker is refused, and not Chad.
    """
    tree = line.tree
    if tree is None or len(side) < 2:
        return side
    parted = [_clauses_between(word, deed, tree) for word, _ in side]
    least = min(parted)
    return tuple(one for one, clauses in zip(side, parted, strict=True) if clauses == least)


def _clauses_between(word: int, deed: int, tree: Tree) -> int:
    """Count the clauses that a word stands in below a deed; what is not below it stands near."""
    clauses = 0
    while word != deed:
        clauses += tree.deprels[word] in CLAUSES
        word = tree.heads[word]
        if word == ROOT:
            return 0
    return clauses


def parties_to(line: Line, deed: int, doers: Side, done_to: Side) -> tuple[Side, Side, bool]:
    """Return the sides of an agreeing, and whether all of them agree: the subject and "with" whom.

    "The banks agreed to lend Chad a million": Chad is whom it is for.
    """
    tree = line.tree
    if tree is None or not tree.xpos[deed].startswith("VB"):
        return doers, done_to, True
    subjects = [child for child in tree.children[deed] if tree.deprels[child] in SUBJECTS]
    named = {word for subject in subjects for word in (subject, *tree.below(subject))}
    if named.isdisjoint(word for word, _ in doers):
        return doers, done_to, True
    rest = {word for child in tree.children[deed] if child not in subjects
            for word in (child, *tree.below(child)) if not _joined(word, line, tree)}  # fmt: skip
    agreeing = tuple(side for side in (*doers, *done_to) if side[0] not in rest)
    meant = tuple(side for side in (*doers, *done_to) if side[0] in rest)
    return agreeing, meant, not meant


def _joined(word: int, line: Line, tree: Tree) -> bool:
    """Say whether a word, or the first of its list, is brought in by "with" or the like."""
    if tree.deprels[word] == "conj":
        word = tree.heads[word]
    return any(line.lower[child] in JOINING for child in tree.children[word])


def without_own_state(
    actors: tuple[Mention, ...], targets: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Leave out a lone target that is a whole state of those who act: "promised to free Chad"."""
    own = {state_of(mention.actor) for mention in actors if mention.actor}
    codes = {mention.actor for mention in targets}
    return () if len(codes) == 1 and codes <= own else targets


def without_home(roles: Roles) -> Roles:
    """Leave out of several targets the whole state of those who act: "denied them entry to Chad".

    For sentences that stand alone; in a report it is as often somebody of that state.
    """
    own = {state_of(mention.actor) for mention in roles.actors if mention.actor}
    others = tuple(mention for mention in roles.targets if mention.actor not in own)
    abroad = any(mention.actor and state_of(mention.actor) not in own for mention in others)
    return roles._replace(targets=others) if len(own) == 1 and abroad else roles


def asked_by_duty(line: Line, deed: int, done_to: Side) -> Side:
    """Return who is asked where "must" tells it: its subject alone. "Chad must talk to Mali"."""
    tree = line.tree
    if tree is None or tree.deprels[deed] != "aux":
        return done_to
    bound = tree.children[tree.heads[deed]]
    subjects = [child for child in bound if tree.deprels[child] in SUBJECTS]
    named = {word for subject in subjects for word in (subject, *tree.below(subject))}
    return tuple(side for side in done_to if side[0] in named) or done_to
