"""One's own chronology (CSV, TSV, XLSX) → a row an event; what cannot be read becomes a problem.

Columns are told by their headings (`chronology.toml`), or as the user maps them. Dates are EDTF or
common spellings; where day and month may be either way round, the row is refused until the user
says which comes first.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from chancery.errors import Problem, UsageError
from chancery.ingest.days import BadDay, parse_published
from chancery.ingest.draft import problem
from chancery.ingest.encoding import decode
from chancery.ingest.limits import MAX_FIELD_CHARS, MAX_REPORT_BYTES
from chancery.ingest.table import DELIMITERS
from chancery.ingest.workbook import read_workbook
from chancery.model import When

Order: TypeAlias = Literal["", "day", "month"]
"""Which comes first in `03/04/2020`: not said, the day, or the month."""

NEEDED: Final = ("date", "what")
MAX_ROWS: Final = 100_000
_EITHER_WAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MARKS: Final = re.compile(r"[?~%]")
_NOT_WORDS: Final = re.compile(r"[\W_]+")

Numbered: TypeAlias = tuple[int, list[str]]


class BadRow(ValueError):  # noqa: N818 -- says what it is about
    """A row that cannot be taken for something other than its date."""


class Row(msgspec.Struct, frozen=True):
    """One event as its row tells it; `place` is the file and the row's number.

    `actors` and `targets` are names or codes as written, parted at commas, semicolons and plus
    signs. `date` is as written.
    """

    place: str
    when: When
    date: str
    what: str
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    where: str = ""
    note: str = ""
    reference: str = ""


@cache
def load_headings() -> dict[str, tuple[str, ...]]:
    """Return which headings stand for what, folded."""
    words = (resources.files("chancery.ingest") / "data" / "chronology.toml").read_bytes()
    table = msgspec.toml.decode(words, type=dict[str, list[str]])
    return {role: tuple(map(fold, names)) for role, names in table.items()}


def fold(words: str) -> str:
    """Return words without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return _NOT_WORDS.sub(" ", bare).strip()


def find_columns(header: Sequence[str], mapping: Mapping[str, str], name: str) -> dict[str, int]:
    """Return which column holds what; raises `UsageError` where the date or the words are missing.

    A mapped column must be there; all others are told by their headings.
    """
    folded = [fold(cell) for cell in header]
    columns: dict[str, int] = {}
    for role, wanted in mapping.items():
        if wanted not in header:
            raise _no_column(f"no column {wanted!r}", header, name)
        columns[role] = list(header).index(wanted)
    for role, names in load_headings().items():
        free = [one for one in range(len(folded)) if one not in columns.values()]
        found = next((at for word in names for at in free if folded[at] == word), None)
        if role not in columns and found is not None:
            columns[role] = found
    if missing := [role for role in NEEDED if role not in columns]:
        raise _no_column(f"no column for {' and '.join(missing)}", header, name)
    return columns


def _no_column(what: str, header: Sequence[str], name: str) -> UsageError:
    there = ", ".join(repr(cell[:40]) for cell in header[:20])
    return UsageError(
        f"{name}: {what}; the first row names: {there}",
        hint="say which is which: --map date=COLUMN,what=COLUMN",
    )


def read_rows(path: Path, sheet: str | None = None) -> Iterator[Numbered]:
    """Give the rows of a table with their numbers, the heading first.

    Raises `UsageError` for a file that is no table or too large.
    """
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        yield from read_workbook(path, sheet)
        return
    if path.stat().st_size > MAX_REPORT_BYTES:
        raise UsageError(f"{path}: more than {MAX_REPORT_BYTES:,} bytes", hint="part it in two")
    text, _ = decode(path.read_bytes(), str(path))
    csv.field_size_limit(MAX_REPORT_BYTES)
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=max(DELIMITERS, key=first.count))
    before = 0
    try:
        for row in rows:
            number, before = before + 1, rows.line_num
            if any(cell.strip() for cell in row):
                yield number, [cell.strip() for cell in row]
    except csv.Error as error:
        raise UsageError(f"{path}:{rows.line_num}: no row of a table: {error}") from error


