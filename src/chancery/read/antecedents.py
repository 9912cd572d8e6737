"""Who does what a relative clause tells: the noun that it hangs on.

"Hezbollah, which has vowed to strike": the subject is a pronoun, and the noun before it is meant,
though another name may stand nearer to the verb that rules them both.
"""

from __future__ import annotations

from typing import Final

from chancery.read.deeds import Side
from chancery.read.parse import Tree
from chancery.read.states import Line

RELATIVE: Final = frozenset({"who", "which", "that"})
CLAUSE: Final = "acl:relcl"


def of_antecedent(line: Line, verb: int, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Return the sides of a deed, its doer the noun that "who" or "which" stands for.

    Only a noun that is linked by its own words counts, and only an active verb.
    """
    tree = line.tree
    if tree is None or tree.upos[verb] != "VERB":
        return doers, done_to
    subjects = [child for child in tree.children[verb] if tree.deprels[child] == "nsubj"]
    if not any(line.lower[subject] in RELATIVE for subject in subjects):
        return doers, done_to
    clause = verb
    while tree.deprels[clause] == "conj":
        clause = tree.heads[clause]
    noun = tree.heads[clause]
    if tree.deprels[clause] == CLAUSE and not line.is_linked(noun):
        noun = _beside(line, tree, noun, subjects)
    if tree.deprels[clause] != CLAUSE or not line.is_linked(noun):
        return doers, done_to
    return ((noun, 1.0),), tuple(side for side in done_to if side[0] != noun)


def _beside(line: Line, tree: Tree, noun: int, subjects: list[int]) -> int:
    """Return the name right before the pronoun, if it is part of the phrase that the tree has.

    "Safe from Hezbollah, which has vowed": where the noun above has no state, the name is meant.
    """
    before = min(subjects) - 1
    if before >= 0 and line.lower[before] == ",":
        before -= 1
    while before >= 0 and tree.deprels[before] == "flat":
        before = tree.heads[before]
    return before if before in tree.below(noun) else noun
