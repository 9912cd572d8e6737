"""Happenings and a person's own entries in one chronology, each entry with its badge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from chancery.ledger.entries import OWN, Entry
from chancery.ledger.tables import Table, plain, when
from chancery.model import Frame, Happening
from chancery.outputs.chronology import happening_columns, phrase_of
from chancery.outputs.evidence import INDENT, Evidence
from chancery.outputs.rows import Row, row_of
from chancery.outputs.table import PLAIN, Column, Style
from chancery.outputs.visible import one_line
from chancery.outputs.words import SHORT_ID_DIGITS, date_words, listed, pair_words, short_id

OWN_BADGE: Final = "✎ own knowledge"

Told = Happening | Entry

ENTRIES: Final = Table(
    "own",
    (
        *plain("VARCHAR", "id", "what", "frame"),
        *plain("VARCHAR[]", "actors", "targets", "who", "whom"),
        *when("when", "when"),
        *plain("VARCHAR", "where", "note", "reference", "row", "claim", "voice"),
    ),
    Entry,
)
"""The flat columns of entries, for exports: they are kept as decisions, not as a table."""


def among(happenings: Iterable[Happening], entries: Iterable[Entry]) -> list[Told]:
    """Return happenings and entries by their earliest possible day, undated ones last."""
    return sorted([*happenings, *entries], key=_day)


def _day(row: Told) -> tuple[date, date, str]:
    first, last = row.when.first, row.when.last
    return first or last or date.max, last or date.max, row.id


def told_columns(frames: Mapping[str, Frame], evidence: Evidence) -> tuple[Column[Told], ...]:
    """Give the columns of a chronology that has entries among its rows."""
    own: Mapping[str, Callable[[Entry], Any]] = {
        "date": lambda row: date_words(row.when),
        "who": _sides,
        "deed": lambda row: phrase_of(row.frame, frames) if row.frame else row.what,
        "voice": lambda row: OWN_BADGE,
        "standing": lambda row: "",
        "support": lambda row: "tied" if row.claim else "",
        "certainty": lambda row: "",
        "id": lambda row: row.id[: len(OWN) + SHORT_ID_DIGITS],
    }
    return tuple(
        Column(column.title, _either(column.text, own[column.title]), column.shrinks, column.right)
        for column in happening_columns(frames, evidence)
    )


def _either(
    happening: Callable[[Happening], Any], entry: Callable[[Entry], Any]
) -> Callable[[Told], Any]:
    return lambda row: entry(row) if isinstance(row, Entry) else happening(row)


def _sides(entry: Entry) -> str:
    if entry.actors or entry.targets:
        return pair_words(entry.actors, entry.targets)
    return " → ".join(", ".join(side) for side in (entry.who, entry.whom) if side)


def entry_lines(entry: Entry, style: Style = PLAIN) -> Iterable[str]:
    """Write what stands under an entry: its words, where it stood, the claim that says the same."""
    tied = f"as {short_id(entry.claim)} says" if entry.claim else ""
    facts = listed(map(one_line, (entry.row, entry.reference, entry.note, tied)))
    yield f"{INDENT}{style.dim(OWN_BADGE)} {one_line(entry.what)}  {style.dim(facts)}"


def own_row(row: Told) -> Row:
    """Make the JSON of a row: that of a happening, or of an entry with its id and its voice."""
    return row_of(row) | {"id": row.id}


def own_flat(names: Sequence[str], row: Entry) -> Row:
    """Flatten an entry to the columns of happenings; what these have no place for is left out."""
    known = {
        "id": row.id,
        "frame": row.frame,
        "actors": list(row.actors),
        "targets": list(row.targets),
        "when_first": row.when.first,
        "when_last": row.when.last,
        "when_basis": row.when.basis,
        "voice_kind": row.voice,
    }
    return {name: known.get(name) for name in names}
