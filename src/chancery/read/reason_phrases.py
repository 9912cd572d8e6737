"""The phrase that a reason's cue starts, and the deed that it hangs on, by a sentence's tree.

From the cue's first word the tree is climbed while the phrase still starts there ("because of the
*arrests*"); what governs it is the deed, or leads to it: of "said that it left because" it is
"left", of "a raid in response to" the raid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from chancery.model import Span
from chancery.read.parse import ROOT, Tree
from chancery.read.reason_cues import CueMatch, reason_words
from chancery.read.sentences import Sentence

ADVERBIAL: Final = frozenset({"ADV", "PUNCT", "PART", "CCONJ"})
"""Word classes that may stand before a cue within its own phrase: "simply because"."""

WITHIN: Final = frozenset(
    {"case", "mark", "fixed", "det", "amod", "advmod", "cc", "compound", "nummod", "punct", "aux"}
)
"""Relations within a cue's own phrase; any other ties the phrase to what governs it."""

MARKS: Final = frozenset({",", ";", ":", "—", "–", "--", "-", ".", '"', "“", "”", "''", "``", ")"})
OPENING_MARKS: Final = frozenset({'"', "“", "``"})
SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj"})


class Phrase(NamedTuple):
    """A cue's phrase in a tree: its highest word, what governs it, and the words of the reason."""

    top: int
    governor: int
    first: int
    last: int
    predicate: bool = False
    """The cue is said of its deed: "the strike was in retaliation for"."""


class Line(NamedTuple):
    """A sentence with its words, lower-case words and tree."""

    sentence: Sentence
    lower: tuple[str, ...]
    tree: Tree

    def span(self, first: int, last: int) -> Span:
        """Return where the words from one to another stand."""
        words = self.sentence.words
        return Span(words[first].start, words[last].end)

    def child(self, word: int, labels: frozenset[str]) -> int | None:
        """Return the first word that hangs on another by one of some relations."""
        tree = self.tree
        return next((c for c in tree.children[word] if tree.deprels[c] in labels), None)


def phrase_of(line: Line, match: CueMatch) -> Phrase | None:
    """Climb from a cue to the highest word of its phrase; none where no words follow it."""
    tree = line.tree
    top = climb(line, match.first)
    governor = tree.heads[top]
    predicate = False
    for holder in (top, governor):
        if match.first <= holder <= match.last and match.cue.phrase != ("to",):
            subject = line.child(holder, SUBJECTS)
            if subject is not None and subject < match.first:
                top, governor, predicate = holder, subject, True
                break
    if governor == ROOT:
        return None
    first = match.last + 1
    below = [word for word in below_of(tree, top) if word >= first]
    if not below and len(match.cue.phrase) > 1:
        below = [word for word in below_of(tree, climb(line, match.last)) if word >= first]
    last = _reaching_on(line, governor, end_of(line, first, below))
    while first <= last and line.lower[first] in MARKS - OPENING_MARKS:
        first += 1
    if match.cue.takes == "infinitive" and match.cue.phrase == ("to",):
        first = match.first
    while last > first and line.lower[last] in MARKS:
        last -= 1
    return (
        Phrase(top, governor, first, last, predicate) if last >= first > 0 or last > first else None
    )


def climb(line: Line, first: int) -> int:
    """Return the highest word of the phrase that starts at a word."""
    tree, top = line.tree, first
    while tree.deprels[top] in WITHIN and _starts_at(line, tree.heads[top], first):
        top = tree.heads[top]
    return top


def _starts_at(line: Line, word: int, first: int) -> bool:
    """Say whether a word and all below it start at a cue, adverbs before the cue aside."""
    tree = line.tree
    leftmost = tree.below(word)[0]
    return leftmost <= first and all(
        tree.upos[place] in ADVERBIAL for place in range(leftmost, first)
    )


def below_of(tree: Tree, top: int) -> list[int]:
    """Return the words below one, without what is only slipped in: ", officials said"."""
    found, waiting = [], [top]
    while waiting:
        word = waiting.pop()
        found.append(word)
        waiting.extend(c for c in tree.children[word] if tree.deprels[c] != "parataxis")
    return sorted(found)


