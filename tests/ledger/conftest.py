"""Small reports, and readings of them made by hand: `build` makes both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chancery.ledger import Ledger
from chancery.ledger.filters import parse_days
from chancery.model import (
    Aside,
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

NAMES = {"USA": "Washington", "BLR": "Minsk", "RUS": "Moscow", "UKR": "Kyiv", "POL": "Warsaw"}
TYPES = {"meet": "CONSULT", "visit": "CONSULT", "accuse": "ACCUSE", "expel-diplomats": "COERCE"}
MODES = {"visit": "visit", "expel-diplomats": "deport"}


class Build:
    """Makes reports, claims and readings out of a few words."""

    @staticmethod
    def when(words: str | None, basis: str = "stated") -> When:
        """`2020-02`, `2020-02-01/2020-02-10`, `../2020-02-10` or nothing."""
        if not words:
            return When()
        first, _, last = words.partition("/")
        ends = (first, last or first)
        days = [None if end == ".." else parse_days(end)[at] for at, end in enumerate(ends)]
        return When(first=days[0], last=days[1], basis=basis)  # type: ignore[arg-type]

    @classmethod
    def report(
        cls,
        text: str = "Envoys talk\nWashington met Minsk on Monday. Moscow was not amused.",
        *,
        title: str | None = None,
        published: str | None = "2020-02-10",
        source: str | None = "Baltic Courier",
        key: str | None = None,
        credit: str | None = None,
        language: str = "en",
    ) -> Report:
        title = text.partition("\n")[0] if title is None else title
        day = cls.when(published)
        place = text.index(credit) if credit else 0
        asides = (Aside(kind="credit", span=Span(place, place + len(credit))),) if credit else ()
        return Report(
            id=Report.make_id(
                text=text, title=title, published=day, source=source, url=None, key=key
            ),
            text=text,
            title=title,
            published=day,
            source=source,
            key=key,
            language=language,
            asides=asides,
        )

    @staticmethod
    def at(report: Report, words: str) -> Span:
        start = report.text.index(words)
        return Span(start, start + len(words))

    @classmethod
    def claim(
        cls,
        report: Report,
        frame: str = "meet",
        actors: str = "USA",
        targets: str = "BLR",
        when: str | When | None = None,
        words: str = "Washington met Minsk on Monday",
        trigger: str = "met",
        **fields: Any,
    ) -> Claim:
        sides = [
            tuple(
                Mention(span=cls.at(report, words), actor=code or None, score=0.5)
                for code in side.split("+")
                if side
            )
            for side in (actors, targets)
        ]
        place = cls.at(report, trigger)
        mode = fields.pop("mode", MODES.get(frame))
        return Claim(
            id=Claim.make_id(
                report=report.id, frame=frame, trigger=place, actors=sides[0], targets=sides[1]
            ),
            report=report.id,
            frame=frame,
            type=TYPES.get(frame, frame.upper()),  # type: ignore[arg-type]
            mode=mode,
            words=cls.at(report, words),
            trigger=place,
            actors=sides[0],
            targets=sides[1],
            when=when if isinstance(when, When) else cls.when(when),
            **fields,
        )

    @classmethod
    def statement(cls, report: Report, words: str, **voice: Any) -> Statement:
        said_by = Voice(**{"kind": "named", **voice})
        content = cls.at(report, words)
        return Statement(
            id=Statement.make_id(report=report.id, content=content, voice=said_by),
            report=report.id,
            content=content,
            voice=said_by,
            mode="indirect",
        )

    @classmethod
    def reason(cls, report: Report, claim: Claim, words: str, cue: str) -> Reason:
        parts = {
            "deed": claim.trigger,
            "passage": cls.at(report, words),
            "cue": cls.at(report, cue),
        }
        id_ = Reason.make_id(report=report.id, claim=claim.id, **parts)
        return Reason(id=id_, report=report.id, claim=claim.id, kind="cause", **parts)

    @classmethod
    def forecast(cls, report: Report, words: str, by: str | None = None, **fields: Any) -> Forecast:
        span = cls.at(report, words)
        return Forecast(
            id=Forecast.make_id(report=report.id, span=span, cue=span),
            report=report.id,
            span=span,
            test=span,
            cue=span,
            deadline=cls.when(f"../{by}") if by else None,
            **fields,
        )

    @classmethod
    def state(cls, report: Report, words: str, kind: str = "ban", **fields: Any) -> HeldState:
        span = cls.at(report, words)
        return HeldState(
            id=HeldState.make_id(report=report.id, kind=kind, phase="holds", cue=span),
            report=report.id,
            kind=kind,
            phase="holds",
            span=span,
            cue=span,
            **fields,
        )

    @staticmethod
    def reading(report: Report, *claims: Claim, run: str = "run_1", **found: Any) -> Reading:
        return Reading(report=report.id, run=run, claims=claims, **found)


@pytest.fixture(scope="session")
def build() -> type[Build]:
    return Build


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "test.ledger") as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One ledger for the questions of a whole file: whoever asks must not change it."""
    with Ledger.open(tmp_path_factory.mktemp("shared") / "test.ledger") as opened:
        yield opened


def teller(ledger: Ledger, build: type[Build]) -> Callable[..., Report]:
    """Return what puts a report with one claim into a ledger."""

    def put(text: str | None = None, *, run: str = "run_1", **fields: Any) -> Report:
        of_report = {
            name: fields.pop(name) for name in ("published", "source", "key") if name in fields
        }
        report = build.report(text, **of_report) if text else build.report(**of_report)
        ledger.add([report])
        ledger.record([build.reading(report, build.claim(report, **fields), run=run)])
        return report

    return put


@pytest.fixture
def tell(ledger: Ledger, build: type[Build]) -> Callable[..., Report]:
    """Put a report with one claim into the ledger; keywords go to the report or to the claim."""
    return teller(ledger, build)


@pytest.fixture(scope="module")
def tell_shared(shared_ledger: Ledger, build: type[Build]) -> Callable[..., Report]:
    """The same for the ledger that a whole file shares."""
    return teller(shared_ledger, build)
