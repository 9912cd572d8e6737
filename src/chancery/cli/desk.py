"""Opens the ledger that a command works at.

Commands import this when they run, not when they are loaded: it brings in the whole ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chancery.cli.opening import find_ledger
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.outputs.desk import Desk


@contextmanager
def open_desk(
    named: Path | None, as_of: str | None = None, *, create: bool = False
) -> Iterator[Desk]:
    """Open the ledger that is meant; only commands that read may create one."""
    path = find_ledger(named, create=create)
    lexicon = Lexicon.load()
    with Ledger.open(path, lexicon, create=create) as ledger:
        yield Desk(ledger, lexicon, as_of, path)
