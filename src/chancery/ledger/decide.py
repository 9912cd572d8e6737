"""What people settle: verdicts that are only ever added, which of them stand, and which leads.

What a set of decisions comes to depends on the set alone, never on the order in which a ledger
took them in: so one that imports them ends as the one that exported them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from chancery.errors import UsageError
from chancery.ledger.verdicts import (
    UNDO,
    Stretch,
    Verdict,
    check_subject,
    check_words,
    is_claim_id,
    is_span,
    parse_verdict,
    subject_of,
)
from chancery.model import Decision

WITHDRAWN: Final = "withdrawn"
MOST_ANCHORS: Final = 10_000
LONGEST_FRAME: Final = 100

_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)


def check_verdict(about: str, verdict: str, undoes: str | None) -> None:
    """Refuse a verdict that means nothing; raises `UsageError` with what would."""
    check_words(about=about, verdict=verdict)
    if undoes:
        if verdict != UNDO:
            raise UsageError(f"{undoes} can only be undone", hint="a decision takes `undo`")
        return
    check_subject(about)
    parse_verdict(about, verdict)


def check_made(made: str) -> None:
    """Refuse an instant that is none, or that is not told in UTC; raises `UsageError`."""
    moment = read_instant(made)
    if moment == _EARLIEST or moment.utcoffset():
        raise UsageError(
            f"not an instant in UTC: {made[:50]!r}", hint="write 2020-02-10T12:00:00+00:00"
        )


def check_decision(decision: Decision) -> None:
    """Refuse a decision that no ledger could have made; raises `UsageError`.

    For decisions that come from elsewhere: ids, lengths, control characters, verdict, instant and
    anchors are all looked at.
    """
    check_words(reason=decision.reason, who=decision.who)
    check_made(decision.made)
    expected = Decision.make_id(
        about=decision.about, verdict=decision.verdict, who=decision.who, made=decision.made,
        undoes=decision.undoes,
    )  # fmt: skip
    if decision.id != expected:
        raise UsageError(f"{decision.id[:50]!r} should be {expected} by its content")
    check_verdict(decision.about, decision.verdict, decision.undoes)
    if decision.undoes:
        check_subject(decision.undoes)
        check_subject(decision.about)
    if len(decision.anchors) > MOST_ANCHORS:
        raise UsageError(f"{decision.id} has more than {MOST_ANCHORS:,} anchors")
    for anchor in decision.anchors:
        check_subject(anchor.claim)
        check_subject(anchor.report)
        if not is_span(anchor.trigger) or len(anchor.frame) > LONGEST_FRAME:
            raise UsageError(f"{decision.id} has an anchor that is none")


def read_instant(made: str) -> datetime:
    """Return the instant at which a decision was made; the earliest there is where none is told."""
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return _EARLIEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions in the order in which they were made, whoever took them in when."""
    return sorted(decisions, key=lambda one: (read_instant(one.made), one.id))


def standing_decisions(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that nobody has undone, in the order in which they were made.

    An undo can itself be undone, and the first decision then stands again. What was undone once
    stands no more, even where a second undo of it is taken back.
    """
    undos: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.undoes:
            undos.setdefault(decision.undoes, []).append(decision)
    stands: dict[str, bool] = {}
    for decision in decisions:
        _settle_standing(decision, undos, stands)
    return in_order(one for one in decisions if stands[one.id])


def _settle_standing(
    decision: Decision, undos: dict[str, list[Decision]], stands: dict[str, bool]
) -> None:
    """Find out whether a decision stands: it does where none of its undos does."""
    waiting, seen = [decision], {decision.id}
    while waiting:
        one = waiting[-1]
        against = undos.get(one.id, ())
        # Ids are hashes of what they undo, so a ring of undos is forged: it undoes nothing.
        if unknown := [undo for undo in against if undo.id not in stands and undo.id not in seen]:
            waiting += unknown
            seen |= {undo.id for undo in unknown}
            continue
        stands[one.id] = not any(stands.get(undo.id) for undo in against)
        waiting.pop()


def verdict_of(decision: Decision) -> Verdict | None:
    """Return a decision's verdict; none for an undo, and for one that this version cannot read."""
    if decision.undoes:
        return None
    try:
        return parse_verdict(decision.about, decision.verdict)
    except UsageError:
        return None


def by_rank(decisions: Iterable[Decision], lead_reviewer: str = "") -> list[Decision]:
    """Return decisions so that, where two differ, the later in the list leads.

    The newest does; what a lead reviewer decided leads over what all others did.
    """

    def rank(decision: Decision) -> tuple[bool, datetime, str]:
        leads = bool(lead_reviewer) and decision.who == lead_reviewer
        return leads, read_instant(decision.made), decision.id

    return sorted(decisions, key=rank)


def decided_dates(decisions: Sequence[Decision], lead_reviewer: str = "") -> dict[str, Stretch]:
    """Return the first and last day that people settled for reports; the leading verdict counts."""
    dates: dict[str, Stretch] = {}
    for decision in by_rank(standing_decisions(decisions), lead_reviewer):
        verdict = verdict_of(decision)
        if verdict and verdict.kind == "date" and subject_of(decision.about) == "rep_":
            dates[decision.about] = verdict.days
    return dates


def withdrawn_reports(decisions: Sequence[Decision]) -> list[str]:
    """Return the reports that people said were withdrawn, sorted."""
    standing = standing_decisions(decisions)
    return sorted({
        one.about for one in standing
        if subject_of(one.about) == "rep_" and one.verdict == WITHDRAWN and not one.undoes
    })  # fmt: skip


def dated_rows(decisions: Sequence[Decision], lead_reviewer: str = "") -> list[dict[str, Any]]:
    """Return what was settled about reports as the rows that the view of reports joins."""
    dates = decided_dates(decisions, lead_reviewer)
    withdrawn = set(withdrawn_reports(decisions))
    return [
        {
            "report": report,
            "dated": report in dates,
            "first_day": dates.get(report, (None, None))[0],
            "last_day": dates.get(report, (None, None))[1],
            "withdrawn": report in withdrawn,
        }
        for report in sorted({*dates, *withdrawn})
    ]


def named_claims(decision: Decision, verdict: Verdict) -> tuple[str, ...]:
    """Return the ids that a verdict cannot do without, of claims and such, the subject first."""
    anchored = subject_of(decision.about) in ("clm_", "fct_", "stm_")
    subject = decision.about if anchored else None
    named = [*filter(None, [subject]), *verdict.claims]
    return tuple(dict.fromkeys(one for one in named if one == subject or is_claim_id(one)))
