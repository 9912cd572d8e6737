"""GeoJSON: valid features, only where a place within a state is known, the rest counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import geojson
import jsonschema
import pytest

from chancery.ledger import Ledger
from chancery.lexicon import Gazetteer
from chancery.lexicon.gazetteer import Locality
from chancery.model import Happening
from chancery.outputs.whereabouts import Whereabouts

SCHEMA = {
    "type": "object",
    "required": ["type", "features", "left_out"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {
            "type": "object",
            "required": ["type", "geometry", "properties", "id"],
            "not": {"anyOf": [{"required": ["features"]}, {"required": ["coordinates"]}]},
            "properties": {
                "type": {"const": "Feature"},
                "id": {"type": "string", "pattern": "^hap_"},
                "geometry": {
                    "required": ["type", "coordinates"],
                    "properties": {
                        "type": {"const": "Point"},
                        "coordinates": {
                            "type": "array",
                            "prefixItems": [
                                {"type": "number", "minimum": -180, "maximum": 180},
                                {"type": "number", "minimum": -90, "maximum": 90},
                            ],
                            "items": False,
                            "minItems": 2,
                        },
                    },
                },
            },
        }},
        "left_out": {"additionalProperties": {"type": "integer", "minimum": 0}},
    },
    "not": {"anyOf": [{"required": [name]} for name in ("geometry", "properties", "crs")]},
}  # fmt: skip
"""RFC 7946: what a collection of points has, and what it must not have beside."""


@pytest.fixture(scope="module")
def whole(written: Callable[..., bytes]) -> Any:
    return json.loads(written("geojson"))


def test_it_is_geojson(written: Callable[..., bytes], whole: Any) -> None:
    loaded = geojson.loads(written("geojson"))
    assert isinstance(loaded, geojson.FeatureCollection)
    assert loaded.is_valid
    jsonschema.validate(whole, SCHEMA)


def test_only_a_place_within_a_state_is_a_point(whole: Any, ledger: Ledger) -> None:
    [feature] = whole["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [27.57, 53.9]}
    assert feature["properties"]["place"] == "Minsk"
    left_out = whole["left_out"]
    assert left_out == {"no_place": 4, "state_only": 1, "place_not_found": 0}
    assert len(whole["features"]) + sum(left_out.values()) == len(ledger.happenings())


def test_facts_are_the_ledgers(whole: Any, ledger: Ledger) -> None:
    [feature] = whole["features"]
    told, row = feature["properties"], ledger.happening(feature["id"])
    assert (told["when"], told["first_day"], told["last_day"], told["basis"]) == (
        "2020-02-01/2020-02-10", "2020-02-01", "2020-02-10", "stated",
    )  # fmt: skip
    assert (told["actors"], told["targets"]) == (list(row.actors), list(row.targets))
    assert (told["reports"], told["origins"]) == (1, 1)
    assert (told["certainty"], told["standing"]) == (row.certainty, "happened")
    [words] = told["quotations"]
    assert ledger.report(words["report"]).text[words["start"] : words["end"]] == words["words"]
    assert words["url"] == "https://news.example/a%20b?q=%3Cx%3E&y=%22z%22"


PLACES = (
    Locality("Waco", "city", "USA", 31.5, -97.1, 130_000),
    Locality("Tripoli", "capital", "LBY", 32.9, 13.2, 1_000_000),
    Locality("Tripoli", "city", "LBN", 34.4, 35.8, 700_000),
    Locality("Libya", "state", "LBY", 32.9, 13.2),
    Locality("Black Sea", "water", "", 43.0, 34.0),
)


class Asked:
    """A ledger that has claims with places and nothing else."""

    def __init__(self, *told: tuple[str, str | None, str]) -> None:
        self.told = told

    def sql(self, query: str, *, as_of: str | None = None) -> list[dict[str, Any]]:
        return [
            {"id": id_, "country": country, "words": words} for id_, country, words in self.told
        ]


@pytest.mark.parametrize(
    ("told", "country", "found"),
    [
        ([("clm_1", "USA", "Waco, Texas")], "USA", "Waco"),
        ([("clm_1", "LBY", "Tripoli")], "LBY", "LBY"),
        ([("clm_1", "LBN", "Tripoli")], "LBN", "LBN"),
        ([("clm_1", "FRA", "Tripoli")], "FRA", None),
        ([("clm_1", "LBY", "the capital")], "LBY", "Tripoli"),
        ([("clm_1", None, "Black Sea")], None, "Black Sea"),
        ([("clm_1", "LBY", "Black Sea")], "LBY", None),
        ([("clm_1", "LBY", "Libya"), ("clm_2", "LBY", "Tripoli")], "LBY", "Tripoli"),
        ([("clm_1", "LBN", "Tripoli")], "LBY", None),
        ([("clm_1", "LBY", "\n\nlibyan soil")], "LBY", None),
        ([], "LBY", None),
    ],
)
def test_a_name_is_looked_for_within_its_state(
    told: list[tuple[str, str | None, str]], country: str | None, found: str | None
) -> None:
    happening = Happening(
        id="hap_1", frame="visit", type="CONSULT", claims=("clm_1", "clm_2"), reports=("rep_1",),
        origin_count=1, where=country, lead="clm_1",
    )  # fmt: skip
    places = Whereabouts(Asked(*told), gazetteer=Gazetteer(PLACES))  # type: ignore[arg-type]
    place = places.find(happening)
    assert (place and (place.name if place.name == found else place.country)) == found
