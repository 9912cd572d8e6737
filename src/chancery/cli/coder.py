"""Reports through a reader without a ledger, in order, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from chancery.cli.progress import IN_SUMMARY, say, say_problem
from chancery.engines import LocalEngine
from chancery.errors import Problem
from chancery.model import Reading, Report
from chancery.outputs.visible import one_line
from chancery.pipeline import batches
from chancery.read import Reader


class Coder:
    """Reads a stream of reports, says every problem, and counts what gave no reading."""

    def __init__(self, reader: Reader, jobs: int) -> None:
        self._reader, self._engine = reader, LocalEngine(jobs)
        self._handed_out: deque[list[Report]] = deque()
        self._told: set[str | None] = set()
        self.missed_count = 0

    def through(self, items: Iterable[Report | Problem]) -> Iterator[tuple[Report, Reading]]:
        """Give each report with its reading."""
        for readings in self._engine.map(self._reader.read_batch, self._batches(items)):
            for report, reading in zip(self._handed_out.popleft(), readings, strict=True):
                for problem in reading.problems:
                    say_problem(problem)
                if reading.unread is None:
                    yield report, reading
                else:
                    self._miss(report, reading.unread)

    def _batches(self, items: Iterable[Report | Problem]) -> Iterator[list[Report]]:
        for batch in batches(items):
            for item in batch:
                if isinstance(item, Problem):
                    say_problem(item)
                    # An undated report is read all the same: nothing is said yet of why not.
                    self._told |= set() if item.code in IN_SUMMARY else {item.report}
                    self.missed_count += item.report is None
            self._handed_out.append([item for item in batch if isinstance(item, Report)])
            yield self._handed_out[-1]

    def _miss(self, report: Report, why: str) -> None:
        """Count a report that gave no reading, and say why unless its problem was said before."""
        self.missed_count += 1
        if report.id not in self._told:
            say(one_line(f"{report.key or report.id}: not read: {why}"))
