"""What was decided, and what has become of it, as rows: the log, orphans, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from chancery.ledger import Conflict
from chancery.ledger.decide import standing_decisions
from chancery.ledger.settled import Orphan
from chancery.model import Decision
from chancery.outputs.rows import plain
from chancery.outputs.sheet import Sheet, plain_sheet

if TYPE_CHECKING:
    from chancery.outputs.desk import Desk

LOG_FIELDS: Final = ("id", "about", "verdict", "state", "reason", "who", "made", "undoes")
ORPHAN_FIELDS: Final = ("id", "about", "verdict", "because", "partly")

STANDING: Final = "standing"
UNDONE: Final = "undone"
ORPHANED: Final = "orphaned"
ORPHANED_PARTLY: Final = "orphaned in part"


def states(desk: Desk) -> Iterator[tuple[Decision, str]]:
    """Give every decision, in the order in which they were made, with what has become of it."""
    made = desk.ledger.decisions(as_of=desk.as_of)
    stand = {one.id for one in standing_decisions(made)}
    orphans = (
        {one.decision.id: one for one in desk.ledger.orphans(as_of=desk.as_of)} if made else {}
    )
    for decision in made:
        orphan = orphans.get(decision.id)
        state = STANDING if decision.id in stand else UNDONE
        if orphan:
            state = ORPHANED_PARTLY if orphan.partly else ORPHANED
        yield decision, state


def log_rows(desk: Desk) -> list[dict[str, Any]]:
    """Return the log of decisions as rows."""
    return [{**plain(one), "state": state} for one, state in states(desk)]


def log_sheet() -> Sheet[Mapping[str, Any]]:
    """Show the log of decisions."""
    return plain_sheet(LOG_FIELDS, shrink=("about", "verdict", "reason"))


def orphan_rows(orphans: Iterable[Orphan]) -> list[dict[str, Any]]:
    """Return orphans as rows: the decision, and why it finds nothing."""
    return [
        {
            "id": one.decision.id,
            "about": one.decision.about,
            "verdict": one.decision.verdict,
            "because": one.because,
            "partly": one.partly,
            "missing": plain(one.missing),
        }
        for one in orphans
    ]


def orphan_sheet() -> Sheet[Mapping[str, Any]]:
    """Show orphans."""
    return plain_sheet(ORPHAN_FIELDS, shrink=("about", "verdict", "because"))


def conflict_sheet() -> Sheet[Mapping[str, Any]]:
    """Show decisions that contradict one another."""
    return plain_sheet(Conflict.__struct_fields__, shrink=("about", "because"))
