"""Progress and problems, said on standard error while the work goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from chancery.errors import Problem
from chancery.outputs.visible import visible
from chancery.outputs.words import counted

if TYPE_CHECKING:
    from chancery.pipeline import RunResult

PROBLEMS_SHOWN: Final = 50
IN_SUMMARY: Final = frozenset({"undated"})
"""Problems that the summary counts; `chancery log problems` lists each."""
LINES_EVERY: Final = 16
"""Without a terminal, one line of progress for so many batches."""
WORTH_A_BAR: Final = 2_000
"""From so many rows on, writing them takes long enough to show how far it is."""

Show = Callable[["RunResult"], None]
Say = Callable[[str], None]


class Telling:
    """Says how a run goes: problems as they are met, and how far it is."""

    def __init__(self, show: Show, say: Say) -> None:
        self._show, self._say = show, say
        self._seen_count = self._told_count = 0

    def __call__(self, result: RunResult) -> None:
        """Tell what is new since the last time."""
        for problem in result.problems[self._seen_count :]:
            if problem.code in IN_SUMMARY:
                continue
            self._told_count += 1
            if self._told_count <= PROBLEMS_SHOWN:
                self._say(visible(str(problem)))
        self._seen_count = len(result.problems)
        self._show(result)

    def end(self, result: RunResult) -> None:
        """Say how many problems were not shown."""
        self(result)
        if self._told_count > PROBLEMS_SHOWN:
            more = counted(self._told_count - PROBLEMS_SHOWN, "more problem")
            self._say(f"… {more}: chancery log problems")


@contextmanager
def telling(*, quiet: bool) -> Iterator[Telling]:
    """Give a live bar on a terminal, plain lines elsewhere, and problems alone if quiet."""
    if quiet:
        yield Telling(_nothing, say)
    elif sys.stderr.isatty():
        with _bar() as (show, say_above):
            yield Telling(show, say_above)
    else:
        yield Telling(_Lines(), say)


def say(words: str) -> None:
    """Say words on standard error."""
    click.echo(words, err=True)


def say_problem(problem: Problem) -> None:
    """Say one problem."""
    say(visible(str(problem)))


def _nothing(result: RunResult) -> None:
    """Show no progress."""


def read_count(result: RunResult) -> int:
    """Count the reports that the reader is through with."""
    return result.read + result.unread


@contextmanager
def counting(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a bar for a count whose end is known, on a terminal; nothing elsewhere or if quiet.

    What takes only a moment shows none.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task(label, total=None, visible=False)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, visible=total >= WORTH_A_BAR)

        yield show


class _Lines:
    """Prints one line of progress for every so many batches."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self, result: RunResult) -> None:
        self._calls += 1
        if self._calls % LINES_EVERY == 0:
            say(f"{result.added + result.known:,} taken in, {read_count(result):,} read")


@contextmanager
def _bar() -> Iterator[tuple[Show, Say]]:
    """Draw a bar that knows its end once all reports are taken in."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task("Taking in …", total=None)

        def show(result: RunResult) -> None:
            done = read_count(result)
            if done:
                total = max(result.added, done)
                progress.update(task, description="Reading …", completed=done, total=total)
            else:
                progress.update(task, completed=result.added + result.known)

        yield show, lambda words: console.print(words, markup=False, highlight=False)
