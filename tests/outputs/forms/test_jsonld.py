"""JSON-LD: a graph that a library reads without fetching anything, with the ledger's own facts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rdflib
from rdflib import PROV, RDF, SDO, Literal, URIRef

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.outputs.exports import write_export
from chancery.outputs.forms.graph import CONTEXT

ID = {"type": "string", "pattern": "^urn:chancery:([a-z]{3}_[0-9a-f]+(:outcome)?|software)$"}
QUOTATION = {
    "type": "object",
    "required": ["@type", "text", "isPartOf", "c:start", "c:end", "c:paragraph"],
}
NODE = {
    "type": "object",
    "required": ["@id", "@type"],
    "properties": {"@id": ID},
    "allOf": [
        {
            "if": {"properties": {"@type": {"type": "array", "contains": {"const": "Claim"}}}},
            "then": {
                "required": ["text", "appearance", "prov:wasDerivedFrom"],
                "properties": {"appearance": QUOTATION},
            },
        },
        {
            "if": {
                "properties": {"@type": {"type": "array", "contains": {"const": "ClaimReview"}}}
            },
            "then": {
                "required": ["claimReviewed", "itemReviewed", "reviewRating", "author"],
                "properties": {
                    "reviewRating": {"required": ["@type", "alternateName"]},
                    "citation": {"items": QUOTATION},
                },
            },
        },
        {
            "if": {
                "properties": {"@type": {"type": "array", "contains": {"const": "NewsArticle"}}}
            },
            "then": {"not": {"required": ["articleBody"]}},
        },
    ],
}
WHOLE = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {"@context": {"const": CONTEXT}, "@graph": {"type": "array", "items": NODE}},
}
"""What each node has, as schema.org and PROV-O describe its kind."""

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
"""rdflib's own reader of JSON-LD uses what rdflib has deprecated."""

C = rdflib.Namespace("urn:chancery:term:")
WORDS = ("happenings", "claims", "statements", "forecasts")


def urn(name: str) -> URIRef:
    return URIRef(f"urn:chancery:{name}")


@pytest.fixture(scope="module")
def graph_of(written: Callable[..., bytes]) -> Callable[..., rdflib.Graph]:
    return lambda form, thing: rdflib.Graph().parse(data=written(form, thing), format="json-ld")


@pytest.mark.parametrize("form", ["jsonld", "claimreview"])
@pytest.mark.parametrize("thing", WORDS)
def test_it_has_the_shape_of_its_kinds(
    written: Callable[..., bytes], form: str, thing: str
) -> None:
    if form == "claimreview" and thing not in ("statements", "forecasts"):
        pytest.skip("it holds no such rows")
    whole = json.loads(written(form, thing))
    jsonschema.Draft202012Validator(WHOLE).validate(whole)
    names = [node["@id"] for node in whole["@graph"]]
    assert len(set(names)) == len(names)


def test_happenings_come_from_claims_and_these_from_reports(
    graph_of: Callable[..., rdflib.Graph], ledger: Ledger
) -> None:
    graph = graph_of("jsonld", "happenings")
    for row in ledger.happenings():
        assert set(graph.objects(urn(row.id), PROV.wasDerivedFrom)) == set(map(urn, row.claims))
        assert (urn(row.id), C.standing, Literal(row.standing)) in graph
    for claim in ledger.claims():
        node = urn(claim.id)
        assert (node, RDF.type, SDO.Claim) in graph
        assert set(graph.objects(node, PROV.wasDerivedFrom)) == {urn(claim.report)}
        assert set(graph.objects(node, PROV.wasGeneratedBy)) == {urn(claim.run)}
        [words] = graph.objects(node, SDO.appearance)
        [start], [end] = graph.objects(words, C.start), graph.objects(words, C.end)
        [text] = graph.objects(words, SDO.text)
        assert ledger.report(claim.report).text[int(start) : int(end)] == str(text)
    assert (urn("run_0000000000000001"), RDF.type, PROV.Activity) in graph


def test_a_voice_is_nobody_it_is_not_said_to_be(graph_of: Callable[..., rdflib.Graph]) -> None:
    graph = graph_of("jsonld", "claims")
    [expelled] = graph.subjects(C.frame, Literal("expel-diplomats"))
    [author] = graph.objects(expelled, SDO.author)
    assert set(graph.objects(author, SDO.name)) == set()
    assert set(graph.objects(author, SDO.description)) == {Literal('an "official"')}
    assert set(graph.objects(author, RDF.type)) == {PROV.Agent}
    [visit] = graph.subjects(C.when, Literal("2020-02-01/2020-02-10"))
    [author] = graph.objects(visit, SDO.author)
    assert (author, RDF.type, SDO.Organization) in graph


def test_reports_are_articles_without_their_text(
    graph_of: Callable[..., rdflib.Graph], ledger: Ledger
) -> None:
    graph = graph_of("jsonld", "happenings")
    articles = set(graph.subjects(RDF.type, SDO.NewsArticle))
    first, second = (urn(ledger.report(f"wire-{number}").id) for number in (1, 2))
    assert articles == {first, second}
    [day] = graph.objects(first, SDO.datePublished)
    assert (str(day), day.datatype) == ("2020-02-10", SDO.Date)
    assert set(graph.objects(second, SDO.datePublished)) == set()
    assert set(graph.objects(second, SDO.url)) == set()
    assert set(graph.objects(first, SDO.url)) == {
        URIRef("https://news.example/a%20b?q=%3Cx%3E&y=%22z%22")
    }


@pytest.mark.parametrize("form", ["jsonld", "claimreview"])
def test_a_settled_forecast_has_a_review_with_its_evidence(
    graph_of: Callable[..., rdflib.Graph], ledger: Ledger, form: str
) -> None:
    graph = graph_of(form, "forecasts")
    [forecast], [outcome] = ledger.forecasts(), ledger.outcomes()
    [review] = graph.subjects(RDF.type, SDO.ClaimReview)
    assert set(graph.objects(review, SDO.itemReviewed)) == {urn(forecast.id)}
    [rating] = graph.objects(review, SDO.reviewRating)
    assert set(graph.objects(rating, SDO.alternateName)) == {Literal("borne out")}
    [author] = graph.objects(review, SDO.author)
    assert set(graph.objects(author, SDO.name)) == {Literal("Ada")}
    [evidence] = graph.objects(review, SDO.citation)
    [text] = graph.objects(evidence, SDO.text)
    assert str(text).startswith("Belarus expelled the ambassador")
    assert set(graph.objects(review, PROV.wasDerivedFrom)) == set(map(urn, outcome.evidence))
    assert set(graph.objects(urn(forecast.id), C.deadline)) == {Literal("../2020-01-31")}


def test_a_decision_is_an_activity_while_it_stands(
    ledger: Ledger, lexicon: Lexicon, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(ledger.path, tmp_path / "own.ledger"))

    def graph(opened: Ledger) -> bytes:
        target = BytesIO()
        write_export(target, opened, lexicon, "jsonld")
        return target.getvalue()

    with Ledger.open(copied, lexicon) as opened:
        before = graph(opened)
        [visit] = opened.claims(what="visit", until="2020")
        taken = opened.decide(visit.id, "right", reason='</script>"', who="Ada")
        decided: Any = rdflib.Graph().parse(data=graph(opened), format="json-ld")
        node = urn(taken.id)
        assert (node, RDF.type, PROV.Activity) in decided
        assert urn(visit.id) in set(decided.objects(node, PROV.used))
        assert set(decided.objects(node, C.verdict)) == {Literal("right")}
        opened.decide(taken.id, "undo", who="Ada")
        assert graph(opened) == before
