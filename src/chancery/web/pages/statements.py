"""Statements: what is put on somebody's word, verbatim."""

from __future__ import annotations

from typing import Final

from chancery.web.page import Page
from chancery.web.saying import Asking, Pages
from chancery.web.statements_shown import statements_shown
from chancery.web.visit import Visit

STATEMENTS_PER_PAGE: Final = 50
KNOWN: Final = (
    "who", "voice", "from", "to", "report", "foresees", "open_ended", "by", "source", "institution",
)  # fmt: skip


def statements(visit: Visit) -> Page:
    """Show statements, those that the filters let through, by the day of their reports."""
    asking = Asking(visit, KNOWN)
    page = Page(
        template="statements.html",
        title="Statements",
        screen="sources",
        sheet=visit.desk.statements,
        command=asking.command("statements"),
    )
    if visit.address.form != "html":
        page.rows = visit.ledger.statements(**asking.queries)
        return page
    pages = Pages.of(
        visit, visit.ledger.tally_statements(**asking.queries), STATEMENTS_PER_PAGE
    )  # fmt: skip
    rows = visit.ledger.statements(**asking.queries, limit=pages.size, offset=pages.offset)
    page.facts = {"rows": statements_shown(visit, rows), "pages": pages, "asking": asking}
    return page
