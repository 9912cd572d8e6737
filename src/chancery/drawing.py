"""Relations as Vega-Lite specs and as HTML: plain values in, plain values out, nothing drawn yet.

`outputs/charts.py` makes SVG and PNG of a spec; a page or a notebook draws it by itself. The sign
of a bar is told by its side of zero and by a triangle, too few happenings by a dashed outline, a
step without any by a stroke of hatching; colour only repeats it. All colours keep a contrast of at
least 3 : 1, and words 4.5 : 1, on white and on black.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any, Final

import msgspec

Spec = dict[str, Any]

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
INK: Final = "#767676"
"""For words and lines: as far from white as from black."""
TOWARD: Final = "#3b7dd8"
AWAY: Final = "#cf6a00"

WIDTH: Final = 640
NARROW: Final = 300
HEIGHT: Final = 110
PAGE_FONT: Final = 15
A_DAY: Final = 86_400_000
"""In milliseconds, as Vega counts time."""
ROOM: Final = 1.25
"""How far the axis goes beyond the greatest value, or beyond 1: turns are named up there."""
HATCH: Final = {"day": "/", "week": "/", "month": "/", "quarter": "//", "year": "/////"}
"""What stands on the zero line of a step in which nothing was told, about as wide as the step."""
NUMBERS: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MOST_WORDS: Final = 6
"""Lines of what cannot be shown above a chart; the rest stand in the table."""
LEGEND: Final = (
    "hatch: nothing told · dashed bar: too few happenings · dotted frame: between these days it "
    "turned",
    "thick line: spread if disputes fell the other way · ▲ above zero, ▼ below",
)

CONFIG: Final[Spec] = {
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": INK, "domainColor": INK, "tickColor": INK,
        "gridColor": INK, "gridOpacity": 0.2,
    },
    "title": {
        "color": INK, "subtitleColor": INK, "subtitleFontSize": 10, "anchor": "start",
        "font": "sans-serif",
    },
    "font": "sans-serif",
}  # fmt: skip


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn of a relation: the rows of its table, its turns, and words above and below."""

    actor: str
    target: str
    step: str
    measure: str
    rows: list[Spec]
    turns: list[Spec]
    words: tuple[str, ...]
    summary: str
    coverage: str


def number(at: int) -> str:
    """Return the mark of the turn at a place in the list: ①, ② … then (21)."""
    return NUMBERS[at] if at < len(NUMBERS) else f"({at + 1})"


def dyad_chart(picture: Picture) -> Spec:
    """Return the chart of one relation: a row of bars each way, on one axis of time."""
    return {
        "$schema": SCHEMA,
        "description": f"{picture.summary}. {picture.coverage}",
        "background": None,
        "config": CONFIG,
        "title": _title(_heading(picture), _words([picture])),
        **_rows(picture, WIDTH),
    }


def for_page(spec: Spec, width: int, height: int) -> Spec:
    """Return the same chart for a page that has its words beside it: larger, and without title.

    The data are those of the spec, untouched.
    """
    axis = {**CONFIG["axis"], "labelFontSize": PAGE_FONT, "titleFontSize": PAGE_FONT}
    panels = [
        {
            **panel, "width": width, "height": height,
            "title": {**panel["title"], "fontSize": PAGE_FONT + 1},
            "layer": [_larger(layer) for layer in panel["layer"]],
        }
        for panel in spec["vconcat"]
    ]  # fmt: skip
    config = {**CONFIG, "axis": axis}
    kept = {name: value for name, value in spec.items() if name != "title"}
    return {**kept, "config": config, "vconcat": panels}


def _larger(layer: Spec) -> Spec:
    """Return a layer with its marks as large as a page's words."""
    sizes = {"fontSize": PAGE_FONT + 3, "size": 60}
    mark = layer["mark"]
    return {**layer, "mark": {**mark, **{name: size for name, size in sizes.items()
                                         if name in mark}}}  # fmt: skip


def triad_chart(pictures: Sequence[Picture]) -> Spec:
    """Return small multiples, one a pair, side by side: all on the same axes."""
    limit = max(_limit(picture) for picture in pictures)
    panels = [
        {"title": f"{one.actor} ↔ {one.target}", **_rows(one, NARROW, limit)} for one in pictures
    ]
    first = pictures[0]
    heading = f"{first.measure} by {first.step}"
    return {
        "$schema": SCHEMA,
        "description": " ".join(f"{one.summary}." for one in pictures),
        "background": None,
        "config": CONFIG,
        "title": _title(heading, _words(pictures)),
        "hconcat": panels,
    }


def _heading(picture: Picture) -> str:
    return f"{picture.actor} ↔ {picture.target}: {picture.measure} by {picture.step}"


