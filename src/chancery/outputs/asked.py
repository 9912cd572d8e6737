"""Which rows are wanted, in the same words on the command line, in Python and in addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows are wanted, as the user put it."""

    who: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    voice: str | None = None
    min: str | None = None
    as_of: str | None = None
    limit: int | None = None

    def given(self) -> Iterator[tuple[str, Any]]:
        """Name the filters that were given, with their values."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value not in (None, ()):
                yield name, value
