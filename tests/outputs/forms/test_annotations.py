"""Web Annotations: the model's shape, and selectors that find the words again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
import rdflib

from chancery.ledger import Ledger
from chancery.outputs.words import certainty_word

URI = {"type": "string", "pattern": "^(urn:chancery:[a-z]{3}_[0-9a-f]+(:[0-9]+)?|https?://.+)$"}
POSITION = {
    "type": "object",
    "required": ["type", "start", "end"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "TextPositionSelector"},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
    },
}
QUOTE = {
    "type": "object",
    "required": ["type", "exact", "prefix", "suffix"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "TextQuoteSelector"},
        **{name: {"type": "string"} for name in ("exact", "prefix", "suffix")},
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": URI,
        "type": {"const": "Annotation"},
        "motivation": {"const": "tagging"},
        "generator": URI,
        "body": {"type": "array", "minItems": 1, "items": {
            "type": "object",
            "required": ["type", "value", "purpose"],
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string", "minLength": 1},
                "purpose": {"const": "tagging"},
            },
        }},
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "source": {
                    "required": ["id"],
                    "properties": {"id": URI, "via": URI, "type": {"const": "Text"}},
                },
                "selector": {"type": "array", "minItems": 2, "maxItems": 2,
                             "prefixItems": [POSITION, QUOTE]},
            },
        },
    },
}  # fmt: skip
COLLECTION = {
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": URI,
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "required": ["id", "type", "items"],
            "properties": {
                "id": URI,
                "type": {"const": "AnnotationPage"},
                "partOf": URI,
                "startIndex": {"const": 0},
                "items": {"type": "array", "items": ANNOTATION},
            },
        },
    },
}
"""What the Web Annotation Data Model asks of a collection, a page, an annotation and selectors."""

OA = "http://www.w3.org/ns/oa#"
CONTEXT = {
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextualBody": "oa:TextualBody",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "via": {"@type": "@id", "@id": "oa:via"},
    "exact": "oa:exact",
    "start": "oa:start",
    "end": "oa:end",
    "value": "rdf:value",
    "first": {"@type": "@id", "@id": "as:first"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}
"""The part of the model's own context that these files need: tests fetch nothing."""


@pytest.fixture(scope="module", params=["claims", "statements"])
def whole(written: Callable[..., bytes], request: pytest.FixtureRequest) -> Any:
    return json.loads(written("annotations", request.param))


def test_it_has_the_shape_of_the_model(whole: Any) -> None:
    jsonschema.Draft202012Validator(COLLECTION).validate(whole)
    assert whole["total"] == len(whole["first"]["items"])
    assert whole["first"]["partOf"] == whole["id"]


def test_the_words_are_found_again(whole: Any, ledger: Ledger) -> None:
    for one in whole["first"]["items"]:
        text = ledger.report(one["target"]["source"]["id"].removeprefix("urn:chancery:")).text
        place, words = one["target"]["selector"]
        assert text[place["start"] : place["end"]] == words["exact"]
        around = words["prefix"] + words["exact"] + words["suffix"]
        assert around in text
        assert max(len(words["prefix"]), len(words["suffix"])) <= 32


def test_each_row_is_one_annotation(written: Callable[..., bytes], ledger: Ledger) -> None:
    for thing, rows in (("claims", ledger.claims()), ("statements", ledger.statements())):
        items = json.loads(written("annotations", thing))["first"]["items"]
        assert sorted(one["id"] for one in items) == sorted(
            f"urn:chancery:{row.id}" for row in rows
        )


def test_what_was_read_stands_in_the_tags(written: Callable[..., bytes], ledger: Ledger) -> None:
    items = json.loads(written("annotations", what="expel"))["first"]["items"]
    [happening] = ledger.happenings(what="expel")
    [one] = items
    assert [body["value"] for body in one["body"]] == [
        "type: SANCTION/expel",
        "frame: expel-diplomats",
        "actor: BLR.GOV",
        "target: USA",
        "date: 2008-03",
        "standing: happened",
        "voice: anonymous",
        "stance: says",
        f"certainty: {certainty_word(happening.certainty)} {happening.certainty:.2f}",
        f"happening: {happening.id}",
    ]
    assert one["generator"] == "urn:chancery:run_0000000000000001"
    assert one["target"]["source"]["via"] == "https://news.example/a%20b?q=%3Cx%3E&y=%22z%22"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_it_is_linked_data(whole: Any) -> None:
    graph = rdflib.Graph().parse(data=json.dumps({**whole, "@context": CONTEXT}), format="json-ld")
    oa = rdflib.Namespace(OA)
    found = set(graph.subjects(rdflib.RDF.type, oa.Annotation))
    assert len(found) == whole["total"]
    for one in found:
        [target] = graph.objects(one, oa.hasTarget)
        assert len(set(graph.objects(target, oa.hasSelector))) == 2
