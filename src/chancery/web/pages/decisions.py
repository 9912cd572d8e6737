"""The log of decisions: what was settled, by whom, and what has become of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from chancery.model import Decision
from chancery.outputs.decided import STANDING, log_sheet, states
from chancery.outputs.rows import plain
from chancery.outputs.words import short_id
from chancery.web.done import about_words, done_words
from chancery.web.page import Page
from chancery.web.visit import Visit

DECISIONS_PER_PAGE: Final = 100

LINKED: Final = {"clm_": "happening", "hap_": "happening", "rep_": "report"}
"""Which page tells of what a decision is about."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of the log."""

    id: str
    about: str
    href: str
    verdict: str
    state: str
    reason: str
    who: str
    day: str
    undoes: str
    undoable: bool


def decisions(visit: Visit) -> Page:
    """Show what was decided, the newest first, with what finds nothing and what contradicts."""
    told = list(states(visit.desk))
    address = visit.address
    last = max(1, -(-len(told) // DECISIONS_PER_PAGE))
    page = min(max(1, address.number("page", 1)), last)
    start = (page - 1) * DECISIONS_PER_PAGE
    newest = told[::-1][start : start + DECISIONS_PER_PAGE]
    by_id = {one.id: one for one, _ in told}
    facts = {
        "made": [_shown(visit, one, state) for one, state in newest],
        "count": len(told),
        "orphans": _orphans(visit) if told else [],
        "conflicts": _conflicts(visit, by_id) if told else [],
        "page_number": page,
        "pages": last,
        "earlier": str(address.with_(page=page - 1, done=None)) if page > 1 else "",
        "later": str(address.with_(page=page + 1, done=None)) if page < last else "",
        "back": str(address.with_(done=None)),
    }
    return Page(
        template="decisions.html",
        title="Decisions",
        screen="review",
        facts=facts,
        rows=[{**plain(one), "state": state} for one, state in told],
        sheet=log_sheet(),
        command="chancery log decisions",
    )


def _shown(visit: Visit, decision: Decision, state: str) -> Made:
    return Made(
        id=decision.id,
        about=about_words(decision.about),
        href=_href(visit, decision.about),
        verdict=decision.verdict,
        state=state,
        reason=decision.reason,
        who=decision.who or "nobody named",
        day=decision.made[:16].replace("T", " "),
        undoes=short_id(decision.undoes) if decision.undoes else "",
        undoable=visit.live and state.startswith((STANDING, "orphaned")),
    )


def _href(visit: Visit, about: str) -> str:
    kind = LINKED.get(about[:4])
    if kind == "report":
        return visit.links.report(about)
    return visit.links.happening(about) if kind else ""


def _orphans(visit: Visit) -> list[dict[str, Any]]:
    """Say of each orphan why it finds nothing."""
    return [
        {
            "id": short_id(one.decision.id),
            "words": done_words(one.decision),
            "because": one.because,
            "partly": "in part" if one.partly else "",
        }
        for one in visit.ledger.orphans(as_of=visit.as_of)
    ]


def _conflicts(visit: Visit, by_id: Mapping[str, Decision]) -> list[dict[str, Any]]:
    """Show both decisions of each conflict: the one that leads, and the one that yields."""

    def words(name: str) -> str:
        found = by_id.get(name)
        return f"{found.verdict} – {found.who or 'nobody named'}" if found else short_id(name)

    return [
        {
            "about": " and ".join(map(short_id, one.about.split()))
            if one.about.startswith("clm_") else one.about,
            "field": one.field,
            "stands": words(one.stands),
            "yields": words(one.yields),
            "because": one.because,
        }
        for one in visit.ledger.conflicts(as_of=visit.as_of)
    ]  # fmt: skip
