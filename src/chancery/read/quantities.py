"""Quantities: a number, its unit and its bound ("at least 300 lorries"), within given words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from chancery.model import Bound, Quantity, Span


def find_quantities(text: str, words: Span) -> tuple[Quantity, ...]:
    """Return the quantities that stand in `words`, in order; a bare number is none."""
    return tuple(_quantity(match) for match in _pattern().finditer(text, words.start, words.end))


def _quantity(match: re.Match[str]) -> Quantity:
    table = _table()
    value = _value(match["number"]) * table["scales"].get((match["scale"] or "").lower(), 1)
    currency = match["currency"]
    unit = table["currencies"][currency] if currency else _units()[match["unit"].lower()]
    bound = _bounds().get((match["bound"] or "").lower(), "exact")
    return Quantity(
        span=Span(match.start(), match.end()), value=float(value), unit=unit, bound=bound
    )


def _value(words: str) -> float:
    number = _table()["numbers"].get(words.lower())
    return float(number if number is not None else words.replace(",", ""))


@cache
def _table() -> dict[str, Any]:
    source = resources.files("chancery.read") / "data" / "quantities.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in _table()["units"].items() for word in words}


@cache
def _bounds() -> dict[str, Bound]:
    return {word: bound for bound, words in _table()["bounds"].items() for word in words}


@cache
def _pattern() -> re.Pattern[str]:
    table = _table()
    number = rf"\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_any(table['numbers'])}"
    scale = rf"(?:[\s-]+(?P<scale>{_any(table['scales'])})\b)?"
    currency = rf"(?P<currency>{_any(table['currencies'])})\s?"
    unit = rf"\s*-?(?:of\s+)?(?:[A-Z][\w.-]*\s+|[a-z-]+\s+)??(?P<unit>{_any(_units())})(?!\w)"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<bound>{_any(_bounds())})\s+)?"
        rf"(?:{currency})?(?<!\w)(?P<number>{number})(?!\w){scale}(?(currency)|{unit})",
        re.IGNORECASE,
    )


def _any(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
