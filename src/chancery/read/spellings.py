"""Finds names that are spelt as in another language: "Poetin", "Lawrow", "Kiew".

What a letter group of Dutch, German, French or another language is in English lies in
`data/traits.toml`; the lexicon says what the person is called in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from chancery.lexicon import Lexicon, NameMatch
from chancery.lexicon.names import fold
from chancery.model import Span

SHORTEST_NAME: Final = 5
"""Letters: two spellings of a shorter name are often two names."""


class Doubt(NamedTuple):
    """What raises a doubt about the words of a report."""

    words: Span
    reason: str


def find_foreign_spellings(text: str, lexicon: Lexicon) -> list[Doubt]:
    """Return each name that is spelt as in another language, and each that is spelt in two ways."""
    doubts: dict[str, Doubt] = {}
    spellings: dict[str, dict[str, Span]] = {}
    for match in lexicon.find_names(text):
        if match.kind not in ("person", "surname") or len(match.entities) != 1:
            continue
        span = _surname(text, match)
        known = _english_surname(lexicon, match)
        written = _squeezed(span.of(text))
        if len(written) < SHORTEST_NAME or not known:
            continue
        spellings.setdefault(match.entities[0], {}).setdefault(written, span)
        language = _language(span.of(text), known)
        if language:
            reason = f"{known} spelt as in {language}"
            doubts.setdefault(written, Doubt(span, reason))
    for match_ in _foreign_places().finditer(text):
        reason = "a place under its name in another language"
        doubts.setdefault(match_[0], Doubt(Span(*match_.span()), reason))
    return sorted([*doubts.values(), *_two_ways(text, spellings)])


def _two_ways(text: str, spellings: dict[str, dict[str, Span]]) -> Iterator[Doubt]:
    for ways in spellings.values():
        if len(ways) > 1:
            first, second = sorted(ways.values())[:2]
            yield Doubt(second, f"one person spelt “{first.of(text)}” and “{second.of(text)}”")


def _surname(text: str, match: NameMatch) -> Span:
    words = match.span.of(text)
    last = words.split()[-1]
    return Span(match.span.end - len(last), match.span.end)


def _english_surname(lexicon: Lexicon, match: NameMatch) -> str:
    actor = lexicon.actors.get(match.entities[0])
    return actor.names[0].split()[-1] if actor else ""


def _language(written: str, known: str) -> str | None:
    """Return in which language's letters a name is written, none where they are English."""
    plain, wanted = fold(written).lower(), _squeezed(known)
    if _squeezed(written) == wanted:
        return None
    for language, letters in _languages():
        put = plain
        for theirs, ours in letters:
            put = theirs.sub(ours, put)
        if put != plain and _squeezed(put) == wanted:
            return language
    return None


def _squeezed(name: str) -> str:
    """Write a name so that ways of spelling it in English look alike."""
    letters = fold(name).lower().replace("y", "i").replace("'", "").replace("-", "")
    letters = letters.replace("iu", "u").replace("ie", "e")
    return re.sub(r"(.)\1+", r"\1", letters)


@cache
def _table() -> dict[str, Any]:
    source = resources.files("chancery.read") / "data" / "traits.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _languages() -> tuple[tuple[str, tuple[tuple[re.Pattern[str], str], ...]], ...]:
    rows = _table()["spelling"]
    return tuple(
        (row["language"], tuple((re.compile(theirs), ours) for theirs, ours in row["letters"]))
        for row in rows
    )


@cache
def _foreign_places() -> re.Pattern[str]:
    words = _table()["places"]["words"].split()
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")
