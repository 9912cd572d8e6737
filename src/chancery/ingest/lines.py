"""Reads a stream line by line without ever holding a line that is too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from chancery.ingest.limits import MAX_REPORT_BYTES


def read_lines(
    stream: BinaryIO, limit: int = MAX_REPORT_BYTES
) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1; none in place of one longer than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield number, None
