"""Markdown → one report: front matter gives the fields, and the marks of the markup are taken off.

The report's text is the article as it would be read: heading marks, emphasis, quotation marks in
the margin and the addresses of links are gone, the words and the lines stay.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Final

from chancery.errors import Problem
from chancery.ingest.draft import problem
from chancery.ingest.encoding import decode
from chancery.ingest.fields import FIELDS, read_record
from chancery.ingest.text import normalise_newlines
from chancery.model import Report

FRONT_MATTER_NAMES: Final = {
    "published": ("date", "pubdate", "published_at"),
    "publisher": ("source", "site", "outlet"),
    "url": ("link", "canonical", "original"),
    "language": ("lang",),
}
"""Names that front matter commonly uses for our fields, after our own name and the mapping's."""

MARKS: Final = (
    (re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL), ""),
    (re.compile(r"^[ \t]{0,3}(?:```|~~~).*\n?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"[ \t]#+[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+.*$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\[\]\n]*\]\((?:[^()\n]|\([^()\n]*\))*\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_\n]+)(?<=\S)\1(?![\w*_])"), r"\2"),
    (re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__(?=\S)([^_\n]+)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)
"""The markup, each pattern with what is left of it, in the order in which they are taken off.

None looks past the next mark of its kind, so that the time stays in proportion to the length."""

_YAML_LINE = re.compile(r"([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*$")
_FENCES: Final = {"---": "yaml", "+++": "toml"}
_TITLE = re.compile(r"\s*(#[ \t]+[^\n]+)(?:\n|\Z)")


def read_markdown(
    data: bytes, place: str, mapping: Mapping[str, str] | None = None
) -> Iterator[Report | Problem]:
    """Read one Markdown article; its title is that of the front matter, else its first heading."""
    words, problems = decode(data, place)
    yield from problems
    front, article = split_front_matter(normalise_newlines(words))
    record, fault = _fields_of(front, place)
    yield from fault
    name = (mapping or {}).get("title", "title")
    heading = _TITLE.match(article)
    if heading and record.setdefault(name, plain(heading[1]).strip()) == plain(heading[1]).strip():
        article = article[heading.end() :]
    name = (mapping or {}).get("text", "text")
    record[name] = plain(article).strip("\n")
    yield from read_record(_with_common_names(record, mapping or {}), place, mapping)


def split_front_matter(text: str) -> tuple[str, str]:
    """Split off the front matter, with its first fence; it is empty where there is none."""
    first = text.partition("\n")[0].rstrip()
    if first not in _FENCES:
        return "", text
    end = re.compile(rf"^{re.escape(first)}[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, 4)
    return (text[: end.start()], text[end.end() :]) if end else ("", text)


def plain(text: str) -> str:
    """Take the marks of Markdown off a text."""
    for pattern, rest in MARKS:
        text = pattern.sub(rest, text)
    return text


def _fields_of(front: str, place: str) -> tuple[dict[str, object], list[Problem]]:
    """Read front matter: TOML whole, of YAML only lines `name: words`."""
    lines = front.split("\n")[1:]
    if _FENCES.get(front[:3]) == "toml":
        try:
            loaded = tomllib.loads("\n".join(lines))
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            message = f"front matter is no TOML: {fault}"
            return {}, [problem("bad-front-matter", message, place, "kept without its fields")]
        return {key: _words_of(value) for key, value in loaded.items()}, []
    pairs = [match.groups() for line in lines if (match := _YAML_LINE.match(line))]
    return {name: words.strip("\"'") for name, words in pairs if words}, []


def _words_of(value: object) -> object:
    """Write out TOML's own dates."""
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else value


def _with_common_names(record: dict[str, object], mapping: Mapping[str, str]) -> dict[str, object]:
    """Give the fields of ours that are missing the values of their common names."""
    lower = {name.lower(): value for name, value in record.items()}
    for field in FIELDS:
        name = mapping.get(field, field)
        common = (other for other in FRONT_MATTER_NAMES.get(field, ()) if other in lower)
        if name not in record and (other := next(common, None)):
            record[name] = lower[other]
    return record
