"""Screen (d): voices with what came of what they foresaw, and what one outlet has done."""

from __future__ import annotations

from typing import Any, Final, get_args

from chancery.ledger.verdicts import RELIABILITY
from chancery.ledger.voices import Grouping, SourcePage
from chancery.model import Report, When
from chancery.outputs.evidence import report_words
from chancery.outputs.rows import plain
from chancery.outputs.voices import NO_OUTLET, rated_note, source_sheet, voice_sheet
from chancery.outputs.words import counted, date_words
from chancery.web.page import Moved, Page
from chancery.web.pages.forecasts import foreseen, open_ended
from chancery.web.saying import Asking, Pages, plain_name
from chancery.web.shown import rows_shown
from chancery.web.visit import Visit
from chancery.web.voices_shown import grade_of, voice_rows

VOICES_PER_PAGE: Final = 100
FEW: Final = 6
"""Rows of a list that is shown in part, with a link to the whole."""
HAPPENINGS_PER_PAGE: Final = 100

SOURCE_LISTS: Final = (
    ("own", "Told in its own voice"),
    ("first", "Told first"),
    ("alone", "Told by no other outlet"),
    ("copied", "Told only by copies, or on an agency’s word"),
)
"""What is listed of an outlet: how the ledger names it, and its heading."""


def sources(visit: Visit) -> Page:
    """Show voices, or what they say by outlet or institution, and the forecasts next due."""
    asking = Asking(visit, ("who", "voice", "by", "source", "institution", "group"))
    group = asking.get("group") or "voice"
    asked = {**asking.queries, "group": group}
    if visit.address.form != "html":
        rows = visit.ledger.voices(**asked)
        return _page(asking, rows=rows, note=rated_note(rows))
    pages = Pages.of(visit, visit.ledger.tally_voices(**asked), VOICES_PER_PAGE)
    rows = visit.ledger.voices(**asked, limit=pages.size, offset=pages.offset)
    facts: dict[str, Any] = {
        "rows": voice_rows(asking, rows),
        "pages": pages,
        "group": group,
        "groups": [(one, _group_href(visit, one)) for one in get_args(Grouping)],
        "kinds": [(one, str(visit.address.with_(voice=one, page=None))) for one in KINDS],
        "asking": asking,
        "too_few": rated_note(rows).removesuffix(" · ") if group == "voice" else "",
        "narrowed": _narrowed(visit, asking),
        "forecasts": foreseen(asking, FEW) if pages.number == 1 else None,
        "open_ended": open_ended(asking, FEW) if pages.number == 1 else None,
    }
    return _page(asking, facts=facts)


KINDS: Final = ("own", "named", "anonymous", "document")


def _page(asking: Asking, **more: Any) -> Page:
    return Page(
        template="sources.html",
        title="Sources & statements",
        screen="sources",
        sheet=voice_sheet(),
        command=asking.command("voices"),
        **more,
    )


def _group_href(visit: Visit, group: str) -> str:
    shown = None if group == "voice" else group
    return str(visit.address.with_(group=shown, page=None, at=None, done=None))


def _narrowed(visit: Visit, asking: Asking) -> list[tuple[str, str]]:
    """Return what narrows the list, in words, each with the address without it."""
    told = {
        "source": "outlet", "institution": "institution", "by": "voice", "who": "who",
        "voice": "kind of voice",
    }  # fmt: skip
    return [
        (f"{noun}: {asking.get(name)}", str(visit.address.with_(**{name: None, "page": None})))
        for name, noun in told.items()
        if asking.get(name)
    ]


def source(visit: Visit, name: str) -> Page | Moved:
    """Show what an outlet has done; its name leads to its slug."""
    asked = plain_name(name)
    found = visit.find(lambda: visit.ledger.source_page(asked, as_of=visit.as_of))
    if found.slug != asked:
        return Moved(visit.links.to(f"/source/{found.slug}"))
    show = visit.address.get("show")
    judged = visit.ledger.judgements(as_of=visit.as_of)
    title = ", ".join(found.names) or NO_OUTLET
    return Page(
        template="source.html",
        title=title,
        screen="sources",
        facts={
            "source": found,
            "lists": _lists(visit, found, show),
            "show": show,
            "grade": grade_of(RELIABILITY, f"source:{found.slug}", found.reliability, judged),
            "quoted": _quoted(visit, found),
            "again": _reports(visit, found.corrected),
            "withdrawn": _reports(visit, found.withdrawn),
            "asking": Asking(visit, (), {"source": found.slug}),
            "span": _days(found),
        },
        rows=[plain(found)],
        sheet=source_sheet(),
        command=f"{Asking(visit, ()).command('sources')} {found.slug}",
    )


def _days(found: SourcePage) -> str:
    first, last = found.first, found.last
    days = date_words(When(first=first, last=last)) if first or last else "no dates"
    undated = f", {found.undated_count:,} undated" if found.undated_count else ""
    return f"{counted(found.report_count, 'report')}, {days}{undated}"


def _lists(visit: Visit, found: SourcePage, show: str) -> list[dict[str, Any]]:
    """Return the lists of happenings: the beginning of each, or the one that is asked for."""
    lists = []
    for name, heading in SOURCE_LISTS:
        if show and show != name:
            continue
        total = getattr(found, f"{name}_count")
        pages = Pages.of(visit, total, HAPPENINGS_PER_PAGE if show else FEW)
        rows = visit.ledger.source_happenings(
            found.slug, name, as_of=visit.as_of, limit=pages.size,
            offset=pages.offset if show else 0,
        )  # fmt: skip
        lists.append({
            "name": name, "heading": heading, "total": total, "pages": pages,
            "rows": rows_shown(visit, rows), "href": visit.links.to(
                f"/source/{found.slug}", show=name),
        })  # fmt: skip
    return lists


def _quoted(visit: Visit, found: SourcePage) -> list[Any]:
    asking = Asking(visit, (), {"source": found.slug})
    rows = visit.ledger.voices(source=found.slug, as_of=visit.as_of, limit=FEW + 1)
    return voice_rows(asking, [row for row in rows if row.kind != "own"][:FEW])


def _reports(visit: Visit, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    texts: dict[str, Report] = visit.ledger.reports_named(ids, as_of=visit.as_of) if ids else {}
    return [
        (report_words(texts[id_]) or id_, visit.links.report(id_)) for id_ in ids if id_ in texts
    ]
