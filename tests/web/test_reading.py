"""The reading view: the text as it is stored, what is marked in it, and mending it in place."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from chancery.cli.app import run as run_command
from chancery.ledger import Ledger
from chancery.ledger.cite import find_paragraph, paragraphs_of, sentences_of
from chancery.lexicon import Lexicon
from chancery.model import Claim, Mention, Reading, Report, Span, When
from chancery.outputs.visible import visible
from chancery.pipeline import run
from chancery.read import Reader
from chancery.web.address import Address
from chancery.web.app import make_app
from chancery.web.marks import Mark
from chancery.web.reading.cut import cut
from chancery.web.room import Room
from chancery.web.visit import Visit

BASE = "http://127.0.0.1"
HOSTILE = (
    "Oil </p><script>window.owned = 1</script> &amp; &lt;b&gt; “quoted”\n\n"
    "Belarus expelled <b onclick=x>ten</b> American diplomats on \u202eyadseut\u202c, 3 May 2020.\n"
    "\x1b[31mred\x1b[0m and a bell\x07, tab\there.\r\n\r\n"
    "בלארוס גירשה עשרה דיפלומטים אמריקאים, so the embassy said. 🛢️ 𝕏 " + "y" * 4_000 + " end.\n\n"
    "The United States imposed sanctions on Belarus in 2006.\u2028And then \ufeff nothing.\n"
)
FIRST = (
    "Belarus expelled ten American diplomats on 1 May 2008. The embassy said so. The Foreign "
    "Ministry in Minsk accused Washington of spying. Nothing else was said.\n\n"
    "The United States imposed sanctions on Belarus in 2006, and the two have quarrelled since."
)
SECOND = FIRST.replace("ten American", "eleven American").replace(
    "Nothing else was said.", "Correction: an earlier version gave another number."
)
LONG_SENTENCES = 2_000
"""Of ten words each."""


class Shown(HTMLParser):
    """Collects the text of the blocks that show the report, and all ids of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.ids, self.passage = "", set[str](), ""
        self._block, self._depth = "", 0
        self._passage = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if self._block:
            self._depth += tag == self._block
            marked = "m-passage" in (given.get("class") or "")
            self._passage += tag == "span" and bool(self._passage or marked)
        elif "data-from" in given:
            self._block, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._passage:
            self._passage -= 1
        if tag == self._block:
            self._depth -= 1
            if not self._depth:
                self._block = ""

    def handle_data(self, data: str) -> None:
        if self._block:
            self.words += data
            self.passage += data if self._passage else ""


def make_report(text: str, title: str = "", **fields: Any) -> Report:
    """Make a report of a text; its fields are those that name it."""
    text = f"{title}\n{text}" if title else text
    named = {"source": None, "url": None, "key": None, "published": When(), **fields}
    return Report(
        id=Report.make_id(text=text, title=title, **named), text=text, title=title, **named
    )


def make_long() -> tuple[Report, Reading]:
    """Make a report of twenty thousand words, each sentence with a claim, and one around all."""
    sentence = "Belarus expelled one more American diplomat on that same day. "
    text = sentence * LONG_SENTENCES
    report = make_report(text, "Long", source="Long Gazette", key="long")
    begin = len("Long\n")

    def claim(start: int, end: int, trigger: int) -> Claim:
        actors = (Mention(span=Span(start, start + 7), actor="BLR"),)
        return Claim(
            id=Claim.make_id(report=report.id, frame="expel-diplomats",
                             trigger=Span(trigger, trigger + 8), actors=actors, targets=()),
            report=report.id, frame="expel-diplomats", type="REJECT", words=Span(start, end),
            trigger=Span(trigger, trigger + 8), actors=actors, score=0.9, run="run_0",
        )  # fmt: skip

    places = [begin + number * len(sentence) for number in range(LONG_SENTENCES)]
    claims = [claim(at, at + len(sentence) - 1, at + 8) for at in places[::4]]
    around = [claim(at, begin + len(text) - 1, at + 20) for at in places[:40]]
    return report, Reading(report=report.id, run="run_0", claims=(*claims, *around))


