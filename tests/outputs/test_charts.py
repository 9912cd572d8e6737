"""Charts: the same numbers in chart, table, CSV and JSON, and what is drawn of them."""

from __future__ import annotations

import builtins
import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chancery import drawing
from chancery.errors import MissingExtra, UsageError
from chancery.model import Point, Refusal, Relation, Turn
from chancery.outputs import charts
from chancery.outputs.relation_rows import POINT_FIELDS
from chancery.outputs.relations import relation_lines
from chancery.outputs.rows import csv_lines, json_lines


def point(year: int, value: float | None, count: int = 2, **more: Any) -> Point:
    return Point(
        first=date(year, 1, 1), last=date(year, 12, 31), count=count if value is not None else 0,
        value=value, warmth=value, quads=(1.0, 0.1 + 0.2, 0.0, 2.5), **more,
    )  # fmt: skip


RELATION = Relation(
    actor="BLR",
    target="USA",
    step="year",
    measure="warmth",
    formula="(cooperation − conflict) / (cooperation + conflict), −1…1",
    there=(
        point(2010, -0.3333, low=-1.0, high=0.1429),
        point(2011, None),
        point(2012, 1.0, 1, few=True, rows=("hap_1",)),
    ),
    back=(point(2010, 0.0), point(2011, None), point(2012, -0.7143)),
    turns=(
        Turn(
            actor="BLR", target="USA", day_first=date(2011, 1, 1), day_last=date(2012, 12, 31),
            before=-0.3333, after=1.0, penalty=3.3, stability=0.5, strength="weak",
            because="rests on 3 rows", happenings=("hap_1",),
        ),
    ),
    refusals=(Refusal(code="too-few", words="too few happenings: <b>2</b>"),),
    coverage="5 happenings",
)  # fmt: skip

SPEC = RELATION.chart()


def drawn(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for panel in spec["vconcat"] for row in panel["data"]["values"]]


# One set of numbers -----------------------------------------------------------------------------


def test_chart_table_csv_and_json_hold_the_same_numbers() -> None:
    table = RELATION.table()
    assert drawn(SPEC) == table
    lines = [json.loads(line) for line in json_lines(table)]
    assert lines == table
    cells = [[row[name] for name in POINT_FIELDS] for row in table]
    header, *rows = csv.reader(io.StringIO("".join(csv_lines(POINT_FIELDS, cells))))
    assert set(header) == set(table[0])
    for text, row in zip(rows, table, strict=True):
        for name, cell in zip(header, text, strict=True):
            value = row[name]
            if isinstance(value, float):
                assert cell == repr(value)
            elif isinstance(value, int) or value is None:
                assert cell == ("" if value is None else str(value))


def test_the_terminal_and_the_page_show_the_same_digits() -> None:
    words = "\n".join(relation_lines(RELATION, 140, below=lambda row: (), beneath=lambda turn: ()))
    page = drawing.html_table(RELATION.picture())
    for row in RELATION.table():
        for name in ("value", "low", "high", "q2", "q4"):
            if row[name] is not None and row["count"]:
                assert str(row[name]) in words
                assert f"<td>{row[name]}</td>" in page


def test_the_notebook_gets_the_same_chart_and_table() -> None:
    bundle = RELATION._repr_mimebundle_()
    assert bundle["application/vnd.vegalite.v5+json"] == SPEC
    assert bundle["text/html"] == drawing.html_table(RELATION.picture())
    assert "BLR ⇄ USA" in bundle["text/plain"]


def test_words_are_escaped_on_a_page() -> None:
    page = drawing.html_table(RELATION.picture())
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


# What is drawn ----------------------------------------------------------------------------------


def layers(panel: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [
        layer for layer in panel["layer"]
        if (layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]) == kind
    ]  # fmt: skip


def test_two_rows_one_a_direction() -> None:
    assert [panel["title"]["text"] for panel in SPEC["vconcat"]] == ["BLR → USA", "USA → BLR"]


def test_what_cannot_be_shown_stands_above() -> None:
    assert SPEC["title"]["subtitle"][0] == RELATION.refusals[0].words


