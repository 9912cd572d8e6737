"""The review: its queue, its keys, its audit, the log; and the same rows as the command line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from chancery.cli.app import run
from chancery.ledger.questions import KINDS
from chancery.model import Report, When
from chancery.web.room import Room

PAGES = ("/review", "/review?audit=20", "/decisions")
SETTINGS = [("dark", 360), ("light", 1440)]


def printed(capsys: pytest.CaptureFixture[str], room: Room, *command: str) -> str:
    run([*command, "-L", str(room.path)])
    return capsys.readouterr().out


def decide(client: TestClient, room: Room, about: str, verdict: str, **more: str) -> str:
    form = {"csrf": room.csrf, "back": "/review", "about": about, "verdict": verdict, **more}
    answer = client.post("/decide", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_the_queue_shows_what_the_command_prints(
    client: TestClient, room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    item = room.ledger.review("low-certainty")[0]
    decide(client, room, item.about, "right", reason="checked")
    for path, command in (
        ("/review", ("review",)),
        ("/review{}?kind=outcome,voice", ("review", "--kind", "outcome,voice")),
        ("/review{}?until=2021", ("review", "--until", "2021")),
        ("/review{}?audit=5&seed=1", ("review", "sample", "5", "--seed", "1", "--report")),
        ("/decisions", ("log", "decisions")),
    ):
        for form in ("json", "csv"):
            address = path.format(f".{form}") if "{}" in path else f"{path}.{form}"
            assert client.get(address).text == printed(capsys, room, *command, f"--{form}")


def test_every_question_is_on_the_page_and_has_a_page_of_its_own(
    pages: TestClient, shared_room: Room
) -> None:
    items = shared_room.ledger.review()
    text = pages.get("/review").text
    assert f"{len(items)} questions open" in text
    assert all(one.id in text for one in items)
    for item in items:
        page = pages.get(f"/review/{item.id}")
        assert page.status_code == 200
        assert page.text.count('action="/preview"') == len(item.options) + 1
        assert pages.get(f"/review/{item.id}?part=item").text.lstrip().startswith("<article")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/review/rev_0", 404), ("/review?kind=nonsense", 400), ("/review?until=soon", 400),
        ("/review?audit=0", 400), ("/review?audit=x", 400), ("/review?audit=99999999", 400),
        ("/review?page=99", 200), ("/review?page=x", 400), ("/review/similar?of=dec_0", 404),
        ("/review/similar", 404), ("/decisions?page=999", 200), ("/review?done=dec_0", 200),
        ("/review?audit=3&wrong=clm_0&after=clm_0", 200), ("/review/rev_0.json", 404),
        ("/review?sel=rev_0", 404), ("/review?kind=undated&until=2020-13", 400),
    ],
)  # fmt: skip
def test_no_address_is_a_fault(pages: TestClient, address: str, status: int) -> None:
    assert pages.get(address).status_code == status


def test_an_answer_leads_to_the_next_question_and_an_undo_back(
    client: TestClient, room: Room
) -> None:
    first, second, *_ = room.ledger.review("low-certainty")
    page = client.get(f"/review/{first.id}?kind=low-certainty").text
    assert f"/review/{second.id}?kind=low-certainty&amp;was={first.id}" in page
    back = f"/review/{second.id}?kind=low-certainty&was={first.id}"
    after = client.get(decide(client, room, first.about, "right", back=back)).text
    assert f'data-question="{second.id}"' in after
    assert "Decided:" in after
    assert f"/review/{first.id}?kind=low-certainty" in after
    assert f'data-row="{first.id}"' not in after
    assert f'data-row="{first.id}"' not in client.get("/review").text
    room.queues.close(60)
    assert f'data-row="{first.id}"' not in client.get("/review").text
    form = {"csrf": room.csrf, "back": "/review", "decision": room.ledger.decisions()[-1].id}
    assert f'data-row="{first.id}"' in client.post("/undo", data=form).text


def test_what_is_put_off_comes_back_on_its_day(client: TestClient, room: Room) -> None:
    item = room.ledger.review("undated")[0]
    decide(client, room, item.about, "later {} undated", typed="2021-03")
    assert item.id not in client.get("/review").text
    assert item.id in client.get("/review?until=2021-04-01").text


def test_the_same_answer_is_proposed_for_similar_claims(client: TestClient, room: Room) -> None:
    trigger = '"expelled"'
    first, *others = room.ledger.matching(f"frame=expel-diplomats trigger={trigger}")
    assert others
    where = decide(client, room, first.id, "type cut-ties")
    assert "Apply to similar" in client.get(where).text
    page = client.get(f"/review/similar?of={room.ledger.decisions()[-1].id}").text
    about = f"rule:frame=expel-diplomats trigger={trigger}"
    assert about in page.replace("&#34;", '"')
    assert all(one.id in page for one in others)
    decide(client, room, about, "type cut-ties")
    assert room.ledger.settled().changed.keys() >= {one.id for one in others}
    day = decide(client, room, others[0].id, "date 2008-03")
    assert "Apply to similar" not in client.get(day).text
    none = client.get(f"/review/similar?of={room.ledger.decisions()[-1].id}").text
    assert "No rule is proposed" in none


def test_an_audit_counts_right_and_wrong(client: TestClient, room: Room) -> None:
    sample = room.ledger.sample(4, seed=2)
    page = client.get("/review?audit=4&seed=2").text
    assert sample.claims[0].id in page
    assert "claim 1 of 4" in page
    decide(client, room, sample.claims[0].id, "right", reason=sample.label)
    decide(client, room, sample.claims[1].id, "wrong", reason=sample.label)
    page = client.get("/review?audit=4&seed=2").text
    assert "1 of 2, 9–91 %" in page
    assert sample.claims[2].id in page
    wrong = client.get(f"/review?audit=4&seed=2&wrong={sample.claims[1].id}").text
    assert "put it right" in wrong
    assert "another deed" in wrong
    assert client.get(f"/review?audit=4&seed=2&after={sample.claims[2].id}").text.count(
        sample.claims[3].id
    )


def test_two_people_disagree_and_both_are_shown(client: TestClient, room: Room) -> None:
    claim = room.ledger.claims(limit=1)[0].id
    room.ledger.decide(claim, "date 2001", who="Ada")
    room.ledger.decide(claim, "date 2002", who="Grace")
    text = client.get("/decisions").text
    assert "People disagree" in text
    assert re.search(r"<b>date 2002 – Grace</b></td><td>date 2001 – Ada</td>", text)
    assert "it is the newer one" in text


def test_all_kinds_have_a_sign() -> None:
    from chancery.outputs.review import KIND_SHAPES

    assert KIND_SHAPES.keys() == set(KINDS)


# Hostile words ------------------------------------------------------------------------------------

HOSTILE = "</title><script>alert(1)</script> {{7*7}} \u202e<img src=x onerror=alert(2)>"


def test_hostile_words_stay_words(client: TestClient, room: Room) -> None:
    report = Report(
        id="rep_00000000000000ff", text=f"{HOSTILE}\nThe minister left.", title=HOSTILE,
        published=When(), source=f"<b>{HOSTILE}</b>",
    )  # fmt: skip
    room.ledger.add([report])
    room.ledger.record(room.reader.read([report]))
    room.ledger.reconcile()
    decide(client, room, f"name:<script>{HOSTILE[:20]}", "is BLR", reason="<script>x</script>")
    for path in ("/review", "/review.md", "/decisions", "/decisions.md", "/review?audit=50"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<script>x" not in text
        assert not re.search(r"(?<!\\)<img src=x", text)
        assert "\u202e" not in text


# In a browser -----------------------------------------------------------------------------------


def test_three_questions_by_keys_alone(
    open_page: Callable[..., Any], served: str, room: Room
) -> None:
    page = open_page(f"{served}/review?kind=low-certainty")
    asked = [one.about for one in room.ledger.review("low-certainty")]
    for keys in (("1",), ("x",), ("3", "2020-02", "Enter")):
        before = page.url
        for key in keys:
            page.keyboard.type(key) if key[0] == "2" else page.keyboard.press(key)
        page.wait_for_selector("#effect [data-accept]:focus")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_selector(".done")
    made = {one.about: one.verdict for one in room.ledger.decisions()}
    assert made == dict(zip(asked, ("right", "reject", "date 2020-02"), strict=False))
    page.keyboard.press("u")
    page.wait_for_selector(".done >> text=Taken back")
    assert room.ledger.decisions()[-1].undoes
    first = page.get_attribute("article[data-question]", "data-question")
    page.keyboard.press("j")
    page.wait_for_selector(f"article[data-question]:not([data-question='{first}'])")


def test_the_forms_work_without_scripts(
    open_page: Callable[..., Any], served: str, room: Room
) -> None:
    page = open_page(f"{served}/review?kind=same-person", java_script_enabled=False)
    page.click("text=Mike Pompeo (USA.GOV)")
    assert page.inner_text("h1") == "Decide so?"
    page.click("text=Back")
    assert page.inner_text("h1") == "Review"
    page.click("text=Mike Pompeo (USA.GOV)")
    page.fill("input[name=reason]", "one spelling")
    page.click("text=Accept")
    assert "Decided" in page.inner_text(".done")
    assert room.ledger.decisions()[-1].reason == "one spelling"


@pytest.mark.parametrize(("scheme", "width"), SETTINGS)
def test_nothing_stands_in_anybodys_way(
    open_page: Callable[..., Any], served_samples: str, scheme: str, width: int
) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = open_page(served_samples + PAGES[0], **options)
    for path in PAGES:
        page.goto(served_samples + path)
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{served_samples}/review?kind=same-person")
    page.keyboard.press("1")
    page.wait_for_selector("#effect [data-accept]")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
