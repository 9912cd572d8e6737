"""What a query gives: a sequence of nouns, and the same rows as Arrow, polars, pandas or HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from html import escape
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Generic, Protocol, TypeVar, overload

from chancery.errors import ChanceryError
from chancery.ledger.query import Answer
from chancery.model import Cite, Claim, Forecast, Happening, HeldState, Reason, Span, Statement

T = TypeVar("T")

SHOWN_ROWS: Final = 50
"""Rows shown in a notebook; the rest are counted."""


class Query(Protocol):
    """A query that can be run, and run again, over one snapshot."""

    def fetch(self) -> Answer:
        """Run it and drain it."""
        ...

    def capsule(self, schema: object) -> object:
        """Run it as an Arrow stream."""
        ...

    def frame(self) -> Any:
        """Run it as a pandas data frame."""
        ...


class Rows(Sequence[T], Generic[T]):
    """The rows of one query, pinned to one snapshot and fetched when first looked at.

    Other libraries take it as a table through the Arrow PyCapsule interface.
    """

    def __init__(
        self,
        query: Query,
        make: Callable[[Sequence[str]], Callable[[Sequence[Any]], T]],
        cite: Callable[[Any], list[Cite]] | None = None,
    ) -> None:
        self._query = query
        self._make = make
        self._cite = cite

    @cached_property
    def _answer(self) -> tuple[tuple[str, ...], list[T]]:
        answer = self._query.fetch()
        make = self._make(answer.columns)
        return answer.columns, [make(values) for values in answer.rows]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the table's columns."""
        return self._answer[0]

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        return self._answer[1][place]

    def __len__(self) -> int:
        return len(self._answer[1])

    def __iter__(self) -> Iterator[T]:
        return iter(self._answer[1])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._query.capsule(requested_schema)

    def to_polars(self) -> Any:
        """Return a polars data frame; raises `ChanceryError` where polars is not installed."""
        if find_spec("polars") is None:
            raise _missing("polars")
        return import_module("polars").DataFrame(_Stream(self.__arrow_c_stream__))

    def to_pandas(self) -> Any:
        """Return a pandas data frame; raises `ChanceryError` where pandas is not installed."""
        if find_spec("pandas") is None:
            raise _missing("pandas")
        return self._query.frame()

    def __repr__(self) -> str:
        lines = [describe(row) for row in self[:SHOWN_ROWS]]
        left_out = len(self) - len(lines)
        more = [f"… and {left_out} more"] if left_out > 0 else []
        return "\n".join([f"{len(self)} rows", *lines, *more])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{self._html_of(row)}</li>" for row in self[:SHOWN_ROWS])
        left_out = len(self) - SHOWN_ROWS
        more = f"<p>… and {left_out} more</p>" if left_out > 0 else ""
        return f"<p>{len(self)} rows</p><ol>{items}</ol>{more}"

    def _html_of(self, row: T) -> str:
        cites = self._cite(row) if self._cite else []
        quotes = "".join(
            f"<blockquote>{escape(cite.words)} "
            f"<cite>{escape(cite.source or 'no source')}, {escape(cite.published.edtf())}</cite>"
            "</blockquote>"
            for cite in cites
        )
        return f"<code>{escape(describe(row))}</code>{quotes}"


class _Stream:
    """Rows as a stream and nothing else: polars would take a sequence for a list of objects."""

    def __init__(self, stream: Callable[[object], object]) -> None:
        self._stream = stream

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._stream(requested_schema)


def describe(row: object) -> str:
    """Return one line of plain text for a row."""
    if isinstance(row, Happening | Claim):
        return str(row)
    if isinstance(row, Statement):
        return f"{_voice(row)} {row.voice.stance} {_place(row, row.content)}"
    if isinstance(row, Reason):
        return f"{_voice(row)} {row.kind} {_place(row, row.passage)}"
    if isinstance(row, Forecast):
        deadline = row.deadline.edtf() if row.deadline else ".."
        return f"{_voice(row)} {deadline} {_place(row, row.span)}"
    if isinstance(row, HeldState):
        return f"{'+'.join(row.holders) or '-'} {row.kind} {row.phase} {_place(row, row.span)}"
    return repr(row)


def _voice(row: Statement | Reason | Forecast) -> str:
    return row.voice.full_name or row.voice.actor or row.voice.kind


def _place(row: Statement | Reason | Forecast | HeldState, span: Span) -> str:
    return f"@{row.report}:{span.start}-{span.end}"


def _missing(library: str) -> ChanceryError:
    return ChanceryError(
        f"this needs {library}, which is not installed", hint=f"pip install {library}"
    )
