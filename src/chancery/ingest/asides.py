"""Finds the parts of a report's text that are not the reporting, by the cues of a table.

`data/boilerplate.toml` holds the cues: each a kind, a pattern for a whole line (or for the end of
one), and examples and counter-examples that are run as tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

from chancery.model import Aside, Span

LONGEST_LINE: Final = 320
"""Characters of a line that may be an aside as a whole."""

LONGEST_TAIL: Final = 80
LONGEST_TITLE: Final = 160


class BoilerplateCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One cue: where its pattern matches, the words are an aside of `kind`.

    `where` says what the pattern must match: a whole `line`, the `head` or the `tail` of one.
    A cue that `opens` is a heading: the lines below it that are no sentences belong to it.
    """

    kind: Literal["byline", "credit", "dateline", "related", "boilerplate", "date"]
    where: Literal["line", "head", "tail"]
    pattern: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()
    opens: bool = False


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    part: dict[str, str]
    cue: tuple[BoilerplateCue, ...]


class _Finder(msgspec.Struct, frozen=True):
    kind: str
    pattern: re.Pattern[str]
    where: str
    opens: bool


def find_asides(text: str, has_title: bool) -> tuple[Aside, ...]:
    """Return the asides of a report's text, in order; the title line is never one."""
    asides: list[Aside] = []
    under: str | None = None
    for line in list(_lines(text))[1 if has_title else 0 :]:
        found = _find_in(text, line)
        if found:
            under = found[0].kind if found[0].opens else None
            asides.append(Aside(kind=found[0].kind, span=found[1]))
        elif under and _is_short_title(line.of(text)):
            asides.append(Aside(kind=under, span=line))
        else:
            under = None
    return tuple(asides)


@cache
def boilerplate_cues() -> tuple[BoilerplateCue, ...]:
    """Return the table of cues, the named parts of their patterns filled in."""
    table = msgspec.toml.decode(
        files("chancery.ingest").joinpath("data", "boilerplate.toml").read_bytes(), type=_Table
    )
    return tuple(
        msgspec.structs.replace(cue, pattern=_filled(cue.pattern, table.part)) for cue in table.cue
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{part})")
    return pattern


@cache
def _finders() -> tuple[_Finder, ...]:
    frames = {
        "line": r"(?P<aside>%s)\Z",
        "head": r"(?P<aside>%s)",
        "tail": r"(?P<aside>%s)\Z",
    }
    return tuple(
        _Finder(
            cue.kind,
            re.compile(frames[cue.where] % f"(?:{cue.pattern})", re.VERBOSE),
            cue.where,
            cue.opens,
        )
        for cue in boilerplate_cues()
    )


def _lines(text: str) -> Iterator[Span]:
    """Yield the lines that hold words, without the blanks around them."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield _inner(text, Span(start, start + len(line)))
        start += len(line) + 1


def _find_in(text: str, line: Span) -> tuple[_Finder, Span] | None:
    """Return the first cue that matches a line, and where the words it matches stand."""
    length = line.end - line.start
    tail = max(line.start, line.end - LONGEST_TAIL)
    for finder in _finders():
        if finder.where == "line" and length > LONGEST_LINE:
            continue
        if finder.where == "tail":
            match = finder.pattern.search(text, tail, line.end)
        else:
            match = finder.pattern.match(text, line.start, line.end)
        if match and match["aside"].strip():
            return finder, _inner(text, Span(*match.span("aside")))
    return None


def _is_short_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and not line.endswith((".", "!", "”", ":"))


def _inner(text: str, line: Span) -> Span:
    """Return a stretch of text without the blanks around it."""
    words = line.of(text)
    start = line.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
