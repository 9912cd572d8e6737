"""Which parts of the ledger a change touches, so that only they are worked out anew.

In: claims that are new, gone or taken otherwise, and the parts as they were. Whatever a changed
claim is or was tied to is touched, and so is what a claim beside it may now be tied to: a vague
one, or one whose next stage is another now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from chancery.ledger.candidates import Key
from chancery.ledger.components import Weaver
from chancery.ledger.faces import Face
from chancery.ledger.settled import Settled
from chancery.ledger.told import Told
from chancery.ledger.weights import load_weights


class Before(Protocol):
    """The parts as they were before a change."""

    def near(self, keys: Sequence[Key]) -> dict[str, str]:
        """Return the claims that share a key, with their reports."""
        ...

    def parts_of(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the part of each of some claims."""
        ...

    def members(self, parts: Sequence[str]) -> dict[str, tuple[str, bool]]:
        """Return the claims of some parts, with their reports, and whether they were loose."""
        ...


class Change(msgspec.Struct):
    """Claims that came and claims that went, as they are told; one taken otherwise is both."""

    added: Mapping[str, Told]
    removed: Mapping[str, Told]


class Touched(msgspec.Struct):
    """The parts to be dropped, the claims to be worked out anew, and what is known of them."""

    parts: list[str]
    told: list[Told]
    known_loose: dict[str, bool]


Tell = Callable[[Mapping[str, str]], Sequence[Told]]
"""Fetches claims as they are told, by id, with their reports."""
MakeFaces = Callable[[Sequence[Told]], Sequence[Face]]


class Finder:
    """Finds what a change touches."""

    def __init__(self, before: Before, weaver: Weaver, tell: Tell, make: MakeFaces) -> None:
        self._before = before
        self._weaver = weaver
        self._tell = tell
        self._make = make

    def find(self, change: Change, settled: Iterable[Settled]) -> Touched:
        """Return what a change touches; `settled` are people's decisions before and after."""
        changed = [*change.added.values(), *change.removed.values()]
        faces = list(self._make(changed))
        partners, vague = self._partners(faces, changed, change)
        others, _ = self._partners(vague[0], vague[1], change) if vague[0] else (set(), None)
        put = {
            id_ for one in settled for pair in one.together for id_ in pair
            if not {*pair}.isdisjoint({*change.added, *change.removed})
        }  # fmt: skip
        asked = sorted({*change.removed, *partners, *others, *put})
        parts = sorted(set(self._before.parts_of(asked).values())) if asked else []
        members = self._before.members(parts) if parts else {}
        gone = {*change.removed, *change.added}
        kept = {id_: report for id_, (report, _) in members.items() if id_ not in gone}
        anew = {face.id for face in vague[0]}
        loose = {id_: members[id_][1] for id_ in kept if id_ not in anew}
        return Touched(parts, [*self._tell(kept), *change.added.values()], loose)

    def _partners(
        self, faces: Sequence[Face], told: Sequence[Told], change: Change
    ) -> tuple[set[str], tuple[list[Face], list[Told]]]:
        """Return the unchanged claims that some are tied to, and whose ties are to be found anew.

        These are vague ones, and those of which another stage may now be the next.
        """
        keys = [key for face in faces for key in self._weaver.keys(face)]
        near = self._before.near(keys) if keys else {}
        known = {face.id for face in faces} | {*change.added} | {*change.removed}
        others = list(self._tell({id_: r for id_, r in near.items() if id_ not in known}))
        other_faces = list(self._make(others))
        every, count = [*faces, *other_faces], len(faces)
        every_told = [*told, *others]
        partners: set[str] = set()
        vague: set[int] = set()
        for one, other in self._weaver.pairs(every):
            if min(one, other) >= count or max(one, other) < count:
                continue
            at = max(one, other)
            joined = self._weaver.join(every[one], every[other]) is not None
            stage = self._weaver.stage(every_told[one], every_told[other])
            if joined or stage:
                partners.add(every[at].id)
            if (joined and is_vague(every[at])) or (stage and (one, other)[not stage[0]] == at):
                vague.add(at)
        places = sorted(vague)
        return partners, ([every[p] for p in places], [every_told[p] for p in places])


def is_vague(face: Face) -> bool:
    """Say whether it depends on a claim's surroundings whether it joins anything."""
    return face.days is not None and face.width > load_weights().sharp_days
