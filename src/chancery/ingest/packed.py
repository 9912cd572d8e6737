"""Unpacks gzip as a stream, and stops where it grows beyond what a text can."""

from __future__ import annotations

import gzip
import io
from typing import BinaryIO

from chancery.ingest.limits import MAX_REPORT_BYTES, MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES


class DecompressionBomb(OSError):  # noqa: N818 -- named for what it is
    """The packed file unpacks to more than any text would."""


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a gzip stream; reading raises `DecompressionBomb` past the bounds."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = _Counted(packed)
        self._gzip = gzip.GzipFile(fileobj=self._packed, mode="rb")
        self._given = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the unpacked bytes."""
        data = self._gzip.read1(len(buffer))
        self._given += len(data)
        ratio = self._given / max(self._packed.taken, 1)
        too_dense = self._given > MAX_REPORT_BYTES and ratio > MAX_UNPACK_RATIO
        if self._given > MAX_UNPACKED_BYTES or too_dense:
            raise DecompressionBomb(f"unpacks to {ratio:,.0f} times its size or more")
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    """A stream that counts the bytes taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self.taken += len(data)
        buffer[: len(data)] = data
        return len(data)
