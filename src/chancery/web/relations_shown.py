"""A relation as its page shows it: bars, turns and kinds, each with a link to what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, TypeVar

import msgspec

from chancery.drawing import axis_ends, number
from chancery.model import Relation, Turn, When
from chancery.outputs.relations import carried_words, step_words, way_words
from chancery.outputs.rows import Row as Fields
from chancery.outputs.words import counted, date_words
from chancery.relations.shown import shown
from chancery.relations.steps_of_time import Step, first_day
from chancery.web.relating import Relating
from chancery.web.shown import Row, rows_shown
from chancery.web.visit import Visit

T = TypeVar("T")

CARRIERS_SHOWN: Final = 6
"""Happenings listed under a turn; a link opens all."""
NAMED: Final = re.compile(r"(.*) \((hap_[0-9a-f]+)\)")
YEARS: Final = (1, 2, 5, 10, 20, 50, 100, 500, 10_000)
"""How many years an even period may have."""
QUADS: Final = ("words of cooperation", "acts of cooperation", "words of conflict",
                "acts of conflict")  # fmt: skip


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One step of one direction, or a run of steps in which nothing was told (`gap`)."""

    step: str
    gap: bool = False
    name: str = ""
    href: str = ""
    chronology: str = ""
    spoken: str = ""
    cells: tuple[str, ...] = ()


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One direction: its bars, and how much they add up to."""

    name: str
    spoken: str
    total: str
    bars: tuple[Bar, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Words, and what they name: a reason that a report gives for a deed."""

    words: str
    href: str = ""


