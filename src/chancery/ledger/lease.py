"""The write lease: one writer at a time, told to everyone else by name.

The lease is a lock on a file, which the system lets go when its holder dies, however it dies.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from chancery.errors import LedgerLocked

RETRY_SECONDS: Final = 0.05


class Holder(msgspec.Struct, frozen=True):
    """Who writes: the process, and the instant since when (ISO 8601, UTC)."""

    pid: int
    since: str


class Lease:
    """The lease of one ledger; may be taken again while it is held."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._depth = 0

    @property
    def held(self) -> bool:
        """Say whether this ledger object holds the lease."""
        return self._depth > 0

    def taken(self) -> bool:
        """Say whether another ledger object, here or in another process, holds the lease."""
        import fcntl

        if self.held:
            return False
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    @contextmanager
    def hold(self) -> Iterator[bool]:
        """Hold the lease; gives true where it was not already held.

        Raises `LedgerLocked`, naming the process, where another holds it.
        """
        if self._depth:
            self._depth += 1
            try:
                yield False
            finally:
                self._depth -= 1
            return
        with self._lock():
            self._depth = 1
            try:
                yield True
            finally:
                self._depth = 0

    @contextmanager
    def _lock(self) -> Iterator[None]:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                _lock_soon(descriptor)
            except BlockingIOError as error:
                raise _locked_by(_read_holder(self._path)) from error
            holder = Holder(os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"))
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, msgspec.json.encode(holder), 0)
            yield
        finally:
            os.close(descriptor)


def _lock_soon(descriptor: int) -> None:
    """Lock a file; whoever only asks `taken` has it for an instant, so a second try is made."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(RETRY_SECONDS)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read_holder(path: Path) -> Holder | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        # The holder has the lock, but not yet written its name.
        return None


def _locked_by(holder: Holder | None) -> LedgerLocked:
    name = f"process {holder.pid} since {holder.since}" if holder else "another process"
    return LedgerLocked(
        f"the ledger is being written by {name}",
        hint="reading goes on meanwhile; write again when that process has ended",
        pid=holder.pid if holder else None,
        since=holder.since if holder else None,
    )
