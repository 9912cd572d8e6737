"""Which state a party belongs to: "the envoy", "she", "residents", "Alvarez".

A party that the lexicon links is settled. For the others every code that the report names is a
candidate, described by plain features: does its name cover the words, modify them, stand nearby,
fill the title … What turns them into chances (`state_model.py`) is fitted on openly licensed and
our own annotated reports (`training/deeds`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from chancery.lexicon import Lexicon
from chancery.model import EventType, Mention, Report
from chancery.read.datelines import Dateline
from chancery.read.parse import Tree
from chancery.read.posts import state_of_issuer
from chancery.read.sentences import Sentence
from chancery.read.state_clues import CLUES, ClueFinder
from chancery.read.state_model import WIDTH, chances_of

if TYPE_CHECKING:
    from chancery.read.state_model import Values

NOBODY: Final = "-"
"""The candidate that stands for "no state of those named"."""

FEATURES: Final = (
    "named", "role", "weak", "modifier", "complement", "deeper", "governs", "apposed", "surname",
    "place", "share", "most", "title", "opening", "before", "after", "nearest", "one_back",
    "two_back", "three_back", "led_one_back", "publisher", "candidate", "other_side", "other_share",
    "nobody", "modifies_deed", "only_tie",
    *CLUES,
)  # fmt: skip

TYPES: Final[tuple[EventType, ...]] = get_args(EventType)

CLASSES: Final = (
    "linked", "weak", "role", "name", "object", "person", "plural", "thing", "first", "relative",
    "noun", "unsaid_doer", "unsaid_target",
)  # fmt: skip

SURE: Final = 0.85
"""A mention of at least this score is linked by its own words."""

BY_NAME: Final = 0.93
"""A mention of at least this score is linked by a name alone."""

COUNTED: Final = 0.6
"""Mentions of a higher score count towards what a report is about."""

OPENING: Final = 2
"""The sentences up to this number are a report's opening."""

FURTHEST: Final = 3
"""How many sentences back a state's name is a feature."""

DEEPEST: Final = 4
"""How far below a party's head word its modifiers are looked at."""

PRONOUNS: Final[dict[str, frozenset[str]]] = {
    "first": frozenset({"i", "we", "our", "us", "my", "me"}),
    "object": frozenset({"him", "them"}),
    "person": frozenset({"he", "she", "her", "his"}),
    "plural": frozenset({"they", "their"}),
    "thing": frozenset({"it", "its"}),
    "relative": frozenset({"who", "which", "that", "whom", "whose"}),
}
POINTING: Final = frozenset().union(*(PRONOUNS[kind] for kind in PRONOUNS if kind != "relative"))
WITHIN: Final = frozenset(
    {"in", "at", "near", "outside", "inside", "across", "around", "throughout"}
)
PASSED: Final = frozenset(["the", "central", "northern", "southern", "eastern", "western", "'s"])
MODIFIERS: Final = frozenset(["amod", "nmod", "compound", "appos", "flat", "det", "nummod"])
APPOSITION: Final = "appos"
TIED: Final = frozenset(["modifier", "complement", "apposed"])
"""How the name that tells a party's state hangs together with its head word."""

SUFFERING: Final = frozenset(["obj", "nsubj:pass"])
BOUND: Final = frozenset(["appos", "flat", "compound", "nmod", "amod"])
OPEN_BODIES: Final = ("IGO.", "IMG.", "ISM.", "NGO.", "MNC.")


def state_of(code: str) -> str:
    """Return the state of a code, or the body's own code: `BLR` of `BLR.GOV`, `IGO.NATO`."""
    return code if code.startswith(OPEN_BODIES) else code.split(".")[0]


def publisher_of(report: Report, lexicon: Lexicon) -> str | None:
    """Return the state whose own office publishes a report, if one does."""
    return state_of_issuer(lexicon.source(report.source, report.url))


class Place(NamedTuple):
    """A mention laid over the words of its sentence."""

    words: tuple[int, ...]
    mention: Mention
    state: str | None


class Line(NamedTuple):
    """One sentence with its words, its tree (if it has one) and its mentions."""

    sentence: Sentence
    words: tuple[str, ...]
    lower: tuple[str, ...]
    tree: Tree | None
    places: tuple[Place, ...]
    is_title: bool

    def over(self, word: int) -> list[Place]:
        """Return the mentions that cover a word."""
        return [place for place in self.places if word in place.words]

    def is_linked(self, word: int) -> bool:
        """Say whether a word is linked by its own words, not by what stands around it."""
        return any(place.state and place.mention.score >= SURE for place in self.over(word))

    def objects_of(self, verb: int) -> set[int]:
        """Return the words of a verb's object, or of the subject of a passive one."""
        tree = self.tree
        if tree is None:
            return set()
        heads = [child for child in tree.children[verb] if tree.deprels[child] in SUFFERING]
        return {word for head in heads for word in (head, *tree.below(head))}

    def apposed(self, word: int) -> list[Mention]:
        """Return the party, linked by its own words, that stands in apposition to a word."""
        if self.tree is None:
            return []
        beside = {c for c in self.tree.children[word] if self.tree.deprels[c] == APPOSITION}
        if self.tree.deprels[word] == APPOSITION:
            beside.add(self.tree.heads[word])
        mentions = [place.mention for other in sorted(beside) for place in self.over(other)]
        return [mention for mention in mentions if mention.actor and mention.score >= SURE]


