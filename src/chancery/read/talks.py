"""Talks that a noun tells as the subject of a verb: "negotiations between Mali and Chad resumed".

Coders book such talks where it is said who talks; the heads of the model, which look for deeds
that somebody does, seldom see them, for here nobody does anything. Grammar settles them: the noun,
what is said of it (that it began, went on, ended, is to come, was called off), and who talks, by
the noun's own phrase or else as the report last told it. How they stand is what the verb says.
That talks broke down or stalled tells that they were held. Who called them off or broke them off,
where that is said ("were cancelled by Chad"), does a deed of its own, which the frames read.

What clauses say of talks is found by `talk_courses.py`; the words lie in `data/talks.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from chancery.lexicon.frames import Cue
from chancery.model import Frame, Mention
from chancery.read.deed_nouns import owners_before
from chancery.read.parse import Tree
from chancery.read.parties import UNSAID, are_two
from chancery.read.sides import Roles, together
from chancery.read.states import SURE, Line, state_of
from chancery.read.talk_courses import Course, carried, courses_in, is_brought_in, talk_words
from chancery.read.telling_contexts import Telling
from chancery.read.triggers import Party, Trigger, View

MEETING: Final = "CONSULT"
CALLED_OFF: Final = frozenset({"CONSULT", "REJECT"})
"""Types under which the model may have read that talks were called off."""

NAMING: Final = frozenset({"appos", "flat", "compound", "amod", "nmod:poss", "nummod"})
"""Relations within a party's phrase that lead to who it is: "the Malian envoys"."""


class Scene(NamedTuple):
    """A sentence as the frames and as the tree see it, with the cues found in it."""

    view: View
    line: Line
    triggers: Sequence[Trigger]


def with_talks(
    tellings: Sequence[tuple[View, Telling]],
    scenes: Iterable[Scene],
    frames: Mapping[str, Frame],
) -> list[tuple[View, Telling]]:
    """Return what a report's sentences tell, with the talks that clauses are about.

    Such talks take the place of what else was read off the same words.
    """
    told: dict[int, list[tuple[View, Telling]]] = {}
    for view, telling in tellings:
        told.setdefault(view.sentence.span.start, []).append((view, telling))
    kept: list[tuple[View, Telling]] = []
    last: tuple[Mention, ...] = ()
    for scene in scenes:
        here = [telling for _, telling in told.get(scene.view.sentence.span.start, ())]
        for course in courses_in(scene.line):
            talks = _telling(scene, course, here, last, frames)
            if talks:
                here = [one for one in here if not _is_told_by(one, course)] + [talks]
        here.sort(key=lambda one: one.trigger.first)
        kept += [(scene.view, one) for one in here]
        last = next((who for one in reversed(here) if (who := _talking(one))), last)
    return kept


def _talking(telling: Telling) -> tuple[Mention, ...]:
    """Return who meets whom by a telling, if these are two."""
    parties = together(telling.roles.actors, telling.roles.targets)
    known = tuple(mention for mention in parties if mention.actor)
    return known if telling.frame.type == MEETING and are_two(known) else ()


def _is_told_by(telling: Telling, course: Course) -> bool:
    types = CALLED_OFF if course.standing == "negated" else {MEETING}
    words = range(telling.trigger.first, telling.trigger.last + 1)
    return telling.frame.type in types and (course.noun in words or course.verb in words)


def _telling(
    scene: Scene,
    course: Course,
    here: Sequence[Telling],
    last: tuple[Mention, ...],
    frames: Mapping[str, Frame],
) -> Telling | None:
    """Return the talks of a clause, or none where it cannot be told who talks."""
    own = _parties(scene, course)
    chances = talk_words().chances
    if are_two(own):
        actors, chance = own, chances["named"]
    else:
        before = next((who for one in here if (who := _talking(one))), last)
        if not before or not _may_mean(scene, course, own, before):
            return None
        actors = tuple(
            msgspec.structs.replace(m, score=round(m.score * UNSAID, 3), candidates=())
            for m in before
        )
        chance = chances["told_before"]
    trigger = _trigger(scene, course)
    frame = frames[trigger.cue.frame]
    roles = Roles(
        actors=actors, head=course.verb, subject=min(trigger.first, course.noun), passive=False
    )
    return Telling(trigger, frame, frame.mode, roles, course.standing, chance)


