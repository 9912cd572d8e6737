"""Charts of relations for pages and as files: one spec, drawn by the extra `charts`.

A page has the drawing itself in it, cleaned and with a link for every bar (`svg.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import msgspec
from markupsafe import Markup
from starlette.responses import Response

from chancery.drawing import for_page, triad_chart
from chancery.errors import MissingExtra
from chancery.model import Relation
from chancery.outputs import charts
from chancery.outputs.charts import bundle
from chancery.outputs.rows import Row
from chancery.relations.shown import shown as limits
from chancery.web import svg
from chancery.web.page import NotFound
from chancery.web.relations_shown import Shown, bar_name
from chancery.web.visit import Visit

WIDE: Final = (1040, 130)
SMALL: Final = (520, 90)
"""Width and height of a panel, in the drawing's own units."""
FILES: Final = {
    "svg": ("image/svg+xml", charts.svg),
    "png": ("image/png", charts.png),
    "json": ("application/json", charts.spec_bytes),
}


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A chart on a page: the drawing, or why there is none."""

    markup: Markup = Markup("")
    absent: str = ""


def spec_of(relations: Sequence[Relation]) -> dict[str, Any]:
    """Return the Vega-Lite spec of one relation, or of the three of a triad."""
    if len(relations) == 1:
        return relations[0].chart()
    return triad_chart([one.picture() for one in relations])


def file_of(relations: Sequence[Relation], parties: Sequence[str], form: str) -> Response:
    """Give a chart as a file; raises `NotFound` for a form that there is none of."""
    if form not in FILES:
        raise NotFound(f"no chart as {form!r}", hint=f"one of: {', '.join(FILES)}")
    media, draw = FILES[form]
    name = f"{'-'.join(parties)}.{form}".lower()
    return Response(
        draw(spec_of(relations)),
        media_type=media,
        headers={"content-disposition": f'inline; filename="{name}"'},
    )


def drawn_for_page(
    visit: Visit, shown: Shown, *, own: str = "", small: bool = False
) -> Drawing:  # fmt: skip
    """Draw a relation for its page, every bar a link; `own` is the page it belongs to, if another.

    Where nothing can be drawn, the words say why: the table has all of it.
    """
    relation = shown.relation
    told = [point for point in (*relation.there, *relation.back) if point.count]
    if not told:
        return Drawing(absent="No reports: nothing is drawn.")
    if len(relation.there) > limits().most_bars:
        return Drawing(
            absent=f"{len(relation.there):,} steps are too many to draw: choose a longer step, or "
            "a shorter span. The table has all of them."
        )
    width, height = SMALL if small else WIDE
    try:
        drawn = shown.kept("drawing", small, lambda: _drawn(relation, width, height))
    except MissingExtra as missing:
        return Drawing(absent=f"{missing.message}: {missing.hint}. The table has all of it.")
    words = f"{shown.pair(relation.actor, relation.target, 'and')}: {relation.measure}"
    link_of = _links(visit, shown, own)
    return Drawing(markup=svg.for_page(drawn, words, link_of))


def _drawn(relation: Relation, width: int, height: int) -> bytes:
    return charts.svg(for_page(relation.chart(), width, height))


def _opened(visit: Visit, own: str, name: str) -> str:
    """Link a figure of another relation's page; a static page has them all open."""
    return f"{own}{'&' if '?' in own else '?'}sel={name}#pane" if visit.room else f"{own}#{name}"


def _links(visit: Visit, shown: Shown, own: str) -> svg.LinkOf:
    relation = shown.relation
    actors = (relation.actor, relation.target)
    rows: dict[tuple[str, str], Row] = {(row["actor"], row["first"]): row for row in shown.table}

    def link_of(panel: int, first: str) -> svg.BarLink | None:
        row = rows.get((actors[panel], first))
        if row is None:
            return None
        name = bar_name(actors[panel], first)
        href = _opened(visit, own, name) if own else shown.href(name)
        return svg.BarLink(href=href, words=shown.spoken(row), name=name)

    return link_of


def script() -> Response:
    """Give the script that draws a chart in the browser; raises `NotFound` without the extra."""
    try:
        return Response(_script(), media_type="text/javascript; charset=utf-8",
                        headers={"cache-control": "max-age=86400"})  # fmt: skip
    except MissingExtra as missing:
        raise NotFound(missing.message, hint=missing.hint) from missing


@cache
def _script() -> bytes:
    return bundle()
