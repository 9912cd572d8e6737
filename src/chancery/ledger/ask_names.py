"""Questions about names: is this spelling that person, and which of several is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from chancery.ledger.material import Material, Name
from chancery.ledger.questions import GAP, Passage, Question, answer, numbered, seen
from chancery.lexicon.same_name import person_words, same_person
from chancery.lexicon.sounds import sounds_of
from chancery.model import Actor, Claim, Span

SHOWN_PLACES = 3
"""Places of a name that are quoted with a question."""

MOST_PERSONS = 6
LEAST_TAKEN = 2
"""A code that so few mentions of a name were given is an accident, not a proposal."""

_NAME_LIKE = re.compile(r"[A-ZÀ-ÖØ-Þ]")


class Person(msgspec.Struct, frozen=True):
    """Whom a name may mean: a person, and the code that readings gave or the lexicon has."""

    name: str
    actor: str
    why: str


def ask_same_person(material: Material) -> Iterator[Question]:
    """Ask whom a person's name means that readings did not find, or found by another spelling."""
    decided = {one.about for one in material.standing if one.about.startswith("name:")}
    spots = Spots(material)
    people = People(material, spots)
    for name in material.names:
        if name.candidates or f"name:{name.words}" in decided or _is_common(name, material):
            continue
        claims = spots.claims_at(name.places)
        if name.actor:
            found = people.taken_for(name)
        else:
            found = people.namesakes(name) if claims and people.is_person(name) else []
        if found:
            yield _same_person(name, found, claims, material)


class People:
    """The persons whom a ledger's names may mean."""

    def __init__(self, material: Material, spots: Spots) -> None:
        self._spots = spots
        self._known: dict[str, Actor] = {}
        self._near: dict[str, list[str]] = {}
        self._given: set[str] = set()
        self._named: Counter[str] = Counter()
        self._codes: dict[tuple[str, ...], Counter[str]] = {}
        self._spelt: dict[tuple[str, str], set[str]] = {}
        self._spellings: dict[str, Counter[str]] = {}
        for actor in material.lexicon.actors.values() if material.lexicon else ():
            if actor.kind == "person":
                self._known |= dict.fromkeys(actor.names, actor)
        for one in material.names:
            if one.actor and one.name:
                self._take(one, one.name)
        for spelling, actor in self._known.items():
            words = person_words(spelling)
            self._given |= set(words[:-1][:1])
            if self._named[actor.names[0]] and words:
                self._near.setdefault(_sound(words[-1]), []).append(spelling)

    def _take(self, one: Name, name: str) -> None:
        words = person_words(name)
        self._named[name] += len(one.places)
        self._codes.setdefault(tuple(words[-2:]), Counter())[one.actor or ""] += len(one.places)
        last = person_words(one.words)[-1:]
        self._spellings.setdefault(name, Counter()).update(last * len(one.places))
        for place in one.places:
            self._spelt.setdefault((place.report, name), set()).update(last)

    def is_person(self, name: Name) -> bool:
        """Say whether words that nobody was found for read as a person's name.

        A surname that a person of this ledger bears, a name that begins with a given name, or one
        that speaks.
        """
        words = person_words(name.words)
        if len(words) == 1:
            surname = name.words.istitle() and words[0] not in self._given
            return surname and bool(self._bearers(name.words))
        titled = [word for word in name.words.split() if _NAME_LIKE.match(word)]
        if len(titled) < 2 or name.words.isupper() or not name.words[-1].isalpha():
            return False
        return words[-2] in self._given or self._spots.speaks(name.places)

    def _bearers(self, words: str) -> list[Actor]:
        """Return the persons of this ledger whose name these words may be."""
        last = person_words(words)[-1]
        found = {
            actor.names[0]: actor
            for one in self._near.get(_sound(last), ())
            if same_person(words, one) and (actor := self._known[one])
        }
        return [found[name] for name in sorted(found)]

    def taken_for(self, name: Name) -> list[Person]:
        """Return whom readings took a spelling for, where its report has a more usual one too."""
        actor = self._known.get(name.name or "")
        mine = person_words(name.words)
        if actor is None or not mine or name.actor is None or name.name is None:
            return []
        spelt = set().union(*(self._spelt[place.report, name.name] for place in name.places))
        spellings = self._spellings[name.name]
        usual = min(spelt, key=lambda word: (-spellings[word], word))
        if spellings[mine[-1]] >= spellings[usual] or not same_person(mine[-1], usual):
            return []
        return [Person(actor.names[0], name.actor, f"its report also has “{usual.title()}”")]

    def namesakes(self, name: Name) -> list[Person]:
        """Return whom a name may mean: persons of the lexicon first, then codes that others got."""
        key = tuple(person_words(name.words)[-2:])
        persons = [
            Person(full, self._usual_code(full), f"{full} is named {self._named[full]} times")
            for full in (actor.names[0] for actor in self._bearers(name.words))
        ]
        if persons:
            return sorted(persons, key=lambda one: (-self._named[one.name], one.name))
        codes = self._codes.get(key, Counter()) if len(key) > 1 else Counter()
        shown = " ".join(key).title()
        return [
            Person(shown, code, f"others of that name were taken for {code}: {count}")
            for code, count in sorted(codes.items(), key=lambda one: (-one[1], one[0]))
            if count >= LEAST_TAKEN
        ]

    def _usual_code(self, full: str) -> str:
        codes = self._codes[tuple(person_words(full)[-2:])]
        return min(codes, key=lambda code: (-codes[code], code))


