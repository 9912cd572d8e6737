"""Screen (a): the chronology with its evidence."""

from __future__ import annotations

from typing import Final

from chancery.web.page import Moved, Page
from chancery.web.shown import rows_shown
from chancery.web.visit import Visit

ROWS_PER_PAGE: Final = 100


def first_page(visit: Visit) -> Moved:
    """Lead to the chronology."""
    return Moved(visit.links.to("/chronology"))


def chronology(visit: Visit) -> Page:
    """Show happenings by day, those that the filters let through."""
    found = visit.ledger.happenings(**visit.asked, limit=ROWS_PER_PAGE)
    return Page(
        template="chronology.html",
        title="Chronology",
        screen="chronology",
        facts={"rows": rows_shown(visit, found)},
        rows=found,
        sheet=visit.desk.happenings,
        command="chancery chron",
    )
