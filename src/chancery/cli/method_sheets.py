"""Prints what the methods find: tables for people, rows for programs.

A table shows four digits that count; rows have all. What cannot be told is printed as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from chancery.cli.output import Output, write_lines
from chancery.outputs.method_rows import Told, Triangle
from chancery.outputs.relations import refusal_lines, step_words
from chancery.outputs.rows import Row, flatten
from chancery.outputs.sheet import Sheet
from chancery.outputs.table import Column


def show_told(told: Told, output: Output) -> None:
    """Print what one method found about two parties."""
    if not output.tabular:
        rows = told.for_programs(csv=output.form == "csv")
        output.show(rows, told.sheet(), told.note)
        return
    write_lines(refusal_lines(told.refusals))
    if told.tests:
        _show(told.tests, output)
        write_lines([""])
    if told.shown:
        _show(told.shown, output, told.note)
    else:
        output.note(told.note)


def _show(rows: Sequence[Row], output: Output, coverage: str = "") -> None:
    """Print rows of one kind for people, without the word for the kind."""
    names = [name for name in rows[0] if name != "kind"]
    columns = [Column(name, partial(_short, name)) for name in names]
    output.show(rows, Sheet(columns=columns, fields=names, flat=flatten), coverage)


def _short(name: str, row: Mapping[str, Any]) -> Any:
    value = row.get(name)
    return f"{value:.4g}" if isinstance(value, float) else value


def show_triad(found: Triangle, step: str, output: Output) -> None:
    """Print three parties: the balance step by step, the tests of their model, a sentence."""
    if found.missing:
        output.note(found.missing)
    if not output.tabular:
        rows = found.for_programs(csv=output.form == "csv")
        output.show(rows, found.sheet(), found.note)
        return
    write_lines(refusal_lines(found.refusals))
    _show_balance(found, step, output)
    if found.tests:
        write_lines([""])
        _show(found.tests, output)
    if found.sentence:
        write_lines(["", found.sentence.words])
    output.note(found.note)


def _show_balance(found: Triangle, step: str, output: Output) -> None:
    """Lay the triangle out: a row a step, a column a pair, in balance by either border."""
    rows = [row for row in found.balance if row["border"] == "zero" and row["rows"]]
    beside_mean = {row["first"]: row for row in found.balance if row["border"] == "world mean"}
    signs = {1: "+", -1: "−", 0: "0", None: " "}
    balanced = {True: "in balance", False: "not", None: "–"}

    def rows_of(name: str, row: Row) -> Any:
        return row[f"{name} rows"] or ""

    def edge(name: str, row: Row) -> str:
        warmth = row[name]
        return "" if warmth is None else f"{signs[row[f'{name} sign']]} {warmth:+.2f}"

    columns: list[Column[Row]] = [Column("step", lambda row: step_words(row["first"], step))]
    for name in found.pairs:
        columns.append(Column(name, partial(edge, name)))
        columns.append(Column("n", partial(rows_of, name), right=True))
    columns.append(Column("beside 0", lambda row: balanced[row["balanced"]]))
    columns.append(
        Column("beside the world", lambda row: balanced[beside_mean[row["first"]]["balanced"]])
    )
    sheet: Sheet[Row] = Sheet(columns=columns, fields=(), flat=flatten)
    output.show(rows, sheet)
