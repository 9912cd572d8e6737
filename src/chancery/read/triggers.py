"""Finds the words that tell a deed: cues of the frames, the longest at each place.

A word that may be a verb or a noun is told by its neighbours: after "to" or "will" it is a verb,
after "the" or "its" a noun.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.lexicon.frames import GAPS, Cue
from chancery.model import Mention, Span
from chancery.read.sentences import Sentence

WIDEST_GAP: Final = 5
GAP_STOPS: Final = frozenset({",", ";", ":", "—", "–", "(", ")", "“", "”", '"', ".", "that", "who"})
PASSIVE_REACH: Final = 12
POSSESSIVES: Final = frozenset({"his", "her", "its", "their", "our", "my"})
PLAIN_FORMS: Final = frozenset("BS")


class ClauseWords(NamedTuple):
    """The closed classes of `data/clauses.toml`."""

    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    openers: frozenset[str]
    relatives: frozenset[str]
    marks: frozenset[str]
    saying: frozenset[str]
    subject_pronouns: frozenset[str]
    light_verbs: frozenset[str]
    came_about: frozenset[str]
    planned: frozenset[str]
    wishes: frozenset[str]
    partitives: frozenset[str]
    blaming: frozenset[str]
    anonymity_inner: frozenset[str]
    anonymity: frozenset[str]
    nobody: frozenset[str]
    weighing: frozenset[str]
    things_do: frozenset[str]
    setting: frozenset[str]

    @property
    def auxiliaries(self) -> frozenset[str]:
        """Words that a verb group may hold before its main verb."""
        return self.be | self.have | self.do | self.modals | self.negations

    def is_adverb(self, word: str) -> bool:
        """Say whether a word may stand within a verb group without being part of it."""
        return word in self.adverbs or (word.endswith("ly") and len(word) > 4)


@cache
def clause_words() -> ClauseWords:
    """Load the word classes, once per process."""
    source = resources.files("chancery.read") / "data" / "clauses.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return ClauseWords(**{name: frozenset(value.split()) for name, value in table.items()})


def is_function_word(word: str) -> bool:
    """Say whether a word in small letters belongs to the closed classes, or is an adverb."""
    lists = clause_words()
    return lists.is_adverb(word) or any(
        word in words
        for words in (lists.prepositions, lists.openers, lists.determiners, lists.auxiliaries)
    )


class Party(NamedTuple):
    """Words of a sentence that name somebody: first and last word, and who they may be."""

    first: int
    last: int
    mentions: tuple[Mention, ...]

    @property
    def known(self) -> bool:
        """Say whether an actor is linked."""
        return any(mention.actor for mention in self.mentions)


class View(NamedTuple):
    """One sentence as the stages after it look at it: words in small letters, and parties."""

    text: str
    sentence: Sentence
    words: tuple[str, ...]
    parties: tuple[Party, ...]
    owner: tuple[int, ...]
    adjectives: frozenset[int]
    owners: dict[int, tuple[Mention, ...]]
    """Whom the possessive pronouns at their places mean: "its", "their"."""

    def party_at(self, place: int) -> Party | None:
        """Return the party that a word belongs to."""
        number = self.owner[place] if 0 <= place < len(self.owner) else -1
        return self.parties[number] if number >= 0 else None

    def word(self, place: int) -> str:
        """Return the word at a place, or nothing outside the sentence."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def span(self, first: int, last: int) -> Span:
        """Return the characters from one word to another, both included."""
        spans = self.sentence.words
        return Span(spans[max(first, 0)].start, spans[min(last, len(spans) - 1)].end)


def view_sentence(
    text: str, sentence: Sentence, mentions: Sequence[Mention], adjectives: frozenset[str]
) -> View:
    """Lay the mentions of a sentence over its words."""
    words = tuple(span.of(text).lower().replace("’", "'") for span in sentence.words)
    owner = [-1] * len(words)
    parties: list[Party] = []
    adjectival: set[int] = set()
    owners: dict[int, tuple[Mention, ...]] = {}
    for span, group in _by_span(mentions):
        inside = [place for place, word in enumerate(sentence.words) if span.overlaps(word)]
        if not inside or any(owner[place] >= 0 for place in inside):
            continue
        if words[inside[0]] in POSSESSIVES:
            owners[inside[0]] = group
            continue
        for place in inside:
            owner[place] = len(parties)
        if span.of(text).lower() in adjectives:
            adjectival.add(len(parties))
        parties.append(Party(inside[0], inside[-1], group))
    return View(text, sentence, words, tuple(parties), tuple(owner), frozenset(adjectival), owners)


def _by_span(mentions: Sequence[Mention]) -> Iterator[tuple[Span, tuple[Mention, ...]]]:
    groups: dict[Span, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.span, []).append(mention)
    for span in sorted(groups):
        yield span, tuple(groups[span])


class Trigger(NamedTuple):
    """A cue found in a sentence: its first and last word, and what its first word may be."""

    cue: Cue
    first: int
    last: int
    tags: str
    fixed: tuple[int, ...]
    turned: int = -1
    """The place of the verb, where a noun is the subject of a passive verb and both are a cue."""


