"""What a first user does with the frame: shares a view, pins it, stars rows, reads long names."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.pipeline import run
from chancery.read import Reader
from chancery.web.app import make_app
from chancery.web.quoted import archived
from chancery.web.room import Room

ARABIC = "زار وزير الخارجية الأمريكي مينسك"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
SMALLEST = """() => [...document.querySelectorAll("body *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && one.checkVisibility() && !one.closest("svg, .hidden-words"))
  .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.outerHTML.slice(0, 80)])
  .filter(([size]) => size < 16)"""


def test_a_view_is_shared_by_its_address_and_pinned_by_another(pages: TestClient) -> None:
    text = pages.get("/chronology?who=BLR&page=1&at=&done=dec_1").text
    view, pinned = (
        unescape(value) for value in re.findall(r'readonly value="([^"]*)" data-share', text)
    )
    assert view == "/chronology?who=BLR&page=1"
    assert pinned.startswith(f"{view}&asof=snp_")
    answer = pages.get(pinned)
    assert answer.status_code == 200
    assert "read-only" in answer.text
    assert pinned in unescape(text.split('class="print-address"')[1])
    for href in map(unescape, re.findall(r'<a href="([^"]*)"[^>]*>Pin ', text)):
        assert pages.get(href).status_code == 200


def test_what_is_no_view_is_not_shared(pages: TestClient) -> None:
    answer = pages.get("/happening/hap_0000000000000000")
    assert answer.status_code == 404
    assert "data-share" not in answer.text


def test_the_row_of_screens_says_how_many_questions_wait(room: Room, client: TestClient) -> None:
    assert "number-waiting" not in client.get("/chronology").text
    count = len(room.queues.whole(room.newest(), None))
    assert f'waiting" title="questions that wait">{count}<' in client.get("/chronology").text


def test_picked_rows_are_an_address(pages: TestClient, shared_room: Room) -> None:
    picked = [row.id for row in shared_room.ledger.happenings()][:3]
    address = f"/chronology?id={','.join(picked)}"
    text = pages.get(address).text
    assert set(re.findall(r'data-row="(hap_[0-9a-f]+)"', text)) >= set(picked)
    assert "3 dated" in text
    rows = pages.get(address.replace("?", ".json?")).json()
    assert sorted(row["id"] for row in rows["rows"]) == sorted(picked)


def test_ranges_are_drawn_where_rows_are_few(pages: TestClient) -> None:
    assert "strip-range" in pages.get("/chronology?who=USA,BLR").text


def test_copies_of_a_report_are_listed_with_reasons(pages: TestClient, shared_room: Room) -> None:
    ties = shared_room.ledger.sql("SELECT first, second FROM ties WHERE kind = 'same-text'")
    one, other = next((tie["first"], tie["second"]) for tie in ties)
    for here, there in ((one, other), (other, one)):
        text = pages.get(f"/report/{here}").text
        listed = text.split("Same root elsewhere")[1].split("</details>")[0]
        assert f"/report/{there}" in listed
        assert "counts as one origin with this: " in listed
        assert "same text" in listed


def test_a_quotation_that_its_copy_has_otherwise_is_marked(
    lexicon: Lexicon, tmp_path: Path
) -> None:
    story = (
        "Belarus expelled the US ambassador on 7 March 2008. Minsk called the step a response to "
        "sanctions that Washington had imposed on a state oil company a year before. Diplomats "
        "in the city said that they had packed for weeks and that nobody was surprised by it.\n\n"
        "Poland condemned the decision on 8 March 2008, and Lithuania recalled its envoy from "
        "Minsk on the same day, saying that relations between the two had never been so poor."
    )
    folder = tmp_path / "reports"
    folder.mkdir()
    changed = story.replace("expelled the US ambassador", "expelled the US envoy, an ambassador,")
    for name, words in (("one", story), ("two", changed)):
        (folder / f"{name}.txt").write_text(f"A report\n\n{words}\n", "utf-8")
    with Ledger.open(tmp_path / "two.ledger", lexicon) as ledger:
        run([folder], ledger, Reader.load(lexicon=lexicon))
        row = next(one for one in ledger.happenings() if one.frame == "expel-diplomats")
        assert len(row.reports) == 2
    room = Room(tmp_path / "two.ledger", lexicon)
    text = TestClient(make_app(room), base_url="http://127.0.0.1").get(f"/happening/{row.id}").text
    room.close()
    assert "quote differs between copies" in text


def test_an_archive_is_asked_for_the_day(pages: TestClient, shared_room: Room) -> None:
    report = next(iter(shared_room.ledger.reports()))
    assert archived("", report.published) == ""
    assert archived("https://paper.example/a", report.published).endswith(
        f"/{report.published.first:%Y%m%d}/https://paper.example/a"
    )


def test_long_names_and_right_to_left_words_keep_the_page_narrow(
    lexicon: Lexicon, tmp_path: Path, serve_room: Callable[[Room], str],
    open_page: Callable[..., Any],
) -> None:  # fmt: skip
    folder = tmp_path / "reports"
    folder.mkdir()
    body = f"Russia condemned {LONG} on 3 June 2012. Belarus expelled diplomats. {ARABIC}."
    (folder / "long.txt").write_text(f"{ARABIC} {LONG}\n\n{body}\n", "utf-8")
    path = tmp_path / f"{ARABIC[:4]}.ledger"
    with Ledger.open(path, lexicon) as ledger:
        run([folder], ledger, Reader.load(lexicon=lexicon))
        report = next(iter(ledger.reports())).id
    room = Room(path, lexicon)
    address = serve_room(room)
    page = open_page(address, viewport={"width": 360, "height": 800})
    for place in ("/chronology", f"/report/{report}", "/reports", "/search?q=Russia"):
        page.goto(address + place)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 361, (place, wide)
    room.close()


def test_text_is_16_pixels_at_least(served_samples: str, open_page: Callable[..., Any]) -> None:
    page = open_page(served_samples, viewport={"width": 1440, "height": 900})
    for place in ("/chronology", "/chronology?density=compact", "/reports", "/help", "/diff"):
        page.goto(served_samples + place)
        assert not page.evaluate(SMALLEST), place


def test_keys_work_on_every_screen(served_samples: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{served_samples}/chronology", viewport={"width": 1440, "height": 900})
    page.locator(".asof summary").click()
    page.keyboard.press("Escape")
    assert not page.locator(".asof[open]").count()
    page.locator(".star").click()
    assert page.locator("#stars").inner_text() == "★ Starred 1"
    page.locator("#stars").click()
    page.wait_for_url("**id=hap_*")
    assert page.locator(".list a[data-row]").count() == 1
    for key, path in zip("rpsvbc", ("relations", "reports", "sources", "review", "brief",
                                    "chronology"), strict=True):  # fmt: skip
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"**/{path}")


def test_a_citation_is_copied_in_the_reading_view(
    served_samples: str, shared_room: Room, browser: Any
) -> None:
    claim = next(iter(shared_room.ledger.claims()))
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served_samples)
    page = context.new_page()
    page.goto(f"{served_samples}/report/{claim.report}#{claim.id}")
    page.locator(f"#note-{claim.id}").focus()
    page.keyboard.press("c")
    page.wait_for_function("document.getElementById('copied').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    evidence = TestClient(make_app(shared_room), base_url="http://127.0.0.1")
    text = unescape(evidence.get(f"/happening/{claim.id}").text)
    assert copied in re.findall(r'class="citation">(.*?)</p>', text)
