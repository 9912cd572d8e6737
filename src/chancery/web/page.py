"""A page before it is put into a form: its rows, its facts, and the command that gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from chancery.errors import UsageError
from chancery.outputs.sheet import Sheet


class NotFound(UsageError):  # noqa: N818 -- named for what happened
    """No such page, or nothing of that name in the ledger."""


class Page(msgspec.Struct, kw_only=True):
    """What a screen shows.

    `template` lays `facts` out as HTML. The twins come from `rows` as `sheet` shows them: `.json`
    and `.csv` are byte for byte what `command` prints with `--json` and `--csv`. `markdown` gives
    the lines of `.md`. `screen` is the place in the row of screens that is marked as the current
    one. `coverage` is what the twins rest on, where that is not the ledger's
    coverage line. A page that has no `sheet` has no `.json` or `.csv`, unless `document` gives
    its JSON.
    """

    template: str
    title: str
    screen: str = ""
    facts: dict[str, Any] = {}
    rows: Sequence[Any] = ()
    sheet: Sheet[Any] | None = None
    quotes: bool = False
    note: str = ""
    coverage: str | None = None
    document: Any = None
    markdown: Callable[[], Iterable[str]] | None = None
    command: str = ""
    status: int = 200
    scripts: tuple[str, ...] = ()


class Moved(msgspec.Struct, frozen=True):
    """The thing is at another address: an id that was replaced, or a beginning of one.

    `signed` is the name that whoever came here signs with from now on.
    """

    to: str
    status: int = 302
    signed: str = ""
