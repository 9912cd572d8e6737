"""At whom words about a deed are aimed: "Iran denounced the raid" blames whoever raided.

The deed is the last one of its type that the report has told before, by somebody else; "the move"
may be any. A noun that says itself whose deed it is needs none of this: "Israel's raid".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from chancery.model import EventType, Mention
from chancery.read.anaphora import POINTED
from chancery.read.states import Line, state_of

ANSWERS: Final = frozenset({"ACCUSE", "REJECT", "SUPPORT", "PROTEST", "THREATEN"})
"""Types of deeds that answer another one."""

LATELY: Final = 3
"""How many sentences back the deed is looked for."""

OBJECTS: Final = frozenset({"obj", "obl", "nsubj:pass"})
DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
ANY: Final = "any"


class Done(NamedTuple):
    """A deed told so far: the number of its sentence, its type and who did it."""

    number: int
    kind: EventType
    actors: tuple[Mention, ...]


def doers_answered(
    line: Line,
    spot: tuple[int, int],
    actors: Sequence[Mention],
    done: Sequence[Done],
    nouns: dict[str, str],
) -> tuple[Mention, ...]:
    """Return who did the deed that the object of a verb names, at that noun; empty if none.

    `spot` is the number of the sentence and the place of the verb; `nouns` have their types.
    """
    number, verb = spot
    noun = _deed_named(line, verb, nouns)
    if noun is None:
        return ()
    kind, own = nouns[line.lower[noun]], _states(actors)
    for deed in reversed(done):
        if number - deed.number > LATELY:
            break
        others = tuple(mention for mention in deed.actors if mention.actor)
        if kind in (ANY, deed.kind) and others and not _states(others) & own:
            span = line.sentence.words[noun]
            return tuple(msgspec.structs.replace(m, span=span, score=POINTED) for m in others)
    return ()


def _deed_named(line: Line, verb: int, nouns: dict[str, str]) -> int | None:
    """Return the object of a verb that names a deed told before, and does not say whose it is."""
    tree = line.tree
    if tree is None:
        return None
    for child in tree.children[verb]:
        if tree.deprels[child] in OBJECTS and line.lower[child] in nouns:
            pointed = any(line.lower[below] in DEFINITE for below in tree.children[child])
            if pointed and not any(line.over(below) for below in tree.below(child)):
                return child
    return None


def _states(side: Sequence[Mention]) -> frozenset[str]:
    return frozenset(state_of(mention.actor) for mention in side if mention.actor)
