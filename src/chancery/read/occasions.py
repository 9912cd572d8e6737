"""Leaders of two states at one occasion: "the presidents of Mali and Chad watched the parade".

They have met there, whether or not the report goes on to tell of talks. The verbs and the kinds of
occasion lie in `data/talks.toml`. Only those in office count, and only where they stand together
as the subject: two states at a tournament are their teams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from chancery.lexicon.frames import Cue
from chancery.model import Frame, Mention
from chancery.read.clause_words import RELATIVE
from chancery.read.parse import Tree
from chancery.read.parties import GOVERNMENT, are_two
from chancery.read.sides import Roles, together
from chancery.read.standing import standing_cues
from chancery.read.states import Line
from chancery.read.talk_courses import is_asserted, talk_words
from chancery.read.talks import MEETING, Scene, named_by
from chancery.read.telling_contexts import Telling
from chancery.read.triggers import Trigger, View, clause_words

MEET: Final = "meet"
"""The frame of the deed."""

GOVERNED: Final = frozenset({"obj", "obl"})


def with_occasions(
    tellings: Sequence[tuple[View, Telling]],
    scenes: Iterable[Scene],
    frames: Mapping[str, Frame],
) -> list[tuple[View, Telling]]:
    """Return what a report's sentences tell, with the occasions at which leaders were together."""
    told: dict[int, list[tuple[View, Telling]]] = {}
    for view, telling in tellings:
        told.setdefault(view.sentence.span.start, []).append((view, telling))
    kept: list[tuple[View, Telling]] = []
    for scene in scenes:
        here = told.get(scene.view.sentence.span.start, [])
        meetings = [one for _, one in here if one.frame.type == MEETING]
        for telling in _occasions(scene.line, frames[MEET]):
            if not any(_share(telling, one) for one in meetings):
                here = [*here, (scene.view, telling)]
        kept += sorted(here, key=lambda one: one[1].trigger.first)
    return kept


def _share(telling: Telling, other: Telling) -> bool:
    """Say whether a sentence tells already, of one of the two at least, that they met."""
    own = {mention.actor for mention in telling.roles.actors}
    return any(m.actor in own for m in (*other.roles.actors, *other.roles.targets))


def _occasions(line: Line, frame: Frame) -> Iterator[Telling]:
    tree = line.tree
    if tree is None:
        return
    for verb, word in enumerate(line.lower):
        if word not in talk_words().together["verbs"] or not tree.xpos[verb].startswith("VB"):
            continue
        place = _at_occasion(line, tree, verb)
        subject = next((c for c in tree.children[verb] if tree.deprels[c] == "nsubj"), -1)
        if place < 0 or subject < 0 or not _came_about(line, tree, verb):
            continue
        actors = together((), tuple(named_by(line, subject)))
        if are_two(actors) and _in_office(line, tree, subject, actors):
            cue = Cue(frame=frame.id, kind="verb", parts=((word,),), mutual=True)
            trigger = Trigger(cue, verb, verb, "D", (verb,))
            roles = Roles(actors=actors, head=verb, subject=min(subject, verb))
            chance = talk_words().chances["together"]
            yield Telling(trigger, frame, frame.mode, roles, "happened", chance)


def _at_occasion(line: Line, tree: Tree, verb: int) -> int:
    """Return the word for the occasion that a verb has one take part in, or -1."""
    words = talk_words().together
    takes = line.lower[verb] in words["part"]
    if takes and not any(line.lower[c] == "part" for c in tree.children[verb]):
        return -1
    below = [c for c in tree.children[verb] if tree.deprels[c] in GOVERNED]
    below += [c for b in below if line.lower[b] == "part" for c in tree.children[b]]
    # "A parade, in which both took part": the occasion is what the clause hangs on.
    below += [tree.heads[verb]] if tree.deprels[verb] == RELATIVE else []
    return next((c for c in below if line.lower[c] in words["occasions"]), -1)


def _came_about(line: Line, tree: Tree, verb: int) -> bool:
    group = {line.lower[c] for c in tree.children[verb] if c < verb}
    told = tree.xpos[verb] == "VBD" or (tree.xpos[verb] == "VBN" and bool(group & {"have", "has"}))
    doubt = standing_cues().negation | clause_words().modals | {"to"}
    return (told or line.is_title) and group.isdisjoint(doubt) and is_asserted(line, tree, verb)


def _in_office(line: Line, tree: Tree, subject: int, actors: tuple[Mention, ...]) -> bool:
    """Say whether all are their states' leaders, or "the presidents of Mali and Chad"."""
    leading = [bool(m.actor and m.actor.endswith(GOVERNMENT)) for m in actors]
    return all(leading) or (leading[0] and tree.xpos[subject] == "NNS")
