"""What changed between two snapshots: reports, decisions, happenings, claims, outcomes.

DuckDB sets rows against rows and hands over only those that differ, so that no ledger is in memory
as a whole. What is left is paired: a claim with itself by id, or, where a report was read again,
with the claim on the same words; a happening with those that hold the same claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from chancery.ledger.changes import (
    CERTAINTY_DIGITS,
    Change,
    ChangeWord,
    Difference,
    FieldChange,
    claim_fields,
    happening_fields,
    is_deed,
    takes_part,
)
from chancery.ledger.decide import WITHDRAWN, standing_decisions
from chancery.ledger.pairing import (
    closest,
    group_by_claims,
    most_told,
    name_change,
    pair_by_words,
)
from chancery.ledger.query import Answer
from chancery.ledger.shelf import Shelf
from chancery.ledger.tables import CLAIMS, HAPPENINGS, OUTCOMES, REPORTS, Table, decoder
from chancery.model import Claim, Decision, Happening, Outcome, Report

READ_AGAIN: Final = "its report was read again"
FIRST_READ: Final = "its report was read for the first time"
NOT_READ: Final = "its report is not read in the second snapshot"


class Pinned(msgspec.Struct, frozen=True):
    """One of two snapshots: its commit, its id, and what people had settled until then."""

    pin: int
    snapshot: str
    decisions: Sequence[Decision]


class Wanted(msgspec.Struct, frozen=True):
    """Which deeds are asked for: codes that all take part, and frames, types or modes."""

    who: Sequence[str] | None = None
    what: Sequence[str] | None = None

    @property
    def all(self) -> bool:
        """Say whether nothing is asked for in particular."""
        return self.who is None and self.what is None

    def holds(self, deed: Claim | Happening) -> bool:
        """Say whether a deed is one of those asked for."""
        codes = _codes(deed) if isinstance(deed, Claim) else (*deed.actors, *deed.targets)
        return takes_part(codes, self.who) and is_deed(deed, self.what)


def _codes(claim: Claim) -> tuple[str, ...]:
    return tuple(one.actor for one in (*claim.actors, *claim.targets) if one.actor)


def compare(shelf: Shelf, first: Pinned, second: Pinned, wanted: Wanted) -> Difference:
    """Return what differs between two snapshots.

    Where some deeds are asked for, only claims and happenings are compared: the rest has no
    parties.
    """
    if first.pin == second.pin:
        return Difference(first=first.snapshot, second=second.snapshot)
    comparison = Comparison(shelf, first, second)
    claims = comparison.claims()
    changes: list[Change] = []
    if wanted.all:
        changes += [*comparison.reports(), *comparison.decisions()]
    changes += comparison.happenings(claims, wanted)
    changes += comparison.claim_changes(claims, wanted)
    if wanted.all:
        changes += comparison.outcomes()
    return Difference(first=first.snapshot, second=second.snapshot, changes=tuple(changes))


class ClaimPair(msgspec.Struct, frozen=True):
    """A claim before and after, one of them none; `reread` where its report was read both times."""

    before: Claim | None
    after: Claim | None
    reread: bool


class Comparison:
    """Two snapshots, laid side by side."""

    def __init__(self, shelf: Shelf, first: Pinned, second: Pinned) -> None:
        self._shelf = shelf
        self._first, self._second = first, second

    def _fetch(self, name: str, parameters: Mapping[str, Any]) -> Answer:
        """Run a step over all that either commit holds."""
        return self._shelf.fetch(max(self._first.pin, self._second.pin), name, parameters)

    @property
    def _commits(self) -> dict[str, int]:
        return {"first": self._first.pin, "second": self._second.pin}

    # Reports and decisions ----------------------------------------------------------------------

    def reports(self) -> list[Change]:
        """Return reports that were added, given another date, or withdrawn by a person."""
        decided = [*self._only_in(self._first), *self._only_in(self._second)]
        ids = sorted({one.about for one in decided if one.about.startswith("rep_")})
        before = self._reports_at(self._first, ids)
        after = self._reports_at(self._second, ids)
        changes = [
            *self._reports_moved(before, after),
            *self._reports_withdrawn(before, after),
            *self._reports_redated(before, after),
        ]
        return sorted(changes, key=_order)

    def _reports_at(self, side: Pinned, ids: Sequence[str]) -> dict[str, Report]:
        """Return what one snapshot holds of the reports that matter, with the days it gives."""
        parameters = {**self._commits, "ids": list(ids)}
        answer = self._shelf.fetch(side.pin, "diff_reports", parameters)
        noun = decoder(REPORTS, (*answer.columns, "text"))
        return {values[0]: noun((*values, "")) for values in answer.rows}

    def _reports_moved(
        self, before: Mapping[str, Report], after: Mapping[str, Report]
    ) -> Iterable[Change]:
        for id_ in sorted(before.keys() ^ after.keys()):
            there = id_ in after
            yield self._report_change(
                "added" if there else "removed", (after if there else before)[id_]
            )

    def _reports_withdrawn(
        self, before: Mapping[str, Report], after: Mapping[str, Report]
    ) -> Iterable[Change]:
        was, now = withdrawn(self._first.decisions), withdrawn(self._second.decisions)
        for id_ in sorted((was ^ now) & before.keys() & after.keys()):
            yield self._report_change("withdrawn" if id_ in now else "restored", after[id_])

    def _reports_redated(
        self, before: Mapping[str, Report], after: Mapping[str, Report]
    ) -> Iterable[Change]:
        for id_ in sorted(before.keys() & after.keys()):
            days = [(one.published.edtf(),) if one.published.known else ()
                    for one in (before[id_], after[id_])]  # fmt: skip
            if days[0] != days[1]:
                moved = FieldChange(field="published", before=days[0], after=days[1])
                yield self._report_change("redated", after[id_], (moved,))

    def _report_change(
        self, word: ChangeWord, report: Report, fields: tuple[FieldChange, ...] = ()
    ) -> Change:
        gone = word == "removed"
        facts = (report.published.edtf(), report.source or "no source", report.title)
        return Change(
            kind="report",
            change=word,
            id=report.id,
            shown=" · ".join(fact for fact in facts if fact),
            snapshot=(self._first if gone else self._second).snapshot,
            was=() if word == "added" else (report.id,),
            now=() if gone else (report.id,),
            fields=fields,
            when=report.published,
            reports=(report.id,),
        )

    def decisions(self) -> list[Change]:
        """Return what people settled in between, in the order in which they did."""
        return [
            *(self._decision_change("removed", one, self._first)
              for one in self._only_in(self._first)),
            *(self._decision_change("made", one, self._second)
              for one in self._only_in(self._second)),
        ]  # fmt: skip

    def _only_in(self, side: Pinned) -> list[Decision]:
        other = self._second if side is self._first else self._first
        known = {one.id for one in other.decisions}
        return [one for one in side.decisions if one.id not in known]

    def _decision_change(self, word: ChangeWord, one: Decision, side: Pinned) -> Change:
        about = (one.about,)
        return Change(
            kind="decision",
            change=word,
            id=one.id,
            shown=f"{one.about} {one.verdict}" + (f", by {one.who}" if one.who else ""),
            snapshot=side.snapshot,
            was=(one.id,) if side is self._first else (),
            now=(one.id,) if side is self._second else (),
            claims=about if one.about.startswith("clm_") else (),
            reports=about if one.about.startswith("rep_") else (),
            because=one.reason,
        )

    # Claims -------------------------------------------------------------------------------------

    def claims(self) -> list[ClaimPair]:
        """Return the claims that differ, each with what it became."""
        answer = self._fetch("diff_claims", self._commits)
        sides: tuple[dict[str, Claim], dict[str, Claim]] = ({}, {})
        rereads: set[str] = set()
        for claim, later, values in _split_rows(answer, CLAIMS):
            sides[later][claim.id] = claim
            if values[answer.columns.index("reread")]:
                rereads.add(claim.report)
        before, after = sides
        pairs = {id_: id_ for id_ in before.keys() & after.keys()}
        gone = [one for id_, one in before.items() if id_ not in pairs]
        come = [one for id_, one in after.items() if id_ not in pairs]
        pairs |= pair_by_words(gone, come)
        found = [(before[id_], after.get(pairs.get(id_, ""))) for id_ in sorted(before)]
        new = sorted(after.keys() - set(pairs.values()))
        return [
            *(ClaimPair(one, other, one.report in rereads) for one, other in found),
            *(ClaimPair(None, after[id_], after[id_].report in rereads) for id_ in new),
        ]

    def claim_changes(self, pairs: Iterable[ClaimPair], wanted: Wanted) -> list[Change]:
        """Return claims that were added, that are gone, and that are read in another way."""
        changes = (
            self._claim_change(pair) for pair in pairs
            if any(one and wanted.holds(one) for one in (pair.before, pair.after))
        )  # fmt: skip
        return sorted((one for one in changes if one), key=_order)

    def _claim_change(self, pair: ClaimPair) -> Change | None:
        before, after = pair.before, pair.after
        fields = claim_fields(before, after) if before and after else ()
        if before and after and not fields and before.id == after.id:
            return None
        claim = after or before
        assert claim is not None
        because = READ_AGAIN if pair.reread else FIRST_READ if after else NOT_READ
        return Change(
            kind="claim",
            change="altered" if before and after else "added" if after else "removed",
            id=claim.id,
            shown=str(claim),
            snapshot=(self._second if after else self._first).snapshot,
            was=(before.id,) if before else (),
            now=(after.id,) if after else (),
            fields=fields,
            when=claim.when,
            claims=(claim.id,),
            reports=(claim.report,),
            because=because,
        )

    # Happenings ---------------------------------------------------------------------------------

    def happenings(self, pairs: Iterable[ClaimPair], wanted: Wanted) -> list[Change]:
        """Return happenings that came, went, or are not what they were."""
        answer = self._shelf.fetch(
            self._second.pin,
            "diff_happenings",
            {"digits": CERTAINTY_DIGITS},
            derived=True,
            earlier=self._first.pin,
        )
        sides: tuple[list[Happening], list[Happening]] = ([], [])
        for happening, later, _ in _split_rows(answer, HAPPENINGS):
            sides[later].append(happening)
        became = {
            pair.before.id: pair.after.id for pair in pairs if pair.before and pair.after
        }  # fmt: skip
        changes = (
            self._happening_change(before, after, became)
            for before, after in group_by_claims(*sides, became)
            if any(wanted.holds(one) for one in (*before, *after))
        )
        return sorted((one for one in changes if one), key=_order)

    def _happening_change(
        self, before: Sequence[Happening], after: Sequence[Happening], became: Mapping[str, str]
    ) -> Change | None:
        shown = most_told(after or before)
        fields: tuple[FieldChange, ...] = ()
        if before and after:
            fields = happening_fields(closest(before, shown, became), shown)
            if not fields and len(before) == len(after) == 1:
                return None
        side = self._second if after else self._first
        return Change(
            kind="happening",
            change=name_change(len(before), len(after)),
            id=shown.id,
            shown=str(shown),
            snapshot=side.snapshot,
            was=tuple(one.id for one in before),
            now=tuple(one.id for one in after),
            fields=fields,
            when=shown.when,
            claims=tuple(sorted(shown.claims, key=lambda id_: (id_ != shown.lead, id_))),
            reports=shown.reports,
        )

    # Outcomes -----------------------------------------------------------------------------------

    def outcomes(self) -> list[Change]:
        """Return forecasts of which something else is known than before."""
        answer = self._shelf.fetch(
            self._second.pin, "diff_outcomes", derived=True, earlier=self._first.pin
        )
        sides: tuple[dict[str, Outcome], dict[str, Outcome]] = ({}, {})
        for outcome, later, _ in _split_rows(answer, OUTCOMES):
            sides[later][outcome.forecast] = outcome
        before, after = sides
        return [
            self._outcome_change(id_, before[id_], after[id_])
            for id_ in sorted(before.keys() & after.keys())
        ]

    def _outcome_change(self, forecast: str, before: Outcome, after: Outcome) -> Change:
        values = {
            "state": ((before.state,), (after.state,)),
            "evidence": (before.evidence, after.evidence),
            "overdue": ((str(before.overdue),), (str(after.overdue),)),
        }
        return Change(
            kind="outcome",
            change="altered",
            id=forecast,
            shown=f"{after.state} {forecast}",
            snapshot=self._second.snapshot,
            was=(forecast,),
            now=(forecast,),
            fields=tuple(
                FieldChange(field=name, before=one, after=other)
                for name, (one, other) in values.items()
                if one != other
            ),
            claims=after.evidence,
            because=after.because,
        )


def _split_rows(answer: Answer, table: Table) -> Iterable[tuple[Any, bool, tuple[Any, ...]]]:
    """Give each row's noun, whether it is of the later side, and the row."""
    noun, at = decoder(table, answer.columns), answer.columns.index("later")
    return ((noun(values), bool(values[at]), values) for values in answer.rows)


def _order(change: Change) -> tuple[Any, ...]:
    """By the earliest possible day, or the last where the first is open; undated ones last."""
    days = [day.toordinal() for day in (change.when.first, change.when.last) if day]
    return (not days, days[:1], change.id, change.change)


def withdrawn(decisions: Sequence[Decision]) -> set[str]:
    """Return the reports that people hold for withdrawn."""
    standing = standing_decisions(decisions)
    return {one.about for one in standing if one.verdict == WITHDRAWN}
