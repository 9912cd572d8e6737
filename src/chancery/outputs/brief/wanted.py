"""What the words of a question name: people, parties, places, deeds, days, and words left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from chancery.ledger.filters import parse_days
from chancery.lexicon import Lexicon
from chancery.lexicon.names import NameMatch
from chancery.line import MONTHS
from chancery.model import When
from chancery.outputs.brief.deed_words import deeds_told
from chancery.outputs.brief.settings import has_cue, questions
from chancery.outputs.words import party

STEM: Final = 4
"""Letters by which two words are taken for forms of one."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MONTH: Final = "|".join(f"{name}[a-z]*" for name in MONTHS)
_ISO: Final = re.compile(r"\b(?:19|20)\d\d(?:-\d\d){1,2}\b")
_DAY: Final = re.compile(
    rf"\b(?:(?P<day>\d\d?) )?(?P<month>{_MONTH})\.?(?: (?P<late>\d\d?))?,?"
    r" (?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a question names.

    `persons` are full names, `parties` states and bodies, `places` states by a place or a name
    after "in" or "to"; `actors` and `targets` are parties by where they stand beside the words of
    the deed. `frames` are deeds by their own words, `presumed` what "was in" presupposes, with its
    share. `words` are those left over, `place_words` the names of places as they were put.
    """

    persons: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    presumed: dict[str, float] = {}
    when: When = When()
    words: tuple[str, ...] = ()
    place_words: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Return all parties that are asked for, those of places last."""
        return tuple(dict.fromkeys((*self.parties, *self.places)))


class _Name(msgspec.Struct, frozen=True):
    """A name in the question: where, of whom, of which party, and whether a place is meant."""

    start: int
    end: int
    text: str
    person: str | None
    party: str
    place: bool


def read_wanted(about: str, lexicon: Lexicon) -> Wanted:
    """Find what the words of a question name."""
    names = list(_names(about, lexicon))
    words = [_bare(match.group().lower()) for match in _WORD.finditer(about)]
    frames, at = deeds_told(about, lexicon)
    frames = frames or _named_by_nouns(about)
    asked = questions().asked
    frames = tuple(dict.fromkeys((*frames, *(f for w in words for f in asked.get(w, ())))))
    when = read_days(about)
    taken = {_bare(word.lower()) for name in names for word in _WORD.findall(name.text)}
    taken |= {word for word in words if when.known and word[:3].title() in MONTHS}
    common = questions().aside.common
    left = [word for word in words if word not in taken and word not in common]
    parties = [name for name in names if not name.place]
    places = [name for name in names if name.place]
    persons = list(dict.fromkeys(name.person for name in names if name.person))
    return Wanted(
        persons=tuple(persons),
        parties=tuple(dict.fromkeys(name.party for name in parties)),
        places=tuple(dict.fromkeys(name.party for name in places)),
        actors=tuple(name.party for name in parties if at is not None and name.end <= at),
        targets=tuple(name.party for name in parties if at is not None and name.start > at),
        frames=frames,
        presumed=_presumed(about, bool(persons and places), frames),
        when=when,
        words=tuple(word for word in dict.fromkeys(left) if not word.isdigit()),
        place_words=tuple(name.text for name in places),
    )


def _names(about: str, lexicon: Lexicon) -> Iterator[_Name]:
    """Give the names in the question; one put in small letters only is read as if in capitals."""
    text = about if lexicon.find_names(about) else about.title()
    for match in lexicon.find_names(text):
        actor = lexicon.actors.get(match.entities[0]) if match.entities else None
        if actor is None or match.kind in ("title", "sector"):
            continue
        home = party(actor.part_of or actor.code or actor.id)
        yield _Name(
            start=match.span.start,
            end=match.span.end,
            text=match.span.of(text),
            person=actor.names[0] if actor.kind == "person" else None,
            party=home,
            place=_is_place(match, text),
        )


def _named_by_nouns(about: str) -> tuple[str, ...]:
    """Return the deeds of the families whose nouns stand in a question: `the agreement`."""
    families = questions().families.values()
    return tuple(
        frame for family in families if has_cue(about, family.nouns) for frame in family.frames
    )


def _bare(word: str) -> str:
    """Take a genitive's ending off a word."""
    return re.sub(r"['’]s$", "", word)


def _is_place(match: NameMatch, text: str) -> bool:
    """Say whether a name stands for a place here: a capital or state after "in", "to" or "from"."""
    before = text[: match.span.start].split()[-1:]
    led = bool(before) and before[0].lower() in ("in", "to", "at", "visit", "visited", "from")
    return (match.kind in ("seat", "state", "territory")) and led


def _presumed(about: str, somebody_somewhere: bool, frames: Sequence[str]) -> dict[str, float]:
    """Return the deeds that being somewhere presupposes, where nothing else is said to be done."""
    presence = questions().presence
    if frames or not somebody_somewhere or not has_cue(about, presence.words):
        return {}
    return dict(questions().families[presence.family].presumed)


def read_days(text: str) -> When:
    """Return the days that a question names: a day, a month or a year; else an open `When`."""
    if match := _ISO.search(text):
        first, last = parse_days(match.group())
    elif match := _DAY.search(text):
        first, last = parse_days(_iso_of(match))
    elif match := _YEAR.search(text):
        first, last = parse_days(match.group())
    else:
        return When()
    return When(first=first, last=last, basis="stated")


def _iso_of(match: re.Match[str]) -> str:
    names = [name.lower() for name in MONTHS]
    month = names.index(match["month"][:3].lower()) + 1
    day = match["day"] or match["late"]
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")


def share_of(words: Iterable[str], text: str) -> float:
    """Return which share of the words stand in a text, forms of one word counting as one."""
    wanted = list(words)
    if not wanted:
        return 0.0
    there = {word.lower()[: max(STEM, len(word) - 3)] for word in _WORD.findall(text)}
    kept = {word.lower() for word in _WORD.findall(text)}
    met = sum(word in kept or word[: max(STEM, len(word) - 3)] in there for word in wanted)
    return met / len(wanted)


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say what it is about, each once."""
    common = questions().aside.common
    found = (word.lower() for word in _WORD.findall(text))
    return tuple(dict.fromkeys(word for word in found if word not in common and len(word) > 2))


def overlaps(one: When, other: When, days: int = 0) -> bool | None:
    """Say whether two stretches of days can touch, within so many days; none where unknown."""
    if not one.known or not other.known:
        return None
    low, high = date.min.toordinal(), date.max.toordinal()
    first = [when.first.toordinal() if when.first else low for when in (one, other)]
    last = [when.last.toordinal() if when.last else high for when in (one, other)]
    return first[0] <= last[1] + days and first[1] <= last[0] + days
