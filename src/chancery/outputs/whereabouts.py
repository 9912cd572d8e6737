"""Where happenings took place on a map, as far as a report's words name a place that is known.

A place is looked up in the gazetteer within the state that the happening is held to be in. A state
alone is no point on a map: its coordinates would be those of its capital.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from chancery.ledger import Ledger
from chancery.lexicon import Gazetteer
from chancery.lexicon.gazetteer import WATER, Locality
from chancery.model import Happening
from chancery.outputs.evidence import lead_of

STATE: Final = "state"
THE_CAPITAL: Final = "capital"

PLACES: Final = """
SELECT claims.id, claims.where_country AS country, substring(
    reports.text, claims.where_words_start + 1, claims.where_words_end - claims.where_words_start
) AS words
FROM claims JOIN reports ON reports.id = claims.report
WHERE claims.where_words_start IS NOT NULL
"""


class Told(msgspec.Struct, frozen=True):
    """What a claim says of its place: its words, and the state that these were read as."""

    country: str | None
    words: str


class Whereabouts:
    """The places of one ledger's happenings, as of one snapshot."""

    def __init__(
        self, ledger: Ledger, as_of: str | None = None, gazetteer: Gazetteer | None = None
    ) -> None:
        self._gazetteer = gazetteer or Gazetteer.load()
        self._told: Mapping[str, Told] = {
            row["id"]: Told(row["country"], row["words"]) for row in ledger.sql(PLACES, as_of=as_of)
        }
        self._capitals = {
            place.country: place
            for place in self._gazetteer.localities
            if place.kind == THE_CAPITAL
        }

    def find(self, happening: Happening) -> Locality | None:
        """Return where a happening took place: the leading claim's place if it has one.

        A state where no claim names a place within it; none where nothing is known, or no place of
        that name within that state.
        """
        claims = sorted(happening.claims, key=lambda claim: (claim != lead_of(happening), claim))
        told = [self._told[claim] for claim in claims if claim in self._told]
        words = [one.words for one in told if one.country == happening.where]
        found = list(self._places(words, happening.where))
        exact = [place for place in found if place.kind != STATE]
        return next(iter([*exact, *found]), None)

    def _places(self, words: Sequence[str], country: str | None) -> Iterator[Locality]:
        for said in words:
            if said.casefold().removeprefix("the ") == THE_CAPITAL:
                found: Iterable[Locality | None] = [self._capitals.get(country or "")]
            else:
                found = self._named(said)
            for place in found:
                if place and (place.country == country or (not country and place.kind == WATER)):
                    yield place
                    break

    def _named(self, said: str) -> Sequence[Locality]:
        """Return what bears the whole name; of "Waco, Texas" else the first part."""
        whole = " ".join(said.split())
        town = whole.partition(",")[0]
        return self._gazetteer.find(whole) or self._gazetteer.find(town)
