"""The shortest words that tell a deed whole: its clause in the tree, with the parties it names.

A noun is told by the verb it hangs on. Clauses joined to it, and what merely stands beside it, are
left out; a relative clause takes its antecedent along, and a joined verb the subject it shares.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from chancery.read.parse import ROOT, Tree

JOINED: Final = frozenset({"conj", "parataxis", "discourse", "vocative"})
VERBS: Final = frozenset({"VERB", "AUX"})
CLAUSES: Final = frozenset({"ccomp", "advcl", "acl", "parataxis", "root", "conj", "xcomp", "csubj"})
EDGE: Final = frozenset({"PUNCT", "CCONJ"})
RELATIVE: Final = "acl:relcl"


def clause_about(tree: Tree, trigger: int, parties: Iterable[int]) -> tuple[int, int]:
    """Return the first and last word of the clause that tells a deed."""
    head = _clause_head(tree, trigger)
    inside = _without_joined(tree, head, trigger)
    if tree.deprels[head] == RELATIVE and tree.heads[head] != ROOT:
        inside.add(tree.heads[head])
    inside.update((trigger, *parties))
    first, last = min(inside), max(inside)
    while first < trigger and (tree.upos[first] in EDGE or tree.deprels[first] == "mark"):
        first += 1
    while trigger < last < len(tree.heads) - 1 and tree.upos[last] in EDGE:
        last -= 1
    return first, last


def _clause_head(tree: Tree, trigger: int) -> int:
    """Return the verb that a trigger is, or on which it hangs."""
    place = trigger
    while tree.heads[place] != ROOT:
        clausal = tree.deprels[place].split(":")[0] in CLAUSES
        # "Decided to send": the verb above tells of it too.
        if clausal and tree.upos[place] in VERBS and tree.deprels[place] != "xcomp":
            break
        place = tree.heads[place]
    return place


def _without_joined(tree: Tree, head: int, trigger: int) -> set[int]:
    """Return the words below a head, but for clauses joined to it that do not hold the trigger."""
    found: set[int] = set()
    waiting = [head]
    while waiting:
        place = waiting.pop()
        found.add(place)
        for child in tree.children[place]:
            joined = tree.deprels[child].split(":")[0] in JOINED and tree.upos[child] in VERBS
            if not joined or trigger in tree.below(child):
                waiting.append(child)
    return found
