"""What changed since: two snapshots side by side."""

from __future__ import annotations

from typing import Any, Final

from chancery.errors import UsageError
from chancery.ledger import Change
from chancery.ledger.changes import values_line
from chancery.outputs.changes import KINDS, change_sheet, count_words, row_words
from chancery.outputs.words import date_words
from chancery.web.page import Page
from chancery.web.visit import Visit

MOST_SHOWN: Final = 500
MOST_SNAPSHOTS: Final = 50
"""The newest ones, to choose from; any other can be written into the address."""


def diff(visit: Visit) -> Page:
    """Show what was added, altered or withdrawn between two snapshots."""
    snapshots = visit.ledger.snapshots()[-MOST_SNAPSHOTS:]
    first = visit.address.get("first") or (snapshots[0].id if snapshots else visit.as_of)
    second = visit.address.get("second") or visit.as_of
    kind = visit.address.get("of")
    if kind and kind not in KINDS:
        raise UsageError(f"no kind {kind!r}", hint=f"one of: {', '.join(KINDS)}")
    asked = {name: value for name, value in visit.asked.items() if name in ("who", "what")}
    found = visit.ledger.diff(first, second, **asked)
    changes = [one for one in found.changes if kind in ("", f"{one.kind}s")]
    sides = {name: visit.desk.evidence.as_of(name) for name in (found.first, found.second)}
    facts: dict[str, Any] = {
        "summary": count_words(changes),
        "rows": [_shown(visit, one) for one in changes[:MOST_SHOWN]],
        "left_out": max(0, len(changes) - MOST_SHOWN),
        "snapshots": list(reversed(snapshots)),
        "first": found.first, "second": found.second, "kinds": KINDS, "kind": kind,
    }  # fmt: skip
    option = f" --of {kind}" if kind else ""
    return Page(
        template="diff.html",
        title="What changed",
        facts=facts,
        rows=changes,
        sheet=change_sheet(sides),
        command=f"chancery diff {found.first} {found.second}{option}",
    )


def _shown(visit: Visit, change: Change) -> dict[str, Any]:
    page = {"happening": "happening", "claim": "happening", "report": "report"}.get(change.kind)
    return {
        "kind": change.kind,
        "change": change.change,
        "date": date_words(change.when) if change.when.known else "",
        "words": row_words(change),
        "because": change.because,
        "fields": [(one.field, values_line(one)) for one in change.fields],
        "href": visit.links.to(f"/{page}/{change.id}", asof=change.snapshot) if page else "",
        "id": change.id,
    }
