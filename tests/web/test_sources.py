"""The screens on sources: numbers that open their lists, twins, settling, and who can read them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from chancery.cli.app import chancery
from chancery.web.room import Room

LINK = re.compile(r'<a href="([^"]+)" aria-label="(\d+) ([^"]+)">')
LISTS = ("/sources", "/sources?group=outlet", "/sources?group=institution", "/sources?voice=named")


def numbers(html: str) -> dict[str, int]:
    """Return the least and the greatest number of each kind that a page shows, with their lists."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for href, number, what in LINK.findall(html):
        kinds.setdefault(what, []).append((int(number), unescape(href)))
    return {href: number for found in kinds.values() for number, href in (min(found), max(found))}


def twin(address: str, form: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.{form}{mark}{query}"


@pytest.mark.parametrize("address", LISTS)
def test_every_number_opens_a_list_of_that_length(pages: TestClient, address: str) -> None:
    found = numbers(pages.get(address).text)
    assert len(found) > 2
    for href, number in found.items():
        assert len(pages.get(twin(href, "json")).json()["rows"]) == number, href


def test_a_source_s_numbers_are_those_of_its_lists(pages: TestClient) -> None:
    [facts] = pages.get("/source/baltic-courier.json").json()["rows"]
    for show in ("own", "first", "alone", "copied"):
        html = pages.get(f"/source/baltic-courier?show={show}").text
        assert html.count('<li><a href="/happening/') == facts[f"{show}_count"]
    assert facts["first_count"] > 0
    [copy] = pages.get("/source/lakeside-post.json").json()["rows"]
    assert (copy["first_count"], copy["copied_count"]) == (0, 7)


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/sources", "json"), ("/sources?group=outlet&who=USA", "csv"), ("/source/-", "csv"),
        ("/source/baltic-courier", "json"), ("/statements?voice=anonymous&from=2019", "csv"),
        ("/statements?by=mike-pompeo&source=baltic-courier", "json"), ("/forecasts", "csv"),
        ("/forecasts?state=open&to=2020", "json"), ("/voice/mike-pompeo", "csv"),
        ("/voice/~baltic-courier", "json"), ("/forecasts?institution=USA.GOV", "json"),
    ],
)  # fmt: skip
def test_twins_are_what_the_command_prints(
    pages: TestClient, shared_room: Room, address: str, form: str
) -> None:
    shown = re.search(r"The same rows: <code>chancery ([^<]+)</code>", pages.get(address).text)
    assert shown
    words = shlex.split(unescape(shown[1]))
    asked = [*words[:1], f"--{form}", "-L", str(shared_room.path), *words[1:]]
    printed = CliRunner().invoke(chancery, asked)
    assert printed.exit_code == 0, printed.output
    assert pages.get(twin(address, form)).text == printed.stdout


def test_nobody_is_rated_by_so_few(pages: TestClient) -> None:
    html = pages.get("/sources").text
    assert "too few settled statements to rate anyone (needs 10)" in html
    assert "said-rate" not in html


def test_descriptions_stand_word_for_word(pages: TestClient) -> None:
    rows = pages.get("/sources.json?voice=anonymous").json()["rows"]
    described = [row for row in rows if row["reason"]]
    assert described
    for row in described:
        html = unescape(pages.get(f"/voice/{row['slug']}").text)
        assert f"“{row['name']}”" in html
        assert row["reason"] in html


def test_statements_are_verbatim_where_they_stand(pages: TestClient) -> None:
    html = unescape(pages.get("/statements?by=mike-pompeo").text)
    for row in pages.get("/statements.json?by=mike-pompeo").json()["rows"]:
        assert row["words"] in html
        assert f"chars {row['content'][0]}–{row['content'][1]}" in html


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/voice/nobody", 404), ("/voice/~", 404), ("/voice/a~b~c~d", 404), ("/source/nobody", 404),
        ("/statements?report=rep_zz", 400), ("/statements?by=~~", 400), ("/sources?group=x", 400),
        ("/statements?source=nobody", 400), ("/forecasts?state=x", 400), ("/sources?page=x", 400),
        ("/statements?what=nonsense", 400), ("/statements?page=999", 200),
        ("/source/%2e%2e%2f%2e%2e", 404), ("/voice/%00", 404), ("/voice/<script>", 404),
        ("/source/The%20Baltic%20Courier", 200),
    ],
)  # fmt: skip
def test_odd_addresses_are_answered(pages: TestClient, address: str, status: int) -> None:
    answer = pages.get(address)
    assert answer.status_code == status
    assert "<script>" not in answer.text


