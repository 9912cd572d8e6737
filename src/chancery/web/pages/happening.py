"""One happening and all it rests on: a page, and the evidence pane of others."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from chancery.outputs.words import STANDING_WORDS
from chancery.web.page import Moved, Page
from chancery.web.render import fragment
from chancery.web.shown import quotes_shown, row_shown
from chancery.web.visit import Visit


def happening(visit: Visit, name: str) -> Page | Moved | Response:
    """Show a happening; a claim's id and an id that was replaced lead to it."""
    found = visit.find(lambda: visit.ledger.happening(name, as_of=visit.as_of))
    if found.id != name:
        return Moved(visit.links.happening(found.id))
    claims = visit.ledger.claims(happening=found.id, as_of=visit.as_of)
    row = row_shown(visit, found)
    facts = {
        "row": row,
        "where": found.where or "",
        "standing": STANDING_WORDS[found.standing],
        "quotes": quotes_shown(visit, claims),
    }
    if visit.address.get("part") == "evidence":
        return HTMLResponse(fragment("_evidence.html", visit, **facts))
    return Page(
        template="happening.html",
        title=f"{row.pair} {row.phrase}, {row.date}",
        screen="chronology",
        facts=facts,
        rows=[found],
        sheet=visit.desk.happenings,
        quotes=True,
        command=f"chancery happening {found.id}",
    )
