"""What questions are made of: one snapshot's claims, happenings and decisions, laid out once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from chancery.ledger.policy import Policy
from chancery.ledger.questions import Passage, Touched
from chancery.ledger.summaries import ReportSummary
from chancery.ledger.versions import Articles
from chancery.line import write_days
from chancery.model import (
    Claim,
    Decision,
    Forecast,
    Happening,
    Link,
    Outcome,
    Rival,
    SameSource,
    Span,
)

if TYPE_CHECKING:
    from chancery.lexicon import Lexicon

_WORD = re.compile(r"\w+")


class SamePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two happenings are near enough to ask."""

    least_alike: float
    most_days: int


class DoubtPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which doubtful rows matter."""

    below: float
    least_reports: int
    least_intensity: float


class TraitPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a trait of reports is asked about."""

    reach: Literal["sentence", "words"]
    least_weight: float


class SuspicionPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The traits that are asked about."""

    traits: dict[str, TraitPolicy]


class NamePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which words are no names."""

    not_names: tuple[str, ...]


class OwnPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a person's own entry says what a claim says."""

    least_alike: float
    least_alike_with_parties: float
    same_frame: float


class QueuePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the review asks about: `queue.toml`."""

    same: SamePolicy
    doubt: DoubtPolicy
    suspicion: SuspicionPolicy
    names: NamePolicy
    own: OwnPolicy


@cache
def load_queue_policy() -> QueuePolicy:
    """Return the policy that ships with the package."""
    words = (resources.files("chancery.ledger") / "queue.toml").read_bytes()
    return msgspec.toml.decode(words, type=QueuePolicy)


class Name(msgspec.Struct, frozen=True):
    """Words that name somebody, as reports have them: whom they were taken for, and where.

    `mentions` are the places, `claims` those on whose sides or in whose voice they stand.
    """

    words: str
    name: str | None
    actor: str | None
    candidates: tuple[str, ...]
    places: tuple[Passage, ...]


class Oddity(msgspec.Struct, frozen=True):
    """A trait of a report with one stretch of words that shows it; none where nothing does."""

    report: str
    name: str
    reason: str
    words: Span | None
    sentence: Span | None = None


class Material(msgspec.Struct, frozen=True, dict=True):
    """All that questions are asked about, as of one snapshot."""

    claims: Mapping[str, Claim]
    words: Mapping[str, str]
    happenings: Sequence[Happening]
    rivals: Sequence[Rival]
    links: Sequence[Link]
    outcomes: Sequence[Outcome]
    forecasts: Sequence[Forecast]
    same_sources: Sequence[SameSource]
    reports: Mapping[str, ReportSummary]
    articles: Articles
    names: Sequence[Name]
    oddities: Sequence[Oddity]
    standing: Sequence[Decision]
    policy: Policy
    lexicon: Lexicon | None
    queue: QueuePolicy

    @cached_property
    def happening_of(self) -> Mapping[str, Happening]:
        """Find the happening of a claim."""
        return {id_: one for one in self.happenings for id_ in one.claims}

    @cached_property
    def claims_by_report(self) -> Mapping[str, list[Claim]]:
        """Find the claims of a report, in their order."""
        found: dict[str, list[Claim]] = {}
        for claim in sorted(self.claims.values(), key=lambda one: (one.words, one.id)):
            found.setdefault(claim.report, []).append(claim)
        return found

    @cached_property
    def wording(self) -> Wording:
        """Compare the words of claims."""
        return Wording(self.words)

    @cached_property
    def last_day(self) -> date | None:
        """Return the newest day of publication."""
        days = [day for one in self.reports.values() if (day := one.published.last)]
        return max(days, default=None)

    def touched(self, claims: Iterable[str], reports: Iterable[str] = ()) -> Touched:
        """Return what a question about these claims, and these reports, touches."""
        known = sorted({id_ for id_ in claims if id_ in self.claims})
        happenings = {one.id for id_ in known if (one := self.happening_of.get(id_))}
        told = {self.claims[id_].report for id_ in known} | set(reports)
        return Touched(
            happenings=tuple(sorted(happenings)), claims=tuple(known), reports=tuple(sorted(told))
        )

    def quote(self, ids: Iterable[str]) -> tuple[Passage, ...]:
        """Return the passages of claims, in the order given."""
        known = [self.claims[id_] for id_ in ids if id_ in self.claims]
        return tuple(Passage(report=one.report, span=one.words, claim=one.id) for one in known)

    # Plain words --------------------------------------------------------------------------------

    def deed(self, row: Happening | Claim) -> str:
        """Say a deed in short: `USA → BLR: visit, 1–10 Feb 2020, planned`."""
        sides = [codes_of(side) for side in (row.actors, row.targets)]
        who = " → ".join("+".join(side) or "?" for side in sides if side or side is sides[0])
        standing = "" if row.standing == "happened" else f", {row.standing}"
        days = write_days(row.when.first, row.when.last)
        return f"{who}: {self.phrase(row.frame)}, {days}{standing}"

    def phrase(self, frame: str) -> str:
        """Return the plain verb phrase of a frame."""
        known = self.lexicon.frames.get(frame) if self.lexicon else None
        return known.phrase if known else frame.replace("-", " ")

    def report_words(self, report: str) -> str:
        """Say which report is meant: its title, else its outlet, else its id."""
        told = self.reports.get(report)
        words = (told.title or told.source or "") if told else ""
        return f"“{words}”" if words else report


def codes_of(side: Sequence[Any]) -> list[str]:
    """Return the codes of a side of a claim or a happening, sorted; `?` for nobody known."""
    codes = {one if isinstance(one, str) else one.actor or "?" for one in side}
    return sorted(codes)


LEAST = 4
STEM = 5
"""Words of so many letters carry meaning; cut so short, `visit`, `visits`, `visited` are one."""


class Wording:
    """Compares the words that tell claims, rare words counting more.

    Inverse document frequency (Spärck Jones 1972) over the claims of the ledger.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {id_: self.words_of(told) for id_, told in words.items()}
        self._uses = Counter(word for told in self._words.values() for word in told)

    @staticmethod
    def words_of(words: str) -> frozenset[str]:
        """Return the words of a passage that carry meaning, folded and cut short."""
        found = _WORD.findall(words.casefold())
        return frozenset(word[:STEM] for word in found if len(word) >= LEAST)

    def alike(self, words: frozenset[str], claim: str) -> float:
        """Return the share of the shorter passage's words that the other has too, 0…1."""
        theirs = self._words.get(claim, frozenset())
        shorter = min(self._weight(words), self._weight(theirs))
        return self._weight(words & theirs) / shorter if shorter else 0.0

    def of(self, claim: str) -> frozenset[str]:
        """Return the words of a claim that carry meaning."""
        return self._words[claim]

    def _weight(self, words: frozenset[str]) -> float:
        """Sum the rarity of words, least for those that all claims have."""
        # fsum, so that the order of a set makes no difference
        return math.fsum(math.log1p(len(self._words) / max(1, self._uses[word])) for word in words)


def pairs_apart(decisions: Iterable[Decision], verdicts: Iterable[str]) -> Iterator[frozenset[str]]:
    """Give the pairs of claims that decisions with one of these verdicts are about."""
    wanted = tuple(f"{verdict} " for verdict in verdicts)
    for one in decisions:
        if one.verdict.startswith(wanted):
            yield frozenset((one.about, one.verdict.partition(" ")[2]))
