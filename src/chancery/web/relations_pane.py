"""What is opened on a relations page: the happenings, or rows of a layer, behind one figure.

`sel` in the address names it: `USA:2019-01-01` a bar, `CONSULT:2014-01-01:2018-12-31` a kind in a
period, `turn:0` what carries a turn. What the figure counts is what is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from chancery.model import Point, Relation
from chancery.outputs.relations import carrier_line, step_words
from chancery.outputs.words import counted
from chancery.relations.carriers import Carrier
from chancery.relations.deeds import Deeds
from chancery.relations.ground import deed_labels
from chancery.web.relating import Relating
from chancery.web.relations_shown import Shown
from chancery.web.shown import Row

TURN = "turn"


class Pane(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind one figure: happenings, or lines of a layer, and how many more."""

    name: str
    heading: str
    facts: str = ""
    rows: list[Row] = []
    lines: list[str] = []
    more: str = ""
    chronology: str = ""


def pane_of(relating: Relating, shown: Shown, name: str) -> Pane | None:
    """Open what an address names; none where it names nothing of this relation."""
    parts = name.split(":")
    try:
        if parts[0] == TURN:
            return _turn(relating, shown, name, int(parts[1]))
        days = [date.fromisoformat(part) for part in parts[1:]]
        if len(days) == 1:
            return _bar(relating, shown, name, parts[0], days[0])
        first, last = days
    except (ValueError, IndexError):
        return None
    return _kind(relating, shown, name, (parts[0], first, last))


def every_pane(relating: Relating, shown: Shown) -> Iterator[Pane]:
    """Open all figures of a relation: for a static page, which cannot be asked for any."""
    kinds = shown.kinds()
    names = [bar.name for side in shown.sides() for bar in side.bars if not bar.gap]
    names += [f"{TURN}:{at}" for at in range(len(shown.relation.turns))]
    names += [
        cell.href.removeprefix("#")
        for kind in (kinds.rows if kinds else ()) for cell in kind.cells if cell.href
    ]  # fmt: skip
    for name in names:
        if pane := pane_of(relating, shown, name):
            yield pane


def _bar(relating: Relating, shown: Shown, name: str, actor: str, first: date) -> Pane | None:
    relation = shown.relation
    if actor not in (relation.actor, relation.target):
        return None
    there = actor == relation.actor
    target = relation.target if there else relation.actor
    points = relation.there if there else relation.back
    point = next((one for one in points if one.first == first and one.count), None)
    if point is None:
        return None
    row = next(row for row in shown.table
               if row["actor"] == actor and row["first"] == first.isoformat())  # fmt: skip
    lines, rows, more = _behind(relating, shown, point, (actor, target))
    return Pane(
        name=name, heading=f"{shown.pair(actor, target)}, {step_words(first, relation.step)}",
        facts=shown.spoken(row).partition(", ")[2].partition(", ")[2], rows=rows, lines=lines,
        more=f"and {more:,} more" if more else "",
        chronology="" if relation.layer else shown.chronology(point.first, point.last),
    )  # fmt: skip


def _behind(
    relating: Relating, shown: Shown, point: Point, sides: tuple[str, str]
) -> tuple[list[str], list[Row], int]:
    if shown.relation.layer is None:
        return [], shown.happenings(point.rows), point.more
    with relating.ground() as ground:
        found = ground.rows_by_step(*sides, point.first, point.last).get(point.first, ())
    return carrier_words(found), [], point.count - len(found)


def _turn(relating: Relating, shown: Shown, name: str, at: int) -> Pane | None:
    relation = shown.relation
    if not 0 <= at < len(relation.turns):
        return None
    turn = shown.turns()[at]
    lines: list[str] = []
    if relation.layer:
        with relating.ground() as ground:
            lines = carrier_words(ground.carriers(relation.turns[at]))
    return Pane(
        name=name, heading=f"{turn.mark} {turn.pair}, {turn.days}", facts=turn.carried,
        rows=shown.happenings(relation.turns[at].happenings), lines=lines,
    )  # fmt: skip


def _kind(
    relating: Relating, shown: Shown, name: str, asked: tuple[str, date, date]
) -> Pane | None:
    relation = shown.relation
    deeds = relating.deeds(relation.actor, relation.target)
    ids = _of_kind(deeds, relation, asked) if deeds else []
    if not ids:
        return None
    kind, first, last = asked
    days = f"{step_words(first, relation.step)} to {last}"
    return Pane(
        name=name, heading=f"{kind.capitalize()}, {days}", facts=counted(len(ids), "happening"),
        rows=shown.happenings(ids), chronology=shown.chronology(first, last, what=kind),
    )  # fmt: skip


def _of_kind(deeds: Deeds, relation: Relation, asked: tuple[str, date, date]) -> list[str]:
    kind, first, last = asked
    days = {
        deed.id: deed.day
        for (_, _, step), told in deeds.at.items()
        if first <= step <= last
        for deed in told
        if deeds.told[deed.id].type == kind
    }
    return sorted(days, key=lambda name: (days[name], name))


def carrier_words(rows: Sequence[Carrier]) -> list[str]:
    """Put rows of a layer into lines: day, names, deed, score, and where each stands."""
    return [carrier_line(one, deed_labels()).strip() for one in rows]
