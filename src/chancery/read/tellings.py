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
from chancery.read.antecedents import of_antecedent
from chancery.read.clause_words import clause_about
from chancery.read.clauses import find_roles, verb_group
from chancery.read.deeds import Deed, DeedFinder, Side, settings
from chancery.read.framing import Framing
from chancery.read.parse import Tree
from chancery.read.parties import PartyFinder
from chancery.read.sides import Roles
from chancery.read.standing import standing_cues, standing_of
from chancery.read.states import SURE, Line, state_of
from chancery.read.telling_contexts import Telling, in_context
from chancery.read.triggers import Trigger, View
from chancery.read.weapons import aimed_at, struck_by

if TYPE_CHECKING:
    from chancery.read.encoder import DeedScores

TAGS: Final = {"VB": "B", "VBP": "B", "VBZ": "S", "VBD": "D", "VBN": "N", "VBG": "G", "MD": "B"}
SUFFERED: Final = frozenset(
    {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "ASSAULT", "AID", "SANCTION", "COERCE"}
)
"""Types of deeds that are always done to somebody, said or unsaid."""

SINGULAR: Final = frozenset({"he", "she", "it"})
SHARED: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types whose doers are all who take part, wherever the clause has them."""

TOWARDS: Final = frozenset({"to", "toward", "towards", "against", "on", "upon", "for"})
"""Words by which a deed told by a noun goes from one party to another."""

OWNING: Final = frozenset({"amod", "compound", "nmod:poss"})
ATTACK: Final = "ASSAULT"
PURPOSES: Final = frozenset({"advcl", "acl"})
PASSIVE_SUBJECT: Final = "nsubj:pass"
PASSIVE: Final = frozenset({PASSIVE_SUBJECT, "aux:pass"})
PARTICIPLES: Final = frozenset({"VBN", "VBD"})
BEFORE: Final = 2
"""How many words before a deed that was not done the deed may stand that undid it."""

REFUSAL: Final = "REJECT"
"""The type that a deed not done may be of: "will not lift the ban" refuses, and lifts nothing."""

ASKED: Final = frozenset({"REQUEST"})
"""Types that a duty or wish is a deed of: "Mali must withdraw" asks it to."""


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
        for deed in self._each_once(_without_governors(told.line, found), triggers):
            yield self._learnt(view, triggers, deed, told, parties)
        for telling in framed:
            first, last = telling.trigger.first, telling.trigger.last
            undone = telling.standing == "negated"
            heard = any(
                # "Stopped sending": the stopping is the deed, and the sending none that failed.
                first - BEFORE * undone <= deed.trigger <= last
                and not (deed.type == REFUSAL and undone)
                for deed in found
            )
            chance = self.deeds.chance_at(told.scores, first, last)
            sure = _is_sure(telling.roles, mutual=telling.trigger.cue.mutual)
            least = settings().sure_cue if sure else settings().lone_cue
            if not heard and (chance >= least or _is_sure_denial(telling)):
                yield telling._replace(chance=chance)

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
        doers, done_to, hidden = _turned(told.line, deed)
        doers, done_to = _qualified(told.line, deed.trigger, doers, done_to)
        doers, done_to = _directed(told.line, deed.trigger, doers, done_to)
        if deed.type == ATTACK:
            struck, aimed = struck_by(told.line, deed.trigger), aimed_at(told.line, deed.trigger)
            doers, done_to = _armed(told.line, doers, done_to, struck, aimed)
            hidden = hidden and not struck
        if not mutual and deed.type not in SHARED:
            doers = _of_subject(told.line, deed.trigger, doers)
            doers, done_to = of_antecedent(told.line, deed.trigger, doers, done_to)
        actors, targets = parties.sides(
            told.number, deed.trigger, deed.type, doers, done_to,
            mutual=mutual, needed=deed.type in SUFFERED, hidden=hidden,
        )  # fmt: skip
        sure = find_roles(view, trigger) if framed else None
        if sure and _is_sure(sure, mutual=mutual):
            actors, targets = sure.actors, sure.targets
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
        return Telling(trigger, frame, mode, roles, standing, chance, clause)

    def _frame_of(self, deed: Deed) -> Frame:
        """Return the frame of a deed that no cue tells: by type and mode, else by type."""
        named = settings().frames
        key = f"{deed.type}/{deed.mode}" if deed.mode else deed.type
        if key in named:
            return self.frames[named[key]]
        same = (f for f in self.frames.values() if (f.type, f.mode) == (deed.type, deed.mode))
        return next(iter(sorted(same, key=lambda f: f.id)), self.frames[named[deed.type]])


def _is_tried(view: View, deed: Deed, roles: Roles) -> bool:
    """Say whether a harmful deed was tried, which is as much as done: "tried to kidnap"."""
    cues = standing_cues()
    return deed.type in cues.counts_when_tried and view.word(roles.head - 1) in cues.trying


def _turned(line: Line, deed: Deed) -> tuple[Side, Side, bool]:
    """Return the sides of a deed as the tree has the last word, and whether its doer is hidden.

    The subject of a passive verb suffers it, and so does what a bare participle stands after;
    only what "by" brings in has done it.
    """
    tree, place = line.tree, deed.trigger
    if tree is None or tree.xpos[place] not in PARTICIPLES:
        return deed.doers, deed.done_to, False
    children = tree.children[place]
    labels = {tree.deprels[child] for child in children}
    after = tree.deprels[place] == "acl" and tree.xpos[place] == "VBN"
    if not (labels & PASSIVE or after):
        return deed.doers, deed.done_to, False
    subject = {tree.heads[place]} if after else set()
    subject |= {child for child in children if tree.deprels[child] == PASSIVE_SUBJECT}
    agents = {
        word
        for child in children
        if any(line.lower[below] == "by" for below in tree.children[child])
        for word in tree.below(child)
    }
    suffering = tuple(side for side in deed.doers if side[0] in subject)
    doers = tuple(side for side in deed.doers if side[0] in agents)
    return doers, suffering or deed.done_to, not agents


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


def _led_by(tree: Tree, place: int) -> tuple[int, ...]:
    """Return a deed's word and, where that is a verb's object, the verb: "began a strike"."""
    return (place, tree.heads[place]) if tree.deprels[place] == "obj" else (place,)


def _is_purpose(line: Line, place: int) -> bool:
    """Say whether a verb tells what something is done for: "to protest …"."""
    tree = line.tree
    assert tree is not None
    marked = any(line.lower[child] == "to" for child in tree.children[place])
    return marked and tree.deprels[place] in PURPOSES


def _of_subject(line: Line, place: int, doers: Side) -> Side:
    """Return the doers that a verb's own subject names, where it has one: no other word's.

    A subject like "it" is one party: of several words that may be meant the likeliest.
    """
    tree = line.tree
    if tree is None:
        return doers
    subjects = [child for child in tree.children[place] if tree.deprels[child] == "nsubj"]
    named = {word for subject in subjects for word in (subject, *tree.below(subject))}
    if any(line.lower[subject] in SINGULAR for subject in subjects) and len(doers) > 1:
        return (max(doers, key=lambda side: side[1]),)
    return tuple(side for side in doers if side[0] in named) or doers


def _qualified(line: Line, place: int, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Return the sides of a deed told by a noun, whose doer an adjective of a state tells.

    "Turkish airstrikes" are Turkey's. A state's name before the noun may as well be the place or
    the target ("the Kenya bombing"), so only what the tree has as an adjective counts.
    """
    tree = line.tree
    if tree is None or not tree.xpos[place].startswith("NN"):
        return doers, done_to
    states = tuple(
        (child, 1.0)
        for child in tree.children[place]
        if tree.deprels[child] == "amod" and line.is_linked(child)
    )
    if not states:
        return doers, done_to
    told = {word for word, _ in states}
    return states, tuple(side for side in done_to if side[0] not in told)


