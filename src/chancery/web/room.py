"""The room where one ledger is laid out: opened once, looked at by many, written to by one."""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chancery.ledger import Ledger, Snapshot
from chancery.lexicon import Lexicon
from chancery.web.address import Address
from chancery.web.ahead import Ahead
from chancery.web.patience import Patience
from chancery.web.queues import Queues
from chancery.web.visit import Visit
from chancery.web.words_held import Words
from chancery.web.work import Work

if TYPE_CHECKING:
    from chancery.read import Reader

CLOSING_SECONDS: Final = 5.0
WORKS_KEPT: Final = 20
"""Ended work whose page can still be opened."""


class Room:
    """A served ledger: where it lies, who may write, and the secrets of this run.

    Readers share one `Ledger` and name their snapshot with every query. Whoever settles something
    takes turns. `works` are pieces of long work by their ids, `files` what exports have written.
    """

    def __init__(
        self, path: Path, lexicon: Lexicon | None = None, *, read_only: bool = False,
        token: str | None = None,
    ) -> None:  # fmt: skip
        self.path = path
        self.lexicon = lexicon or Lexicon.load()
        self.ledger = Ledger.open(path, self.lexicon, create=False)
        self.read_only = read_only
        self.token = token
        self.csrf = secrets.token_urlsafe(24)
        self.works: OrderedDict[str, Work] = OrderedDict()
        self.files: dict[str, Path] = {}
        self._aside = tempfile.TemporaryDirectory(prefix="chancery-")
        self.aside = Path(self._aside.name)
        self.queues = Queues(self.ledger)
        self.words = Words()
        self.patience = Patience(self.begin)
        self.ahead = Ahead(self)
        self._owed = 0
        self._writing = threading.Lock()
        self._newest = threading.Lock()

    def newest(self) -> Snapshot:
        """Return the newest snapshot that can be looked at without deriving anything first.

        While somebody writes, that is the newest that is ready. Else it is the newest of all, so
        that what was settled, here or elsewhere, is seen at once: whoever looks first derives it.
        """
        with self._newest:
            ready = self.ledger.refresh(ready=True)
            writing = self.ledger.being_written or self._writing.locked()
            return ready if writing and ready.number >= self._owed else self.ledger.refresh()

    def visit(self, address: Address, who: str = "") -> Visit:
        """Begin a look at what an address names; `who` is the name that the reader goes by.

        Raises `UsageError` where its snapshot is none.
        """
        begun = address.as_of or address.get("at")
        snapshot = self.ledger.snapshot_at(begun) if begun else self.newest()
        return Visit(
            address, self.ledger, self.lexicon, snapshot,
            where=self.path, room=self, live=not self.read_only, who=who,
        )  # fmt: skip

    def begin(self, work: Work) -> Work:
        """Keep work that was begun, so that its page finds it; the oldest that has ended goes."""
        self.works[work.id] = work
        for name in [name for name, one in self.works.items() if one.ended()][:-WORKS_KEPT]:
            del self.works[name]
        return work

    @contextmanager
    def settling(self) -> Iterator[Ledger]:
        """Hold the pen: one at a time in this process; the ledger's lease keeps others off."""
        with self._writing:
            try:
                yield self.ledger
            finally:
                self._owed = self.ledger.snapshot.number

    @cached_property
    def reader(self) -> Reader:
        """Return what reads reports; loaded when first needed, for it is large."""
        from chancery.read import Reader

        return Reader.load(lexicon=self.lexicon)

    def close(self) -> None:
        """Let go of the ledger."""
        for work in self.works.values():
            work.stop()
            work.ended(CLOSING_SECONDS)
        self.ahead.close(CLOSING_SECONDS)
        self.queues.close(CLOSING_SECONDS)
        self.ledger.close()
        self._aside.cleanup()
