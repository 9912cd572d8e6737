"""The twelve acceptance checks of the interface, on the sample reports and, where they are, the two
starting ones: each from a browser where one sees it, each as a person would do it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader
from starlette.testclient import TestClient

from chancery.cli import app as cli
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import Report
from chancery.outputs.exports import write_export
from chancery.pipeline import run
from chancery.read import Reader
from chancery.web.app import make_app
from chancery.web.room import Room

CLI = (sys.executable, "-c", "from chancery.cli import main; main()")
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
SCREENS = (
    "/chronology", "/relations", "/relations/USA-BLR", "/relations/USA-BLR-RUS", "/reports",
    "/sources", "/statements", "/forecasts", "/review", "/decisions", "/brief", "/export", "/add",
    "/brief?q=why+was+Mike+Pompeo+in+Minsk%3F", "/search?q=zzyzx", "/diff", "/help", "/limits",
    "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def seed_room(
    tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon
) -> Iterator[Room]:  # fmt: skip
    """Serve the two starting reports, where they are."""
    if not SEEDS.exists():
        pytest.skip("the starting reports are not here")
    path = tmp_path_factory.mktemp("seeds") / "seeds.ledger"
    with Ledger.open(path, lexicon) as ledger:
        run([SEEDS], ledger, Reader.load(lexicon=lexicon))
    room = Room(path, lexicon)
    yield room
    room.close()


def seed_pages(room: Room) -> TestClient:
    return TestClient(make_app(room), base_url="http://127.0.0.1")


# 1 -----------------------------------------------------------------------------------------------


def test_1_open_reaches_the_chronology(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "src" / "chancery" / "samples" / "reports"
    command = [*CLI, "open", str(samples), "-L",
               str(tmp_path / "a.ledger"), "--port", "8791"]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = ""
        for line in process.stderr:
            told += line
            if found := re.search(r"Open (http://127\.0\.0\.1:\d+/)", line):
                break
        else:
            pytest.fail(told)
        import urllib.request

        with urllib.request.urlopen(found[1]) as answer:
            assert answer.url.endswith("/chronology")
            assert "<h1>Chronology" in answer.read().decode()
        process.terminate()
    assert "nothing was sent anywhere" in told


def test_1_the_visit_is_a_range_with_its_quotation(seed_room: Room) -> None:
    pages = seed_pages(seed_room)
    rows = pages.get("/chronology.json?who=USA,BLR&what=visit").json()["rows"]
    visits = [row for row in rows if row["when"]["first"] == "2020-02-01"]
    assert visits
    assert all(row["when"]["last"] == "2020-02-10" for row in visits)
    for row in visits:
        shown = pages.get(f"/happening/{row['id']}").text
        for cite in seed_room.ledger.cite(seed_room.ledger.happening(row["id"])):
            assert cite.words in _text(shown)


# 2 -----------------------------------------------------------------------------------------------


def test_2_undated_rows_wait_in_their_drawer(client: TestClient, room: Room) -> None:
    undated = room.ledger.reports(dated=False)[0]
    rows = [one for one in room.ledger.happenings() if one.reports == (undated.id,)]
    waiting = [one for one in rows if not one.when.known]
    assert waiting
    text = client.get("/chronology").text
    drawer = text[text.index("<details") :]
    assert all(one.id in drawer for one in waiting)
    assert any(item.kind == "undated" for item in room.ledger.review())
    form = {"csrf": room.csrf, "about": undated.id, "verdict": "date 2020-05-15", "back": "/"}
    client.post("/decide", data=form)
    assert next(reversed(room.works.values())).ended(120)
    room.ledger.refresh()
    moved = [one for one in room.ledger.happenings() if one.reports == (undated.id,)]
    assert len([one for one in moved if not one.when.known]) < len(waiting)
    assert not any(item.kind == "undated" for item in room.ledger.review())


# 3 -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_3_axe_finds_nothing(
    open_page: Callable[..., Any], served_samples: str, shared_room: Room, scheme: str, width: int
) -> None:
    happening = shared_room.ledger.happenings(limit=40)[39]
    addresses = (
        *SCREENS, f"/happening/{happening.id}", f"/report/{happening.reports[0]}",
        f"/chronology?sel={happening.id}",
    )  # fmt: skip
    page = open_page(served_samples, color_scheme=scheme, viewport={"width": width, "height": 900})
    faults = {}
    for address in addresses:
        page.goto(served_samples + address)
        found = Axe().run(page).response["violations"]
        if found:
            faults[address] = [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), address
    assert not faults


def test_3_without_script_the_same_facts(
    open_page: Callable[..., Any], served_samples: str, shared_room: Room
) -> None:
    page = open_page(served_samples, java_script_enabled=False)
    for address in SCREENS[:-1]:
        page.goto(served_samples + address)
        assert page.locator("h1").count() == 1
        assert "from 17 reports" in page.content()
    page.goto(f"{served_samples}/chronology")
    page.locator(".rows a").first.click()
    assert "/happening/" in page.url
    assert page.locator("blockquote").count() >= 1


def test_3_the_row_of_screens_by_keyboard(
    open_page: Callable[..., Any], served_samples: str
) -> None:
    page = open_page(served_samples)
    for key, screen in zip("rpsvbc", ("relations", "reports", "sources", "review", "brief",
                                      "chronology"), strict=True):  # fmt: skip
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"**/{screen}*")
    page.keyboard.press("/")
    page.keyboard.type("ambassador")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ambassador")


# 4 -----------------------------------------------------------------------------------------------


def test_4_twins_and_the_command_line_agree(
    pages: TestClient, shared_room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    for address, command in (
        ("/chronology{}?who=USA,BLR&from=2019", ["chron", "--who", "USA,BLR", "--from", "2019"]),
        ("/relations/USA-BLR{}", ["dyad", "USA", "BLR"]),
    ):
        for form in ("json", "csv"):
            cli.run([*command, "-L", str(shared_room.path), f"--{form}", "--quiet"])
            told = capsys.readouterr().out
            asked = pages.get(address.format(f".{form}")).text
            if form == "json":
                assert json.loads(asked)["rows"] == json.loads(told)["rows"]
            else:
                assert asked == told


# 5 -----------------------------------------------------------------------------------------------


def test_5_every_quotation_on_every_page_is_verbatim(pages: TestClient, shared_room: Room) -> None:
    ledger = shared_room.ledger
    assert not ledger.verify()
    for happening in ledger.happenings():
        text = _text(pages.get(f"/happening/{happening.id}").text)
        for cite in ledger.cite(happening):
            assert _folded(cite.words) in text


# 6 -----------------------------------------------------------------------------------------------


def test_6_a_copy_raises_reports_only(room: Room, lexicon: Lexicon) -> None:
    happening = next(
        one for one in room.ledger.happenings() if len(one.reports) == 1 and one.when.known
    )
    report = room.ledger.report(happening.reports[0])
    before = len(room.ledger.happenings())
    copy = Report(
        id=Report.make_id(text=report.text, title=report.title, published=report.published,
                          source="Copying Gazette", url=None, key="copy"),
        text=report.text, title=report.title, published=report.published,
        source="Copying Gazette", key="copy", language="en", asides=report.asides,
    )  # fmt: skip
    room.ledger.add([copy])
    run([], room.ledger, Reader.load(lexicon=lexicon))
    after = room.ledger.happening(happening.id)
    assert len(after.reports) == 2
    assert after.origin_count == happening.origin_count
    assert len(room.ledger.happenings()) == before
    text = TestClient(make_app(room), base_url="http://127.0.0.1").get(f"/happening/{after.id}")
    assert "2 reports · 1 origin" in text.text


# 7 -----------------------------------------------------------------------------------------------


def test_7_accept_undo_accept(client: TestClient, room: Room, lexicon: Lexicon) -> None:
    happening = room.ledger.happenings(limit=5)[4]
    form = {"csrf": room.csrf, "about": happening.id, "verdict": "reject", "back": "/"}
    before = _export(room)
    client.post("/decide", data=form)
    accepted = _export(room)
    assert accepted != before
    made = room.ledger.decisions()[-1]
    client.post("/undo", data={"csrf": room.csrf, "decision": made.id, "back": "/"})
    assert _export(room) == before
    client.post("/decide", data=form)
    assert _export(room) == accepted
    run([], room.ledger, Reader.load(lexicon=lexicon))
    assert _export(room) == accepted


def _export(room: Room) -> bytes:
    import io

    room.ledger.refresh()
    page = io.BytesIO()
    write_export(page, room.ledger, room.lexicon, "csv")
    return page.getvalue()


# 9 -----------------------------------------------------------------------------------------------


def test_9_a_search_for_nothing_says_what_was_searched(pages: TestClient) -> None:
    text = pages.get("/search?q=zzyzx").text
    assert "Nothing matches" in text
    assert "17 reports" in text


# 11 ----------------------------------------------------------------------------------------------


def test_11_the_brief_prints_on_a4(
    open_page: Callable[..., Any], served_samples: str, tmp_path: Path
) -> None:
    page = open_page(f"{served_samples}/brief?q=why+was+Mike+Pompeo+in+Minsk%3F")
    page.emulate_media(media="print")
    target = tmp_path / "brief.pdf"
    page.pdf(path=str(target), format="A4", margin=dict.fromkeys(("left", "right"), "15mm"))
    sheets = PdfReader(str(target)).pages
    text = "\n".join(sheet.extract_text() for sheet in sheets)
    assert 1 <= len(sheets) <= 8
    assert "[1]" in text
    assert "from 17 reports" in text
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 1


# 12 ----------------------------------------------------------------------------------------------


def test_8_and_12_paging_shifts_nothing_and_a_pin_gives_the_old_page(
    room: Room, lexicon: Lexicon, open_page: Callable[..., Any], serve_room: Callable[[Room], str],
    tmp_path: Path,
) -> None:  # fmt: skip
    address = serve_room(room)
    pinned = room.ledger.snapshot.id
    page = open_page(f"{address}/chronology?asof={pinned}")
    before = page.inner_text("main")
    live = open_page(f"{address}/chronology")
    rows = live.inner_text("main")
    fresh = tmp_path / "fresh.txt"
    fresh.write_text("Belarus expelled two diplomats of Poland on 3 March 2021, officials said.\n")
    done = subprocess.run(
        [*CLI, "read", str(fresh), "-L", str(room.path)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert live.inner_text("main") == rows
    live.evaluate("dispatchEvent(new Event('chancery:ask-news'))")
    live.wait_for_selector("#news:not([hidden])")
    assert "new claim" in live.inner_text("#news")
    page.reload()
    assert page.inner_text("main") == before
    assert "read-only" in page.inner_text(".banner >> nth=0")
    live.click("#news a")
    live.wait_for_load_state()
    assert "Mar 2021" in live.inner_text("main")


def _text(page: str) -> str:
    """What a page says, white space folded."""
    from html import unescape

    return _folded(unescape(re.sub(r"<[^>]+>", "", page)))


def _folded(words: str) -> str:
    return " ".join(words.split())