def _may_mean(
    scene: Scene, course: Course, own: tuple[Mention, ...], before: tuple[Mention, ...]
) -> bool:
    """Say whether talks of which too little is said are those that were last told.

    That they were held, lasted or ended is mostly said of what was told already: only what goes
    on, begins anew or is still to come is told for itself. "The talks on this issue, which resumed"
    tells which talks are meant, and so others.
    """
    words = talk_words().verbs
    tree, verb = scene.line.tree, scene.line.lower[course.verb]
    assert tree is not None
    news = verb in words["begun"] or verb in words["going_on"] or course.standing != "happened"
    plain = course.verb not in tree.children[course.noun] and not any(
        tree.deprels[c] == "nmod" and is_brought_in(scene.line, c, talk_words().parties["which"])
        for c in tree.children[course.noun]
    )
    named = {state_of(mention.actor) for mention in own if mention.actor}
    return news and plain and named <= {state_of(mention.actor or "") for mention in before}


def _trigger(scene: Scene, course: Course) -> Trigger:
    """Return the cue that names the talks, else the noun as a cue of its usual frame."""
    for trigger in scene.triggers:
        own = trigger.first <= course.noun <= trigger.last
        if own and trigger.cue.kind == "noun" and trigger.cue.mutual:
            return trigger._replace(turned=-1)
    noun = scene.line.lower[course.noun]
    frame = talk_words().frames[noun]
    cue = Cue(frame=frame, kind="noun", parts=((noun,),), mutual=True)
    return Trigger(cue, course.noun, course.noun, "", (course.noun,))


def _parties(scene: Scene, course: Course) -> tuple[Mention, ...]:
    """Return those whom a noun's own phrase, or its verb's, names as talking."""
    line, noun = scene.line, course.noun
    tree = line.tree
    assert tree is not None
    words, places = talk_words().parties, carried(line, noun)
    after: list[Mention] = []
    for place in places:
        for child in tree.children[place]:
            if tree.deprels[child] == "nmod" and child > noun:
                bringing = is_brought_in(
                    line, child, *(words[n] for n in ("between", "with", "of"))
                )
                after += named_by(line, child) if bringing else []
    for child in tree.children[course.verb]:
        if tree.deprels[child] == "obl" and is_brought_in(
            line, child, words["between"], words["with"]
        ):
            after += [m for m in named_by(line, child) if _covers(line, child, m)]
    found = together((), tuple(after))
    if are_two(found):
        return found
    return together(_owners(scene, noun), found)


def named_by(line: Line, word: int) -> list[Mention]:
    """Return the parties that a phrase stands for: its own names, or those that its head hangs on.

    "The envoys of Mali and Chad" are of both, whatever their mention covers.
    """
    tree = line.tree
    assert tree is not None
    found = [place.mention for place in line.over(word) if _is_linked(place.mention)]
    for child in tree.children[word]:
        owning = tree.deprels[child] == "nmod" and is_brought_in(
            line, child, talk_words().parties["from"]
        )
        if not found and (owning or tree.deprels[child] in NAMING):
            found += named_by(line, child)
        elif owning:
            found += [m for peer in _joined_to(tree, child) for m in named_by(line, peer)]
    return found + [m for peer in _joined_to(tree, word) for m in named_by(line, peer)]


def _joined_to(tree: Tree, word: int) -> list[int]:
    return [child for child in tree.children[word] if tree.deprels[child] == "conj"]


def _covers(line: Line, word: int, mention: Mention) -> bool:
    """Say whether a mention is that of a phrase's own head, or of one joined to it."""
    tree = line.tree
    assert tree is not None
    heads = [word, *(c for c in tree.children[word] if tree.deprels[c] in ("conj", "appos"))]
    return any(place.mention is mention for head in heads for place in line.over(head))


def _owners(scene: Scene, noun: int) -> tuple[Mention, ...]:
    """Return who owns the noun, "Mali-Chad talks", "Mali's talks"; a lone place is none."""
    view = scene.view
    parties = owners_before(view, noun)
    if len(parties) == 1 and not _may_own(view, parties[0]):
        return ()
    return tuple(m for party in parties for m in party.mentions if _is_linked(m))


def _may_own(view: View, party: Party) -> bool:
    """Say whether a lone name before talks takes part in them: not in "the Geneva talks"."""
    adjectival = view.owner[party.first] in view.adjectives
    return adjectival or view.word(party.last + 1) in ("'s", "'")


def _is_linked(mention: Mention) -> bool:
    return bool(mention.actor) and mention.score >= SURE
