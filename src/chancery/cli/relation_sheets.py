"""How relations are shown: points and turns in every form, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from chancery.cli.output import Output, write_lines
from chancery.model import Cite, Happening, Relation, Turn
from chancery.outputs.desk import Desk
from chancery.outputs.relations import (
    carrier_line,
    deed_line,
    refusal_lines,
    relation_lines,
    turn_lines,
)
from chancery.outputs.rows import Row, flatten, plain
from chancery.outputs.sheet import Sheet
from chancery.outputs.words import counted
from chancery.relations.ground import Ground, deed_labels

MOST_SHOWN: Final = 5
"""Rows of a layer printed under a turn; JSON has all that the turn names."""
MOST_REFUSALS: Final = 8
"""Lines of what cannot be shown under the turns of many pairs."""

POINT_FIELDS: Final = (
    "actor", "target", "first", "last", "count", "mutual", "origins", "value", "warmth",
    "intensity", "q1", "q2", "q3", "q4", "low", "high", "exposure", "few", "rows", "more",
)  # fmt: skip


class Telling:
    """Shows relations of one ground with what they rest on."""

    def __init__(self, desk: Desk, ground: Ground) -> None:
        self._desk = desk
        self._ground = ground
        self._known: dict[tuple[str, str], dict[str, Happening]] = {}

    # Forms ---------------------------------------------------------------------------------------

    def show_relation(self, relation: Relation, output: Output) -> None:
        """Print one relation: people get it laid out, programs a row a point, turn and refusal."""
        if output.tabular:
            write_lines(
                relation_lines(
                    relation, output.width, output.style,
                    below=lambda row: self._under_point(row, output),
                    beneath=lambda turn: self._under_turn(turn, output),
                )
            )  # fmt: skip
            self._legend(output)
            output.note(relation.coverage)
            return
        rows = [{"kind": "point", **row} for row in relation.table()]
        if output.form != "csv":
            rows += self._turn_rows(relation.turns, output)
            rows += [{"kind": "refusal", **plain(one)} for one in relation.refusals]
        output.show(rows, self._sheet(POINT_FIELDS), relation.coverage)

    def show_turns(self, relations: Sequence[Relation], limit: int | None, output: Output) -> None:
        """Print the turns of several relations by day, and what none of them can show."""
        turns = sorted(
            (turn for one in relations for turn in one.turns),
            key=lambda turn: (turn.day_first, turn.actor, turn.target),
        )[:limit]
        refusals = list(
            dict.fromkeys(refusal for one in relations for refusal in one.refusals)
        )  # fmt: skip
        coverage = relations[0].coverage if len(relations) == 1 else self._of_pairs(relations)
        if output.tabular:
            write_lines(
                turn_lines(
                    turns, self._ground.layer, lambda turn: self._under_turn(turn, output),
                    output.style,
                )
            )  # fmt: skip
            write_lines(refusal_lines(refusals, None if len(relations) == 1 else MOST_REFUSALS))
            self._legend(output)
            output.note(coverage if turns else f"no turns; {coverage}")
            return
        rows = self._turn_rows(turns, output)
        if output.form != "csv":
            rows += [{"kind": "refusal", **plain(one)} for one in refusals]
        output.show(rows, self._sheet(Turn.__struct_fields__), coverage)

    def _of_pairs(self, relations: Sequence[Relation]) -> str:
        pairs = ", ".join(f"{one.actor}–{one.target}" for one in relations)
        return f"{counted(len(relations), 'pair')} looked at: {pairs}" if pairs else "no pairs"

    def _sheet(self, fields: Iterable[str]) -> Sheet[Mapping[str, Any]]:
        return Sheet(
            columns=(), fields=tuple(fields), flat=flatten, quotes=self._quotes,
            prepare=self._prepare,
        )  # fmt: skip

    def _legend(self, output: Output) -> None:
        if output.quotes and not self._ground.layer:
            write_lines(self._desk.evidence.legend())

    # What stands behind --------------------------------------------------------------------------

    def _prepare(self, rows: Sequence[Mapping[str, Any]], *, words: bool, quotes: bool) -> None:
        """Fetch all quotations at once, where they are asked for."""
        if quotes:
            self._desk.evidence.prepare_quotes([one for row in rows for one in self._named(row)])

    def _between(self, one: str, other: str) -> dict[str, Happening]:
        """Return every happening of a pair by its id; fetched once."""
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            found = self._desk.ledger.happenings(who=pair, as_of=self._desk.as_of)
            self._known[pair] = {happening.id: happening for happening in found}
        return self._known[pair]

    def _named(self, row: Mapping[str, Any]) -> list[Happening]:
        """Return the happenings that a point or a turn of the ledger names."""
        ids = row.get("rows") or row.get("happenings") or ()
        if self._ground.layer or not ids:
            return []
        known = self._between(row["actor"], row["target"])
        return [known[name] for name in ids]

    def _quotes(self, row: Mapping[str, Any]) -> Sequence[Cite]:
        return [cite for one in self._named(row) for cite in self._desk.evidence.quotes(one)]

    def _under_point(self, row: Row, output: Output) -> Iterator[str]:
        if output.quotes:
            for one in self._named(row):
                yield from self._desk.evidence.quote_lines(one, output.style)

    def _under_turn(self, turn: Turn, output: Output) -> Iterator[str]:
        """Give the sentences of the happenings, or the rows of the layer, that carry a turn."""
        if self._ground.layer:
            yield from self._rows_of(turn, output)
            return
        for one in self._named(plain(turn)):
            yield deed_line(one, self._desk.lexicon.frames)
            if output.quotes:
                yield from self._desk.evidence.quote_lines(one, output.style)

    def _rows_of(self, turn: Turn, output: Output) -> Iterator[str]:
        rows = self._ground.carriers(turn)
        shown = rows if output.quotes else rows[:MOST_SHOWN]
        yield from (carrier_line(one, deed_labels(), output.style) for one in shown)
        if len(shown) < len(rows):
            yield f"    … and {len(rows) - len(shown)} more: -q lists them"

    def _turn_rows(self, turns: Iterable[Turn], output: Output) -> list[Row]:
        """Give turns as rows; with -q those of a layer hold the rows that carry them."""
        rows: list[Row] = []
        for turn in turns:
            row = {"kind": "turn", **plain(turn)}
            if output.quotes and self._ground.layer:
                row["carriers"] = [plain(one) for one in self._ground.carriers(turn)]
            rows.append(row)
        return rows
