"""The frame common to all screens: who is let in, what is refused, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from chancery.web.address import Address
from chancery.web.app import make_app
from chancery.web.room import Room


def test_the_first_page_is_the_chronology(pages: TestClient) -> None:
    answer = pages.get("/")
    assert answer.url.path == "/chronology"
    assert "<h1>Chronology</h1>" in answer.text


def test_every_answer_has_the_policy(pages: TestClient) -> None:
    for path in ("/chronology", "/static/desk.css", "/nowhere", "/chronology.json"):
        assert "default-src 'self'" in pages.get(path).headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/nowhere", "/happening/hap_0", "/chronology/x", "/happening"])
def test_what_is_not_there_is_said_to_be_missing(pages: TestClient, path: str) -> None:
    assert pages.get(path).status_code == 404


def test_a_filter_that_cannot_be_meant_is_explained(pages: TestClient) -> None:
    answer = pages.get("/chronology?from=yesterday")
    assert answer.status_code == 400
    assert "not a date" in answer.text


def test_another_host_is_not_served(pages: TestClient) -> None:
    assert pages.get("/chronology", headers={"host": "evil.example"}).status_code == 421


def test_a_form_of_another_site_is_not_taken(client: TestClient, room: Room) -> None:
    form = {"csrf": room.csrf, "about": "hap_0", "verdict": "reject"}
    assert client.post("/decide", data=form, headers={"origin": "http://evil"}).status_code == 403
    assert client.post("/decide", data={**form, "csrf": "x"}).status_code == 400


def test_the_token_opens_once_and_for_all(room: Room) -> None:
    room.token = "secret"
    strangers = TestClient(make_app(room), base_url="http://desk.example")
    assert strangers.get("/chronology").status_code == 401
    assert strangers.get("/chronology?token=wrong").status_code == 401
    answer = strangers.get("/chronology?token=secret&who=USA")
    assert answer.status_code == 200
    assert "token" not in str(answer.url)
    assert strangers.get("/chronology").status_code == 200


def test_an_address_writes_back_what_it_read() -> None:
    address = Address.read("/chronology.json", "who=USA&who=BLR&from=2016&sel=hap_4f2a")
    assert (address.path, address.form) == ("/chronology", "json")
    assert address.filters.who == ("USA", "BLR")
    assert str(address) == "/chronology.json?who=USA,BLR&from=2016&sel=hap_4f2a"
    assert str(address.with_(from_=None, sel=None)) == "/chronology.json?who=USA,BLR"


def test_the_browser_opens_it(open_page: Callable[..., Any], served_samples: str) -> None:
    page = open_page(served_samples)
    assert page.inner_text("h1") == "Chronology"
