"""Passages of reports for many rows at once: the words, their sentence, and what stands about them.

The ledger cites claims; a statement or a forecast is its own words. At most a few words before and
after a passage are given, never a whole report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.cite import cite_passage
from chancery.ledger.tables import CLAIMS, decoder
from chancery.model import Cite, Claim, Forecast, Report, Span, Statement, When

ABOUT: Final = 32
"""Characters before and after a passage by which it is found again."""

ROWS_AT_ONCE: Final = 512

Told: TypeAlias = Claim | Statement | Forecast


class Passage(msgspec.Struct, frozen=True):
    """The words that one row rests on, and the characters right before and after them.

    `voice` are the words that name whoever says so, `condition` those of a forecast's condition;
    empty where there are none.
    """

    cite: Cite
    before: str
    after: str
    voice: str = ""
    condition: str = ""


class Passages:
    """Looks passages up in one ledger, as of one snapshot; the newest where none is named."""

    def __init__(self, ledger: Ledger, as_of: str | None = None) -> None:
        self._ledger = ledger
        self._as_of = as_of
        self._reports: dict[str, Report] = {}

    def of(self, rows: Sequence[Any]) -> Iterator[tuple[Any, Passage]]:
        """Give each row with its passage, reports fetched for many rows at once."""
        for at in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[at : at + ROWS_AT_ONCE]
            self._fetch({row.report for row in some})
            yield from ((row, self._passage(row)) for row in some)

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Return claims of the newest readings by their ids; what is no more is left out."""
        wanted = sorted(set(ids))
        found: dict[str, Claim] = {}
        for at in range(0, len(wanted), ROWS_AT_ONCE):
            listed = listed_ids(wanted[at : at + ROWS_AT_ONCE])
            rows = self._ledger.sql(
                f"SELECT * FROM claims WHERE id IN ({listed})",  # noqa: S608
                as_of=self._as_of,
            )
            make = decoder(CLAIMS, rows.columns)
            found |= {row["id"]: make(tuple(row.values())) for row in rows}
        return found

    def _passage(self, row: Told) -> Passage:
        report = self._reports[row.report]
        words, named = _spans(row)
        condition = row.condition if isinstance(row, Forecast) else None
        return Passage(
            cite_passage(report, words, named, row.id),
            before=report.text[max(0, words.start - ABOUT) : words.start],
            after=report.text[words.end : words.end + ABOUT],
            voice=row.voice.name.of(report.text) if row.voice.name else "",
            condition=condition.of(report.text) if condition else "",
        )

    def _fetch(self, wanted: set[str]) -> None:
        self._reports = {name: one for name, one in self._reports.items() if name in wanted}
        missing = sorted(wanted - self._reports.keys())
        if not missing:
            return
        query = (
            "SELECT id, title, text, source, url, language, "  # noqa: S608
            "published_first, published_last, published_basis "
            f"FROM reports WHERE id IN ({listed_ids(missing)})"
        )
        for row in self._ledger.sql(query, as_of=self._as_of):
            first, last, basis = (row.pop(f"published_{end}") for end in ("first", "last", "basis"))
            published = When(first=first, last=last, basis=basis)
            self._reports[row["id"]] = Report(**row, published=published)


def _spans(row: Told) -> tuple[Span, Span]:
    """Return where a row's words stand, and where the word does that names what it is."""
    if isinstance(row, Claim):
        return row.words, row.trigger
    if isinstance(row, Statement):
        return row.content, row.voice.cue or row.content
    return row.span, row.cue


def listed_ids(ids: Iterable[str]) -> str:
    """Write ids for a query; raises `ValueError` for what is none, so that nothing slips in."""
    names = list(ids)
    for name in names:
        prefix, _, digits = name.partition("_")
        if not (prefix.isalpha() and digits.isalnum()):
            raise ValueError(f"not an id: {name!r}")
    return ", ".join(f"'{name}'" for name in names)
