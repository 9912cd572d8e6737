"""The happenings between two parties by direction and step: what a point of the ledger rests on.

Counted as the cube counts them (`ledger_deeds.py`). Where claims of a happening dispute one
another, each is also counted as it tells the deed: that gives the spread of a point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import Claim, Frame, Happening
from chancery.relations.ledger_deeds import pairs_of
from chancery.relations.steps_of_time import Step, first_day

Place = tuple[str, str, date]
"""Who, to whom, and the first day of the step."""


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One happening in one direction; `mutual` deeds stand in both."""

    id: str
    day: date
    quad: int | None
    intensity: float
    mutual: bool
    claims: tuple[str, ...]


class Share(msgspec.Struct, frozen=True):
    """What one telling of a deed adds to a place: 1 or 0 of either sort, and its score."""

    cooperation: int = 0
    conflict: int = 0
    intensity: float = 0.0
    events: int = 0


NOTHING = Share()


class Deeds(msgspec.Struct, frozen=True, kw_only=True):
    """All deeds between two parties: by place, and what the disputed ones may add to each."""

    at: Mapping[Place, Sequence[Deed]]
    doubts: Mapping[Place, Mapping[str, Collection[Share]]]
    told: Mapping[str, Happening] = {}
    """The happenings themselves, by their ids."""


class Gathering:
    """Puts the happenings of one ledger, as of one snapshot, in their places."""

    def __init__(
        self, ledger: Ledger, step: Step, standings: Collection[str], as_of: str | date | None
    ) -> None:
        self._ledger = ledger
        self._step = step
        self._standings = standings
        self._as_of = as_of
        self._frames: Mapping[str, Frame] = (ledger.lexicon or Lexicon.load()).frames
        self._last: tuple[tuple[str, str], Deeds] | None = None

    def between(self, a: str, b: str) -> Deeds:
        """Return the deeds between two parties, by place; those asked for last are at hand."""
        if self._last is None or self._last[0] != (a, b):
            self._last = (a, b), self._gather(a, b)
        return self._last[1]

    def _gather(self, a: str, b: str) -> Deeds:
        at: dict[Place, list[Deed]] = {}
        doubts: dict[Place, dict[str, Collection[Share]]] = {}
        found = self._ledger.happenings(who=[a, b], as_of=self._as_of)
        disputed = [one for one in found if one.disputed]
        claims = self._ledger.claims_of(disputed, as_of=self._as_of)
        for one in found:
            told = {place: self._deed(one, day, mutual) for place, day, mutual in
                    self._places(one, a, b)}  # fmt: skip
            for place, deed in told.items():
                at.setdefault(place, []).append(deed)
            if one.disputed:
                for place, shares in self._doubts(one, claims[one.id], told, a, b).items():
                    doubts.setdefault(place, {})[one.id] = shares
        return Deeds(at=at, doubts=doubts, told={one.id: one for one in found})

    def _places(self, one: Happening, a: str, b: str) -> Iterator[tuple[Place, date, bool]]:
        """Give every place that a happening takes; a mutual one takes both directions."""
        day = one.when.first or one.when.last
        if day is None or one.standing not in self._standings:
            return
        first = first_day(day, self._step)
        for pair in pairs_of(one):
            sides = (pair["actor"], pair["target"])
            mutual = not pair["directed"]
            for actor, target in ((a, b), (b, a)):
                if sides == (actor, target) or (mutual and sides == (target, actor)):
                    yield (actor, target, first), day, mutual

    def _deed(self, one: Happening, day: date, mutual: bool) -> Deed:
        frame = self._frames.get(one.frame)
        return Deed(
            id=one.id, day=day, quad=frame.quad if frame else None,
            intensity=(frame.intensity or 0.0) if frame else 0.0, mutual=mutual, claims=one.claims,
        )  # fmt: skip

    def _doubts(
        self, one: Happening, claims: Sequence[Claim], told: Mapping[Place, Deed], a: str, b: str
    ) -> dict[Place, Collection[Share]]:
        """Return, for each place that any claim gives, what each way of telling adds there."""
        tellings = [told]
        for claim in claims:
            version = as_told(one, claim)
            tellings.append({place: self._deed(version, day, mutual) for place, day, mutual in
                             self._places(version, a, b)})  # fmt: skip
        places = {place for telling in tellings for place in telling}
        found = {
            place: {_share(telling.get(place)) for telling in tellings} for place in sorted(places)
        }
        return {place: shares for place, shares in found.items() if len(shares) > 1}


def as_told(one: Happening, claim: Claim) -> Happening:
    """Return a happening as one of its claims tells it; what that leaves out stays as it is."""
    sides = {
        name: tuple(sorted({mention.actor for mention in getattr(claim, name) if mention.actor}))
        for name in ("actors", "targets")
    }
    return msgspec.structs.replace(
        one, frame=claim.frame, type=claim.type, standing=claim.standing,
        actors=sides["actors"] or one.actors, targets=sides["targets"] or one.targets,
        when=claim.when if claim.when.known else one.when,
    )  # fmt: skip


def _share(deed: Deed | None) -> Share:
    if deed is None:
        return NOTHING
    quad = deed.quad or 0
    return Share(int(quad in (1, 2)), int(quad in (3, 4)), deed.intensity, 1)


def spread(deeds: Deeds, place: Place, measure: str) -> tuple[float, float] | None:
    """Return the least and the greatest value of a place, however its disputes are settled.

    Counts and sums are as they stand, not as shares of the world. None where nothing is disputed,
    or where every way of settling it leaves nothing to measure.
    """
    doubts = deeds.doubts.get(place, {})
    held = [_share(deed) for deed in deeds.at.get(place, ()) if deed.id not in doubts]
    ways = [sorted(one, key=lambda share: _worth(share, measure)) for one in doubts.values()]
    ends = [_value([*held, *(way[end] for way in ways)], measure) for end in (0, -1)]
    known = [end for end in ends if end is not None]
    return (known[0], known[-1]) if ways and known else None


def _worth(share: Share, measure: str) -> float:
    if measure == "warmth":
        return share.cooperation - share.conflict
    return float(getattr(share, measure))


def _value(shares: Sequence[Share], measure: str) -> float | None:
    if measure != "warmth":
        return float(sum(getattr(one, measure) for one in shares))
    cooperation = sum(one.cooperation for one in shares)
    conflict = sum(one.conflict for one in shares)
    together = cooperation + conflict
    return (cooperation - conflict) / together if together else None
