"""The list of reports, and what was wrong with the input."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from shlex import quote
from typing import Any, Final

import msgspec

from chancery.errors import UsageError
from chancery.ledger import ReportSummary
from chancery.outputs.reports import problem_sheet, report_list_sheet, unread_words
from chancery.outputs.rows import plain
from chancery.outputs.words import BASIS_WORDS, counted, date_words, language_words
from chancery.web.page import Page
from chancery.web.shown import MONTHS
from chancery.web.visit import Visit

ROWS_PER_PAGE: Final = 200
YES_NO: Final = {"yes": True, "no": False, "1": True, "0": False}
UNDATED: Final = "No date"


class Line(msgspec.Struct, frozen=True):
    """One report in the list."""

    id: str
    href: str
    date: str
    date_reason: str
    edtf: str
    outlet: str
    title: str
    length: str
    claims: str
    statements: str
    traits: Sequence[str]
    unread: str
    language: str


def reports(visit: Visit) -> Page:
    """List reports by day, those that the filters let through; or the problems of the input."""
    if visit.address.get("problems") == "1":
        return _problems(visit)
    asked = _asked(visit)
    twin = visit.address.form != "html"
    rows = visit.ledger.reports(**asked, limit=None if twin else _last_row(visit) + 1)
    page = Page(
        template="reports.html",
        title="Reports",
        screen="reports",
        rows=rows,
        sheet=report_list_sheet(),
        command=_command(asked),
    )
    if not twin:
        page.facts = _list_facts(visit, rows)
    return page


def _last_row(visit: Visit) -> int:
    """Return how many rows there are up to the end of the page that is asked for."""
    return max(visit.address.number("page", 1), 1) * ROWS_PER_PAGE


def _asked(visit: Visit) -> dict[str, Any]:
    """Return what the ledger is asked for: the fields of the address that are about reports."""
    address = visit.address
    filters = address.filters
    asked = {
        "source": address.get("source") or None,
        "language": address.get("language") or None,
        "dated": _yes_no(visit, "dated"),
        "unread": _yes_no(visit, "unread"),
        "since": filters.since,
        "until": filters.until,
    }
    return {"as_of": visit.as_of, **{name: value for name, value in asked.items()
                                     if value is not None}}  # fmt: skip


def _yes_no(visit: Visit, name: str) -> bool | None:
    told = visit.address.get(name)
    if told and told not in YES_NO:
        raise UsageError(f"{name} is yes or no, not {told!r}")
    return YES_NO[told] if told else None


def _command(asked: dict[str, Any]) -> str:
    options = {"source": "--source", "language": "--language", "since": "--from", "until": "--to"}
    words = ["chancery reports"]
    words += [f"{option} {quote(asked[name])}" for name, option in options.items()
              if name in asked]  # fmt: skip
    words += ["--dated" if asked["dated"] else "--undated"] if "dated" in asked else []
    words += ["--unread" if asked["unread"] else "--were-read"] if "unread" in asked else []
    return " ".join(words)


def _list_facts(visit: Visit, rows: Sequence[ReportSummary]) -> dict[str, Any]:
    address, last = visit.address, _last_row(visit)
    at, first = last // ROWS_PER_PAGE, last - ROWS_PER_PAGE
    filtered = any(address.get(name) for name in FIELDS)
    more = len(rows) > last
    some = [_line(visit, row) for row in rows[first:last]]
    total = visit.coverage.report_count if more and not filtered else len(rows[:last])
    count = counted(total, "report")
    problems = visit.coverage.problem_count
    held = visit.ledger.sources(as_of=visit.as_of)
    return {
        "groups": _grouped(rows[first:last], some),
        "count": f"more than {count}" if more and filtered else count,
        "range": f"{first + 1:,}–{first + len(some):,} of " if some and (more or at > 1) else "",
        "earlier": str(address.with_(page=at - 1, at=visit.as_of)) if at > 1 else "",
        "later": str(address.with_(page=at + 1, at=visit.as_of)) if more else "",
        "outlets": [one.name for one in held if one.name],
        "languages": [(code, language_words(code)) for code in visit.coverage.languages],
        "problems": counted(problems, "problem") if problems else "",
        "problems_href": visit.links.to("/reports", problems=1),
        "filtered": filtered,
        "reset": visit.links.to("/reports"),
    }


FIELDS: Final = ("source", "language", "dated", "unread", "from", "to")


def _line(visit: Visit, row: ReportSummary) -> Line:
    when = row.published
    settled = "settled by a person" if row.decided else BASIS_WORDS[when.basis]
    return Line(
        id=row.id,
        href=visit.links.report(row.id),
        date=date_words(when),
        date_reason=settled,
        edtf=when.edtf(),
        outlet=row.source or "–",
        title=row.title or "(no title)",
        length=f"{row.length:,}",
        claims=f"{row.claim_count:,}",
        statements=f"{row.statement_count:,}",
        traits=row.traits,
        unread=unread_words(row),
        language="" if row.language == "en" else language_words(row.language),
    )


def _grouped(rows: Sequence[ReportSummary], lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Put the lines of one month together; rows come by day, undated ones last."""
    pairs = zip(map(_month, rows), lines, strict=True)
    return [
        (month, [line for _, line in group]) for month, group in groupby(pairs, lambda one: one[0])
    ]


def _month(row: ReportSummary) -> str:
    day = row.published.first or row.published.last
    return f"{MONTHS[day.month - 1]} {day.year}" if day else UNDATED


def _problems(visit: Visit) -> Page:
    """List what was wrong with the input, each with what to do."""
    found = visit.ledger.problems(as_of=visit.as_of)
    return Page(
        template="report_problems.html",
        title="Problems of the input",
        screen="reports",
        facts={
            "problems": [
                (one, visit.links.report(one.report) if one.report else "") for one in found
            ],
            "count": counted(len(found), "problem"),
            "reports": visit.links.to("/reports"),
        },
        rows=[plain(one) for one in found],
        sheet=problem_sheet(),
        command="chancery log problems",
    )
