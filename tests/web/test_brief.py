"""The brief's page: the same answer as the command's, in every form, harmless, and on A4."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chancery.cli.app import run
from chancery.web.room import Room

QUESTION = "why was Mike Pompeo in Minsk?"
ASK = "/brief?q=why+was+Mike+Pompeo+in+Minsk%3F"


def test_it_answers_with_numbered_notes(pages: TestClient) -> None:
    text = pages.get(ASK).text
    assert "<h1>Why was Mike Pompeo in Minsk?</h1>" in text
    assert 'href="#note-1"' in text
    assert 'id="note-1"' in text
    assert "from 17 reports" in text


@pytest.mark.parametrize(("twin", "form"), [("json", "--json"), ("md", "--md")])
def test_the_twins_are_what_the_command_prints(
    pages: TestClient, shared_room: Room, capsys: pytest.CaptureFixture[str], twin: str, form: str
) -> None:
    assert run(["brief", QUESTION, form, "-L", str(shared_room.path)]) == 0
    assert pages.get(ASK.replace("?", f".{twin}?", 1)).text == capsys.readouterr().out


def test_without_a_question_it_asks_for_one(pages: TestClient) -> None:
    assert "Answer from the rows" in pages.get("/brief").text


def test_what_no_row_answers_is_said(pages: TestClient) -> None:
    text = pages.get("/brief?q=why+did+Sweden+join+NATO%3F").text
    assert "do not answer this question" in text
    assert "Searched:" in text


def test_an_address_may_hold_the_question(pages: TestClient) -> None:
    answer = pages.get("/brief/why-was-Mike-Pompeo-in-Minsk")
    assert answer.status_code == 200
    assert "1 Feb 2020" in answer.text


@pytest.mark.parametrize("words", ["why?", "<script>alert(1)</script>", "why " + "x" * 1500])
def test_odd_questions_do_no_harm(pages: TestClient, words: str) -> None:
    answer = pages.get("/brief", params={"q": words})
    assert answer.status_code in (200, 400)
    assert "<script>alert" not in answer.text


def test_it_prints_on_a4_with_its_coverage_line(
    served_samples: str, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    from pypdf import PdfReader

    page = open_page(served_samples + ASK)
    page.pdf(path=tmp_path / "brief.pdf", prefer_css_page_size=True)
    read = PdfReader(tmp_path / "brief.pdf")
    width, height = (round(float(side)) for side in read.pages[0].mediabox[2:])
    assert (width, height) in {(595, 842), (596, 842)}
    text = " ".join(sheet.extract_text() for sheet in read.pages)
    assert "from 17 reports" in text
    assert "NOTES" in text.upper()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_axe_finds_nothing(
    served_samples: str, open_page: Callable[..., Any], scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(
        served_samples + ASK, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_json_holds_the_whole_brief(pages: TestClient) -> None:
    told = json.loads(pages.get(ASK.replace("?", ".json?", 1)).text)
    assert {one["key"] for one in told["sections"]} >= {"reasons", "led up", "not known"}
