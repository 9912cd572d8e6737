"""Addresses: every view is one, and writing it back gives the same view.

The words are those of the command line: `who what from to voice min asof limit`. Beside them stand
`sel` (the row that is open), `at` (the snapshot that a list was begun on, so that paging shifts no
row), `page`, and what a screen adds of its own. A last `.json`, `.csv` or `.md` asks for the same
rows in another form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias
from urllib.parse import parse_qsl, urlencode

import msgspec

from chancery.errors import UsageError
from chancery.outputs.asked import Filters

TWINS: Final = ("json", "csv", "md")

LONGEST_VALUE: Final = 2_000
MOST_FIELDS: Final = 60

FILTER_WORDS: Final = {
    "who": "who",
    "what": "what",
    "from": "since",
    "to": "until",
    "voice": "voice",
    "min": "min",
    "asof": "as_of",
}
"""The filters' names in addresses, and in Python."""
LISTED: Final = frozenset({"who", "what", "show", "id"})

Pairs: TypeAlias = tuple[tuple[str, str], ...]


class Address(msgspec.Struct, frozen=True):
    """Where a view is: its path without its form, its fields in their order, its form."""

    path: str
    fields: Pairs = ()
    form: str = "html"

    @classmethod
    def read(cls, path: str, query: str) -> Address:
        """Read an address; raises `UsageError` for one with too much in it."""
        try:
            fields = tuple(parse_qsl(query, max_num_fields=MOST_FIELDS))
        except ValueError as error:
            raise UsageError("too many fields in the address") from error
        if any(len(value) > LONGEST_VALUE for _, value in fields):
            raise UsageError("a field of the address is too long")
        stem, dot, form = path.rpartition(".")
        if dot and form in TWINS:
            return cls(stem, fields, form)
        return cls(path, fields)

    def get(self, name: str, default: str = "") -> str:
        """Return the last value of a field."""
        return next((value for key, value in reversed(self.fields) if key == name), default)

    def all(self, name: str) -> list[str]:
        """Return every value of a field, those with commas split."""
        values = (value for key, value in self.fields if key == name)
        return [piece.strip() for value in values for piece in value.split(",") if piece.strip()]

    def number(self, name: str, default: int = 0) -> int:
        """Return a field that counts, 0 or more; raises `UsageError` for any other."""
        words = self.get(name)
        if not words:
            return default
        if not (words.isascii() and words.isdigit()) or len(words) > 9:
            raise UsageError(f"{name} is no number: {words!r}")
        return int(words)

    @property
    def filters(self) -> Filters:
        """Return the shared filters that the address holds."""
        given = {}
        for word, name in FILTER_WORDS.items():
            if word in LISTED:
                given[name] = tuple(self.all(word))
            else:
                given[name] = self.get(word) or None  # type: ignore[assignment]
        return Filters(**given)  # type: ignore[arg-type]

    @property
    def as_of(self) -> str | None:
        """Return the snapshot or day that the reader pinned."""
        return self.get("asof") or None

    def with_(self, **changes: object) -> Address:
        """Return the same address with some fields set, or dropped where set to none.

        `from` is a word of Python: write `from_`.
        """
        named = {name.rstrip("_"): value for name, value in changes.items()}
        kept = [(key, value) for key, value in self.fields if key not in named]
        set_ = [(key, _write(value)) for key, value in named.items() if value not in (None, "", ())]
        return msgspec.structs.replace(self, fields=(*kept, *set_))

    def to(self, path: str, *keep: str) -> Address:
        """Return another address that keeps these fields of this one."""
        return Address(path, tuple((key, value) for key, value in self.fields if key in keep))

    def twin(self, form: str) -> Address:
        """Return the same address in another form."""
        return msgspec.structs.replace(self, form=form)

    @property
    def query(self) -> str:
        """Write the fields, each name once where several values are a list."""
        return urlencode(list(_joined(self.fields)), safe=",:/~")

    def __str__(self) -> str:
        suffix = "" if self.form == "html" else f".{self.form}"
        query = self.query
        return f"{self.path}{suffix}{'?' + query if query else ''}"


def _write(value: object) -> str:
    if isinstance(value, str):
        return value
    return ",".join(map(str, value)) if isinstance(value, Iterable) else str(value)


def _joined(fields: Pairs) -> Iterator[tuple[str, str]]:
    """Write a list that came in several fields in one."""
    for name in dict.fromkeys(key for key, _ in fields):
        values = [value for key, value in fields if key == name]
        yield name, ",".join(values) if name in LISTED else values[-1]
