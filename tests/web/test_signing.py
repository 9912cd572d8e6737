"""Who signs: a name is asked for once, kept by the browser, and stands under what was decided."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chancery.lexicon import Lexicon
from chancery.web.app import make_app
from chancery.web.room import Room
from chancery.web.signing import COOKIE

ORIGIN = "http://127.0.0.1:8471"

NAME = "Ada <b> Грэйс"
TOKEN = "a-token-of-some-length"


def form(room: Room, **fields: str) -> dict[str, str]:
    claim = next(iter(room.ledger.claims(limit=1))).id
    return {"csrf": room.csrf, "back": "/review", "about": claim, "verdict": "reject", **fields}


def test_a_name_is_asked_for_once_and_signs_what_follows(client: TestClient, room: Room) -> None:
    asked = client.post("/preview", data=form(room)).text
    assert 'name="who"' in asked
    client.post("/decide", data=form(room, who=NAME), follow_redirects=False)
    [first] = room.ledger.decisions()
    assert first.who == NAME
    assert 'name="who"' not in client.post("/preview", data=form(room)).text
    client.post("/undo", data=form(room, decision=first.id), follow_redirects=False)
    assert [one.who for one in room.ledger.decisions()] == [NAME, NAME]
    page = client.get("/review").text
    assert "You sign as <b>Ada &lt;b&gt; Грэйс</b>" in page
    assert "Ada <b>" not in page


def test_a_name_can_be_changed(client: TestClient, room: Room) -> None:
    answer = client.post("/sign", data=form(room, who="Grace"), follow_redirects=False)
    assert answer.headers["location"] == "/review"
    assert "You sign as <b>Grace</b>" in client.get("/review").text
    assert not room.ledger.decisions()


def test_without_a_name_the_ledger_s_own_signs(client: TestClient, room: Room) -> None:
    client.post("/decide", data=form(room), follow_redirects=False)
    assert [one.who for one in room.ledger.decisions()] == [room.ledger.signature]


def test_a_ledger_that_is_open_to_others_wants_a_name(
    read_samples: Path, lexicon: Lexicon, tmp_path: Path
) -> None:
    room = Room(shutil.copytree(read_samples, tmp_path / "it.ledger"), lexicon, token=TOKEN)
    with TestClient(make_app(room), base_url=ORIGIN, headers={"origin": ORIGIN}) as client:
        client.cookies.set("chancery", TOKEN)
        answer = client.post("/decide", data=form(room), follow_redirects=False)
        assert answer.status_code == 400
        assert "say who you are" in answer.text
        assert not room.ledger.decisions()
        assert client.post("/decide", data=form(room, who="Grace"), follow_redirects=False)
        assert [one.who for one in room.ledger.decisions()] == ["Grace"]
    room.close()


@pytest.mark.parametrize("kept", ["%00", "%E2%80%AE", "x" * 3000, "%FF%FE"])
def test_a_cookie_that_holds_no_name_is_none(pages: TestClient, kept: str) -> None:
    page = pages.get("/review", headers={"cookie": f"{COOKIE}={kept}"})
    assert page.status_code == 200
    assert kept not in page.text
