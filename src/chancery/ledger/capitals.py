"""Which reports a government published itself, so that two capitals' accounts can be told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from chancery.lexicon.cache import hash_files, read_files
from chancery.lexicon.load import TABLES
from chancery.lexicon.sources import compile_sources, find_source, index_sources
from chancery.lexicon.tables import SourceFile
from chancery.model import Source

OUTLETS = TABLES / "sources"


def find_capitals(published: Iterable[tuple[str, str | None, str | None]]) -> dict[str, str]:
    """Return the state of each report that a government's own outlet published.

    In: id, stated source and address of reports. The outlets are those of the lexicon that ships
    with the package, whichever one the ledger is opened with: what follows depends on no setting.
    """
    capitals = {}
    for report, source, url in published:
        found = find_source(_index(), source, url)
        if found and found.country:
            capitals[report] = found.country
    return capitals


@cache
def outlets_digest() -> str:
    """Return a digest of the table of outlets."""
    return hashlib.sha256(hash_files(read_files(OUTLETS)).encode()).hexdigest()


@cache
def _index() -> Mapping[str, Source]:
    files = read_files(OUTLETS).values()
    rows = (msgspec.toml.decode(words, type=SourceFile) for words in files)
    return index_sources(compile_sources(row for row in rows if row.official))
