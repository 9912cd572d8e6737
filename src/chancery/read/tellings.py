"""The deeds that one sentence tells, by the frames and by the model.

Two witnesses are heard. The frames (`triggers.py`, `clauses.py`) know what words may tell a deed
and how a clause gives it sides. The model (`deeds.py`) has learnt from whole annotated reports
which of them a coder books, and what else. Where both speak of the same words with one type, the
frame is the cue's and the sides are the model's; the model's word alone is enough above a
threshold; a frame's alone stays unless the model finds it most unlikely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from chancery.lexicon.frames import Cue, CueKind
from chancery.model import Frame
from chancery.read.clause_words import clause_about
from chancery.read.clauses import find_roles, verb_group
from chancery.read.deed_sides import ASKED, sides_of
from chancery.read.deeds import Deed, DeedFinder, settings
from chancery.read.framing import Framing
from chancery.read.parse import Tree
from chancery.read.parties import PartyFinder
from chancery.read.sides import Roles
from chancery.read.standing import standing_cues, standing_of
from chancery.read.states import SURE, Line, state_of
from chancery.read.telling_contexts import Telling, in_context
from chancery.read.tree_sides import without_own_state
from chancery.read.triggers import Trigger, View, clause_words

if TYPE_CHECKING:
    from chancery.read.encoder import DeedScores

TAGS: Final = {"VB": "B", "VBP": "B", "VBZ": "S", "VBD": "D", "VBN": "N", "VBG": "G", "MD": "B"}
SUFFERED: Final = frozenset(
    {
        "ACCUSE", "REQUEST", "REJECT", "THREATEN", "ASSAULT", "AID", "SANCTION", "COERCE",
        "PROTEST", "CONCEDE", "RETREAT",
    }
)  # fmt: skip
"""Types of deeds that are always done to somebody, said or unsaid."""

OF_ITSELF: Final = frozenset({"AGREE", "SUPPORT"})
"""Types of deeds that need nobody to be done to: who promises a reform names its own state."""

PURPOSES: Final = frozenset({"advcl", "acl"})
BEFORE: Final = 2
"""How many words before a deed that was not done the deed may stand that undid it."""

REFUSAL: Final = "REJECT"
"""The type that a deed not done may be of: "will not lift the ban" refuses, and lifts nothing."""


class Told(NamedTuple):
    """A numbered sentence as the model sees it."""

    number: int
    line: Line
    scores: DeedScores


class TellingFinder:
    """Finds the deeds of sentences; made once for a lexicon's frames."""

    def __init__(self, framing: Framing, deeds: DeedFinder | None = None) -> None:
        self.frames = framing.frames
        self.mutual = framing.mutual
        self.deeds = deeds

    def by_frames(self, view: View, triggers: Sequence[Trigger]) -> Iterator[Telling]:
        """Yield the deeds that frames find by themselves."""
        for trigger in triggers:
            roles = find_roles(view, trigger)
            standing = standing_of(view, trigger, roles) if roles else None
            if roles and standing:
                frame = self.frames[trigger.cue.frame]
                yield Telling(trigger, frame, frame.mode, roles, standing)

    def by_both(
        self, view: View, triggers: Sequence[Trigger], told: Told, parties: PartyFinder
    ) -> Iterator[Telling]:
        """Yield the deeds that the model finds, and those of frames that it does not rule out."""
        yield from in_context(list(self._heard(view, triggers, told, parties)), told.line)

    def _heard(
        self, view: View, triggers: Sequence[Trigger], told: Told, parties: PartyFinder
    ) -> Iterator[Telling]:
        assert self.deeds is not None
        framed = list(self.by_frames(view, triggers))
        denied = any(telling.standing == "denied" for telling in framed)
        found = [
            deed
            for deed in self.deeds.find(told.line, told.scores, triggers)
            # A deed that is denied says so by its standing; the denying is no second deed.
            if not (denied and told.line.lower[deed.trigger] in settings().denials)
        ]
        found = _without_lenders(told.line, found, triggers)
        likely = [each for each in framed if self._is_likely(each, told)]
        if likely and all(deed.chance < settings().deed for deed in found):
            # A sentence in which a frame tells a deed with its sides is no quiet one.
            found = []
        for deed in self._each_once(_without_governors(told.line, found), triggers):
            yield self._learnt(view, triggers, deed, told, parties)
        for telling in likely:
            first, last = telling.trigger.first, telling.trigger.last
            undone = telling.standing == "negated"
            heard = any(
                # "Stopped sending": the stopping is the deed, and the sending none that failed.
                first - BEFORE * undone <= deed.trigger <= last
                and not (deed.type == REFUSAL and undone)
                for deed in found
            )
            if not heard:
                yield telling._replace(chance=self.deeds.chance_at(told.scores, first, last))

    def _is_likely(self, telling: Telling, told: Told) -> bool:
        """Say whether the model does not rule out a deed that a frame tells, or must be heard."""
        assert self.deeds is not None
        trigger = telling.trigger
        chance = self.deeds.chance_at(told.scores, trigger.first, trigger.last)
        sure = _is_sure(telling.roles, mutual=trigger.cue.mutual)
        least = settings().sure_cue if sure else settings().lone_cue
        return chance >= least or _is_sure_denial(telling)

    def _each_once(self, found: list[Deed], triggers: Sequence[Trigger]) -> list[Deed]:
        """Keep of the deeds of one type that stand in one cue the likeliest: "staged a march"."""
        kept: list[Deed] = []
        for deed in sorted(found, key=lambda deed: (-deed.chance, deed.trigger)):
            same = any(
                other.type == deed.type
                and any(_names(t, deed.trigger) and _names(t, other.trigger) for t in triggers)
                for other in kept
            )
            kept += [] if same else [deed]
        return sorted(kept)

    def _learnt(
        self, view: View, triggers: Sequence[Trigger], deed: Deed, told: Told,
        parties: PartyFinder,
    ) -> Telling:  # fmt: skip
        trigger = next(
            (
                trigger
                for trigger in triggers
                if _names(trigger, deed.trigger)
                and self.frames[trigger.cue.frame].type == deed.type
            ),
            None,
        )
        framed = trigger is not None
        frame = self.frames[trigger.cue.frame] if trigger else self._frame_of(deed)
        trigger = trigger or _trigger_at(told.line, deed.trigger, frame)
        mutual = trigger.cue.mutual or frame.id in self.mutual
        told_by_tree = sides_of(told.line, deed, mutual=mutual)
        mutual = mutual and told_by_tree.all_agree
        actors, targets = parties.sides(
            told.number, deed.trigger, deed.type, told_by_tree.doers, told_by_tree.done_to,
            mutual=mutual, needed=deed.type in SUFFERED, hidden=told_by_tree.hidden,
        )  # fmt: skip
        sure = find_roles(view, trigger) if framed and told_by_tree.all_agree else None
        # "Soldiers killed in Chad" by word order kill, by the tree they are killed.
        turned = told_by_tree.hidden and _is_bare_participle(told.line, deed.trigger)
        if sure and (sure.passive or not turned) and _is_sure(sure, mutual=mutual):
            actors, targets = sure.actors, sure.targets
        if deed.type in OF_ITSELF or len({state_of(m.actor) for m in actors if m.actor}) > 1:
            targets = without_own_state(actors, targets)
        first_doer = min((word for word, _ in deed.doers), default=trigger.first)
        roles = verb_group(view, trigger, first_doer)._replace(actors=actors, targets=targets)
        standing = standing_of(view, trigger, roles)
        if standing == "negated" and deed.type == REFUSAL and not framed:
            standing = "happened"
        open_ended = roles.infinitive and not roles.governor and not _is_tried(view, deed, roles)
        if standing == "happened" and open_ended:
            # "Agreed to send" is to come; "asked Mali to send" is another's wish.
            standing = "hypothetical" if view.party_at(roles.head - 1) else "planned"
        if standing is None:
            # Duties and wishes tell no deed but the asking itself.
            standing = "happened" if deed.type in ASKED else "hypothetical"
        mode = frame.mode or deed.mode
        chance = deed.chance * deed.type_chance
        tree = told.line.tree
        named = [word for word, _ in (*deed.doers, *deed.done_to)]
        clause = clause_about(tree, deed.trigger, (trigger.last, *named)) if tree else None
        return Telling(
            trigger, frame, mode, roles, standing, chance, clause,
            cued=any(_names(one, deed.trigger) for one in triggers),
            lone=deed.chance < settings().deed,
        )  # fmt: skip

    def _frame_of(self, deed: Deed) -> Frame:
        """Return the frame of a deed that no cue tells: by type and mode, else by type."""
        named = settings().frames
        key = f"{deed.type}/{deed.mode}" if deed.mode else deed.type
        if key in named:
            return self.frames[named[key]]
        same = (f for f in self.frames.values() if (f.type, f.mode) == (deed.type, deed.mode))
        return next(iter(sorted(same, key=lambda f: f.id)), self.frames[named[deed.type]])


