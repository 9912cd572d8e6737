"""What people settle: verdicts that are only ever added, and what they come to in the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from chancery.errors import UsageError
from chancery.ledger.filters import parse_days
from chancery.model import Decision

DATE: Final = "date"
UNDO: Final = "undo"
WITHDRAWN: Final = "withdrawn"


def check_verdict(about: str, verdict: str, undoes: str | None) -> None:
    """Refuse a verdict that means nothing; raises `UsageError`."""
    kind, _, value = verdict.partition(" ")
    if kind == DATE and about.startswith("rep_"):
        parse_days(value)
    elif verdict == WITHDRAWN and about.startswith("rep_"):
        return
    elif verdict != UNDO or not undoes:
        raise UsageError(
            f"no such verdict about {about}: {verdict!r}",
            hint="a report takes `date 2020-05`; a decision takes `undo`",
        )


def standing_decisions(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that nobody has undone, in their order.

    An undo can itself be undone, and the first decision then stands again.
    """
    undone: set[str] = set()
    standing: list[Decision] = []
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        standing.append(decision)
        if decision.undoes:
            undone.add(decision.undoes)
    return standing[::-1]


def decided_dates(decisions: Sequence[Decision]) -> dict[str, tuple[date, date]]:
    """Return the first and last day that people settled for reports; the newest verdict counts."""
    dates: dict[str, tuple[date, date]] = {}
    for decision in standing_decisions(decisions):
        kind, _, value = decision.verdict.partition(" ")
        if kind == DATE:
            dates[decision.about] = parse_days(value)
    return dates


def dated_rows(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Return the settled days as the rows that the view of reports joins."""
    return [
        {"report": report, "first_day": first, "last_day": last}
        for report, (first, last) in sorted(decided_dates(decisions).items())
    ]
