"""Tells the language a report is written in, and owns up where it cannot.

The classifier (py3langid) is asked only about texts long enough for it; a shorter one counts as
English where English function words say so, and is `und` otherwise.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from chancery.errors import Problem

SAMPLE_CHARS: Final = 4_000
SHORTEST_SAMPLE: Final = 120
ENGLISH_SHARE: Final = 0.2
"""The share of function words from which a text counts as English; in news it is 0.35 to 0.5."""

_WORD = re.compile(r"[^\W\d_]+")


def told_language(text: str, stated: str | None, place: str) -> tuple[str, list[Problem]]:
    """Return the ISO 639-1 code of a text, `und` where it cannot be told, and any doubt.

    What the input states goes first, unless the words plainly say otherwise: then the words win
    and a problem says so.
    """
    seen = _seen_language(text)
    if not stated or not stated.strip():
        return seen, []
    code = re.split(r"[-_]", stated.strip().lower())[0]
    code = {"eng": "en", "english": "en", "rus": "ru", "ukr": "uk", "bel": "be"}.get(code, code)
    if code in ("und", "unknown") or not re.fullmatch("[a-z]{2,3}", code):
        return seen, []
    if "und" != seen != code and len(text) >= SHORTEST_SAMPLE:
        doubt = Problem(
            stage="ingest",
            code="language-differs",
            message=f"said to be {name_of(code)}, looks like {name_of(seen)}",
            place=place,
            hint="taken as what it looks like; correct the field 'language'",
        )
        return seen, [doubt]
    return code, []


def name_of(code: str) -> str:
    """Return a language's English name, or its code in words."""
    return _table().languages.get(code, f"the language {code!r}")


def _seen_language(text: str) -> str:
    sample = text[:SAMPLE_CHARS]
    words = _WORD.findall(sample.lower())
    if not words:
        return "und"
    share = sum(word in _table().english_function_words for word in words) / len(words)
    if share >= ENGLISH_SHARE:
        return "en"
    if len(sample) < SHORTEST_SAMPLE:
        return "und"
    return _classified(sample)


def _classified(sample: str) -> str:
    return str(_classifier().classify(sample)[0])


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    classifier.set_languages(sorted(_table().languages))
    return classifier


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    languages: dict[str, str]
    english_function_words: frozenset[str]


@cache
def _table() -> _Table:
    data = files("chancery.ingest").joinpath("data", "languages.toml").read_bytes()
    return msgspec.toml.decode(data, type=_Table)