def lay_out(
    text: str, sentence: Sentence, tree: Tree | None, mentions: Sequence[Mention], is_title: bool
) -> Line:
    """Lay mentions over the words of their sentence."""
    words = tuple(word.of(text) for word in sentence.words)
    places = []
    for mention in mentions:
        inside = tuple(i for i, word in enumerate(sentence.words) if mention.span.covers(word))
        state = state_of(mention.actor) if mention.actor else None
        if inside:
            places.append(Place(inside, mention, state))
    lower = tuple(word.lower() for word in words)
    return Line(sentence, words, lower, tree, tuple(places), is_title)


class StateFinder:
    """Gives the states that a party of one report may belong to, with their chances."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        publisher: str | None = None,
        looks: Sequence[Values | None] = (),
        dateline: Dateline | None = None,
    ) -> None:
        """Count the states that a report names; `looks` are each sentence's words × 384."""
        self.dateline = dateline
        self.lines = lines
        self.looks = looks
        self.publisher = publisher
        self.counts: Counter[str] = Counter()
        self.title: set[str] = set()
        self.opening: set[str] = set()
        self.bearers: dict[str, set[str]] = defaultdict(set)
        for number, line in enumerate(lines):
            for place in line.places:
                if place.state:
                    self._count(text, number, line, place, place.state)
        self.total = sum(self.counts.values()) or 1
        ranked = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        self.states = [state for state, _ in ranked]
        self.clues = ClueFinder(lines, self.counts, dateline.state if dateline else None)

    def _count(self, text: str, number: int, line: Line, place: Place, state: str) -> None:
        words = place.mention.span.of(text)
        if words.lower() not in POINTING:
            self.counts[state] += place.mention.score > COUNTED
            if line.is_title:
                self.title.add(state)
            if number <= OPENING:
                self.opening.add(state)
        if words[:1].isupper():
            self.bearers[words.split()[-1]].add(state)
        if place.mention.name:
            self.bearers[place.mention.name.split()[-1]].add(state)

    def class_of(self, number: int, word: int | None, *, doer: bool) -> str:
        """Return the class of words that a party's head word belongs to, said or unsaid."""
        if word is None:
            return "unsaid_doer" if doer else "unsaid_target"
        line = self.lines[number]
        over = line.over(word)
        # "US" and "IT" are no pronouns where they are capitalised as names are.
        named = line.words[word].isupper() and len(line.words[word]) > 1
        for kind, forms in PRONOUNS.items():
            if line.lower[word] in forms and not (named and any(p.state for p in over)):
                return kind
        if any(place.state for place in over):
            sure = any(place.state and place.mention.score >= SURE for place in over)
            return "linked" if sure else "weak"
        if line.words[word][:1].isupper():
            return "name"
        return "role" if over else "noun"

    def features(
        self, number: int, word: int | None, trigger: int, other: frozenset[str] = frozenset()
    ) -> dict[str, dict[str, float]]:
        """Describe every candidate for the party at a word, or for one that has no words.

        `other` are the states of the deed's other side. A feature that is left out is 0.
        """
        line = self.lines[number]
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for state in self.states:
            row = found[state]
            row["share"] = self.counts[state] / self.total
            row["title"] = float(state in self.title)
            row["opening"] = float(state in self.opening)
        if self.states:
            found[self.states[0]]["most"] = 1.0
        self._in_sentence(line, word, trigger, found)
        self._before(number, found)
        for state, clues in self.clues.of(number, word, trigger).items():
            found[state].update(clues)
        if word is not None:
            if line.words[word][:1].isupper():
                for state in self.bearers.get(line.words[word], ()):
                    found[state]["surname"] = 1.0
            for place in line.over(word):
                for code in place.mention.candidates:
                    found[state_of(code)]["candidate"] = 1.0
            tied = [state for state, row in found.items() if TIED & row.keys()]
            if len(tied) == 1:
                found[tied[0]]["only_tie"] = 1.0
        if self.publisher:
            found[self.publisher]["publisher"] = 1.0
        for state in other:
            found[state]["other_side"] = 1.0
            found[state]["other_share"] = self.counts[state] / self.total
        found[NOBODY]["nobody"] = 1.0
        return found

    def _in_sentence(
        self, line: Line, word: int | None, trigger: int, found: dict[str, dict[str, float]]
    ) -> None:
        spot = trigger if word is None else word
        below = _modifiers(line, word)
        about = _modifiers(line, trigger)
        nearest: Place | None = None
        for place in line.places:
            if place.state is None:
                continue
            row = found[place.state]
            if word is not None and word in place.words:
                score = place.mention.score
                row["named" if score >= BY_NAME else "role" if score >= SURE else "weak"] = 1.0
                continue
            for name in _ties(line, word, place, below):
                row[name] = 1.0
            if "modifier" in _ties(line, trigger, place, about):
                row["modifies_deed"] = 1.0
            if _is_place(line, place.words[0]):
                row["place"] = 1.0
            if place.words[-1] < spot:
                row["before"] = 1.0
                if nearest is None or place.words[-1] > nearest.words[-1]:
                    nearest = place
            else:
                row["after"] = 1.0
        if nearest and nearest.state:
            found[nearest.state]["nearest"] = 1.0

    def _before(self, number: int, found: dict[str, dict[str, float]]) -> None:
        names = ("one_back", "two_back", "three_back")
        for back, name in zip(range(1, FURTHEST + 1), names, strict=True):
            if number < back:
                return
            states = [place.state for place in self.lines[number - back].places if place.state]
            for state in states:
                found[state][name] = 1.0
            if back == 1 and states:
                found[states[0]]["led_one_back"] = 1.0

    def chances(
        self,
        number: int,
        word: int | None,
        trigger: int,
        other: frozenset[str] = frozenset(),
        *,
        doer: bool,
        kind: EventType,
    ) -> list[tuple[str, float]]:
        """Return the candidates with their chances, best first; `NOBODY` is one of them.

        `kind` is the type of the deed that is told at `trigger`.
        """
        import numpy as np

        described = self.features(number, word, trigger, other)
        names = sorted(described)
        rows = np.array(
            [[described[name].get(feature, 0.0) for feature in FEATURES] for name in names],
            dtype=np.float32,
        )
        told = told_of(self.class_of(number, word, doer=doer), kind, other, doer=doer)
        seen = self.looks[number] if self.looks else None
        look = (
            np.zeros(WIDTH, np.float32) if seen is None else seen[trigger if word is None else word]
        )
        chances = zip(names, chances_of(rows, told, look), strict=True)
        return sorted(chances, key=lambda item: (-item[1], item[0]))


