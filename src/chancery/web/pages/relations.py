"""Screen (b): how two or three states move, when it turned, and what each figure rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from starlette.responses import HTMLResponse, Response

from chancery.model import Relation
from chancery.outputs.method_rows import METHODS, Told
from chancery.outputs.relation_rows import (
    POINT_FIELDS,
    TURN_FIELDS,
    RelationRows,
    coverage_of_pairs,
)
from chancery.outputs.relations import step_words
from chancery.relations.intensity import MEASURES
from chancery.relations.steps_of_time import STEPS
from chancery.web.charts import drawn_for_page, file_of, script
from chancery.web.page import Moved, Page
from chancery.web.relating import JOINT, Asked, Relating, layers_of, resolve_parties
from chancery.web.relations_pane import every_pane, pane_of
from chancery.web.relations_shown import COLUMNS, Shown
from chancery.web.render import fragment
from chancery.web.triads_shown import TriadShown
from chancery.web.visit import Visit
from chancery.web.voices_of_relation import shares_by_voice

TWO: Final = 2
SHOWN_PARTIES: Final = 250
"""Parties that the form proposes."""
KEPT: Final = ("step", "measure", "layer", "from", "to", "beside", "asof", "fold", "penalty")
"""Fields that a link from one pair to another keeps."""
METHOD_WORDS: Final = {
    "reciprocity": "Who answers whom",
    "surprise": "Steps out of the ordinary",
    "dependence": "On whom each leans",
}


def relations(visit: Visit, names: str = "") -> Page | Moved | Response:
    """Show the pairs with most between them, or the two or three parties that are named."""
    if not names:
        return _chosen(visit) or _pairs(visit)
    parties = resolve_parties(visit, names.split(JOINT))
    if JOINT.join(parties) != names:
        return Moved(_address(visit, parties))
    return _dyad(visit, *parties) if len(parties) == TWO else _triad(visit, *parties)


def chart(visit: Visit, name: str) -> Response:
    """Give a chart as a file, or the script that draws one in the browser."""
    if name == "script.js":
        return script()
    parties = resolve_parties(visit, name.split(JOINT))
    form = visit.address.get("form") or ("svg" if visit.address.form == "html" else "json")
    relating = Relating(visit)
    if len(parties) == TWO:
        return file_of([relating.relation(*parties)], parties, form)
    return file_of(relating.relations(*parties), parties, form)


# Which two, which three ---------------------------------------------------------------------------


def _chosen(visit: Visit) -> Moved | None:
    """Lead from the form to the page of the parties that were written into it."""
    words = [visit.address.get(name).strip() for name in ("a", "b", "c")]
    given = [word for word in words if word]
    if not given:
        return None
    return Moved(_address(visit, resolve_parties(visit, given)))


def _address(visit: Visit, parties: Sequence[str]) -> str:
    address = visit.address.to(
        f"/relations/{JOINT.join(parties)}", *KEPT, "method", "sel", "period"
    )
    return str(msgspec.structs.replace(address, form=visit.address.form))


def _pairs(visit: Visit) -> Page:
    relating = Relating(visit)
    pairs = relating.pairs()
    found = [relating.relation(*pair) for pair in pairs]
    with relating.ground() as ground:
        rows_of = RelationRows(visit.desk, ground)
        rows = rows_of.of_pairs(found, csv=visit.address.form != "json")
    facts = {
        "pairs": [_pair_row(visit, one) for one in found],
        "layers": [_layer_row(visit, one) for one in layers_of(visit)],
        "parties": [visit.name(code) for code in relating.parties()[:SHOWN_PARTIES]],
        **_controls(visit, relating.asked),
    }
    return Page(
        template="relations.html", title="Relations", screen="relations", facts=facts, rows=rows,
        sheet=rows_of.sheet(TURN_FIELDS), coverage=coverage_of_pairs(found),
        command=_command(visit, "turns", (), relating.asked),
    )  # fmt: skip


def _pair_row(visit: Visit, relation: Relation) -> dict[str, Any]:
    there, back = (sum(point.count for point in side) for side in (relation.there, relation.back))
    mutual = sum(point.mutual for point in relation.there)
    last = max(relation.turns, key=lambda turn: turn.day_first, default=None)
    told = [point for point in (*relation.there, *relation.back) if point.count]
    ends = (
        [
            step_words(end, relation.step)
            for end in (min(point.first for point in told), max(point.first for point in told))
        ]
        if told
        else []
    )
    shown = Shown(Relating(visit), relation)
    turn = shown.turn_words(last) if last else ""
    return {
        "href": _address(visit, (relation.actor, relation.target)),
        "name": shown.pair(relation.actor, relation.target, "⇄"),
        "codes": f"{relation.actor} {relation.target}",
        "there": f"{there - mutual:,}", "back": f"{back - mutual:,}", "mutual": f"{mutual:,}",
        "all": f"{there + back - mutual:,}", "span": " – ".join(dict.fromkeys(ends)), "turn": turn,
    }  # fmt: skip


def _layer_row(visit: Visit, layer: Any) -> dict[str, str]:
    return {
        "name": layer.name, "format": layer.format, "rows": f"{layer.rows:,}",
        "rejected": f"{layer.rejected:,}",
        "span": f"{layer.first} … {layer.last}" if layer.first else "no days",
        "href": visit.links.to("/relations", layer=layer.name),
    }  # fmt: skip


def _controls(visit: Visit, asked: Asked) -> dict[str, Any]:
    """Return what the form of every relations page offers."""
    names = [layer.name for layer in layers_of(visit)]
    return {"asked": asked, "steps": STEPS, "measures": MEASURES, "layer_names": names}


def _command(visit: Visit, verb: str, parties: Sequence[str], asked: Asked, *more: str) -> str:
    pinned = [f"--as-of {visit.address.as_of}"] if visit.address.as_of else []
    return " ".join(("chancery", verb, *parties, *asked.options(), *more, *pinned))


# Two parties --------------------------------------------------------------------------------------


def _dyad(visit: Visit, a: str, b: str) -> Page | Response:
    relating = Relating(visit)
    relation = relating.relation(a, b)
    shown = Shown(relating, relation)
    sel = visit.address.get("sel")
    pane = pane_of(relating, shown, sel) if sel else None
    if visit.address.get("part") == "pane":
        return HTMLResponse(fragment("_relations_pane.html", visit, pane=pane, sel=sel))
    method = visit.address.get("method")
    told = relating.told(method, a, b) if method else None
    csv = visit.address.form != "json"
    with relating.ground() as ground:
        rows_of = RelationRows(visit.desk, ground)
    facts: dict[str, Any] = {}
    if visit.address.form == "html":
        facts = {
            **_controls(visit, relating.asked),
            "shown": shown, "relation": relation, "codes": (a, b), "pane": pane, "sel": sel,
            "chart": drawn_for_page(visit, shown), "columns": COLUMNS, "kinds": shown.kinds(),
            "voices": shares_by_voice(relating, shown),
            "beside": [_beside(visit, relating, relation, one) for one in relating.asked.beside],
            "methods": [_method(visit, name, method) for name in METHODS],
            "told": _told(told) if told else None, "method_words": METHOD_WORDS.get(method, ""),
            "export": _exports(visit, a, b), "third": _third(visit, a, b),
            "opened": [] if visit.room else list(every_pane(relating, shown)),
        }  # fmt: skip
    more = (f"--{method}",) if method else ()
    return Page(
        template="dyad.html", title=shown.pair(a, b, "⇄"), screen="relations", facts=facts,
        rows=told.for_programs(csv=csv) if told else rows_of.of_relation(relation, csv=csv),
        sheet=told.sheet() if told else rows_of.sheet(POINT_FIELDS),
        coverage=told.note if told else relation.coverage,
        command=_command(visit, "dyad", (a, b), relating.asked, *more),
        scripts=("relations.js",),
    )  # fmt: skip


def _beside(visit: Visit, relating: Relating, relation: Relation, layer: str) -> dict[str, Any]:
    """Ask a layer the same, to be drawn below: with a coverage line of its own, never added."""
    other = relating.beside(layer, relation)
    found = other.relation(relation.actor, relation.target)
    shown = Shown(other, found)
    own = visit.links.to(
        f"/relations/{relation.actor}-{relation.target}", layer=layer, step=found.step,
        measure=found.measure, from_=other.asked.since, to=other.asked.until,
    )  # fmt: skip
    return {"name": layer, "shown": shown, "chart": drawn_for_page(visit, shown, own=own),
            "coverage": found.coverage, "href": own}  # fmt: skip


def _method(visit: Visit, name: str, method: str) -> dict[str, Any]:
    return {
        "words": METHOD_WORDS[name], "current": name == method,
        "href": f"{visit.address.with_(method=name, sel=None)}#method",
    }  # fmt: skip


def _told(told: Told) -> dict[str, Any]:
    """Lay out what a method found: its tests, its rows, and what it cannot tell."""
    tables = [_table(rows) for rows in (told.tests, told.shown) if rows]
    return {"tables": tables, "note": told.note,
            "refusals": [one.words for one in told.refusals]}  # fmt: skip


def _table(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = [name for name in rows[0] if name != "kind"]
    return {"names": names, "rows": [[_figure(row.get(name)) for name in names] for row in rows]}


def _figure(value: Any) -> str:
    """Write a figure with four digits that count; the twins have all."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def _exports(visit: Visit, *parties: str) -> list[tuple[str, str]]:
    """Return the chart in each form, and its data."""
    address = visit.address.to(f"/chart/{JOINT.join(parties)}", *KEPT)
    data = visit.address.to(visit.address.path, *KEPT).twin("csv")
    words = {"SVG": "svg", "PNG": "png", "spec": "json"}
    return [*((word, str(address.with_(form=form))) for word, form in words.items()),
            ("data", str(data))]  # fmt: skip


