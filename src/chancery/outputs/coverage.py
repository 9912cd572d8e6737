"""The coverage line: what a screen, printout or export rests on, in one line."""

from __future__ import annotations

from typing import Final

from chancery.ledger import Coverage
from chancery.outputs.words import counted, listed, short_id

SHORT_HASH: Final = 8


def coverage_line(coverage: Coverage) -> str:
    """Write it: `from 2 reports, 2 outlets, 2006–2020 · 1 undated · snp_5d07c1aa`."""
    years = ""
    if coverage.first and coverage.last:
        first, last = coverage.first.year, coverage.last.year
        years = str(first) if first == last else f"{first}–{last}"
    outlets = counted(coverage.source_count, "outlet") if coverage.source_count else ""
    rests_on = (counted(coverage.report_count, "report"), outlets, years)
    facts = (
        f"from {', '.join(filter(None, rests_on))}",
        f"{coverage.unread_count:,} unread" if coverage.unread_count else "",
        f"{coverage.undated_count:,} undated" if coverage.undated_count else "",
        short_id(coverage.snapshot),
        f"lexicon {coverage.lexicon[:SHORT_HASH]}" if coverage.lexicon else "",
    )
    return listed(facts)
