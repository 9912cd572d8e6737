"""Tells what kind of file it is: by its first bytes, with the name's ending as a hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal[
    "text", "markdown", "html", "jsonl", "json", "csv", "eml", "mbox",
    "gzip", "empty", "binary", "archive", "document", "image", "feed",
]  # fmt: skip

MAGIC: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "archive"), (b"PK\x05\x06", "archive"), (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"), (b"\x04\x22\x4d\x18", "archive"),
    (b"%PDF-", "document"), (b"{\\rtf", "document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document"), (b"%!PS", "document"),
    (b"\x89PNG\r\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"),
    (b"\x7fELF", "binary"), (b"MZ\x90\x00", "binary"), (b"SQLite format 3\x00", "binary"),
    (b"PAR1", "binary"), (b"OggS", "binary"), (b"ID3", "binary"), (b"wOFF", "binary"),
)  # fmt: skip

SUFFIXES: Final[dict[str, Kind]] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
    ".eml": "eml", ".mbox": "mbox",
}  # fmt: skip

BINARY_SHARE: Final = 0.02
"""The share of control bytes from which a file counts as binary; a text has none, or a stray."""

_BOM_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b")) + b"\x7f"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)(?:<[!?][^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_MBOX = re.compile(rb"From \S{1,200} .{0,60}?\d\d:\d\d[^\n]{0,60}\n[A-Za-z-]+:")
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]", re.MULTILINE)
_MAIL_HEADERS = frozenset(
    b"from to subject date message-id received return-path mime-version content-type".split()
)
_TABLE_FIELDS = frozenset(b"id title text published publisher url language".split())
_JSON_OBJECT = re.compile(rb'\s*\{\s*"')
_JSON_ARRAY = re.compile(rb"\s*\[\s*[{\]]")
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n[\w-]+[ \t]*:")


def sniff(head: bytes, suffix: str = "") -> Kind:
    """Tell the kind of a file from its first bytes; `suffix` is the name's ending, `.txt`."""
    if not head.strip(b" \t\r\n\v\f\xef\xbb\xbf"):
        return "empty"
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "archive"
    hint = SUFFIXES.get(suffix.lower())
    if is_wide(head):
        return _kind_of_text(_narrowed(head), hint)
    if _share_of_controls(head) > BINARY_SHARE:
        return "binary"
    return _kind_of_text(head.removeprefix(b"\xef\xbb\xbf"), hint)


def is_wide(head: bytes) -> bool:
    """Say whether the bytes are UTF-16 or UTF-32, with a mark or without."""
    return head.startswith(_BOM_UTF16) or looks_utf16(head)


def looks_utf16(head: bytes) -> bool:
    """Say whether bytes without a mark read as UTF-16: zeros in every other place, hardly else."""
    sample = head[:2000]
    if len(sample) < 8:
        return False
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    return most > 0.7 * (len(sample) // 2) and least <= 0.02 * len(sample)


def _share_of_controls(head: bytes) -> float:
    return 1 - len(head.translate(None, _CONTROL_BYTES)) / len(head)


def _narrowed(head: bytes) -> bytes:
    """Drop the zeros of UTF-16, so that the patterns for ASCII see its Latin letters."""
    return head.replace(b"\x00", b"").lstrip(b"\xff\xfe")


def _kind_of_text(head: bytes, hint: Kind | None) -> Kind:
    for kind, test in _TESTS:
        if test(head):
            return "json" if kind == "jsonl" and not _lines_of_json(head, hint) else kind
    return hint or "text"


def _lines_of_json(head: bytes, hint: Kind | None) -> bool:
    """Tell JSON Lines (each line an object) from one JSON object spread over lines."""
    if hint in ("jsonl", "json"):
        first = head.lstrip().split(b"\n", 1)[0].rstrip()
        return hint == "jsonl" or (first.endswith(b"}") and b"\n" in head.strip())
    return head.lstrip().split(b"\n", 1)[0].rstrip() != b"{"


def _is_table(head: bytes) -> bool:
    """Say whether the first line names two of our fields, the text among them, as cells."""
    first = head.split(b"\n", 1)[0]
    cells = {cell.strip(b' \t\r"').lower() for cell in re.split(rb"[,;\t|]", first)}
    return b"text" in cells and len(cells & _TABLE_FIELDS) > 1


def _is_mail(head: bytes) -> bool:
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = [line for line in block.splitlines() if line and line[:1] not in b" \t"]
    names = {match[1].lower() for line in lines if (match := _HEADER.match(line))}
    return len(names & _MAIL_HEADERS) >= 3 and all(_HEADER.match(line + b" ") for line in lines)


_TESTS: Final[tuple[tuple[Kind, Callable[[bytes], object]], ...]] = (
    ("feed", _FEED.match),
    ("html", _HTML.match),
    ("mbox", _MBOX.match),
    ("jsonl", _JSON_OBJECT.match),
    ("json", _JSON_ARRAY.match),
    ("markdown", _FRONT_MATTER.match),
    ("csv", _is_table),
    ("eml", _is_mail),
)