def _title(heading: str, words: Sequence[str]) -> Spec:
    return {"text": heading, "subtitle": [*words, *LEGEND]}


def _words(pictures: Iterable[Picture]) -> list[str]:
    """Return what stands above the chart: everything that these data cannot show."""
    told = dict.fromkeys(words for one in pictures for words in one.words)
    words = list(told)
    rest = len(words) - MOST_WORDS
    return [*words[:MOST_WORDS], f"… and {rest} more: see the table"] if rest > 0 else words


def _limit(picture: Picture) -> float:
    """Return how far the axis goes from zero: 1 for warmth, else beyond the greatest value."""
    if picture.measure == "warmth":
        return ROOM
    values = [row[name] for row in picture.rows for name in ("value", "low", "high")]
    return max((abs(value) for value in values if value is not None), default=1.0) * ROOM or 1.0


def axis_ends(picture: Picture, limit: float | None = None) -> tuple[float, float]:
    """Return where the axis of values begins and ends: the same for both directions."""
    limit = limit or _limit(picture)
    return (-limit if picture.measure in ("warmth", "intensity") else 0.0), limit


def _rows(picture: Picture, width: int, limit: float | None = None) -> Spec:
    low, high = axis_ends(picture, limit)
    sides = ((picture.actor, picture.target), (picture.target, picture.actor))
    axes = _Axes(
        measure=picture.measure, step=picture.step, low=low, high=high,
        span=_span(picture.rows), width=width,
    )  # fmt: skip
    return {
        "vconcat": [
            _panel(
                f"{side[0]} → {side[1]}",
                [row for row in picture.rows if (row["actor"], row["target"]) == side],
                [turn for turn in picture.turns if (turn["actor"], turn["target"]) == side],
                axes,
            )
            for side in sides
        ],
        "resolve": {"scale": {"x": "shared"}},
    }


def _span(rows: Sequence[Spec]) -> list[Spec] | None:
    """Return the first day of all and the day after the last, as Vega-Lite writes days in UTC."""
    if not rows:
        return None
    first = date.fromisoformat(min(row["first"] for row in rows))
    last = date.fromisoformat(max(row["last"] for row in rows)) + timedelta(days=1)
    return [
        {"year": day.year, "month": day.month, "date": day.day, "utc": True}
        for day in (first, last)
    ]


class _Axes(msgspec.Struct, frozen=True, kw_only=True):
    """What both directions share."""

    measure: str
    step: str
    low: float
    high: float
    span: list[Spec] | None
    width: int


def _panel(title: str, rows: list[Spec], turns: list[Spec], axes: _Axes) -> Spec:
    """Return one direction: hatch, bars, spread, and turns."""
    low, high, measure = axes.low, axes.high, axes.measure
    ticks: Spec = {"values": [-1, 0, 1]} if measure == "warmth" else {"tickCount": 3}
    value = {
        "field": "value", "type": "quantitative", "title": measure, "axis": ticks,
        "scale": {"domain": [low, high], "nice": False},
    }  # fmt: skip
    x = _time("first", axes.span)
    return {
        "title": {"text": title, "fontSize": 12, "anchor": "start"},
        "width": axes.width,
        "height": HEIGHT,
        "data": {"values": rows},
        "transform": [
            {"calculate": f"toDate(datum.last) + {A_DAY}", "as": "end"},
            {"calculate": _days("first", "last"), "as": "days"},
            {"calculate": f"datum.days + ': {measure} ' + datum.value", "as": "words"},
        ],
        "layer": [
            {
                "mark": {"type": "text", "text": HATCH[axes.step], "color": INK, "aria": False},
                "transform": [{"filter": "datum.value === null"}, _middle()],
                "encoding": {
                    "x": {"field": "middle", "type": "temporal"}, "y": {"datum": 0},
                },
            },
            {
                "data": {"values": [{}]}, "mark": {"type": "rule", "color": INK, "aria": False},
                "encoding": {"y": {"datum": 0}},
            },
            _bars(x, value, measure, few=False),
            _bars(x, value, measure, few=True),
            {
                "mark": {
                    "type": "rule", "color": INK, "strokeWidth": 3, "opacity": 0.8, "aria": False
                },
                "transform": [{"filter": "datum.low !== null"}, _middle()],
                "encoding": {
                    "x": {"field": "middle", "type": "temporal"},
                    "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"},
                },
            },
            _tips(value, measure),
            *_turn_marks(turns, high),
        ],
    }  # fmt: skip


