"""Apply to similar: rules made of one decision, each with the other claims it would hold for."""

from __future__ import annotations

from typing import Any, Final

from chancery.errors import UsageError
from chancery.model import Decision
from chancery.outputs.similar import Proposal, propose_rules, why_none
from chancery.web.done import done_words
from chancery.web.page import Page
from chancery.web.shown import quotes_shown
from chancery.web.visit import Visit

MATCHES_SHOWN: Final = 20
"""Claims that a rule would hold for and that are quoted; the page says how many more there are."""


def similar(visit: Visit) -> Page:
    """Propose to say the same of other claims; nothing is taken without its preview."""
    decision = visit.find(lambda: _decision(visit, visit.address.get("of")))
    reason = why_none(decision)
    proposals = [] if reason else _proposals(visit, decision)
    return Page(
        template="similar.html",
        title="Apply to similar",
        screen="review",
        facts={
            "decided": done_words(decision),
            "reason": reason or ("" if proposals else "no other claim is like it"),
            "proposals": [_shown(visit, one) for one in proposals],
            "back": str(visit.address.to("/review", "kind", "until")),
        },
    )


def _decision(visit: Visit, name: str) -> Decision:
    for one in visit.ledger.decisions(as_of=visit.as_of):
        if one.id == name:
            return one
    raise UsageError(f"no decision {name!r}", hint="chancery log decisions lists them")


def _proposals(visit: Visit, decision: Decision) -> list[Proposal]:
    claims = visit.ledger.claims_by_id([decision.about], as_of=visit.as_of)
    if not claims:
        return []
    report = visit.desk.evidence.report(claims[0].report)
    return propose_rules(visit.ledger, decision, claims[0], report, visit.as_of)


def _shown(visit: Visit, proposal: Proposal) -> dict[str, Any]:
    return {
        "about": proposal.about,
        "verdict": proposal.verdict,
        "count": len(proposal.claims),
        "more": max(0, len(proposal.claims) - MATCHES_SHOWN),
        "quotes": quotes_shown(visit, proposal.claims[:MATCHES_SHOWN]),
    }
