"""Relations: the same numbers in every form, every bar a way to its happenings, and refusals."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from chancery.cli.app import run as run_command
from chancery.errors import MissingExtra
from chancery.lexicon import Lexicon
from chancery.outputs import charts
from chancery.relations import Layers
from chancery.web import grounds as grounds_
from chancery.web import svg
from chancery.web.address import Address
from chancery.web.app import make_app
from chancery.web.page import Page
from chancery.web.pages import page_of
from chancery.web.render import html
from chancery.web.room import Room
from chancery.web.visit import Visit

PAIR = "/relations/USA-BLR?step=year"
ROWS = [f"20{year:02}-{month:02}-10,United States,Belarus,{kind}"
        for year in range(10, 18) for month in (2, 5, 8)
        for kind in ("ACCUSE,3,-2" if year < 14 else "SUPPORT,1,3",)]  # fmt: skip
MAPPING = {"day": "date", "actor": "who", "target": "whom", "type": "what", "quad": "class",
           "intensity": "score"}  # fmt: skip
SETTINGS = [(360, "dark"), (1440, "light")]


@pytest.fixture(scope="module")
def layered(
    read_samples: Path, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    """Serve the samples with a layer *east* beside them."""
    folder = tmp_path_factory.mktemp("layered")
    path = Path(shutil.copytree(read_samples, folder / "samples.ledger"))
    file = folder / "east.csv"
    file.write_text("\n".join(["date,who,whom,what,class,score", *ROWS]) + "\n")
    Layers(path, lexicon).import_("csv", [file], "east", mapping=MAPPING)
    room = Room(path, lexicon)
    yield room
    room.close()


@pytest.fixture(scope="module")
def beside(layered: Room) -> TestClient:
    return TestClient(make_app(layered), base_url="http://127.0.0.1")


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run the command line on the ledger of a room: `command(room, "turns", "--json")`."""

    def run(room: Room, *words: str) -> str:
        capsys.readouterr()
        assert run_command([*words, "-L", str(room.path)]) == 0
        return capsys.readouterr().out

    return run


def hrefs(page: str, mark: str) -> list[str]:
    return [
        found.replace("&amp;", "&") for found in re.findall(rf'{mark}[^>]*?href="([^"]*)"', page)
    ]


