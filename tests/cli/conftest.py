"""A ledger with two reports and what a reader would have found in them, made by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from chancery.cli.app import run
from chancery.errors import Problem
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import (
    Claim,
    Forecast,
    HeldState,
    Mention,
    Reading,
    Reason,
    Report,
    Span,
    Statement,
    Voice,
    When,
)

ESCAPES = "\x1b[31m\u202e"

FIRST = f"""Envoys in Minsk {ESCAPES}
Mike Pompeo visited Belarus earlier this month.

Belarus expelled the ambassador of the United States in March 2008, a Baltic official said.

It did so because of the sanctions, he said, and would lift the cap by 31 January 2020 if they went.

Belarus has capped American diplomats since 2008."""

SECOND = """=SUM(A1)
Officials of Belarus and the United States met."""


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def day(text: str) -> When:
    first = date.fromisoformat(text)
    return When(first=first, last=first, basis="stated")


def make_report(text: str, key: str, source: str | None, published: When) -> Report:
    title = text.partition("\n")[0]
    id_ = Report.make_id(
        text=text, title=title, published=published, source=source, url=None, key=key
    )
    return Report(id=id_, text=text, title=title, published=published, source=source, key=key)


def at(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(start, start + len(words))


def make_claim(
    report: Report,
    words: str,
    trigger: str,
    frame: tuple[str, str, str | None],
    actors: dict[str, str],
    targets: dict[str, str],
    when: When,
    voice: Voice | None = None,
) -> Claim:
    sides = [
        tuple(
            Mention(span=at(report, name), actor=code, candidates=(code,), score=1.0)
            for name, code in side.items()
        )
        for side in (actors, targets)
    ]
    place = at(report, trigger)
    return Claim(
        id=Claim.make_id(
            report=report.id, frame=frame[0], trigger=place, actors=sides[0], targets=sides[1]
        ),
        report=report.id,
        frame=frame[0],
        type=frame[1],  # type: ignore[arg-type]
        mode=frame[2],
        cameo="042",
        words=at(report, words),
        trigger=place,
        actors=sides[0],
        targets=sides[1],
        when=when,
        voice=voice or Voice(),
        score=0.9,
        run="run_0000000000000001",
    )


def make_findings(report: Report, claim: Claim, voice: Voice) -> tuple[Reason, Forecast, HeldState]:
    """A reason for the claim, a forecast and a state, as the report's later paragraphs tell."""
    passage, cue = at(report, "the sanctions"), at(report, "because of")
    reason = Reason(
        id=Reason.make_id(
            report=report.id, claim=claim.id, deed=claim.trigger, passage=passage, cue=cue
        ),
        report=report.id,
        claim=claim.id,
        deed=claim.trigger,
        passage=passage,
        kind="cause",
        cue=cue,
        voice=voice,
    )
    span, cue = at(report, "would lift the cap by 31 January 2020"), at(report, "would")
    forecast = Forecast(
        id=Forecast.make_id(report=report.id, span=span, cue=cue),
        report=report.id,
        span=span,
        test=at(report, "would lift the cap"),
        cue=cue,
        deadline=When(last=date(2020, 1, 31), basis="stated", words=at(report, "31 January 2020")),
        condition=at(report, "if they went"),
        voice=voice,
    )
    cue = at(report, "capped")
    state = HeldState(
        id=HeldState.make_id(report=report.id, kind="cap", phase="holds", cue=cue),
        report=report.id,
        kind="cap",
        phase="holds",
        span=at(report, "Belarus has capped American diplomats since 2008"),
        cue=cue,
        holders=("BLR.GOV",),
        since=When(first=date(2008, 1, 1), last=date(2008, 12, 31), basis="stated"),
    )
    return reason, forecast, state


def fill(ledger: Ledger) -> None:
    first = make_report(FIRST, "wire-1", "Baltic Courier", day("2020-02-10"))
    second = make_report(SECOND, "wire-2", None, When())
    baltic = Voice(kind="anonymous", name=at(first, "a Baltic official"), cue=at(first, "said"))
    visit = make_claim(
        first,
        "Mike Pompeo visited Belarus earlier this month",
        "visited",
        ("visit", "CONSULT", "visit"),
        {"Mike Pompeo": "USA.GOV"},
        {"Belarus": "BLR"},
        When(first=date(2020, 2, 1), last=date(2020, 2, 10), basis="reckoned"),
    )
    expelled = make_claim(
        first,
        "Belarus expelled the ambassador of the United States in March 2008",
        "expelled",
        ("expel-diplomats", "SANCTION", "expel"),
        {"Belarus": "BLR"},
        {"the United States": "USA"},
        When(first=date(2008, 3, 1), last=date(2008, 3, 31), basis="stated"),
        baltic,
    )
    met = make_claim(
        second,
        "Officials of Belarus and the United States met",
        "met",
        ("meet", "CONSULT", None),
        {"Belarus": "BLR.GOV", "the United States": "USA.GOV"},
        {},
        When(),
    )
    statement = Statement(
        id=Statement.make_id(report=first.id, content=expelled.words, voice=baltic),
        report=first.id,
        content=expelled.words,
        voice=baltic,
        mode="indirect",
    )
    found = make_findings(first, expelled, baltic)
    problem = Problem(
        stage="ingest",
        code="no-date",
        message="no date found",
        place="second.txt",
        hint="set one",
        report=second.id,
    )
    ledger.add([first, second, problem])
    ledger.record(
        [
            Reading(
                report=first.id,
                run=visit.run,
                claims=(visit, expelled),
                statements=(statement,),
                reasons=(found[0],),
                forecasts=(found[1],),
                states=(found[2],),
            ),
            Reading(report=second.id, run=visit.run, claims=(met,)),
        ]
    )
    ledger.reconcile()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Path:
    """A ledger that tests may look at; one that changes it makes its own."""
    path = tmp_path_factory.mktemp("filled") / "test.ledger"
    with Ledger.open(path, lexicon) as ledger:
        fill(ledger)
    return path


@pytest.fixture
def own(tmp_path: Path, filled: Path) -> Path:
    """A copy of `filled` that a test may change."""
    return Path(shutil.copytree(filled, tmp_path / "ledger" / "own.ledger"))


@pytest.fixture
def chancery(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lexicon: Lexicon
) -> Callable[..., Answer]:
    """Run the command line in this process: `chancery("chron", "-L", path)`.

    The lexicon is loaded once for all calls, which saves a quarter of the time.
    """
    load = Lexicon.load
    monkeypatch.setattr(Lexicon, "load", lambda path=None: load(path) if path else lexicon)
    monkeypatch.delenv("CHANCERY_LEDGER", raising=False)
    monkeypatch.setenv("COLUMNS", "140")

    def call(*words: object) -> Answer:
        code = run([str(word) for word in words])
        return Answer(code, *capsys.readouterr())

    return call
