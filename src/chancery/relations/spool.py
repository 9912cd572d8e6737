"""The bytes of an input file: what DuckDB can read, its hash, and how many lines it has.

A zip file is unpacked aside; a gzip file where lines must be counted in it. Bytes that are not
UTF-8 are replaced in a copy aside, once a first reading has met some.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from chancery.errors import UsageError

PIECE: Final = 1 << 20
FIRST_ROWS: Final = 50
"""So many rows tell which layout a file has."""
LONGEST_LINE: Final = 1 << 21
BYTE_MARK: Final = "\ufeff"


class Digest(msgspec.Struct, frozen=True):
    """A file's SHA-256, its length in bytes, and how many lines it has as it lies."""

    sha256: str
    size: int
    lines: int


def digest(path: Path) -> Digest:
    """Hash a file as it lies, and count its lines on the way."""
    hashed, size, breaks, last = hashlib.sha256(), 0, 0, b"\n"
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            hashed.update(piece)
            size += len(piece)
            breaks += piece.count(b"\n")
            last = piece[-1:]
    return Digest(hashed.hexdigest(), size, breaks + (last != b"\n"))


def plain_file(path: Path, aside: Path) -> Path:
    """Return a file of plain text with the same content: itself, or a copy in the folder `aside`.

    Raises `UsageError` for an archive of several files, or one that cannot be unpacked.
    """
    packed = _kind(path)
    if packed is None:
        return path
    target = aside / "plain"
    try:
        with _unpacked(path, packed) as source, target.open("wb") as stream:
            shutil.copyfileobj(source, stream, PIECE)
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
        raise UsageError(
            f"{path}: cannot be unpacked: {error}", hint="fetch the file again"
        ) from error
    return target


def _kind(path: Path) -> str | None:
    with path.open("rb") as stream:
        head = stream.read(4)
    if head[:2] == b"\x1f\x8b":
        return "gzip"
    return "zip" if head in (b"PK\x03\x04", b"PK\x05\x06") else None


@contextmanager
def _unpacked(path: Path, packed: str) -> Iterator[BinaryIO]:
    if packed == "gzip":
        with gzip.open(path) as stream:
            yield stream  # type: ignore[misc]
        return
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > 1:
            raise UsageError(
                f"{path}: holds {len(members)} files", hint="unpack it and import each of them"
            )
        if members:
            with archive.open(members[0]) as member:
                yield member  # type: ignore[misc]
        else:
            yield io.BytesIO()


def first_rows(path: Path, delimiter: str, quote: str) -> list[list[str]]:
    """Return the first rows of a plain file, cut into columns; empty where it has none."""
    with path.open("r", encoding="utf-8", errors="replace", newline="") as stream:
        lines = []
        for _ in range(FIRST_ROWS):
            line = stream.readline(LONGEST_LINE)
            if line.strip():
                lines.append(line.removeprefix(BYTE_MARK).rstrip("\r\n") if not quote else line)
    if not quote:
        return [line.split(delimiter) for line in lines]
    text = "".join(lines).removeprefix(BYTE_MARK)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote)
    try:
        return [row for row in reader if row]
    except csv.Error:
        return [line.split(delimiter) for line in text.splitlines() if line]


def mended_bytes(path: Path, aside: Path) -> Path:
    """Copy a plain file, with U+FFFD for every byte that is not UTF-8."""
    target = aside / "mended"
    with (
        path.open("r", encoding="utf-8", errors="replace", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as stream,
    ):
        shutil.copyfileobj(source, stream, PIECE)
    return target


def empty_lines(path: Path) -> list[int]:
    """Return the lines, from 1, of a plain file that are empty."""
    with path.open("rb") as stream:
        return [number for number, line in enumerate(stream, 1) if not line.rstrip(b"\r\n")]


def line_of(path: Path, offset: int) -> int:
    """Return the line, from 1, on which a byte of a plain file stands."""
    count, left = 1, offset
    with path.open("rb") as stream:
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            count += piece.count(b"\n")
            left -= len(piece)
    return count
