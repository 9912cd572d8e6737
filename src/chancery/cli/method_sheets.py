"""What the methods find about two or three parties, as tables for people and rows for programs.

A table shows four digits that count; rows have all. What cannot be told is printed as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from chancery.cli.output import Output, write_lines
from chancery.errors import MissingExtra
from chancery.model import Refusal
from chancery.outputs.relations import refusal_lines, step_words
from chancery.outputs.rows import Row, flatten, plain
from chancery.outputs.sheet import Sheet, plain_sheet
from chancery.outputs.table import Column
from chancery.outputs.words import counted
from chancery.relations.dependence import dependence
from chancery.relations.ground import Ground
from chancery.relations.reciprocity import Reciprocity, reciprocity
from chancery.relations.series_table import dyad_series
from chancery.relations.surprise import surprise
from chancery.relations.triads import Balance, balance_of, triad

MOST_PARTNERS: Final = 10


def told_by(method: str, ground: Ground, one: str, other: str, output: Output) -> None:
    """Print what one method finds about two parties."""
    tellers = {"reciprocity": _answers, "surprise": _surprises, "dependence": _partners}
    tellers[method](ground, one, other, output)


def _show(rows: Sequence[Row], output: Output, coverage: str = "") -> None:
    """Print rows of one kind; for people without the word for the kind, and shortened."""
    names = [name for name in rows[0] if not (output.tabular and name == "kind")]
    sheet = plain_sheet(names)
    if output.tabular:
        columns = [Column(name, partial(_short, name)) for name in names]
        sheet = Sheet(columns=columns, fields=names, flat=flatten)
    output.show(rows, sheet, coverage)


def _short(name: str, row: Mapping[str, Any]) -> Any:
    value = row.get(name)
    return f"{value:.4g}" if isinstance(value, float) else value


def _refused(refusals: Iterable[Refusal], output: Output) -> None:
    """Print refusals alone: as lines for people, as rows for programs."""
    told = list(refusals)
    if output.tabular:
        write_lines(refusal_lines(told))
        return
    rows = [{"kind": "refusal", **plain(one)} for one in told]
    output.show(rows, plain_sheet(("kind", "code", "words")))


def _answers(ground: Ground, one: str, other: str, output: Output) -> None:
    table = dyad_series(ground.dyad(one, other))
    found = table if isinstance(table, Refusal) else reciprocity(table)
    if isinstance(found, Refusal):
        _refused([found], output)
        return
    note = (
        f"{found.observations} steps of sums of scores, {counted(found.lag, 'lag')} by "
        f"{found.criterion}; {'stable' if found.stable else 'not stable'}; bands of "
        f"{found.level:.0%} from {found.draws} draws; the past of one helps to foretell the "
        "other, which is not yet an answer"
    )
    tests, rows = _granger_rows(found), _response_rows(found)
    if output.tabular:
        _show(tests, output)
        write_lines([""])
    _show(rows if output.tabular or output.form == "csv" else [*tests, *rows], output, note)


def _granger_rows(found: Reciprocity) -> list[Row]:
    return [{"kind": "granger", "lag": found.lag, **plain(one)} for one in found.granger]


def _response_rows(found: Reciprocity) -> list[Row]:
    """Give a row a step of every impulse response."""
    columns = ("low", "high", "cumulative", "cumulative_low", "cumulative_high")
    return [
        {
            "kind": "response", "impulse": one.impulse, "response": one.response, "step": at,
            "value": one.values[at], **{name: getattr(one, name)[at] for name in columns},
        }
        for one in found.responses
        for at in range(len(one.values))
    ]  # fmt: skip


def _surprises(ground: Ground, one: str, other: str, output: Output) -> None:
    dyad = ground.dyad(one, other)
    rows: list[Row] = []
    notes, refusals = [], []
    for flow in (dyad.flow("there+mutual"), dyad.flow("back+mutual")):
        found = surprise(flow, dyad.world)
        if isinstance(found, Refusal):
            refusals.append(found)
            continue
        sides = {"kind": "surprise", "actor": flow.actor, "target": flow.target}
        rows += [{**sides, **plain(cell)} for cell in found.cells]
        flagged = sum(cell.flagged for cell in found.cells)
        notes.append(
            f"{flow.actor} → {flow.target}: {flagged} of {found.tests} steps stand out, "
            f"{found.model}, {found.correction} at {found.level:g}"
        )
    if refusals:
        _refused(refusals, output)
    if rows:
        _show_surprises(rows, output, " · ".join(notes))


def _show_surprises(rows: Sequence[Row], output: Output, note: str) -> None:
    """Print every step for programs, those that stand out for people."""
    kept = [row for row in rows if row["flagged"]] if output.tabular else rows
    if kept:
        _show(kept, output, note)
    else:
        output.note(note)


def _partners(ground: Ground, one: str, other: str, output: Output) -> None:
    rows: list[Row] = []
    notes, refusals = [], []
    for party, partner in ((one, other), (other, one)):
        found = dependence(ground.cube, party, first=ground.first, last=ground.last)
        if isinstance(found, Refusal):
            refusals.append(found)
            continue
        all_rows = [{"kind": "partner", "party": party, **plain(row)} for row in found.partners]
        wanted = [
            row for at, row in enumerate(all_rows) if at < MOST_PARTNERS or
            row["partner"] == partner
        ]  # fmt: skip
        rows += wanted if output.tabular else all_rows
        notes.append(
            f"{party}: as many as {found.as_many:.1f} equal partners (Herfindahl "
            f"{found.herfindahl:.3f}, {found.rows:,} rows)"
        )
    if refusals:
        _refused(refusals, output)
    if rows:
        _show(rows, output, " · ".join(notes))


# Three parties ----------------------------------------------------------------------------------


def show_triad(ground: Ground, parties: Sequence[str], output: Output) -> None:
    """Print the balance of three parties step by step, and the tests of their model."""
    a, b, c = parties
    model: Reciprocity | Refusal | None = None
    refusals: list[Refusal] = []
    try:
        found = triad(ground.cube, a, b, c)
        balance, model = found.balance, found.model
        refusals += found.refusals
    except MissingExtra as missing:
        pairs = ((a, b), (b, c), (c, a))
        flows = [ground.cube.dyad(*pair).flow("all") for pair in pairs]
        balance = balance_of(ground.cube, flows)
        output.note(f"without the tests of who moves whom: {missing}")
    if isinstance(model, Refusal):
        refusals.append(model)
    kept = [one for one in balance if _meant(one, ground)]
    rows = [_balance_row(one) for one in kept]
    if output.tabular:
        write_lines(refusal_lines(refusals))
        told = [row for row in rows if row["border"] == "zero" and row["rows"]]
        beside_mean = {row["first"]: row for row in rows if row["border"] == "world mean"}
        _show_balance(told, beside_mean, ground.cube.step, output)
        if isinstance(model, Reciprocity):
            write_lines([""])
            _show(_granger_rows(model), output)
    else:
        if isinstance(model, Reciprocity) and output.form != "csv":
            rows += _granger_rows(model)
        if output.form != "csv":
            rows += [{"kind": "refusal", **plain(one)} for one in refusals]
        output.show(rows, plain_sheet(_balance_row(kept[0]) if kept else ("kind",)))
    place = f"layer {ground.layer}" if ground.layer else f"{ground.cube.rows:,} happenings by pair"
    cut = (ground.first or ground.last) and isinstance(model, Reciprocity)
    output.note(f"{place}; the tests use the whole span" if cut else place)


def _meant(one: Balance, ground: Ground) -> bool:
    return (ground.first is None or one.last >= ground.first) and (
        ground.last is None or one.first <= ground.last
    )


def _balance_row(one: Balance) -> Row:
    row: Row = {"kind": "balance", "first": one.first, "last": one.last, "border": one.border}
    row |= {"at": one.at, "rows": sum(edge.rows for edge in one.edges)}
    for edge in one.edges:
        name = f"{edge.one}-{edge.other}"
        row |= {name: edge.warmth, f"{name} rows": edge.rows, f"{name} sign": edge.sign}
    return {**row, "balanced": one.balanced}


def _show_balance(
    rows: Sequence[Row], beside_mean: Mapping[Any, Row], step: str, output: Output
) -> None:
    """Lay the triangle out: a row a step, a column a pair, in balance by either border."""
    pairs = [name for name in (rows[0] if rows else {}) if f"{name} sign" in rows[0]]
    signs = {1: "+", -1: "−", 0: "0", None: " "}
    balanced = {True: "in balance", False: "not", None: "–"}

    def rows_of(name: str, row: Row) -> Any:
        return row[f"{name} rows"] or ""

    def edge(name: str, row: Row) -> str:
        warmth = row[name]
        return "" if warmth is None else f"{signs[row[f'{name} sign']]} {warmth:+.2f}"

    columns: list[Column[Row]] = [Column("step", lambda row: step_words(row["first"], step))]
    for name in pairs:
        columns.append(Column(name, partial(edge, name)))
        columns.append(Column("n", partial(rows_of, name), right=True))
    columns.append(Column("beside 0", lambda row: balanced[row["balanced"]]))
    columns.append(
        Column("beside the world", lambda row: balanced[beside_mean[row["first"]]["balanced"]])
    )
    sheet: Sheet[Row] = Sheet(columns=columns, fields=(), flat=flatten)
    output.show(rows, sheet)
