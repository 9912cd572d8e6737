"""The ledger's tables: which column holds which field of which noun.

A nested noun flattens: `when.first` becomes `when_first`, `words.end` becomes `words_end`; a list
of nouns becomes a list of structs, flattened likewise. No column is a reserved word of SQL. Every
table also has `added`, the number of the commit that brought the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, get_args, get_type_hints

import msgspec
from msgspec import Struct

from chancery.errors import Problem
from chancery.model import (
    Claim,
    Context,
    Decision,
    Forecast,
    Happening,
    HeldState,
    Link,
    Mention,
    Outcome,
    Reading,
    Reason,
    Report,
    Rival,
    SameSource,
    Signature,
    Statement,
    Tie,
    TimeExpression,
    Trait,
)

Row = dict[str, Any]


class Column(msgspec.Struct, frozen=True):
    """One column: its name, its DuckDB type, and the path to its value within the noun.

    `items` are the columns of each struct where the column is a list of nouns. A column without a
    path is no field of the noun: the ledger fills it in beside it. A `later` column was not there
    from the beginning: segments written before lack it, and empty it is left out of digests. What
    is `measured` is never in them: it may differ in its last digit from machine to machine.
    """

    name: str
    kind: str
    path: tuple[str, ...] = ()
    items: tuple[Column, ...] = ()
    later: bool = False
    measured: bool = False

    @property
    def type(self) -> str:
        """Return the DuckDB type, spelling out a list of structs."""
        if not self.items:
            return self.kind
        return f"STRUCT({', '.join(f'{item.name} {item.type}' for item in self.items)})[]"


class Table(msgspec.Struct, frozen=True):
    """A table: its name, its columns, and the noun that its rows are.

    `order` is that of the rows in its files, where it is not the one they came in.
    """

    name: str
    columns: tuple[Column, ...]
    noun: type[msgspec.Struct] | None = None
    order: str = ""

    @property
    def types(self) -> dict[str, str]:
        """Return the DuckDB type of each column, by name."""
        return {column.name: column.type for column in self.columns}


def plain(kind: str, *names: str) -> tuple[Column, ...]:
    """Columns named as the noun's own fields."""
    return tuple(Column(name, kind, (name,)) for name in names)


def beside(kind: str, *names: str) -> tuple[Column, ...]:
    """Columns that are no field of the noun."""
    return tuple(Column(name, kind) for name in names)


def span(name: str, *path: str) -> tuple[Column, ...]:
    """Columns of a `Span`."""
    ends = ("start", "end")
    return tuple(Column(f"{name}_{end}", "INTEGER", (*path, end)) for end in ends)


def when(name: str, *path: str) -> tuple[Column, ...]:
    """Columns of a `When`."""
    return (
        Column(f"{name}_first", "DATE", (*path, "first")),
        Column(f"{name}_last", "DATE", (*path, "last")),
        Column(f"{name}_basis", "VARCHAR", (*path, "basis")),
        *span(f"{name}_words", *path, "words"),
    )


