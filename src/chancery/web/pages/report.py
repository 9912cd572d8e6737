"""Screen (c): one report as people read it, with what was understood of it, to be mended in place.

`part=settle` gives only what can be settled about the words that `pick` names: the page's script
asks for it when words are selected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from starlette.responses import HTMLResponse, Response

from chancery.outputs.reports import (
    remarks_on,
    report_row,
    report_sheet,
    version_rows,
    version_sheet,
)
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words, listed
from chancery.web.page import Moved, NotFound, Page
from chancery.web.quoted import cited
from chancery.web.reading.copies import copies_of
from chancery.web.reading.editions import editions
from chancery.web.reading.head import Head, head_of
from chancery.web.reading.margin import Note, notes_of, read_span
from chancery.web.reading.marks import NOTHING, SHOWN, marks_of, shown_of, unused
from chancery.web.reading.material import Material, material_of
from chancery.web.reading.page import paragraphs
from chancery.web.reading.verbs import known_names, picked_of
from chancery.web.render import escape_markdown, fragment
from chancery.web.visit import Visit

VERSIONS: Final = "versions"
SHOWN_WORDS: Final = {"actors": "actors and places"}


def report(visit: Visit, name: str, part: str = "") -> Page | Moved | Response:
    """Show a report; the input's own key for it, or the beginning of its id, lead to it."""
    if part not in ("", VERSIONS):
        raise NotFound(f"a report has no {part!r}", hint=f"it has its {VERSIONS}")
    found = material_of(visit, name)
    if found.report.id != name:
        return Moved(_moved(visit, found.report.id, part))
    if part:
        return _versions(visit, found)
    if visit.address.get("part") == "settle":
        return HTMLResponse(
            fragment("_report_settle.html", visit, **_settle_facts(visit, found, ()))
        )
    return _reading(visit, found)


def _moved(visit: Visit, name: str, part: str) -> str:
    path = f"/report/{name}" + (f"/{part}" if part else "")
    return visit.links.to(path, **dict(visit.address.fields))


def _reading(visit: Visit, found: Material) -> Page:
    report = found.report
    page = Page(
        template="report.html",
        title=report.title or f"Report of {date_words(report.published)}",
        screen="reports",
        sheet=report_sheet(),
        markdown=partial(_markdown, visit, found),
        command=f"chancery report {report.id}",
        scripts=("reading.js",),
    )
    if visit.address.form != "html":
        remarks = remarks_on(visit.ledger, report.id, visit.as_of)
        page.rows = [report_row(report, found.claims, remarks)]
        return page
    page.facts = _facts_of(visit, found)
    return page


def _facts_of(visit: Visit, found: Material) -> dict[str, Any]:
    report, address = found.report, visit.address
    passage = read_span(address.get("mark"), report.text)
    left, notes = unused(found), notes_of(visit, found)
    shown, with_unused = shown_of(visit), address.get("unused") == "1"
    return {
        "head": head_of(visit, found),
        "copies": copies_of(visit, found),
        "cited": cited(report, visit),
        "titled": bool(report.title),
        "paragraphs": paragraphs(report, marks_of(visit, found, left, passage), notes),
        "shown": shown,
        "switches": [(word, SHOWN_WORDS.get(word, word), word in shown) for word in SHOWN],
        "nothing": NOTHING,
        "claim_count": len(found.claims),
        "unused_count": len(left),
        "first_unused": f"#unused{left[0].start}" if left else "",
        "with_unused": with_unused,
        "other_unused": str(address.with_(unused=None if with_unused else 1)),
        "kept": [field for field in address.fields if field[0] in ("asof", "unused", "mark")],
        **_settle_facts(visit, found, notes),
    }  # fmt: skip


def _settle_facts(visit: Visit, found: Material, notes: Sequence[Note]) -> dict[str, Any]:
    """Return what the forms about picked words are filled with; `notes` offer claims to pick."""
    deeds, actors = known_names(visit, found)
    return {
        "picked": picked_of(visit, found),
        "pick": visit.address.get("pick"),
        "report": found.report.id,
        "length": len(found.report.text),
        "back": str(visit.address.with_(part=None, pick=None, done=None)),
        "deeds": deeds,
        "actors": actors,
        "claims": [
            (note.claim, note.head, listed(note.facts), f"{note.first}-{note.last}")
            for note in notes
            if note.claim
        ],
    }


def _versions(visit: Visit, found: Material) -> Page:
    texts = {one.report: visit.desk.evidence.report(one.report) for one in found.versions}
    return Page(
        template="report_versions.html",
        title=f"Versions of {found.report.title or found.report.id}",
        screen="reports",
        facts={
            "report": found.report.id,
            "title": found.report.title or "(no title)",
            "editions": editions(visit, found.versions, texts, found.report.id),
        },
        rows=version_rows(found.versions, visit.desk.evidence),
        sheet=version_sheet(),
        command=f"chancery report versions {found.report.id}",
    )


def _markdown(visit: Visit, found: Material) -> Iterator[str]:
    """Write what was read in a report with the words it rests on; the text stays in the ledger."""
    head = head_of(visit, found)
    text = found.report.text
    yield f"# {escape_markdown(head.title)}"
    yield ""
    yield escape_markdown(listed(_facts(head)))
    for chip in head.chips:
        told = (f"{one.reason} “{one.words}”" if one.words else one.reason for one in chip.evidence)
        yield f"- {escape_markdown(chip.name)}: {escape_markdown('; '.join(told))}"
    yield ""
    for note in notes_of(visit, found):
        facts = listed((note.head, *note.facts, note.certainty, *note.warnings, note.claim))
        yield f"- {note.shape} {escape_markdown(facts)}".replace("-  ", "- ")
        if note.claim:
            yield f"  > {escape_markdown(one_line(text[note.first : note.last]))}"
    yield ""
    yield visit.coverage_line


def _facts(head: Head) -> tuple[str, ...]:
    return (
        head.date, head.date_reason, head.outlet, head.language, head.characters, head.versions,
        f"retrieved {head.retrieved}", f"sha256 {head.digest}",
    )  # fmt: skip
