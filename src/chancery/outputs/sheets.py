"""How each kind of row is shown: its columns in a table, its fields in CSV, its quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from chancery.ledger.entries import Entry
from chancery.ledger.tables import (
    CLAIMS,
    FORECASTS,
    HAPPENINGS,
    SAME_SOURCES,
    STATEMENTS,
    Table,
)
from chancery.lexicon import Lexicon
from chancery.model import (
    Claim,
    Forecast,
    Happening,
    HeldState,
    Outcome,
    Reason,
    SameSource,
    Statement,
    When,
)
from chancery.outputs.chronology import chronology_lines, phrase_of
from chancery.outputs.columns import flat_row, flat_types
from chancery.outputs.evidence import Evidence
from chancery.outputs.own import Told, entry_lines, own_flat, own_row, told_columns
from chancery.outputs.rows import Row, plain, row_of
from chancery.outputs.sheet import QUOTES_MARK, Medium, Sheet
from chancery.outputs.table import Column, Style
from chancery.outputs.words import (
    counted,
    date_words,
    pair_words,
    short_id,
    voice_words,
)

if TYPE_CHECKING:
    from chancery.read.holding import Bar

T = TypeVar("T", bound=msgspec.Struct)

NOT_JUDGED: Final = "6"
"""The credibility of a statement that nobody has judged."""


def _flat(table: Table) -> Callable[[msgspec.Struct], Row]:
    return lambda noun: flat_row(table, noun)


def happening_sheet(evidence: Evidence, lexicon: Lexicon) -> Sheet[Happening]:
    """Show happenings as a chronology."""

    def lines(rows: Sequence[Happening], output: Medium) -> Iterable[str]:
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


def own_sheet(evidence: Evidence, lexicon: Lexicon) -> Sheet[Told]:
    """Show happenings with a person's own entries among them."""
    names = list(flat_types(HAPPENINGS))
    happenings = happening_sheet(evidence, lexicon)

    def prepare(rows: Sequence[Told], *, words: bool, quotes: bool) -> None:
        evidence.prepare(
            [row for row in rows if not isinstance(row, Entry)], words=words, quotes=quotes
        )

    def below(row: Told, style: Style) -> Iterable[str]:
        return entry_lines(row, style) if isinstance(row, Entry) else ()

    def quote_lines(row: Told, style: Style) -> Iterable[str]:
        return () if isinstance(row, Entry) else evidence.quote_lines(row, style)

    return Sheet(
        columns=told_columns(lexicon.frames, evidence),
        fields=names,
        flat=lambda row: own_flat(names, row) if isinstance(row, Entry) else happenings.flat(row),
        row=own_row,
        quotes=lambda row: () if isinstance(row, Entry) else evidence.quotes(row),
        quote_lines=quote_lines,
        below=below,
        footer=evidence.legend,
        prepare=prepare,
    )


