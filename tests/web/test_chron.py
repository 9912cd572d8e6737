"""The chronology with its evidence: what stands where, twins, paging, keys, own knowledge."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from chancery.cli import app as cli
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import Happening
from chancery.pipeline import run
from chancery.read import Reader
from chancery.web import listing
from chancery.web.address import Address
from chancery.web.app import make_app
from chancery.web.room import Room

WIDE = {"width": 1440, "height": 900}
FILTERS = (
    ("", ()),
    ("?who=USA,BLR&from=2019", ("--who", "USA,BLR", "--from", "2019")),
    ("?what=visit,meet&to=2020", ("--what", "visit,meet", "--to", "2020")),
    ("?voice=anonymous&min=plausible", ("--voice", "anonymous", "--min", "plausible")),
    ("?own=1&who=BLR", ("--own", "--who", "BLR")),
    ("?sort=changed&what=visit", ("--sort", "changed", "--what", "visit")),
)  # fmt: skip
HOSTILE = (
    "Minsk <script>window.owned=1</script> \u202eexpelled\n"
    "Belarus expelled the ambassador of the United States on 3 March 2021"
    ' <img src=x onerror="window.owned=1">.\n\n'
    f"Belarus expelled two diplomats of Poland on 4 March 2021, {'W' * 10_000} said.\n\n"
    "\u2067Russia imposed sanctions on Ukraine on 5 March 2021\u2069, an official said.\n"
)


def tree(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def ids_of(text: str, where: str = "//*[contains(@class, 'list')]//a/@data-row") -> list[str]:
    return [str(one) for one in tree(text).xpath(where)]


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


# Twins --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(("query", "options"), FILTERS)
def test_twins_are_what_the_command_line_prints(
    pages: TestClient, shared_room: Room, capsys: pytest.CaptureFixture[str], query: str,
    options: tuple[str, ...], form: str,
) -> None:  # fmt: skip
    cli.run(["chron", *options, "-L", str(shared_room.path), f"--{form}"])
    assert pages.get(f"/chronology.{form}{query}").text == capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_happenings_twins_are_what_the_command_line_prints(
    pages: TestClient, shared_room: Room, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    found = max(shared_room.ledger.happenings(), key=lambda one: len(one.claims))
    cli.run(["happening", found.id, "-L", str(shared_room.path), f"--{form}"])
    assert pages.get(f"/happening/{found.id}.{form}").text == capsys.readouterr().out


def test_the_page_shows_the_command_of_its_rows(pages: TestClient) -> None:
    text = pages.get("/chronology?who=USA,BLR&from=2019&min=likely&voice=own").text
    command = "chancery chron --who USA,BLR --from 2019 --voice own --min likely"
    assert command in unescape(text)


# Rows ---------------------------------------------------------------------------------------------


def test_a_row_is_heard_in_full(pages: TestClient, shared_room: Room) -> None:
    labels = tree(pages.get("/chronology").text).xpath("//a[@data-row]/@aria-label")
    assert (
        "24 March 2006, Belarus (police) to Belarus (people), arrest, likely, one report" in labels
    )
    assert any("three reports, one origin" in one for one in labels)


def test_undated_rows_are_in_their_drawer_and_never_on_the_axis(
    pages: TestClient, shared_room: Room
) -> None:
    rows = shared_room.ledger.happenings()
    undated = {one.id for one in rows if not one.when.known}
    for query in ("", "?from=2019", "?group=year", "?sort=changed", "?density=newspaper"):
        text = pages.get(f"/chronology{query}").text
        drawer = ids_of(text, "//details[contains(@class, 'undated')]//a/@data-row")
        assert set(drawer) == undated
        assert not undated & (set(ids_of(text)) - set(drawer))
    text = pages.get("/chronology").text
    assert f"{len(undated)} undated" in text
    dated = len(rows) - len(undated)
    assert f"{dated} dated" in text
    cells = tree(text).xpath("//*[contains(@class, 'strip-table')]//td[1 or 2]")
    counts = [int(one.text_content()) for one in cells]
    toward, away = counts[0::3], counts[1::3]
    assert sum(toward) + sum(away) == dated


def test_groups_hold_each_row_once(pages: TestClient, shared_room: Room) -> None:
    page = tree(pages.get("/chronology?group=year").text)
    counts = [int(one) for one in page.xpath("//h2[@class='group']/span/text()")]
    assert sum(counts) == shared_room.ledger.tally(dated=True).dated_count
    for group in ("dyad", "kind"):
        page = tree(pages.get(f"/chronology?group={group}").text)
        heads = page.xpath("//h2[@class='group']")
        assert heads
        address = heads[0].xpath("./a/@href")[0]
        assert int(words_of(heads[0].xpath("./span")[0])) <= len(ids_of(pages.get(address).text))


def test_what_matches_nothing_says_what_was_searched(pages: TestClient) -> None:
    page = tree(pages.get("/chronology?min=established&voice=document&from=2031&who=BLR").text)
    told = words_of(page.xpath("//*[@class='empty']")[0])
    assert told == (
        "No happenings match. 17 reports were searched, 2006–2020. "
        "Loosen: certainty · voice · who · dates"
    )
    loosened = page.xpath("//*[@class='empty']//a/@href")
    assert loosened[0] == "/chronology?voice=document&from=2031&who=BLR"
    assert loosened[-1] == "/chronology?min=established&voice=document&who=BLR"


def test_each_filter_can_be_dropped_and_added_to(pages: TestClient) -> None:
    page = tree(pages.get("/chronology?who=USA,BLR&what=visit&density=compact&page=2").text)
    drops = page.xpath("//*[@class='filter-chip']/a/@href")
    assert "/chronology?what=visit&density=compact&who=BLR" in drops
    assert "/chronology?who=USA,BLR&density=compact" in drops
    sent = page.xpath("//form[@class='filter-form']//input[@type='hidden']")
    told = [(one.get("name"), one.get("value")) for one in sent]
    assert told == [("density", "compact"), ("who", "USA"), ("who", "BLR"), ("what", "visit")]
    more = pages.get("/chronology?density=compact&who=USA&who=BLR&who=&what=visit&what=&from=")
    assert more.status_code == 200


@pytest.mark.parametrize("query", ["density=x", "group=x", "sort=x", "page=x", "min=x", "what=x"])
def test_what_cannot_be_meant_is_refused(pages: TestClient, query: str) -> None:
    assert pages.get(f"/chronology?{query}").status_code == 400


def test_newspaper_numbers_its_quotations(pages: TestClient, shared_room: Room) -> None:
    page = tree(pages.get("/chronology?density=newspaper&what=visit").text)
    notes = page.xpath("//*[@class='notes']//li")
    assert len(notes) == len(shared_room.ledger.happenings(what="visit"))
    row = shared_room.ledger.happenings(what="visit", limit=1)[0]
    first = shared_room.ledger.cite(row)[0]
    assert " ".join(first.words.split()) in words_of(notes[0])
    assert page.xpath("//sup/a/@href")[0] == "#note-1"


# Paging -------------------------------------------------------------------------------------------


def test_paging_shifts_no_row_while_reports_come_in(
    client: TestClient, room: Room, lexicon: Lexicon, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(listing, "ROWS_PER_PAGE", 20)
    whole = [one.id for one in room.ledger.happenings(dated=True)]
    address, seen, turns = "/chronology", [], 0
    while address:
        text = client.get(address).text
        drawer = set(ids_of(text, "//details[contains(@class, 'undated')]//a/@data-row"))
        seen += [one for one in ids_of(text) if one not in drawer]
        after = tree(text).xpath("//a[@rel='next']/@href")
        address = after[0] if after else ""
        if turns == 1:
            fresh = tmp_path / "fresh.txt"
            fresh.write_text("Belarus expelled two diplomats of Poland on 3 March 2005.\n")
            with Ledger.open(room.path, lexicon) as ledger:
                run([fresh], ledger, Reader.load(lexicon=lexicon))
            assert "at=snp_" in address
        turns += 1
    assert seen == whole
    assert turns == -(-len(whole) // 20)
    assert client.get("/chronology").text.count("2005") > 0


# Evidence -----------------------------------------------------------------------------------------


def test_quotes_are_verbatim_at_their_places(pages: TestClient, shared_room: Room) -> None:
    for row in shared_room.ledger.happenings()[::3]:
        page = tree(pages.get(f"/happening/{row.id}?part=evidence").text)
        figures = page.xpath("//figure[@data-claim]")
        assert figures[0].get("data-claim") == row.lead
        assert {one.get("data-claim") for one in figures} == set(row.claims)
        for figure in figures:
            claim = shared_room.ledger.claim(figure.get("data-claim"))
            text = shared_room.ledger.report(claim.report).text
            marked = figure.xpath(".//blockquote//mark[contains(@class, 'deed')]")
            assert "".join(one.text_content() for one in marked) == claim.words.of(text)
            assert figure.xpath(".//blockquote")[0].text_content() in text
            assert f"chars {claim.words.start}–{claim.words.end}" in words_of(figure)


def test_evidence_says_why(pages: TestClient, shared_room: Room) -> None:
    row = max(shared_room.ledger.happenings(), key=lambda one: len(one.reports))
    told = words_of(tree(pages.get(f"/happening/{row.id}").text).xpath("//article")[0])
    assert "When: reckoned: “Saturday”, report dated 3 Feb 2020 → 1 Feb 2020" in told
    assert "3 reports · 1 origin" in told
    assert "single origin" in told
    assert "The Capitol Notebook and The Baltic Courier count as one" in told
    assert "Also told: 3 other accounts" in told
    for words in row.signals:
        assert words.partition(": ")[2] in told or words in told


def test_what_led_to_it_is_linked(pages: TestClient, shared_room: Room) -> None:
    link = next(
        one for row in shared_room.ledger.happenings() for one in shared_room.ledger.links(row.id)
    )
    before = tree(pages.get(f"/happening/{link.first}").text)
    assert link.second in before.xpath("//section[h3='Followed by']//a/@data-row")
    after = tree(pages.get(f"/happening/{link.second}").text)
    assert link.first in after.xpath("//section[h3='Led to it']//a/@data-row")


def test_a_claims_id_and_a_replaced_one_lead_to_the_happening(
    client: TestClient, room: Room
) -> None:
    row = next(one for one in room.ledger.happenings() if len(one.claims) > 1)
    claim = row.claims[1]
    answer = client.get(f"/happening/{claim}")
    assert str(answer.url.path) == f"/happening/{row.id}"
    assert "is one of those of this happening" in answer.text
    old = Happening.make_id((row.claims[-1],))
    answer = client.get(f"/happening/{old}")
    assert "was replaced" in answer.text
    assert "was replaced" not in client.get(f"/happening/{row.id[:12]}").text
    assert client.get(f"/happening/{claim}.json").json()["rows"][0]["id"] == row.id


def test_corrections_are_forms_only_where_something_can_be_settled(
    client: TestClient, room: Room
) -> None:
    row = room.ledger.happenings(limit=3)[2]
    live = tree(client.get(f"/happening/{row.id}").text)
    verdicts = live.xpath(
        "//form[@action='/preview']//*[@name='verdict']/descendant-or-self::*/@value"
    )
    assert {"type {}", "date {}", "actor {}", "target {}", "reject"} <= set(verdicts)
    pinned = tree(client.get(f"/happening/{row.id}?asof={room.ledger.snapshot.id}").text)
    assert not pinned.xpath("//form[@method='post']")
    merging = tree(client.get(f"/happening/{row.id}?merge=1").text)
    assert merging.xpath("//*[@id='merge']//input[@value='join {}']")


def test_a_decision_about_it_is_shown_and_undone(client: TestClient, room: Room) -> None:
    row = room.ledger.happenings(limit=3)[2]
    back = f"/happening/{row.id}"
    form = {"csrf": room.csrf, "about": row.id, "verdict": "date 2006-05", "back": back}
    answer = client.post("/decide", data={**form, "reason": "seen myself"})
    text = words_of(tree(answer.text))
    assert "Decided:" in text
    assert "date 2006-05: seen myself" in text
    made = room.ledger.decisions()[-1]
    answer = client.post("/undo", data={"csrf": room.csrf, "decision": made.id, "back": back})
    assert "Settled by people" not in answer.text


# One's own knowledge ------------------------------------------------------------------------------


def test_own_knowledge_is_added_from_a_sentence_shown_and_undone(
    client: TestClient, room: Room
) -> None:
    claim = room.ledger.claims(who="BLR", what="expel-diplomats")[0]
    before = client.get("/chronology.json").text
    page = tree(client.get(f"/add?report={claim.report}").text)
    picks = page.xpath("//a[contains(@class, 'read')]/@href")
    form = next(
        found
        for address in picks
        if (found := tree(client.get(address).text).xpath("//form[@action='/own']")[0]).xpath(
            "./label/input[@name='frame']/@value"
        )[0]
        == claim.frame
    )
    fields = {one.get("name"): one.get("value") or "" for one in form.xpath(".//input")}
    assert "BLR" in fields["actors"]
    fields["what"] = form.xpath(".//textarea")[0].text_content().strip()
    answer = client.post("/own", data=fields)
    assert answer.url.path == "/chronology"
    rows = tree(answer.text).xpath("//div[@class='own-row']")
    assert len(rows) == 1
    assert "✎ own knowledge" in words_of(rows[0])
    assert "1 of one's own, not counted" in unescape(answer.text)
    assert f"/report/{claim.report}" in rows[0].xpath(".//a/@href")[0]
    plain = client.get("/chronology").text
    assert "own-row" not in plain
    assert "Show own knowledge" in plain
    assert _rows(client.get("/chronology.json").text) == _rows(before)
    undo = {one.get("name"): one.get("value") for one in rows[0].xpath(".//form//input")}
    assert "own-row" not in client.post("/undo", data=undo).text


def _rows(document: str) -> str:
    return document[document.index('"rows"') :]


def test_own_knowledge_needs_a_sentence_or_a_note(client: TestClient, room: Room) -> None:
    form = {"csrf": room.csrf, "what": "Talks in secret", "when": "2019-05", "actors": "Belarus"}
    answer = client.post("/own", data=form)
    assert answer.status_code == 400
    assert "say how you know it" in answer.text
    answer = client.post("/own", data={**form, "note": "I was there"})
    assert "I was there" in answer.text
    assert "own-row" in client.get("/chronology?own=1&from=2019&to=2019").text
    client.post("/own", data={**form, "when": "", "what": "More talks", "note": "told to me"})
    page = tree(client.get("/chronology?own=1").text)
    assert "More talks" in words_of(page.xpath("//details[contains(@class, 'undated')]")[0])
    for wrong in ({"when": "soon"}, {"actors": "Atlantis"}, {"frame": "xyz"}, {"what": " "}):
        assert client.post("/own", data={**form, "note": "x", **wrong}).status_code == 400


# In the browser -----------------------------------------------------------------------------------


def test_keys_move_and_the_pane_follows(
    open_page: Callable[..., Any], served_samples: str, shared_room: Room
) -> None:
    rows = shared_room.ledger.happenings(dated=True, limit=4)
    page = open_page(f"{served_samples}/chronology", viewport=WIDE)
    shown = "document.querySelector('#pane article')?.dataset.happening"
    assert page.evaluate(shown) == rows[0].id
    for key, at in (("j", 1), ("ArrowDown", 2), ("j", 3), ("k", 2), ("ArrowUp", 1)):
        page.keyboard.press(key)
        page.wait_for_selector(f"#pane article[data-happening='{rows[at].id}']")
        assert page.evaluate("document.activeElement.dataset.row") == rows[at].id
        assert page.evaluate("new URL(location).searchParams.get('sel')") == rows[at].id
    quick = page.evaluate(
        f"""async () => {{ const begun = performance.now(); const at = {shown};
        const press = new KeyboardEvent("keydown", {{key: "j", bubbles: true}});
        document.activeElement.dispatchEvent(press);
        while ({shown} === at) await new Promise(requestAnimationFrame);
        return performance.now() - begun; }}"""
    )
    assert quick < 500, "a pane that was fetched before takes a frame; 100 ms are measured apart"
    page.reload()
    assert page.evaluate(shown) == rows[2].id
    assert page.locator(".list [aria-current]").get_attribute("data-row") == rows[2].id
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pane:focus")
    page.keyboard.press("]")
    assert "account" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.row") == rows[2].id
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "verdict"
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "filter-who"


def test_stars_tips_and_the_brush(open_page: Callable[..., Any], served_samples: str) -> None:
    page = open_page(f"{served_samples}/chronology", viewport=WIDE)
    page.click(".star")
    assert page.locator(".list [aria-current] .starred").count() == 1
    tips = page.locator(".tip:visible").count()
    assert 1 <= tips <= 3
    page.locator(".tip:visible button").first.click()
    page.reload()
    assert page.locator(".tip:visible").count() == tips - 1
    assert page.locator(".list .starred").count() == 1
    box = page.locator(".strip > svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20)
    page.mouse.up()
    page.wait_for_url("**from=*")
    asked = Address.read(*page.url.split("127.0.0.1")[1].partition("/")[2].split("?"))
    assert "2014" <= asked.get("from") < asked.get("to") <= "2021"
    page.keyboard.press("n")
    page.wait_for_url("**/add*")


def test_without_script_a_row_leads_to_its_page(
    open_page: Callable[..., Any], served_samples: str
) -> None:
    page = open_page(f"{served_samples}/chronology", viewport=WIDE, java_script_enabled=False)
    assert page.locator("#pane blockquote").count() >= 1
    assert page.locator(".tip:visible").count() == 0
    page.locator(".list .rows a").nth(3).click()
    assert "/happening/hap_" in page.url
    assert page.locator("blockquote").count() >= 1
    page.click("text=In the chronology")
    assert page.locator(".list [aria-current]").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_axe_finds_nothing(
    open_page: Callable[..., Any], served_samples: str, shared_room: Room, scheme: str, width: int
) -> None:
    row = max(shared_room.ledger.happenings(), key=lambda one: len(one.claims))
    page = open_page(served_samples, color_scheme=scheme, viewport={"width": width, "height": 900})
    addresses = [
        f"/chronology?sel={row.id}&who=BLR&density=compact",
        f"/happening/{row.id}?merge=1",
    ]
    if (scheme, width) == ("light", 1440):
        newspaper = "/chronology?density=newspaper&group=year&what=visit"
        addresses += [newspaper, f"/add?report={row.reports[0]}", "/add?own=1"]
    for address in addresses:
        page.goto(served_samples + address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        faults = [
            (one["id"], one["nodes"][0]["html"][:200])
            for one in Axe().run(page).response["violations"]
        ]
        assert not faults, address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), address


# Hostile text -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Iterator[Room]:
    """Serve a report that means ill."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "report.txt").write_text(HOSTILE, "utf-8")
    with Ledger.open(folder / "hostile.ledger", lexicon) as ledger:
        run([folder / "report.txt"], ledger, Reader.load(lexicon=lexicon))
    room = Room(folder / "hostile.ledger", lexicon)
    yield room
    room.close()
    shutil.rmtree(folder)


def test_hostile_text_shows_harmlessly(
    open_page: Callable[..., Any], serve_room: Callable[[Room], str], hostile: Room
) -> None:
    rows = hostile.ledger.happenings()
    assert len(rows) >= 2
    address = serve_room(hostile)
    page = open_page(address, viewport={"width": 360, "height": 800})
    report = rows[0].reports[0]
    for path in (
        "/chronology", "/chronology?density=newspaper", f"/add?report={report}",
        *(f"/happening/{row.id}" for row in rows),
    ):  # fmt: skip
        page.goto(address + path)
        assert page.evaluate("window.owned === undefined"), path
        assert page.locator("main script, main img, main iframe").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.content()), path
    assert (
        TestClient(make_app(hostile), base_url="http://127.0.0.1")
        .get(f"/happening/{rows[0].id}.csv")
        .text
    )
