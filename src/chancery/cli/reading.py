"""The options of commands that read: the input's field names, the reader and how many processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from chancery.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

FIELDS: Final = ("id", "title", "text", "published", "publisher", "url", "language")
"""The fields of a report in JSON Lines and CSV, by their usual names."""


class FieldMap(click.ParamType):  # type: ignore[type-arg]
    """Pairs `ours=theirs`, with commas between them."""

    name = "map"

    def convert(self, value: Any, param: Any, ctx: Any) -> dict[str, str]:
        """Turn `id=docid,title=headline` into a mapping."""
        if isinstance(value, dict):
            return value
        mapping = {}
        for pair in str(value).split(","):
            ours, mark, theirs = (part.strip() for part in pair.partition("="))
            if not mark or not theirs or ours not in FIELDS:
                self.fail(
                    f"{pair!r} is not OURS=THEIRS, OURS one of {', '.join(FIELDS)}", param, ctx
                )
            mapping[ours] = theirs
        return mapping


def check_paths(paths: Iterable[str]) -> None:
    """Refuse a path that does not exist; raises `UsageError`."""
    for path in paths:
        if path != "-" and not Path(path).exists():
            raise UsageError(
                f"no file or folder {path!r}",
                hint="give files, folders, or - for standard input: chancery read ./reports",
            )


def map_option(function: F) -> F:
    """Give a command `--map`."""
    return click.option(
        "--map", "mapping", type=FieldMap(), metavar="OURS=THEIRS,…",
        help="Other names of the input's fields: id=docid,published=date.",
    )(function)  # fmt: skip


def reader_option(function: F) -> F:
    """Give a command `--reader`."""
    return click.option(
        "--reader", "model", default="small", show_default=True, metavar="NAME",
        help="The reader: the language model that reads.",
    )(function)  # fmt: skip


def jobs_option(function: F) -> F:
    """Give a command `--jobs`."""
    return click.option(
        "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
        help="Processes that read side by side.",
    )(function)  # fmt: skip
