"""From a party's head word to the mentions it stands for: "the minister's aide", "she", "Alvarez".

Where the lexicon has linked the words, its mentions stand. Else the words are the head's phrase in
the tree, and the state is the likeliest that the report offers (`states.py`), with that chance as
score; a role keeps its sector. Where no state is likely the party stays open, with candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from chancery.model import EventType, Mention, Span
from chancery.read.anaphora import POINTED, UNIONS
from chancery.read.answers import ANSWERS, Done, doers_answered
from chancery.read.collectives import is_of_many, speaker_of
from chancery.read.deed_arguments import FARTHEST
from chancery.read.deeds import Side, settings
from chancery.read.parse import ROOT
from chancery.read.phrases import mention_words
from chancery.read.sides import not_own_state
from chancery.read.states import NOBODY, SURE, Line, Place, StateFinder, state_of
from chancery.read.tree_sides import PLACING, side_words

MOST_CANDIDATES: Final = 3
LEFT: Final = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "flat", "goeswith", "advmod"}
)
RIGHT: Final = frozenset(["flat", "compound", "goeswith"])
GOVERNMENT: Final = ".GOV"
MEETING: Final = "CONSULT"
PROTEST: Final = "PROTEST"
LEAVING: Final = "RETREAT"
ABROAD: Final = frozenset({"ASSAULT", "THREATEN", "MOBILIZE", "SUPPORT", "AID"})
"""Types of deeds that a state as a whole does to others: "killed by Turkish shelling"."""

RIVALS: Final = (".OPP", ".REB", ".PTY", ".LAB", ".CVL", ".PRM", ".UAF")
"""Sectors that a government holds talks with in its own state."""

SPOKEN: Final = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION"})
"""Types of deeds that no government does to its own state: "repeated Mali's demands"."""

FOREIGN: Final = SPOKEN | {"SUPPORT", "CONSULT"}
"""Types of deeds in whose target, a state by its name, a government has another state before it."""

AT_HOME: Final = (".OPP", ".REB", ".PTY", ".CRM")
"""Sectors of those whom a state as a whole deals with within its borders."""

LONGEST_PLACING: Final = 10
"""Characters in which the preposition before a place is looked for."""

STATE_CODE: Final = 3
BREAK: Final = "SANCTION"
LONGEST_OWNING: Final = 20
"""Characters in which "its own" before an envoy is looked for."""

_OWN: Final = re.compile(r"\b(?:its|their|his|her|our)(?:\s+own)?\s+$", re.IGNORECASE)
_ANTI: Final = re.compile(
    r"\banti-?(?P<whom>government|regime|junta)\s+(?:[\w-]+\s+)?$", re.IGNORECASE
)
OCCASIONS: Final = frozenset({"after", "at", "before", "during", "following", "in"})
"""Words by which a meeting hangs on what was done on its occasion."""

WITH_REACH: Final = 5
"""The word after the last one in which "with" may follow the noun: "talks in the capital with"."""

DOERS: Final = frozenset({"nsubj", "obl:agent"})
UNSAID: Final = 0.8
"""The factor on the score of a party that its sentence does not name."""


class Spot(NamedTuple):
    """Where a deed is told: the sentence's number, the trigger's place in it, and the type."""

    number: int
    trigger: int
    kind: EventType


class PartyFinder:
    """Finds the parties of the deeds of one report."""

    def __init__(self, text: str, lines: list[Line], states: StateFinder) -> None:
        self.text = text
        self.lines = lines
        self.states = states
        self.suffered: dict[int, tuple[Mention, ...]] = {}
        """Of each sentence the last deed's targets: "expelled two envoys, accusing them"."""
        self.done: list[Done] = []

    def sides(
        self,
        number: int,
        trigger: int,
        kind: EventType,
        doers: Side,
        done_to: Side,
        *,
        mutual: bool,
        needed: bool,
        hidden: bool,
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Return the mentions of both sides of a deed told by a word of a numbered sentence.

        Each side's states help to tell the other's, so the second side is read in the light of
        the first, and the first once more in that of the second. A deed has a doer, and where a
        target is `needed` somebody suffers it, though the sentence may leave them unsaid. A passive
        verb without "by" leaves its doer `hidden`: then only a likely one is taken.
        """
        spot = Spot(number, trigger, kind)
        if not mutual:
            doers, done_to = _parted(self.lines[number], trigger, doers, done_to)
        actors = self._side(spot, doers, frozenset(), doer=True)
        barred = self._whole(spot, actors) if kind in ABROAD else frozenset()
        targets = self._side(spot, done_to, _states(actors), doer=False, barred=barred)
        actors = self._side(spot, doers, _states(targets), doer=True)
        foreign = self._whole(spot, targets) if kind in FOREIGN and not mutual else frozenset()
        if any(_governs(m) and state_of(m.actor or "") in foreign for m in actors):
            # What names its own state stays; a guess has to be another.
            actors = self._side(spot, doers, _states(targets), doer=True, barred=foreign)
        own = _own_states(targets, actors) if kind in SPOKEN and not mutual else ()
        if kind == BREAK:
            own += tuple(m for m in targets if self._is_own_envoy(m, actors))
        targets = tuple(mention for mention in targets if mention not in own)
        if not mutual:
            targets = _without_selves(targets, actors)
        if kind in ANSWERS and not any(m.actor and m.score >= SURE for m in targets):
            line, nouns = self.lines[number], settings().answered
            targets = doers_answered(line, spot[:2], actors, self.done, nouns) or targets
        self.done.append(Done(number, kind, actors))
        if not actors:
            least = settings().hidden_doer if hidden else settings().unsaid_state
            actors = self._unsaid(spot, targets, (), least, needed=True, doer=True)
        if not targets and kind == PROTEST:
            targets = self._opposed(spot, doers, actors)
        if not targets and not (mutual and are_two(actors)):
            least = settings().unsaid_state
            targets = self._unsaid(spot, actors, own, least, needed=needed, doer=False)
            if kind == LEAVING and _states(targets) <= _states(actors):
                targets = ()  # who leaves an office or a race at home does it to nobody
        spans = {mention.span for mention in actors}
        if not mutual:
            if any(mention.actor for mention in targets):
                self.suffered[number] = targets
            return actors, targets
        joined = list(actors)
        joined += [mention for mention in targets if mention.span not in spans]
        if kind == MEETING and len(_states(tuple(joined))) == 1:
            joined += self._present(spot, _states(tuple(joined)))
        return _each_once(joined), ()

    def _side(
        self,
        spot: Spot,
        side: Side,
        other: frozenset[str],
        *,
        doer: bool,
        barred: frozenset[str] = frozenset(),
    ) -> tuple[Mention, ...]:
        found: list[Mention] = []
        taken: set[Span] = set()
        for word, _ in side:
            mentions = self._at(spot, word, other, doer=doer, barred=barred)
            if mentions and mentions[0].span not in taken:
                taken.add(mentions[0].span)
                found += mentions
        # A guess that only says again what another party's own words tell is none: of "troops from
        # Niger" the troops are not Niger's because Niger is named.
        named = [place.mention for place in self.lines[spot.number].places]
        told = {m.actor for m in found if m in named and m.score >= SURE}
        kept = [m for m in found if m in named or m.actor is None or m.actor not in told]
        return tuple(sorted(kept, key=lambda m: (m.span, m.actor or "")))

    def _present(self, spot: Spot, known: frozenset[str]) -> list[Mention]:
        """Return who else took part where a meeting "with" somebody is the occasion of a deed.

        "During the talks with Alvarez, the minister thanked her": whoever does the deed was there.
        """
        line, word = self.lines[spot.number], spot.trigger
        tree = line.tree
        if tree is None or not _is_occasion(line, word):
            return []
        for _ in range(FARTHEST):
            below, word = word, tree.heads[word]
            if word == ROOT:
                return []
            for child in tree.children[word]:
                if child != below and tree.deprels[child] in DOERS and line.over(child):
                    found = self._at(spot, child, known, doer=True)
                    if _states(tuple(found)) - known:
                        return [mention for mention in found if mention.actor]
        return []

    def _whole(self, spot: Spot, actors: tuple[Mention, ...]) -> frozenset[str]:
        """Return the states that act as wholes, each by its own name in the sentence.

        "Mali rejected the charges": a state as a whole does nothing to itself as a whole.
        """
        named = [place.mention for place in self.lines[spot.number].places]
        return frozenset(
            m.actor for m in actors if m.actor and len(m.actor) == STATE_CODE and m in named
        )

    def _at(
        self, spot: Spot, word: int, other: frozenset[str], *, doer: bool,
        barred: frozenset[str] = frozenset(),
    ) -> list[Mention]:  # fmt: skip
        number, trigger, deed = spot
        line = self.lines[number]
        over = [place.mention for place in line.over(word)]
        linked = [mention for mention in over if mention.actor]
        kind = self.states.class_of(number, word, doer=doer)
        if kind == "first" and linked:
            return linked
        speaker = speaker_of(line, word)
        if speaker and speaker.actor and kind != "linked":
            span = over[0].span if over else phrase_of(line, word)
            code = self._code(state_of(speaker.actor), over)
            return [Mention(span=span, actor=code, score=POINTED)]
        if kind == "linked" or len({state_of(m.actor or "") for m in linked}) > 1:
            return linked
        if kind == "object" and not doer and number in self.suffered:
            span = line.sentence.words[word]
            return [_pointing(span, mention) for mention in self.suffered[number] if mention.actor]
        apposed = line.apposed(word)
        if not linked and apposed:
            return [mention for mention in apposed if mention.actor]
        limits = settings()
        ranked = self.states.chances(number, word, trigger, other, doer=doer, kind=deed)
        if barred and not any((m.actor or "").endswith(AT_HOME) for m in over):
            left = 1 - sum(c for s, c in ranked if s in barred)
            ranked = [(s, c / left) for s, c in ranked if s not in barred] if left > 0 else ranked
        span = over[0].span if over else phrase_of(line, word)
        open_party = Mention(
            span=span,
            name=over[0].name if over else _name(line, word, span.of(self.text)),
            candidates=tuple(s for s, _ in ranked if s != NOBODY)[:MOST_CANDIDATES],
        )
        if ranked[0][0] == NOBODY and ranked[0][1] >= limits.nobody:
            return [open_party]
        if is_of_many(line, word):
            # A union or alliance may be many.
            ranked = [(s, c) for s, c in ranked if len(s) != STATE_CODE or s in UNIONS]
        state, chance = next(((s, c) for s, c in ranked if s != NOBODY), (NOBODY, 0.0))
        # What the lexicon has linked, if weakly, needs no more than to be the likeliest.
        if chance < limits.state and state not in {state_of(m.actor or "") for m in linked}:
            return [open_party]
        return [
            msgspec.structs.replace(
                open_party,
                actor=self._code(state, over),
                candidates=tuple(c for c in open_party.candidates if c != state),
                score=round(chance, 3),
            )
        ]

    def _code(self, state: str, over: list[Mention]) -> str:
        """Put a state together with the sector that the words tell: "police" are `.COP`."""
        codes = [code for m in over for code in (m.actor, *m.candidates) if code]
        same = next((code for code in codes if state_of(code) == state), None)
        if same:
            return same
        sector = codes[0].partition(".")[2] if codes and state_of(codes[0]) != codes[0] else ""
        return f"{state}.{sector}" if sector and len(state) == 3 else state

    def _opposed(self, spot: Spot, doers: Side, actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the government that by its name a protest is against: "anti-government rallies".

        It is that of the protesters' own state.
        """
        states = _states(actors)
        state = next(iter(states), "")
        if len(states) != 1 or len(state) != STATE_CODE:
            return ()
        line = self.lines[spot.number]
        score = min(mention.score for mention in actors if mention.actor)
        for word in (spot.trigger, *(word for word, _ in doers)):
            start = line.sentence.words[word].start
            found = _ANTI.search(self.text, line.sentence.span.start, start)
            if found:
                span = Span(found.start(), found.end("whom"))
                return (Mention(span=span, actor=f"{state}{GOVERNMENT}", score=score),)
        return ()

    def _unsaid(
        self,
        spot: Spot,
        other: tuple[Mention, ...],
        refused: tuple[Mention, ...],
        least: float,
        *,
        needed: bool,
        doer: bool,
    ) -> tuple[Mention, ...]:
        """Return the party that a sentence leaves unsaid, by its nearest mention before it.

        It is no mention of the codes that are `refused`.
        """
        number, trigger, deed = spot
        ranked = self.states.chances(number, None, trigger, _states(other), doer=doer, kind=deed)
        nobody = dict(ranked).get(NOBODY, 0.0)
        if needed:
            ranked = [(s, c / (1 - nobody)) for s, c in ranked if s != NOBODY and nobody < 1]
        taken = {mention.span for mention in other}
        whole = self._whole(spot, other) | {mention.actor for mention in refused}
        codes = {m.actor for m in other}
        for state, chance in ranked:
            if state == NOBODY or chance < least:
                break
            of_state = [
                place.mention
                for place in self.earlier(number)
                if place.state == state
                and place.mention.span not in taken
                and place.mention.actor not in whole
                and not _qualifies(place.mention, other)
                and not (doer and self._only_tells(place.mention))
            ]
            if doer and of_state and all(map(self._is_scene, of_state)):
                return ()
            # "Lawmakers protested": against somebody of their state who is no lawmaker.
            found = next((m for m in of_state if m.actor not in codes), next(iter(of_state), None))
            if found:
                score = round(chance * UNSAID, 3)
                return (msgspec.structs.replace(found, score=score, candidates=()),)
        return ()

    def _is_own_envoy(self, mention: Mention, actors: tuple[Mention, ...]) -> bool:
        """Say whether somebody is the envoy of those who act: "recalled *its ambassador*".

        That is done to the state that he was sent to.
        """
        words = mention.span.of(self.text).lower().split()
        before = self.text[max(0, mention.span.start - LONGEST_OWNING) : mention.span.start]
        same = state_of(mention.actor or "") in _states(actors)
        return (
            _OWN.search(before) is not None
            and same
            and not mention_words().diplomatic.isdisjoint(words)
        )

    def _only_tells(self, mention: Mention) -> bool:
        """Say whether somebody is named as who tells of a deed: it is no spokesman who arrests."""
        return not side_words().telling.isdisjoint(mention.span.of(self.text).lower().split())

    def _is_scene(self, mention: Mention) -> bool:
        """Say whether a state is named as where something was: nobody "in Chad" has done it."""
        if len(mention.actor or "") != STATE_CODE:
            return False
        before = self.text[max(0, mention.span.start - LONGEST_PLACING) : mention.span.start]
        words = before.lower().split()
        return bool(words) and words[-1] in PLACING

    def earlier(self, number: int) -> Iterator[Place]:
        """Yield who is named in a sentence, and then before it; last the dateline's place."""
        dateline = self.states.dateline
        told = [*self.lines[number].places]
        for line in reversed(self.lines[:number]):
            told += line.places
        if dateline is None:
            yield from told
            return
        yield from (place for place in told if not dateline.span.covers(place.mention.span))
        yield from (place for place in told if dateline.span.covers(place.mention.span))


def _is_occasion(line: Line, word: int) -> bool:
    """Say whether a noun hangs on the rest by "during" or the like, and "with" brings somebody."""
    tree = line.tree
    if tree is None or tree.upos[word] not in ("NOUN", "PROPN"):
        return False
    cases = {line.lower[child] for child in tree.children[word] if tree.deprels[child] == "case"}
    return not cases.isdisjoint(OCCASIONS) and "with" in line.lower[word + 1 : word + WITH_REACH]


def _parted(line: Line, trigger: int, doers: Side, done_to: Side) -> tuple[Side, Side]:
    """Leave each phrase on one side of a deed.

    Where words of it stand on both, it is the object if the tree has it so, else the likelier.
    """
    objects = line.objects_of(trigger)

    def same(word: int, other: int) -> bool:
        return any(word in place.words and other in place.words for place in line.places)

    def loses(word: int, chance: float, others: Side, *, object_stays: bool) -> bool:
        rivals = [rival for other, rival in others if same(word, other)]
        if not rivals:
            return False
        return object_stays != (word in objects) if objects else chance <= max(rivals)

    return (
        tuple(side for side in doers if not loses(*side, done_to, object_stays=False)),
        tuple(side for side in done_to if not loses(*side, doers, object_stays=True)),
    )


def _qualifies(mention: Mention, parties: tuple[Mention, ...]) -> bool:
    """Say whether a state's name only tells whose a party is: "three *Chadian* engineers"."""
    whole = len(mention.actor or "") == STATE_CODE
    return whole and any(mention.span.overlaps(party.span) for party in parties)


def _pointing(span: Span, meant: Mention) -> Mention:
    return Mention(span=span, actor=meant.actor, name=meant.name, score=min(meant.score, POINTED))


def phrase_of(line: Line, word: int) -> Span:
    """Return the words of a head's phrase that lie close about it: "two of its envoys" is cut."""
    first = last = word
    if line.tree is not None:
        children = line.tree.children[word]
        while first - 1 in children and line.tree.deprels[first - 1] in LEFT:
            first -= 1
        while last + 1 in children and line.tree.deprels[last + 1].split(":")[0] in RIGHT:
            last += 1
    words = line.sentence.words
    return Span(words[first].start, words[last].end)


def _name(line: Line, word: int, words: str) -> str | None:
    return words if line.words[word][:1].isupper() and word > 0 else None


def _states(side: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(state_of(mention.actor) for mention in side if mention.actor)


def _own_states(targets: tuple[Mention, ...], actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the targets that are by their own words the state of a government that acts."""
    others = not_own_state(targets, actors)
    return tuple(m for m in targets if m not in others and m.score >= SURE)


def are_two(side: tuple[Mention, ...]) -> bool:
    """Say whether a side has two parties in it: two states, or a state and people against it."""
    rivals = {m.actor for m in side if m.actor and m.actor.endswith(RIVALS)}
    others = {m.actor for m in side if m.actor and not m.actor.endswith(RIVALS)}
    return len(_states(side)) > 1 or bool(rivals and others)


def _without_selves(
    targets: tuple[Mention, ...], actors: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Leave out whoever acts himself, by his name: "Ana Reyes, after Reyes resigned"."""
    names = [mention.name.split() for mention in actors if mention.name]
    return tuple(
        mention
        for mention in targets
        if not (mention.name and any(_is_one(mention.name.split(), name) for name in names))
    )


def _is_one(name: list[str], other: list[str]) -> bool:
    """Say whether two names may be one person's: the shorter ends the longer."""
    short, long = sorted((name, other), key=len)
    return bool(short) and long[-len(short) :] == short


def _each_once(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Keep each party once, and of a state whose government takes part nobody else."""
    ruled = {state_of(m.actor or "") for m in mentions if _governs(m)}
    seen: dict[tuple[str | None, str | None], Mention] = {}
    for mention in mentions:
        if mention.actor and not _governs(mention) and state_of(mention.actor) in ruled:
            continue
        seen.setdefault((mention.actor, mention.name if not mention.actor else None), mention)
    return tuple(seen.values())


def _governs(mention: Mention) -> bool:
    return bool(mention.actor and mention.actor.endswith(GOVERNMENT))
