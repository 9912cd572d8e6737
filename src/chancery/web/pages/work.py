"""How far long work is."""

from __future__ import annotations

from chancery.web.page import Moved, Page
from chancery.web.visit import Visit


def work(visit: Visit) -> Page | Moved:
    """Show the work that goes on, or lead back where it was set going."""
    going = visit.room.work if visit.room else None
    if going is None:
        return Moved(visit.links.to("/chronology"))
    running = going.state == "running"
    document = {"title": going.title, "state": going.state, "words": going.words}
    return Page(
        template="work.html", title=going.title, document=document, scripts=("work.js",),
        facts={**document, "running": running, "back": going.back},
    )  # fmt: skip
