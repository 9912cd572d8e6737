"""Pages into their forms: HTML by templates, and the twins as the command line prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import jinja2
import msgspec

from chancery.outputs import rows as rows_
from chancery.outputs.sheet import csv_pieces, json_pieces
from chancery.outputs.visible import escape_in_json, one_line, visible
from chancery.outputs.words import counted, listed, short_id
from chancery.web.page import NotFound, Page
from chancery.web.visit import Visit

MEDIA: Final = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>()#+!|~&]")

SCREENS: Final = (
    ("chronology", "/chronology", "Chronology"),
    ("relations", "/relations", "Relations"),
    ("reports", "/reports", "Reports"),
    ("sources", "/sources", "Sources & statements"),
    ("review", "/review", "Review"),
    ("brief", "/brief", "Brief"),
)
"""The row of screens: name, address, word."""


@cache
def templates() -> jinja2.Environment:
    """Return the templates: everything is escaped, and a name that is not there is a fault."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("chancery.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": visible, "line": one_line, "short": short_id, "counted": counted,
        "listed": listed,
    }  # fmt: skip
    environment.globals["SCREENS"] = SCREENS
    return environment


def render(page: Page, visit: Visit, form: str | None = None) -> Iterable[str]:
    """Put a page into a form; raises `NotFound` where it has no such form."""
    form = form or visit.address.form
    if form == "html":
        return [html(page, visit)]
    if form == "md" and page.markdown:
        return (line + "\n" for line in page.markdown())
    if page.document is not None and form == "json":
        return [escape_in_json(msgspec.json.encode(rows_.plain(page.document)).decode()) + "\n"]
    if page.sheet and form in ("json", "csv", "md"):
        return _twin(page, visit, form)
    raise NotFound(f"this page has no .{form}", hint="it has its HTML form")


def html(page: Page, visit: Visit) -> str:
    """Lay a page out."""
    return (
        templates()
        .get_template(page.template)
        .render(page=page, visit=visit, links=visit.links, **page.facts)
    )


def fragment(template: str, visit: Visit, **facts: Any) -> str:
    """Lay a part of a page out by itself."""
    return templates().get_template(template).render(visit=visit, links=visit.links, **facts)


def _twin(page: Page, visit: Visit, form: str) -> Iterator[str]:
    sheet = page.sheet
    assert sheet is not None
    if sheet.prepare:
        sheet.prepare(page.rows, words=sheet.worded, quotes=page.quotes)
    if form == "json":
        yield from json_pieces(page.rows, sheet, _coverage(page, visit), quotes=page.quotes)
    elif form == "csv":
        yield from csv_pieces(page.rows, sheet, quotes=page.quotes)
    else:
        yield from _table(page, visit)


def _coverage(page: Page, visit: Visit) -> str:
    return page.note + visit.coverage_line if page.coverage is None else page.coverage


def _table(page: Page, visit: Visit) -> Iterator[str]:
    """Write rows as a Markdown table of what `.csv` has."""
    sheet = page.sheet
    assert sheet is not None
    yield f"# {_cell(page.title)}\n\n"
    yield f"| {' | '.join(sheet.fields)} |\n|{'---|' * len(sheet.fields)}\n"
    for row in page.rows:
        flat = sheet.flat(row)
        yield f"| {' | '.join(_cell(flat.get(name)) for name in sheet.fields)} |\n"
    yield f"\n{_coverage(page, visit)}\n"


def _cell(value: Any) -> str:
    """Write a cell so that nothing in it is taken for Markdown or HTML."""
    plain = rows_.cell(value)
    return escape_markdown("" if plain is None else str(plain))


def escape_markdown(text: str) -> str:
    """Write text so that Markdown shows it as it is, on one line."""
    return "".join(
        f"\\{mark}" if mark in "\\`*_{}[]<>()#+!|~&" else mark for mark in one_line(text)
    )
