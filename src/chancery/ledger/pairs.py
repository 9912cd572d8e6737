"""Joins and splits that people decided: which pairs are together, which apart, never both.

A join that would put two claims together that are decided apart, whether by itself or through
others, yields: the newest joins are taken first, so the oldest are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from chancery.model import Decision, Noun

Pair = tuple[str, str]
"""Two ids of claims, the lesser first."""

JOIN: Final = "join"
SPLIT: Final = "split"


class Conflict(Noun, frozen=True):
    """Two decisions that cannot both hold: one stands, the other yields; both are kept.

    `about` is what they differ on, `field` in which respect, `because` which of them stands.
    """

    stands: str
    yields: str
    about: str
    field: str
    because: str


class Paired(msgspec.Struct, frozen=True):
    """A join or a split of two claims, as they are named now."""

    decision: Decision
    kind: str
    pair: Pair


class Pairs(msgspec.Struct, frozen=True):
    """What joins and splits come to."""

    together: tuple[Pair, ...]
    apart: frozenset[Pair]
    conflicts: tuple[Conflict, ...]


def pair_of(first: str, second: str) -> Pair:
    """Return two ids as a pair."""
    return (first, second) if first < second else (second, first)


def settle_pairs(paired: Sequence[Paired], reason: str) -> Pairs:
    """Settle joins and splits, given so that the later leads; `reason` says why it does."""
    last: dict[Pair, Paired] = {}
    conflicts = []
    for one in paired:
        before = last.get(one.pair)
        if before and before.kind != one.kind and before.decision.who != one.decision.who:
            conflicts.append(_conflict(one, before, reason))
        last[one.pair] = one
    leading = [one for one in paired if last[one.pair] is one]
    splits = [one for one in leading if one.kind == SPLIT]
    groups = Bonds(splits)
    together = []
    for one in reversed([one for one in leading if one.kind == JOIN]):
        against = groups.join(one.pair)
        if against is None:
            together.append(one.pair)
        else:
            because = f"joining them would put {' and '.join(against.pair)} together, decided apart"
            conflicts.append(_conflict(against, one, because))
    apart = frozenset(one.pair for one in splits)
    return Pairs(tuple(sorted(together)), apart, tuple(conflicts))


def _conflict(stands: Paired, yields: Paired, because: str) -> Conflict:
    return Conflict(
        stands=stands.decision.id,
        yields=yields.decision.id,
        about=" ".join(yields.pair),
        field="together",
        because=because,
    )


class Bonds:
    """Groups of claims that grow by joins, with the splits that hold between them."""

    def __init__(self, splits: Iterable[Paired]) -> None:
        self._members: dict[str, set[str]] = {}
        self._splits: dict[str, dict[str, Paired]] = {}
        for one in splits:
            first, second = one.pair
            self._splits.setdefault(first, {})[second] = one
            self._splits.setdefault(second, {})[first] = one

    def join(self, pair: Pair) -> Paired | None:
        """Make one group of two; or return the split that forbids it, and leave them."""
        first, second = (self._members.setdefault(one, {one}) for one in pair)
        if first is second:
            return None
        fewer, more = sorted((first, second), key=len)
        against = [
            split for one in sorted(fewer) for other, split in self._splits.get(one, {}).items()
            if other in more
        ]  # fmt: skip
        if against:
            return min(against, key=lambda one: one.pair)
        more |= fewer
        for one in fewer:
            self._members[one] = more
        return None
