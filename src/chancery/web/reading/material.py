"""All that was found in one report, fetched at once and kept while its page is looked at."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec

from chancery.errors import Problem
from chancery.ledger import Entry, Ledger, Snapshot, Version
from chancery.ledger.decide import standing_decisions
from chancery.model import (
    Claim,
    Decision,
    Forecast,
    Happening,
    Mention,
    Outcome,
    Reason,
    Report,
    Statement,
    TimeExpression,
    Trait,
)
from chancery.web.visit import Visit

HELD: Final = 8
"""Reports kept for each ledger: a reader toggles marks and picks words in one after another."""

AT_ONCE: Final = 4
"""Queries that run side by side; DuckDB works outside Python's lock."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """A report and what the newest reading found in it, as of one snapshot.

    `made` are happenings by the ids of claims; a claim that is not there makes none. `decisions`
    are those that stand and speak of this report or of words in it. `ties` are those to other
    reports with which it may have one root.
    """

    report: Report
    taken_in: Snapshot
    claims: Sequence[Claim]
    statements: Sequence[Statement]
    forecasts: Sequence[Forecast]
    outcomes: Mapping[str, Outcome]
    reasons: Sequence[Reason]
    mentions: Sequence[Mention]
    times: Sequence[TimeExpression]
    traits: Sequence[Trait]
    versions: Sequence[Version]
    made: Mapping[str, Happening]
    problems: Sequence[Problem]
    decisions: Sequence[Decision]
    entries: Sequence[Entry]
    ties: Sequence[Mapping[str, Any]]


_TIES: Final = (
    "SELECT * FROM ties WHERE first = '{0}' OR second = '{0}' ORDER BY first, second, kind"
)

_held: WeakKeyDictionary[Ledger, OrderedDict[tuple[str, str], Material]] = WeakKeyDictionary()
_lock: Final = threading.Lock()


def material_of(visit: Visit, name: str) -> Material:
    """Return what a report's page is made of; raises `NotFound` where no report is meant."""
    key = (visit.as_of, name)
    with _lock:
        kept = _held.setdefault(visit.ledger, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    report = visit.find(lambda: visit.ledger.report(name, as_of=visit.as_of))
    found = fetch(visit.ledger, report, visit.as_of)
    with _lock:
        kept[visit.as_of, report.id] = found
        while len(kept) > HELD:
            kept.popitem(last=False)
    return found


def fetch(ledger: Ledger, report: Report, as_of: str) -> Material:
    """Fetch what was found in a report."""
    name = report.id
    asks: dict[str, Callable[[], Any]] = {
        "claims": partial(ledger.claims, report=name, as_of=as_of),
        "statements": partial(ledger.statements, report=name, as_of=as_of),
        "forecasts": partial(ledger.forecasts, report=name, as_of=as_of),
        "reasons": partial(ledger.reasons, report=name, as_of=as_of),
        "mentions": partial(ledger.mentions, name, as_of=as_of),
        "times": partial(ledger.times, name, as_of=as_of),
        "traits": partial(ledger.traits, name, as_of=as_of) if report.traits else tuple,
        "versions": partial(ledger.versions, name, as_of=as_of),
        "made": partial(ledger.happenings, report=name, as_of=as_of),
        "problems": partial(ledger.problems, as_of=as_of),
        "ties": partial(ledger.sql, _TIES.format(name), as_of=as_of),
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {word: pool.submit(_drained, ask) for word, ask in asks.items()}
        found: dict[str, Any] = {word: one.result() for word, one in running.items()}
    decisions = _decisions_on(ledger, name, as_of)
    own = any(one.about.startswith("own:") for one in decisions)
    entries = ledger.entries(as_of=as_of) if own else []
    outcomes = ledger.outcomes(report=name, as_of=as_of) if found["forecasts"] else ()
    found |= {
        "outcomes": {one.forecast: one for one in outcomes},
        "made": {claim: row for row in found["made"] for claim in row.claims},
        "problems": [one for one in found["problems"] if one.report == name],
        "entries": [one for one in entries if one.reference.startswith(f"{name}:")],
    }
    return Material(
        report=report,
        taken_in=ledger.taken_in(name, as_of=as_of),
        decisions=decisions,
        **found,
    )


def _drained(ask: Callable[[], Iterable[Any]]) -> list[Any]:
    return list(ask())


def _decisions_on(ledger: Ledger, report: str, as_of: str) -> list[Decision]:
    """Return the decisions that stand and speak of a report, of claims in it, or of its words."""
    return [
        one
        for one in standing_decisions(ledger.decisions(as_of=as_of))
        if not one.undoes
        and (
            one.about == report
            or any(anchor.report == report for anchor in one.anchors)
            or (one.about.startswith("own:") and f'"{report}:' in one.verdict)
        )
    ]
