"""How relations are printed: points and turns in every form, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chancery.cli.output import Output, write_lines
from chancery.model import Relation, Turn
from chancery.outputs.desk import Desk
from chancery.outputs.relation_rows import (
    POINT_FIELDS,
    TURN_FIELDS,
    RelationRows,
    coverage_of_pairs,
    refusals_of,
    turns_of,
)
from chancery.outputs.relations import (
    carrier_line,
    deed_line,
    refusal_lines,
    relation_lines,
    turn_lines,
)
from chancery.outputs.rows import Row, plain
from chancery.relations.carriers import Carrier
from chancery.relations.ground import Ground, deed_labels

MOST_SHOWN: Final = 5
"""Rows of a layer printed under a turn; JSON has all that the turn names."""
MOST_REFUSALS: Final = 8
"""Lines of what cannot be shown under the turns of many pairs."""


class Telling:
    """Prints relations of one ground with what they rest on."""

    def __init__(self, desk: Desk, ground: Ground) -> None:
        self._desk = desk
        self._ground = ground
        self._rows = RelationRows(desk, ground)

    def show_relation(self, relation: Relation, output: Output) -> None:
        """Print one relation: people get it laid out, programs a row a point, turn and refusal."""
        if output.tabular:
            write_lines(
                relation_lines(
                    relation, output.width, output.style,
                    below=lambda row: self._under_point(relation, row, output),
                    beneath=lambda turn: self._under_turn(turn, output),
                )
            )  # fmt: skip
            self._legend(output)
            output.note(relation.coverage)
            return
        csv = output.form == "csv"
        rows = self._rows.of_relation(relation, csv=csv, quotes=output.quotes)
        output.show(rows, self._rows.sheet(POINT_FIELDS), relation.coverage)

    def show_turns(self, relations: Sequence[Relation], limit: int | None, output: Output) -> None:
        """Print the turns of several relations by day, and what none of them can show."""
        coverage = coverage_of_pairs(relations)
        if output.tabular:
            turns, refusals = turns_of(relations, limit), refusals_of(relations)
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
        csv = output.form == "csv"
        rows = self._rows.of_pairs(relations, limit, csv=csv, quotes=output.quotes)
        output.show(rows, self._rows.sheet(TURN_FIELDS), coverage)

    def _legend(self, output: Output) -> None:
        if output.quotes and not self._ground.layer:
            write_lines(self._desk.evidence.legend())

    def _under_point(self, relation: Relation, row: Row, output: Output) -> Iterator[str]:
        """Give the sentences, or the layer's rows, behind a point, where they are asked for."""
        if not output.quotes:
            return
        for one in self._rows.named(row):
            yield from self._desk.evidence.quote_lines(one, output.style)
        if self._ground.layer:
            rows = self._rows.behind_point(relation, row)
            yield from self._carrier_lines(rows, rows, output)
            if more := row["count"] - len(rows):
                yield f"    … and {more:,} more"

    def _under_turn(self, turn: Turn, output: Output) -> Iterator[str]:
        """Give the sentences of the happenings, or the rows of the layer, that carry a turn."""
        if self._ground.layer:
            rows = self._ground.carriers(turn)
            yield from self._carrier_lines(
                rows, rows if output.quotes else rows[:MOST_SHOWN], output
            )
            return
        for one in self._rows.named(plain(turn)):
            yield deed_line(one, self._desk.lexicon.frames)
            if output.quotes:
                yield from self._desk.evidence.quote_lines(one, output.style)

    def _carrier_lines(
        self, rows: Sequence[Carrier], shown: Sequence[Carrier], output: Output
    ) -> Iterator[str]:
        yield from (carrier_line(one, deed_labels(), output.style) for one in shown)
        if len(shown) < len(rows):
            yield f"    … and {len(rows) - len(shown)} more: -q lists them"
