"""One happening and all it rests on: a page, and the evidence pane of others."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import HTMLResponse, Response

from chancery.model import Happening
from chancery.outputs.words import short_id
from chancery.web.evidence import pane_of
from chancery.web.page import Moved, Page
from chancery.web.pages.chronology import done_of
from chancery.web.render import fragment
from chancery.web.shown import Row, rows_shown
from chancery.web.visit import Visit

ALL_ACCOUNTS: Final = 200
MERGING: Final = 8
"""Other happenings offered for a merger."""
LOOKED_AT: Final = 400


def happening(visit: Visit, name: str) -> Page | Moved | Response:
    """Show a happening; a claim's id and an id that was replaced lead to it, and it says so."""
    found = visit.find(lambda: visit.ledger.happening(name, as_of=visit.as_of))
    if found.id != name:
        kept = visit.address.to(f"/happening/{found.id}", "asof", "at", "part", "merge")
        was = None if found.id.startswith(name) else name
        return Moved(str(kept.twin(visit.address.form).with_(was=was)))
    if visit.address.form != "html":
        return Page(template="happening.html", title=found.id, **_twin(visit, found))
    part = visit.address.get("part") == "evidence"
    facts = _facts(visit, found, whole=not part)
    if part:
        return HTMLResponse(fragment("_evidence.html", visit, **facts))
    row = facts["pane"].row
    return Page(
        template="happening.html",
        title=f"{row.pair} {row.phrase}, {row.date}",
        screen="chronology",
        facts=facts,
        scripts=("happening.js",),
        **_twin(visit, found),
    )


def _twin(visit: Visit, found: Happening) -> dict[str, Any]:
    pinned = f" --as-of {visit.address.as_of}" if visit.pinned else ""
    return {
        "rows": [found],
        "sheet": visit.desk.happenings,
        "quotes": True,
        "command": f"chancery happening {found.id}{pinned}",
    }


def _facts(visit: Visit, found: Happening, *, whole: bool) -> dict[str, Any]:
    pane = pane_of(visit, found, ALL_ACCOUNTS) if whole else pane_of(visit, found)
    back = visit.links.happening(found.id)
    merging = whole and visit.live and visit.address.get("merge")
    return {
        "row": pane.row,
        "pane": pane,
        "back": back,
        "moved": _moved(visit.address.get("was")),
        "in_list": visit.links.to("/chronology", sel=found.id),
        "merge_href": f"{visit.links.to(f'/happening/{found.id}', merge=1)}#merge",
        "merging": _candidates(visit, found) if merging else None,
        "frames": sorted(visit.lexicon.frames) if whole and visit.live else (),
        "done": done_of(visit),
    }


def _moved(was: str) -> str:
    if not was:
        return ""
    if was.startswith("clm_"):
        return f"The claim {short_id(was)} is one of those of this happening."
    return f"{short_id(was)} was replaced: its claims are now part of this happening."


def _candidates(visit: Visit, found: Happening) -> list[Row]:
    """Return happenings of the same parties and kind, those nearest in time first."""
    day = found.when.first or found.when.last
    others = visit.ledger.happenings(
        who=[*found.actors, *found.targets], what=[found.type], as_of=visit.as_of, limit=LOOKED_AT
    )

    def far(row: Happening) -> tuple[int, str]:
        other = row.when.first or row.when.last
        return (abs((other - day).days) if other and day else 10**6), row.id

    near = sorted((row for row in others if row.id != found.id), key=far)[:MERGING]
    return rows_shown(visit, near)
