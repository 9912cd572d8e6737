"""A small ledger whose reports are hostile: every form is written from it and read back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import (
    Claim,
    Forecast,
    Mention,
    Place,
    Reading,
    Report,
    Span,
    Standing,
    Statement,
    Voice,
    When,
)
from chancery.outputs.exports import write_export

UNDATED = When()
RUN = "run_0000000000000001"
HOSTILE = '<script>alert("1")</script> {\\input{x}} 50% & co_'
OUTLET = "Baltic\r\nER  - \nCourier & Sons {"
FIRST = f"""Envoys in Minsk {HOSTILE}
Mike Pompeo of the United States visited Belarus <img src=x onerror=alert(2)> in Minsk in February.

Belarus expelled the ambassador of the United States from Belarus in March 2008, an "official" said.

The United States will visit Belarus in 2021. The United States did not attack Belarus.

The cap would be lifted by 31 January 2020, the official said.

{"This paragraph is of no row and must stay within the ledger. " * 8}"""
SECOND = """=SUM(A1)
Officials of Belarus and the United States met. NATO praised Belarus and Russia."""


def days(first: str | None, last: str | None) -> When:
    ends = [date.fromisoformat(day) if day else None for day in (first, last)]
    return When(first=ends[0], last=ends[1], basis="stated")


def make_report(
    text: str, key: str, source: str | None, url: str | None, published: When
) -> Report:
    title = text.partition("\n")[0]
    name = Report.make_id(
        text=text, title=title, published=published, source=source, url=url, key=key
    )
    return Report(
        id=name, text=text, title=title, published=published, source=source, url=url, key=key
    )


def at(report: Report, words: str, within: str = "") -> Span:
    start = report.text.index(words, report.text.index(within) if within else 0)
    return Span(start, start + len(words))


def make_claim(
    report: Report,
    words: str,
    trigger: str,
    deed: tuple[str, str, str | None, str],
    actors: dict[str, str],
    targets: dict[str, str],
    when: When = UNDATED,
    where: tuple[str, str] | None = None,
    standing: Standing = "happened",
    voice: Voice | None = None,
) -> Claim:
    sides = [
        tuple(
            Mention(span=at(report, name, words), actor=code, candidates=(code,), score=1.0)
            for name, code in side.items()
        )
        for side in (actors, targets)
    ]
    place = at(report, trigger, words)
    frame, type_, mode, cameo = deed
    return Claim(
        id=Claim.make_id(
            report=report.id, frame=frame, trigger=place, actors=sides[0], targets=sides[1]
        ),
        report=report.id,
        frame=frame,
        type=type_,  # type: ignore[arg-type]
        mode=mode,
        cameo=cameo,
        words=at(report, words),
        trigger=place,
        actors=sides[0],
        targets=sides[1],
        when=when,
        where=Place(span=at(report, where[0], words), country=where[1]) if where else None,
        standing=standing,
        voice=voice or Voice(),
        score=0.9,
        run=RUN,
    )


VISIT = ("visit", "CONSULT", "visit", "042")


def first_reading(report: Report) -> Reading:
    official = Voice(
        kind="anonymous", name=at(report, 'an "official"'), cue=at(report, "said"), stance="says"
    )
    visit = make_claim(
        report,
        "Mike Pompeo of the United States visited Belarus <img src=x onerror=alert(2)> in Minsk",
        "visited",
        VISIT,
        {"Mike Pompeo": "USA.GOV"},
        {"Belarus": "BLR"},
        days("2020-02-01", "2020-02-10"),
        ("Minsk", "BLR"),
    )
    expelled = make_claim(
        report,
        "Belarus expelled the ambassador of the United States from Belarus",
        "expelled",
        ("expel-diplomats", "SANCTION", "expel", "166"),
        {"Belarus": "BLR.GOV"},
        {"the United States": "USA"},
        days("2008-03-01", "2008-03-31"),
        ("Belarus", "BLR"),
        voice=official,
    )
    planned = make_claim(
        report,
        "The United States will visit Belarus in 2021",
        "visit",
        VISIT,
        {"The United States": "USA"},
        {"Belarus": "BLR"},
        days("2021-01-01", "2021-12-31"),
        standing="planned",
    )
    attack = make_claim(
        report,
        "The United States did not attack Belarus",
        "attack",
        ("attack", "ASSAULT", None, "190"),
        {"The United States": "USA"},
        {"Belarus": "BLR"},
        days("2020-01-01", "2020-02-10"),
        standing="negated",
    )
    statement = Statement(
        id=Statement.make_id(report=report.id, content=expelled.words, voice=official),
        report=report.id,
        content=expelled.words,
        voice=official,
        mode="indirect",
    )
    span, cue = at(report, "would be lifted by 31 January 2020"), at(report, "would be")
    forecast = Forecast(
        id=Forecast.make_id(report=report.id, span=span, cue=cue),
        report=report.id,
        span=span,
        test=at(report, "lifted"),
        cue=cue,
        deadline=days(None, "2020-01-31"),
        voice=Voice(kind="anonymous", name=at(report, "the official")),
    )
    return Reading(
        report=report.id,
        run=RUN,
        claims=(visit, expelled, planned, attack),
        statements=(statement,),
        forecasts=(forecast,),
    )


def second_reading(report: Report) -> Reading:
    met = make_claim(
        report,
        "Officials of Belarus and the United States met",
        "met",
        ("meet", "CONSULT", None, "040"),
        {"Belarus": "BLR.GOV", "the United States": "USA.GOV"},
        {},
    )
    praised = make_claim(
        report,
        "NATO praised Belarus and Russia",
        "praised",
        ("praise", "SUPPORT", None, "051"),
        {"NATO": "IGO.NATO"},
        {"Belarus": "BLR.JRN", "Russia": "RUS"},
        days(None, "2020-05-31"),
    )
    return Reading(report=report.id, run=RUN, claims=(met, praised))


def fill(ledger: Ledger) -> None:
    first = make_report(
        FIRST,
        "wire-1",
        OUTLET,
        'https://news.example/a b?q=<x>&y="z"',
        days("2020-02-10", "2020-02-10"),
    )
    second = make_report(SECOND, "wire-2", None, "javascript:alert(3)", When())
    third = make_report(
        "Quiet\nNothing was read here.", "wire-3", "Second Outlet", None,
        days("2019-01-01", "2019-01-31"),
    )  # fmt: skip
    ledger.add([first, second, third])
    ledger.record(
        [
            first_reading(first),
            second_reading(second),
            Reading(report=third.id, run=RUN),
        ]
    )
    [forecast] = ledger.forecasts()
    expelled = next(one for one in ledger.claims() if one.frame == "expel-diplomats")
    ledger.decide(
        forecast.id,
        f"outcome borne out {expelled.id}",
        reason="<b>so</b> it came",
        who="Ada",
        made="2026-11-22T14:05:00Z",
    )
    ledger.reconcile()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Ledger:
    """A ledger that tests look at and do not change."""
    opened = Ledger.open(tmp_path_factory.mktemp("hostile") / "test.ledger", lexicon)
    fill(opened)
    return opened


@pytest.fixture(scope="session")
def written(ledger: Ledger, lexicon: Lexicon) -> Callable[..., bytes]:
    """Write an export to memory: `written("ris", "claims", who="USA")`."""

    def write(form: str, thing: str | None = None, **filters: Any) -> bytes:
        target = io.BytesIO()
        write_export(target, ledger, lexicon, form, thing, **filters)
        return target.getvalue()

    return write


@pytest.fixture(scope="session")
def first(ledger: Ledger) -> Report:
    return ledger.report("wire-1")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder with nothing in it but what the test writes."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder
