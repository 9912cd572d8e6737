"""An audit: how many of the claims drawn at random are right, with the interval that this allows.

A sample is drawn by a hash of the claims' ids, so that everybody who has the ledger draws the same.
It belongs to the snapshot that it was begun on, and is gone on with there, whatever is read later.
Judgements are decisions, `right` or `wrong`; what they were made for stands in their reason.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Final

from chancery.ledger.filters import CERTAINTY_WORDS
from chancery.model import Claim, Decision, Noun

RIGHT: Final = "right"
WRONG: Final = "wrong"

NORMAL_95: Final = 1.959963984540054
"""The quantile of the normal distribution for an interval of 95 %."""

NOT_ASSESSED: Final = "not assessed"

_LABEL = re.compile(
    r"sample (?P<size>[0-9]{1,9}), seed (?P<seed>[0-9]{1,18}), (?P<snapshot>snp_[0-9a-f]+)"
)


class Share(Noun, frozen=True):
    """How many of so many are right, with the Wilson interval of 95 % (Wilson 1927), 0…1."""

    right: int
    judged: int

    @property
    def low(self) -> float:
        """Return the lower end of the interval."""
        return wilson(self.right, self.judged)[0]

    @property
    def high(self) -> float:
        """Return the upper end of the interval."""
        return wilson(self.right, self.judged)[1]

    def __str__(self) -> str:
        if not self.judged:
            return "none judged"
        return f"{self.right} of {self.judged}, {100 * self.low:.0f}–{100 * self.high:.0f} %"


class Audit(Noun, frozen=True):
    """What a sample shows so far: the share of right claims in all, by type and by certainty.

    `size` claims were drawn with `seed` from the claims of `snapshot`.
    """

    snapshot: str
    seed: int
    size: int
    all: Share
    by_type: Mapping[str, Share]
    by_certainty: Mapping[str, Share]


class Sample(Noun, frozen=True):
    """Claims drawn at random, in the order of their drawing, and how each was judged so far.

    There are fewer than the `size` asked for where the snapshot has no more.
    """

    snapshot: str
    seed: int
    size: int
    claims: tuple[Claim, ...]
    marks: Mapping[str, str]
    certainties: Mapping[str, float | None]

    @property
    def label(self) -> str:
        """Say what a judgement is made for: the reason of its decision."""
        return f"sample {self.size}, seed {self.seed}, {self.snapshot}"

    def open_claims(self) -> list[Claim]:
        """Return the claims that nobody has judged yet."""
        return [claim for claim in self.claims if claim.id not in self.marks]

    def audit(self) -> Audit:
        """Return what the judgements show."""
        judged = [claim for claim in self.claims if claim.id in self.marks]
        return Audit(
            snapshot=self.snapshot,
            seed=self.seed,
            size=len(self.claims),
            all=self._share(judged),
            by_type=self._shares(judged, lambda claim: claim.type),
            by_certainty=self._shares(
                judged, lambda claim: band_of(self.certainties.get(claim.id))
            ),
        )

    def _band(self, claim: Claim) -> str:
        return band_of(self.certainties.get(claim.id))

    def _shares(self, judged: Sequence[Claim], key: Callable[[Claim], str]) -> dict[str, Share]:
        groups: dict[str, list[Claim]] = {}
        for claim in judged:
            groups.setdefault(key(claim), []).append(claim)
        return {name: self._share(groups[name]) for name in sorted(groups, key=_band_order)}

    def _share(self, judged: Sequence[Claim]) -> Share:
        right = sum(self.marks[claim.id] == RIGHT for claim in judged)
        return Share(right=right, judged=len(judged))


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Return the Wilson score interval of 95 % for a share, 0…1; all of it where none is judged.

    Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference.
    """
    if not judged:
        return 0.0, 1.0
    share, square = right / judged, NORMAL_95**2
    centre = share + square / (2 * judged)
    spread = NORMAL_95 * math.sqrt(
        share * (1 - share) / judged + square / (4 * judged * judged)
    )  # fmt: skip
    whole = 1 + square / judged
    low = (centre - spread) / whole if right else 0.0
    high = (centre + spread) / whole if right < judged else 1.0
    return low, high


def draw(ids: Iterable[str], size: int, seed: int) -> list[str]:
    """Draw some ids at random: those whose seeded hash is least, the same on any machine."""
    return sorted(ids, key=lambda id_: (_hash(id_, seed), id_))[:size]


def _hash(id_: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {id_}".encode()).hexdigest()


def begun_on(
    decisions: Sequence[Decision], size: int, seed: int, known: Container[str]
) -> str | None:
    """Return the snapshot that a sample of this size and seed was begun on; none where none was.

    Only snapshots that are `known` count: a judgement may come from another ledger.
    """
    for one in decisions:
        match = _LABEL.fullmatch(one.reason)
        if match is None or match["snapshot"] not in known:
            continue
        if (int(match["size"]), int(match["seed"])) == (size, seed):
            return match["snapshot"]
    return None


def marks_of(standing: Iterable[Decision]) -> dict[str, str]:
    """Return how claims were judged: the last judgement that stands, by the claim's id."""
    return {one.about: one.verdict for one in standing if one.verdict in (RIGHT, WRONG)}


def band_of(certainty: float | None) -> str:
    """Return the word for a certainty."""
    if certainty is None:
        return NOT_ASSESSED
    return next(word for word, least in CERTAINTY_WORDS.items() if certainty >= least)


def _band_order(name: str) -> tuple[int, str]:
    """Bands stand from the surest down, types by their names."""
    bands = [*CERTAINTY_WORDS, NOT_ASSESSED]
    return (bands.index(name) if name in bands else -1, name)
