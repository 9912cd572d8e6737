"""How many independent roots the reports have that tell several happenings together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from chancery.model import Happening, Tie

NAMED_ROOTS: Final = frozenset({"wire", "quotes"})
"""Ties whose second end is the name of an agency or outlet, not a report."""


def count_origins(rows: Sequence[Happening], ties: Iterable[Tie]) -> int:
    """Count the roots of the reports that tell any of some happenings.

    Two reports have one root if a tie that holds joins them, or both to one agency. The count is
    never less than that of any one happening.
    """
    reports = sorted({report for row in rows for report in row.reports})
    root = {report: report for report in reports}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for tie in ties:
        joins = tie.second in root or tie.kind in NAMED_ROOTS
        if tie.holds and tie.first in root and joins:
            first, second = sorted((find(tie.first), find(tie.second)))
            root[second] = first
    return max(len({find(report) for report in reports}), *(row.origin_count for row in rows))
