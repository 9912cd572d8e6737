"""Outlets: what a report's stated source, or its address, says of who publishes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chancery.lexicon.names import fold
from chancery.model import Source

if TYPE_CHECKING:
    from chancery.lexicon.tables import SourceFile


def compile_sources(rows: Iterable[SourceFile]) -> tuple[Source, ...]:
    """Turn rows into sources, sorted by id."""
    sources = (
        Source(
            id=row.id,
            name=row.name,
            names=row.names,
            domains=row.domains,
            country=row.country,
            owner=row.owner,
            official=row.official,
            chief=row.chief,
            since=row.since.first if row.since else None,
            until=row.until.last if row.until else None,
        )
        for row in rows
    )
    return tuple(sorted(sources, key=lambda source: source.id))


def plain_name(name: str) -> str:
    """Write an outlet's name for comparison: small letters and digits, no leading "the"."""
    letters = (char if char.isalnum() else " " for char in fold(name).lower())
    words = "".join(letters).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def index_sources(sources: Iterable[Source]) -> dict[str, Source]:
    """Index sources by every plain name and by every domain."""
    index: dict[str, Source] = {}
    for source in sources:
        for name in (source.name, *source.names, source.id):
            index.setdefault(plain_name(name), source)
        for domain in source.domains:
            index.setdefault(f"@{domain}", source)
    return index


def find_source(index: Mapping[str, Source], name: str | None, url: str | None) -> Source | None:
    """Return the outlet that a stated name means, else the one at the address, else none."""
    if name and (source := index.get(plain_name(name))):
        return source
    return _source_at(index, url) if url else None


def _source_at(index: Mapping[str, Source], url: str) -> Source | None:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    return next((index[f"@{domain}"] for domain in domains if f"@{domain}" in index), None)
