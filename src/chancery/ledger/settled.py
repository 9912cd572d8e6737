"""What people's decisions come to: claims as they are to be taken, and what may share a happening.

`reconcile` takes claims as `Settled` gives them. Decisions name claims by id; what they come to for
the claims that a ledger holds now, after re-reading, is worked out once before reconciling.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chancery.model import Claim

Pair = tuple[str, str]
"""Two ids of claims, the lesser first."""


class Settled(msgspec.Struct, frozen=True):
    """All that people settled about the claims of one snapshot.

    `together` and `apart` are pairs of claims that are, or are not, of one happening; no pair is in
    both. `rejected` are claims that are none. `leads` names, for a claim, the fields on which it
    leads (`*` for all). `changed` holds claims whose type, day or parties a person has set.
    """

    together: tuple[Pair, ...] = ()
    apart: frozenset[Pair] = frozenset()
    rejected: frozenset[str] = frozenset()
    leads: Mapping[str, frozenset[str]] = {}
    changed: Mapping[str, Claim] = {}

    def take(self, claim: Claim) -> Claim | None:
        """Return a claim as people settled it; none where they rejected it."""
        return None if claim.id in self.rejected else self.changed.get(claim.id, claim)


def pair_of(first: str, second: str) -> Pair:
    """Return two ids as a pair."""
    return (first, second) if first < second else (second, first)
