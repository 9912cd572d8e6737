"""Who is meant by "hundreds of miners", "world leaders", "our troops": groups and whose they are.

In: a sentence and a party's head word. Out: the word whose state counts, or whether the group is no
one state's. "Hundreds of" only counts those who follow; "allies", "foreign lawmakers" and "leaders
of the world" are of many states; "my team" is of the speaker's. The words lie in `[collectives]` of
`data/deeds.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Mention
from chancery.read.deeds import Side
from chancery.read.parse import Tree
from chancery.read.states import SURE, Line

OWNER: Final = "nmod:poss"
INSIDE: Final = frozenset({"amod", "compound", "nmod", "det"})
NUMBERED: Final = frozenset({"nummod", "amod", "nmod:poss"})
NAMING: Final = "NNP"
PLURAL: Final = "NNS"


class CollectiveWords(NamedTuple):
    """The word lists of `[collectives]` in `data/deeds.toml`."""

    counting: frozenset[str]
    others: frozenset[str]
    abroad: frozenset[str]
    whole: frozenset[str]
    speakers: frozenset[str]


@cache
def collective_words() -> CollectiveWords:
    """Load the word lists, once per process."""
    source = resources.files("chancery.read") / "data" / "deeds.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))["collectives"]
    return CollectiveWords(**{n: frozenset(table[n].split()) for n in CollectiveWords._fields})


def counted(line: Line, side: Side) -> Side:
    """Put who is counted in the place of the word that counts: "hundreds of *miners*"."""
    tree = line.tree
    if tree is None:
        return side
    found: dict[int, float] = {}
    for word, chance in side:
        meant = _counted(line, tree, word)
        found[meant] = max(chance, found.get(meant, 0.0))
    return tuple(sorted(found.items()))


def _counted(line: Line, tree: Tree, word: int) -> int:
    below = [c for c in tree.children[word] if tree.deprels[c] == "nmod" and _case(line, c) == "of"]
    while line.lower[word] in collective_words().counting and below:
        word = below[0]
        below = [
            c for c in tree.children[word] if tree.deprels[c] == "nmod" and _case(line, c) == "of"
        ]
    return word


def is_of_many(line: Line, word: int) -> bool:
    """Say whether a group is of no one state: "world leaders", "our allies", "foreign troops".

    A state's or body's name that qualifies it tells whose it is: "NATO allies", "such as Kenya".
    """
    tree = line.tree
    if tree is None or tree.xpos[word].startswith(NAMING):
        return False
    words = collective_words()
    children = tree.children[word]
    inside = [child for child in children if tree.deprels[child] in INSIDE]
    owned = [child for child in children if tree.deprels[child] == OWNER]
    # "The governor's allies" are mostly of his own state, "Kenya's allies" are not.
    if any(line.is_linked(child) for child in inside) or _is_of_person(line, owned):
        return False
    if line.lower[word] in words.others:
        return True
    return tree.xpos[word] == PLURAL and any(
        line.lower[child] in words.abroad or _is_whole(line, tree, child) for child in inside
    )


def _is_of_person(line: Line, owners: list[int]) -> bool:
    return any(
        place.mention.score >= SURE and place.state != place.mention.actor
        for owner in owners
        for place in line.over(owner)
    )


def _is_whole(line: Line, tree: Tree, word: int) -> bool:
    """Say whether a word means all the world: not "of the two countries", "of these nations"."""
    numbered = any(tree.deprels[child] in NUMBERED for child in tree.children[word])
    return line.lower[word] in collective_words().whole and not numbered


def speaker_of(line: Line, word: int) -> Mention | None:
    """Return who speaks of a group as his own: "my team", "our troops"; not of his allies."""
    tree = line.tree
    if tree is None or line.lower[word] in collective_words().others:
        return None
    return next(_owners(line, tree, word), None)


def _owners(line: Line, tree: Tree, word: int) -> Iterator[Mention]:
    for child in tree.children[word]:
        if tree.deprels[child] == OWNER and line.lower[child] in collective_words().speakers:
            yield from (place.mention for place in line.over(child) if place.mention.actor)


def _case(line: Line, word: int) -> str:
    assert line.tree is not None
    cases = (line.lower[c] for c in line.tree.children[word] if line.tree.deprels[c] == "case")
    return next(cases, "")
