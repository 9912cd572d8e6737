"""Settling on a page: previewed, accepted, undone; and what is refused, with nothing written."""

from __future__ import annotations

import io
import subprocess
import sys

import msgspec
import pytest
from starlette.testclient import TestClient

from chancery.model import Happening
from chancery.outputs.exports import write_export
from chancery.web.address import Address
from chancery.web.room import Room


def form(room: Room, **fields: str) -> dict[str, str]:
    return {"csrf": room.csrf, "back": "/chronology?who=USA", **fields}


def two_expulsions(room: Room) -> tuple[Happening, Happening]:
    """Return two happenings of the samples that may be one."""
    first, second, *_ = room.ledger.happenings(what="expel-diplomats", until="2008-12-31")
    return first, second


def test_a_preview_shows_the_rows_and_writes_nothing(client: TestClient, room: Room) -> None:
    first, second = two_expulsions(room)
    before = room.ledger.snapshots()
    answer = client.post("/preview", data=form(room, about=first.id, verdict=f"join {second.id}"))
    assert answer.status_code == 200
    assert "goes" in answer.text
    assert "would be" in answer.text
    assert "122 happenings → 121" in answer.text
    assert "Would be kept" in answer.text
    assert 'action="/decide"' in answer.text
    assert room.ledger.snapshots() == before
    assert not room.ledger.decisions()


def test_a_part_is_the_effect_alone(client: TestClient, room: Room) -> None:
    first, second = two_expulsions(room)
    fields = form(room, about=first.id, verdict=f"join {second.id}", part="effect")
    answer = client.post("/preview", data=fields)
    assert "<html" not in answer.text
    assert 'action="/decide"' in answer.text
    wrong = client.post("/preview", data={**fields, "verdict": "date yesterday"})
    assert wrong.status_code == 400
    assert "<html" not in wrong.text
    assert "yesterday" in wrong.text


def test_what_is_typed_goes_to_the_gap(client: TestClient, room: Room) -> None:
    first, _ = two_expulsions(room)
    fields = form(room, about=first.id, verdict="actor {}", part="effect")
    answer = client.post("/preview", data={**fields, "typed": " Belarus + usa "})
    assert "actor BLR+USA" in answer.text
    frame = {**fields, "verdict": "type {}", "typed": "Expel diplomats"}
    assert "type expel-diplomats" in client.post("/preview", data=frame).text
    later = {**fields, "verdict": "later {} low-certainty", "typed": "2020-02"}
    assert "later 2020-02-29 low-certainty" in client.post("/preview", data=later).text


@pytest.mark.parametrize(
    ("verdict", "typed", "told"),
    [
        ("date {}", "", "type a day, month or year"),
        ("date {}", "yesterday", "not a date"),
        ("date {}", "2020-13", "2020-13"),
        ("date {}", "2020-02-10/2020-02-01", "ends before it begins"),
        ("later {} undated", "..", "not a date"),
        ("actor {}", "Ruritania", "no actor"),
        ("actor {}", "XXX.GOV", "no actor"),
        ("type {}", "applaud loudly", "not a frame"),
        ("type {}", "visitt", "close: visit"),
        ("type {}", "", "type a frame"),
        ("join {}", "", "type what goes into"),
        ("wed {}", "x", "no such verdict"),
        ("date {}", "<script>alert(1)</script>", "not a date"),
    ],
)
def test_what_cannot_be_meant_is_explained(
    client: TestClient, room: Room, verdict: str, typed: str, told: str
) -> None:
    first, _ = two_expulsions(room)
    for path in ("/preview", "/decide"):
        fields = form(room, about=first.id, verdict=verdict, typed=typed)
        answer = client.post(path, data=fields)
        assert answer.status_code == 400
        assert told in answer.text
        assert "<script>alert" not in answer.text
    assert not room.ledger.decisions()


# Laws -------------------------------------------------------------------------------------------


def exports(room: Room) -> bytes:
    """Return the bytes of the CSV and JSON Lines exports of the happenings."""
    room.ledger.refresh()
    target = io.BytesIO()
    for name in ("csv", "jsonl"):
        write_export(target, room.ledger, None, name)  # type: ignore[arg-type]
    return target.getvalue()


def answers(room: Room) -> list[tuple[str, str]]:
    """Return an answer about a happening and one about a name."""
    first, second = two_expulsions(room)
    person = next(one for one in room.ledger.review("same-person")).options[0]
    return [(first.id, f"join {second.id}"), (person.about, person.verdict)]


