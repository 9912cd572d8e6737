"""Where a report's words come from: through whom they passed, who an unnamed voice is, what is odd.

The nouns beside a `Statement` and a `Report` that help to weigh them. None of them mends a text or
joins two voices: they are remarks with the words they rest on. `model.py` has the other nouns.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from chancery.noun import Noun, Span, identify

NestingKind: TypeAlias = Literal["told", "citing", "quoted", "according"]
Tenure: TypeAlias = Literal["former", "current", "both"]
TraitName: TypeAlias = Literal[
    "reads as translation", "lost negation suspected", "role reversal suspected",
    "undated report", "copy notice", "opinion", "live blog", "official release",
]  # fmt: skip


class Nested(Noun, frozen=True):
    """Two voices, one within the other: `outer` tells what `inner` says.

    Both are spans of the words that name them; `cue` are the words that open the inner voice.
    """

    outer: Span
    inner: Span
    cue: Span
    kind: NestingKind


class Facets(Noun, frozen=True):
    """What an anonymous voice is called and what that tells of it; none where it tells nothing.

    `description` are its words; `number` a number word ("two", "several"), `rank` and
    `institution` the words that name them, `tenure` whether in office, `reason` the words that
    say why no name is given.
    """

    description: Span
    number: str | None = None
    rank: Span | None = None
    institution: Span | None = None
    tenure: Tenure | None = None
    reason: Span | None = None


class SameSource(Noun, frozen=True):
    """A proposal that two descriptions mean one source, and why; a person decides."""

    id: str
    report: str
    first: Span
    second: Span
    reason: str

    @staticmethod
    def make_id(*, report: str, first: Span, second: Span) -> str:
        """Name a proposal by its report and both descriptions."""
        return identify("sam", report, first, second)


class TraitEvidence(Noun, frozen=True):
    """One reason for a trait, and the words it rests on, where there are some."""

    reason: str
    words: Span | None = None
    weight: float = 1.0


class Trait(Noun, frozen=True):
    """What is odd about a report, with its reasons in the order of the text."""

    name: TraitName
    evidence: tuple[TraitEvidence, ...]


class Context(Noun, frozen=True):
    """One of PLOVER's contexts that a report as a whole is about, and the words that show it."""

    name: str
    cues: tuple[Span, ...]


class Signature(Noun, frozen=True):
    """What stays of a report that is translated anew: by it the ledger finds such copies.

    `marks` are its names, romanised, and its numbers ("#87000000"), in the order of first mention;
    `keys` what some of them are looked up by. `meanings` are the embeddings of its sentences: 64
    numbers each, a byte a number, in base64; empty where it was read without the model.
    """

    marks: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    meanings: str = ""
