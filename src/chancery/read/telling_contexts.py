"""What one deed of a sentence makes of another that hangs on its words.

"Asked Mali to *withdraw*", "offered to *meet* them": the second deed is what the first is about.
It is only meant, so it stands as hypothetical where nothing else is said of it; and those to whom
it would be done are those to whom the first is done, where that names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from chancery.model import Frame, Standing
from chancery.read.clause_words import JOINED
from chancery.read.parse import ROOT, Tree
from chancery.read.sides import Roles
from chancery.read.triggers import Trigger

if TYPE_CHECKING:
    from chancery.read.states import Line

MEANT: Final = frozenset({"planned", "predicted", "hypothetical"})
"""Standings of deeds that somebody has in mind."""

BLAMING: Final = "ACCUSE"
"""The type of deeds that tell of another one as done: what somebody is blamed for."""

ASKING: Final = "REQUEST"
REFUSING: Final = "REJECT"
OFFERED: Final = frozenset({"CONSULT", "AID", "COOPERATE"})
"""Types of deeds that one side may refuse another: who refuses talks has held none."""

PLAIN: Final = frozenset({"VB", "VBP"})
"""Tags of verbs as they stand after "to" and "that" where something is asked for."""

BRINGING: Final = frozenset({"AGREE", "CONCEDE", "THREATEN"})
"""Types of deeds that are words about another deed, and done to those whom that would meet."""


class Telling(NamedTuple):
    """One deed told in a sentence: its trigger, frame, mode, both sides and standing.

    `chance` is the model's that these words tell a deed of this type; none without a model.
    `clause` are the first and last word of those that tell it whole, where a tree shows them.
    """

    trigger: Trigger
    frame: Frame
    mode: str | None
    roles: Roles
    standing: Standing
    chance: float | None = None
    clause: tuple[int, int] | None = None
    content: bool = False
    """Whether another deed's words govern it, and it is only meant: "offered to *meet* them"."""


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
        one._replace(content=is_content(one, lead)) for one, lead in zip(asked, leads, strict=True)
    ]
    for telling, plain in zip(placed, asked, strict=True):
        about = [one for one, lead in zip(placed, leads, strict=True) if lead is plain]
        yield _with_targets(telling, about)


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