def post(client: TestClient, room: Room, path: str, **fields: str) -> str:
    """Post a form and return the decision that was made."""
    answer = client.post(path, data=form(room, **fields), follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return Address.read(*answer.headers["location"].split("?")).get("done")


def test_a_preview_is_the_state_after_accepting_and_an_undo_takes_it_back(
    client: TestClient, room: Room
) -> None:
    for about, verdict in answers(room):
        untouched = exports(room)
        effect = room.ledger.preview(about, verdict)
        fields = {"about": about, "verdict": verdict}
        shown = client.post("/preview", data=form(room, **fields)).text
        assert f"{effect.count_before:,} happenings → {effect.count_after:,}" in shown
        done = post(client, room, "/decide", **fields)
        accepted = exports(room)
        held = {one.id: one for one in room.ledger.happenings()}
        assert len(held) == effect.count_after
        assert all(held[one.id] == one for one in effect.after)
        assert not held.keys() & {one.id for one in effect.removed}
        post(client, room, "/undo", decision=done)
        assert exports(room) == untouched
        again = post(client, room, "/decide", **fields)
        assert exports(room) == accepted
        assert accepted != untouched
        post(client, room, "/undo", decision=again)


def test_a_day_given_to_the_undated_report_dates_its_rows(client: TestClient, room: Room) -> None:
    item = next(one for one in room.ledger.review() if one.kind == "undated")
    before = {one.id: one for one in room.ledger.happenings()}
    undated = [id_ for id_ in item.touches.happenings if not before[id_].when.known]
    assert undated
    post(client, room, "/decide", about=item.about, verdict="date {}", typed="2020-05-17")
    assert next(reversed(room.works.values())).ended(60)
    room.ledger.refresh()
    now = room.ledger.claims(report=item.about)
    assert any(one.when.known for one in now)
    assert item.id not in {one.id for one in room.ledger.review()}


def test_decisions_outlive_a_newer_reader(client: TestClient, room: Room) -> None:
    first, second = two_expulsions(room)
    post(client, room, "/decide", about=first.id, verdict=f"join {second.id}")
    joined = room.ledger.happening(first.lead)
    assert second.lead in joined.claims
    reports = [room.ledger.report(name) for name in joined.reports]
    readings = [
        msgspec.structs.replace(
            reading, run="newer",
            claims=tuple(msgspec.structs.replace(one, id=f"clm_{one.id[:3:-1]}", run="newer")
                         for one in reading.claims),
            reasons=(), forecasts=(),
        )
        for reading in room.reader.read(reports)
    ]  # fmt: skip
    room.ledger.record(readings)
    room.ledger.reconcile()
    again = room.ledger.happening(f"clm_{first.lead[:3:-1]}")
    assert f"clm_{second.lead[:3:-1]}" in again.claims
    assert "standing" in client.get("/decisions").text


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/decide", "/undo", "/preview"])
def test_a_form_without_our_word_is_refused(client: TestClient, room: Room, path: str) -> None:
    fields = {"about": two_expulsions(room)[0].id, "verdict": "reject", "back": "/"}
    for csrf in ({}, {"csrf": ""}, {"csrf": "x"}):
        answer = client.post(path, data={**fields, **csrf})
        assert answer.status_code == 400
        assert "load its page again" in answer.text
    stranger = client.post(path, data=form(room, **fields), headers={"origin": "http://evil"})
    assert stranger.status_code == 403
    assert not room.ledger.decisions()


def test_nothing_is_settled_on_a_pinned_view_or_a_read_only_room(
    client: TestClient, room: Room
) -> None:
    fields = form(room, about=two_expulsions(room)[0].id, verdict="reject")
    pinned = client.post(f"/decide?asof={room.ledger.snapshot.id}", data=fields)
    assert pinned.status_code == 400
    assert "pinned or read-only" in pinned.text
    assert "csrf" not in client.get(f"/review?asof={room.ledger.snapshot.id}").text
    room.read_only = True
    for path in ("/decide", "/preview", "/undo"):
        assert client.post(path, data=fields).status_code == 400
    assert "csrf" not in client.get("/review").text
    assert not room.ledger.decisions()


HOLD = """
import sys
from chancery.ledger import Ledger
with Ledger.open(sys.argv[1]).writing():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_while_another_process_writes_nothing_is_settled(client: TestClient, room: Room) -> None:
    fields = form(room, about=two_expulsions(room)[0].id, verdict="reject")
    command = [sys.executable, "-c", HOLD, str(room.path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        answer = client.post("/decide", data=fields)
        child.communicate("\n")
    assert answer.status_code == 409
    assert f"process {child.pid} since " in answer.text
    assert not room.ledger.decisions()
    assert client.post("/decide", data=fields, follow_redirects=False).status_code == 303


def test_back_leads_nowhere_else(client: TestClient, room: Room) -> None:
    for back in ("//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:x"):
        fields = {**form(room, about=two_expulsions(room)[0].id, verdict="right"), "back": back}
        answer = client.post("/decide", data=fields, follow_redirects=False)
        assert answer.headers["location"].startswith("/?done=dec_")
        assert "evil" not in client.post("/preview", data=fields).text
