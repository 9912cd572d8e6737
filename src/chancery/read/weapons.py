"""Both sides of an attack, as the noun for it tells them: "died in a Turkish air strike".

A noun like "shelling" takes its doer before it: an adjective, or a name that has none of its own
("a NATO strike", "US bombing"). Under the verb that tells what came of it, that is who did it. What
a bomb goes off at or outside is what it was aimed at: "bombs exploded outside the embassy, killing
ten". A town or country there is no more than the place.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Mention
from chancery.read.deeds import Side
from chancery.read.parse import ROOT, Tree
from chancery.read.states import SURE, Line, state_of

BEFORE: Final = frozenset({"amod", "compound", "nmod:poss"})
PLACES: Final = ("obl", "nmod")
CLAUSES: Final = frozenset({"advcl", "xcomp", "conj", "acl", "acl:relcl"})
SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
JOINED: Final = "conj"


class WeaponWords(NamedTuple):
    """The word lists of `[weapons]` in `data/deeds.toml`."""

    nouns: frozenset[str]
    by: frozenset[str]
    at: frozenset[str]
    own_names: frozenset[str]
    fighting: tuple[str, ...]


@cache
def weapon_words() -> WeaponWords:
    """Load the word lists, once per process."""
    source = resources.files("chancery.read") / "data" / "deeds.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))["weapons"]
    return WeaponWords(
        nouns=frozenset(table["nouns"].split()),
        by=frozenset(table["by"].split()),
        at=frozenset(table["at"].split()),
        own_names=frozenset(table["own_names"].split()),
        fighting=tuple(table["fighting"].split()),
    )


def struck_by(line: Line, trigger: int) -> Side:
    """Return whose attack it was that did what a verb tells, if its noun says so."""
    tree = line.tree
    if tree is None or tree.upos[trigger] != "VERB":
        return ()
    found: list[tuple[int, float]] = []
    for child in tree.children[trigger]:
        means = tree.deprels[child].startswith("obl") and _is_weapon(line, child)
        if means and _case(line, tree, child) in weapon_words().by:
            found += _doers(line, tree, child)
    return tuple(found)


def aimed_at(line: Line, trigger: int) -> Side:
    """Return the bodies at which the bombs went off that did what a word tells."""
    tree = line.tree
    if tree is None:
        return ()
    found: list[tuple[int, float]] = []
    for word in _tellers(line, tree, trigger):
        for child in tree.children[word]:
            place = tree.deprels[child].startswith(PLACES)
            if place and _case(line, tree, child) in weapon_words().at:
                peers = [c for c in tree.children[child] if tree.deprels[c] == JOINED]
                found += [(peer, 1.0) for peer in (child, *peers) if _is_body(line, peer)]
    return tuple(found)


def _doers(line: Line, tree: Tree, noun: int) -> list[tuple[int, float]]:
    found = []
    for child in tree.children[noun]:
        label = tree.deprels[child]
        named = [p.mention for p in line.over(child) if p.state and p.mention.score >= SURE]
        adjectival = label != "compound" or any(_stands_for_adjective(line, m) for m in named)
        # A weapon may be said of its target: "the embassy bombing", "the Nairobi attack".
        if label in BEFORE and named and adjectival and not line.over(noun):
            found.append((child, 1.0))
    return found


def _stands_for_adjective(line: Line, mention: Mention) -> bool:
    """Say whether a name before a noun tells the doer: it has no adjective, or fights."""
    code = mention.actor or ""
    words = weapon_words()
    return (
        code in words.own_names or code.startswith(words.fighting) or code.endswith(words.fighting)
    )


def _tellers(line: Line, tree: Tree, trigger: int) -> list[int]:
    """Return the weapon that a deed has as its subject or is itself, and its verb."""
    if _is_weapon(line, trigger) and tree.upos[trigger] != "VERB":
        return [trigger]
    word = trigger
    while word != ROOT:
        subjects = [c for c in tree.children[word] if tree.deprels[c] in SUBJECTS]
        if subjects:
            armed = [c for c in subjects if _is_weapon(line, c)]
            return [*armed, *([word] if armed else [])]
        if tree.deprels[word] not in CLAUSES:
            return []
        word = tree.heads[word]
    return []


def _is_weapon(line: Line, word: int) -> bool:
    return line.lower[word] in weapon_words().nouns


def _is_body(line: Line, word: int) -> bool:
    """Say whether a word names a state's body, not a country or town."""
    return any(
        p.mention.actor and p.mention.score >= SURE and state_of(p.mention.actor) != p.mention.actor
        for p in line.over(word)
    )


def _case(line: Line, tree: Tree, word: int) -> str:
    cases = (line.lower[c] for c in tree.children[word] if tree.deprels[c] == "case")
    return next(cases, "")
