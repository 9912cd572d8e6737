"""Relations for a terminal: points with bars of characters, turns with what carries them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, Final

from chancery.drawing import number
from chancery.model import Frame, Happening, Refusal, Relation, Turn, When
from chancery.outputs.chronology import phrase_of
from chancery.outputs.rows import Row
from chancery.outputs.table import PLAIN, Column, Style, table_lines
from chancery.outputs.visible import one_line
from chancery.outputs.words import counted, date_words, pair_words, short_id
from chancery.relations.carriers import Carrier
from chancery.relations.shown import shown

HALF: Final = 8
"""Characters of a bar on either side of zero."""
BLOCK: Final = "█"
THIN: Final = "░"
FILL: Final = "·"
"""Where a bar does not reach: white space would be folded."""
QUARTER: Final = 3
WAYS: Final = {"conflict": ("away", "toward"), "events": ("more", "less")}
"""Words for a rise and a fall, where it is not toward and away."""
INDENT: Final = "    "

Below = Callable[[Any], Iterable[str]]


def step_words(first: str | date, step: str) -> str:
    """Name a step by its first day: `2019`, `2019 Q3`, `2019-07`, `2019-W27` or the day."""
    day = date.fromisoformat(first) if isinstance(first, str) else first
    if step == "year":
        return str(day.year)
    if step == "quarter":
        return f"{day.year} Q{(day.month - 1) // QUARTER + 1}"
    if step == "month":
        return f"{day.year}-{day.month:02}"
    if step == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()


def relation_lines(
    relation: Relation, width: int, style: Style = PLAIN, *, below: Below, beneath: Below
) -> Iterator[str]:
    """Lay a relation out: every step with something in it, gaps in a line, turns, refusals.

    `below` gives the lines under a point, `beneath` those under a turn.
    """
    yield style.bold(f"{relation.actor} ⇄ {relation.target}") + (
        f" · {relation.measure} by {relation.step}: {relation.formula}"
    )
    yield from refusal_lines(relation.refusals)
    limit = _limit(relation)
    for sides in ((relation.actor, relation.target), (relation.target, relation.actor)):
        rows = [row for row in relation.table() if (row["actor"], row["target"]) == sides]
        yield ""
        yield style.bold(f"{sides[0]} → {sides[1]}") + f"  {_total(rows, relation)}"
        yield from _point_lines(rows, relation, limit, width, style, below)
    if relation.turns:
        yield ""
        yield style.bold("Turns")
        yield from turn_lines(relation.turns, relation.layer, beneath, style)


def _total(rows: Sequence[Row], relation: Relation) -> str:
    count = sum(row["count"] for row in rows)
    return counted(count, "row" if relation.layer else "happening")


def _limit(relation: Relation) -> float:
    if relation.measure == "warmth":
        return 1.0
    values = [row["value"] for row in relation.table() if row["value"] is not None]
    return max(map(abs, values), default=1.0) or 1.0


def _point_lines(
    rows: Sequence[Row],
    relation: Relation,
    limit: float,
    width: int,
    style: Style,
    below: Below,
) -> Iterator[str]:
    """Print the steps; a run of empty ones is one line, for nothing is drawn through it."""
    told: list[Row] = []
    for empty, run in groupby(rows, lambda row: row["count"] == 0):
        steps = list(run)
        if not empty:
            told += steps
            continue
        first, last = (step_words(steps[end]["first"], relation.step) for end in (0, -1))
        gap = first if first == last else f"{first} – {last}"
        told.append({"gap": gap, "count": 0})
    columns = (
        Column("step", lambda row: row.get("gap") or step_words(row["first"], relation.step)),
        Column(relation.measure, lambda row: row.get("value"), right=True),
        Column("", lambda row: _bar(row, limit)),
        *([Column("spread", _spread)] if any(_spread(row) for row in rows) else []),
        Column("count", lambda row: row["count"] or None, right=True),
        Column("mutual", lambda row: row.get("mutual"), right=True),
        Column("origins", lambda row: row.get("origins"), right=True),
        *(Column(f"q{at}", partial(_cell, f"q{at}"), right=True) for at in range(1, 5)),
        Column("of all", lambda row: row.get("exposure"), right=True),
    )
    lines = table_lines(told, columns, width, style, below=lambda row: _beneath(row, below))
    yield from (f"  {line}" for line in lines)


def _cell(name: str, row: Row) -> Any:
    return row.get(name)


def _beneath(row: Row, below: Below) -> Iterable[str]:
    return below(row) if "rows" in row else ()


def _bar(row: Row, limit: float) -> str:
    """Draw a value from zero: to the right above it, to the left below it."""
    if "gap" in row:
        return "no reports"
    value = row["value"]
    if value is None:
        return "no measure"
    length = round(abs(value) / limit * HALF)
    bar = (THIN if row["few"] else BLOCK) * length
    return f"{bar if value < 0 else '':{FILL}>{HALF}}│{bar if value > 0 else ''}"


def _spread(row: Row) -> str | None:
    return None if row.get("low") is None else f"{row['low']} … {row['high']}"


def turn_lines(
    turns: Sequence[Turn], layer: str | None, beneath: Below, style: Style = PLAIN
) -> Iterator[str]:
    """Print turns, each with what carries it and why somebody says it came about."""
    for at, turn in enumerate(turns):
        days = date_words(When(first=turn.day_first, last=turn.day_last, basis="reckoned"))
        way = way_words(turn)
        yield (
            f"{number(at)} {style.bold(f'{turn.actor} → {turn.target}')}  {days}  {way}: "
            f"{turn.measure} {turn.before} → {turn.after}"
        )
        yield f"{INDENT}{turn.strength}: {turn.because}"
        yield f"{INDENT}{carried_words(turn, layer)}"
        yield from beneath(turn)
        yield from (f"{INDENT}· {words}" for words in turn.reasons)


def way_words(turn: Turn) -> str:
    """Say which way it turned; how much passes between two says nothing of how warm they are."""
    up, down = WAYS.get(turn.measure, ("toward", "away"))
    return up if turn.after > turn.before else down


def carried_words(turn: Turn, layer: str | None) -> str:
    """Say how much carries a turn."""
    count = len(turn.happenings)
    if not count:
        return "carried by what is no longer told: nothing of that kind in those days"
    strongest = "the strongest " if count == shown().most_rows else ""
    return f"carried by {strongest}{counted(count, 'row' if layer else 'happening')}"


def carrier_line(row: Carrier, labels: Mapping[str, str], style: Style = PLAIN) -> str:
    """Print a row of a layer: its day, the names it gives, the deed, its score, and where it is."""
    deed = labels.get(row.cameo or "", row.type or "").lower()
    score = "" if row.intensity is None else f"{row.intensity:+.1f}"
    facts = (one_line(row.words), f"{row.cameo or ''} {deed}".strip(), score)
    return f"{INDENT}{row.day} {'  '.join(filter(None, facts))}  {style.dim(one_line(row.place))}"


def deed_line(one: Happening, frames: Mapping[str, Frame]) -> str:
    """Print a happening that carries a turn, without its words."""
    who = pair_words(one.actors, one.targets)
    facts = (date_words(one.when), who, phrase_of(one.frame, frames), short_id(one.id))
    return f"{INDENT}{'  '.join(facts)}"


def refusal_lines(refusals: Sequence[Refusal], most: int | None = None) -> Iterator[str]:
    """Print what these data cannot show, like any other result; at most so many lines of it."""
    kept = refusals[:most]
    yield from (f"  ░ {one.words}" for one in kept)
    if len(kept) < len(refusals):
        yield f"  ░ … and {len(refusals) - len(kept)} more: --json lists them"
