"""Finds the ledger that is meant."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from chancery.errors import UsageError

SUFFIX: Final = ".ledger"


def find_ledger(named: Path | None, *, create: bool = False) -> Path:
    """Return the ledger's folder: the named one, else the only `*.ledger` in this folder.

    The named one must exist unless it may be created. Raises `UsageError` where none is meant.
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