class TurnShown(msgspec.Struct, frozen=True, kw_only=True):
    """A turn: where, which way, how firm, and what carries it."""

    mark: str
    pair: str
    days: str
    way: str
    levels: str
    strength: str
    because: str
    carried: str
    rows: list[Row]
    lines: list[str]
    more: str
    href: str
    reasons: list[Told]
    bars: str


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of deed: how often in each period, each with its link."""

    name: str
    cells: tuple[Told, ...]


class Kinds(msgspec.Struct, frozen=True, kw_only=True):
    """The balance of kinds: a row a kind, a column a period between turns."""

    periods: tuple[str, ...]
    rows: tuple[Kind, ...]
    sums: tuple[str, ...]


COLUMNS: Final = ("spread", "count", "of both", "origins", *QUADS, "of all")


def bar_name(actor: str, first: str | date) -> str:
    """Name a bar in addresses: who acts, and the first day of the step."""
    return f"{actor}:{first}"


class Shown:
    """Puts one relation into words for its page."""

    def __init__(self, relating: Relating, relation: Relation) -> None:
        self._relating = relating
        self._visit: Visit = relating.visit
        self.relation = relation
        self.table = relation.table()
        opened = self._visit.address.with_(sel=None, part=None)
        self._opened = f"{opened}{'&' if opened.fields else '?'}sel="
        self._what = "row" if relation.layer else "happening"

    def kept(self, kind: str, more: object, make: Callable[[], T]) -> T:
        """Return what was made of this relation before, or make it."""
        names = (self.relation.actor, self.relation.target, str(more))
        return self._relating.kept(kind, names, make)

    # Words above the chart -----------------------------------------------------------------------

    def pair(self, actor: str, target: str, between: str = "→") -> str:
        """Name both sides as people call them."""
        return f"{self._visit.name(actor)} {between} {self._visit.name(target)}"

    @property
    def notices(self) -> list[str]:
        """Return what must be known before one looks: too little, and what cannot be told."""
        told = [
            f"{self.pair(actor, target)} rests on fewer than {_few_words()} "
            f"{self._what}s: {count:,}"
            for actor, target, count in self._totals()
            if count < shown().fewest_of_series
        ]
        return [*told, *dict.fromkeys(one.words for one in self.relation.refusals)]

    @property
    def axis(self) -> str:
        """Say what is measured, and on what scale both directions stand."""
        relation = self.relation
        if relation.measure == "warmth":
            scale = "axis −1 to 1, always"
        else:
            low, high = axis_ends(relation.picture())
            scale = f"axis {low:g} to {high:g}, from the greatest value here, for both rows alike"
        return f"{relation.measure} = {relation.formula}; {scale}"

    def _totals(self) -> Iterator[tuple[str, str, int]]:
        for actor, target, points in self._sides():
            yield actor, target, sum(point.count for point in points)

    def _sides(self) -> tuple[tuple[str, str, Any], tuple[str, str, Any]]:
        one = self.relation
        return (one.actor, one.target, one.there), (one.target, one.actor, one.back)

    # Bars ----------------------------------------------------------------------------------------

    def href(self, name: str) -> str:
        """Link the page with something opened: a bar, a kind in a period, a turn.

        In a static dossier nothing can be asked for, and all stands on the page already.
        """
        return f"{self._opened}{name}#pane" if self._visit.room else f"#{name}"

    def spoken(self, row: Fields) -> str:
        """Say a bar as one hears it."""
        step = step_words(row["first"], self.relation.step)
        value = "no measure" if row["value"] is None else f"{self.relation.measure} {row['value']}"
        spread = "" if row["low"] is None else f"spread {row['low']} to {row['high']}"
        both = f"{row['mutual']:,} of both" if row["mutual"] else ""
        few = "too few" if row["few"] else ""
        return ", ".join(filter(None, (
            f"{self.pair(row['actor'], row['target'], 'to')}", step, value, spread,
            counted(row["count"], self._what), both, few,
        )))  # fmt: skip

    def sides(self) -> list[Side]:
        """Return both directions as tables: a row a bar, a row a gap."""
        rows = self.table
        return [
            Side(
                name=f"{actor} → {target}", spoken=self.pair(actor, target),
                total=counted(sum(point.count for point in points), self._what),
                bars=tuple(self._bars([row for row in rows if row["actor"] == actor])),
            )
            for actor, target, points in self._sides()
        ]  # fmt: skip

    def _bars(self, rows: Sequence[Fields]) -> Iterator[Bar]:
        step = self.relation.step
        for empty, run in groupby(rows, lambda row: row["count"] == 0):
            steps = list(run)
            if empty:
                first, last = (step_words(steps[end]["first"], step) for end in (0, -1))
                yield Bar(step=first if first == last else f"{first} – {last}", gap=True)
                continue
            yield from map(self._bar, steps)

    def _bar(self, row: Fields) -> Bar:
        spread = "" if row["low"] is None else f"{row['low']} … {row['high']}"
        counts = (row["count"], row["mutual"], row["origins"])
        weights = tuple(row[f"q{at}"] for at in range(1, 5))
        name = bar_name(row["actor"], row["first"])
        return Bar(
            step=step_words(row["first"], self.relation.step), name=name, href=self.href(name),
            chronology=self.chronology(row["first"], row["last"]), spoken=self.spoken(row),
            cells=(
                "no measure" if row["value"] is None else str(row["value"]), spread,
                *map(str, counts), *map(str, weights), str(row["exposure"]),
            ),
        )  # fmt: skip

    def chronology(self, first: str | date, last: str | date, **more: object) -> str:
        """Link the chronology of both parties within some days.

        A static dossier has it once a pair: one for each figure would be many times its size.
        """
        who = (self.relation.actor, self.relation.target)
        if self._visit.room is None:
            return self._visit.links.to("/chronology", who=who)
        return self._visit.links.to("/chronology", who=who, from_=first, to=last, **more)

    # Turns ---------------------------------------------------------------------------------------

    def turns(self) -> list[TurnShown]:
        """Return the turns with what carries them."""
        return [self._turn(at, turn) for at, turn in enumerate(self.relation.turns)]

    def turn_words(self, turn: Turn) -> str:
        """Say in short when it turned, which way, and how firmly."""
        return f"{_days_of(turn)}: {self.pair(turn.actor, turn.target)} {way_words(turn)}, {turn.strength}"  # noqa: E501

    def _turn(self, at: int, turn: Turn) -> TurnShown:
        ids = turn.happenings[:CARRIERS_SHOWN]
        happenings = self.happenings(ids)
        lines = list(ids) if self.relation.layer else []
        rest = len(turn.happenings) - len(ids)
        return TurnShown(
            mark=number(at), pair=self.pair(turn.actor, turn.target),
            days=_days_of(turn), way=way_words(turn),
            levels=f"{turn.measure} {turn.before} → {turn.after}",
            strength=turn.strength, because=turn.because,
            carried=carried_words(turn, self.relation.layer), rows=happenings, lines=lines,
            more=f"and {rest:,} more" if rest else "", href=self.href(f"turn:{at}"),
            reasons=[self._reason(words) for words in turn.reasons],
            bars=" ".join(dict.fromkeys(self._bars_of(turn))),
        )  # fmt: skip

    def _bars_of(self, turn: Turn) -> Iterator[str]:
        """Name the bars in which what carries a turn lies."""
        points = self.relation.there if turn.actor == self.relation.actor else self.relation.back
        carried = set(turn.happenings)
        for point in points:
            if carried.intersection(point.rows) or (
                self.relation.layer and turn.day_first <= point.last and
                point.first <= turn.day_last and point.count
            ):  # fmt: skip
                yield bar_name(turn.actor, point.first)

    def happenings(self, ids: Sequence[str]) -> list[Row]:
        """Return happenings of this relation by their ids, as lists show them."""
        deeds = self._relating.deeds(self.relation.actor, self.relation.target)
        if deeds is None:
            return []
        return rows_shown(self._visit, [deeds.told[name] for name in ids])

    def _reason(self, words: str) -> Told:
        found = NAMED.fullmatch(words)
        if found is None:
            return Told(words=words)
        return Told(words=found[1], href=self._visit.links.happening(found[2]))

    # Kinds ---------------------------------------------------------------------------------------

    def periods(self) -> list[tuple[date, date]]:
        """Return the periods between turns; even ones where it turned never or too often."""
        steps = [point.first for point in self.relation.there]
        if not steps:
            return []
        turned = sorted({turn.day_first for turn in self.relation.turns} - {steps[0]})
        starts = [steps[0], *turned]
        if len(starts) == 1 or len(starts) > shown().most_periods:
            starts = _even(steps)
        end = self.relation.there[-1].last
        ends = [start - timedelta(days=1) for start in starts[1:]]
        return list(zip(starts, [*ends, end], strict=True))

    def kinds(self) -> Kinds | None:
        """Return how often each kind of deed was told in each period, both ways together."""
        steps, types = self._relating.kinds(self.relation.actor, self.relation.target)
        periods = self.periods()
        if not types or not periods:
            return None
        within = [[first <= step <= last for step in steps] for first, last in periods]
        counts = {
            name: [float(weights[mask].sum()) for mask in within] for name, weights in types.items()
        }
        order = sorted(counts, key=lambda name: (-sum(counts[name]), name))
        return Kinds(
            periods=tuple(self.period_words(*period) for period in periods),
            rows=tuple(
                Kind(name=name.capitalize(), cells=tuple(
                    self._cell(name, period, count)
                    for period, count in zip(periods, counts[name], strict=True)
                ))
                for name in order
            ),
            sums=tuple(f"{sum(column):,g}" for column in zip(*counts.values(), strict=True)),
        )  # fmt: skip

    def period_words(self, first: date, last: date) -> str:
        """Name a period by its first and last step."""
        step = self.relation.step
        ends = [step_words(first, step), step_words(_step_of(last, step), step)]
        return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"

    def _cell(self, name: str, period: tuple[date, date], count: float) -> Told:
        if not count:
            return Told(words="–")
        opens = "" if self.relation.layer else self.href(f"{name}:{period[0]}:{period[1]}")
        return Told(words=f"{count:,g}", href=opens)


def _days_of(turn: Turn) -> str:
    return date_words(When(first=turn.day_first, last=turn.day_last, basis="reckoned"))


def _step_of(last: date, step: str) -> date:
    known: Step = step  # type: ignore[assignment]
    return first_day(last, known)


def _few_words() -> str:
    """Write the least count of a series in words, where it is the usual one."""
    fewest = shown().fewest_of_series
    return "five" if fewest == 5 else str(fewest)


def _even(steps: Sequence[date]) -> list[date]:
    """Cut a span into even periods of whole years, as short as the number allowed lets them be."""
    starts: list[date] = []
    for size in YEARS:
        starts = [one for at, one in enumerate(steps)
                  if not at or one.year // size != steps[at - 1].year // size]  # fmt: skip
        if len(starts) <= shown().most_periods:
            break
    return starts
