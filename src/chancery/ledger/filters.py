"""The shared filters: the same words, with the same meaning, for every kind of row."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from chancery.errors import UsageError

CERTAINTY_WORDS: Final = {"established": 0.95, "likely": 0.80, "plausible": 0.50, "doubtful": 0.0}
"""The least certainty that each word stands for."""
VOICE_KINDS: Final = ("own", "named", "anonymous", "document")

_DAYS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


def parse_days(words: str | date) -> tuple[date, date]:
    """Return the first and last day of `2016`, `2016-03` or `2016-03-04`.

    Raises `UsageError` for anything else, and for a day that no calendar has.
    """
    if isinstance(words, date):
        return words, words
    match = _DAYS.fullmatch(words.strip())
    if not match:
        raise _no_date(words)
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except ValueError as error:
        raise _no_date(words) from error


def _no_date(words: str) -> UsageError:
    return UsageError(f"not a date: {words!r}", hint="write 2016, 2016-03 or 2016-03-04")


def split_words(words: str | Iterable[str] | None) -> list[str] | None:
    """Return a list of words from one string with commas, or from several; none for none."""
    if words is None:
        return None
    parts = [words] if isinstance(words, str) else list(words)
    split = [piece.strip() for part in parts for piece in part.split(",")]
    return [piece for piece in split if piece] or None


def read_filters(
    *,
    who: str | Iterable[str] = (),
    what: str | Iterable[str] | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    voice: str | None = None,
    limit: int | None = None,
) -> dict[str, Any]:
    """Return the parameters that the SQL steps of the shared filters bind."""
    codes = split_words(who)
    for code in codes or ():
        if not _CODE.fullmatch(code):
            raise UsageError(f"not an actor's code: {code!r}", hint="codes look like BLR, BLR.GOV")
    first = parse_days(since)[0] if since else None
    last = parse_days(until)[1] if until else None
    if first and last and last < first:
        raise UsageError(f"until ({until}) is before since ({since})", hint="swap the two dates?")
    if limit is not None and limit < 0:
        raise UsageError(f"limit is below 0: {limit}")
    kinds = split_words(what)
    return {
        "who": codes,
        "what": kinds and sorted({*kinds, *(kind.upper() for kind in kinds)}),
        "since": first,
        "until": last,
        "voice": voice or None,
        "limit": limit,
    }


def read_certainty(least: str | float | None) -> float | None:
    """Return the least certainty meant by a word or a number 0…1; none for none.

    Raises `UsageError` for any other word.
    """
    if least is None or isinstance(least, float | int):
        return None if least is None else float(least)
    if least not in CERTAINTY_WORDS:
        raise UsageError(f"no certainty {least!r}", hint=f"one of: {', '.join(CERTAINTY_WORDS)}")
    return CERTAINTY_WORDS[least]
