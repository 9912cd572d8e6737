"""From a path to the reports in it: opens each file, tells its kind, and hands it to its reader."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from chancery.errors import Problem, UsageError
from chancery.ingest.draft import problem
from chancery.ingest.encoding import decode
from chancery.ingest.fields import FIELDS
from chancery.ingest.html import read_html
from chancery.ingest.jsonl import read_json, read_jsonl
from chancery.ingest.limits import HEAD_BYTES, MAX_REPORT_BYTES, MAX_WHOLE_FILE_BYTES
from chancery.ingest.mail import read_mail, read_mbox
from chancery.ingest.markdown import read_markdown
from chancery.ingest.packed import DecompressionBomb, Unpacked
from chancery.ingest.sniff import Kind, is_wide, sniff
from chancery.ingest.table import read_table
from chancery.ingest.text import read_text
from chancery.ingest.walk import unreadable, walk
from chancery.model import Report

STDIN_NAME: Final = "<stdin>"
GZIP_MAGIC: Final = b"\x1f\x8b"
MANY: Final = ("jsonl", "json", "csv", "mbox")
"""The kinds of file that may hold many reports, and are never held in memory where they stream."""

REFUSALS: Final = {
    "empty": ("empty", "an empty file", "nothing to read; left out"),
    "binary": ("binary", "no text: binary data", "save the article as text, HTML or JSON Lines"),
    "archive": ("archive", "an archive", "unpack it first, then read the folder"),
    "document": ("document", "a PDF or office document", "save it as text or HTML first"),
    "image": ("image", "a picture", "only text can be read"),
    "feed": ("feed", "a news feed", "save the articles it lists, or turn it into JSON Lines"),
}


def ingest(
    *paths: str | Path,
    mapping: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Problem]:
    """Yield the reports of files and folders, each followed by what was wrong with it.

    `-` reads `stdin`, or standard input. `mapping` gives, for a field of ours (`id`, `title`,
    `text`, `published`, `publisher`, `url`, `language`), the input's own name for it. Bad input
    gives a `Problem` and the rest is read; raises `UsageError` only for a mapping of a field that
    does not exist.
    """
    unknown = sorted(set(mapping or {}) - set(FIELDS))
    if unknown:
        raise UsageError(
            f"no field {unknown[0]!r} to map", hint=f"the fields are {', '.join(FIELDS)}"
        )
    return _ingest(paths, mapping or {}, stdin)


def _ingest(
    paths: tuple[str | Path, ...], mapping: Mapping[str, str], stdin: BinaryIO | None
) -> Iterator[Report | Problem]:
    for path in paths:
        if str(path) == "-":
            yield from read_stream(stdin or _standard_input(), STDIN_NAME, mapping)
            continue
        for found in walk(Path(path)):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _read_file(found, mapping)


def _standard_input() -> BinaryIO:
    import sys

    return sys.stdin.buffer


def _read_file(path: Path, mapping: Mapping[str, str]) -> Iterator[Report | Problem]:
    try:
        if path.exists() and not path.is_file():
            yield problem(
                "unreadable", "neither a file nor a folder", str(path), "name a file or a folder"
            )
            return
        with path.open("rb") as stream:
            yield from read_stream(stream, str(path), mapping)
    except (OSError, ValueError) as fault:
        yield unreadable(path, fault)


def read_stream(
    stream: BinaryIO, name: str, mapping: Mapping[str, str], suffix: str | None = None
) -> Iterator[Report | Problem]:
    """Read one stream of bytes of any kind.

    `name` is what problems call it, and `suffix` the hint its name gives.
    """
    suffix = Path(name).suffix if suffix is None else suffix
    head = stream.read(HEAD_BYTES)
    kind = sniff(head, suffix)
    whole: BinaryIO = Rewound(head, stream)
    if kind in REFUSALS:
        code, what, hint = REFUSALS[kind]
        yield problem(code, f"{what}; left out", name, hint)
    elif kind == "gzip":
        yield from _read_packed(whole, name, mapping)
    elif kind in MANY:
        if is_wide(head):
            whole, doubt = _narrowed(whole, name)
            yield from doubt
        yield from _read_many(kind, whole, name, mapping, head)
    else:
        yield from _read_one(kind, whole, name, mapping)


def _read_many(
    kind: Kind, stream: BinaryIO, name: str, mapping: Mapping[str, str], head: bytes
) -> Iterator[Report | Problem]:
    if kind == "jsonl":
        yield from read_jsonl(stream, name, mapping, head)
    elif kind == "json":
        yield from read_json(stream, name, mapping)
    elif kind == "csv":
        yield from read_table(stream, name, mapping, head)
    else:
        yield from read_mbox(stream, name)


def _read_one(
    kind: Kind, stream: BinaryIO, name: str, mapping: Mapping[str, str]
) -> Iterator[Report | Problem]:
    data = stream.read(MAX_REPORT_BYTES + 1)
    if len(data) > MAX_REPORT_BYTES:
        yield problem(
            "too-large",
            f"more than {MAX_REPORT_BYTES:,} bytes as one report; left out",
            name,
            "cut it into articles, or write JSON Lines with one article a line",
        )
    elif kind == "html":
        yield from read_html(data, name)
    elif kind == "markdown":
        yield from read_markdown(data, name, mapping)
    elif kind == "eml":
        yield from read_mail(data, name)
    else:
        yield from read_text(data, name)


def _read_packed(
    stream: BinaryIO, name: str, mapping: Mapping[str, str]
) -> Iterator[Report | Problem]:
    inner = Path(name).with_suffix("") if Path(name).suffix == ".gz" else Path(name)
    unpacked = io.BufferedReader(Unpacked(stream), HEAD_BYTES)
    try:
        if unpacked.peek(2)[:2] == GZIP_MAGIC:
            yield problem("archive", "packed twice; left out", name, "unpack it once yourself")
            return
        yield from read_stream(unpacked, name, mapping, inner.suffix)
    except DecompressionBomb as fault:
        yield problem("bomb", f"{fault}; the rest left out", name, "unpack it yourself and look")
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        yield problem(
            "broken-gzip", f"damaged: {fault}; the rest left out", name, "pack or fetch it again"
        )


def _narrowed(stream: BinaryIO, name: str) -> tuple[BinaryIO, list[Problem]]:
    """Write a UTF-16 file again as UTF-8, so that it can be cut into lines of bytes."""
    data = stream.read(MAX_WHOLE_FILE_BYTES + 1)
    if len(data) > MAX_WHOLE_FILE_BYTES:
        fault = problem(
            "too-large",
            f"more than {MAX_WHOLE_FILE_BYTES:,} bytes of UTF-16; left out",
            name,
            "save it as UTF-8: that is read a line at a time",
        )
        return io.BytesIO(), [fault]
    text, doubt = decode(data, name)
    return io.BytesIO(text.encode("utf-8", "replace")), doubt


class Rewound(io.BufferedReader):
    """A stream whose first bytes, already drawn from it, are put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__(_HeadAndRest(head, rest), HEAD_BYTES)


class _HeadAndRest(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] if self._head else self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