def claim_sheet(evidence: Evidence, lexicon: Lexicon) -> Sheet[Claim]:
    """Show claims: what each report says was done."""
    return Sheet(
        columns=(
            Column("date", lambda row: date_words(row.when, evidence.date_text(row))),
            Column("who", lambda row: _sides(row), shrinks=True),
            Column("deed", lambda row: phrase_of(row.frame, lexicon.frames), shrinks=True),
            Column("voice", evidence.voice_badge, shrinks=True),
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


def with_reasons(
    sheet: Sheet[Claim], evidence: Evidence, reasons: Mapping[str, Sequence[Reason]]
) -> Sheet[Claim]:
    """Show claims with the reasons given for each, by the claim's id."""

    def of(row: Claim) -> Sequence[Reason]:
        return reasons.get(row.id, ())

    def words(row: Claim) -> str:
        told = (f"{one.kind}: {evidence.found_text(one, one.passage)}" for one in of(row))
        return QUOTES_MARK.join(told)

    def rows(row: Claim) -> list[Row]:
        return [{**plain(one), "words": evidence.found_text(one, one.passage)} for one in of(row)]

    def below(row: Claim, style: Style) -> Iterable[str]:
        return (evidence.reason_line(one, style) for one in of(row))

    return msgspec.structs.replace(
        sheet,
        fields=[*sheet.fields, "reasons"],
        flat=lambda row: {**sheet.flat(row), "reasons": words(row)},
        row=lambda row: {**sheet.row(row), "reasons": rows(row)},
        below=below,
    )


def _sides(claim: Claim) -> str:
    actors, targets = (
        [party.actor for party in side if party.actor] for side in (claim.actors, claim.targets)
    )
    return pair_words(actors, targets)


def statement_sheet(evidence: Evidence, grades: Mapping[str, str]) -> Sheet[Statement]:
    """Show statements: what is put on somebody's word, in the report's own words.

    `grades` say how far people find a statement credible, by its id: 6, not judged, where nobody
    did.
    """

    def words(row: Statement) -> Row:
        return {
            "words": evidence.statement_text(row),
            "chain": evidence.chain_text(row),
            "credibility": grades.get(row.id, NOT_JUDGED),
        }

    return Sheet(
        columns=(
            Column("voice", evidence.voice_badge, shrinks=True),
            Column("actor", lambda row: row.voice.actor),
            Column("mode", lambda row: row.mode),
            Column("future", lambda row: _deadline(row)),
            Column("words", evidence.statement_text, shrinks=True),
            Column("report", lambda row: short_id(row.report)),
            Column("id", lambda row: short_id(row.id)),
        ),
        fields=[*flat_types(STATEMENTS), "words", "chain", "credibility"],
        flat=lambda row: {**flat_row(STATEMENTS, row), **words(row)},
        row=lambda row: {**row_of(row), **words(row)},
        quote_lines=evidence.statement_lines,
        footer=evidence.legend,
        prepare=evidence.prepare,
        worded=True,
    )


def same_source_sheet(evidence: Evidence) -> Sheet[SameSource]:
    """Show which anonymous voices may be one source, and why; nothing is joined by it."""

    def words(row: SameSource) -> Row:
        return {
            "first_words": evidence.found_text(row, row.first),
            "second_words": evidence.found_text(row, row.second),
        }

    return Sheet(
        columns=(
            Column("first", lambda row: evidence.found_text(row, row.first), shrinks=True),
            Column("second", lambda row: evidence.found_text(row, row.second), shrinks=True),
            Column("why", lambda row: row.reason, shrinks=True),
            Column("report", lambda row: short_id(row.report)),
            Column("id", lambda row: short_id(row.id)),
        ),
        fields=[*flat_types(SAME_SOURCES), "first_words", "second_words"],
        flat=lambda row: {**flat_row(SAME_SOURCES, row), **words(row)},
        row=lambda row: {**row_of(row), **words(row)},
        footer=evidence.legend,
        prepare=evidence.prepare,
        worded=True,
    )


def _deadline(statement: Statement) -> str:
    deadline = statement.deadline
    if deadline is None or not deadline.known:
        return "foreseen" if statement.foresees else ""
    # An open end is put into words of its own: "by 31 Aug 2020", "from 1 Jan 2020".
    closed = deadline.first and deadline.last
    return f"by {date_words(deadline)}" if closed else date_words(deadline)


def forecast_sheet(evidence: Evidence, outcomes: Mapping[str, Outcome]) -> Sheet[Forecast]:
    """Show forecasts with what became of them, by their ids."""

    def words(row: Forecast) -> Row:
        outcome = outcomes[row.id]
        return {
            "words": evidence.found_text(row, row.span),
            "test_words": evidence.found_text(row, row.test),
            "condition_words": evidence.found_text(row, row.condition),
            "state": outcome.state,
            "overdue": outcome.overdue,
            "evidence": list(outcome.evidence),
            "because": outcome.because,
            "decided": outcome.decided,
        }

    def due(row: Forecast) -> str:
        return "overdue" if outcomes[row.id].overdue else ""

    return Sheet(
        columns=(
            Column(
                "voice",
                lambda row: voice_words(row.voice, evidence.voice_text(row)),
                shrinks=True,
            ),
            Column("actor", lambda row: row.voice.actor),
            Column("what", lambda row: evidence.found_text(row, row.test), shrinks=True),
            Column("deadline", lambda row: _day(row.deadline)),
            Column("state", lambda row: outcomes[row.id].state),
            Column("due", due),
            Column("if", lambda row: evidence.found_text(row, row.condition), shrinks=True),
            Column("evidence", lambda row: _claims_shown(outcomes[row.id])),
            Column("report", lambda row: short_id(row.report)),
            Column("id", lambda row: short_id(row.id)),
        ),
        fields=[*flat_types(FORECASTS), *FORECAST_WORDS],
        flat=lambda row: {**flat_row(FORECASTS, row), **words(row)},
        row=lambda row: {**row_of(row), **words(row)},
        quote_lines=lambda row, style: [evidence.found_line(row, style)],
        footer=evidence.legend,
        prepare=evidence.prepare,
        worded=True,
    )


FORECAST_WORDS: Final = (
    "words", "test_words", "condition_words", "state", "overdue", "evidence", "because", "decided"
)  # fmt: skip


def _claims_shown(outcome: Outcome) -> str:
    """Show the first claim that an outcome rests on, and how many more there are."""
    first, more = outcome.evidence[:1], len(outcome.evidence) - 1
    return "".join(map(short_id, first)) + (f" +{more}" if more > 0 else "")


def bar_sheet(evidence: Evidence, states: Mapping[str, HeldState]) -> Sheet[Bar]:
    """Show states from their opening to their close; `states` are the passages, by their ids."""

    def told(row: Bar) -> list[HeldState]:
        return [states[name] for name in row.states]

    def words(row: Bar) -> list[str]:
        return [evidence.found_text(one, one.span) or "" for one in told(row)]

    def flat(row: Bar) -> Row:
        ends = {"since": row.since or When(), "until": row.until or When()}
        return {
            "kind": row.kind,
            "holders": row.holders,
            **{f"{name}_first": when.first for name, when in ends.items()},
            **{f"{name}_last": when.last for name, when in ends.items()},
            "states": row.states,
            "words": QUOTES_MARK.join(words(row)),
        }

    return Sheet(
        columns=(
            Column("kind", lambda row: row.kind),
            Column("holder", lambda row: row.holders),
            Column("since", lambda row: _day(row.since)),
            Column("until", lambda row: _day(row.until)),
            Column("told", lambda row: counted(len(row.states), "time")),
            Column("words", lambda row: words(row)[0], shrinks=True),
        ),
        fields=BAR_FIELDS,
        flat=flat,
        row=lambda row: {**row_of(row), "words": words(row)},
        quote_lines=lambda row, style: [evidence.found_line(one, style) for one in told(row)],
        footer=evidence.legend,
    )


BAR_FIELDS: Final = (
    "kind", "holders", "since_first", "since_last", "until_first", "until_last", "states", "words"
)  # fmt: skip


def _day(when: When | None) -> str:
    return date_words(when) if when and when.known else ""