# Settling ---------------------------------------------------------------------------------------


def settle(client: TestClient, room: Room, about: str, verdict: str) -> str:
    form = {"csrf": room.csrf, "about": about, "verdict": verdict, "reason": "seen", "back": "/x"}
    answer = client.post("/decide", data=form, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"].partition("done=")[2]


def undo(client: TestClient, room: Room, decision: str) -> None:
    form = {"csrf": room.csrf, "decision": decision, "back": "/sources"}
    assert client.post("/undo", data=form, follow_redirects=False).status_code == 303


def test_an_outcome_moves_the_counts_and_an_undo_brings_the_same_bytes(
    client: TestClient, room: Room
) -> None:
    [forecast, *_] = client.get("/forecasts.json?state=open").json()["rows"]
    forms = client.get("/forecasts").text
    assert f'name="about" value="{forecast["id"]}"' in forms
    assert 'action="/preview"' in forms
    before = [client.get(f"/{name}.csv").content for name in ("sources", "forecasts", "statements")]
    open_, out = (len(client.get(f"/forecasts.json?state={one}").json()["rows"])
                  for one in ("open", "not borne out"))  # fmt: skip
    done = settle(client, room, forecast["id"], "outcome not borne out")
    html = client.get("/forecasts").text
    assert f">{open_ - 1} open</a>" in html
    assert f">{out + 1} not borne out</a>" in html
    assert "by " in html
    assert done in html
    undo(client, room, done)
    assert before == [
        client.get(f"/{name}.csv").content for name in ("sources", "forecasts", "statements")
    ]


def test_both_scales_begin_unjudged_and_show_who_moved_them(client: TestClient, room: Room) -> None:
    source, statements = "/source/baltic-courier", "/statements?by=mike-pompeo"
    assert "<b>F</b>, reliability cannot be judged: nobody has judged" in client.get(source).text
    assert "<b>6</b>, truth cannot be judged: nobody has judged" in client.get(statements).text
    [first, *_] = client.get("/statements.json?by=mike-pompeo").json()["rows"]
    done = settle(client, room, "source:baltic-courier", "reliability B")
    settle(client, room, first["id"], "credibility 2")
    assert "<b>B</b>, usually reliable" in client.get(source).text
    assert ": seen" in client.get(source).text
    assert "<b>2</b>, probably true" in client.get(statements).text
    [judged] = [row for row in client.get("/statements.json?by=mike-pompeo").json()["rows"]
                if row["credibility"] == "2"]  # fmt: skip
    assert judged["id"] == first["id"]
    undo(client, room, done)
    assert "<b>F</b>" in client.get(source).text


def test_a_pinned_page_settles_nothing(client: TestClient, room: Room) -> None:
    html = client.get(f"/forecasts?asof={room.ledger.snapshot.id}").text
    assert "<form method" not in html
    assert f"/statements?asof={room.ledger.snapshot.id}" in html


# In a browser -----------------------------------------------------------------------------------

SCREENS = (
    "/sources",
    "/statements?by=mike-pompeo",
    "/source/meridian-wire",
    "/voice/~lakeside-post",
)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_axe_finds_nothing(
    open_page: Callable[..., Any], served_samples: str, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(
        served_samples + SCREENS[0], viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    for screen in SCREENS:
        page.goto(served_samples + screen)
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, screen


def test_it_is_all_there_without_javascript(
    open_page: Callable[..., Any], served_samples: str
) -> None:
    page = open_page(served_samples + "/sources", java_script_enabled=False)
    page.click("text=Mike Pompeo")
    assert page.inner_text("h1") == "◆ Mike Pompeo"
    assert page.locator(".said-list > li").count() == 8
    page.click("nav.said-nav >> text=Forecasts")
    page.click("main summary >> nth=0")
    assert page.locator("form[action='/preview'] select").first.is_visible()