class CueIndex:
    """All cues by the form that their first word takes."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._by_form: dict[str, list[Cue]] = {}
        self._turned: dict[tuple[str, str], Cue] = {}
        for cue in cues:
            for form in cue.parts[0]:
                self._by_form.setdefault(form, []).append(cue)
                for noun in _objects(cue):
                    if "N" in cue.forms.get(form, ""):
                        self._turned.setdefault((form, noun), cue)

    def find(self, view: View) -> list[Trigger]:
        """Return the triggers of a sentence in order; of overlapping ones the longest stays."""
        # Most cues fail for want of their last word, which is told at once.
        here = set(view.words) | GAPS.keys()
        found = [
            trigger
            for place, word in enumerate(view.words)
            for cue in self._by_form.get(word, ())
            if not here.isdisjoint(cue.parts[-1]) and (trigger := _match(view, cue, place))
        ]
        found.sort(key=lambda trigger: (-len(trigger.fixed), trigger.first, trigger.cue.frame))
        kept: list[Trigger] = []
        for trigger in found:
            if not any(t.first <= trigger.last and trigger.first <= t.last for t in kept):
                kept.append(trigger)
        turned = (self._as_passive(view, trigger) for trigger in kept)
        return sorted(turned, key=lambda trigger: trigger.first)

    def _as_passive(self, view: View, trigger: Trigger) -> Trigger:
        """Read "the talks were cancelled" by the cue that has "cancel ~ talks"."""
        if trigger.cue.kind != "noun":
            return trigger
        lists = clause_words()
        noun = view.words[trigger.last]
        for place in range(trigger.last + 1, min(len(view.words), trigger.last + PASSIVE_REACH)):
            word = view.words[place]
            if word in GAP_STOPS or word in lists.relatives:
                break
            cue = self._turned.get((word, noun))
            group = view.words[max(trigger.last + 1, place - 3) : place]
            if cue and any(before in lists.be for before in group):
                return Trigger(cue, trigger.first, trigger.last, "", trigger.fixed, place)
        return trigger


def _objects(cue: Cue) -> Iterator[str]:
    """Yield the nouns that a verb cue has after its verb."""
    if cue.kind == "verb":
        for part in cue.parts[1:]:
            if part[0] not in GAPS and not set(part) & clause_words().prepositions:
                yield from part


def _match(view: View, cue: Cue, place: int) -> Trigger | None:
    fixed = _match_parts(view.words, cue.parts, place)
    if fixed is None:
        return None
    tags = cue.forms.get(view.words[place], "")
    if cue.kind == "verb" and not _may_be_verb(view, place, tags):
        return None
    if cue.kind == "noun" and not _may_be_noun(view, fixed[0], fixed[-1]):
        return None
    if _asks_for_anonymity(view, fixed[-1] + 1):
        return None
    return Trigger(cue, fixed[0], fixed[-1], tags, fixed)


def _asks_for_anonymity(view: View, place: int) -> bool:
    """Say whether a trigger goes on "not to be named": a formula of sources, and no deed."""
    lists = clause_words()
    start = place
    while view.word(place) in lists.anonymity_inner:
        place += 1
    return place > start and view.word(place) in lists.anonymity


def _match_parts(
    words: Sequence[str], parts: Sequence[tuple[str, ...]], place: int
) -> tuple[int, ...] | None:
    """Match parts from a place on, each gap as short as it can be; return the places matched."""
    if not parts:
        return ()
    if parts[0][0] in GAPS:
        for width in range(GAPS[parts[0][0]], WIDEST_GAP + 1):
            if any(word in GAP_STOPS for word in words[place : place + width]):
                return None
            rest = _match_parts(words, parts[1:], place + width)
            if rest is not None:
                return rest
        return None
    if place >= len(words) or words[place] not in parts[0]:
        return None
    rest = _match_parts(words, parts[1:], place + 1)
    return None if rest is None else (place, *rest)


def _may_be_verb(view: View, place: int, tags: str) -> bool:
    lists = clause_words()
    before = view.word(place - 1)
    owner = view.party_at(place)
    if owner and owner.last > owner.first:
        return False
    if before in lists.determiners or before in ("'s", "'") or view.word(place + 1) == "-":
        return False
    if set(tags) <= PLAIN_FORMS:
        return _plain_form_is_verb(view, place, tags)
    if "G" in tags:
        weighed = view.word(place - 2) in lists.weighing and before in ("of", "for", "to")
        return not weighed and not _is_gerund_noun(view, place, before)
    if "N" in tags and before.isdigit():
        return False
    return before not in lists.prepositions or before in ("to",)


def _is_gerund_noun(view: View, place: int, before: str) -> bool:
    """Say whether a form in "-ing" is a noun without an object: "extra funding for"."""
    lists = clause_words()
    following = view.word(place + 1)
    closed = following in lists.prepositions or not following[:1].isalnum() or following == "and"
    leads = (
        before in lists.be or before in lists.came_about or before in (",", "and", "")
        or lists.is_adverb(before)
    )  # fmt: skip
    return closed and not leads and view.party_at(place - 1) is None


def _plain_form_is_verb(view: View, place: int, tags: str) -> bool:
    """Tell "lawmakers protest" and "will protest" from "the mass protest"."""
    lists = clause_words()
    before = view.word(place - 1)
    if before in lists.auxiliaries or before == "to" or before in lists.relatives:
        return before not in lists.be and before not in lists.have
    if (
        before in lists.subject_pronouns
        or before in ("that", "and", "or")
        or lists.is_adverb(before)
    ):
        return before != "and" or "B" not in tags or _verb_before_and(view, place - 1)
    party = view.party_at(place - 1)
    return party is not None and view.owner[place - 1] not in view.adjectives


def _verb_before_and(view: View, place: int) -> bool:
    """Say whether a base form stands before "and": "to meet and discuss"."""
    lists = clause_words()
    return any(
        word in lists.modals or word == "to" for word in view.words[max(0, place - 8) : place]
    )


def _may_be_noun(view: View, first: int, last: int) -> bool:
    lists = clause_words()
    before = view.word(first - 1)
    if before == "to" and view.word(first - 2) in lists.planned:
        return False
    following = view.party_at(last + 1)
    if following and following.mentions[0].score < 0.95 and view.words[last].endswith("s") is False:
        return False
    return before not in lists.modals and before not in lists.do
