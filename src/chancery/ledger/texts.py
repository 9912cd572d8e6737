"""Texts side by side: how much of one stands in another, and where the two differ in substance.

Two texts are compared by their runs of three words, and sentence by sentence. A sentence has a
counterpart where half of its pairs of words stand in one of the other text. Where the two then
give other numbers or other names, the same form was filled in for something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

import msgspec

from chancery.ledger.policy import CopyPolicy
from chancery.sketch import Word, words_of

RUN: Final = 3
"""Words to a run; shorter than those of sketches, so that small changes of words matter less."""

LEAST_PAIRS: Final = 3
"""Pairs of words that a sentence shares with its counterpart at least."""

STEPS: Final = 5
"""Steps of likeness: of counterparts on one step, the one with the same facts is taken."""

SHORT_WORD: Final = 2
"""Letters: a point after a word of so few does not end the sentence ("Mr.", "U.S.")."""

_STOP: Final = re.compile(r"[.!?;:…]+[\"”’»)\]]*\s")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence's folded words, its pairs of neighbours, and what it gives for facts.

    `capitals` are the words that begin with a capital, `numbers` those that are numbers.
    """

    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    capitals: frozenset[str]
    numbers: frozenset[str]


class Text(msgspec.Struct, frozen=True, dict=True):
    """A report's text, ready to be compared."""

    report: str
    sentences: tuple[Sentence, ...]
    names: frozenset[str]
    common: frozenset[str]
    digits: frozenset[str]
    source: str | None = None
    day: date | None = None

    @property
    def size(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Its runs of three words within sentences; a shorter sentence is one run."""
        return runs_of(self.sentences)

    @cached_property
    def places(self) -> dict[tuple[str, str], list[int]]:
        """The numbers of the sentences that each pair of words stands in."""
        found: dict[tuple[str, str], list[int]] = {}
        for number, sentence in enumerate(self.sentences):
            for pair in sentence.pairs:
                found.setdefault(pair, []).append(number)
        return found


def runs_of(sentences: Iterable[Sentence]) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words within some sentences; a shorter sentence is one run."""
    return frozenset(
        sentence.words[at : at + RUN]
        for sentence in sentences
        for at in range(max(len(sentence.words) - RUN, 0) + 1)
    )


class Overlap(msgspec.Struct, frozen=True):
    """What two texts share.

    `share` is the part of the shorter text's runs that stands in the other, `back` the same the
    other way round, `core` the same of what lies between its first and its last sentence that have
    a counterpart, `covered` the part of its words that stands in sentences with a counterpart,
    `closeness` how much alike these are to their counterparts; all 0…1. `agreeing` counts the
    names and numbers that counterparts share, `other_numbers` and `other_names` the sentences that
    give others than their counterparts. `size` is the shorter text's in words.
    """

    share: float
    back: float
    core: float
    covered: float
    closeness: float
    agreeing: int
    other_numbers: int
    other_names: int
    size: int


class Match(msgspec.Struct, frozen=True, order=True):
    """A sentence beside one of the other text; the least of several is the best counterpart.

    `alike` is the part of the shorter one's pairs of words that both have.
    """

    rank: float
    other_facts: int
    unlike: float
    other_numbers: bool
    other_names: bool
    alike: float
    agreeing: int


def prepare(
    report: str, title: str, text: str, source: str | None = None, day: date | None = None
) -> Text:
    """Return a report's text ready to be compared; `text` begins with its title."""
    words = words_of(text)
    parts = list(_sentences(text, words))
    body = [part for part in parts if part[0].start >= len(title)]
    names = {word.folded for part in body for word in part[1:] if _is_capital(text, word)}
    return Text(
        report=report,
        sentences=tuple(_sentence(text, part) for part in parts),
        names=frozenset(names),
        common=frozenset(word.folded for word in words if text[word.start].islower()),
        digits=frozenset(word.folded for word in words if text[word.start].isdigit()),
        source=source,
        day=day,
    )


def _sentences(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    part: list[Word] = []
    for number, word in enumerate(words):
        part.append(word)
        after = words[number + 1].start if number + 1 < len(words) else len(text)
        gap = text[word.end : after]
        if "\n" in gap or (_STOP.search(gap) and len(word.folded) > SHORT_WORD):
            yield part
            part = []
    if part:
        yield part


def _sentence(text: str, part: Sequence[Word]) -> Sentence:
    words = tuple(word.folded for word in part)
    return Sentence(
        words=words,
        pairs=frozenset(pairwise(words)),
        capitals=frozenset(word.folded for word in part if _is_capital(text, word)),
        numbers=frozenset(word for word in words if word[0].isdigit()),
    )


def _is_capital(text: str, word: Word) -> bool:
    return text[word.start].isupper() and not word.folded[0].isdigit()


def compare(one: Text, other: Text, ignored: Iterable[str], policy: CopyPolicy) -> Overlap:
    """Compare two texts; `ignored` are words of names that say nothing, such as outlets'."""
    shorter, longer = sorted((one, other), key=lambda text: (text.size, text.report))
    names = (shorter.names | longer.names) - shorter.common - longer.common - frozenset(ignored)
    digits = shorter.digits | longer.digits
    matches: list[tuple[int, Match]] = []
    places: list[int] = []
    for place, sentence in enumerate(shorter.sentences):
        found = _counterparts(sentence, longer, policy)
        if found:
            best = min(_match(sentence, one, names, digits, policy) for one in found)
            matches.append((len(sentence.words), best))
            places.append(place)
    core = shorter.sentences[places[0] : places[-1] + 1] if places else ()
    core_runs = runs_of(core)
    covered = sum(size for size, _ in matches)
    shared = len(shorter.runs & longer.runs)
    return Overlap(
        share=shared / max(1, len(shorter.runs)),
        back=shared / max(1, len(longer.runs)),
        core=len(core_runs & longer.runs) / max(1, len(core_runs)),
        covered=covered / max(1, shorter.size),
        closeness=sum(size * match.alike for size, match in matches) / max(1, covered),
        agreeing=sum(match.agreeing for _, match in matches),
        other_numbers=sum(match.other_numbers for _, match in matches),
        other_names=sum(match.other_names for _, match in matches),
        size=shorter.size,
    )


def _counterparts(sentence: Sentence, text: Text, policy: CopyPolicy) -> list[Sentence]:
    """Return the other text's sentences of which a good part are a sentence's own words."""
    if len(sentence.words) < policy.least_words:
        return []
    counts = Counter(number for pair in sentence.pairs for number in text.places.get(pair, ()))
    found = []
    for number, count in sorted(counts.items()):
        other = text.sentences[number]
        size = min(len(sentence.pairs), len(other.pairs))
        if count >= max(policy.least_pairs * size, min(LEAST_PAIRS, size)):
            found.append(other)
    return found


def _match(
    one: Sentence,
    other: Sentence,
    names: frozenset[str],
    digits: frozenset[str],
    policy: CopyPolicy,
) -> Match:
    """Lay a sentence beside one of the other text.

    Only where the two are alike as wholes can other facts be told from more facts.
    """
    shared = len(one.pairs & other.pairs)
    whole = 2 * shared / (len(one.pairs) + len(other.pairs))
    mine, theirs = one.capitals & names, other.capitals & names
    numbers = one.numbers - other.numbers, other.numbers - one.numbers
    same_form = whole >= policy.least_form
    # "Both" for "the two" is no other number: one of the two must be written in figures.
    other_numbers = same_form and all(numbers) and not digits.isdisjoint(numbers[0] | numbers[1])
    other_names = same_form and bool(mine - theirs and theirs - mine)
    return Match(
        rank=-round(whole * STEPS),
        other_facts=other_numbers + other_names,
        unlike=1 - whole,
        other_numbers=other_numbers,
        other_names=other_names,
        alike=shared / min(len(one.pairs), len(other.pairs)),
        agreeing=len(one.numbers & other.numbers) + len(mine & theirs),
    )
