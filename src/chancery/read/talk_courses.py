"""What a clause says of talks that a noun tells: that they began, went on, ended, are to come.

A word of `data/talks.toml` is found as a subject, or with a clause hanging on it, and what is said
of it is sorted by kind; the kind, the verb's form and the words round it tell how the talks stand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Standing
from chancery.read.clause_words import RELATIVE
from chancery.read.parse import ROOT, Tree
from chancery.read.standing import standing_cues
from chancery.read.states import Line
from chancery.read.triggers import clause_words

SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
REDUCED: Final = frozenset({"acl", RELATIVE})
"""Relations of a clause that hangs on a noun: "the talks held in May", "which were held"."""

GOVERNED: Final = frozenset({"ccomp", "acl", "xcomp"})
"""Relations of a clause that another word governs."""

PAST: Final = frozenset({"VBD", "VBN"})
PRESENT: Final = frozenset({"VBZ", "VBP", "VBG"})


class TalkWords(NamedTuple):
    """The table `data/talks.toml`: each list as a set of words."""

    frames: Mapping[str, str]
    carriers: frozenset[str]
    verbs: Mapping[str, frozenset[str]]
    clauses: Mapping[str, frozenset[str]]
    parties: Mapping[str, frozenset[str]]
    together: Mapping[str, frozenset[str]]
    chances: Mapping[str, float]


@cache
def talk_words() -> TalkWords:
    """Load the table, once per process."""
    source = resources.files("chancery.read") / "data" / "talks.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))

    def sets(name: str) -> dict[str, frozenset[str]]:
        return {key: frozenset(words.split()) for key, words in table[name].items()}

    return TalkWords(
        frames={word: frame for frame, words in table["nouns"].items() for word in words.split()},
        carriers=frozenset(table["carriers"]["words"].split()),
        verbs=sets("verbs"),
        clauses=sets("clauses"),
        parties=sets("parties"),
        together=sets("together"),
        chances=table["chances"],
    )


class Course(NamedTuple):
    """What a clause says of talks: the words of the noun and of the verb, and how they stand."""

    noun: int
    verb: int
    standing: Standing


def courses_in(line: Line) -> Iterator[Course]:
    """Yield what a sentence says of talks, in order."""
    tree = line.tree
    if tree is None:
        return
    for noun, word in enumerate(line.lower):
        if word not in talk_words().frames or tree.upos[noun] not in ("NOUN", "PROPN"):
            continue
        found = (
            Course(noun, verb, standing)
            for place in reversed(carried(line, noun))
            for verb in _said_of(line, tree, place)
            if (standing := _standing(line, tree, place, verb))
        )
        course = next(found, None)
        if course:
            yield course


def _said_of(line: Line, tree: Tree, place: int) -> Iterator[int]:
    """Yield the words that say something of talks: their verb, then those that only describe them.

    "The talks *ended*", "talks *held* in Oslo", "the talks, which *resumed* in May".
    """
    verbs = talk_words().verbs
    if tree.deprels[place] in SUBJECTS and tree.heads[place] != ROOT:
        yield tree.heads[place]
    for child in tree.children[place]:
        if tree.deprels[child] not in REDUCED or child < place:
            continue
        subjects = {line.lower[c] for c in tree.children[child] if tree.deprels[c] in SUBJECTS}
        done = any(line.lower[child] in verbs[kind] for kind in ("held", "to_come", "undone"))
        reduced = tree.xpos[child] == "VBN" or (tree.xpos[child] in PAST and done)
        if subjects <= {"which", "that"} and (
            subjects or reduced or _is_infinitive(line, tree, child)
        ):
            yield child


def _is_infinitive(line: Line, tree: Tree, verb: int) -> bool:
    return any(line.lower[c] == "to" for c in tree.children[verb] if tree.deprels[c] == "mark")


def _standing(line: Line, tree: Tree, noun: int, verb: int) -> Standing | None:
    """Return how talks stand by what is said of them, or none where nothing of the kind is."""
    if not is_asserted(line, tree, verb):
        return None
    kind = _kind(line, tree, verb)
    if kind is None or _by_agent(line, tree, verb, kind):
        return None
    cues, lists = standing_cues(), clause_words()
    children = {line.lower[c] for c in tree.children[verb] if c < verb}
    phrase = {line.lower[c] for c in tree.children[noun]}
    if not children.isdisjoint(lists.wishes) or not phrase.isdisjoint(cues.unsure):
        return None
    undone = not cues.negation.isdisjoint(children | phrase)
    if not children.isdisjoint(cues.hypothetical | cues.would):
        return "hypothetical"
    if kind == "undone":
        return None if undone else "negated"
    if undone:
        return "negated"
    if kind == "to_come" or not children.isdisjoint(cues.planned) or "to" in children:
        return "planned"
    present = tree.xpos[verb] in PRESENT and not line.is_title
    goes_on = kind == "going_on" and (present or _is_state(line, tree, verb))
    being = tree.xpos[verb] == "VBG" or "being" in children
    return "ongoing" if goes_on or being else "happened"


def is_asserted(line: Line, tree: Tree, verb: int) -> bool:
    """Say whether a clause tells what is or was, not what is supposed, wished or waited for."""
    clauses = talk_words().clauses
    marks = {line.lower[c] for c in tree.children[verb] if tree.deprels[c] in ("mark", "advmod")}
    if not marks.isdisjoint(clauses["never"]):
        return False
    group = {line.lower[c] for c in tree.children[verb]}
    past = tree.xpos[verb] in PAST or not group.isdisjoint({"was", "were", "had"})
    if not marks.isdisjoint(clauses["past_only"]) and not past:
        return False
    head = tree.heads[verb]
    governed = tree.deprels[verb] in GOVERNED and head != ROOT
    return not (governed and line.lower[head] in clauses["wished"])


def _kind(line: Line, tree: Tree, verb: int) -> str | None:
    """Return what is said of talks: a kind of `data/talks.toml`, or none."""
    verbs, word = talk_words().verbs, line.lower[verb]
    below = {line.lower[c] for c in tree.children[verb]}
    if word in verbs["failing"] or word in verbs["to_come"]:
        led = next((c for c in tree.children[verb] if tree.deprels[c] in ("xcomp", "ccomp")), -1)
        inner = _kind(line, tree, led) if led >= 0 else None
        if led >= 0 and inner is None:
            return None
        if word in verbs["failing"]:
            return "undone" if inner else "over"
        return "to_come" if tree.xpos[verb] in ("VBN", "JJ", "VBD") else None
    if word in verbs["undone"]:
        passive = any(tree.deprels[c] == "aux:pass" for c in tree.children[verb])
        whole = word not in verbs["off"] or "off" in below
        return "undone" if whole and (passive or tree.xpos[verb] == "VBN") else None
    if _is_state(line, tree, verb):
        return "going_on"
    if word in verbs["with_on"]:
        return "going_on" if "on" in below else None
    if word in verbs["held"]:
        return "held" if word not in verbs["place"] or "place" in below else None
    return next((kind for kind in ("going_on", "begun", "over") if word in verbs[kind]), None)


def _is_state(line: Line, tree: Tree, place: int) -> bool:
    """Say whether a word after "be" tells that talks go on: "are under way", "is ongoing"."""
    if not any(tree.deprels[c] == "cop" for c in tree.children[place]):
        return False
    verbs, word = talk_words().verbs, line.lower[place]
    led = is_brought_in(line, place, frozenset({"under", "in"}))
    return (word in verbs["states"] and led) or (
        word in verbs["going_on"] and tree.upos[place] in ("ADJ", "ADV")
    )


def _by_agent(line: Line, tree: Tree, verb: int, kind: str) -> bool:
    """Say whether somebody is said to have called talks off: a deed of its own."""
    by = any(
        line.lower[below] == "by"
        for child in tree.children[verb]
        if tree.deprels[child].startswith("obl")
        for below in tree.children[child]
    )
    return kind in ("undone", "over") and by


def carried(line: Line, noun: int) -> tuple[int, ...]:
    """Return a noun's place, and that of the word which it hangs on: "a round of talks"."""
    tree = line.tree
    assert tree is not None
    head = tree.heads[noun]
    hangs = head != ROOT and tree.deprels[noun] == "nmod"
    return (noun, head) if hangs and line.lower[head] in talk_words().carriers else (noun,)


def is_brought_in(line: Line, word: int, *prepositions: frozenset[str]) -> bool:
    """Say whether one of some prepositions brings in a word."""
    tree = line.tree
    assert tree is not None
    cases = {line.lower[c] for c in tree.children[word] if tree.deprels[c] == "case"}
    return any(not cases.isdisjoint(words) for words in prepositions)
