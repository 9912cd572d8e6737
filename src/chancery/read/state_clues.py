"""What the rest of a report tells of a party's state: its other mentions, and who acts in it.

A private person's state is told once, at the first full mention: "Juan Pérez, a teacher from
Havana". Later "Pérez", "he" or "the teacher" stand for him, and "his brother" belongs to him. So a
party is followed to the other places where its name or noun stands, and what hangs together with it
there, or stands beside it, counts for it here. Every clue is a number from 0 to 1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from chancery.read.parse import Tree
    from chancery.read.states import Line, Place

CLUES: Final = (
    "again_named", "again_tied", "again_first", "again_share", "owner_named", "owner_tied",
    "owner_share", "under_subject", "under_object", "under_oblique", "under_other", "ruling",
    "acts", "suffers", "often", "second", "body", "dateline",
)  # fmt: skip

Clues: TypeAlias = dict[str, dict[str, float]]
"""Of each state its clues."""

HONORIFICS: Final = frozenset({"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Sir"})
PERSONS: Final = frozenset({"he", "she", "him", "her", "his", "who"})
PROPER: Final = "PROPN"
NOUN: Final = "NOUN"
OWNED: Final = frozenset({"nmod:poss", "compound", "nmod", "appos", "flat"})
SUBJECTS: Final = frozenset({"nsubj"})
OBJECTS: Final = frozenset({"obj", "iobj", "nsubj:pass", "obl", "nmod"})
UNDER: Final = {
    "nsubj": "under_subject", "obj": "under_object", "iobj": "under_object",
    "obl": "under_oblique", "nmod": "under_oblique",
}  # fmt: skip
OFTEN: Final = 10.0
"""So many mentions make a state one that is named often."""

HIGHEST: Final = 6
"""How many words above a trigger its governing verbs are looked for."""


class Run(NamedTuple):
    """A name in a report: its sentence, first and last word, and its words but for honorifics."""

    number: int
    first: int
    last: int
    words: frozenset[str]


class ClueFinder:
    """Gives the clues on the parties of one report; `lines` have trees where they fit."""

    def __init__(
        self, lines: Sequence[Line], counts: Mapping[str, int], sent_from: str | None = None
    ) -> None:
        self.lines = lines
        self.runs: dict[str, list[Run]] = defaultdict(list)
        self.nouns: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.at: dict[tuple[int, int], Run] = {}
        self.beside: list[frozenset[str]] = []
        self.whole: Clues = defaultdict(dict)
        """The clues that are the same for every party of the report."""
        self._same: dict[tuple[int, int], Clues] = {}
        acts: Counter[str] = Counter()
        suffers: Counter[str] = Counter()
        for number, line in enumerate(lines):
            self.beside.append(frozenset(p.state for p in line.places if p.state))
            if line.tree:
                self._index(number, line, line.tree)
                for place in line.places:
                    if place.state:
                        label = line.tree.deprels[_head(line.tree, place.words)]
                        acts[place.state] += label in SUBJECTS
                        suffers[place.state] += label in OBJECTS
        ranked = sorted(counts, key=lambda state: (-counts[state], state))
        for state in ranked:
            row = self.whole[state]
            row["often"] = min(1.0, counts[state] / OFTEN)
            row["acts"] = acts[state] / (sum(acts.values()) or 1)
            row["suffers"] = suffers[state] / (sum(suffers.values()) or 1)
            row["body"] = float(len(state) > 3)
        for state in ranked[1:2]:
            self.whole[state]["second"] = 1.0
        self._dateline(sent_from)

    def _dateline(self, sent_from: str | None) -> None:
        if sent_from:
            self.whole[sent_from]["dateline"] = 1.0
            return
        body = next((line for line in self.lines if not line.is_title and line.words), None)
        if body and body.words[0].isupper() and len(body.words[0]) > 1:
            first = next((place.state for place in body.places if place.words[0] < 2), None)
            if first:
                self.whole[first]["dateline"] = 1.0

    def _index(self, number: int, line: Line, tree: Tree) -> None:
        word, count = 0, len(line.words)
        while word < count:
            if tree.upos[word] == PROPER:
                last = word
                while last + 1 < count and tree.upos[last + 1] == PROPER:
                    last += 1
                words = frozenset(line.words[word : last + 1]) - HONORIFICS
                run = Run(number, word, last, words)
                for each in words:
                    self.runs[each].append(run)
                for place in range(word, last + 1):
                    self.at[number, place] = run
                word = last
            elif tree.upos[word] == NOUN:
                self.nouns[_stem(line.lower[word])].append((number, word))
            word += 1

    def of(self, number: int, word: int | None, trigger: int) -> Clues:
        """Return the clues on the party at a word, or on one that its sentence leaves unsaid."""
        found: Clues = defaultdict(dict)
        for state, row in self.whole.items():
            found[state].update(row)
        self._about_deed(self.lines[number], trigger, found)
        if word is not None:
            for state, row in self._elsewhere(number, word).items():
                found[state].update(row)
        return found

    def _elsewhere(self, number: int, word: int) -> Clues:
        key = (number, word)
        if key not in self._same:
            found: Clues = defaultdict(dict)
            spots = self._spots(number, word)
            if spots:
                self._along("again", spots, found)
            owner = self._owner(number, word)
            if owner is not None:
                self._along("owner", self._same_name(owner), found)
            self._same[key] = found
        return self._same[key]

    def _spots(self, number: int, word: int) -> list[tuple[int, int, int]]:
        """Return the other places where a party stands: sentence, first and last word."""
        line = self.lines[number]
        run = self.at.get((number, word))
        if run is None and line.lower[word] in PERSONS:
            run = self._antecedent(number, word)
            return self._same_name(run) if run else []
        if run is not None:
            return [spot for spot in self._same_name(run) if spot != (number, run.first, run.last)]
        if line.over(word):
            return []  # a role that the lexicon knows may be another's each time: police, troops
        same = self.nouns.get(_stem(line.lower[word]), ())
        return [(n, w, w) for n, w in same if (n, w) != (number, word)]

    def _same_name(self, run: Run) -> list[tuple[int, int, int]]:
        found = {
            (other.number, other.first, other.last)
            for each in run.words
            for other in self.runs[each]
            if other.words <= run.words or run.words <= other.words
        }
        return sorted(found)

    def _antecedent(self, number: int, word: int) -> Run | None:
        """Return the name that a person's pronoun means: the last before it, subjects first."""
        for back in (number, number - 1):
            line = self.lines[back] if back >= 0 else None
            if line is None or line.tree is None:
                continue
            end = word if back == number else len(line.words)
            subject = last = None
            for place in range(end):
                run = self.at.get((back, place))
                if run is not None and run.last == place and self._may_be_person(run):
                    last = run
                    label = line.tree.deprels[_head(line.tree, range(run.first, run.last + 1))]
                    subject = subject or (run if label in SUBJECTS else None)
            if subject or last:
                return subject or last
        return None

    def _may_be_person(self, run: Run) -> bool:
        """Say whether a name is not that of a state or body."""
        over = [p.mention for p in self.lines[run.number].places if run.last in p.words]
        return all(mention.name or not mention.actor for mention in over)

    def _owner(self, number: int, word: int) -> Run | None:
        """Return the name that a party's noun is tied to: "Pérez's father", "the Pérez family"."""
        tree = self.lines[number].tree
        if tree is None or (number, word) in self.at:
            return None
        for child in tree.children[word]:
            if tree.deprels[child] in OWNED:
                run = self.at.get((number, child))
                if run is not None:
                    return run
                if self.lines[number].lower[child] in PERSONS:
                    return self._antecedent(number, child)
        return None

    def _along(self, kind: str, spots: Sequence[tuple[int, int, int]], found: Clues) -> None:
        """Note for each state how it hangs together with the places of one name or noun."""
        beside: Counter[str] = Counter()
        for turn, (number, first, last) in enumerate(spots):
            line = self.lines[number]
            beside.update(self.beside[number])
            words = range(first, last + 1)
            for place in line.places:
                if place.state is None:
                    continue
                if any(word in place.words for word in words):
                    found[place.state][f"{kind}_named"] = 1.0
                elif line.tree and _tied(line.tree, words, place):
                    found[place.state][f"{kind}_tied"] = 1.0
                if turn == 0 and kind == "again":
                    found[place.state]["again_first"] = 1.0
        for state, count in beside.items():
            found[state][f"{kind}_share"] = count / len(spots)

    def _about_deed(self, line: Line, trigger: int, found: Clues) -> None:
        """Note how the states that a sentence names stand to the word that tells the deed."""
        tree = line.tree
        if tree is None:
            return
        ruling = set(_ruling_subjects(tree, trigger))
        for place in line.places:
            if place.state is None or trigger in place.words:
                continue
            head = _head(tree, place.words)
            path = [head]
            while path[-1] != trigger and tree.heads[path[-1]] >= 0 and len(path) <= HIGHEST:
                path.append(tree.heads[path[-1]])
            if path[-1] == trigger:
                label = tree.deprels[path[-2]].split(":")[0]
                found[place.state][UNDER.get(label, "under_other")] = 1.0
            elif ruling & set(path):
                found[place.state]["ruling"] = 1.0


def _ruling_subjects(tree: Tree, trigger: int) -> Iterator[int]:
    """Yield the subjects of the verbs above a word: of "said" in "Mali said talks had begun"."""
    word = tree.heads[trigger]
    for _ in range(HIGHEST):
        if word < 0:
            return
        yield from (c for c in tree.children[word] if tree.deprels[c] in SUBJECTS)
        word = tree.heads[word]


def _head(tree: Tree, words: Sequence[int]) -> int:
    return next((word for word in words if tree.heads[word] not in words), words[0])


def _tied(tree: Tree, words: Sequence[int], place: Place) -> bool:
    """Say whether a state's name hangs below a name or noun, or the other way round."""
    head = _head(tree, words)
    above = tree.heads[_head(tree, place.words)]
    if above in words:
        return True
    higher = tree.heads[above] if above >= 0 and above not in words else -1
    if higher in words and tree.upos[above] != "VERB":
        return True
    return tree.heads[head] in place.words and tree.deprels[head] in OWNED


def _stem(noun: str) -> str:
    return noun[:-1] if noun.endswith("s") and len(noun) > 3 else noun
