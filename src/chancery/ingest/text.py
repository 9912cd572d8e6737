"""Plain text → one report. The first line is its title where it stands alone like a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from chancery.errors import Problem
from chancery.ingest.draft import Draft, finish
from chancery.ingest.encoding import decode
from chancery.ingest.limits import MAX_HEADLINE_CHARS
from chancery.ingest.opening import find_opening
from chancery.model import Report

FEWEST_WORDS: Final = 3
"""Words a headline has at least; fewer are a rubric, a name or a place."""

_NO_HEADLINE = re.compile(r"(?i)\s*(?:by|from|date|dear|subject|to|published)\b[ :]|.*[.:;,]\s*\Z")


def read_text(data: bytes, place: str) -> Iterator[Report | Problem]:
    """Read one plain text; its only change is that `\\r\\n` and `\\r` become `\\n`."""
    words, problems = decode(data, place)
    text = normalise_newlines(words)
    title, body = split_headline(text)
    yield from finish(Draft(place=place, title=title, body=body, problems=tuple(problems)))


def normalise_newlines(text: str) -> str:
    """Write every end of line as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_headline(text: str) -> tuple[str, str]:
    """Split a text into its headline and the rest; the headline is empty where there is none.

    Title, newline and rest joined give the text back.
    """
    first, _, rest = text.partition("\n")
    alone = rest.startswith("\n") or rest[: rest.find("\n")].isspace()
    if not alone or not rest.strip() or not _is_headline(first):
        return "", text
    return first, rest


def _is_headline(line: str) -> bool:
    return (
        len(line) <= MAX_HEADLINE_CHARS
        and len(line.split()) >= FEWEST_WORDS
        and not _NO_HEADLINE.match(line)
        and not find_opening(line, 0).asides
    )