def _is_bare_participle(line: Line, place: int) -> bool:
    return line.tree is not None and line.tree.deprels[place] == "acl"


def _is_tried(view: View, deed: Deed, roles: Roles) -> bool:
    """Say whether a harmful deed was tried, which is as much as done: "tried to kidnap"."""
    cues = standing_cues()
    return deed.type in cues.counts_when_tried and view.word(roles.head - 1) in cues.trying


def _without_governors(line: Line, found: list[Deed]) -> list[Deed]:
    """Leave out verbs that only bring in a deed of their own type, and that only say it again.

    "Plans to bomb" is one deed, and so is "began a strike to protest": the first verb of the one
    and the second of the other are left out.
    """
    tree = line.tree
    if tree is None:
        return found
    governors = {
        (tree.heads[deed.trigger], deed.type)
        for deed in found
        if tree.deprels[deed.trigger] == "xcomp"
    }
    led = {(word, deed.type) for deed in found for word in _led_by(tree, deed.trigger)}
    return [
        deed
        for deed in found
        if (deed.trigger, deed.type) not in governors
        and not (_is_purpose(line, deed.trigger) and (tree.heads[deed.trigger], deed.type) in led)
    ]


def _without_lenders(line: Line, found: list[Deed], triggers: Sequence[Trigger]) -> list[Deed]:
    """Leave out verbs that only lend themselves to a deed told by their object.

    "Issued a warning" warns; the issuing is no deed where no frame has it as one.
    """
    tree = line.tree
    if tree is None:
        return found
    lending = {
        tree.heads[deed.trigger] for deed in found if tree.deprels[deed.trigger] == "obj"
    } - {word for trigger in triggers for word in trigger.fixed}
    light = clause_words().light_verbs
    return [d for d in found if d.trigger not in lending or line.lower[d.trigger] not in light]


