"""The tables that a format's rows are joined with: parties, sectors and kinds of deeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from chancery.ledger.query import Workroom
from chancery.lexicon.frames import QUAD
from chancery.relations.actor_names import ActorNames, known_spans, sectors_of, words
from chancery.relations.crosswalk import EVER, NEVER, spans, table
from chancery.relations.formats import Format
from chancery.relations.steps import step

Party = tuple[str, date, date, str | None, str | None]
"""Key, since, until, party, sectors."""
Deed = tuple[str, str | None, str | None, str | None, int | None, float | None]
"""Key, CAMEO code, PLOVER type and mode, quad class, score."""

PARTY_COLUMNS: Final = "key VARCHAR, since DATE, until DATE, party VARCHAR, sectors VARCHAR"
SECTOR_COLUMNS: Final = "words VARCHAR, sectors VARCHAR"
DEED_COLUMNS: Final = (
    "key VARCHAR, code VARCHAR, type VARCHAR, mode VARCHAR, quad UTINYINT, score FLOAT"
)
OLD_TYPES: Final = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE",
                    "FIGHT": "ASSAULT"}  # fmt: skip
"""PLOVER's types until 2020."""


class Lookups:
    """Fills the tables in a room, for one file after another of a format.

    Code systems come first; only what is no code is read as a name.
    """

    def __init__(self, room: Workroom, form: Format, names: ActorNames) -> None:
        self._room, self._names = room, names
        self._codes: list[Party] = [(*row, None) for row in dict.fromkeys(_codes(form))]
        _make(room, "deeds", DEED_COLUMNS, deeds(form))
        _make(room, "parties", PARTY_COLUMNS, self._codes)

    def name_parties(self, keys: Iterable[str]) -> None:
        """Add the parties of a file's names; `keys` are those of its actors and places."""
        known = {code for code, *_ in self._codes}
        named = _named(sorted(set(keys) - known), self._names)
        _make(self._room, "parties", PARTY_COLUMNS, [*self._codes, *named])

    def name_sectors(self, said: Iterable[str]) -> None:
        """Make the sectors of a file, from the words that it has for them."""
        rows = [(one, sectors_of(one)) for one in sorted(set(said))]
        _make(self._room, "sectors", SECTOR_COLUMNS, rows)


def _codes(form: Format) -> Iterator[tuple[str, date, date, str]]:
    """Give every code; where two systems share one, the first system's stands."""
    seen: set[str] = set()
    for system in dict.fromkeys((*form.actors, *form.places)):
        if system == "names":
            continue
        if system == "groups":
            found = [(code, EVER, NEVER, party) for code, party in words().groups.items()]
        else:
            found = [
                (code, span.since, span.until, span.party)
                for code, known in spans(system).items()
                for span in known
            ]
        yield from (row for row in found if row[0] not in seen)
        seen.update(row[0] for row in found)


def _named(keys: Sequence[str], names: ActorNames) -> Iterator[Party]:
    for name, known in known_spans(keys, names):
        yield name, known.since, known.until, known.party, known.sectors


def deeds(form: Format) -> list[Deed]:
    """Return what each key of a kind of deed stands for, in the format's own words."""
    found: dict[str, Deed] = {}
    if form.own in ("ucdp", "acled", "cow"):
        found.update((row[0], row) for row in _own(form.own))
    if form.own == "plover":
        found.update((row[0], row) for row in _plover())
    if form.own in ("cameo", "plover"):
        for row in _cameo(form):
            found.setdefault(row[0], row)
    return list(found.values())


def _own(own: str) -> Iterator[Deed]:
    for row in table("own_types.csv"):
        if row["set"] == own:
            yield (row["code"], None, row["type"] or None, row["mode"] or None,
                   int(row["quad"]) if row["quad"] else None,
                   float(row["score"]) if row["score"] else None)  # fmt: skip


def _plover() -> Iterator[Deed]:
    for name, quad in QUAD.items():
        yield name, None, name, None, quad, None
    for name, today in OLD_TYPES.items():
        yield name, None, today, None, QUAD[today], None


def _cameo(form: Format) -> Iterator[Deed]:
    rows = list(table("cameo.csv"))
    codes = {row["code"] for row in rows}
    for row in rows:
        code = row["code"]
        facts: Any = (code, row["type"] or None, row["mode"] or None, int(row["quad"]),
                      float(row[f"goldstein_{form.goldstein}"]))  # fmt: skip
        yield code, *facts
        if len(code) > 2:  # a root's label is that of its first code too
            yield row["label"].lower(), *facts
        # A spreadsheet takes the zero of 0311; where 311 is no code of its own, it is put back.
        short = code.removeprefix("0")
        if short not in codes or (form.short_codes and len(code) > 2):
            yield short, *facts
        if form.short_codes and len(code) == 2:
            yield f"{code}y", *facts


def _make(room: Workroom, name: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    room.run(step("make_table", table=name, columns=columns))
    if not rows:
        return
    names = [column.split()[0] for column in columns.split(", ")]
    lists = {column: [row[at] for row in rows] for at, column in enumerate(names)}
    types = [column.split()[1] for column in columns.split(", ")]
    picked = ", ".join(
        f"unnest(CAST(${column} AS {kind}[]))" for column, kind in zip(names, types, strict=True)
    )
    room.run(step("fill_table", table=name, picked=picked), lists)
