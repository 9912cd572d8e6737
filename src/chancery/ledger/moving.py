"""Decisions moved between ledgers, as JSON Lines: written in one order, read with suspicion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from chancery.errors import Problem, UsageError
from chancery.ledger.decide import check_decision
from chancery.ledger.settled import Orphan
from chancery.model import Decision, Noun

MOST_LINE_BYTES: Final = 4 << 20
MOST_SHOWN: Final = 200
"""Characters of a stranger's words that a message repeats."""


class Imported(Noun, frozen=True):
    """What an import did: decisions new and known before, those that are orphans here, problems."""

    new: int = 0
    known: int = 0
    orphans: tuple[Orphan, ...] = ()
    problems: tuple[Problem, ...] = ()


def write_decision(decision: Decision) -> str:
    """Write one decision as one line of JSON, without its end."""
    return msgspec.json.encode(decision).decode()


def read_decisions(
    lines: Iterable[str | bytes], lengths_of: Callable[[Sequence[str]], Mapping[str, int]]
) -> tuple[list[Decision], list[Problem]]:
    """Read decisions that no ledger could have made otherwise; the rest are problems.

    `lengths_of` gives the lengths of the texts of those reports that are held, so that an anchor
    that points past its report is found out.
    """
    read: list[tuple[int, Decision]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            read.append((number, read_decision(line)))
        except (msgspec.DecodeError, UsageError, UnicodeError) as error:
            problems.append(_problem(number, error))
    lengths = lengths_of(sorted({one.report for _, made in read for one in made.anchors}))
    decisions = []
    for number, decision in read:
        try:
            _check_anchors(decision, lengths)
            decisions.append(decision)
        except UsageError as error:
            problems.append(_problem(number, error))
    return decisions, sorted(problems, key=lambda one: (len(one.place), one.place))


def read_decision(line: str | bytes) -> Decision:
    """Read one decision; raises `UsageError` or `msgspec.DecodeError` where it is none."""
    if len(line) > MOST_LINE_BYTES:
        raise UsageError(f"the line has more than {MOST_LINE_BYTES:,} bytes")
    decision = msgspec.json.decode(line, type=Decision)
    check_decision(decision)
    return decision


def _check_anchors(decision: Decision, lengths: Mapping[str, int]) -> None:
    for anchor in decision.anchors:
        if anchor.trigger.end > lengths.get(anchor.report, anchor.trigger.end):
            raise UsageError(
                f"{decision.id} points at {anchor.report}:{anchor.trigger.start}-"
                f"{anchor.trigger.end}, past the end of its text"
            )


def _problem(number: int, error: Exception) -> Problem:
    message = error.message if isinstance(error, UsageError) else str(error)
    hint = error.hint if isinstance(error, UsageError) else ""
    return Problem(
        stage="decisions",
        code="bad-decision",
        message=message[:MOST_SHOWN],
        place=f"line {number}",
        hint=hint[:MOST_SHOWN] or "a line is a decision as `chancery export decisions` writes it",
    )
