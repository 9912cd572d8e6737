"""Versions of one article: which reports they are, which is the newest, and what was taken back.

An article that is printed again with another text is one account, and its newest text is what the
outlet says now. Which text is the newest is told by the day of publication, then by a notice of
correction; the order in which reports were taken in never decides, for a ledger must come to the
same in whatever order it was filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, TypeAlias

import msgspec

from chancery.ledger.changes import FieldChange
from chancery.ledger.edits import Edit
from chancery.ledger.origins import Groups
from chancery.ledger.query import Answer
from chancery.model import Noun, Span, When
from chancery.sketch import LEAST_KEPT, containment, resemblance

Fetch: TypeAlias = Callable[[str, Mapping[str, Any]], Answer]
FateWord: TypeAlias = Literal["kept", "changed", "lost", "new"]

ONLY: Final = "the only version"
OLDEST: Final = "the oldest"
BY_DAY: Final = "published later"
BY_NOTICE: Final = "says that it was corrected"
BY_LENGTH: Final = "the longer text, as nothing else tells which is newer"
SAME_WORDS: Final = "the same words again"


class VersionPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes reports versions of one article, and texts notices; kept in `versions.toml`."""

    least_kin: float
    near_same: float
    near_whole: float
    most_days_apart: int
    most_reports: int
    headline_marks: tuple[str, ...]
    corrected: tuple[str, ...]
    retracted: tuple[str, ...]
    most_notice_words: int
    articles: tuple[str, ...]


class Fate(Noun, frozen=True):
    """What became of a claim from one version of an article to the next.

    `before` is its id in the earlier text, `after` in the later one; `shown` is the line of the
    later, or of the earlier where it was lost.
    """

    what: FateWord
    shown: str
    before: str | None = None
    after: str | None = None
    fields: tuple[FieldChange, ...] = ()


class Version(Noun, frozen=True):
    """One of the texts of an article, and how it differs from the one before.

    `ordinal` counts from 1, the oldest; `newest` is what the outlet says now. `because` says why
    it comes after the one before, `ties` why they are one article. `notices` are the words by which
    it says that it was corrected or taken back; where it is nothing but the latter, `retracts`:
    that the article is withdrawn is then proposed, and a person decides. `withdrawn` where one has.
    Spans of `edits` count the characters of the text before, and of this one.
    """

    report: str
    ordinal: int
    newest: bool
    title: str = ""
    source: str | None = None
    url: str | None = None
    published: When = When()
    ties: tuple[str, ...] = ()
    because: str = ONLY
    notices: tuple[Span, ...] = ()
    retracts: bool = False
    withdrawn: bool = False
    edits: tuple[Edit, ...] = ()
    claims: tuple[Fate, ...] = ()


class Retraction(Noun, frozen=True):
    """A proposal: a report is only the notice that others are withdrawn; a person decides."""

    report: str
    of: tuple[str, ...]
    ties: tuple[str, ...]


class Printed(msgspec.Struct, frozen=True):
    """What tells how one version of an article stands to the others; `words` is a text's digest."""

    report: str
    source: str | None
    url: str | None
    title: str
    published: When
    day: date | None
    length: int
    corrected: bool
    retracts: bool
    words: str

    @property
    def order(self) -> tuple[Any, ...]:
        """Return what puts versions in their order; undated ones are the oldest."""
        return (self.day or date.min, self.corrected, self.length, self.report)

    def after(self, other: Printed) -> str:
        """Say by what this comes after another version."""
        if self.words == other.words:
            return SAME_WORDS
        if self.day != other.day:
            return BY_DAY
        return BY_NOTICE if self.corrected and not other.corrected else BY_LENGTH


class Articles(msgspec.Struct, frozen=True):
    """The articles that have several versions: each the oldest first, and who takes one back.

    `ties` say for each report why it is a version of its article.
    """

    versions: Sequence[tuple[Printed, ...]]
    retractions: Sequence[Retraction]
    ties: Mapping[str, tuple[str, ...]]

    def of(self, report: str) -> tuple[Printed, ...]:
        """Return the versions of the article that a report is one of; none where it is alone."""
        return next((one for one in self.versions if report in _ids(one)), ())

    def older(self) -> frozenset[str]:
        """Return the reports that a newer version of their article stands for."""
        return frozenset(
            one.report
            for article in self.versions
            for one in article
            if one.words != article[-1].words
        )


def _ids(article: Iterable[Printed]) -> list[str]:
    return [one.report for one in article]


@cache
def load_version_policy() -> VersionPolicy:
    """Return the policy that ships with the package."""
    return msgspec.toml.decode(version_policy_bytes(), type=VersionPolicy)


def version_policy_bytes() -> bytes:
    """Return the policy as it is written, for digests of what follows from it."""
    return (resources.files("chancery.ledger") / "versions.toml").read_bytes()


