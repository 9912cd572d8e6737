"""Claims → happenings, kept on disk so that every row opens the words it rests on.

In: reports, readings and people's decisions. Out: reports, claims, statements, happenings and the
words they rest on, as of any snapshot. Read `store.py` first, the ledger as others see it; then
`write.py` for how a commit is made, `tables.py` for what a row holds, and `reconcile.py` for how
claims become happenings.
"""

from chancery.ledger.changes import Change, Difference, FieldChange
from chancery.ledger.control import Intake, Snapshot
from chancery.ledger.rows import Rows
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
    "Change",
    "Coverage",
    "Difference",
    "Fate",
    "FieldChange",
    "Hit",
    "Intake",
    "Ledger",
    "Recorded",
    "ReportSummary",
    "Retraction",
    "Rows",
    "Snapshot",
    "SourceSummary",
    "Version",
]
