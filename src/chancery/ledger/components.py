"""Which claims hang together: parts of the ledger that can be worked out one by one.

Two claims hang together where a comparison can join them, where one tells a later stage of the
other's course, or where a person put them together. What hangs together with nothing else of two
parts can be worked out for each part alone, and gives the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chancery.ledger.candidates import Key, Pair, keys_of, near_pairs
from chancery.ledger.compare import TELLING, Comparer
from chancery.ledger.faces import Face
from chancery.ledger.policy import Policy
from chancery.ledger.settled import Settled
from chancery.ledger.stages import stage_between
from chancery.ledger.told import Told
from chancery.ledger.weights import load_weights

Stage = tuple[str, tuple[str, ...]]
Rank = tuple[int, bool, float, str, str]


class Ties(msgspec.Struct):
    """What ties claims: joins with their sums, and stages; pairs are places in the list of faces.

    `loose` are the places of vague claims that would fit several deeds on different days: nothing
    narrower than they are joins them.
    """

    joins: dict[Pair, float]
    stages: dict[Pair, Stage]
    loose: set[int]


class Weaver:
    """Finds what ties claims to each other."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.comparer = Comparer(policy)

    def keys(self, face: Face) -> list[Key]:
        """Return the keys that a claim is found by."""
        return list(keys_of(face, self._policy.slack_days))

    def tie(
        self, faces: Sequence[Face], told: Sequence[Told], known_loose: Mapping[str, bool]
    ) -> Ties:
        """Compare all pairs worth it; `known_loose` says it of claims that need no second look."""
        joins: dict[Pair, float] = {}
        stages: dict[Pair, Stage] = {}
        for pair in self.pairs(faces):
            first, second = faces[pair[0]], faces[pair[1]]
            if (score := self.join(first, second)) is not None:
                joins[pair] = score
            if stage := self.stage(told[pair[0]], told[pair[1]]):
                stages[pair if stage[0] else pair[::-1]] = stage[1]
        loose = self._loose(faces, joins, known_loose)
        kept = {pair: score for pair, score in joins.items() if not cut(faces, pair, loose, score)}
        return Ties(kept, nearest(stages, told), loose)

    def pairs(self, faces: Sequence[Face]) -> Iterator[Pair]:
        """Yield the pairs of places worth comparing, each once."""
        keys = [(key, place) for place, face in enumerate(faces) for key in self.keys(face)]
        seen: set[Pair] = set()
        for pair in near_pairs(keys):
            if pair not in seen:
                seen.add(pair)
                yield pair

    def join(self, first: Face, second: Face) -> float | None:
        """Return the sum that joins two claims; none where it does not reach or is forbidden."""
        if first.family != second.family:
            return None
        weighed = self.comparer.weigh(first, second)
        return weighed.score if weighed and weighed.joins else None

    def stage(self, first: Told, second: Told) -> tuple[bool, Stage] | None:
        """Return whether the first comes first, and the stage, where one follows the other."""
        for forward, one, other in ((True, first, second), (False, second, first)):
            if found := stage_between(one, other, self._policy):
                return forward, found
        return None

    def _loose(
        self, faces: Sequence[Face], joins: Mapping[Pair, float], known: Mapping[str, bool]
    ) -> set[int]:
        """Return the places of vague claims whose narrower partners lie on different days."""
        ends: dict[int, tuple[int, int]] = {}
        for (one, other), score in joins.items():
            if score >= TELLING:
                continue
            for vague, narrow in ((one, other), (other, one)):
                days = faces[narrow].days
                if days and decides(faces[vague], faces[narrow]):
                    first, last = ends.get(vague, days)
                    ends[vague] = max(first, days[0]), min(last, days[1])
        slack = self._policy.slack_days
        loose = {place for place, (first, last) in ends.items() if first - last > slack}
        if known:
            places = {place for place, face in enumerate(faces) if face.id in known}
            loose = {p for p in loose if p not in places}
            loose |= {place for place in places if known[faces[place].id]}
        return loose


def nearest(stages: Mapping[Pair, Stage], told: Sequence[Told]) -> dict[Pair, Stage]:
    """Return of each claim's later stages of one sort the nearest: what is planned is held once."""
    best: dict[tuple[int, str], tuple[Rank, Pair]] = {}
    for pair, (stage, _) in stages.items():
        rank = rank_of(told[pair[0]], told[pair[1]])
        if (pair[0], stage) not in best or rank < best[pair[0], stage][0]:
            best[pair[0], stage] = rank, pair
    return {pair: stages[pair] for _, pair in best.values()}


def rank_of(first: Told, second: Told) -> Rank:
    """Return what makes a later stage the one that is meant: the least does."""
    earlier, later = first.claim, second.claim
    days = [one.claim.when.first or one.claim.when.last or one.published for one in (first, second)]
    gap = abs((days[1] - days[0]).days) if days[0] and days[1] else 0
    return gap, earlier.frame != later.frame, -later.score, later.id, earlier.id


def decides(vague: Face, narrow: Face) -> bool:
    """Say whether a claim is the vaguer one of two, so that it depends on it whether they join."""
    return (
        vague.width > load_weights().sharp_days
        and vague.width >= narrow.width
        and vague.days != narrow.days
    )


def cut(faces: Sequence[Face], pair: Pair, loose: set[int], score: float) -> bool:
    """Say whether a join is none because a vague claim would fit several deeds."""
    if score >= TELLING:
        return False
    one, other = pair
    return (one in loose and decides(faces[one], faces[other])) or (
        other in loose and decides(faces[other], faces[one])
    )


class Tied(msgspec.Struct):
    """The places of claims that hang together, with what ties them."""

    places: list[int]
    joins: list[tuple[Pair, float]]
    stages: list[tuple[Pair, Stage]]


def parts_of(faces: Sequence[Face], ties: Ties, settled: Settled) -> list[Tied]:
    """Return what hangs together, part by part, in the order of their first places."""
    groups = Places(len(faces))
    for one, other in (*ties.joins, *ties.stages):
        groups.join(one, other)
    if settled.together:
        places = {face.id: place for place, face in enumerate(faces)}
        for first, second in settled.together:
            if first in places and second in places:
                groups.join(places[first], places[second])
    parts = {places[0]: Tied(places, [], []) for places in groups.all()}
    for pair, score in ties.joins.items():
        parts[groups.find(pair[0])].joins.append((pair, score))
    for pair, stage in ties.stages.items():
        parts[groups.find(pair[0])].stages.append((pair, stage))
    return list(parts.values())


class Places:
    """Numbers that grow together into groups (union-find)."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def find(self, place: int) -> int:
        """Return the least number of a number's group."""
        parents = self._parents
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def join(self, first: int, second: int) -> None:
        """Make one group of two."""
        one, other = sorted((self.find(first), self.find(second)))
        self._parents[other] = one

    def all(self) -> list[list[int]]:
        """Return the groups, each sorted, in the order of their least numbers."""
        groups: dict[int, list[int]] = {}
        for place in range(len(self._parents)):
            groups.setdefault(self.find(place), []).append(place)
        return list(groups.values())
