"""What one deed of a sentence makes of another that hangs on its words.

"Asked Mali to *withdraw*", "offered to *meet* them": the second deed is what the first is about.
It is only meant, so it stands as hypothetical where nothing else is said of it; and those to whom
it would be done are those to whom the first is done, where that names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from chancery.model import Frame, Standing
from chancery.read.clause_words import JOINED, RELATIVE
from chancery.read.parse import ROOT, Tree
from chancery.read.sides import Roles
from chancery.read.triggers import Trigger, clause_words

if TYPE_CHECKING:
    from chancery.read.states import Line

MEANT: Final = frozenset({"planned", "predicted", "hypothetical"})
"""Standings of deeds that somebody has in mind."""

BLAMING: Final = "ACCUSE"
"""The type of deeds that tell of another one as done: what somebody is blamed for."""

MEETING: Final = "CONSULT"
ASKING: Final = "REQUEST"
REFUSING: Final = "REJECT"
OFFERED: Final = frozenset({"CONSULT", "AID", "COOPERATE"})
"""Types of deeds that one side may refuse another: who refuses talks has held none."""

PLAIN: Final = frozenset({"VB", "VBP"})
"""Tags of verbs as they stand after "to" and "that" where something is asked for."""

SPEAKING: Final = frozenset({"AGREE", "CONCEDE", "REJECT", "THREATEN"})
"""Types of deeds that are words about another deed, which may stand as their object."""

SAME: Final = frozenset({"obj", "obl", "nmod", "compound", "conj"})
"""Relations by which two words of one type may tell the same deed: "killed in an *attack*"."""

INNER: Final = frozenset({"compound", "amod"})
BROUGHT_IN: Final = frozenset({"obl", "nmod"})
"""Relations within a noun's phrase, and those of a noun that a preposition brings in."""

PAST_PERFECT: Final = frozenset({"had"})
PARTICIPLES: Final = frozenset({"VBN", "VBD", "VBG"})

BRINGING: Final = frozenset({"AGREE", "CONCEDE", "THREATEN"})
"""Types of deeds that are words about another deed, and done to those whom that would meet."""


class Telling(NamedTuple):
    """One deed told in a sentence: its trigger, frame, mode, both sides and standing.

    `chance` is the model's that these words tell a deed of this type; none without a model.
    `clause` are the first and last word of those that tell it whole, where a tree shows them.
    `cued` says whether some frame has its word as a cue, be it of another type, and `lone` whether
    the model finds it unlikely, and its sentence tells no other.
    """

    trigger: Trigger
    frame: Frame
    mode: str | None
    roles: Roles
    standing: Standing
    chance: float | None = None
    clause: tuple[int, int] | None = None
    cued: bool = True
    lone: bool = False
    content: bool = False
    """Whether another deed's words govern it, and it is only meant: "offered to *meet* them"."""
    background: bool = False
    """Whether it is told as known, to set off another one: "banned them after the *attack*"."""


def in_context(tellings: Sequence[Telling], line: Line) -> Iterator[Telling]:
    """Yield the deeds of one sentence, each in the light of those that it hangs on, or leads."""
    tree = line.tree
    if tree is None:
        yield from tellings
        return
    owners = {place: telling for telling in reversed(tellings) for place in telling.trigger.fixed}
    asked = [_asked(one, governing(one, owners, tree), line, tree) for one in tellings]
    owners = {place: telling for telling in reversed(asked) for place in telling.trigger.fixed}
    leads = [governing(one, owners, tree) for one in asked]
    placed = [
        one._replace(content=is_content(one, lead or _duty_on(one, asked, tree)))
        for one, lead in zip(asked, leads, strict=True)
    ]
    for telling, plain in zip(placed, asked, strict=True):
        about = [one for one, lead in zip(placed, leads, strict=True) if lead is plain]
        yield _with_targets(telling, about)._replace(
            background=any(is_background(telling, one, line, tree) for one in placed)
        )


def governing(telling: Telling, owners: Mapping[int, Telling], tree: Tree) -> Telling | None:
    """Return the nearest deed on whose words a deed hangs, and does not stand beside."""
    trigger = telling.trigger
    place = trigger.first
    while tree.heads[place] != ROOT:
        beside = tree.deprels[place] in JOINED
        place = tree.heads[place]
        owner = owners.get(place)
        if owner and not beside and not trigger.first <= place <= trigger.last:
            return owner
    return None


def is_content(telling: Telling, lead: Telling | None) -> bool:
    """Say whether a deed is only meant, and what another one of its sentence is about.

    What somebody is accused of is said to be done, and told for itself.
    """
    return lead is not None and telling.standing in MEANT and lead.frame.type != BLAMING