def read_chronology(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    order: Order = "",
    sheet: str | None = None,
) -> Iterator[dict[str, str] | Row | Problem]:
    """Give what was found in a chronology: first which column holds what, then rows and problems.

    Raises `UsageError` where the table as a whole cannot be meant.
    """  # fmt: skip
    rows = read_rows(path, sheet)
    _, header = next(rows, (0, []))
    columns = find_columns(header, mapping or {}, path.name)
    yield {role: header[at] for role, at in columns.items()}
    for count, (number, cells) in enumerate(rows):
        place = f"{path.name}:{number}"
        if count >= MAX_ROWS:
            yield problem("too-many", f"more than {MAX_ROWS:,} rows; the rest is left out", place,
                          "part the table")  # fmt: skip
            return
        try:
            yield _row(cells, columns, place, order)
        except BadDay as error:
            date = _cell(cells, columns, "date")
            yield problem("bad-date", f"{date!r}: {error.message}", place, _hint(error.message))
        except BadRow as error:
            yield problem("bad-row", str(error), place, "mend the row and import again")


def _hint(message: str) -> str:
    if "either way" in message:
        return "say which comes first: --dayfirst or --monthfirst"
    return "write 2020-05-17, 2020-05, 2020 or 2020-05-01/2020-05-10"


def _row(cells: Sequence[str], columns: Mapping[str, int], place: str, order: Order) -> Row:
    told = {role: _cell(cells, columns, role) for role in columns}
    what = told["what"]
    if not what:
        raise BadRow("nothing is said to have happened")
    if long := [role for role, words in told.items() if len(words) > MAX_FIELD_CHARS]:
        raise BadRow(f"{long[0]} has more than {MAX_FIELD_CHARS:,} characters")
    when = read_days(told["date"], order)
    if until := told.get("until"):
        last = read_days(until, order).last
        if when.first and last and last < when.first:
            raise BadDay("the end lies before the beginning")
        when = When(first=when.first, last=last, basis="stated")
    return Row(
        place=place,
        when=when,
        date=told["date"],
        what=what,
        actors=_parties(told.get("actors", "")),
        targets=_parties(told.get("targets", "")),
        where=told.get("where", ""),
        note=told.get("note", ""),
        reference=told.get("reference", ""),
    )


def _cell(cells: Sequence[str], columns: Mapping[str, int], role: str) -> str:
    at = columns[role]
    return cells[at].strip() if at < len(cells) else ""


def _parties(words: str) -> tuple[str, ...]:
    return tuple(part for one in re.split(r"[,;+]", words) if (part := one.strip()))


def read_days(words: str, order: Order = "") -> When:
    """Read a day, month, year or stretch of days; raises `BadDay` where the words name none.

    EDTF (ISO 8601-2) with open ends and its marks of doubt, which are passed over, or one of the
    spellings that reports are dated in. `order` decides `03/04/2020`.
    """
    bare = _MARKS.sub("", words).strip()
    if not bare:
        raise BadDay("no date")
    first, slash, last = (part.strip() for part in bare.partition("/"))
    if slash and (first in ("", "..") or last in ("", "..")):
        return _half_open(first, last)
    if (match := _EITHER_WAY.fullmatch(bare)) and "." not in bare:
        left, right, year = match.groups()
        if order == "day" or (order == "" and left == right):
            bare = f"{left}.{right}.{year}"
        elif order == "month":
            bare = f"{right}.{left}.{year}"
        elif "-" in bare:
            bare = bare.replace("-", "/")
    return parse_published(bare)


def _half_open(first: str, last: str) -> When:
    if first in ("", "..") and last in ("", ".."):
        raise BadDay("no date")
    if first in ("", ".."):
        return When(last=parse_published(last).last, basis="stated")
    return When(first=parse_published(first).first, basis="stated")
