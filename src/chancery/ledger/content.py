"""What a snapshot is named for: the sum of the digests of all it holds.

Digests are taken of rows, which spell out every default, so that a noun read back from the disk
has the digest of the one that was written. A sum is blind to order and to batches, and can be kept
as things are added: the same reports, read in any order and in batches of any size, end in a
snapshot of the same name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

import msgspec

from chancery.ledger.tables import (
    DECISIONS,
    REPORTS,
    encode,
    encode_for_digest,
    tables_of,
)
from chancery.model import ID_HEX_DIGITS, Decision, Reading, Report

MODULUS: Final = 1 << 256
TOTAL_BYTES: Final = 32

FIRST_TABLES: Final = 4
"""Mentions, times, statements and claims: what ledgers held of a reading from the beginning."""


def digest_report(report: Report) -> int:
    """Digest one report."""
    return _digest("report", encode(REPORTS, report))


def digest_reading(reading: Reading, ordinal: int) -> int:
    """Digest one reading, the `ordinal`-th of its report.

    Problems are left out: they speak of files and places, not of what was read. So are later
    tables and columns that hold nothing, so that a reading made before there were such keeps its
    digest.
    """
    found = [
        [encode_for_digest(table, noun) for noun in nouns] for table, nouns in tables_of(reading)
    ]
    while len(found) > FIRST_TABLES and not found[-1]:
        found.pop()
    return _digest("reading", reading.report, reading.run, reading.unread, ordinal, found)


def digest_decision(decision: Decision) -> int:
    """Digest one decision."""
    return _digest("decision", encode_for_digest(DECISIONS, decision))


def add_up(total: int, digests: Iterable[int]) -> int:
    """Add digests to the total of a snapshot."""
    return (total + sum(digests)) % MODULUS


SNAPSHOT_ID_LENGTH: Final = len("snp_") + ID_HEX_DIGITS


def name_snapshot(total: int) -> str:
    """Name the snapshot whose content adds up to this total."""
    return "snp_" + hashlib.sha256(total.to_bytes(TOTAL_BYTES, "big")).hexdigest()[:ID_HEX_DIGITS]


def _digest(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(msgspec.json.encode(parts)).digest(), "big")