def is_background(telling: Telling, lead: Telling, line: Line, tree: Tree) -> bool:
    """Say whether a sentence takes a deed as known, and only sets another one off against it.

    "Expelled the envoy *after* the raid", "freed a man *jailed* in May", "rejected the *appeal*":
    a clause of time or cause, a participle beside a noun, a noun that a preposition brings in, and
    the object of words about a deed. What somebody is blamed for is told for itself. Of one deed
    told by two words, "staged a *march*", the one with fewer parties is set aside.
    """
    if lead is telling or lead.content:
        return False
    if lead.frame.type == telling.frame.type:
        return _told_better(telling, lead, tree)
    place = telling.trigger.first
    path = _path_up(place, lead, tree)
    blamed = lead.frame.type == BLAMING and len(path) == 1
    # "Following the talks with him, she thanked him": those who met are those of whom more is told.
    met = telling.frame.type == MEETING and len(path) == 1 and _shares_doer(telling, lead)
    if not path or blamed or met or not any(mention.actor for mention in lead.roles.actors):
        return False
    spoken_of = tree.deprels[path[-1]] == "obj" and lead.frame.type in SPEAKING
    inner = [one for one in path if tree.deprels[one] not in INNER] or path[-1:]
    return (
        (spoken_of and len(path) == 1)
        or any(_is_aside(one, line, tree) for one in path)
        or (tree.deprels[inner[0]] in BROUGHT_IN and tree.xpos[inner[0]].startswith("NN"))
    )


def _shares_doer(telling: Telling, other: Telling) -> bool:
    own = {mention.actor for mention in telling.roles.actors if mention.actor}
    return any(mention.actor in own for mention in other.roles.actors)


def _path_up(place: int, lead: Telling, tree: Tree) -> list[int]:
    """Return the words from one up to another deed's, this not included; none where it joins it."""
    path = []
    while place not in lead.trigger.fixed:
        path.append(place)
        place = tree.heads[place]
        if place == ROOT:
            return []
    return [] if path and tree.deprels[path[-1]] in JOINED else path


def _told_better(telling: Telling, other: Telling, tree: Tree) -> bool:
    """Say whether another word tells the same deed, with more of its parties or as the verb."""
    below = _path_up(telling.trigger.first, other, tree)
    above = _path_up(other.trigger.first, telling, tree)
    if not any(path and _is_same(path, tree) for path in (below, above)):
        return False
    own, others = _known(telling), _known(other)
    return own < others or (own == others and bool(below))


def _is_same(path: Sequence[int], tree: Tree) -> bool:
    return all(tree.deprels[place] in SAME or tree.xpos[place] == "VBG" for place in path)


def _known(telling: Telling) -> int:
    sides = (telling.roles.actors, telling.roles.targets)
    if telling.trigger.cue.mutual and len(telling.roles.actors) > 1:
        return len(sides)
    return sum(any(mention.actor for mention in side) for side in sides)


def _is_aside(place: int, line: Line, tree: Tree) -> bool:
    """Say whether a word heads a clause that tells when, why or of whom, and asserts nothing."""
    relation, tag = tree.deprels[place], tree.xpos[place]
    below = {line.lower[word] for word in tree.below(place)}
    children = {line.lower[child] for child in tree.children[place]}
    if relation == "acl":
        whole = any(tree.deprels[child] == "nsubj" for child in tree.children[place])
        return tag in PARTICIPLES and "by" not in below and not whole
    if relation == RELATIVE:
        return not children.isdisjoint(PAST_PERFECT | clause_words().setting)
    if relation == "advcl":
        return not children.isdisjoint(clause_words().setting)
    return False


def _duty_on(telling: Telling, tellings: Sequence[Telling], tree: Tree) -> Telling | None:
    """Return the asking that "must" tells of a deed: "Chad *must* release the envoys"."""
    for other in tellings:
        place = other.trigger.first
        modal = other.frame.type == ASKING and tree.deprels[place] == "aux"
        if modal and other is not telling and tree.heads[place] in telling.trigger.fixed:
            return other
    return None


def _asked(telling: Telling, lead: Telling | None, line: Line, tree: Tree) -> Telling:
    """Return a deed that is asked for or refused as one not done.

    "Demanded that Israel *ease* the ban", "is opposed to the *mediation* of France".
    """
    if lead is None or telling.standing != "happened":
        return telling
    place = telling.trigger.first
    wanted = tree.xpos[place] == "VBG" and any(line.lower[c] == "for" for c in tree.children[place])
    verb = telling.trigger.cue.kind == "verb" and (tree.xpos[place] in PLAIN or wanted)
    refused = lead.frame.type == REFUSING and telling.frame.type in OFFERED
    if refused or (lead.frame.type == ASKING and verb):
        return telling._replace(standing="hypothetical")
    return telling


def _with_targets(telling: Telling, about: Sequence[Telling]) -> Telling:
    """Return a promise or threat that names nobody as made to those whom its deed would meet."""
    roles = telling.roles
    if telling.frame.type not in BRINGING or roles.targets or len(roles.actors) != 1:
        return telling
    own = {mention.actor for mention in roles.actors}
    met = next((one.roles.targets for one in about if one.content and one.roles.targets), ())
    targets = tuple(mention for mention in met if mention.actor and mention.actor not in own)
    return telling._replace(roles=roles._replace(targets=targets))