def later(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Mark columns that were added to a table after ledgers had been written."""
    return tuple(msgspec.structs.replace(column, later=True) for column in columns)


DECODERS_KEPT: Final = 256
"""A table's decoder is found out once for the columns of each step."""
NESTED: Final = (
    *span("outer", "outer"),
    *span("inner", "inner"),
    *span("cue", "cue"),
    *plain("VARCHAR", "kind"),
)
VOICE: Final = (
    Column("voice_kind", "VARCHAR", ("voice", "kind")),
    Column("voice_actor", "VARCHAR", ("voice", "actor")),
    Column("voice_stance", "VARCHAR", ("voice", "stance")),
    Column("voice_full_name", "VARCHAR", ("voice", "full_name")),
    *span("voice_name", "voice", "name"),
    *span("voice_cue", "voice", "cue"),
    Column("voice_chain", "", ("voice", "chain"), NESTED, later=True),
)
FACETS: Final = (
    *span("facets_description", "facets", "description"),
    Column("facets_number", "VARCHAR", ("facets", "number")),
    *span("facets_rank", "facets", "rank"),
    *span("facets_institution", "facets", "institution"),
    Column("facets_tenure", "VARCHAR", ("facets", "tenure")),
    *span("facets_reason", "facets", "reason"),
)
MENTION: Final = (
    *span("words", "span"),
    *plain("VARCHAR", "actor", "name"),
    *plain("VARCHAR[]", "candidates"),
    *plain("DOUBLE", "score"),
)
ASIDE: Final = (*plain("VARCHAR", "kind"), *span("words", "span"))
QUANTITY: Final = (
    *span("words", "span"),
    Column("amount", "DOUBLE", ("value",)),
    *plain("VARCHAR", "unit", "bound"),
)
READ_BY: Final = beside("VARCHAR", "report", "run")
ORDINAL: Final = beside("INTEGER", "ordinal")
ADDED: Final = beside("BIGINT", "added")

REPORTS: Final = Table(
    "reports",
    (
        *plain("VARCHAR", "id", "key", "source", "url", "language", "title", "text"),
        *when("published", "published"),
        *plain("VARCHAR[]", "traits"),
        Column("asides", "", ("asides",), ASIDE),
        *beside("UBIGINT[]", "sketch"),
        *ADDED,
    ),
    Report,
)
READINGS: Final = Table(
    "readings",
    (
        *READ_BY,
        *ORDINAL,
        *beside("VARCHAR", "unread"),
        *beside("INTEGER", "mention_count", "time_count", "statement_count", "claim_count"),
        *ADDED,
    ),
)
MENTIONS: Final = Table("mentions", (*READ_BY, *ORDINAL, *MENTION, *ADDED), Mention)
TIMES: Final = Table(
    "times",
    (
        *READ_BY,
        *ORDINAL,
        *span("words", "span"),
        *plain("VARCHAR", "type", "value"),
        *when("when", "when"),
        *ADDED,
    ),
    TimeExpression,
)
STATEMENTS: Final = Table(
    "statements",
    (
        *plain("VARCHAR", "id", "report"),
        *beside("VARCHAR", "run"),
        *ORDINAL,
        *span("content", "content"),
        *VOICE,
        *plain("VARCHAR", "mode"),
        *plain("BOOLEAN", "foresees"),
        *when("deadline", "deadline"),
        *later(FACETS),
        *ADDED,
    ),
    Statement,
)
CLAIMS: Final = Table(
    "claims",
    (
        *plain("VARCHAR", "id", "report", "run"),
        *ORDINAL,
        *plain("VARCHAR", "frame", "type", "mode", "cameo"),
        Column("actor_mentions", "", ("actors",), MENTION),
        Column("target_mentions", "", ("targets",), MENTION),
        *when("when", "when"),
        Column("where_country", "VARCHAR", ("where", "country")),
        *span("where_words", "where", "span"),
        *plain("VARCHAR", "standing"),
        *VOICE,
        Column("quantities", "", ("quantities",), QUANTITY),
        *plain("VARCHAR[]", "contexts"),
        *span("words", "words"),
        *span("trigger", "trigger"),
        *plain("DOUBLE", "score"),
        *ADDED,
    ),
    Claim,
)
REASONS: Final = Table(
    "reasons",
    (
        *plain("VARCHAR", "id", "report"),
        *beside("VARCHAR", "run"),
        *ORDINAL,
        *plain("VARCHAR", "claim", "kind"),
        *span("deed", "deed"),
        *span("passage", "passage"),
        *span("cue", "cue"),
        *VOICE,
        *ADDED,
    ),
    Reason,
)
FORECASTS: Final = Table(
    "forecasts",
    (
        *plain("VARCHAR", "id", "report"),
        *beside("VARCHAR", "run"),
        *ORDINAL,
        *span("words", "span"),
        *span("test", "test"),
        *span("cue", "cue"),
        *when("deadline", "deadline"),
        *span("condition", "condition"),
        *plain("VARCHAR", "statement"),
        *VOICE,
        *ADDED,
    ),
    Forecast,
)
STATES: Final = Table(
    "states",
    (
        *plain("VARCHAR", "id", "report"),
        *beside("VARCHAR", "run"),
        *ORDINAL,
        *plain("VARCHAR", "kind", "phase"),
        *span("words", "span"),
        *span("cue", "cue"),
        *plain("VARCHAR[]", "holders"),
        *when("since", "since"),
        *when("until", "until"),
        *plain("VARCHAR[]", "claims"),
        *ADDED,
    ),
    HeldState,
)
EVIDENCE: Final = (
    *plain("VARCHAR", "reason"),
    *span("words", "words"),
    *plain("DOUBLE", "weight"),
)
TRAITS: Final = Table(
    "traits",
    (*READ_BY, *ORDINAL, *plain("VARCHAR", "name"), Column("evidence", "", ("evidence",), EVIDENCE),
     *ADDED),
    Trait,
)  # fmt: skip
CONTEXTS: Final = Table(
    "contexts",
    (
        *READ_BY,
        *ORDINAL,
        *plain("VARCHAR", "name"),
        Column("cues", "", ("cues",), (Column("words_start", "INTEGER", ("start",)),
                                       Column("words_end", "INTEGER", ("end",)))),
        *ADDED,
    ),
    Context,
)  # fmt: skip
SAME_SOURCES: Final = Table(
    "same_sources",
    (
        *plain("VARCHAR", "id", "report"),
        *beside("VARCHAR", "run"),
        *ORDINAL,
        *span("first", "first"),
        *span("second", "second"),
        *plain("VARCHAR", "reason"),
        *ADDED,
    ),
    SameSource,
)
SIGNATURES: Final = Table(
    "signatures",
    (
        *READ_BY,
        *ORDINAL,
        *plain("VARCHAR[]", "marks", "keys"),
        Column("meanings", "VARCHAR", ("meanings",), measured=True),
        *ADDED,
    ),
    Signature,
)
PROBLEMS: Final = Table(
    "problems",
    (*plain("VARCHAR", "stage", "code", "message", "place", "hint", "report"), *ADDED),
    Problem,
)
DERIVED_IN: Final = (*beside("VARCHAR", "part"), *beside("BIGINT", "made"))
"""Which part of the ledger a row follows from, and with which commit it was derived: rows of a part
are dropped once a later commit has retired it. Views leave both out."""

HAPPENINGS: Final = Table(
    "happenings",
    (
        *plain("VARCHAR", "id", "frame", "type", "mode", "cameo"),
        *plain("VARCHAR[]", "actors", "targets"),
        *when("when", "when"),
        Column("where_country", "VARCHAR", ("where",)),
        *plain("VARCHAR", "standing"),
        *VOICE,
        *plain("VARCHAR[]", "claims", "reports"),
        *plain("INTEGER", "origin_count"),
        *plain("VARCHAR[]", "disputed", "contexts"),
        *plain("DOUBLE", "certainty"),
        *plain("VARCHAR[]", "signals"),
        *plain("VARCHAR", "lead"),
        *beside("VARCHAR[]", "voices"),
        *beside("VARCHAR", "parties"),
        *beside("DATE", "sorted_on"),
        *DERIVED_IN,
    ),
    Happening,
    order="sorted_on, when_last NULLS LAST, id",
)
JOINS: Final = Table(
    "joins",
    (
        *beside("VARCHAR", "happening", "first_claim", "second_claim"),
        *beside("VARCHAR[]", "reasons"),
        *DERIVED_IN,
    ),
)
LINKS: Final = Table(
    "links",
    (
        *plain("VARCHAR", "kind", "first", "second", "stage"),
        *plain("VARCHAR[]", "reasons"),
        *DERIVED_IN,
    ),
    Link,
)
RIVALS: Final = Table(
    "rivals",
    (
        *plain("VARCHAR", "happening", "field"),
        Column("shown", "VARCHAR", ("value",)),
        *plain("VARCHAR[]", "claims"),
        *plain("INTEGER", "origin_count"),
        *plain("BOOLEAN", "leads"),
        *plain("VARCHAR", "because"),
        *DERIVED_IN,
    ),
    Rival,
)
OUTCOMES: Final = Table(
    "outcomes",
    (
        *plain("VARCHAR", "forecast", "state"),
        *when("deadline", "deadline"),
        *plain("VARCHAR[]", "evidence"),
        *plain("VARCHAR", "because"),
        *plain("BOOLEAN", "overdue", "decided"),
    ),
    Outcome,
)
MEMBERS: Final = Table(
    "members",
    (
        *beside("VARCHAR", "key", "claim", "report"),
        *beside("BOOLEAN", "loose"),
        *beside("INTEGER", "first_day", "last_day"),
        *DERIVED_IN,
    ),
)
"""What each claim is found by when a new one may speak of its deed; a row for each of its keys."""
RETIRED: Final = Table("retired", (*DERIVED_IN,))
"""Parts that were worked out anew, or are no more, as of a commit."""
TIES: Final = Table(
    "ties",
    (
        *plain("VARCHAR", "first", "second", "kind", "reason"),
        *plain("DOUBLE", "share"),
        *plain("VARCHAR", "part"),
        *plain("BOOLEAN", "holds"),
    ),
    Tie,
)
SAYINGS: Final = Table(
    "sayings",
    (
        *beside("VARCHAR", "what", "id", "report", "source", "outlet", "voice_kind", "voice_actor"),
        *beside("VARCHAR", "name"),
        *beside("INTEGER", "first"),
        *beside("BOOLEAN", "everywhere"),
        *beside("VARCHAR", "number", "tenure", "rank", "institution", "reason", "called", "slug"),
    ),
)
"""What is on somebody's word, with the slug of its voice: `sql/sayings.sql` makes it."""
TELLINGS: Final = Table(
    "tellings",
    (
        *beside("VARCHAR", "happening", "outlet"),
        *beside("BOOLEAN", "own", "copied", "alone", "first"),
    ),
)
"""Which outlets tell each happening, and how: `sql/tellings.sql` makes it."""
ANCHOR: Final = (
    *plain("VARCHAR", "claim", "report"),
    *span("trigger", "trigger"),
    *plain("VARCHAR", "frame"),
)
DECISIONS: Final = Table(
    "decisions",
    (
        *plain("VARCHAR", "id", "about", "verdict", "reason", "who", "made", "undoes"),
        Column("anchors", "", ("anchors",), ANCHOR, later=True),
        *ADDED,
    ),
    Decision,
)

FOUND_TABLES: Final = (
    MENTIONS, TIMES, STATEMENTS, CLAIMS, REASONS, FORECASTS, STATES, TRAITS, CONTEXTS, SAME_SOURCES,
    SIGNATURES,
)  # fmt: skip
"""Tables of what readings found. A new one goes to the end: see `content.digest_reading`."""
SEGMENT_TABLES: Final = (REPORTS, READINGS, *FOUND_TABLES, PROBLEMS)
"""Tables kept as immutable segments: what was read."""
PARTED_TABLES: Final = (HAPPENINGS, JOINS, LINKS, RIVALS, MEMBERS)
"""Tables that follow part by part: a change replaces the rows of the parts that it touches."""
LAYERED_TABLES: Final = (*PARTED_TABLES, RETIRED, TIES)
"""Tables that are laid in layers, one a snapshot."""
WHOLE_TABLES: Final = (OUTCOMES, SAYINGS, TELLINGS)
"""Tables that are made whole for a snapshot, when first asked for."""
DERIVED_TABLES: Final = (*LAYERED_TABLES, *WHOLE_TABLES)
"""Tables that follow from the others: rebuilt at will."""
TABLES: Final[Mapping[str, Table]] = {
    table.name: table for table in (*SEGMENT_TABLES, *DERIVED_TABLES)
}


def encode(table: Table, noun: msgspec.Struct | None, **fields: object) -> Row:
    """Flatten a noun to a row; `fields` fill the columns that are no field of the noun."""
    row = _flatten(table.columns, noun)
    row.update(fields)
    return row


def encode_for_digest(table: Table, noun: msgspec.Struct) -> Row:
    """Flatten a noun to a row without what later columns do not hold, and what was measured.

    So a noun that has nothing there keeps the digest that it had before they were added.
    """
    row = encode(table, noun)
    empty = [
        column.name
        for column in table.columns
        if column.measured or (column.later and not row.get(column.name))
    ]
    return {name: value for name, value in row.items() if name not in empty}


def tables_of(reading: Reading) -> tuple[tuple[Table, tuple[msgspec.Struct, ...]], ...]:
    """Return each table that holds what a reading found, with the nouns that go there."""
    return (
        (MENTIONS, reading.mentions),
        (TIMES, reading.times),
        (STATEMENTS, reading.statements),
        (CLAIMS, reading.claims),
        (REASONS, reading.reasons),
        (FORECASTS, reading.forecasts),
        (STATES, reading.states),
        (TRAITS, reading.traits),
        (CONTEXTS, reading.contexts),
        (SAME_SOURCES, reading.same_sources),
        (SIGNATURES, (reading.signature,) if reading.signature else ()),
    )


def _flatten(columns: Sequence[Column], noun: object) -> Row:
    row: Row = {}
    for column in columns:
        if not column.path:
            continue
        value = noun
        for step in column.path:
            value = None if value is None else getattr(value, step)
        if column.items and value is not None:
            value = [_flatten(column.items, item) for item in value]  # type: ignore[attr-defined]
        elif column.kind == "DOUBLE" and value is not None:
            value = float(value)  # type: ignore[arg-type]
        row[column.name] = value
    return row


def decoder(table: Table, names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Return a function from a tuple of the named columns' values to the table's noun.

    Columns that the noun does not know are passed over. Values are taken as they are: they were
    checked when they were first made, and the file's hash says that they are the same.
    """
    return _decoder(table, tuple(names))


@lru_cache(DECODERS_KEPT)
def _decoder(table: Table, names: tuple[str, ...]) -> Callable[[Sequence[Any]], Any]:
    if table.noun is None:
        raise TypeError(f"the rows of {table.name} are no noun")
    known = {column.name: column for column in table.columns if column.path}
    places = [(known[name], place) for place, name in enumerate(names) if name in known]
    return _maker(table.noun, places, 0)


def _maker(
    noun: type[Any], places: Sequence[tuple[Column, Any]], depth: int
) -> Callable[[Any], Any]:
    """Return a function that makes a noun of the values at some places of a row.

    `depth` is how far along their paths the columns belong to this noun. Where all values are
    nothing, so is the noun.
    """
    fields: dict[str, list[tuple[Column, Any]]] = {}
    for column, place in places:
        fields.setdefault(column.path[depth], []).append((column, place))
    types = get_type_hints(noun)
    makers = [
        (name, _field_maker(_noun_in(types[name]), columns, depth))
        for name, columns in fields.items()
    ]

    def make(values: Any) -> Any:
        parts = {name: maker(values) for name, maker in makers}
        if depth and not any(part is not None for part in parts.values()):
            return None
        return noun(**parts)

    return make


def _field_maker(
    noun: type[Any] | None, columns: Sequence[tuple[Column, Any]], depth: int
) -> Callable[[Any], Any]:
    column, place = columns[0]
    if len(column.path) > depth + 1:
        assert noun is not None
        return _maker(noun, columns, depth + 1)
    if column.items:
        assert noun is not None
        make = _maker(noun, [(item, item.name) for item in column.items], 0)
        return lambda values: tuple([make(struct) for struct in values[place] or ()])
    if column.kind.endswith("[]"):
        return lambda values: tuple(values[place])
    return itemgetter(place)


def _noun_in(hint: Any) -> type[Any] | None:
    """Return the noun that a type speaks of: itself, one that may be absent, or one in a list."""
    found = [hint, *get_args(hint)]
    return next((one for one in found if isinstance(one, type) and issubclass(one, Struct)), None)
