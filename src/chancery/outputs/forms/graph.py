"""Rows and reports as nodes of a graph, in the words of schema.org and PROV-O.

The context is written out, so that no program has to fetch one. Terms that neither vocabulary has
are our own (`c:standing`). Ids are URNs; nothing from a report ever makes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from chancery.ledger.summaries import ReportSummary
from chancery.model import Cite, Claim, Decision, Forecast, Happening, Outcome, Statement, Voice
from chancery.outputs.addresses import urn, web_address
from chancery.outputs.day_parts import day_parts
from chancery.outputs.passages import Passage
from chancery.outputs.words import certainty_word
from chancery.version import __version__

Node = dict[str, Any]

CONTEXT: Final[Node] = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "c": "urn:chancery:term:",
    "url": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
}
SOFTWARE: Final = urn("software")
SETTLED: Final = frozenset({"borne out", "partly", "not borne out", "overtaken"})
"""What became of a forecast where it is known; one that is open or has no test has no review."""
ENTITY: Final = "prov:Entity"

_ID: Final = re.compile(r"[a-z]{3}_[0-9a-f]+")


def link(name: str, *parts: str) -> Node:
    """Point at another node."""
    return {"@id": urn(name, *parts)}


def present(node: Node) -> Node:
    """Leave out what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def software() -> Node:
    """Make the node of this program."""
    return {
        "@id": SOFTWARE,
        "@type": ["SoftwareApplication", "prov:SoftwareAgent"],
        "name": "Chancery",
        "softwareVersion": __version__,
    }


def report_node(report: ReportSummary) -> Node:
    """Make the node of a report: its outlet publishes it, and its text is left out."""
    when = report.published
    known = len(day_parts(when)) == 1
    outlet = {"@type": ["Organization", "prov:Agent"], "name": report.source}
    return present(
        {
            "@id": urn(report.id),
            "@type": ["NewsArticle", ENTITY],
            "headline": report.title,
            "publisher": outlet if report.source else None,
            "datePublished": when.edtf() if known else None,
            "c:published": when.edtf() if when.known else None,
            "c:publishedBasis": when.basis,
            "inLanguage": report.language,
            "url": web_address(report.url),
        }
    )


def quotation_node(cite: Cite) -> Node:
    """Make the node of the words that a row rests on, with where they stand."""
    return present(
        {
            "@type": ["Quotation", ENTITY],
            "text": cite.words,
            "isPartOf": link(cite.report),
            "c:paragraph": cite.paragraph,
            "c:start": cite.span.start,
            "c:end": cite.span.end,
            "url": web_address(cite.url),
        }
    )


def voice_node(voice: Voice, words: str, outlet: str | None) -> Node | None:
    """Make the node of whoever says so; no anonymous voice is taken for another one's.

    `words` are the report's for it; its own voice is the outlet's, where that is known.
    """
    if voice.kind == "own":
        return {"@type": ["Organization", "prov:Agent"], "name": outlet} if outlet else None
    return present(
        {
            "@type": "prov:Agent",
            "name": voice.full_name or (words if voice.kind != "anonymous" else None),
            "description": words,
            "c:voice": voice.kind,
            "c:actor": voice.actor,
        }
    )


def told_node(row: Claim | Statement | Forecast, passage: Passage) -> Node:
    """Make what every claim, statement and forecast has: words, place, voice, report."""
    cite = passage.cite
    agent = voice_node(row.voice, passage.voice, cite.source)
    return present(
        {
            "@id": urn(row.id),
            "@type": ["Claim", ENTITY],
            "text": cite.words,
            "appearance": quotation_node(cite),
            "author": agent,
            "c:voice": row.voice.kind,
            "c:stance": row.voice.stance,
            "prov:wasDerivedFrom": link(cite.report),
            "prov:wasAttributedTo": agent,
        }
    )


def claim_facts(claim: Claim) -> Node:
    """Make what a claim has beside: the deed as it was read, and the run that read it."""
    return present(
        {
            "c:frame": claim.frame,
            "c:type": claim.type,
            "c:mode": claim.mode,
            "c:cameo": claim.cameo,
            "c:actor": sorted({one.actor for one in claim.actors if one.actor}),
            "c:target": sorted({one.actor for one in claim.targets if one.actor}),
            "c:when": claim.when.edtf() if claim.when.known else None,
            "c:standing": claim.standing,
            "c:score": claim.score,
            "prov:wasGeneratedBy": link(claim.run) if claim.run else None,
        }
    )


def happening_node(row: Happening, name: str) -> Node:
    """Make the node of a happening: no schema.org Event, for it may not have come about."""
    return present(
        {
            "@id": urn(row.id),
            "@type": ["c:Happening", ENTITY],
            "name": name,
            "c:frame": row.frame,
            "c:type": row.type,
            "c:mode": row.mode,
            "c:cameo": row.cameo,
            "c:actor": list(row.actors),
            "c:target": list(row.targets),
            "c:when": row.when.edtf() if row.when.known else None,
            "c:basis": row.when.basis,
            "c:country": row.where,
            "c:standing": row.standing,
            "c:certainty": row.certainty,
            "c:certaintyWord": certainty_word(row.certainty),
            "c:reports": len(row.reports),
            "c:origins": row.origin_count,
            "c:disputed": list(row.disputed),
            "prov:wasDerivedFrom": [link(claim) for claim in row.claims],
        }
    )


def run_node(run: str) -> Node:
    """Make the node of one pass of a reader: no clock, for a run has none."""
    return {
        "@id": urn(run),
        "@type": "prov:Activity",
        "prov:wasAssociatedWith": {"@id": SOFTWARE},
    }


def decision_node(decision: Decision, used: Iterable[str]) -> Node:
    """Make the node of what a person settled about rows of this graph."""
    by = {"@type": ["Person", "prov:Agent"], "name": decision.who} if decision.who else None
    return present(
        {
            "@id": urn(decision.id),
            "@type": "prov:Activity",
            "c:about": decision.about,
            "c:verdict": decision.verdict,
            "description": decision.reason,
            "prov:endedAtTime": decision.made,
            "prov:wasAssociatedWith": by,
            "prov:used": [link(name) for name in used if _ID.fullmatch(name)],
        }
    )


def review_node(
    forecast: Forecast, words: str, outcome: Outcome, evidence: Iterable[Cite], who: str
) -> Node:
    """Make the node of what became of a forecast: the verdict, by whom, and the words for it."""
    author: Node = {"@id": SOFTWARE}
    if outcome.decided:
        author = present({"@type": ["Person", "prov:Agent"], "name": who})
    return present(
        {
            "@id": urn(forecast.id, "outcome"),
            "@type": ["ClaimReview", ENTITY],
            "claimReviewed": words,
            "itemReviewed": link(forecast.id),
            "reviewRating": {"@type": "Rating", "alternateName": outcome.state},
            "author": author,
            "description": outcome.because,
            "citation": [quotation_node(cite) for cite in evidence],
            "prov:wasDerivedFrom": [link(claim) for claim in outcome.evidence],
        }
    )