def _time(field: str, span: list[Spec] | None) -> Spec:
    # Days are days everywhere: the axis counts in UTC, whatever the clock of the reader.
    scale = {"type": "utc", **({"domain": span} if span else {})}
    return {
        "field": field, "type": "temporal", "scale": scale, "title": None,
        "axis": {"labelOverlap": True},
    }  # fmt: skip


def _days(*ends: str) -> str:
    """Return the expression that writes two days, in UTC as well."""
    first, last = (f"utcFormat(toDate(datum.{end}), '%Y-%m-%d')" for end in ends)
    return f"{first} + ' … ' + {last}"


def _middle() -> Spec:
    return {"calculate": "(toDate(datum.first) + datum.end) / 2", "as": "middle"}


def _sign(measure: str) -> Spec:
    """Return the colour of a bar: blue for toward, orange for away, which all conflict is."""
    if measure == "conflict":
        return {"value": AWAY}
    return {
        "condition": {"test": "datum.value < 0", "value": AWAY},
        "value": TOWARD,
    }


def _bars(x: Spec, value: Spec, measure: str, *, few: bool) -> Spec:
    """Return the bars; those of too few happenings are outlined in dashes and hardly filled."""
    look = {"fillOpacity": 0.15, "strokeDash": [3, 2], "strokeWidth": 1.2} if few else {}
    encoding: Spec = {
        "x": x,
        "x2": {"field": "end"},
        "y": value,
        "y2": {"datum": 0},
        "color": _sign(measure),
    }
    encoding["tooltip"] = [
        {"field": name}
        for name in ("days", "value", "low", "high", "count", "mutual", "origins", "exposure")
    ]
    encoding["description"] = {"field": "words"}
    if few:
        encoding["stroke"] = _sign(measure)
    return {
        "mark": {"type": "bar", **look},
        "transform": [{"filter": f"datum.value !== null && datum.few === {str(few).lower()}"}],
        "encoding": encoding,
    }


def _tips(value: Spec, measure: str) -> Spec:
    """Return the triangles at the ends of the bars: up toward, down away, a dot on the zero."""
    return {
        "mark": {"type": "point", "filled": True, "size": 28, "opacity": 1, "aria": False},
        "transform": [{"filter": "datum.value !== null"}, _middle()],
        "encoding": {
            "x": {"field": "middle", "type": "temporal"},
            "y": value,
            "color": _sign(measure),
            "shape": {
                "condition": [
                    {"test": "datum.value < 0", "value": "triangle-down"},
                    {"test": "datum.value > 0", "value": "triangle-up"},
                ],
                "value": "circle",
            },
        },
    }


def _turn_marks(turns: list[Spec], high: float) -> list[Spec]:
    data = {"values": turns}
    days = _days("day_first", "day_last")
    told = f"datum.mark + ' turned, ' + {days} + ', ' + datum.strength + ': ' + datum.because"
    x = {"field": "day_first", "type": "temporal"}
    look = {
        "fill": INK, "fillOpacity": 0.12, "stroke": INK, "strokeDash": [2, 3], "strokeWidth": 1.5
    }  # fmt: skip
    return [
        {
            "data": data,
            "transform": [{"calculate": f"toDate(datum.day_last) + {A_DAY}", "as": "end"}],
            "mark": {"type": "rect", "aria": False, **look},
            "encoding": {"x": x, "x2": {"field": "end"}},
        },
        {
            "data": data,
            "transform": [{"calculate": told, "as": "words"}],
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "top",
                "dx": 2,
                "fontSize": 12,
                "color": INK,
            },
            "encoding": {
                "x": x,
                "y": {"datum": high},
                "text": {"field": "mark"},
                "description": {"field": "words"},
            },
        },
    ]


def html_table(picture: Picture) -> str:
    """Return the same rows as an HTML table; every word is escaped, for some are from reports."""
    rows = picture.rows
    names = [name for name in (rows[0] if rows else {}) if name != "rows"]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        f"<tr>{''.join(f'<td>{_shown(row[name])}</td>' for name in names)}</tr>" for row in rows
    )
    told = "".join(f"<li>{escape(words)}</li>" for words in picture.words)
    turns = "".join(f"<li>{escape(_turn_words(one))}</li>" for one in picture.turns)
    return (
        f"<table><caption>{escape(_heading(picture))}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><ul>{turns}{told}</ul><p>{escape(picture.coverage)}</p>"
    )


def _turn_words(turn: Spec) -> str:
    return (
        f"{turn['mark']} {turn['actor']} → {turn['target']} {turn['day_first']} … "
        f"{turn['day_last']}: {turn['before']} → {turn['after']}, {turn['strength']}: "
        f"{turn['because']}"
    )


def _shown(value: Any) -> str:
    return "" if value is None else escape(str(value))
