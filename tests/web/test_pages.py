"""The small pages: help, limits, search, what changed, news, and long work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chancery.cli import app as cli
from chancery.outputs.limits import limits
from chancery.web.room import Room

FLOORS = Path(__file__).parents[1] / "quality" / "floors.json"


def test_the_limits_say_what_is_measured(pages: TestClient) -> None:
    floors = json.loads(FLOORS.read_text())
    for part in limits():
        for figure in part.figure:
            held: Any = floors
            for name in _path(held, figure.floor):
                held = held[name]
            assert figure.value == held, figure.says
            assert f"{figure.value:.2f}" in pages.get("/limits").text


def _path(held: Any, floor: str) -> list[str]:
    """Cut the name of a floor where the table is cut: some names have dots of their own."""
    parts, at = [], held
    while floor:
        name = max((one for one in at if f"{floor}.".startswith(f"{one}.")), key=len)
        parts.append(name)
        at, floor = at[name], floor[len(name) + 1 :]
    return parts


@pytest.mark.parametrize("path", ["/help", "/limits", "/limits.md", "/limits.json", "/search"])
def test_the_page_is_there(pages: TestClient, path: str) -> None:
    assert pages.get(path).status_code == 200


def test_a_search_for_nothing_says_what_was_searched(pages: TestClient) -> None:
    text = pages.get("/search?q=zzyzx").text
    assert "Nothing matches “zzyzx”" in text
    assert "from 17 reports" in text


def test_a_search_finds_reports_actors_questions_and_ids(
    pages: TestClient, shared_room: Room
) -> None:
    text = pages.get("/search?q=Belarus").text
    assert "/chronology?who=BLR" in text
    assert '<mark class="met">' in text
    happening = shared_room.ledger.happenings(limit=1)[0]
    for words, leads in (
        (happening.id, f"/happening/{happening.id}"),
        (happening.reports[0], f"/report/{happening.reports[0]}"),
        ("why was Mike Pompeo in Minsk?", "/brief"),
    ):
        answer = pages.get("/search", params={"q": words}, follow_redirects=False)
        assert answer.headers["location"].startswith(leads)


def test_search_and_diff_have_the_rows_of_the_command_line(
    pages: TestClient, shared_room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = (shared_room.ledger.snapshots()[at].id for at in (0, -1))
    for address, command in (
        ("/search{}?q=ambassador", ["search", "ambassador", "--limit", "50"]),
        (f"/diff{{}}?first={first}&second={last}", ["diff", first, last]),
    ):
        for form in ("json", "csv"):
            cli.run([*command, "-L", str(shared_room.path), f"--{form}"])
            told = capsys.readouterr().out
            answer = pages.get(address.format(f".{form}")).text
            assert _rows(answer, form) == _rows(told, form)


def _rows(text: str, form: str) -> Any:
    """The rows; the coverage line beside them is each its own."""
    return json.loads(text)["rows"] if form == "json" else text


def test_news_are_counted(client: TestClient, room: Room) -> None:
    assert client.get("/news.json").json()["words"] == ""
    first = room.ledger.snapshots()[0]
    told = client.get(f"/news.json?since={first.id}").json()
    assert told["claims"] > 0
    assert "new claims" in told["words"]


def test_a_date_is_given_and_the_report_read_again(client: TestClient, room: Room) -> None:
    undated = room.ledger.reports(dated=False)[0]
    form = {
        "csrf": room.csrf,
        "about": undated.id,
        "verdict": "date 2020-05-15",
        "back": "/chronology?who=USA",
    }
    answer = client.post("/decide", data=form, follow_redirects=False)
    assert answer.status_code == 303
    work = next(reversed(room.works.values()))
    assert work.ended(120)
    assert work.state == "done"
    room.ledger.refresh()
    assert not room.ledger.reports(dated=False)
    assert room.ledger.claims(report=undated.id)
