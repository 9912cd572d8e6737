"""Who says what: voices, outlets and institutions with what they said and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from chancery.errors import UsageError
from chancery.ledger.audit import Share
from chancery.ledger.tables import Table, plain
from chancery.model import Noun

Grouping: TypeAlias = Literal["voice", "outlet", "institution"]

LEAST_SETTLED: Final = 10
"""Fewer forecasts of which it is settled whether they came about give no rate: UI.md, voices."""
NOT_JUDGED: Final = "F"
NOBODY: Final = "-"
"""Stands for no outlet, and for no institution."""
BETWEEN: Final = "~"
"""Parts the name of a voice from its outlet, and that from its report."""


class VoiceSummary(Noun, frozen=True):
    """A voice, or all voices of an outlet or institution, with what they said and what came of it.

    `slug` is its name in addresses. `kind`, `names` (every wording, verbatim), `slugs` (the voices
    that people said are one) and `report` (where it is known within that one only) are a voice's
    own. `actor` is the state or body that it is most often taken to speak for. `claim_count` are
    claims that outlets make on their own word, `open_ended_count` statements that foresee
    without a deadline, beside the forecasts. `number` to `reason` are what an anonymous voice's
    description tells, verbatim. `reliability` is A to F; `judged` names the decision, if any.
    """

    slug: str
    grouped: Grouping
    kind: str | None = None
    name: str | None = None
    actor: str | None = None
    names: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    report: str | None = None
    report_count: int = 0
    statement_count: int = 0
    claim_count: int = 0
    forecast_count: int = 0
    borne_out: int = 0
    partly: int = 0
    not_borne_out: int = 0
    overtaken: int = 0
    open: int = 0
    not_testable: int = 0
    overdue: int = 0
    open_ended_count: int = 0
    number: str | None = None
    tenure: str | None = None
    rank: str | None = None
    institution: str | None = None
    reason: str | None = None
    reliability: str = NOT_JUDGED
    judged: str | None = None

    @property
    def settled_count(self) -> int:
        """Count forecasts that were put to the test: one that was overtaken never was."""
        return self.borne_out + self.partly + self.not_borne_out

    @property
    def rate(self) -> Share | None:
        """Return the share that came about wholly; none below ten, and none for other groups."""
        if self.grouped != "voice" or self.settled_count < LEAST_SETTLED:
            return None
        return Share(right=self.borne_out, judged=self.settled_count)


class SourcePage(Noun, frozen=True):
    """An outlet by what it has done: how much it reported, first, alone, took back, and how often.

    `names` are the outlet's name as reports state it. Counts but of reports, claims and voices are
    of happenings; `corrected` and `withdrawn` are ids of its reports.
    """

    slug: str
    names: tuple[str, ...]
    report_count: int
    undated_count: int
    claim_count: int
    statement_count: int
    voice_count: int
    own_count: int
    first_count: int
    alone_count: int
    copied_count: int
    first: date | None = None
    last: date | None = None
    languages: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    reliability: str = NOT_JUDGED
    judged: str | None = None


class By(NamedTuple):
    """Which voices are meant: by name, in one outlet or in all, in one report or in all."""

    slug: str
    called: str
    outlet: str | None = None
    report: str | None = None


def read_by(words: str | None) -> By | None:
    """Take the slug of a voice apart; raises `UsageError` for what cannot be one."""
    if not words:
        return None
    parts = words.split(BETWEEN)
    if len(parts) > 3 or not all(parts[1:]):
        raise UsageError(f"no voice {words!r}", hint="voices look like baltic-official~daily-post")
    called, outlet, report = (*parts, None, None)[:3]
    return By(words, called or "", outlet, report)


def read_grouping(word: str) -> Grouping:
    """Return how voices are grouped; raises `UsageError` for another word."""
    known: Mapping[str, Grouping] = {one: one for one in get_args(Grouping)}
    if word not in known:
        raise UsageError(f"no grouping {word!r}", hint=f"one of: {', '.join(known)}")
    return known[word]


class Link(msgspec.Struct, frozen=True):
    """Two slugs of one voice: `root` is the one that it is shown as."""

    slug: str
    root: str


def link(pairs: Iterable[tuple[str, str]]) -> list[Link]:
    """Return, for every voice of some pairs, the least slug of all that are one with it."""
    roots: dict[str, str] = {}

    def root_of(slug: str) -> str:
        while (above := roots.setdefault(slug, slug)) != slug:
            slug = above
        return slug

    for one, other in sorted(pairs):
        least, greatest = sorted((root_of(one), root_of(other)))
        roots[greatest] = least
    return [Link(slug, root_of(slug)) for slug in sorted(roots)]


VOICES: Final = Table(
    "voices",
    (
        *plain("VARCHAR", "slug", "grouped", "kind", "name", "actor"),
        *plain("VARCHAR[]", "names", "outlets", "slugs"),
        *plain("VARCHAR", "report"),
        *plain(
            "INTEGER", "report_count", "statement_count", "claim_count", "forecast_count",
            "borne_out", "partly", "not_borne_out", "overtaken", "open", "not_testable", "overdue",
            "open_ended_count",
        ),
        *plain("VARCHAR", "number", "tenure", "rank", "institution", "reason", "reliability",
               "judged"),
    ),
    VoiceSummary,
)  # fmt: skip
