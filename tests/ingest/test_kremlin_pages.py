"""Fifteen pages as a site served them, against the text that was taken from them by hand."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from chancery.ingest import html
from chancery.model import Report

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
PAGES = sorted((CORPUS / "html").glob("*.html"))
FLOOR = 0.99
GENERAL_FLOOR = 0.96
"""Reached without the site's table: one page in fifteen shows a video's caption as a paragraph."""

pytest.importorskip("lxml")
pytestmark = pytest.mark.skipif(not PAGES, reason="the saved pages are not beside the repository")


@pytest.fixture(scope="module")
def wanted() -> dict[str, dict[str, str]]:
    lines = (CORPUS / "corpus.jsonl").read_text("utf-8").splitlines()
    records = (json.loads(line) for line in lines if line.startswith('{"id": "kh-'))
    return {record["id"]: record for record in records}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_against_text(page: Path, wanted: dict[str, dict[str, str]]) -> None:
    report, *problems = html.read_html(page.read_bytes(), page.name)
    record = wanted[page.stem]
    assert isinstance(report, Report)
    body = report.text.removeprefix(report.title + "\n")
    assert token_f1(body, record["text"]) >= FLOOR
    assert in_order(body.split("\n\n"), record["text"].split("\n\n"))
    assert report.title == record["title"]
    assert str(report.published.first) == record["published"][:10]
    assert report.published.basis == "stated"
    assert report.source == record["publisher"]
    assert report.url == record["url"]
    assert problems == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_without_the_sites_table(
    page: Path, wanted: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "site_of", lambda url: None)
    report, *_ = html.read_html(page.read_bytes(), page.name)
    record = wanted[page.stem]
    assert isinstance(report, Report)
    body = report.text.removeprefix(report.title + "\n")
    assert token_f1(body, record["text"]) >= GENERAL_FLOOR
    assert in_order(body.split("\n\n"), record["text"].split("\n\n"))
    assert str(report.published.first) == record["published"][:10]


def token_f1(found: str, wanted: str) -> float:
    ours, theirs = (Counter(re.findall(r"\w+", text)) for text in (found, wanted))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def in_order(found: list[str], wanted: list[str]) -> bool:
    """Say whether the paragraphs both have stand in the same order."""
    shared = set(found) & set(wanted)
    return [p for p in found if p in shared] == [p for p in wanted if p in shared]
