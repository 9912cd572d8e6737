"""The coverage line says what rows rest on, and leaves out what is nothing."""

from __future__ import annotations

from datetime import date

import msgspec

from chancery.ledger import Coverage
from chancery.outputs.coverage import coverage_line

COVERAGE = Coverage(
    snapshot="snp_5d07c1aa00000000",
    made="2026-11-22T14:05:00Z",
    report_count=2,
    source_count=2,
    read_count=2,
    unread_count=0,
    undated_count=1,
    claim_count=14,
    statement_count=20,
    problem_count=0,
    first=date(2006, 1, 1),
    last=date(2020, 2, 10),
    lexicon="ac2980e40000",
)


def test_all_of_it() -> None:
    line = coverage_line(COVERAGE)
    assert (
        line == "from 2 reports, 2 outlets, 2006–2020 · 1 undated · snp_5d07c1aa · lexicon ac2980e4"
    )


def test_what_is_nothing_is_left_out() -> None:
    bare = msgspec.structs.replace(
        COVERAGE,
        report_count=1,
        source_count=0,
        undated_count=0,
        first=None,
        last=None,
        lexicon=None,
    )
    assert coverage_line(bare) == "from 1 report · snp_5d07c1aa"


def test_the_clock_is_not_in_it() -> None:
    later = msgspec.structs.replace(COVERAGE, made="2031-01-01T00:00:00Z")
    assert coverage_line(later) == coverage_line(COVERAGE)
