"""To look at what changed between two snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from chancery.cli.options import filter_options, ledger_option, output_options
from chancery.cli.verbs import verb
from chancery.outputs.asked import Filters

if TYPE_CHECKING:
    from chancery.cli.output import Output
    from chancery.ledger import Change, FieldChange
    from chancery.model import Cite
    from chancery.outputs.evidence import Evidence
    from chancery.outputs.sheet import Sheet
    from chancery.outputs.table import Style

KINDS: Final = ("reports", "decisions", "happenings", "claims", "outcomes")
CSV_FIELDS: Final = (
    "kind", "change", "id", "when_first", "when_last", "shown", "was", "now", "fields", "because",
    "claims", "reports", "snapshot",
)  # fmt: skip


@verb(
    "chancery diff snp_5d07",
    "chancery diff 2026-11-01 2026-11-22 --of happenings --who USA,BLR -q",
)
@click.argument("first", metavar="SNAP")
@click.argument("second", metavar="[SNAP]", required=False)
@click.option("--of", "kind", type=click.Choice(KINDS), help="Only what changed of these.")
@ledger_option
@filter_options("who", "what", "limit")
@output_options(quotes=True)
def diff(
    first: str,
    second: str | None,
    kind: str | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """Print what changed between two snapshots, or since one until now.

    SNAP is a snapshot (snp_5d07) or the end of a day, month or year (2020-02-10, in UTC); chancery
    log snapshots lists them. Reports are added, redated or withdrawn; claims and happenings added,
    removed or altered, field by field; happenings also merged or split. A copy of a report that is
    there already adds a report to a happening, and neither a happening nor an origin.

    With --who or --what only happenings and claims are compared. Every row has the snapshot in
    which its id, and its quotation (-q), can be looked up.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger) as desk:
        asked = desk.asked(filters)
        limit = asked.pop("limit", None)
        found = desk.ledger.diff(first, second, **asked)
        changes = [one for one in found.changes if kind in (None, f"{one.kind}s")]
        sides = {name: desk.evidence.as_of(name) for name in (found.first, found.second)}
        summary = f"{found.first} → {found.second}: {count_words(changes)}"
        output.show(changes[:limit], change_sheet(sides), summary)


def count_words(changes: Iterable[Change]) -> str:
    """Count changes in words: `1 report added · 2 happenings altered`."""
    from chancery.outputs.words import counted, listed

    groups = groupby(sorted((KINDS.index(f"{one.kind}s"), one.change) for one in changes))
    words = [
        f"{counted(len(list(group)), KINDS[kind][:-1])} {change}"
        for (kind, change), group in groups
    ]
    return listed(words) or "nothing changed"


def row_words(change: Change) -> str:
    """Return the line of what changed, without the day and the id, which have their own columns."""
    return change.shown.removesuffix(change.id).removeprefix(change.when.edtf()).strip(" ·")


def change_sheet(sides: Mapping[str, Evidence]) -> Sheet[Change]:
    """Show what changed; `sides` are the two snapshots in which rows are looked up."""
    from chancery.ledger.changes import values_line
    from chancery.outputs.columns import Row
    from chancery.outputs.evidence import INDENT
    from chancery.outputs.rows import plain
    from chancery.outputs.sheet import Sheet
    from chancery.outputs.table import Column
    from chancery.outputs.visible import one_line
    from chancery.outputs.words import date_words, short_id

    def field_words(one: FieldChange) -> str:
        return f"{one.field}: {values_line(one)}"

    def quotes(row: Change) -> Sequence[Cite]:
        return sides[row.snapshot].quotes(row)

    def quote_lines(row: Change, style: Style) -> Iterable[str]:
        return sides[row.snapshot].quote_lines(row, style)

    def prepare(rows: Sequence[Change], *, words: bool, quotes: bool) -> None:
        for snapshot, evidence in sides.items() if quotes else ():
            evidence.prepare_quotes([row for row in rows if row.snapshot == snapshot])

    def flat(row: Change) -> Row:
        whole = plain(row)
        days = {f"when_{end}": whole["when"][end] for end in ("first", "last")}
        return {**whole, **days, "fields": "; ".join(map(field_words, row.fields))}

    def below(row: Change, style: Style) -> Iterable[str]:
        return (
            f"{INDENT}{style.dim(one.field)}: {one_line(values_line(one))}" for one in row.fields
        )

    return Sheet(
        columns=(
            Column("what", lambda row: row.kind),
            Column("change", lambda row: row.change),
            Column("date", lambda row: date_words(row.when) if row.when.known else ""),
            Column("row", row_words, shrinks=True),
            Column("why", lambda row: row.because, shrinks=True),
            Column("id", lambda row: short_id(row.id)),
        ),
        fields=CSV_FIELDS,
        flat=flat,
        quotes=quotes,
        quote_lines=quote_lines,
        below=below,
        footer=next(iter(sides.values())).legend,
        prepare=prepare,
    )
