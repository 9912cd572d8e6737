"""Anchors: where claims stood when a person settled something, and how they are found again.

A newer reader may give a deed another frame, other sides or a longer trigger, and so another id.
Its claim is then the one in the same report whose trigger overlaps the anchor's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from chancery.model import Anchor, Claim, Forecast, Span, Statement

FORECAST: Final = "forecast"
"""Stands for the frame in the anchor of a forecast, whose cue is its trigger."""
STATEMENT: Final = "statement"
"""Stands for the frame in the anchor of a statement, whose passage is its trigger."""


def make_anchor(noun: Claim | Forecast | Statement) -> Anchor:
    """Say where a claim stands, or a forecast by its cue, or a statement by its passage."""
    if isinstance(noun, Statement):
        return Anchor(claim=noun.id, report=noun.report, trigger=noun.content, frame=STATEMENT)
    if isinstance(noun, Forecast):
        return Anchor(claim=noun.id, report=noun.report, trigger=noun.cue, frame=FORECAST)
    return Anchor(claim=noun.id, report=noun.report, trigger=noun.trigger, frame=noun.frame)


class Finder:
    """Finds the claims, forecasts and statements of the newest readings by their anchors."""

    def __init__(
        self, claims: Iterable[Claim], others: Iterable[Forecast | Statement] = ()
    ) -> None:
        self._anchors = [make_anchor(noun) for noun in others]
        self.claims = {claim.id: claim for claim in claims}
        self._others = {anchor.claim for anchor in self._anchors}

    @cached_property
    def _by_report(self) -> dict[str, list[Anchor]]:
        found: dict[str, list[Anchor]] = {}
        for anchor in (*map(make_anchor, self.claims.values()), *self._anchors):
            found.setdefault(anchor.report, []).append(anchor)
        return found

    def find(self, id_: str, anchors: Iterable[Anchor]) -> str | None:
        """Return the id that a claim, forecast or statement has now; none where it is lost.

        By its id; else by its anchor: in the same report, with an overlapping trigger, the same
        frame preferred, then the greatest overlap. A forecast is only ever a forecast, a statement
        a statement.
        """
        if id_ in self.claims or id_ in self._others:
            return id_
        anchor = next((one for one in anchors if one.claim == id_), None)
        if anchor is None:
            return None
        near = [
            one for one in self._by_report.get(anchor.report, ())
            if one.trigger.overlaps(anchor.trigger)
            and _kind(one) == _kind(anchor)
        ]  # fmt: skip
        best = min(near, key=lambda one: _distance(one, anchor), default=None)
        return best.claim if best else None


def _kind(anchor: Anchor) -> str:
    """Return what an anchor is of: a forecast, a statement, or a claim of whatever frame."""
    return anchor.frame if anchor.frame in (FORECAST, STATEMENT) else ""


def _distance(found: Anchor, wanted: Anchor) -> tuple[bool, int, Span, str]:
    """Return what makes a claim the one that is meant: the least of these does."""
    shared = min(found.trigger.end, wanted.trigger.end) - max(
        found.trigger.start, wanted.trigger.start
    )
    return found.frame != wanted.frame, -shared, found.trigger, found.claim