def _led_by(tree: Tree, place: int) -> tuple[int, ...]:
    """Return a deed's word and, where that is a verb's object, the verb: "began a strike"."""
    return (place, tree.heads[place]) if tree.deprels[place] == "obj" else (place,)


def _is_purpose(line: Line, place: int) -> bool:
    """Say whether a verb tells what something is done for: "to protest …"."""
    tree = line.tree
    assert tree is not None
    marked = any(line.lower[child] == "to" for child in tree.children[place])
    return marked and tree.deprels[place] in PURPOSES


def _is_sure(roles: Roles, *, mutual: bool) -> bool:
    """Say whether syntax has settled both sides, each with a party linked by its own words."""
    known = [
        any(m.actor and m.score >= SURE for m in side) for side in (roles.actors, roles.targets)
    ]
    taking_part = {m.actor for m in roles.actors if m.actor}
    # Beside one of its offices a state alone is no second party.
    taking_part -= {state_of(code) for code in taking_part if state_of(code) != code}
    return (mutual and len(taking_part) > 1) or all(known)


def _is_sure_denial(telling: Telling) -> bool:
    """Say whether a frame tells, of a party known by name, that a deed was not done.

    Coders seldom book what did not happen, so the model seldom speaks up for it; a ledger must
    hold a denial beside the deed.
    """
    sides = (telling.roles.actors, telling.roles.targets)
    known = any(any(m.actor and m.score >= SURE for m in side) for side in sides)
    return telling.standing in ("denied", "negated") and known


def _names(trigger: Trigger, word: int) -> bool:
    return trigger.first <= word <= trigger.last


def _trigger_at(line: Line, word: int, frame: Frame) -> Trigger:
    """Make the trigger of a deed that only the model found: its one word, as the tree tags it."""
    tag = line.tree.xpos[word] if line.tree is not None else ""
    kind: CueKind = "verb" if tag in TAGS else "noun"
    cue = Cue(frame=frame.id, kind=kind, parts=((line.lower[word],),), agentless=True)
    return Trigger(cue, word, word, TAGS.get(tag, ""), (word,))
