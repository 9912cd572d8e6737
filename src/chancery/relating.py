"""What is found out about how two states move: step by step, turns, and what cannot be shown.

Derived, like all that follows from many claims; `model.py` has the other nouns.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal, TypeAlias

import msgspec

from chancery import drawing
from chancery.noun import Noun

Strength: TypeAlias = Literal["weak", "moderate", "strong"]
RefusalCode: TypeAlias = Literal["too-few", "undirected", "not-shown", "coverage"]


class Refusal(Noun, frozen=True):
    """What was asked and cannot be told from these data: a result like any other.

    `code` is short and stable, `words` say it in a plain sentence.
    """

    code: RefusalCode
    words: str


class Turn(Noun, frozen=True):
    """A change from one level to another that lasts.

    `actor` and `target` say which way; `day_first` and `day_last` between which days it turned.
    `before` and `after` are the levels of `measure`. `penalty` is what a further turn had to gain,
    `stability` the share of penalties under which this one stays (0…1). `happenings` carry it: ids,
    or `file:line` of a layer.
    """

    actor: str
    target: str
    day_first: date
    day_last: date
    before: float
    after: float
    penalty: float
    stability: float
    strength: Strength
    because: str
    measure: str = "warmth"
    cost: str = "binomial"
    happenings: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Point(Noun, frozen=True):
    """One step of one direction: all that is counted in it, and what it rests on.

    `value` is the measure that was asked for, and it is none where nothing was told: an empty step
    is no zero. `warmth` is (cooperation − conflict) / (cooperation + conflict), −1…1; `quads` are
    weights by PLOVER's quad class 1…4. `low` and `high` are the least and the greatest value that
    the claims allow where they dispute one another. Numbers are rounded here, once for all.
    """

    first: date
    last: date
    count: int
    mutual: int = 0
    origins: int = 0
    value: float | None = None
    warmth: float | None = None
    intensity: float | None = None
    quads: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    low: float | None = None
    high: float | None = None
    exposure: int = 0
    few: bool = False
    rows: tuple[str, ...] = ()
    more: int = 0


VEGA_LITE: Final = "application/vnd.vegalite.v5+json"
"""What notebooks call a Vega-Lite spec that they draw."""


class Chart(dict[str, Any]):
    """A Vega-Lite spec: the same that the page draws, and that a notebook draws by itself."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Give a notebook the spec, and its words where it cannot draw."""
        return {VEGA_LITE: dict(self), "text/plain": str(self.get("description", ""))}


class Relation(Noun, frozen=True):
    """Two parties: what each does to the other, step by step, when it turned, and why.

    `there` is from `actor` to `target`, `back` the other way; both have every step of the span.
    Nothing is drawn or listed that is not in these points, so that the chart, the table, CSV and
    JSON cannot differ.
    """

    actor: str
    target: str
    step: str
    measure: str
    formula: str
    layer: str | None = None
    there: tuple[Point, ...] = ()
    back: tuple[Point, ...] = ()
    turns: tuple[Turn, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    coverage: str = ""

    def __str__(self) -> str:
        there, back = (sum(point.count for point in side) for side in (self.there, self.back))
        turns = f"{len(self.turns)} {'turn' if len(self.turns) == 1 else 'turns'}"
        return (
            f"{self.actor} ⇄ {self.target}, {self.measure} by {self.step}: {there:,} there, "
            f"{back:,} back, {turns}"
        )

    def table(self) -> list[dict[str, Any]]:
        """Return every point as a row of plain values: the numbers of every form there is."""
        sides = ((self.actor, self.target, self.there), (self.target, self.actor, self.back))
        return [_row(actor, target, point) for actor, target, side in sides for point in side]

    def chart(self) -> Chart:
        """Return the Vega-Lite spec: two rows of bars, turns as dashed rules, hatch where none."""
        return Chart(drawing.dyad_chart(self.picture()))

    def picture(self) -> drawing.Picture:
        """Return what is drawn: the same rows, the turns with their marks, and the words."""
        return drawing.Picture(
            actor=self.actor, target=self.target, step=self.step, measure=self.measure,
            rows=self.table(), words=tuple(one.words for one in self.refusals),
            turns=[{"mark": drawing.number(at), **_plain(turn)}
                   for at, turn in enumerate(self.turns)],
            summary=str(self), coverage=self.coverage,
        )  # fmt: skip

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            VEGA_LITE: dict(self.chart()),
            "text/html": drawing.html_table(self.picture()),
            "text/plain": str(self),
        }


def _row(actor: str, target: str, point: Point) -> dict[str, Any]:
    row = {"actor": actor, "target": target, **_plain(point)}
    row |= {f"q{at}": weight for at, weight in enumerate(row.pop("quads"), 1)}
    return row


def _plain(noun: Noun) -> dict[str, Any]:
    """Return every field, defaults included, as JSON has it."""
    fields = {name: getattr(noun, name) for name in noun.__struct_fields__}
    plain: dict[str, Any] = msgspec.to_builtins(fields)
    return {name: list(value) if isinstance(value, tuple) else value
            for name, value in plain.items()}  # fmt: skip