def older_versions(fetch: Fetch, policy: VersionPolicy | None = None) -> frozenset[str]:
    """Return the reports that are no account of their own, as a newer version of them is there.

    Their claims stay; but what they say is said *in an earlier version*, and adds no origin.
    """
    return find_articles(fetch, policy).older()


def find_articles(fetch: Fetch, policy: VersionPolicy | None = None) -> Articles:
    """Return the articles that have several versions, with another text at least once."""
    policy = policy or load_version_policy()
    answer = fetch(
        "article_ties",
        {
            "marks": _beginning_with(policy.headline_marks),
            "most": policy.most_reports,
            "days": policy.most_days_apart,
        },
    )
    ties = [
        Kin(one, other, tuple(why), sketch, other_sketch, same_headline)
        for one, other, why, sketch, other_sketch, same_headline in answer.rows
    ]
    printed = _load_printed(fetch, policy, sorted({id_ for tie in ties for id_ in tie.both}))
    retracting = {one.report for one in printed.values() if one.retracts}
    groups, why = Groups(), dict[str, set[str]]()
    for tie in ties:
        if retracting.isdisjoint(tie.both) and tie.holds(policy):
            groups.join(*tie.both)
            for id_ in tie.both:
                why.setdefault(id_, set()).update(tie.why)
    articles = [
        tuple(sorted((printed[id_] for id_ in group), key=lambda one: one.order))
        for group in groups.all()
    ]
    return Articles(
        versions=[one for one in articles if len({each.words for each in one}) > 1],
        retractions=_find_retractions(ties, retracting, groups),
        ties={id_: tuple(sorted(reasons)) for id_, reasons in why.items()},
    )


class Kin(msgspec.Struct, frozen=True):
    """Two reports that may be versions of one article, and by what; sketches are of their texts."""

    first: str
    second: str
    why: tuple[str, ...]
    sketch: Sequence[int]
    other_sketch: Sequence[int]
    same_headline: bool

    @property
    def both(self) -> tuple[str, str]:
        """Return the two reports."""
        return self.first, self.second

    def holds(self, policy: VersionPolicy) -> bool:
        """Say whether their texts are kin enough, for what else ties them."""
        shared = resemblance(self.sketch, self.other_sketch)
        within = containment(self.sketch, self.other_sketch)
        if any(reason != BY_HEADLINE for reason in self.why):
            return self.same_headline or max(shared, within) >= policy.least_kin
        told = min(len(self.sketch), len(self.other_sketch)) >= LEAST_KEPT
        return told and (shared >= policy.near_same or within >= policy.near_whole)


BY_HEADLINE: Final = "same headline of the same outlet"


def _load_printed(fetch: Fetch, policy: VersionPolicy, ids: Sequence[str]) -> dict[str, Printed]:
    answer = fetch(
        "article_texts",
        {
            "ids": list(ids),
            "corrected": _any_of(policy.corrected),
            "retracted": _any_of(policy.retracted),
            "articles": rf"\b({'|'.join(policy.articles)})\b",
            "most_words": policy.most_notice_words,
        },
    )
    return {row[0]: _make_printed(row) for row in answer.rows}


def _make_printed(row: Sequence[Any]) -> Printed:
    report, source, url, title, first, last, basis, start, end, *rest = row
    words = None if start is None else Span(start, end)
    return Printed(
        report, source, url, title, When(first=first, last=last, basis=basis, words=words), *rest
    )


def _find_retractions(
    ties: Iterable[Kin], retracting: set[str], groups: Groups
) -> list[Retraction]:
    """Propose which articles are withdrawn: a notice names its article by address or headline."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    members = {id_: group for group in groups.all() for id_ in group}
    for tie in ties:
        for notice, other in (tie.both, tie.both[::-1]):
            if notice in retracting and other not in retracting:
                of, why = found.setdefault(notice, (set(), set()))
                of.update(members.get(other, (other,)))
                why.update(tie.why)
    return [
        Retraction(report=notice, of=tuple(sorted(of)), ties=tuple(sorted(why)))
        for notice, (of, why) in sorted(found.items())
    ]


def find_notices(text: str, policy: VersionPolicy, *, retracts: bool) -> tuple[Span, ...]:
    """Return where a text says that it was corrected; or taken back, where it does that."""
    words = policy.corrected + (policy.retracted if retracts else ())
    return tuple(Span(*one.span()) for one in re.finditer(_any_of(words), text, re.IGNORECASE))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def _beginning_with(marks: Iterable[str]) -> str:
    """Return a pattern for marks before a headline: `CORRECTED:`, `UPDATE 2-`."""
    return rf"^\s*[\[(]?(?:{'|'.join(marks)})[\])]?\s*[:–—-]\s*"