class Spots:
    """Finds the claims on whose sides, or in whose voice, words stand."""

    def __init__(self, material: Material) -> None:
        self._by_report: dict[str, list[tuple[Span, str]]] = {}
        self._voices: dict[str, list[Span]] = {}
        for claim in material.claims.values():
            spots = self._by_report.setdefault(claim.report, [])
            spots += [(span, claim.id) for span in _named_spans(claim)]
            if claim.voice.kind == "named" and claim.voice.name:
                self._voices.setdefault(claim.report, []).append(claim.voice.name)

    def claims_at(self, places: Sequence[Passage]) -> tuple[str, ...]:
        """Return the claims that name somebody by the words at these places."""
        return tuple(sorted({
            id_ for place in places for span, id_ in self._by_report.get(place.report, ())
            if span.overlaps(place.span)
        }))  # fmt: skip

    def speaks(self, places: Sequence[Passage]) -> bool:
        """Say whether the words name a voice at one of these places."""
        return any(
            voice.overlaps(place.span)
            for place in places for voice in self._voices.get(place.report, ())
        )  # fmt: skip


def _named_spans(claim: Claim) -> Iterator[Span]:
    yield from (one.span for one in (*claim.actors, *claim.targets))
    if claim.voice.name:
        yield claim.voice.name


def _is_titled(words: str) -> bool:
    """Say whether words are several, each with a capital: "Foreign Ministry", not "officials"."""
    parts = [word for word in words.split() if word not in ("of", "the", "for", "and")]
    return len(parts) > 1 and all(_NAME_LIKE.match(word) for word in parts)


def _sound(word: str) -> str:
    return sounds_of(word)[:3]


def _is_common(name: Name, material: Material) -> bool:
    """Say whether words cannot be a person's name: a pronoun, or nothing with a capital."""
    first = name.words.casefold().partition(" ")[0]
    return not _NAME_LIKE.search(name.words) or first in material.queue.names.not_names


def _same_person(
    name: Name, found: Sequence[Person], claims: tuple[str, ...], material: Material
) -> Question:
    about = f"name:{name.words}"
    options = [answer(f"{one.name} ({one.actor})", about, f"is {one.actor}") for one in found]
    none = seen("none of them", about, "person")
    asked = "For whom does this person act or speak?"
    if len(found) == 1:
        none = answer("no: somebody else", about, f"is not {found[0].actor}", key="x")
        asked = f"Is it {found[0].name}?"
    return Question(
        kind="same person",
        about=about,
        topic="person",
        words=f"“{name.words}”: {asked}",
        options=numbered(
            *options[:MOST_PERSONS], answer("another", about, f"is {GAP}", asks="code"), none
        ),
        passages=name.places[:SHOWN_PLACES],
        reasons=tuple(one.why for one in found),
        settled_by=("is", "is not"),
        touches=material.touched(claims, [place.report for place in name.places]),
    )


# Which of several -------------------------------------------------------------------------------


def ask_actors(material: Material) -> Iterator[Question]:
    """Ask which actor is meant where a reading found several that may be."""
    for claim in material.claims.values():
        for field, verdict in (("actors", "actor"), ("targets", "target")):
            yield from _open_sides(claim, field, verdict, material)
    yield from _open_voices(material)


def _open_sides(claim: Claim, field: str, verdict: str, material: Material) -> Iterator[Question]:
    side = getattr(claim, field)
    known = sorted({one.actor for one in side if one.actor})
    for place, mention in enumerate(side):
        if mention.actor or len(mention.candidates) < 2:
            continue
        topic = f"{verdict} {place}"
        options = [
            answer(code, claim.id, f"{verdict} {'+'.join([*known, code])}", claims=(claim.id,))
            for code in mention.candidates
        ]
        yield Question(
            kind="actor",
            about=claim.id,
            topic=topic,
            words=f"Who is “{GAP}” here? {material.deed(claim)}",
            options=numbered(
                *options,
                answer("somebody else", claim.id, f"{verdict} {GAP}", asks="actor"),
                seen("nobody that can be named", claim.id, topic),
            ),
            passages=(Passage(report=claim.report, span=mention.span), *material.quote([claim.id])),
            reasons=(f"may be {', '.join(mention.candidates)}",),
            settled_by=(verdict, "reject"),
            touches=material.touched([claim.id]),
        )


def _open_voices(material: Material) -> Iterator[Question]:
    """Ask who spoke, where the words that name the voice stand in one report only.

    What is decided of a name holds for every report that has it, and "Foreign Ministry" is another
    one in each.
    """
    spots = Spots(material)
    decided = {one.about for one in material.standing if one.about.startswith("name:")}
    homes: dict[str, set[str]] = {}
    for name in material.names:
        homes.setdefault(name.words, set()).update(place.report for place in name.places)
    for name in material.names:
        about = f"name:{name.words}"
        if name.actor or len(name.candidates) < 2 or about in decided:
            continue
        if len(homes[name.words]) > 1 or not _is_titled(name.words):
            continue
        claims = spots.claims_at(name.places)
        yield Question(
            kind="actor",
            about=about,
            topic="actor",
            words=f"Which “{name.words}” is meant?",
            options=numbered(
                *(answer(code, about, f"is {code}") for code in name.candidates),
                answer("another", about, f"is {GAP}", asks="code"),
                seen("it cannot be known", about, "actor"),
            ),
            passages=name.places[:SHOWN_PLACES],
            reasons=(
                f"may be {', '.join(name.candidates)}",
                "what is decided holds for these words in every report",
            ),
            settled_by=("is", "is not"),
            touches=material.touched(claims, tuple(sorted(homes[name.words]))),
        )