# The same numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/relations/USA-BLR{}", ("dyad", "USA", "BLR")),
        ("/relations/USA-BLR{}?step=year", ("dyad", "USA", "BLR", "--step", "year")),
        ("/relations/BLR-USA{}?step=month&measure=events&from=2019&to=2020",
         ("dyad", "BLR", "USA", "--step", "month", "--measure", "events", "--from", "2019",
          "--to", "2020")),
        ("/relations/USA-BLR{}?method=reciprocity", ("dyad", "USA", "BLR", "--reciprocity")),
        ("/relations/USA-BLR{}?method=surprise", ("dyad", "USA", "BLR", "--surprise")),
        ("/relations/USA-BLR{}?method=dependence", ("dyad", "USA", "BLR", "--dependence")),
        ("/relations/USA-BLR-RUS{}?step=year", ("triad", "USA", "BLR", "RUS", "--step", "year")),
        ("/relations{}?step=year", ("turns", "--step", "year")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_twins_are_what_the_command_prints(
    pages: TestClient,
    shared_room: Room,
    address: str,
    words: tuple[str, ...],
    form: str,
    command: Callable[..., str],
) -> None:
    answer = pages.get(address.format(f".{form}"))
    assert answer.status_code == 200
    assert answer.text == command(shared_room, *words, f"--{form}")


@pytest.mark.parametrize("more", [(), ("--reciprocity",), ("--surprise",)])
def test_the_twins_of_a_layer_are_what_the_command_prints(
    beside: TestClient, layered: Room, more: tuple[str, ...], command: Callable[..., str]
) -> None:
    method = f"&method={more[0][2:]}" if more else ""
    answer = beside.get(f"/relations/USA-BLR.json?layer=east&step=month{method}")
    words = ("dyad", "USA", "BLR", "--layer", "east", "--step", "month", *more, "--json")
    assert answer.text == command(layered, *words)


def test_chart_table_csv_json_and_page_agree_to_the_digit(pages: TestClient) -> None:
    spec = pages.get("/chart/USA-BLR?form=json&step=year").json()
    drawn = [row for panel in spec["vconcat"] for row in panel["data"]["values"]]
    document = pages.get("/relations/USA-BLR.json?step=year").json()["rows"]
    points = [row for row in document if row["kind"] == "point"]
    bare = [{name: row[name] for name in row if name not in ("schema", "kind")} for row in points]
    assert drawn == bare
    table = list(csv.DictReader(io.StringIO(pages.get("/relations/USA-BLR.csv?step=year").text)))
    page = pages.get(PAIR).text
    bars = re.findall(r"<tr><th scope=\"row\"><a .*?</tr>", page, re.S)
    shown = [re.findall(r'<td class="number">(.*?)</td>', bar) for bar in bars]
    told = [(row, cells) for row, cells in zip(drawn, table, strict=True) if row["count"]]
    assert len(shown) == len(told)
    for cells, (row, flat) in zip(shown, told, strict=True):
        names = ("value", "count", "mutual", "origins", "q1", "q2", "q3", "q4", "exposure")
        words = [cells[0], *cells[2:]]
        assert words == [str(row[name]) for name in names]
        assert words == [flat[name] for name in names]


def test_the_bars_add_up_to_the_happenings_that_they_open(pages: TestClient) -> None:
    page = pages.get(PAIR).text
    rows = pages.get("/relations/USA-BLR.json?step=year").json()["rows"]
    counts = {f"{row['actor']}:{row['first']}": row["count"] for row in rows
              if row["kind"] == "point" and row["count"]}  # fmt: skip
    for name, count in counts.items():
        pane = pages.get(f"{PAIR}&sel={name}&part=pane").text
        assert len(re.findall(r'data-row="hap_', pane)) == count
        assert f'data-bar="{name}"' in page
    assert sum(counts.values()) == sum(row["count"] for row in rows if row["kind"] == "point")


def test_a_figure_of_a_kind_opens_as_many_as_it_counts(pages: TestClient) -> None:
    page = pages.get(PAIR).text
    cells = re.findall(r'href="([^"]+)" data-opens aria-label="[^"]*: (\d+)"', page)
    assert cells
    for href, count in cells:
        pane = pages.get(href.replace("&amp;", "&").split("#")[0] + "&part=pane").text
        assert pane.count('data-row="hap_') == int(count)


def test_a_turn_opens_all_that_carries_it(pages: TestClient) -> None:
    turn, *_ = [row for row in pages.get("/relations/USA-BLR.json?step=year").json()["rows"]
               if row["kind"] == "turn"]  # fmt: skip
    pane = pages.get(f"{PAIR}&sel=turn:0&part=pane").text
    assert re.findall(r'data-row="(hap_\w+)"', pane) == turn["happenings"]
    page = pages.get(PAIR).text
    assert "①" in page
    assert f"carried by {len(turn['happenings'])} happenings" in page


# What is said and refused -----------------------------------------------------------------------


def test_pairs_and_a_form_lead_to_their_pages(pages: TestClient) -> None:
    page = pages.get("/relations").text
    assert "/relations/BLR-USA" in page
    answer = pages.get("/relations?a=united+states&b=Belarus&step=year")
    assert str(answer.url).endswith("/relations/USA-BLR?step=year")
    answer = pages.get("/relations?a=USA&b=BLR&c=Russia")
    assert answer.url.path == "/relations/USA-BLR-RUS"


def test_too_few_and_empty_stretches_are_said(pages: TestClient) -> None:
    page = pages.get("/relations/BLR-LTU?step=year").text
    assert "rests on fewer than five happenings" in page
    page = pages.get(PAIR).text
    assert "no reports" in page
    assert "axis −1 to 1, always" in page
    assert "axis 0 to " in pages.get(f"{PAIR}&measure=events").text


def test_a_pair_without_anything_is_a_result(pages: TestClient) -> None:
    answer = pages.get("/relations/ISL-NPL")
    assert answer.status_code == 200
    assert "No reports: nothing is drawn." in answer.text
    assert "too few happenings: 0" in answer.text
    assert pages.get("/relations/ISL-NPL-FJI").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/relations/BLR-Atlantis", "/relations/BLR-BLR", "/relations/BLR", "/relations/A-B-C-D",
        "/relations/%3Cscript%3E-BLR", "/relations/..%2F..%2Fetc-BLR", "/relations/USA--BLR",
        "/relations/USA,BLR-RUS", "/relations/%00-BLR", "/relations/'-\"",
        "/relations/USA-BLR?step=decade", "/relations/USA-BLR?measure=love",
        "/relations/USA-BLR?layer=../../etc", "/relations/USA-BLR?beside=none",
        "/relations/USA-BLR?from=yesterday", "/relations/USA-BLR?method=magic",
        "/relations/USA-BLR?beside=a,b,c,d", "/chart/USA-BLR?form=exe", "/chart/x", "/chart/USA",
        "/relations?a=USA", "/relations?a=USA&b=%22%3E%3Cscript%3E",
        "/relations/USA-BLR?step=day&from=1000&to=2020",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_explained(pages: TestClient, address: str) -> None:
    answer = pages.get(address)
    assert answer.status_code in (400, 404), answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "sel",
    [
        "x", "USA:x", "USA:2020-99-99", "turn:9", "turn:x", "::", "A:B:C:D", "<b>:2020-01-01",
        "CONSULT:2020-01-01:x", "USA:1900-01-01",
    ],
)  # fmt: skip
def test_what_opens_nothing_says_so(pages: TestClient, sel: str) -> None:
    answer = pages.get("/relations/USA-BLR", params={"step": "year", "sel": sel})
    assert answer.status_code == 200
    assert "Nothing of this relation is named" in answer.text
    assert "<b>" not in answer.text


