"""Which words of a deed's sides the tree allows: the model points, the tree knows the phrase.

In: a sentence, the deed's word and the head words of both sides with their chances. Out: the sides
without words that only say where a party is, or that belong to what is agreed or asked for.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Mention
from chancery.read.deeds import Side
from chancery.read.parse import ROOT, Tree
from chancery.read.sides import Roles
from chancery.read.states import Line, state_of

PLACING: Final = frozenset({"in", "inside", "near", "at", "across"})
"""Prepositions that tell where a party is: "rebels in Chad" are one party."""

JOINING: Final = frozenset({"with", "between", "among", "and"})
"""Words that bring in who takes part beside the subject: "agreed with Chad"."""

RELATIVE: Final = "acl:relcl"
CLAUSES: Final = frozenset({"acl", RELATIVE, "advcl", "ccomp"})
SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "obl:agent"})


class SideWords(NamedTuple):
    """The word lists of `[sides]` in `data/deeds.toml`."""

    helping: frozenset[str]
    sending: frozenset[str]
    forces: frozenset[str]
    telling: frozenset[str]


@cache
def side_words() -> SideWords:
    """Load the word lists, once per process."""
    source = resources.files("chancery.read") / "data" / "deeds.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))["sides"]
    return SideWords(**{name: frozenset(table[name].split()) for name in SideWords._fields})


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


def without_other_clauses(line: Line, deed: int, side: Side) -> Side:
    """Leave out words that a relative clause parts from the deed, where others are left.

    "Chad, which warned *Togo*, promised help" promises alone; in "the envoy, who met miners,
    praised *Togo*" it was the miners who were met.
    """
    tree = line.tree
    if tree is None or len(side) < 2 or not tree.xpos[deed].startswith("VB"):
        return side
    around = _relative_clauses(deed, tree)
    subjects = {child for child in tree.children[deed] if tree.deprels[child] in SUBJECTS}
    kept = tuple(one for one in side if not _is_parted(one[0], around, subjects, tree))
    return kept or side


def _is_parted(word: int, around: set[int], subjects: set[int], tree: Tree) -> bool:
    inside = _relative_clauses(word, tree)
    if any(tree.heads[clause] in subjects for clause in inside - around):
        return True
    told = {tree.heads[clause] for clause in around - inside}
    return any(
        word != noun and word not in tree.below(noun) and noun not in tree.below(word)
        for noun in told
    )


def _relative_clauses(word: int, tree: Tree) -> set[int]:
    """Return the verbs of the relative clauses in which a word stands."""
    found = set()
    while word != ROOT:
        if tree.deprels[word] == RELATIVE:
            found.add(word)
        word = tree.heads[word]
    return found


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

    "The banks agreed to lend Chad a million": Chad is whom it is for; so with "were ready to".
    """
    tree = line.tree
    if tree is None or not tree.xpos[deed].startswith(("VB", "JJ")):
        return doers, done_to, True
    subjects = [child for child in tree.children[deed] if tree.deprels[child] in SUBJECTS]
    named = {word for subject in subjects for word in (subject, *tree.below(subject))}
    # "Chad says *it* is willing": whom the pronoun means stands elsewhere.
    pointing = any(tree.upos[subject] == "PRON" for subject in subjects)
    if named.isdisjoint(word for word, _ in doers) and not pointing:
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


def without_passive_wish(line: Line, deed: int, done_to: Side) -> Side:
    """Leave out whom a wish is about: "demanded that the *envoy* be freed" asks others."""
    tree = line.tree
    if tree is None:
        return done_to
    wishes = [child for child in tree.children[deed] if tree.deprels[child] in ("ccomp", "xcomp")]
    about = {
        word
        for wish in wishes
        for child in tree.children[wish]
        if tree.deprels[child] == "nsubj:pass"
        for word in (child, *tree.below(child))
    }
    return tuple(side for side in done_to if side[0] not in about)


def without_own_forces(line: Line, deed: int, done_to: Side) -> Side:
    """Leave out what is withdrawn: "pulled *troops* out of Mali" is done to Mali."""
    tree = line.tree
    if tree is None:
        return done_to
    moved = {
        child for child in tree.children[deed] if tree.deprels[child] in ("obj", "compound", "nmod")
    }
    moved |= {word for child in moved if tree.deprels[child] == "obj" for word in tree.below(child)}
    return tuple(
        side
        for side in done_to
        if side[0] not in moved or line.lower[side[0]] not in side_words().forces
    )


def listed_together(line: Line, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Put whoever is joined by "and" to a party on that party's side, and on no other."""
    tree = line.tree
    if tree is None:
        return doers, done_to
    doing = {word for word, _ in doers}
    suffering = {word for word, _ in done_to}
    moved = tuple(s for s in done_to if _leads(line, tree, s[0]) in doing - suffering)
    turned = tuple(s for s in doers if _leads(line, tree, s[0]) in suffering - doing)
    return (
        tuple(sorted((*(s for s in doers if s not in turned), *moved))),
        tuple(sorted((*(s for s in done_to if s not in moved), *turned))),
    )


def _leads(line: Line, tree: Tree, word: int) -> int:
    """Return the first of the list that a noun stands in, if any: not "between Mali and Niger"."""
    first = tree.heads[word]
    if tree.deprels[word] != "conj":
        return ROOT
    return ROOT if any(line.lower[child] == "between" for child in tree.children[first]) else first