def end_of(line: Line, first: int, below: Sequence[int]) -> int:
    """Return the last word of the unbroken stretch that starts a passage, marks bridged."""
    last = first - 1
    for word in below:
        between = line.lower[last + 1 : word]
        if line.lower[word] == ":" or any(other not in MARKS for other in between):
            break
        if line.lower[word] in ("including", "according", "per") and line.lower[word - 1] == ",":
            break
        last = word
    return last


def _reaching_on(line: Line, governor: int, last: int) -> int:
    """Take in a phrase right after a passage that the tree hangs on the deed instead.

    In "broke off relations following a cyberattack on its ministries" the ministries belong to the
    attack; a time stays outside.
    """
    tree = line.tree
    for child in tree.children[governor]:
        below = tree.below(child)
        follows = tree.deprels[child] in ("obl", "nmod") and below[0] == last + 1
        if (
            follows
            and tree.upos[below[0]] == "ADP"
            and line.lower[child] not in reason_words().times
            and tree.upos[child] != "NUM"
        ):
            return below[-1]
    return last


def deed_of(line: Line, match: CueMatch, phrase: Phrase) -> int | None:
    """Return the word that names the deed a phrase hangs on: a verb, or a noun that is a deed."""
    tree, words = line.tree, reason_words()
    word = phrase.governor
    slipped = _verb_around(line, match, phrase)
    if slipped is not None:
        return _verb(line, match, slipped)
    if phrase.predicate:
        pointing = tree.upos[word] in ("PRON", "DET")
        named = line.lower[word] in words.deeds or line.lower[word] in words.pointing
        return word if named or pointing else None
    while word != ROOT:
        if match.first <= word <= match.last:
            return None
        if tree.upos[word] in ("VERB", "AUX"):
            return _verb(line, match, word)
        if tree.upos[word] in ("NOUN", "PROPN") and line.lower[word] in words.deeds:
            return word if line.child(word, frozenset({"cop"})) is None else None
        if line.lower[word] in words.harms:
            return None
        copula = line.child(word, frozenset({"cop"}))
        if tree.upos[word] == "ADJ" or copula is not None:
            there = tree.upos[word] == "PROPN" or line.lower[word] in words.places
            placed = there and line.child(word, frozenset({"case"})) is not None
            placed = placed or line.lower[word] in ("there", "here")
            return copula if placed and match.cue.takes == "infinitive" else None
        word = tree.heads[word]
    return None


def _verb_around(line: Line, match: CueMatch, phrase: Phrase) -> int | None:
    """Return the verb of the clause that a phrase between two commas is slipped into.

    In "fear that Omar, in a bid to stay, would go" the tree may hang the bid on the fear.
    """
    tree = line.tree
    first, end = match.first, phrase.last + 1
    if not first or end >= len(line.lower) or {line.lower[first - 1], line.lower[end]} != {","}:
        return None
    if phrase.governor > first or len(match.cue.phrase) < 2:
        return None
    if line.lower[phrase.governor] in reason_words().deeds:
        return None
    for verb in range(end, len(line.lower)):
        if tree.upos[verb] == "VERB":
            subject = line.child(verb, SUBJECTS)
            return verb if subject == first - 2 else None
    return None


def _verb(line: Line, match: CueMatch, word: int) -> int | None:
    """Return the verb of the deed: of "said that it left because" it is "left"."""
    tree, words = line.tree, reason_words()
    if line.lower[word] in words.speech and not match.cue.doers_word:
        told = line.child(word, frozenset({"ccomp", "parataxis"}))
        if told is not None and (tree.below(told)[0] < match.first or match.first < word):
            return told if tree.upos[told] == "VERB" else None
    weighed = line.lower[word] in words.infinitive | words.of_object
    if weighed and not words.is_of(("answering",), line.lower[word]):
        deeper = inner_deed(line, word, match.first)
        word = word if deeper is None else deeper
    subject = line.child(word, SUBJECTS)
    occurs = subject is not None and line.lower[word] in words.occurring
    if occurs and line.lower[subject or 0] in words.deeds:
        return subject
    return None if line.lower[word] in words.befalling else word


def inner_deed(line: Line, word: int, before: int) -> int | None:
    """Return the deed that a verb has as its object: "meet" of "agreed to meet to discuss"."""
    tree = line.tree
    for child in tree.children[word]:
        if tree.deprels[child] == "xcomp" and word < child < before and tree.upos[child] == "VERB":
            return child
    return None
