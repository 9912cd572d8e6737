"""Immutable Parquet files: written aside, synced, then renamed; never changed after that.

A file that no commit names is an orphan of a process that died, and swept by the next writer.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import msgspec

from chancery.ledger.query import Door, Lines
from chancery.ledger.tables import Row, Table

HASH_CHUNK_BYTES: Final = 1 << 20
NAME_HEX_DIGITS: Final = 12


class Segment(msgspec.Struct, frozen=True):
    """One file of one table; `name` is its path below the segments' folder.

    Its rows came with the commits `added_first` … `added_last`; `retired_in` is the compaction
    that merged it into another, where one has.
    """

    name: str
    table_name: str
    row_count: int
    byte_count: int
    sha256: str
    added_first: int
    added_last: int
    retired_in: int | None = None


class Segments:
    """The segments' folder."""

    def __init__(self, folder: Path, door: Door) -> None:
        self.folder = folder
        self._door = door

    def write(self, table: Table, number: int, rows: Iterable[Row]) -> Segment | None:
        """Write the rows of one commit; nothing where there are none."""
        aside = self._aside(table)
        lines = write_lines(aside.with_suffix(".jsonl"), rows)
        segment = None
        if lines.count:
            self._door.write(lines, aside, table)
            segment = self._settle(aside, table, lines.count, number, number)
        lines.path.unlink()
        return segment

    def merge(self, table: Table, segments: Sequence[Segment]) -> Segment:
        """Merge several segments of a table into one that holds the same rows."""
        ordered = sorted(segments, key=lambda segment: (segment.added_first, segment.name))
        aside = self._aside(table)
        self._door.merge([self.folder / segment.name for segment in ordered], aside, table)
        return self._settle(
            aside,
            table,
            sum(segment.row_count for segment in ordered),
            min(segment.added_first for segment in ordered),
            max(segment.added_last for segment in ordered),
        )

    def sweep(self, names: Iterable[str]) -> int:
        """Delete every file that is not named; return how many there were."""
        keep = {self.folder / name for name in names}
        orphans = [path for path in self.folder.glob("*/*") if path not in keep]
        for orphan in orphans:
            orphan.unlink()
        return len(orphans)

    def _aside(self, table: Table) -> Path:
        folder = self.folder / table.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f".aside-{os.getpid()}.parquet"

    def _settle(self, aside: Path, table: Table, rows: int, first: int, last: int) -> Segment:
        sync(aside)
        digest = hash_file(aside)
        name = f"{table.name}/{first:08d}-{last:08d}-{digest[:NAME_HEX_DIGITS]}.parquet"
        size = aside.stat().st_size
        aside.rename(self.folder / name)
        sync(self.folder / table.name)
        return Segment(name, table.name, rows, size, digest, first, last)


def write_lines(path: Path, rows: Iterable[Row]) -> Lines:
    """Write rows as JSON Lines."""
    encoder = msgspec.json.Encoder()
    count, longest = 0, 0
    with path.open("wb") as file:
        for row in rows:
            longest = max(longest, file.write(encoder.encode(row) + b"\n"))
            count += 1
    return Lines(path, count, longest)


def write_sorted(paths: Mapping[str, Path], rows: Iterable[tuple[str, Row]]) -> dict[str, Lines]:
    """Write rows as JSON Lines, each to the file of its name, as they come."""
    encoder = msgspec.json.Encoder()
    counts, longest = dict.fromkeys(paths, 0), dict.fromkeys(paths, 0)
    with ExitStack() as stack:
        files = {name: stack.enter_context(path.open("wb")) for name, path in paths.items()}
        for name, row in rows:
            longest[name] = max(longest[name], files[name].write(encoder.encode(row) + b"\n"))
            counts[name] += 1
    return {name: Lines(path, counts[name], longest[name]) for name, path in paths.items()}


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(HASH_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Have the system put a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
