"""What can go wrong, as exceptions for callers and as values for input.

A mistake of the caller, or a promise that broke, is an exception:

    ChanceryError
    ├── UsageError          an argument that cannot be meant (unknown actor, bad date, no such id)
    ├── LexiconError        a data table that does not hold together; stops the load
    ├── MissingExtra        a feature whose optional packages are not installed
    └── LedgerError         the ledger on disk
        ├── NotALedger      the folder is none, or of a version this program does not know
        ├── LedgerLocked    another process is writing
        └── LedgerDamaged   a stored file does not match its hash or cannot be read

Bad input is never an exception: it becomes a `Problem`, is counted, stored and shown, and the
other reports go on.
"""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing that was wrong with the input, said so that a person can mend it.

    `stage` is the step that met it (`ingest`, `read`, `lexicon`, …), `code` a stable short name,
    `place` a `file:line`, a file, or `report:start-end`, and `hint` what to do next. `report` is
    the report's id where the report was kept all the same.
    """

    stage: str
    code: str
    message: str
    place: str = ""
    hint: str = ""
    report: str | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"


class ChanceryError(Exception):
    """Root of everything Chancery raises; `hint` says what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


class UsageError(ChanceryError):
    """The caller asked for something that cannot be meant."""


class LexiconError(ChanceryError):
    """A data table does not hold together; `problems` lists every fault found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class MissingExtra(ChanceryError):  # noqa: N818 -- named for what the reader must install
    """A feature needs packages that are not installed; the message names the extra."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the extra '{extra}'",
            hint=f"pip install 'chancery[{extra}]'",
        )


class LedgerError(ChanceryError):
    """Something about the ledger on disk."""


class NotALedger(LedgerError):  # noqa: N818
    """The folder is no ledger, or one written by a version this program does not know."""


class LedgerLocked(LedgerError):  # noqa: N818
    """Another process is writing to the ledger: `pid`, `since` (ISO 8601, UTC), where known."""

    def __init__(
        self, message: str, *, hint: str = "", pid: int | None = None, since: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.pid = pid
        self.since = since


class LedgerDamaged(LedgerError):  # noqa: N818
    """A stored file does not match its hash or cannot be read."""
