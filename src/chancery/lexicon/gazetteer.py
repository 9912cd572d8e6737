"""Where places lie: states, capitals, regions, cities, lands and waters, with coordinates.

`data/places.json` is compiled from GeoNames (CC BY 4.0) and a table of our own by
`training/places.py`. A name may be that of several places: which one is meant, a text tells
(`chancery.read.places`).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec

from chancery.lexicon.names import fold

LocalityKind = Literal["state", "capital", "city", "region", "land", "water"]

WATER: Final = "water"


class Locality(msgspec.Struct, frozen=True, array_like=True):
    """A place on the map; `country` is ISO 3166-1 alpha-3, empty for waters.

    A state stands where its capital does, a region at the middle of its people. `people` is how
    many live there, 0 where that is not known; `others` are further names.
    """

    name: str
    kind: LocalityKind
    country: str
    latitude: float
    longitude: float
    people: int = 0
    others: tuple[str, ...] = ()


class Gazetteer:
    """Places by name; accents make no difference, capitals do."""

    def __init__(self, localities: tuple[Locality, ...]) -> None:
        self.localities = localities
        self._by_name: dict[str, list[Locality]] = {}
        for locality in localities:
            for name in dict.fromkeys(map(fold, (locality.name, *locality.others))):
                self._by_name.setdefault(name, []).append(locality)

    @classmethod
    def load(cls) -> Gazetteer:
        """Load the gazetteer that ships with the package, once a process."""
        return _shipped()

    def find(self, name: str) -> tuple[Locality, ...]:
        """Return the places that bear a name, the most populous first."""
        found = self._by_name.get(fold(name), ())
        return tuple(sorted(found, key=lambda place: (-place.people, place.country, place.kind)))

    def names(self) -> list[str]:
        """Return every name, folded, in the order of the file."""
        return list(self._by_name)


@cache
def _shipped() -> Gazetteer:
    source = resources.files("chancery.lexicon") / "data" / "places.json"
    return Gazetteer(msgspec.json.decode(source.read_bytes(), type=tuple[Locality, ...]))
