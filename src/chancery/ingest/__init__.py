"""Ingest: bytes in, reports out, and a problem for each thing that could not be read.

In come files, folders and standard input: plain text, Markdown, web pages, JSON Lines and JSON,
tables, mail. Out come frozen `Report`s, each followed by the `Problem`s met in it; bad input never
raises. Read `files.py` first: it takes a path to the reader of its kind. Every reader makes a
`Draft`, and `draft.py` makes that a `Report`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from chancery.errors import Problem
from chancery.ingest.files import ingest
from chancery.model import Report

__all__ = ["ingest"]


class _CallablePackage(ModuleType):
    """Lets `chancery.ingest(…)` be called although the package and the function share a name.

    Importing any module of this package sets the attribute `ingest` of `chancery` to the package.
    """

    def __call__(
        self,
        *paths: str | Path,
        mapping: Mapping[str, str] | None = None,
        stdin: BinaryIO | None = None,
    ) -> Iterator[Report | Problem]:
        """Do what the function `ingest` does."""
        return ingest(*paths, mapping=mapping, stdin=stdin)


sys.modules[__name__].__class__ = _CallablePackage