@pytest.fixture(scope="module")
def odd_room(
    tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon
) -> Iterator[Room]:  # fmt: skip
    """Serve a hostile report, an article in two versions, and one of twenty thousand words."""
    path = tmp_path_factory.mktemp("odd") / "odd.ledger"
    url = "https://gazette.example/expelled"
    day = When(first=date(2008, 5, 2), last=date(2008, 5, 2), basis="published")
    next_day = When(first=date(2008, 5, 3), last=date(2008, 5, 3), basis="published")
    long, reading = make_long()
    with Ledger.open(path, lexicon) as ledger:
        ledger.add(
            [
                make_report(HOSTILE, "<i>Hostile</i>\u202e", key="hostile",
                            url="javascript:alert(1)", source="<script>alert(1)</script>"),
                make_report(FIRST, "Expelled", source="Gazette", url=url, published=day),
                make_report(SECOND, "Expelled", source="Gazette", url=url, published=next_day),
            ]
        )  # fmt: skip
        run([], ledger, Reader.load(lexicon=lexicon))
        ledger.add([long])
        ledger.record([reading])
        ledger.reconcile()
    room = Room(path, lexicon)
    yield room
    room.close()


@pytest.fixture(scope="module")
def odd_pages(odd_room: Room) -> TestClient:
    return TestClient(make_app(odd_room), base_url=BASE)


# The text ----------------------------------------------------------------------------------------


def test_the_text_shown_is_the_text_stored(pages: TestClient, shared_room: Room) -> None:
    for number, summary in enumerate(shared_room.ledger.reports()):
        report = shared_room.ledger.report(summary.id)
        show = ("", "?show=nothing", "?show=actors,dates,happenings&unused=1&mark=3-40")[number % 3]
        page = Shown(pages.get(f"/report/{report.id}{show}").text)
        assert page.words == visible(report.text)


def test_a_hostile_text_is_shown_and_does_nothing(odd_pages: TestClient, odd_room: Room) -> None:
    report = odd_room.ledger.report("hostile")
    page = odd_pages.get(f"/report/{report.id}").text
    assert "<script>window" not in page
    assert "<b onclick" not in page
    assert "javascript:" not in page
    assert not set(page) & set("\u202e\x1b\x07\u2028")
    shown = Shown(page)
    assert shown.words.replace("\r", "\n") == visible(report.text).replace("\r", "\n")
    assert "<U+202E>yadseut" in shown.words


def test_twenty_thousand_words_open_at_once(odd_pages: TestClient, odd_room: Room) -> None:
    report = odd_room.ledger.report("long")
    odd_pages.get(f"/report/{report.id}")
    begun = time.perf_counter()
    page = odd_pages.get(f"/report/{report.id}").text
    assert time.perf_counter() - begun < 3  # far from what quadratic work would take
    assert Shown(page).words == visible(report.text)
    assert len(page) < 3_000_000


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: Span(*sorted(two)))


