"""This computer: in this process, or in a few processes beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

BATCHES_AHEAD = 2
"""Batches handed out per process before the first answer is taken: enough to keep it busy."""


class Engine(Protocol):
    """Anything that can map a picklable function over batches, keeping their order."""

    def map(self, function: Callable[[In], Out], batches: Iterable[In]) -> Iterator[Out]:
        """Give the function's answers in the order of the batches."""
        ...


class LocalEngine:
    """Runs in this process, or in `jobs` processes where more than one is asked for.

    Batches are drawn only as they are needed, so the whole input is never in memory.
    """

    def __init__(self, jobs: int = 1) -> None:
        if jobs < 1:
            raise ValueError(f"jobs must be at least 1, not {jobs}")
        self.jobs = jobs

    def map(self, function: Callable[[In], Out], batches: Iterable[In]) -> Iterator[Out]:
        """Give the function's answers in the order of the batches."""
        if self.jobs == 1:
            yield from map(function, batches)
        else:
            yield from self._map_apart(function, batches)

    def _map_apart(self, function: Callable[[In], Out], batches: Iterable[In]) -> Iterator[Out]:
        import multiprocessing
        from concurrent.futures import Future, ProcessPoolExecutor

        # "spawn": a forked child would inherit open SQLite and DuckDB handles.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.jobs, mp_context=context) as pool:
            waiting: deque[Future[Out]] = deque()
            for batch in batches:
                waiting.append(pool.submit(function, batch))
                if len(waiting) >= self.jobs * BATCHES_AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
