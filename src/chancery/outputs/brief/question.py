"""Reads a question: which kind of answer it asks for, and which words name the subject."""

from __future__ import annotations

import re
from typing import Final

from chancery.errors import UsageError
from chancery.outputs.brief.nouns import Asks, Question
from chancery.outputs.brief.settings import questions

_ID: Final = re.compile(r"\b(?:hap|clm)_[0-9a-f]{4,16}\b")
_ENDS: Final = " \t\n?!.,;:…“”\"'"
MOST_CHARACTERS: Final = 500
"""Of a question; nobody asks more, and a longer one costs time."""


def read_question(words: str) -> Question:
    """Understand a question in plain English.

    `why …`, `… . Why?`, `what led to …`, `what followed …`, `who said …`, `what did … say`; words
    with no question in them ask why. Raises `UsageError` where no words are left to look for.
    """
    plain = " ".join(words.split())[:MOST_CHARACTERS]
    asks: Asks = "why"
    about, speaker = plain.strip(_ENDS), ""
    for pattern in questions().patterns:
        match = re.fullmatch(pattern.words, plain.strip(_ENDS), re.IGNORECASE)
        if match:
            speaker = match.groupdict().get("speaker") or ""
            asks, about = pattern.asks, match["about"].strip(_ENDS)
            break
    about = _without_leading(about)
    nothing = about.strip(_ENDS).lower() in ("", "why", "how come")
    if (nothing and not speaker) or not re.search(r"\w", plain):
        raise UsageError(
            f"no subject in {words!r}",
            hint='ask such as: chancery brief "why did Belarus expel the US ambassador"',
        )
    return Question(
        words=plain, asks=asks, about=about, ids=tuple(_ID.findall(plain)), speaker=speaker
    )


def _without_leading(about: str) -> str:
    """Take off auxiliary verbs, so that `did Belarus expel` and `Belarus expelled` read alike."""
    leading = questions().aside.leading
    while (parts := about.split(" ", 1)) and len(parts) > 1 and parts[0].lower() in leading:
        about = parts[1]
    return about
