"""What a person knows beside the reports: its rows in a list, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from chancery.ledger.decide import standing_decisions
from chancery.ledger.entries import Entry
from chancery.model import Happening, Span
from chancery.outputs.chronology import phrase_of
from chancery.outputs.own import among
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words, listed, pair_words
from chancery.web.shown import Row
from chancery.web.visit import Visit

PASSAGE: Final = re.compile(r"(rep_[0-9a-f]{16}):(\d{1,9})-(\d{1,9})")
"""How an entry names the sentence that it rests on, in its reference."""


class OwnRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry among the rows; it counts for nothing, and says so.

    `href` leads to the sentence it was made from, `happening` to the row that says the same, and
    `decision` is what to undo.
    """

    id: str
    date: str
    pair: str
    what: str
    facts: str
    href: str
    happening: str
    decision: str
    own: bool = True


def write_passage(report: str, span: Span) -> str:
    """Write the reference of an entry that rests on a sentence."""
    return f"{report}:{span.start}-{span.end}"


def with_own(
    visit: Visit,
    rows: Sequence[Happening],
    shown: Mapping[str, Row],
    after: Happening | None,
    *,
    first: bool,
) -> list[Row | OwnRow]:
    """Return one page of a chronology with the entries whose days lie within it.

    `shown` are its rows in words, `after` is the first row of the next page, if there is one, and
    `first` says that no page is before it.
    """
    entries = [one for one in _entries(visit) if one.when.known]
    told = among([*rows, *([after] if after else [])], entries)
    if after:
        told = told[: told.index(after)]
    if rows and not first:
        told = told[told.index(rows[0]) :]
    made = _kept_by(visit)
    return [
        entry_shown(visit, one, made.get(one.id, "")) if isinstance(one, Entry) else shown[one.id]
        for one in told
    ]


def rows_of_year(rows: Sequence[Row | OwnRow], found: Sequence[Happening]) -> list[Row | OwnRow]:
    """Return those of a page's rows that stand between the first and the last of a year.

    An entry before the first row of its year is with the rows of the year before.
    """
    ids = {row.id for row in found}
    places = [place for place, row in enumerate(rows) if row.id in ids]
    if not places:
        return []
    end = places[-1] + 1
    while end < len(rows) and isinstance(rows[end], OwnRow):
        end += 1
    start = 0 if all(isinstance(row, OwnRow) for row in rows[: places[0]]) else places[0]
    return list(rows[start:end])


def dated_own(visit: Visit) -> list[OwnRow]:
    """Return the entries that have a day, by their days."""
    made = _kept_by(visit)
    dated = [one for one in _entries(visit) if one.when.known]
    return [
        entry_shown(visit, one, made.get(one.id, ""))
        for one in among([], dated)
        if isinstance(one, Entry)
    ]


def undated_own(visit: Visit) -> list[OwnRow]:
    """Return the entries that have no day."""
    made = _kept_by(visit)
    undated = (one for one in _entries(visit) if not one.when.known)
    return [entry_shown(visit, one, made.get(one.id, "")) for one in undated]


def _entries(visit: Visit) -> list[Entry]:
    """Return the entries that the filters let through; none has a voice or a certainty."""
    asked = {name: value for name, value in visit.asked.items() if name not in ("voice", "min")}
    return visit.ledger.entries(**asked) if asked.keys() == visit.asked.keys() else []


def _kept_by(visit: Visit) -> dict[str, str]:
    """Return which decision keeps what."""
    standing = standing_decisions(visit.ledger.decisions(as_of=visit.as_of))
    return {one.about: one.id for one in standing}


def entry_shown(visit: Visit, entry: Entry, decision: str) -> OwnRow:
    """Put one entry into words."""
    passage = PASSAGE.fullmatch(entry.reference)
    href = ""
    if passage:
        report, start, end = passage.groups()
        href = visit.links.report(report, span=Span(int(start), int(end)))
    sides = pair_words(entry.actors, entry.targets)
    if not (entry.actors or entry.targets):
        sides = " → ".join(", ".join(side) for side in (entry.who, entry.whom) if side)
    what = entry.what or phrase_of(entry.frame or "", visit.lexicon.frames)
    reference = "" if passage else entry.reference
    return OwnRow(
        id=entry.id,
        date=date_words(entry.when),
        pair=one_line(sides),
        what=one_line(what),
        facts=one_line(listed((entry.where, entry.note, reference, entry.row))),
        href=href,
        happening=visit.links.happening(entry.claim) if entry.claim else "",
        decision=decision,
    )
