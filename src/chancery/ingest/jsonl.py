"""JSON Lines, and JSON files that hold one report or a list of them.

A list is cut into its items before any is decoded, so that one bad item costs no other, and each
problem names the line its item starts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

import msgspec

from chancery.errors import Problem
from chancery.ingest.draft import problem
from chancery.ingest.encoding import LineDecoder, decode
from chancery.ingest.fields import read_record
from chancery.ingest.limits import MAX_JSON_DEPTH, MAX_REPORT_BYTES, MAX_WHOLE_FILE_BYTES
from chancery.ingest.lines import read_lines
from chancery.model import Report

_MARKS: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)


def read_jsonl(
    stream: BinaryIO, name: str, mapping: Mapping[str, str] | None = None, sample: bytes = b""
) -> Iterator[Report | Problem]:
    """Read JSON Lines, a line at a time; blank lines are passed over.

    `sample` is the file's beginning, from which its encoding is guessed where it is not UTF-8.
    """
    decoder = LineDecoder(sample)
    for number, line in read_lines(stream):
        place = f"{name}:{number}"
        if line is None:
            yield problem(
                "too-large",
                f"a line of more than {MAX_REPORT_BYTES:,} bytes; left out",
                place,
                "JSON Lines hold one report a line; is this one JSON file? name it .json",
            )
        elif line.strip():
            text, doubt = decoder.decode(line, place)
            yield from doubt
            yield from _read_item(text, place, mapping)


def read_json(
    stream: BinaryIO, name: str, mapping: Mapping[str, str] | None = None
) -> Iterator[Report | Problem]:
    """Read one JSON file that holds a report, or a list of reports."""
    data = stream.read(MAX_WHOLE_FILE_BYTES + 1)
    if len(data) > MAX_WHOLE_FILE_BYTES:
        yield problem(
            "too-large",
            f"a JSON file of more than {MAX_WHOLE_FILE_BYTES:,} bytes; left out",
            name,
            "write JSON Lines, one report a line: they are read a line at a time",
        )
        return
    text, doubt = decode(data, name)
    yield from doubt
    if not text.lstrip().startswith("["):
        yield from _read_item(text, f"{name}:1", mapping)
        return
    line, counted = 1, 0
    for start, item in cut_items(text):
        line += text.count("\n", counted, start)
        counted = start
        yield from _read_item(item, f"{name}:{line}", mapping)


def cut_items(text: str) -> Iterator[tuple[int, str]]:
    """Yield each item of a JSON list with the place it starts at, without decoding any."""
    depth, start = 0, text.index("[") + 1
    for mark in _MARKS.finditer(text):
        if mark[0] in "[{":
            depth += 1
        elif mark[0] in "]}":
            depth -= 1
        if (mark[0] == "," and depth == 1) or depth == 0:
            item = text[start : mark.start()]
            if item.strip():
                yield start + len(item) - len(item.lstrip()), item
            start = mark.end()
        if depth == 0:
            break
    if text[start:].strip():
        yield start + len(text[start:]) - len(text[start:].lstrip()), text[start:]


def depth_of(text: str) -> int:
    """Return how deeply the lists and objects of a JSON text are nested."""
    depth = deepest = 0
    for mark in _MARKS.finditer(text):
        if mark[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark[0] in "]}":
            depth -= 1
    return deepest


def _read_item(
    text: str, place: str, mapping: Mapping[str, str] | None
) -> Iterator[Report | Problem]:
    if len(text) > MAX_REPORT_BYTES:
        yield problem(
            "too-large",
            f"an item of {len(text):,} characters; left out",
            place,
            "no report is so long",
        )
        return
    if text.count("[") + text.count("{") > MAX_JSON_DEPTH and depth_of(text) > MAX_JSON_DEPTH:
        yield problem(
            "deep-json",
            f"nested more than {MAX_JSON_DEPTH} deep; left out",
            place,
            "a report is one flat object: id, title, text, published, publisher, url, language",
        )
        return
    try:
        record = msgspec.json.decode(text)
    except msgspec.DecodeError as fault:
        yield problem(
            "bad-json", f"no JSON: {fault}", place, "one report a line, as one JSON object"
        )
        return
    if not isinstance(record, dict):
        yield problem("bad-json", "no JSON object", place, 'expected {"text": "…", …}')
        return
    yield from read_record(record, place, mapping)