def told_of(words: str, kind: EventType, other: frozenset[str], *, doer: bool) -> Values:
    """Tell the model what all candidates share: class of words, type of deed, side, other side."""
    import numpy as np

    told = np.zeros(len(CLASSES) + len(TYPES) + 2, dtype=np.float32)
    told[CLASSES.index(words)] = 1.0
    told[len(CLASSES) + TYPES.index(kind)] = 1.0
    told[-2] = doer
    told[-1] = bool(other)
    return told


def _modifiers(line: Line, word: int | None) -> dict[int, tuple[int, str]]:
    """Return the words that modify a party's head: how deep, and by which first relation."""
    tree = line.tree
    if tree is None or word is None:
        return {}
    found: dict[int, tuple[int, str]] = {}
    waiting = [(word, 0, "")]
    while waiting:
        place, depth, relation = waiting.pop()
        found[place] = (depth, relation)
        if depth < DEEPEST:
            for child in tree.children[place]:
                label = tree.deprels[child]
                if label.split(":")[0] in MODIFIERS:
                    waiting.append((child, depth + 1, relation or label))
    return found


def _ties(
    line: Line, word: int | None, place: Place, below: Mapping[int, tuple[int, str]]
) -> list[str]:
    """Return how a mention hangs together with a party's head word."""
    if word is None or line.tree is None:
        return []
    ties = []
    depths = [below[other] for other in place.words if other in below]
    if depths:
        depth, relation = min(depths)
        if relation == "appos":
            ties.append("apposed")
        elif depth <= 1 and relation in ("amod", "compound", "nmod:poss"):
            ties.append("modifier")
        elif depth <= 2 and relation.split(":")[0] == "nmod":
            ties.append("complement")
        else:
            ties.append("deeper")
    label = line.tree.deprels[word].split(":")[0]
    if line.tree.heads[word] in place.words:
        if label in BOUND:
            ties.append("apposed")
        elif label == "conj":
            ties.append("governs")
    return ties


def _is_place(line: Line, first: int) -> bool:
    """Say whether "in", "near" or the like stands before a mention."""
    before = first - 1
    while before >= 0 and line.lower[before] in PASSED:
        before -= 1
    return before >= 0 and line.lower[before] in WITHIN
