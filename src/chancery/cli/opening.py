"""Finds the ledger that is meant and opens it, with the lexicon that belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon

SUFFIX: Final = ".ledger"


def find_ledger(named: Path | None, *, create: bool = False) -> Path:
    """Return the ledger's folder: the named one, else the only `*.ledger` in this folder.

    A named one need exist only if it may not be created. Raises `UsageError` where none is meant.
    """
    if named:
        if not create and not named.exists():
            raise UsageError(f"no ledger at {named}", hint=f"chancery read PATH… -L {named}")
        return named
    here = sorted(path for path in Path().glob(f"*{SUFFIX}") if path.is_dir())
    if len(here) == 1:
        return here[0]
    if here:
        names = ", ".join(str(path) for path in here)
        raise UsageError(f"several ledgers here: {names}", hint="name one with -L")
    raise UsageError(
        "no ledger here",
        hint="name one with -L, or make one: chancery read PATH… -L reports.ledger",
    )


def open_ledger(named: Path | None, lexicon: Lexicon, *, create: bool = False) -> Ledger:
    """Open the ledger that is meant; only `read` may create one."""
    return Ledger.open(find_ledger(named, create=create), lexicon, create=create)
