"""SQL steps of this package, and how the parts of one are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path


def step(name: str, **parts: str) -> str:
    """Return one named step of `sql/` with its `{parts}` filled in.

    The parts are names of this program's own, SQL it made, or words that `quoted` has quoted.
    """
    words = _words(name)
    for part, filling in parts.items():
        words = words.replace(f"{{{part}}}", filling)
    return words


@cache
def _words(name: str) -> str:
    return (resources.files("chancery.relations") / "sql" / f"{name}.sql").read_text("utf-8")


def quoted(words: str | Path) -> str:
    """Write words as a string of SQL."""
    return "'" + str(words).replace("'", "''") + "'"


def listed(words: Sequence[str | Path]) -> str:
    """Write words as a list of strings of SQL."""
    return f"[{', '.join(map(quoted, words))}]"