# Layers -----------------------------------------------------------------------------------------


def test_a_layer_is_drawn_beside_and_never_added(beside: TestClient) -> None:
    alone = beside.get(PAIR).text
    page = beside.get(f"{PAIR}&beside=east").text
    assert "Beside it: layer east" in page
    assert "layer east · " in page
    assert page.count('class="relations-drawing"') == 1 + alone.count('class="relations-drawing"')
    assert re.findall(r"\d+ happenings \(.*?\)", alone) == re.findall(
        r"\d+ happenings \(.*?\)", page
    )


def test_a_bar_of_a_layer_opens_its_rows(
    beside: TestClient, layered: Room, command: Callable[..., str]
) -> None:
    pane = beside.get("/relations/USA-BLR?layer=east&step=year&sel=USA:2014-01-01&part=pane").text
    lines = re.findall(r"<li>(.*?)</li>", pane)
    assert len(lines) == 3
    assert all("east.csv:" in line and "United States" in line for line in lines)
    told = command(
        layered, "dyad", "USA", "BLR", "--layer", "east", "--step", "year", "-q", "--json"
    )
    points = [row for row in json.loads(told)["rows"] if row["kind"] == "point"]
    assert [len(row["carriers"]) for row in points] == [row["count"] for row in points]
    table = command(
        layered, "dyad", "USA", "BLR", "--layer", "east", "--step", "year", "-q", "--table"
    )
    assert table.count("east.csv:") >= len(ROWS)


# Three ------------------------------------------------------------------------------------------


def test_a_sentence_is_built_from_rows_and_leads_to_them(
    pages: TestClient, shared_room: Room, command: Callable[..., str]
) -> None:
    page = pages.get("/relations/USA-BLR-RUS?step=year").text
    rows = pages.get("/relations/USA-BLR-RUS.json?step=year").json()["rows"]
    (said,) = [row for row in rows if row["kind"] == "sentence"]
    text = re.sub(r"<[^>]*>", "", page.split('class="relations-sentence">')[1].split("</p>")[0])
    assert text == said["words"]
    assert "no report of its own" in text
    assert said["words"] in command(
        shared_room, "triad", "USA", "BLR", "RUS", "--step", "year", "--table"
    )
    for href in hrefs(page.split('class="relations-sentence">')[1].split("</p>")[0], "<a"):
        assert 'data-opened="' in pages.get(href).text
    assert set(said["rows"]) <= set(
        re.findall(r"hap_\w+", command(shared_room, "chron", "--jsonl"))
    )


