"""Rows as one JSON-LD graph: what was said, where, by whom, read by which run, settled by whom.

Happenings come with their claims, forecasts with what became of them where that is settled. Every
report they rest on is a node, without its text. Only decisions that stand are told, so that one
that is undone leaves no trace in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, BinaryIO, Final

from chancery.ledger.decide import standing_decisions
from chancery.ledger.verdicts import UNDO
from chancery.model import Claim, Decision, Forecast, Happening, Outcome, Statement
from chancery.outputs.chronology import phrase_of
from chancery.outputs.forms.export import Export, json_array, write_text
from chancery.outputs.forms.graph import (
    CONTEXT,
    SETTLED,
    Node,
    claim_facts,
    decision_node,
    happening_node,
    link,
    present,
    report_node,
    review_node,
    run_node,
    software,
    told_node,
)
from chancery.outputs.passages import ROWS_AT_ONCE, Passage
from chancery.outputs.rows import json_line
from chancery.outputs.words import pair_words

OUTCOME: Final = "outcome "


def write_jsonld(export: Export, target: BinaryIO) -> int:
    """Write the whole graph; return how many rows it tells."""
    return _write(target, export, Graph(export).nodes())


def write_claimreview(export: Export, target: BinaryIO) -> int:
    """Write statements or forecasts with their reviews, the reports they stand in, and no more."""
    return _write(target, export, Graph(export).reviews())


def _write(target: BinaryIO, export: Export, nodes: Iterator[Node]) -> int:
    def pieces() -> Iterator[str]:
        yield f'{{"@context":{json_line(CONTEXT)},"@graph":'
        yield from json_array(nodes)
        yield "}\n"

    write_text(pieces(), target)
    return len(export.rows)


class Graph:
    """The nodes of one export, in the order of its rows."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._evidence = export.evidence
        self._passages = export.passages()
        self._names: set[str] = set()
        self._runs: set[str] = set()
        decisions = self._evidence.ledger.decisions(as_of=self._evidence.pinned)
        self._decisions = [one for one in standing_decisions(decisions) if one.verdict != UNDO]

    def nodes(self) -> Iterator[Node]:
        """Give rows, then their reports, runs and decisions, and this program."""
        yield from self.reviews()
        yield from map(run_node, sorted(self._runs))
        for decision in self._decisions:
            if used := sorted(self._named(decision) & self._names):
                yield decision_node(decision, used)

    def reviews(self) -> Iterator[Node]:
        """Give rows with what became of them, their reports, and this program."""
        for at in range(0, len(self._export.rows), ROWS_AT_ONCE):
            self._export.tell(at, len(self._export.rows))
            yield from self._some(self._export.rows[at : at + ROWS_AT_ONCE])
        self._export.tell(len(self._export.rows), len(self._export.rows))
        for report in self._export.reports():
            self._names.add(report.id)
            yield report_node(report)
        yield software()

    def _some(self, rows: Sequence[Any]) -> Iterator[Node]:
        if isinstance(rows[0], Happening):
            frames = self._export.lexicon.frames
            for row in rows:
                self._names.add(row.id)
                sides = pair_words(row.actors, row.targets)
                yield happening_node(row, f"{sides}: {phrase_of(row.frame, frames)}")
            found = self._passages.claims(claim for row in rows for claim in row.claims)
            rows = [found[name] for name in sorted(found)]
        outcomes = self._outcomes if isinstance(rows[0], Forecast) else {}
        for row, passage in self._passages.of(rows):
            self._names.add(row.id)
            yield self._told(row, passage)
            outcome = outcomes.get(row.id)
            if outcome and outcome.state in SETTLED:
                yield self._review(row, passage, outcome)

    def _told(self, row: Claim | Statement | Forecast, passage: Passage) -> Node:
        node = told_node(row, passage)
        if isinstance(row, Claim):
            if row.run:
                self._runs.add(row.run)
            return node | claim_facts(row)
        if isinstance(row, Statement):
            return node | {"c:mode": row.mode, "c:foresees": row.foresees}
        deadline = row.deadline.edtf() if row.deadline and row.deadline.known else None
        statement = link(row.statement) if row.statement else None
        facts = {"c:deadline": deadline, "c:condition": passage.condition, "c:statement": statement}
        return node | present(facts)

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        found = self._evidence.ledger.outcomes(as_of=self._evidence.pinned)
        return {one.forecast: one for one in found}

    def _review(self, forecast: Forecast, passage: Passage, outcome: Outcome) -> Node:
        claims = self._passages.claims(outcome.evidence)
        cites = self._evidence.ledger.cite(
            [claims[name] for name in outcome.evidence if name in claims],
            as_of=self._evidence.pinned,
        )
        return review_node(forecast, passage.cite.words, outcome, cites, self._settled_by(forecast))

    def _settled_by(self, forecast: Forecast) -> str:
        """Return who settled a forecast's outcome last; nothing where nobody is named."""
        found = [
            one.who
            for one in self._decisions
            if one.about == forecast.id and one.verdict.startswith(OUTCOME)
        ]
        return found[-1] if found else ""

    @staticmethod
    def _named(decision: Decision) -> set[str]:
        """Return the rows and reports that a decision is about."""
        return {decision.about, *(one.claim for one in decision.anchors)}