def _directed(line: Line, place: int, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Return the sides of a deed told by a noun that goes from one state to another.

    "US aid to Kenya", "Ghana's sanctions against Togo": who stands before the noun does it, whom
    "to" or "against" brings in suffers it, whatever else the sentence names.
    """
    tree = line.tree
    if tree is None or not tree.xpos[place].startswith("NN"):
        return doers, done_to
    known = {
        child: {p.state for p in line.over(child) if p.state and p.mention.score >= SURE}
        for child in tree.children[place]
    }
    before = [
        child
        for child, states in known.items()
        if states and child < place and tree.deprels[child] in OWNING
    ]
    after = [
        child
        for child, states in known.items()
        if states
        and child > place
        and tree.deprels[child] == "nmod"
        and any(line.lower[below] in TOWARDS for below in tree.children[child])
    ]
    if not before or not after or known[before[0]] & known[after[0]]:
        return doers, done_to
    joined = [c for c in tree.children[after[0]] if tree.deprels[c] == "conj"]
    return ((before[0], 1.0),), tuple((child, 1.0) for child in (*after, *joined))


def _armed(line: Line, doers: Side, done_to: Side, struck: Side, aimed: Side) -> tuple[Side, Side]:
    """Return the sides of an attack as the noun for it tells them, where it does.

    Of the others those stay that are linked by their own words.
    """
    sure = {word for word, _ in done_to if line.is_linked(word)}
    if aimed:
        told = {word for word, _ in aimed}
        doers = tuple(side for side in doers if side[0] not in told)
        done_to = (*aimed, *(s for s in done_to if s[0] in sure and s[0] not in told))
    if struck:
        told = {word for word, _ in struck}
        # "Ten died in the strike": a verb that has but one side has it suffer.
        done_to = tuple(side for side in done_to or doers if side[0] not in told)
        doers = struck
    return doers, done_to


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