def test_the_triangle_tells_sign_by_dashes_and_has_its_table(pages: TestClient) -> None:
    page = pages.get("/relations/USA-BLR-RUS?step=year").text
    assert page.count('class="relations-arrow') == 6
    assert page.count('class="relations-shaft"') == 6
    drawing = page.split('class="relations-triangle"')[1].split("</svg>")[0]
    assert "away" in drawing
    assert "url(" not in drawing
    earlier = pages.get("/relations/USA-BLR-RUS?step=year&period=2019-01-01").text
    assert 'id="period">2019<' in earlier
    assert pages.get("/relations/USA-BLR-RUS?step=year&period=x").status_code == 200


# Drawings ---------------------------------------------------------------------------------------


HOSTILE = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 9 9" onload="alert(1)"><style>*{}</style><script>alert(1)</script>
<g style="fill:red" fill="url(#x)" onclick="x()"><image xlink:href="http://elsewhere/"/>
<a xlink:href="javascript:alert(1)"><text>in a link</text></a>
<foreignObject><p>x</p></foreignObject>
<path d="M0,0h9v9h-9Z" filter="x" fill="#fff" class="y" stroke="expression(1)"/>
<text>&lt;b&gt; &amp; more</text></g></svg>"""


def test_only_what_is_listed_comes_through_a_drawing() -> None:
    cleaned = str(svg.for_page(HOSTILE, 'A "name"', lambda panel, first: None))
    root = ElementTree.fromstring(cleaned)
    for one in root.iter():
        assert one.tag in svg.ELEMENTS
        assert set(one.attrib) <= svg.ATTRIBUTES | {"class", "role", "aria-label"}
    for word in ("style", "script", "url(", "http", "onclick", "expression", "in a link", "<b>"):
        assert word not in cleaned
    assert "&lt;b&gt; &amp; more" in cleaned


def test_every_bar_of_the_drawing_is_a_link_with_a_name(pages: TestClient) -> None:
    pytest.importorskip("vl_convert")
    page = pages.get(PAIR).text
    drawing = page.split("<svg", 1)[1].split("</svg>")[0]
    rows = pages.get("/relations/USA-BLR.json?step=year").json()["rows"]
    bars = [f"{row['actor']}:{row['first']}" for row in rows
            if row["kind"] == "point" and row["value"] is not None]  # fmt: skip
    assert sorted(re.findall(r'<a class="relations-bar" href="[^"]+" data-bar="([^"]+)" '
                             r'aria-label="[^"]{20,}"', drawing)) == sorted(bars)  # fmt: skip
    assert not re.search(r'\sstyle=|<style|class="(?!relations)', drawing)


def test_charts_come_as_files(pages: TestClient) -> None:
    pytest.importorskip("vl_convert")
    for form, media, start in (("svg", "image/svg+xml", b"<svg"), ("png", "image/png", b"\x89PNG")):
        answer = pages.get(f"/chart/USA-BLR?step=year&form={form}")
        assert answer.headers["content-type"].startswith(media)
        assert answer.content.startswith(start)
    assert "hconcat" in pages.get("/chart/USA-BLR-RUS.json?step=year").json()
    assert "vegaEmbed" in pages.get("/chart/script.js").text


def test_without_the_extra_the_table_stands(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise MissingExtra("drawing a chart", "charts")

    monkeypatch.setattr(charts, "_drawer", missing)
    page = client.get(PAIR).text
    assert "The table has all of it" in page
    assert 'class="relations-table"' in page


def test_cubes_are_kept_and_let_go(layered: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds_, "MOST_GROUNDS", 2)
    kept = grounds_.Grounds(layered.ledger)
    as_of = layered.newest().id
    with kept.ground(as_of, "year", None) as first:
        folder = first.cube._folder
        with kept.ground(as_of, "month", None), kept.ground(as_of, "week", None):
            assert folder.exists()
    with kept.ground(as_of, "year", None) as again:
        assert again is first
    with kept.ground(as_of, "quarter", None), kept.ground(as_of, "month", None):
        pass
    assert not folder.exists()
    kept.close()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2.2 reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                  for part in parts]  # fmt: skip
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_bars_and_words_stand_out_in_light_and_dark(pages: TestClient) -> None:
    style = pages.get("/static/desk.css").text
    themes = [
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in style.split(":root {")[1:3]
    ]
    for colours in themes:
        assert contrast(colours["faint"], colours["paper"]) >= 4.5
        for name in ("toward", "away", "ink"):
            assert contrast(colours[name], colours["paper"]) >= 4.5
    for colour in ("#767676", "#3b7dd8", "#cf6a00"):
        assert f'.relations-drawing [fill="{colour}"]' in style
    assert ".relations-arrow.away .relations-shaft { stroke-dasharray" in style


# In the browser ---------------------------------------------------------------------------------


def test_the_keyboard_reaches_every_bar(open_page: Callable[..., Any], served_samples: str) -> None:
    pytest.importorskip("vl_convert")
    page = open_page(f"{served_samples}{PAIR}")
    bars = page.locator("a.relations-bar")
    names = bars.evaluate_all("all => all.map(one => one.dataset.bar)")
    page.locator(".relations-wide").first.focus()
    reached = []
    for _ in names:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.bar"))
    assert reached == names
    page.keyboard.press("Enter")
    page.wait_for_selector(f'[data-opened="{names[-1]}"]')
    assert f"sel={names[-1]}" in page.url.replace("%3A", ":")
    page.reload()
    assert page.locator(f'[data-opened="{names[-1]}"]').count() == 1


def test_the_interactive_chart_keeps_the_policy(
    open_page: Callable[..., Any], served_samples: str
) -> None:
    pytest.importorskip("vl_convert")
    page = open_page(f"{served_samples}{PAIR}")
    page.click("#interactive")
    page.wait_for_selector('#drawn[data-drawn="yes"]', timeout=20_000)
    assert page.locator("#drawn canvas").count() == 1


def test_the_same_is_there_without_a_script(
    open_page: Callable[..., Any], served_samples: str
) -> None:
    page = open_page(f"{served_samples}{PAIR}&sel=USA:2020-01-01", java_script_enabled=False)
    assert page.locator("#pane [data-row]").count() == 10
    page.locator(".relations-table a[data-bar]").first.click()
    assert page.locator("#pane [data-row]").count() == 3


@pytest.mark.parametrize(("width", "scheme"), SETTINGS)
def test_nobody_is_kept_out(
    open_page: Callable[..., Any], served_samples: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    dyad, others = f"{PAIR}&sel=USA:2020-01-01", ("/relations", "/relations/USA-BLR-RUS?step=year")
    for path in (dyad, *(others if (width, scheme) in (SETTINGS[0], SETTINGS[-1]) else ())):
        page = open_page(
            f"{served_samples}{path}", viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_turn_must_gain_is_in_the_address(
    pages: TestClient, shared_room: Room, command: Callable[..., str]
) -> None:
    few = pages.get("/relations/USA-BLR.json?step=year&penalty=50").text
    words = ("dyad", "USA", "BLR", "--step", "year", "--penalty", "50", "--json")
    assert few == command(shared_room, *words)
    page = pages.get(f"{PAIR}&penalty=50").text
    assert "chancery dyad USA BLR --step year --penalty 50" in page
    for wrong in ("0", "-1", "x", "nan", "inf"):
        assert pages.get(f"{PAIR}&penalty={wrong}").status_code == 400


def test_a_relation_says_on_whose_word_it_is_told(pages: TestClient) -> None:
    page = pages.get(PAIR).text
    table = page[page.index('id="voices"') :]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table[: table.index("</table>")], re.S)
    counts = [[int(cell) for cell in re.findall(r">(\d+)(?: \(\d+ %\))?<", row)] for row in rows]
    assert sum(map(sum, counts[:-1])) == sum(counts[-1]) > 0


def test_a_static_page_has_all_figures_open(shared_room: Room) -> None:
    visit = Visit(
        Address.read("/relations/USA-BLR", "step=year"), shared_room.ledger, shared_room.lexicon,
        shared_room.newest(), where=shared_room.path,
    )  # fmt: skip
    page = page_of(visit)
    assert isinstance(page, Page)
    shown = html(page, visit)
    places = set(re.findall(r'href="#([^"]+:[^"]+)"', shown))
    assert len(places) > 5
    assert places <= set(re.findall(r'id="([^"]+)"', shown))
    assert "sel=" not in shown
