"""Which reports are one text: copies of each other, or of the same wire.

Two reports are compared by their sketches, the least hashes of their five-word runs (A. Broder,
*On the resemblance and containment of documents*, 1997).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from chancery.ledger.policy import CopyPolicy, Policy

LEAST_HASHES: Final = 12
"""Fewer common hashes than this say little about how much of a text stands in another."""

_BETWEEN: Final = r"(?<!\w){}(?!\w)"


class Likeness(msgspec.Struct, frozen=True):
    """How alike the texts of two reports are: shares 0…1 of their five-word runs.

    `days_apart` is how far apart they were published, none where that is not known of both.
    """

    first: str
    second: str
    resemblance: float
    containment: float
    days_apart: int | None = None


class Kinship(msgspec.Struct, frozen=True):
    """What reports have to do with each other.

    `stories` names each report's copies, and `texts` those with the very same text, by the least
    id among them; `agencies` are the wire agencies that a report credits, `outlets` its source.
    """

    stories: Mapping[str, str] = {}
    texts: Mapping[str, str] = {}
    agencies: Mapping[str, frozenset[str]] = {}
    outlets: Mapping[str, str | None] = {}

    def story_of(self, report: str) -> str:
        """Return the name of the text that a report is a copy of, its own where of none."""
        return self.stories.get(report, report)

    def text_of(self, report: str) -> str:
        """Return the name of the very text that a report has, its own where no other has it."""
        return self.texts.get(report, report)

    def other_outlets(self, report: str, others: Iterable[str]) -> bool:
        """Say whether a report is of another outlet than others, all of them known."""
        outlets = {self.outlets.get(other) for other in others}
        outlet = self.outlets.get(report)
        return outlet is not None and None not in outlets and outlet not in outlets

    def origins(self, reports: Iterable[str]) -> list[tuple[str, ...]]:
        """Part reports into independent origins: copies, and those of one agency, are one."""
        shared: dict[str, str] = {}
        groups = Groups()
        for report in sorted(reports):
            groups.add(report)
            ties = [self.story_of(report), *sorted(self.agencies.get(report, ()))]
            for tie in ties:
                groups.join(shared.setdefault(tie, report), report)
        return groups.all()


class Groups:
    """Groups that grow together (union-find); each is named for its least member."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def add(self, member: str) -> None:
        """Put a member into a group of its own, unless it is in one."""
        self._parents.setdefault(member, member)

    def find(self, member: str) -> str:
        """Return the least member of a member's group."""
        self.add(member)
        root = member
        while self._parents[root] != root:
            root = self._parents[root]
        while self._parents[member] != root:
            self._parents[member], member = root, self._parents[member]
        return root

    def join(self, first: str, second: str) -> None:
        """Make one group of two."""
        one, other = sorted((self.find(first), self.find(second)))
        self._parents[other] = one

    def all(self) -> list[tuple[str, ...]]:
        """Return the groups, each sorted, in the order of their least members."""
        groups: dict[str, list[str]] = {}
        for member in sorted(self._parents):
            groups.setdefault(self.find(member), []).append(member)
        return [tuple(members) for _, members in sorted(groups.items())]


def containment(first: Sequence[int], second: Sequence[int], size: int) -> float:
    """Estimate the share of the smaller text's runs that the larger one holds, 0…1.

    A full sketch of `size` hashes knows all of its text's hashes up to its greatest; one that is
    not full knows all there are. Both are compared as far as both know. Too few to tell give 0.
    """
    known = [max(one) for one in (first, second) if len(one) == size]
    reach = min(known) if known else max((*first, *second), default=0)
    one, other = ({hash_ for hash_ in side if hash_ <= reach} for side in (first, second))
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= LEAST_HASHES else 0.0


def are_copies(likeness: Likeness, policy: CopyPolicy) -> bool:
    """Say whether two reports are copies of one text, whole or in part."""
    alike = (
        likeness.resemblance >= policy.least_resemblance
        or likeness.containment >= policy.least_containment
    )
    return _is_whole(likeness, policy) or (alike and _is_near(likeness, policy))


def are_same_text(likeness: Likeness, policy: CopyPolicy) -> bool:
    """Say whether two reports have the very same text."""
    alike = likeness.resemblance >= policy.same_text
    return _is_whole(likeness, policy) or (alike and _is_near(likeness, policy))


def _is_whole(likeness: Likeness, policy: CopyPolicy) -> bool:
    return likeness.resemblance >= policy.whole_text


def _is_near(likeness: Likeness, policy: CopyPolicy) -> bool:
    return likeness.days_apart is None or likeness.days_apart <= policy.most_days_apart


def find_groups(pairs: Iterable[Likeness]) -> dict[str, str]:
    """Return, for each report of some pairs, the least report that pairs tie it to."""
    groups = Groups()
    for pair in pairs:
        groups.join(pair.first, pair.second)
    return {member: group[0] for group in groups.all() for member in group}


def find_agencies(credits: Sequence[str], policy: Policy) -> frozenset[str]:
    """Return the wire agencies that the words of a report's credits name."""
    words = "\n".join(credits)
    return frozenset(name for name, pattern in _patterns(policy) if pattern.search(words))


def _patterns(policy: Policy) -> list[tuple[str, re.Pattern[str]]]:
    return _compile(tuple(policy.agencies.items()))


@cache
def _compile(
    agencies: tuple[tuple[str, tuple[str, ...]], ...],
) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (name, re.compile("|".join(_BETWEEN.format(re.escape(word)) for word in words)))
        for name, words in agencies
    ]
