"""Quick add: pick a report, pick its sentence, mend what the form holds, keep it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chancery.errors import UsageError
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words
from chancery.web.adding import Draft, decision_of, draft_of, entry_of, read_mark, sentences
from chancery.web.page import Moved, Page
from chancery.web.room import Room
from chancery.web.signing import signed
from chancery.web.visit import Visit

OFFERED: Final = 40
"""Reports offered where none was searched for: the newest."""


def add(visit: Visit) -> Page:
    """Show the step that comes next; without a room to settle in, there is none."""
    if not visit.live:
        raise UsageError("nothing can be added here", hint="this view is pinned or read-only")
    name, mark = visit.address.get("report"), visit.address.get("mark")
    facts: dict[str, Any] = {"step": "report", "q": visit.address.get("q"), "problem": ""}
    if visit.address.get("own") == "1":
        facts |= {"step": "form", "draft": Draft(), "words": ""}
    elif name:
        report = visit.find(lambda: visit.ledger.report(name, as_of=visit.as_of))
        facts |= {"report": report, "published": date_words(report.published)}
        if mark:
            span = read_mark(mark, report)
            facts |= {"step": "form", "draft": draft_of(visit, report, span)}
            facts["words"] = span.of(report.text)
        else:
            facts |= {"step": "sentence", "sentences": list(sentences(visit, report))}
    else:
        facts["found"] = list(_reports(visit, facts["q"]))
    facts["frames"] = sorted(visit.lexicon.frames)
    return Page(template="add.html", title="Quick add", screen="chronology", facts=facts)


def _reports(visit: Visit, words: str) -> list[tuple[str, str, str]]:
    """Return reports to pick from: address, title, and what tells one from another."""
    if words:
        found: Any = visit.ledger.search(words, limit=OFFERED, as_of=visit.as_of)
    else:
        found = list(visit.ledger.reports(as_of=visit.as_of))[-OFFERED:][::-1]
    return [
        (
            visit.links.to("/add", report=getattr(one, "report", None) or one.id),
            one_line(one.title) or "without a title",
            f"{date_words(one.published)} · {one_line(one.source or 'no outlet named')}",
        )
        for one in found
    ]


def keep(room: Room, visit: Visit, form: Mapping[str, str]) -> Moved:
    """Keep an entry as a decision, and show it among the rows."""
    entry, who = entry_of(visit, dict(form)), signed(room, visit, form)
    with room.settling() as ledger:
        taken = ledger.take_entries([entry], who=who)
        if taken.problems:
            raise UsageError(taken.problems[0].message, hint=taken.problems[0].hint)
        ledger.reconcile()
    told = {"own": "1", "done": decision_of(visit, entry)}
    return Moved(visit.links.to("/chronology", **told), 303, signed=who)
