"""The static dossier: a folder that needs no server, holds what was asked for, and is harmless."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from chancery.cli.app import run
from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import Report
from chancery.pipeline import run as read_in
from chancery.read import Reader
from chancery.web.dossier import export_site

LINK = re.compile(r'(?:href|src)="([^"]*)"')
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
WHO = "USA,BLR"
QUESTION = "why did Belarus expel US diplomats?"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Iterator[Ledger]:
    """Give a ledger of three reports, one of them hostile in each of its fields."""
    folder = tmp_path_factory.mktemp("small")
    bodies = {
        "a": "Belarus expelled the US ambassador on 7 March 2008. Minsk said the step was a "
        "response to sanctions.",
        "b": "Germany and France signed an agreement in Paris on 2 May 2011.",
        "c": f"Russia condemned Poland on 3 June 2012, {HOSTILE}. Russia visited Minsk.",
    }
    sources = folder / "reports"
    sources.mkdir()
    for name, body in bodies.items():
        title = HOSTILE if name == "c" else f"Report {name}"
        (sources / f"{name}.txt").write_text(f"{title}\n\n{body}\n", "utf-8")
    with Ledger.open(folder / "small.ledger", lexicon) as ledger:
        read_in([sources], ledger, Reader.load(lexicon=lexicon))
        yield ledger


@pytest.fixture(scope="module")
def dossier(small: Ledger, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the whole of it."""
    folder = tmp_path_factory.mktemp("site") / "dossier"
    export_site(folder, small, lexicon, Path("small.ledger"), filters={}, briefs=(QUESTION,))
    return folder


def pages_of(folder: Path) -> dict[str, str]:
    return {one.name: one.read_text("utf-8") for one in folder.glob("*.html")}


def test_every_link_leads_to_a_file_and_to_a_place_in_it(dossier: Path) -> None:
    pages = pages_of(dossier)
    for name, text in pages.items():
        for link in map(unescape, LINK.findall(text)):
            if link.startswith(("http://", "https://", "data:")):
                continue
            file, _, place = link.partition("#")
            assert (dossier / (file or name)).is_file(), (name, link)
            if place and (file or name).endswith(".html"):
                assert f'id="{place}"' in pages[file or name], (name, link)


def test_nothing_is_fetched_from_elsewhere(dossier: Path) -> None:
    for name, text in pages_of(dossier).items():
        for tag in re.findall(r"<(?:script|link|img|iframe|form)\b[^>]*>", text):
            assert not re.search(r'(?:src|href|action)="(?!data:)[^"]*:', tag), (name, tag)
        foreign = re.findall(r'<a [^>]*href="https?:[^>]*>', text)
        assert all("noopener nofollow" in tag for tag in foreign), name
        assert "<form" not in text
        assert 'type="module"' not in text


def test_hostile_words_stay_words(dossier: Path) -> None:
    for name, text in pages_of(dossier).items():
        assert "<script>alert" not in text, name
        assert "<img" not in text, name
    assert "<" not in (dossier / "words.js").read_text("utf-8").removeprefix("window")


def test_the_same_ledger_gives_the_same_bytes(
    dossier: Path, small: Ledger, lexicon: Lexicon, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    export_site(again, small, lexicon, Path("small.ledger"), filters={}, briefs=(QUESTION,))
    files = sorted(one.relative_to(dossier) for one in dossier.rglob("*") if one.is_file())
    assert files == sorted(one.relative_to(again) for one in again.rglob("*") if one.is_file())
    assert all((dossier / one).read_bytes() == (again / one).read_bytes() for one in files)


def test_it_holds_what_the_filters_let_through_and_says_so(
    small: Ledger, lexicon: Lexicon, tmp_path: Path
) -> None:
    folder = tmp_path / "dossier"
    made = export_site(folder, small, lexicon, Path("small.ledger"), filters={"who": WHO})
    wanted = {row.id for row in small.happenings(who=["USA", "BLR"])}
    assert wanted
    assert {one.stem.removeprefix("happening-") for one in folder.glob("happening-*")} == wanted
    pages = pages_of(folder)
    assert all("Paris" not in text for text in pages.values())
    assert all(f"who {WHO}" in text for text in pages.values())
    assert made.beyond
    assert any("data-beyond" in text for text in pages.values())
    assert "Beyond this dossier" in pages["beyond.html"]


def test_days_are_respected(small: Ledger, lexicon: Lexicon, tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    export_site(folder, small, lexicon, Path("small.ledger"), filters={"from": "2011"})
    dated = {row.id for row in small.happenings(since="2011")}
    undated = {row.id for row in small.happenings(dated=False)}
    held = {one.stem.removeprefix("happening-") for one in folder.glob("happening-*")}
    assert held == dated | undated
    assert dated


def test_a_list_is_there_once(dossier: Path) -> None:
    relations = [one.name for one in dossier.glob("relations-*")]
    assert len(relations) == len({frozenset(name[:-5].split("-")[1:]) for name in relations})
    assert not [one.name for one in dossier.glob("relations-*--*")]


def test_a_report_is_quoted_unless_whole_texts_are_asked_for(
    dossier: Path, small: Ledger, lexicon: Lexicon, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    export_site(whole, small, lexicon, Path("small.ledger"), filters={}, whole_texts=True)
    report: Report = next(iter(small.reports()))
    assert "Quoted, not copied" in (dossier / f"report-{report.id}.html").read_text("utf-8")
    assert "reading-words" in (whole / f"report-{report.id}.html").read_text("utf-8")


def test_a_folder_that_is_there_is_left_alone(
    small: Ledger, lexicon: Lexicon, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="is there already"):
        export_site(tmp_path, small, lexicon, Path("small.ledger"), filters={})


def test_the_command_writes_it(
    small: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = shutil.copytree(small.path, tmp_path / "small.ledger")
    target = tmp_path / "out"
    command = ["export", "site", "-L", str(ledger), "--who", "BLR", "--to", "2009"]
    assert run([*command, "-o", str(target), "--brief", QUESTION]) == 0
    assert "pages in" in capsys.readouterr().err
    assert (target / "index.html").is_file()
    assert [*target.glob("brief--*.html")]
    assert run([*command]) == 2
    assert run(["export", "csv", "--full-texts", "-L", str(ledger)]) == 2


def test_search_works_from_the_folder(dossier: Path, open_page: Callable[..., Any]) -> None:
    page = open_page((dossier / "search.html").as_uri())
    page.locator("#words").fill("belarus united states")
    hit = page.locator("#hits a").first
    assert "match" in page.locator("#found").inner_text()
    hit.click()
    assert page.locator("blockquote").count()
