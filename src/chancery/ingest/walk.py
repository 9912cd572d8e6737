"""Finds the files to read: as named, or all those of a folder in sorted order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from chancery.errors import Problem
from chancery.ingest.draft import problem

LEDGER_SUFFIX: Final = ".ledger"


def walk(path: Path) -> Iterator[Path | Problem]:
    """Yield a file, or the files of a folder and of those in it, sorted by name.

    Hidden files and folders are passed over, and so are ledgers. A link that leads back to a
    folder above it is a problem, and is not followed; one file under two names is found twice.
    """
    waiting: list[tuple[Path, tuple[tuple[int, int], ...]]] = [(path, ())]
    while waiting:
        path, above = waiting.pop()
        if not os.path.isdir(path):  # noqa: PTH112 -- Path.is_dir raises where it may not look
            yield path
            continue
        try:
            status = path.stat()
            names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 -- names are sorted
        except OSError as fault:
            yield unreadable(path, fault)
            continue
        here = (status.st_dev, status.st_ino)
        if here in above:
            yield _loop(path)
            continue
        waiting += [(path / name, (*above, here)) for name in names if _is_wanted(name)]


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(LEDGER_SUFFIX)


def _loop(path: Path) -> Problem:
    return problem(
        "link-loop",
        "a link that leads back to a folder above it; not followed",
        str(path),
        "remove the link, or name the folder it should lead to",
    )


def unreadable(path: Path, fault: OSError | ValueError) -> Problem:
    """Say why a path cannot be read."""
    return problem(
        "unreadable",
        f"cannot be read: {getattr(fault, 'strerror', None) or fault}",
        str(path),
        "check the name and the permissions",
    )
