"""Exit codes, and how an error is told."""

from __future__ import annotations

from typing import Final

import click

from chancery.errors import ChanceryError, LedgerLocked, UsageError
from chancery.outputs.visible import visible

OK: Final = 0
FAILURE: Final = 1
USAGE: Final = 2
REJECTED: Final = 3
LOCKED: Final = 4
UNVERIFIED: Final = 5
STOPPED: Final = 130
PIPE_CLOSED: Final = 141

MEANINGS: Final = {
    OK: "fine",
    FAILURE: "failure",
    USAGE: "misused: an option or argument that cannot be meant",
    REJECTED: "finished, some items rejected",
    LOCKED: "locked by another writer",
    UNVERIFIED: "verification failed",
    STOPPED: "stopped with Ctrl-C; the same command goes on where it stopped",
    PIPE_CLOSED: "the reader of the output closed it",
}


def code_of(error: ChanceryError) -> int:
    """Choose the exit code for an error."""
    if isinstance(error, UsageError):
        return USAGE
    return LOCKED if isinstance(error, LedgerLocked) else FAILURE


def tell(error: ChanceryError) -> None:
    """Say on standard error what is wrong and what to do next, without a traceback."""
    click.echo(visible(f"error: {error}"), err=True)


def describe(error: OSError) -> str:
    """Say what the system refused, and for which file."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
