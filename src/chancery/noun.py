"""What every noun is made of: frozen records, spans of words, stretches of days, ids from content.

`model.py` has the nouns themselves; its users take these from there.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final, Literal, TypeAlias

import msgspec

from chancery.line import write_edtf

Basis: TypeAlias = Literal["stated", "reckoned", "bounded", "published", "inferred", "unknown"]

ID_HEX_DIGITS: Final = 16


def identify(prefix: str, *parts: object) -> str:
    """Name a thing by its content: `prefix` and 64 bits of SHA-256 over the JSON of its parts."""
    digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    return f"{prefix}_{digest[:ID_HEX_DIGITS]}"


def is_whole(name: str) -> bool:
    """Say whether a name is as long as an id, so that it cannot be the beginning of one."""
    return len(name.partition("_")[2]) >= ID_HEX_DIGITS


class Noun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all nouns share: frozen, keyword-only, defaults left out of the JSON."""


class Span(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Where words stand: characters (Unicode code points) of the report's text, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words themselves."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Say whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class When(Noun, frozen=True):
    """A stretch of days, never a bare date.

    `first` and `last` are inclusive; either may be open (`None`). `basis` says how we know:
    *stated* in the words, *reckoned* from another date, *bounded* only (the report's date is the
    latest day), *published* (the report's own date), *inferred* from the page, or *unknown*.
    `words` are the words it rests on.
    """

    first: date | None = None
    last: date | None = None
    basis: Basis = "unknown"
    words: Span | None = None

    def edtf(self) -> str:
        """Write it in EDTF (ISO 8601-2): a day, month or year, `a/b`, or `..` for an open end."""
        return write_edtf(self.first, self.last)

    @property
    def known(self) -> bool:
        """Say whether at least one end is known."""
        return self.first is not None or self.last is not None
