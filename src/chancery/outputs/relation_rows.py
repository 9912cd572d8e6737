"""Relations as rows: points, turns and refusals, with what each of them rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from chancery.model import Cite, Happening, Refusal, Relation, Turn
from chancery.outputs.desk import Desk
from chancery.outputs.rows import Row, flatten, plain
from chancery.outputs.sheet import Sheet
from chancery.outputs.words import counted
from chancery.relations.carriers import Carrier
from chancery.relations.ground import Ground

POINT_FIELDS: Final = (
    "actor", "target", "first", "last", "count", "mutual", "origins", "value", "warmth",
    "intensity", "q1", "q2", "q3", "q4", "low", "high", "exposure", "few", "rows", "more",
)  # fmt: skip
TURN_FIELDS: Final = Turn.__struct_fields__


class RelationRows:
    """Makes the rows of relations on one ground, and finds what stands behind them."""

    def __init__(self, desk: Desk, ground: Ground) -> None:
        self._desk = desk
        self._ground = ground
        self._known: dict[tuple[str, str], Mapping[str, Happening]] = {}

    # Rows ----------------------------------------------------------------------------------------

    def of_relation(self, relation: Relation, *, csv: bool, quotes: bool = False) -> list[Row]:
        """Return a row a point, and unless they are for CSV a row a turn and a refusal.

        With `quotes`, points and turns of a layer hold the layer's rows that they rest on.
        """
        points = [{"kind": "point", **row} for row in relation.table()]
        if csv:
            return points
        if quotes and self._ground.layer:
            for row in points:
                row["carriers"] = [plain(one) for one in self.behind_point(relation, row)]
        refusals = _refusal_rows(relation.refusals)
        return [*points, *self.of_turns(relation.turns, quotes=quotes), *refusals]

    def of_turns(self, turns: Iterable[Turn], *, quotes: bool = False) -> list[Row]:
        """Return a row a turn; with `quotes` those of a layer hold the rows that carry them."""
        rows: list[Row] = []
        for turn in turns:
            row = {"kind": "turn", **plain(turn)}
            if quotes and self._ground.layer:
                row["carriers"] = [plain(one) for one in self._ground.carriers(turn)]
            rows.append(row)
        return rows

    def of_pairs(
        self, relations: Sequence[Relation], limit: int | None = None, *, csv: bool,
        quotes: bool = False,
    ) -> list[Row]:  # fmt: skip
        """Return the turns of several relations, and unless for CSV what none of them can show."""
        rows = self.of_turns(turns_of(relations, limit), quotes=quotes)
        return rows if csv else [*rows, *_refusal_rows(refusals_of(relations))]

    def sheet(self, fields: Iterable[str]) -> Sheet[Mapping[str, Any]]:
        """Return how such rows are shown."""
        return Sheet(
            columns=(), fields=tuple(fields), flat=flatten, quotes=self._quotes,
            prepare=self._prepare,
        )  # fmt: skip

    # What stands behind --------------------------------------------------------------------------

    def named(self, row: Mapping[str, Any]) -> list[Happening]:
        """Return the happenings that a point or a turn of the ledger names."""
        ids = row.get("rows") or row.get("happenings") or ()
        if self._ground.layer or not ids:
            return []
        known = self._between(row["actor"], row["target"])
        return [known[name] for name in ids]

    def behind_point(
        self, relation: Relation, row: Mapping[str, Any]
    ) -> Sequence[Carrier]:  # fmt: skip
        """Return the rows of a layer behind one point, the strongest first."""
        sides = row["actor"], row["target"]
        if not row["count"]:
            return ()
        if self._points_of != (relation, sides):
            points = relation.there if sides[0] == relation.actor else relation.back
            self._by_step = self._ground.rows_by_step(*sides, points[0].first, points[-1].last)
            self._points_of = relation, sides
        return self._by_step.get(date.fromisoformat(row["first"]), ())

    _points_of: tuple[Relation, tuple[str, str]] | None = None
    _by_step: Mapping[date, Sequence[Carrier]] = {}

    def _between(self, one: str, other: str) -> Mapping[str, Happening]:
        """Return every happening of a pair by its id; fetched once."""
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            found = self._desk.ledger.happenings(who=pair, as_of=self._desk.as_of)
            self._known[pair] = {happening.id: happening for happening in found}
        return self._known[pair]

    def _prepare(self, rows: Sequence[Mapping[str, Any]], *, words: bool, quotes: bool) -> None:
        """Fetch all quotations at once, where they are asked for."""
        if quotes:
            self._desk.evidence.prepare_quotes([one for row in rows for one in self.named(row)])

    def _quotes(self, row: Mapping[str, Any]) -> Sequence[Cite]:
        return [cite for one in self.named(row) for cite in self._desk.evidence.quotes(one)]


def turns_of(relations: Sequence[Relation], limit: int | None = None) -> list[Turn]:
    """Return the turns of several relations by day."""
    turns = (turn for one in relations for turn in one.turns)
    return sorted(turns, key=lambda turn: (turn.day_first, turn.actor, turn.target))[:limit]


def refusals_of(relations: Sequence[Relation]) -> list[Refusal]:
    """Return what several relations cannot show, each once."""
    return list(dict.fromkeys(refusal for one in relations for refusal in one.refusals))


def coverage_of_pairs(relations: Sequence[Relation]) -> str:
    """Say what the turns of several relations rest on."""
    if len(relations) == 1:
        return relations[0].coverage
    pairs = ", ".join(f"{one.actor}–{one.target}" for one in relations)
    return f"{counted(len(relations), 'pair')} looked at: {pairs}" if pairs else "no pairs"


def _refusal_rows(refusals: Iterable[Refusal]) -> list[Row]:
    return [{"kind": "refusal", **plain(one)} for one in refusals]
