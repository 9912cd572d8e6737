"""Makes a big ledger for `bench_desk.py` from the reports of another.

Whole reports are drawn, their days moved, the states in their claims exchanged for others, and
every other word exchanged for one as long, so that they are no copies but every quotation
still stands at its offsets. What was read beside claims (statements, reasons, forecasts, mentions)
comes along. All is written as a reader would: `add`, `record`, `reconcile`. The seed is fixed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
from bench_reconcile import REPORTS_AT_ONCE, Maker

from chancery.ledger import Ledger
from chancery.model import Forecast, Mention, Reading, Reason, Report, Span, Statement

T = TypeVar("T", Statement, Reason, Forecast)

SEED = 8
REWORDED = 0.5
"""Share of the words of a text that others stand in the place of; fewer make copies of it."""
HAPPENINGS_PER_CLAIM = 0.94

_WORD = re.compile(r"\w{2,}")


class DeskMaker(Maker):
    """Makes reports with all that was read in those of a ledger."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        super().__init__(ledger, seed)
        self._words: dict[int, list[str]] = {}
        for word in sorted({word for one in self._reports for word in _WORD.findall(one.text)}):
            if word.islower():
                self._words.setdefault(len(word), []).append(word)
        self._statements = _by_report(ledger.statements())
        self._reasons = _by_report(ledger.reasons())
        self._forecasts = _by_report(ledger.forecasts())
        self._mentions = _mentions_of(ledger)

    def make_like(self, like: Report) -> tuple[Report, Reading]:
        """Return a report like another, with a reading of all that was found in it."""
        report, reading = super().make_like(like)
        url = f"{like.url or 'https://example.org/'}?made={report.key}"
        moved = msgspec.structs.replace(report, url=url)
        moved = msgspec.structs.replace(moved, id=Report.make_id(
            text=moved.text, title=moved.title, published=moved.published, source=moved.source,
            url=url, key=moved.key,
        ))  # fmt: skip
        claims = tuple(
            msgspec.structs.replace(claim, report=moved.id, id=claim.make_id(
                report=moved.id, frame=claim.frame, trigger=claim.trigger, actors=claim.actors,
                targets=claim.targets,
            ))
            for claim in reading.claims
        )  # fmt: skip
        ids = {
            old.id: new.id for old, new in zip(self._claims[like.id], claims, strict=True)
        }  # fmt: skip
        return moved, msgspec.structs.replace(
            reading, report=moved.id, claims=claims,
            mentions=self._mentions.get(like.id, ()),
            statements=tuple(_move(one, moved.id) for one in self._statements.get(like.id, ())),
            reasons=tuple(
                _move(msgspec.structs.replace(one, claim=ids.get(one.claim or "")), moved.id)
                for one in self._reasons.get(like.id, ())
            ),
            forecasts=tuple(_move(one, moved.id) for one in self._forecasts.get(like.id, ())),
        )  # fmt: skip

    def _reworded(self, text: str) -> str:
        """Return a text with some words exchanged for others as long."""

        def turn(found: re.Match[str]) -> str:
            word = found[0]
            others = self._words.get(len(word)) if word.islower() else None
            if others is None or self._random.random() >= REWORDED:
                return word
            return others[self._random.randrange(len(others))]

        return _WORD.sub(turn, text)


def make_ledger(source: Path, target: Path, happenings: int) -> int:
    """Write a ledger of about so many happenings, and return how many it has."""
    with Ledger.open(source, create=False) as ledger:
        maker = DeskMaker(ledger, SEED)
    with Ledger.open(target) as ledger:
        with ledger.writing():
            batch: list[tuple[Report, Reading]] = []
            for one in maker.reports(int(happenings / HAPPENINGS_PER_CLAIM)):
                batch.append(one)
                if len(batch) == REPORTS_AT_ONCE:
                    _put(ledger, batch)
                    batch.clear()
            _put(ledger, batch)
            ledger.compact()
        return ledger.reconcile()


def _put(ledger: Ledger, batch: list[tuple[Report, Reading]]) -> None:
    ledger.add(report for report, _ in batch)
    ledger.record(reading for _, reading in batch)


def _by_report(rows: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.report, []).append(row)
    return found


def _mentions_of(ledger: Ledger) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, list[Mention]] = {}
    query = "SELECT * FROM mentions ORDER BY report, ordinal"
    for row in ledger.sql(query):
        found.setdefault(row["report"], []).append(Mention(
            span=Span(row["words_start"], row["words_end"]), actor=row["actor"], name=row["name"],
            candidates=tuple(row["candidates"]), score=row["score"],
        ))  # fmt: skip
    return {report: tuple(some) for report, some in found.items()}


def _move(one: T, report: str) -> T:
    """Return a row of another report, with the id that it has there."""
    moved = msgspec.structs.replace(one, report=report)
    fields: Callable[..., str] = moved.make_id
    names = {
        Statement: ("content", "voice"),
        Reason: ("claim", "deed", "passage", "cue"),
        Forecast: ("span", "cue"),
    }[type(one)]
    return msgspec.structs.replace(
        moved, id=fields(report=report, **{name: getattr(moved, name) for name in names})
    )
