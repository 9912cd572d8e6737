"""What differs between two snapshots, in words and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from chancery.ledger import Change, FieldChange
from chancery.ledger.changes import values_line
from chancery.model import Cite
from chancery.outputs.columns import Row
from chancery.outputs.evidence import INDENT, Evidence
from chancery.outputs.rows import plain
from chancery.outputs.sheet import Sheet
from chancery.outputs.table import Column, Style
from chancery.outputs.visible import one_line
from chancery.outputs.words import counted, date_words, listed, short_id

KINDS: Final = ("reports", "decisions", "happenings", "claims", "outcomes")
CSV_FIELDS: Final = (
    "kind", "change", "id", "when_first", "when_last", "shown", "was", "now", "fields", "because",
    "claims", "reports", "snapshot",
)  # fmt: skip


def count_words(changes: Iterable[Change]) -> str:
    """Count changes in words: `1 report added · 2 happenings altered`."""

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
