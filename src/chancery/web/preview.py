"""The preview of a decision: what it would change, shown before anything is written."""

from __future__ import annotations

from typing import Any

from chancery.errors import ChanceryError
from chancery.ledger.verdicts import UNDO, check_words
from chancery.web.effects import effect_shown
from chancery.web.forms import Form, address_back, needed
from chancery.web.page import Page
from chancery.web.room import Room
from chancery.web.typed import verdict_of
from chancery.web.visit import Visit


def preview(room: Room, visit: Visit, form: Form) -> Page:
    """Show what a decision, or taking one back, would change; nothing is written.

    `back` is where accepting leads, `here` where not accepting does, if that is another page. A
    form with `part=effect` gets the effect alone, without the frame of a page, and so it does
    where the answer cannot be meant.
    """
    part = form.get("part") == "effect"
    try:
        proposal = propose(room, visit, form)
    except ChanceryError as error:
        if not part:
            raise
        facts = {"problem": error.message, "hint": error.hint}
        return Page(template="_effect.html", title="Not possible", facts=facts, status=400)
    return Page(
        template="_effect.html" if part else "preview.html",
        title="Preview",
        facts={
            "problem": "",
            "back": str(address_back(form)),
            "here": "" if part else str(address_back(form, "here" if "here" in form else "back")),
            **proposal,
        },
    )


def propose(room: Room, visit: Visit, form: Form) -> dict[str, Any]:
    """Work out what a form would settle: the effect, and the form that accepts it."""
    reason = form.get("reason", "").strip()
    check_words(reason=reason)
    if name := form.get("decision", "").strip():
        effect = room.ledger.preview("", UNDO, who=visit.who, undoes=name)
        action, fields = "/undo", {"decision": name}
    else:
        about, verdict = needed(form, "about"), verdict_of(form, visit.lexicon)
        effect = room.ledger.preview(about, verdict, who=visit.who)
        action, fields = "/decide", {"about": about, "verdict": verdict}
    return {
        "effect": effect_shown(visit, effect),
        "action": action,
        "fields": fields,
        "reason": reason,
    }
