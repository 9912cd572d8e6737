"""How far long work is."""

from __future__ import annotations

from chancery.web.page import NotFound, Page
from chancery.web.visit import Visit


def work(visit: Visit, name: str) -> Page:
    """Show a piece of work that was set going."""
    going = visit.room.works.get(name) if visit.room else None
    if going is None:
        raise NotFound(
            f"no work {name!r} goes on", hint="it has ended, or the server was restarted"
        )
    running = going.state == "running"
    document = {"title": going.title, "state": going.state, "words": going.words}
    return Page(
        template="work.html", title=going.title, document=document, scripts=("work.js",),
        facts={**document, "running": running, "back": going.back, "id": going.id},
    )  # fmt: skip
