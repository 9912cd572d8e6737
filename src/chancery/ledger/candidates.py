"""Which claims are compared at all: those that share a key, on days that are near.

A key names a kind of deed and two parties, one of each side. The same words in the same report, or
in a copy of it, are a key of their own, which needs no day and no second side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Final

import msgspec

from chancery.ledger.courses import FIRST, SECOND
from chancery.ledger.faces import Face
from chancery.ledger.weights import load_weights, types_together

Pair = tuple[int, int]
"""Places of two faces in a list, the lesser first."""

ANY_DAY: Final = (-(10**7), 10**7)
TELLING_MARK: Final = "="
OTHER_ROLE: Final = {FIRST: SECOND, SECOND: FIRST}


class Key(msgspec.Struct, frozen=True, gc=False):
    """What a claim is found by: the key's words, and the first and last day that it is near to.

    It looks for claims of the same key, or for those of the key that it `seeks`, where it has a
    role in a course and these have the other.
    """

    words: str
    first: int
    last: int
    seeks: str = ""


def keys_of(face: Face, slack: int) -> Iterator[Key]:
    """Yield the keys of a claim: of its words, and of each of its pairs of parties."""
    telling = hashlib.blake2b(repr(face.telling).encode(), digest_size=8).hexdigest()
    yield Key(TELLING_MARK + telling, *ANY_DAY)
    if face.whole and face.days:
        dyads = [f"{one} {other}" for one, other in dyads_of(face)]
        kind = types_together().get(face.type, face.type)
        first, last = face.days
        for dyad in dyads:
            yield Key(f"{kind} {dyad}", first, last + slack)
    some = sorted({*face.actors, *face.targets})[: load_weights().most_parties]
    courses = [f"{one} {other}" for one, other in combinations(some, 2)]
    for stage, role, first, last in face.courses:
        for dyad in courses:
            yield Key(f"{role}{stage} {dyad}", first, last, f"{OTHER_ROLE[role]}{stage} {dyad}")


def dyads_of(face: Face) -> Iterable[tuple[str, str]]:
    """Return one party of each side, or any two of a mutual deed; of long lists the first only."""
    most = load_weights().most_parties
    if face.mutual:
        some = face.actors[:most]
        return [*combinations(some, 2), *((one, one) for one in some if "." in one)]
    return product(face.actors[:most], face.targets[:most])


def near_pairs(keys: Sequence[tuple[Key, int]]) -> Iterator[Pair]:
    """Yield the pairs of places whose keys are for each other on days that meet; some twice."""
    of_words: dict[str, list[tuple[int, int, int, str]]] = {}
    for key, place in keys:
        name = min(key.words, key.seeks) if key.seeks else key.words
        of_words.setdefault(name, []).append((key.first, place, key.last, key.seeks))
    for some in of_words.values():
        some.sort()
        for at, (_, place, last, seeks) in enumerate(some):
            for first, other, _, sought in some[at + 1 :]:
                if first > last:
                    break
                if place != other and not (seeks and seeks == sought):
                    yield (place, other) if place < other else (other, place)
