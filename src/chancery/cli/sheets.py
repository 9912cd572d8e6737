"""How each kind of row is shown: its columns in a table, its fields in CSV, its quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from chancery.cli.output import Output, Sheet
from chancery.ledger.tables import CLAIMS, HAPPENINGS, STATEMENTS, Table
from chancery.lexicon import Lexicon
from chancery.model import Claim, Happening, Statement
from chancery.outputs.chronology import chronology_lines, phrase_of
from chancery.outputs.columns import flat_row, flat_types
from chancery.outputs.evidence import Evidence
from chancery.outputs.rows import Row, row_of
from chancery.outputs.table import Column
from chancery.outputs.words import date_words, pair_words, short_id, voice_words

T = TypeVar("T", bound=msgspec.Struct)


def _flat(table: Table) -> Callable[[msgspec.Struct], Row]:
    return lambda noun: flat_row(table, noun)


def happening_sheet(evidence: Evidence, lexicon: Lexicon) -> Sheet[Happening]:
    """Show happenings as a chronology."""

    def lines(rows: Sequence[Happening], output: Output) -> Iterable[str]:
        return chronology_lines(
            rows, lexicon.frames, evidence, output.width, output.style, quotes=output.quotes
        )

    return Sheet(
        columns=(),
        fields=list(flat_types(HAPPENINGS)),
        flat=_flat(HAPPENINGS),
        quotes=evidence.quotes,
        lines=lines,
        prepare=evidence.prepare,
    )


def claim_sheet(evidence: Evidence, lexicon: Lexicon) -> Sheet[Claim]:
    """Show claims: what each report says was done."""
    return Sheet(
        columns=(
            Column("date", lambda row: date_words(row.when, evidence.date_text(row))),
            Column("who", lambda row: _sides(row), shrinks=True),
            Column("deed", lambda row: phrase_of(row.frame, lexicon.frames), shrinks=True),
            Column(
                "voice",
                lambda row: voice_words(row.voice, evidence.voice_text(row)),
                shrinks=True,
            ),
            Column("standing", lambda row: row.standing),
            Column("score", lambda row: f"{row.score:.2f}", right=True),
            Column("report", lambda row: short_id(row.report)),
            Column("id", lambda row: short_id(row.id)),
        ),
        fields=list(flat_types(CLAIMS)),
        flat=_flat(CLAIMS),
        quotes=evidence.quotes,
        quote_lines=evidence.quote_lines,
        footer=evidence.legend,
        prepare=evidence.prepare,
    )


def _sides(claim: Claim) -> str:
    actors, targets = (
        [party.actor for party in side if party.actor] for side in (claim.actors, claim.targets)
    )
    return pair_words(actors, targets)


def statement_sheet(evidence: Evidence) -> Sheet[Statement]:
    """Show statements: what is put on somebody's word, in the report's own words."""
    return Sheet(
        columns=(
            Column(
                "voice",
                lambda row: voice_words(row.voice, evidence.voice_text(row)),
                shrinks=True,
            ),
            Column("actor", lambda row: row.voice.actor),
            Column("mode", lambda row: row.mode),
            Column("future", lambda row: _deadline(row)),
            Column("words", evidence.statement_text, shrinks=True),
            Column("report", lambda row: short_id(row.report)),
            Column("id", lambda row: short_id(row.id)),
        ),
        fields=[*flat_types(STATEMENTS), "words"],
        flat=lambda row: {**flat_row(STATEMENTS, row), "words": evidence.statement_text(row)},
        row=lambda row: {**row_of(row), "words": evidence.statement_text(row)},
        quote_lines=evidence.statement_lines,
        footer=evidence.legend,
        prepare=evidence.prepare,
        worded=True,
    )


def _deadline(statement: Statement) -> str:
    if not statement.foresees:
        return ""
    deadline = statement.deadline
    if deadline is None or not deadline.known:
        return "foreseen"
    # An open end is put into words of its own: "by 31 Aug 2020", "from 1 Jan 2020".
    closed = deadline.first and deadline.last
    return f"by {date_words(deadline)}" if closed else date_words(deadline)
