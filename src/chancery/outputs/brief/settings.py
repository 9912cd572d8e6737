"""What a brief takes for granted: questions, weights, cues and wording, from the TOML beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

from chancery.model import ReasonKind
from chancery.outputs.brief.nouns import Asks, SectionKey

T = TypeVar("T")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of a table."""


class Pattern(_Table, frozen=True):
    """How one kind of question is put."""

    asks: Asks
    words: str


class Aside(_Table, frozen=True):
    """Words that name nothing of what a question is about."""

    leading: tuple[str, ...]
    common: tuple[str, ...]


class Presence(_Table, frozen=True):
    """Words by which a person's being somewhere presupposes a deed."""

    words: tuple[str, ...]
    family: str


class Family(_Table, frozen=True):
    """Kinds of deeds that one thing may be told as, and nouns for it."""

    frames: tuple[str, ...]
    presumed: Mapping[str, float]
    nouns: tuple[str, ...]


class Questions(_Table, frozen=True):
    """The table `questions.toml`; `asked` are deeds by words that only questions put so."""

    asked: Mapping[str, tuple[str, ...]]
    patterns: tuple[Pattern, ...]
    aside: Aside
    presence: Presence
    families: Mapping[str, Family]
    sections: Mapping[Asks, tuple[SectionKey, ...]]

    def frames_of(self, family: str) -> tuple[str, ...]:
        """Return the frames of a family; a frame of none is its own."""
        known = self.families.get(family)
        return known.frames if known else (family,)

    def family(self, frame: str) -> str:
        """Return the family of a frame; a frame of none is its own."""
        homes = (name for name, family in self.families.items() if frame in family.frames)
        return next(homes, frame)


class OfSubject(_Table, frozen=True):
    """What a row is worth as the subject of a question."""

    person: float
    missing_person: float
    party: float
    side: float
    frame: float
    presumed: float
    family: float
    place: float
    place_words: float
    day: float
    other_day: float
    word: float
    certainty: float
    came_about: float
    support: float
    firm: float


class OfFound(_Table, frozen=True):
    """When a subject is found, what is one with it, and what rivals it."""

    least: float
    words: float
    together: float
    days: int
    most_subjects: int
    rival: float
    most_rivals: int
    most_rows: int
    most_read: int
    most_reports: int
    nearest: int


class OfCourse(_Table, frozen=True):
    """What a row is worth in what led up and what followed."""

    both: float
    one: float
    third: float
    told: float
    kin: float
    link: float
    gravity: float
    words: float
    certainty: float
    recent: float
    person: float
    own_day: float
    remark: float
    remark_elsewhere: float
    least: float
    least_certainty: float
    least_certainty_told: float
    least_certainty_unlike: float
    longest_after: int
    most: int
    most_after: int
    most_read: int
    most_alike: int
    most_of_a_day: int
    most_undated: int
    most_vague: int
    most_during: int
    most_said: int
    same_days: int
    remarks: tuple[str, ...]


class OfReasons(_Table, frozen=True):
    """What a passage is worth as a reason."""

    own: float
    course: float
    home: float
    beside: float
    near: float
    distance: int
    party: float
    around: float
    words: float
    voice: float
    pronoun: float
    least: float
    most: int
    most_sayings: int
    most_reports: int
    most_home: int
    most_looked_at: int
    days_before: int
    days_after: int
    days_of_deed: int


class OfVoices(_Table, frozen=True):
    """When a voice is trusted."""

    farthest: int
    side_by_side: int


class Limits(_Table, frozen=True):
    """How much is shown."""

    quotation: int
    watch: int
    foreseen: int
    lasting_days: int
    said: int
    disputed: int
    not_known: int
    reports_shown: int


class Weights(_Table, frozen=True):
    """The table `weights.toml`."""

    subject: OfSubject
    found: OfFound
    course: OfCourse
    reasons: OfReasons
    voices: OfVoices
    limits: Limits


class Words(_Table, frozen=True):
    """A list of cue words."""

    words: tuple[str, ...]


class Motive(_Table, frozen=True):
    """Words of a motive, and words with which a passage is none."""

    words: tuple[str, ...]
    never: tuple[str, ...]


class Theme(_Table, frozen=True):
    """What a reason may be about."""

    key: str
    label: str
    words: tuple[str, ...]


class Cues(_Table, frozen=True):
    """The table `cues.toml`."""

    motive: Motive
    no_comment: Words
    doubt: Words
    reaction: Words
    foresees: Motive
    proposed: Words
    terms: Words
    openings: Words
    purposes: Words
    agenda: Words
    passing: Words
    since: Words
    lasting: Words
    titles: Words
    pronouns: Words
    not_speech: Words
    not_speakers: Words
    themes: tuple[Theme, ...]


class Gap(_Table, frozen=True):
    """One thing a brief asks for, and what it says where rows do not tell it."""

    test: str
    words: str
    families: tuple[str, ...] = ()
    asks: tuple[Asks, ...] = ()


class Wording(_Table, frozen=True):
    """The table `wording.toml`."""

    warnings: tuple[str, ...]
    small: tuple[str, ...]
    said_before: tuple[str, ...]
    titles: Mapping[SectionKey, str]
    fixed: Mapping[str, str]
    groups: Mapping[str, str]
    short: Mapping[str, str]
    joined: Mapping[str, str]
    reasons: Mapping[ReasonKind, str]
    disputed: Mapping[str, str]
    watch: Mapping[str, str]
    searched: Mapping[str, str]
    gaps: tuple[Gap, ...]


@cache
def questions() -> Questions:
    """Return how questions are understood."""
    return _load("questions", Questions)


@cache
def weights() -> Weights:
    """Return the numbers that rows are chosen by."""
    return _load("weights", Weights)


@cache
def cues() -> Cues:
    """Return the words that show what a passage is."""
    return _load("cues", Cues)


@cache
def wording() -> Wording:
    """Return the brief's own words."""
    return _load("wording", Wording)


def _load(name: str, shape: type[T]) -> T:
    source = resources.files("chancery.outputs.brief") / f"{name}.toml"
    return msgspec.convert(tomllib.loads(source.read_text("utf-8")), shape)


@cache
def cue_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Make one pattern of cue words: whole words, `*` for any ending, white space folded."""
    return re.compile("|".join(rf"(?<!\w){_written(one)}(?!\w)" for one in words), re.IGNORECASE)


def _written(cue: str) -> str:
    parts: Iterable[str] = (re.escape(word).replace(r"\*", r"\w*") for word in cue.split())
    return r"\s+".join(parts)


def has_cue(text: str, words: tuple[str, ...]) -> bool:
    """Say whether any of the cue words stands in a text."""
    return cue_pattern(words).search(text.replace("’", "'")) is not None