def test_turns_are_drawn_in_their_own_direction() -> None:
    marks = [layers(panel, "rect")[0]["data"]["values"] for panel in SPEC["vconcat"]]
    assert [[turn["mark"] for turn in some] for some in marks] == [["①"], []]
    assert marks[0][0]["day_last"] == "2012-12-31"


def test_empty_steps_are_hatched_and_have_no_bar() -> None:
    panel = SPEC["vconcat"][0]
    hatch = layers(panel, "text")[0]
    assert hatch["mark"]["text"] == "/////"
    assert hatch["transform"][0] == {"filter": "datum.value === null"}
    assert all("!== null" in bar["transform"][0]["filter"] for bar in layers(panel, "bar"))


def test_dash_and_shape_come_before_colour() -> None:
    panel = SPEC["vconcat"][0]
    few = [bar for bar in layers(panel, "bar") if "strokeDash" in bar["mark"]]
    assert len(few) == 1
    shapes = layers(panel, "point")[0]["encoding"]["shape"]["condition"]
    assert [one["value"] for one in shapes] == ["triangle-down", "triangle-up"]


@pytest.mark.parametrize(
    ("colour", "least"), [(drawing.INK, 4.5), (drawing.TOWARD, 3.0), (drawing.AWAY, 3.0)]
)
def test_colours_can_be_seen_on_white_and_on_black(colour: str, least: float) -> None:
    """The contrast of WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert 1.05 / (light + 0.05) >= least
    assert (light + 0.05) / 0.05 >= least


def test_the_axis_of_warmth_never_moves() -> None:
    flat = msgspec.structs.replace(RELATION, there=(point(2010, 0.1),), back=())
    domains = [
        layers(one.chart()["vconcat"][0], "bar")[0]["encoding"]["y"]["scale"]["domain"]
        for one in (RELATION, flat)
    ]
    assert domains[0] == domains[1]


def test_a_triad_is_three_small_multiples_on_one_axis() -> None:
    other = msgspec.structs.replace(RELATION, target="RUS", measure="events")
    large = msgspec.structs.replace(other, there=(point(2010, 50.0),))
    spec = drawing.triad_chart([other.picture(), large.picture(), other.picture()])
    assert len(spec["hconcat"]) == 3
    tops = [
        layers(panel, "bar")[0]["encoding"]["y"]["scale"]["domain"]
        for pair in spec["hconcat"]
        for panel in pair["vconcat"]
    ]
    assert all(one == another for one, another in pairwise(tops))


def test_turns_beyond_the_circled_numbers_are_numbered_too() -> None:
    assert [drawing.number(at) for at in (0, 19, 20)] == ["①", "⑳", "(21)"]


# Files ------------------------------------------------------------------------------------------


def test_the_same_spec_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    assert charts.svg(SPEC) == charts.svg(SPEC)
    assert charts.png(SPEC) == charts.png(SPEC)
    assert b"CHN" not in charts.svg(SPEC)
    assert "BLR → USA".encode() in charts.svg(SPEC)
    assert charts.png(SPEC).startswith(b"\x89PNG")


def test_nothing_is_fetched_and_the_clock_plays_no_part(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    program = (
        "import sys; from pathlib import Path; import msgspec; from chancery.outputs import charts;"
        "sys.stdout.buffer.write(charts.svg(msgspec.json.decode(Path(sys.argv[1]).read_bytes())))"
    )
    (tmp_path / "spec.json").write_bytes(msgspec.json.encode(SPEC))
    drawings = {
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "spec.json")],
            capture_output=True, check=True, env={**os.environ, "TZ": zone},
        ).stdout
        for zone in ("UTC", "Pacific/Auckland", "America/Lima")
    }  # fmt: skip
    assert len(drawings) == 1
    assert b"http" not in drawings.pop().replace(b"http://www.w3.org/", b"")


def test_a_chart_is_written_by_the_name_of_its_file(tmp_path: Path) -> None:
    charts.write_chart(SPEC, tmp_path / "one.json")
    assert json.loads((tmp_path / "one.json").read_bytes()) == SPEC
    with pytest.raises(UsageError, match="no chart for"):
        charts.write_chart(SPEC, tmp_path / "one.bmp")


def test_without_the_extra_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name == "vl_convert":
            raise ImportError(name)
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtra, match="charts"):
        charts.svg(SPEC)
