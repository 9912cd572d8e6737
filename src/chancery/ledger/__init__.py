"""Claims → happenings, kept on disk so that every row opens the words it rests on.

In: reports, readings and people's decisions. Out: reports, claims, statements, happenings and the
words they rest on, as of any snapshot. Read `store.py` first, the ledger as others see it; then
`write.py` for how a commit is made, `tables.py` for what a row holds, and `reconcile.py` for how
claims become happenings.
"""

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