def _third(visit: Visit, a: str, b: str) -> list[tuple[str, str]]:
    """Return a few parties that both have most to do with, each with the page of all three."""
    near: dict[str, int] = {}
    for pair in Relating(visit).pairs():
        for other in set(pair) - {a, b}:
            near[other] = near.get(other, 0) + len({a, b} & set(pair)) + 1
    order = sorted(near, key=lambda code: (-near[code], code))[:TWO]
    return [(visit.name(code), _address(visit, (a, b, code))) for code in order]


# Three parties ------------------------------------------------------------------------------------


def _triad(visit: Visit, a: str, b: str, c: str) -> Page:
    # Three sides are laid beside one another: no side has a bar of its own for what is a turn.
    relating = Relating(visit, msgspec.structs.replace(Asked.read(visit), penalty=None))
    relations = relating.relations(a, b, c)
    found = relating.triangle(a, b, c)
    facts: dict[str, Any] = {}
    if visit.address.form == "html":
        triad = TriadShown(relating, relations, found)
        facts = {
            **_controls(visit, relating.asked), "triad": triad, "codes": (a, b, c),
            "charts": [_small(visit, relating, one) for one in relations],
            "export": _exports(visit, a, b, c),
            "tests": _table(found.tests) if found.tests else None,
        }  # fmt: skip
    return Page(
        template="triad.html", title=" · ".join(visit.name(code) for code in (a, b, c)),
        screen="relations", facts=facts, coverage=found.note, scripts=("relations.js",),
        rows=found.for_programs(csv=visit.address.form != "json"), sheet=found.sheet(),
        command=_command(visit, "triad", (a, b, c), relating.asked),
    )  # fmt: skip


def _small(visit: Visit, relating: Relating, relation: Relation) -> dict[str, Any]:
    own = _address(visit, (relation.actor, relation.target))
    shown = Shown(relating, relation)
    return {
        "name": shown.pair(relation.actor, relation.target, "⇄"), "href": own, "shown": shown,
        "chart": drawn_for_page(visit, shown, own=own, small=True),
        "coverage": relation.coverage, "notices": shown.notices,
    }  # fmt: skip
