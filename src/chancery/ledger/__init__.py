"""Claims → happenings, kept on disk so that every row opens the words it rests on.

In: reports, readings and people's decisions. Out: reports, claims, statements, happenings and the
words they rest on, as of any snapshot. Read `store.py` first, the ledger as others see it; then
`write.py` for how a commit is made, `tables.py` for what a row holds, and `reconcile.py` for how
claims become happenings. The names below load on first use, so that whoever needs only a file of
this package waits for no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chancery.ledger.audit import Audit, Sample
    from chancery.ledger.changes import Change, Difference, FieldChange
    from chancery.ledger.compare import Comparison
    from chancery.ledger.control import Intake, Snapshot
    from chancery.ledger.effects import Altered, Effect
    from chancery.ledger.entries import Entry
    from chancery.ledger.labels import Agreement, Label
    from chancery.ledger.moving import Imported
    from chancery.ledger.pairs import Conflict
    from chancery.ledger.questions import ReviewItem
    from chancery.ledger.rows import Rows
    from chancery.ledger.settled import Orphan, Settled
    from chancery.ledger.store import Ledger
    from chancery.ledger.summaries import (
        Added,
        Coverage,
        Hit,
        Recorded,
        ReportSummary,
        SourceSummary,
    )
    from chancery.ledger.versions import Fate, Retraction, Version

__all__ = [
    "Added",
    "Agreement",
    "Altered",
    "Audit",
    "Change",
    "Comparison",
    "Conflict",
    "Coverage",
    "Difference",
    "Effect",
    "Entry",
    "Fate",
    "FieldChange",
    "Hit",
    "Imported",
    "Intake",
    "Label",
    "Ledger",
    "Orphan",
    "Recorded",
    "ReportSummary",
    "Retraction",
    "ReviewItem",
    "Rows",
    "Sample",
    "Settled",
    "Snapshot",
    "SourceSummary",
    "Version",
]

_HOMES = {
    "Added": "summaries",
    "Agreement": "labels",
    "Altered": "effects",
    "Audit": "audit",
    "Change": "changes",
    "Comparison": "compare",
    "Conflict": "pairs",
    "Coverage": "summaries",
    "Difference": "changes",
    "Effect": "effects",
    "Entry": "entries",
    "Fate": "versions",
    "FieldChange": "changes",
    "Hit": "summaries",
    "Imported": "moving",
    "Intake": "control",
    "Label": "labels",
    "Ledger": "store",
    "Orphan": "settled",
    "Recorded": "summaries",
    "ReportSummary": "summaries",
    "Retraction": "versions",
    "ReviewItem": "questions",
    "Rows": "rows",
    "Sample": "audit",
    "Settled": "settled",
    "Snapshot": "control",
    "SourceSummary": "summaries",
    "Version": "versions",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
