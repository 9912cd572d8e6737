"""One voice: all it said and foresaw, where it is quoted, and how far people rely on it."""

from __future__ import annotations

from typing import Any, Final

from chancery.ledger.verdicts import RELIABILITY, VOICE
from chancery.ledger.voices import VoiceSummary, read_by
from chancery.outputs.voices import TOO_FEW, voice_badge
from chancery.web.page import NotFound, Page
from chancery.web.pages.forecasts import foreseen, open_ended
from chancery.web.saying import Asking, Pages, plain_name
from chancery.web.shown import quotes_shown
from chancery.web.statements_shown import statements_shown
from chancery.web.visit import Visit
from chancery.web.voices_shown import grade_of, outlet_slugs, voice_row

SAID_PER_PAGE: Final = 50
FEW: Final = 20
VOICES_SHOWN: Final = 100
ALIKE_SHOWN: Final = 20


def voice(visit: Visit, name: str) -> Page:
    """Show a voice, or all voices whose slugs begin so, each for itself."""
    by = plain_name(name)
    found = visit.find(lambda: visit.ledger.voices(by=by, as_of=visit.as_of, limit=VOICES_SHOWN))
    if not found:
        raise NotFound(f"no voice {by!r}", hint="the page of sources lists them")
    asking = Asking(visit, (), {"by": by})
    slugs = outlet_slugs(visit)
    facts: dict[str, Any] = {
        "asking": asking,
        "rows": [voice_row(asking, row, slugs) for row in found],
        "one": _one(visit, found[0]) if len(found) == 1 else None,
        "too_few": TOO_FEW,
        "called": visit.ledger.tally_voices(by=by, as_of=visit.as_of),
        "own": None,
        "said_rows": None,
        "forecasts": foreseen(asking, FEW),
        "open_ended": open_ended(asking, FEW),
    }
    title = voice_badge(found[0]) if len(found) == 1 else f"Voices called {by.replace('-', ' ')}"
    who = read_by(by)
    if who and who.outlet and not who.called and not who.report:
        return _own(visit, who.outlet, found[0], title, facts)
    return _said(asking, title, facts)


def _own(visit: Visit, outlet: str, row: VoiceSummary, title: str, facts: dict[str, Any]) -> Page:
    """Show what an outlet tells in its own voice: claims, with their quotations."""
    asked: dict[str, Any] = {"voice": "own", "source": outlet, "as_of": visit.as_of}
    page = Page(
        template="voice.html", title=f"{title}: {', '.join(row.outlets) or 'no outlet named'}",
        screen="sources", sheet=visit.desk.claims,
        command=Asking(visit, (), {"voice": "own", "source": outlet}).command("claims"),
    )  # fmt: skip
    if visit.address.form != "html":
        page.rows = visit.ledger.claims(**asked)
        return page
    pages = Pages.of(visit, row.claim_count, SAID_PER_PAGE)
    claims = visit.ledger.claims(**asked, limit=pages.size, offset=pages.offset)
    page.facts = {**facts, "pages": pages, "own": quotes_shown(visit, claims)}
    return page


def _said(asking: Asking, title: str, facts: dict[str, Any]) -> Page:
    """Show what voices said: statements."""
    visit = asking.visit
    page = Page(
        template="voice.html", title=title, screen="sources", sheet=visit.desk.statements,
        command=asking.command("statements"),
    )  # fmt: skip
    if visit.address.form != "html":
        page.rows = visit.ledger.statements(**asking.queries)
        return page
    pages = Pages.of(visit, visit.ledger.tally_statements(**asking.queries), SAID_PER_PAGE)
    rows = visit.ledger.statements(**asking.queries, limit=pages.size, offset=pages.offset)
    page.facts = {**facts, "pages": pages, "said_rows": statements_shown(visit, rows)}
    return page


def _one(visit: Visit, row: VoiceSummary) -> dict[str, Any]:
    """Return what is told of a single voice beside its words."""
    judged = visit.ledger.judgements(as_of=visit.as_of)
    about = next((VOICE + slug for slug in row.slugs if VOICE + slug in judged), VOICE + row.slug)
    alike = _alike(visit, row)
    return {
        "slug": row.slug,
        "grade": grade_of(RELIABILITY, about, row.reliability, judged),
        "joined": row.slugs if len(row.slugs) > 1 else (),
        "proposed": [
            (other if one in row.slugs else one, visit.links.to("/review", kind="voice"))
            for _, one, other in visit.ledger.same_voices(row.slug, as_of=visit.as_of)
            if not {one, other} <= {*row.slugs}
        ] if row.report else [],
        "alike": alike,
        "choices": [(verdict, slug) for slug, verdict, _ in alike],
    }  # fmt: skip


def _alike(visit: Visit, row: VoiceSummary) -> list[tuple[str, str, str]]:
    """Return the voices of other reports that are called the same: nobody says that they are one.

    Each with the verdict that would say so, and its page.
    """
    who = read_by(row.slug)
    if who is None or not who.report:
        return []
    others = visit.ledger.voices(by=who.called, as_of=visit.as_of, limit=ALIKE_SHOWN + 1)
    return [
        (one.slug, f"same {one.slug}", visit.links.to(f"/voice/{one.slug}"))
        for one in others
        if one.slug != row.slug and one.report
    ]
