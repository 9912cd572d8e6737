"""The path, on one page: report → claim → happening.

    files ──ingest──► Report ──read──► Claim ──reconcile──► Happening

Every step may be run twice: what the ledger already holds is skipped, and a run that was cut off
goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from chancery.engines import Engine, LocalEngine
from chancery.errors import Problem
from chancery.ingest import ingest
from chancery.ledger import Ledger
from chancery.model import Reading, Report
from chancery.read import Reader

BATCH_SIZE = 64
"""Reports to a batch: a batch is added, read and committed as a whole, and held in memory."""

SHOWN_SECONDS = 20.0
"""After so long, whoever has the ledger open is offered what was read so far; then after twice as
long each time, so that a long run is not spent on it."""

T = TypeVar("T")


class Due:
    """Says when something is due: after some seconds, then after twice as many each time."""

    def __init__(self, seconds: float) -> None:
        self._wait = seconds
        self._at = time.monotonic() + seconds

    def now(self) -> bool:
        """Say whether it is due now; if so, the next time is later."""
        if time.monotonic() < self._at:
            return False
        self._wait *= 2
        self._at = time.monotonic() + self._wait
        return True


class RunResult(msgspec.Struct, kw_only=True):
    """What one run did so far, as counts, with every problem it met."""

    added: int = 0
    known: int = 0
    read: int = 0
    unread: int = 0
    claims: int = 0
    statements: int = 0
    happenings: int = 0
    undated: list[str] = []
    problems: list[Problem] = []


def run(
    paths: Iterable[str | Path],
    ledger: Ledger,
    reader: Reader,
    *,
    mapping: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    engine: Engine | None = None,
    progress: Callable[[RunResult], None] = lambda result: None,
) -> RunResult:
    """Take files all the way to happenings, in batches, holding the ledger's write lease."""
    result = RunResult()
    with ledger.writing():
        for batch in batches(ingest(*paths, mapping=mapping, stdin=stdin)):
            add(batch, ledger, result)
            progress(result)
        due = Due(SHOWN_SECONDS)
        for readings in read_all(ledger.unread(reader.run_of), reader, engine or LocalEngine()):
            record(readings, ledger, result)
            if due.now():
                ledger.reconcile()
            progress(result)
        result.happenings = ledger.reconcile()
    return result


def add(items: Sequence[Report | Problem], ledger: Ledger, result: RunResult) -> None:
    """Add reports to the ledger, each once, and keep their problems."""
    added = ledger.add(items)
    result.added += added.new
    result.known += added.known
    result.problems += [item for item in items if isinstance(item, Problem)]
    result.undated += [
        item.id for item in items if isinstance(item, Report) and not item.published.known
    ]


def read_all(reports: Iterable[Report], reader: Reader, engine: Engine) -> Iterator[list[Reading]]:
    """Read reports batch by batch, wherever the engine runs."""
    return engine.map(reader.read_batch, batches(reports))


def record(readings: Sequence[Reading], ledger: Ledger, result: RunResult) -> None:
    """Record one batch of readings."""
    recorded = ledger.record(readings)
    result.read += recorded.read
    result.unread += recorded.unread
    result.claims += recorded.claims
    result.statements += recorded.statements
    result.problems += [problem for reading in readings for problem in reading.problems]


def batches(items: Iterable[T], size: int = BATCH_SIZE) -> Iterator[list[T]]:
    """Cut a stream into lists of at most `size`."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
