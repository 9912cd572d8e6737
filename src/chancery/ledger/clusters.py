"""Claims that hang together, parted into deeds: the best pairs first, blind to order.

Pairs that are tied join in the order of their sums. Two groups become one only if no pair across
them is forbidden, and if the mean over all pairs across them is high enough; what is said in the
same words by copies counts once. Sharp days come first; a vague claim then goes to the one deed
that it fits, and stays alone where none or several fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chancery.ledger.compare import TELLING, UNKNOWN, Comparer, Weighed
from chancery.ledger.faces import Face
from chancery.ledger.settled import Settled, pair_of
from chancery.ledger.told import Days, in_common
from chancery.ledger.weights import load_weights

DECIDED = ("a person put them together",)
"""The reason of a join that nothing in the claims gives."""


class Deed:
    """Claims of one deed, while they are being found; `days` all its dated claims have in common.

    Where two accounts give days side by side there are none in common; `days` are then those of
    the first.
    """

    def __init__(self, face: Face) -> None:
        self.faces = [face]
        self.joins: list[tuple[str, str]] = []
        self.days: Days | None = face.days
        self.seed: Days | None = face.days

    @property
    def order(self) -> tuple[Any, ...]:
        """Return what a deed is sorted by: its first face's width and content."""
        return min(order_of(face) for face in self.faces)

    @property
    def width(self) -> int:
        """Return how many days the narrowest of its dates may be out."""
        return min(face.width for face in self.faces)


def order_of(face: Face) -> tuple[Any, ...]:
    """Return what faces are sorted by: narrow days first, then content, then report and id."""
    return (face.width, face.mode is None, face.content, face.story, face.id)


class Clusterer:
    """Parts the claims of one part of the ledger into deeds."""

    def __init__(self, faces: Sequence[Face], comparer: Comparer, settled: Settled) -> None:
        self._faces = sorted(faces, key=order_of)
        self._comparer = comparer
        self._settled = settled
        self._deeds = {face.id: Deed(face) for face in self._faces}
        self._weighed: dict[tuple[str, str], Weighed | None] = {}
        self._least_mean = load_weights().least_mean

    def part(self, joins: Iterable[tuple[str, str, float]]) -> list[Deed]:
        """Return the deeds; `joins` are ids of claims that are tied, with their sums."""
        self._put_together()
        rank = {face.id: place for place, face in enumerate(self._faces)}
        edges: list[tuple[float, int, int]] = sorted(
            (-score, min(rank[one], rank[other]), max(rank[one], rank[other]))
            for one, other, score in joins
        )
        sharp = load_weights().sharp_days
        vague: dict[str, set[str]] = {}
        for score, one, other in edges:
            first, second = self._faces[one], self._faces[other]
            if -score >= TELLING or max(first.width, second.width) <= sharp:
                self._join(first, second)
            else:
                vague.setdefault(first.id, set()).add(second.id)
                vague.setdefault(second.id, set()).add(first.id)
        if vague:
            self._place_vague(vague, sharp)
        return list({id(deed): deed for deed in self._deeds.values()}.values())

    def _put_together(self) -> None:
        for first, second in self._settled.together:
            if first in self._deeds and second in self._deeds:
                one, other = self._deeds[first], self._deeds[second]
                if one is not other and not self._apart(one, other):
                    self._merge(one, other, (first, second))

    def _join(self, first: Face, second: Face) -> None:
        one, other = self._deeds[first.id], self._deeds[second.id]
        if one is not other and self._fit(one, other, (first, second)):
            self._merge(one, other, (first.id, second.id))

    def _merge(self, one: Deed, other: Deed, by: tuple[str, str]) -> None:
        if other.order < one.order:
            one, other = other, one
        one.faces += other.faces
        one.joins += [*other.joins, by]
        one.days = in_common(one.days, other.days) or one.days or other.days
        for face in other.faces:
            self._deeds[face.id] = one

    def _apart(self, one: Deed, other: Deed) -> bool:
        apart = self._settled.apart
        return bool(apart) and any(
            pair_of(first.id, second.id) in apart for first in one.faces for second in other.faces
        )

    def _fit(self, one: Deed, other: Deed, by: tuple[Face, Face] | None) -> bool:
        """Say whether two deeds can be one: nothing forbids it, and the mean speaks for it."""
        if self._apart(one, other):
            return False
        if not self._days_fit(one, other, by):
            return False
        sums: dict[tuple[Any, ...], float] = {}
        for first in one.faces:
            for second in other.faces:
                weighed = self._weigh(first, second)
                if weighed is None:
                    return False
                if weighed is not UNKNOWN:
                    both = (first.story, first.content, second.story, second.content)
                    sums[both] = max(sums.get(both, weighed.score), weighed.score)
        return not sums or sum(sums.values()) / len(sums) >= self._least_mean

    def _days_fit(self, one: Deed, other: Deed, by: tuple[Face, Face] | None) -> bool:
        """Say whether a stretch of days is common to both, or days side by side are allowed."""
        if one.days is None or other.days is None or in_common(one.days, other.days):
            return True
        if by is None:
            return False
        weighed = self._weigh(*by)
        return weighed is not None and weighed.joins and not in_common(by[0].days, by[1].days)

    def _weigh(self, first: Face, second: Face) -> Weighed | None:
        pair = pair_of(first.id, second.id)
        if pair not in self._weighed:
            self._weighed[pair] = self._comparer.weigh(first, second)
        return self._weighed[pair]

    # Vague claims ---------------------------------------------------------------------------------

    def _place_vague(self, tied: Mapping[str, set[str]], sharp: int) -> None:
        """Put each deed without a sharp day to the one deed that it fits, narrow ones first."""
        deeds = {id(deed): deed for deed in self._deeds.values()}.values()
        placed = {id(deed) for deed in deeds if deed.width <= sharp}
        for deed in sorted((one for one in deeds if id(one) not in placed), key=lambda d: d.order):
            found = self._find_place(deed, tied, placed)
            if found is None:
                placed.add(id(deed))
                continue
            by = self._best_pair(found, deed)
            self._merge(found, deed, by)
            placed.add(id(self._deeds[by[0]]))

    def _find_place(
        self, deed: Deed, tied: Mapping[str, set[str]], placed: set[int]
    ) -> Deed | None:
        partners = {id_ for face in deed.faces for id_ in tied.get(face.id, ())}
        near = {id(self._deeds[id_]): self._deeds[id_] for id_ in partners}
        fits = [one for one in near.values() if id(one) in placed and one is not deed]
        fits = [one for one in fits if self._fit(one, deed, self._pair_beside(one, deed))]
        frame = deed.faces[0].frame
        fits = [one for one in fits if one.faces[0].frame == frame] or fits
        fits = [one for one in fits if one.seed == deed.seed] or fits
        return fits[0] if len(fits) == 1 else None

    def _pair_beside(self, one: Deed, other: Deed) -> tuple[Face, Face] | None:
        """Return a pair that may be one deed though its days only lie side by side."""
        return next(
            (
                (first, second)
                for first in one.faces
                for second in other.faces
                if not in_common(first.days, second.days)
                and (weighed := self._weigh(first, second)) is not None
                and weighed.joins
            ),
            None,
        )

    def _best_pair(self, one: Deed, other: Deed) -> tuple[str, str]:
        pairs = [
            (-weighed.score, order_of(first), order_of(second), first.id, second.id)
            for first in one.faces
            for second in other.faces
            if (weighed := self._weigh(first, second)) is not None and weighed.joins
        ]
        return min(pairs)[3:]
