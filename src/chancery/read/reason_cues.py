"""The words that bring in a reason, and the classes of deeds that they need.

All lie in `data/reasons.toml`: phrases such as "in response to", verbs that take an infinitive as
their object, nouns that are deeds. Verbs are listed in dictionary form and looked up by any form.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from chancery.lexicon.verbs import noun_forms, verb_forms
from chancery.model import ReasonKind

Takes: TypeAlias = Literal["any", "clause", "gerund", "infinitive", "statement"]


class ReasonCue(NamedTuple):
    """A phrase that brings in a reason; a row of the table has one for each of its phrases."""

    phrase: tuple[str, ...]
    kind: ReasonKind
    takes: Takes
    deeds: tuple[str, ...]
    doers_word: bool
    beside: bool


class CueMatch(NamedTuple):
    """A cue in a sentence: its first and last word."""

    cue: ReasonCue
    first: int
    last: int


class ReasonWords(NamedTuple):
    """The tables of `data/reasons.toml`, each with all the forms of its words.

    `verbs` and `nouns` give the forms of each class of deeds.
    """

    cues: Mapping[str, tuple[ReasonCue, ...]]
    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    ends: frozenset[str]
    deeds: frozenset[str]
    completed: frozenset[str]
    pointing: frozenset[str]
    merits: frozenset[str]
    mastery: frozenset[str]
    places: frozenset[str]
    rivals: frozenset[str]
    harms: frozenset[str]
    anybody: frozenset[str]
    surroundings: frozenset[str]
    charges: frozenset[str]
    grounds: frozenset[str]
    times: frozenset[str]
    provocations: frozenset[str]
    befalling: frozenset[str]
    infinitive: frozenset[str]
    about: frozenset[str]
    answering: frozenset[str]
    above: frozenset[str]
    passing: frozenset[str]
    occurring: frozenset[str]
    soon: frozenset[str]
    of_object: frozenset[str]
    speech: frozenset[str]
    stative: frozenset[str]

    def is_of(self, classes: Iterable[str], verb: str, *, noun: bool = False) -> bool:
        """Say whether a word is a deed of one of some classes."""
        forms = self.nouns if noun else self.verbs
        return any(verb in forms[name] for name in classes)


@cache
def reason_words() -> ReasonWords:
    """Load the tables, once per process."""
    table = reason_table()
    classes = table["deeds"]
    nouns, verbs = table["nouns"], table["verbs"]
    return ReasonWords(
        cues=_cues_by_first_word(table["cues"]),
        verbs={name: _verbs(row["verbs"]) for name, row in classes.items()},
        nouns={name: _nouns(row["nouns"]) for name, row in classes.items()},
        ends=_nouns(classes["moving"]["ends"]),
        **{name: _nouns(nouns[name]) for name in nouns},
        **{name: _verbs(verbs[name]) for name in verbs},
    )


def reason_table() -> dict[str, Any]:
    """Return the tables as they are written, examples and all."""
    source = resources.files("chancery.read") / "data" / "reasons.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _cues_by_first_word(
    rows: Sequence[Mapping[str, Any]],
) -> dict[str, tuple[ReasonCue, ...]]:
    found: dict[str, list[ReasonCue]] = {}
    for row in rows:
        for phrase in row["phrases"]:
            words = tuple(phrase.split())
            cue = ReasonCue(
                phrase=words,
                kind=row["kind"],
                takes=row.get("takes", "any"),
                deeds=tuple(row.get("deeds", ())),
                doers_word=row.get("doers_word", False),
                beside=row.get("beside", False),
            )
            found.setdefault(words[0], []).append(cue)
    return {
        first: tuple(sorted(cues, key=lambda cue: -len(cue.phrase)))
        for first, cues in found.items()
    }


def _verbs(words: str) -> frozenset[str]:
    return frozenset(form for word in words.split() for form in verb_forms(word))


def _nouns(words: str) -> frozenset[str]:
    return frozenset(form for word in words.split() for form in noun_forms(word))


def match_cues(words: tuple[str, ...]) -> Iterator[CueMatch]:
    """Yield the cues in a sentence's lower-case words, the longest at each place, none within."""
    start = 0
    for place, word in enumerate(words):
        for cue in reason_words().cues.get(word, ()) if place >= start else ():
            end = place + len(cue.phrase)
            if words[place:end] != cue.phrase or not _goes_on(cue, words[end : end + ADVERBS]):
                continue
            yield CueMatch(cue, place, end - 1)
            leads = cue.takes == "infinitive" and words[end : end + 1] == ("to",)
            start = end + leads
            break


ADVERBS: Final = 2
"""Within how many words "to" follows a cue that takes it: "in order fully to"."""


def _goes_on(cue: ReasonCue, following: tuple[str, ...]) -> bool:
    """Say whether "to" follows a cue that takes it."""
    return cue.takes != "infinitive" or cue.phrase == ("to",) or "to" in following