@given(
    st.text(st.sampled_from("ab \n\u202e\x07𝕏"), min_size=1, max_size=50),
    st.lists(st.builds(Mark, SPANS, st.sampled_from(["happening", "voice", "date"])), max_size=12),
)
def test_pieces_are_the_text_and_bear_their_marks(text: str, marks: list[Mark]) -> None:
    pieces = list(cut(text, marks, [len(text) // 2]))
    assert "".join(piece.words for piece in pieces) == text
    for piece in pieces:
        here = Span(piece.at, piece.at + len(piece.words))
        over = {m.kind for m in marks if m.span.covers(here) and m.span.end <= len(text)}
        assert set(piece.kinds) == over
        assert (visible(piece.words) != piece.words) == bool(piece.odd)


def test_paragraphs_are_those_of_quotations(shared_room: Room, odd_room: Room) -> None:
    for ledger in (shared_room.ledger, odd_room.ledger):
        reports = [ledger.report(one.id) for one in ledger.reports() if one.length < 20_000]
        for report in reports:
            spans = paragraphs_of(report)
            for claim in ledger.claims(report=report.id):
                number, span = find_paragraph(report, claim.trigger)
                assert spans[number] == span
            text = report.text
            for span in spans[1:]:
                told = [one.of(text) for one in sentences_of(text, span)]
                assert "".join("".join(told).split()) == "".join(span.of(text).split())


# Twins -------------------------------------------------------------------------------------------


def printed(capsys: pytest.CaptureFixture[str], room: Room, *words: str) -> str:
    assert run_command([*words, "-L", str(room.path), "--quiet"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "csv"])
def test_twins_are_what_the_command_prints(
    pages: TestClient, shared_room: Room, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    report = shared_room.ledger.reports(dated=False)[0].id
    for address, command in (
        (f"/report/{report}", ("report", report)),
        (f"/report/{report}/versions", ("report", "versions", report)),
        ("/reports", ("reports",)),
        ("/reports?dated=no&unread=no", ("reports", "--undated", "--were-read")),
        ("/reports?language=ru", ("reports", "--language", "ru")),
        ("/reports?from=2019&to=2020-02&source=Meridian+Wire",
         ("reports", "--from", "2019", "--to", "2020-02", "--source", "Meridian Wire")),
        ("/reports?problems=1", ("log", "problems")),
    ):  # fmt: skip
        path, _, query = address.partition("?")
        told = pages.get(f"{path}.{form}" + (f"?{query}" if query else "")).text
        assert told == printed(capsys, shared_room, *command, f"--{form}")


def test_the_command_shown_gives_the_same(
    pages: TestClient, shared_room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    page = pages.get("/reports?from=2019&dated=yes&unread=yes&language=ru").text
    assert "chancery reports --language ru --from 2019 --dated --unread" in page
    rows = json.loads(printed(capsys, shared_room, "reports", "--unread", "--json"))["rows"]
    assert [row["unread"] for row in rows] == ["language: ru"]


def test_a_report_in_markdown_quotes_but_does_not_copy(
    pages: TestClient, shared_room: Room
) -> None:
    report = shared_room.ledger.report(shared_room.ledger.reports()[0].id)
    told = pages.get(f"/report/{report.id}.md").text
    assert told.startswith("# ")
    assert report.text[-200:] not in told


# Addresses ---------------------------------------------------------------------------------------


def test_every_quotation_leads_to_its_words(pages: TestClient, shared_room: Room) -> None:
    ledger = shared_room.ledger
    visit = Visit(Address("/"), ledger, shared_room.lexicon, ledger.snapshot,
                  where=shared_room.path, room=shared_room)  # fmt: skip
    cites = ledger.cite(ledger.happenings())
    shown: dict[str, Shown] = {}
    for cite in cites:
        path, _, anchor = visit.links.cite(cite).partition("#")
        page = shown.setdefault(path, Shown(pages.get(path).text))
        assert anchor in page.ids
    for cite in cites[::40]:
        path, _, anchor = visit.links.report(cite.report, span=cite.span).partition("#")
        page = Shown(pages.get(path).text)
        assert anchor in page.ids
        assert page.passage == visible(cite.words)


def test_a_key_and_a_beginning_lead_to_the_report(pages: TestClient, shared_room: Room) -> None:
    report = shared_room.ledger.report("hale-2019")
    for name in ("hale-2019", report.id[:10]):
        assert pages.get(f"/report/{name}?show=dates").url.path == f"/report/{report.id}"
    assert pages.get("/report/rep_nothing").status_code == 404
    assert pages.get(f"/report/{report.id}/nothing").status_code == 404


@pytest.mark.parametrize(
    "query", ["mark=9-1", "mark=x", "pick=1-999999999999", "show=%00", "page=0"]
)
def test_no_field_breaks_the_page(pages: TestClient, shared_room: Room, query: str) -> None:
    report = shared_room.ledger.reports()[0].id
    assert pages.get(f"/report/{report}?{query}").status_code == 200
    assert pages.get(f"/reports?{query}").status_code == 200


def test_a_long_list_is_paged(
    pages: TestClient, shared_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chancery.web.pages.reports.ROWS_PER_PAGE", 5)
    seen: list[str] = []
    address = "/reports"
    for _ in range(4):
        page = pages.get(address).text
        seen += re.findall(r'href="/report/(rep_\w+)', page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        address = unescape(following[1]) if following else ""
    assert seen == [one.id for one in shared_room.ledger.reports()]
    assert not address
    assert "1–5 of 17 reports" in pages.get("/reports").text
    assert "1–5 of more than 5 reports" in pages.get("/reports?dated=yes").text


def test_a_filter_that_is_neither_yes_nor_no_is_refused(pages: TestClient) -> None:
    assert pages.get("/reports?dated=maybe").status_code == 400
    assert pages.get("/reports?page=x").status_code == 400


# Versions ----------------------------------------------------------------------------------------


def test_versions_stand_side_by_side(odd_pages: TestClient, odd_room: Room) -> None:
    first, second = odd_room.ledger.reports(source="Gazette")
    page = odd_pages.get(f"/report/{first.id}/versions").text
    assert '<span class="m-gone m-opens m-closes">ten</span>' in page
    assert '<span class="m-new m-opens m-closes">eleven</span>' in page
    assert "kept" in page or "changed" in page
    assert "corrected later" in odd_pages.get(f"/report/{first.id}").text
    newest = odd_pages.get(f"/report/{second.id}").text
    assert "corrected later" not in newest
    assert ">corrected<" in newest


def test_what_is_withdrawn_is_said(odd_room: Room, lexicon: Lexicon, tmp_path: Path) -> None:
    room = Room(shutil.copytree(odd_room.path, tmp_path / "own.ledger"), lexicon)
    report = room.ledger.reports(source="Gazette")[0].id
    room.ledger.decide(report, "withdrawn", who="Ada")
    room.ledger.reconcile()
    page = TestClient(make_app(room), base_url=BASE).get(f"/report/{report}").text
    assert ">withdrawn<" in page
    assert "makes no happening" in page
    room.close()


# Mending -----------------------------------------------------------------------------------------


def test_giving_a_date_moves_its_rows_and_closes_the_question(
    client: TestClient, room: Room
) -> None:
    undated = room.ledger.reports(dated=False)[0]
    page = client.get(f"/report/{undated.id}").text
    assert "This report has no date: give it one" in page
    form = {"csrf": room.csrf, "back": f"/report/{undated.id}", "about": undated.id,
            "verdict": "date {}", "typed": "2020-05-15"}  # fmt: skip
    shown = client.post("/preview", data=form).text
    assert "date 2020-05-15" in shown
    assert not room.ledger.decisions()
    client.post("/decide", data=form)
    assert all(work.ended(120) for work in room.works.values())
    room.ledger.refresh()
    rows = [one for one in room.ledger.happenings() if one.reports == (undated.id,)]
    assert any(one.when.known for one in rows)
    assert not any(item.kind == "undated" for item in room.ledger.review())
    again = client.get(f"/report/{undated.id}").text
    assert "15 May 2020" in again
    assert "settled by" in again


def test_what_is_known_oneself_is_tied_to_the_words(client: TestClient, room: Room) -> None:
    report = room.ledger.report("hale-2019")
    back = f"/report/{report.id}"
    form = {
        "csrf": room.csrf,
        "back": back,
        "reference": f"{report.id}:10-60",
        "who": "Belarus",
        "whom": "Nobody Known",
        "what": "They {} met again",
        "frame": "meet",
        "when": "",
    }
    shown = client.post("/entry", data=form).text
    assert "They {} met again" in shown
    field = shown.split('name="verdict" value="')[1].split('"')[0]
    about = shown.split('name="about" value="')[1].split('"')[0]
    client.post("/decide", data={"csrf": room.csrf, "back": back, "about": about,
                                 "verdict": unescape(field)})  # fmt: skip
    [entry] = room.ledger.entries()
    assert (entry.actors, entry.whom, entry.frame) == (("BLR",), ("Nobody Known",), "meet")
    assert "own knowledge: They {} met again" in client.get(back).text
    assert client.post("/entry", data={**form, "frame": "no such deed"}).status_code == 400


def test_forms_are_only_where_something_can_be_settled(
    pages: TestClient, shared_room: Room
) -> None:
    report = shared_room.ledger.reports()[0].id
    pinned = f"/report/{report}?asof={shared_room.ledger.snapshot.id}"
    assert 'method="post"' in pages.get(f"/report/{report}").text
    assert 'method="post"' not in pages.get(f"{pinned}&pick=10-60").text


def test_without_script_words_are_picked_by_their_place(
    open_page: Callable[..., Any], served_samples: str
) -> None:
    page = open_page(f"{served_samples}/report/hale-2019", java_script_enabled=False)
    page.get_by_label("happenings").uncheck()
    page.get_by_role("button", name="Show").click()
    assert "show-happenings" not in page.locator("#reading").get_attribute("class")
    assert page.get_by_label("happenings").is_checked() is False
    page.get_by_label("Characters, as start-end").fill("330-360")
    page.get_by_role("button", name="What can be settled about them").click()
    page.locator("[data-verb=reject] summary").click()
    page.locator("[data-verb=reject] button").first.click()
    assert "Decide so?" in page.inner_text("h1")


def test_selected_words_are_settled_in_two_steps(
    open_page: Callable[..., Any], served_samples: str
) -> None:
    page = open_page(f"{served_samples}/report/hale-2019")
    text = page.evaluate("document.getElementById('text').textContent")
    assert text
    page.evaluate(
        """() => {
          const mark = document.querySelector('.m-trigger').firstChild;
          getSelection().setBaseAndExtent(mark, 0, mark, mark.length);
        }"""
    )
    page.wait_for_selector(".picking [data-verb]")
    words = page.evaluate("getSelection().toString()")
    assert words in page.inner_text(".reading-picked")
    page.keyboard.press("x")  # one: the verb, its form filled in
    page.keyboard.press("Tab")
    page.locator("[data-verb=reject] button").first.press("Enter")  # two: its effect
    page.wait_for_selector("h1:has-text('Decide so?')")
    assert "reject" in page.inner_text(".effect-kept")


def test_picked_places_count_characters_of_the_stored_text(
    open_page: Callable[..., Any], serve_room: Callable[[Room], str], odd_room: Room
) -> None:
    report = odd_room.ledger.report("hostile")
    page = open_page(f"{serve_room(odd_room)}/report/{report.id}")
    page.evaluate(
        """() => {
          const text = document.getElementById('text');
          const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf('nothing');
            if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 7);
          }
        }"""
    )
    page.wait_for_selector(".picking [data-verb]")
    start = report.text.index("nothing")
    assert f"characters {start}–{start + 7}" in page.inner_text(".reading-picked")
    assert page.evaluate("window.owned") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_claims_are_walked_and_marks_switched_by_key(
    open_page: Callable[..., Any], served_samples: str, shared_room: Room
) -> None:
    report = shared_room.ledger.report("hale-2019")
    page = open_page(f"{served_samples}/report/{report.id}")
    count = page.locator(".reading-note[data-claim]").count()
    assert count == len(shared_room.ledger.claims(report=report.id))
    met = []
    for _ in range(count):
        page.keyboard.press("]")
        met.append(page.evaluate("document.activeElement.dataset.claim"))
    assert len(set(met)) == count
    page.keyboard.press("[")
    assert page.evaluate("document.activeElement.dataset.claim") == met[-2]
    page.get_by_label("voices").uncheck()
    assert not page.locator("#reading.show-voices").count()
    assert "show=happenings,forecasts,dates" in page.url
    page.reload()
    assert not page.get_by_label("voices").is_checked()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])  # fmt: skip
def test_axe_finds_nothing(
    open_page: Callable[..., Any], serve_room: Callable[[Room], str], served_samples: str,
    shared_room: Room, odd_room: Room, width: int, scheme: str,
) -> None:  # fmt: skip
    undated = shared_room.ledger.reports(dated=False)[0].id
    version = odd_room.ledger.reports(source="Gazette")[0].id
    show = "show=happenings,voices,dates,forecasts,actors&unused=1&pick=120-190"
    faults = {}
    for origin, addresses in (
        (served_samples, (f"/report/{undated}?{show}", "/reports")),
        (
            serve_room(odd_room),
            (f"/report/{version}/versions" if width > 400 else "/report/hostile",),
        ),
    ):
        page = open_page(origin + addresses[0], color_scheme=scheme,
                         viewport={"width": width, "height": 900})  # fmt: skip
        for address in addresses:
            page.goto(origin + address)
            if found := Axe().run(page).response["violations"]:
                faults[address] = [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), address
    assert not faults
