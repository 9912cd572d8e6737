"""Three parties as their page shows them: a triangle of arrows, a sentence, and the balance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import hypot, sqrt
from typing import Final

import msgspec
from markupsafe import Markup

from chancery.model import Relation
from chancery.outputs.method_rows import Triangle
from chancery.outputs.relations import step_words
from chancery.outputs.rows import Row as Fields
from chancery.outputs.triad_words import Edge, Sentence, sentence_of, told_steps
from chancery.outputs.words import counted
from chancery.web.relating import Relating
from chancery.web.relations_shown import Told, bar_name

Point = tuple[float, float]

SIZE: Final = (640, 430)
PLACES: Final[tuple[Point, Point, Point]] = ((110, 350), (320, 70), (530, 350))
"""Where the three parties stand in the drawing."""
NODE: Final = 44.0
"""Radius that arrows keep from a party."""
APART: Final = 11.0
"""How far either arrow of a pair lies from the line between the two."""
LABEL: Final = 34.0
"""How far a label lies from that line."""
THINNEST, THICKEST = 1.5, 12.0
HEAD: Final = 13.0
SIGNS: Final = {1: "+", -1: "−", 0: "0", None: "·"}
BALANCED: Final = {True: "in balance", False: "not in balance", None: "–"}


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """One direction of a pair: its line, its label, and where it leads."""

    shape: Markup
    href: str
    words: str


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the balance: a cell a pair, and the answer by either border."""

    name: str
    cells: tuple[str, ...]
    beside_zero: str
    beside_world: str


class TriadShown:
    """Puts three relations into words and a drawing."""

    def __init__(
        self, relating: Relating, relations: Sequence[Relation], found: Triangle
    ) -> None:  # fmt: skip
        self._relating = relating
        self._visit = relating.visit
        self._relations = relations
        self._found = found
        self.refusals = [one.words for one in found.refusals]
        self.missing = found.missing
        self._steps = told_steps(relations)
        self.said: Sentence | None = sentence_of(relations, self._asked_for()) or found.sentence

    def _asked_for(self) -> date | None:
        """Return the step that the address names, where something was told in it."""
        try:
            day = date.fromisoformat(self._visit.address.get("period"))
        except ValueError:
            return None
        return day if day in self._steps else None

    # The step ------------------------------------------------------------------------------------

    @property
    def period(self) -> str:
        """Name the step that is drawn."""
        return step_words(self.said.first, self.said.step) if self.said else ""

    @property
    def neighbours(self) -> list[Told]:
        """Return links to the told steps before and after the one that is drawn."""
        if self.said is None:
            return []
        at = self._steps.index(self.said.first)
        near = [(self._steps[at - 1], "←")] if at else []
        near += [(self._steps[at + 1], "→")] if at + 1 < len(self._steps) else []
        return [
            Told(
                words=f"{arrow} {step_words(step, self.said.step)}",
                href=str(self._visit.address.with_(period=step)),
            )
            for step, arrow in near
        ]

    @property
    def pieces(self) -> list[Told]:
        """Return the sentence, each part with a link to its happenings."""
        said = self.said.pieces if self.said else ()
        return [Told(words=one.words, href=self._href(one.edge) if one.edge else "")
                for one in said]  # fmt: skip

    def _href(self, edge: Edge) -> str:
        """Link the pair's page, opened at what one direction rests on."""
        pair = next(
            f"{one.actor}-{one.target}"
            for one in self._relations
            if {edge.actor, edge.target} == {one.actor, one.target}
        )
        fields = ("step", "measure", "layer", "from", "to", "asof")
        path = self._visit.address.to(f"/relations/{pair}", *fields)
        name = bar_name(edge.actor, edge.first)
        return f"{path.with_(sel=name)}#pane" if self._visit.room else f"{path}#{name}"

    # The triangle --------------------------------------------------------------------------------

    @property
    def drawing(self) -> Markup:
        """Draw the triangle: thickness for happenings, dashes for away, a label for the change."""
        if self.said is None:
            return Markup("")
        codes = [relation.actor for relation in self._relations]
        places = dict(zip(codes, PLACES, strict=True))
        most = max((edge.count for edge in self.said.edges), default=1) or 1
        arrows = Markup("").join(self._arrow(edge, places, most) for edge in self.said.edges)
        nodes = Markup("").join(
            Markup('<text class="relations-party" x="{}" y="{}" text-anchor="middle">{}</text>')
            .format(x, y + 6, code)
            for code, (x, y) in places.items()
        )  # fmt: skip
        names = ", ".join(map(self._visit.name, codes))
        return Markup(
            '<svg class="relations-triangle" role="group" aria-label="{}" viewBox="0 0 {} {}">'
            "{}{}</svg>"
        ).format(f"Triangle of {names}, {self.period}", *SIZE, arrows, nodes)

    def _arrow(self, edge: Edge, places: dict[str, Point], most: int) -> Markup:
        begin, end = places[edge.actor], places[edge.target]
        length = hypot(end[0] - begin[0], end[1] - begin[1])
        along = ((end[0] - begin[0]) / length, (end[1] - begin[1]) / length)
        aside = (along[1], -along[0])
        start = _moved(begin, along, NODE, aside, APART)
        tip = _moved(begin, along, length - NODE, aside, APART)
        thick = THINNEST + (THICKEST - THINNEST) * sqrt(edge.count / most) if edge.count else 1.0
        neck = _moved(tip, along, -HEAD, aside, 0)
        half = thick / 2 + 5
        head = [tip, _moved(neck, along, 0, aside, half), _moved(neck, along, 0, aside, -half)]
        label = _moved(begin, along, length / 2, aside, LABEL)
        shape = Markup(
            '<path class="relations-shaft" d="M{:.1f},{:.1f}L{:.1f},{:.1f}" stroke-width="{:.1f}"'
            '></path><path class="relations-head" d="M{:.1f},{:.1f}L{:.1f},{:.1f}L{:.1f},{:.1f}Z">'
            '</path><text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>'
        ).format(
            *start, *neck, thick, *(value for point in head for value in point),
            label[0], label[1] + 5, _anchor(aside), _label(edge),
        )  # fmt: skip
        kind = _kind(edge)
        if not edge.count:
            return Markup('<g class="relations-arrow {}">{}</g>').format(kind, shape)
        return Markup('<a class="relations-arrow {}" href="{}" aria-label="{}">{}</a>').format(
            kind, self._href(edge), self.words(edge), shape
        )

    def words(self, edge: Edge) -> str:
        """Say one direction as one hears it."""
        sides = f"{self._visit.name(edge.actor)} to {self._visit.name(edge.target)}"
        value = "no measure" if edge.value is None else f"{self._relations[0].measure} {edge.value}"
        told = counted(edge.count, "row" if self._relations[0].layer else "happening")
        return f"{sides}, {self.period}: {value}, {self._change(edge)}, {told}"

    def _change(self, edge: Edge) -> str:
        if edge.change is None or edge.since is None:
            return "nothing told before"
        since = step_words(edge.since, self._relations[0].step)
        return f"{edge.change:+g} since {since}"

    def rows(self) -> list[tuple[str, str, str, str, str, str]]:
        """Return the six directions as rows: the triangle's table."""
        if self.said is None:
            return []
        return [
            (
                edge.name, "no reports" if not edge.count else
                "no measure" if edge.value is None else str(edge.value),
                self._change(edge) if edge.count else "", str(edge.count),
                str(edge.count - edge.own), self._href(edge) if edge.count else "",
            )
            for edge in self.said.edges
        ]  # fmt: skip

    # The balance ---------------------------------------------------------------------------------

    @property
    def pairs(self) -> list[str]:
        """Return the names of the pairs, as the balance has them."""
        return self._found.pairs

    def steps(self) -> list[Step]:
        """Return the balance, a row a step in which something was told."""
        beside_world = {
            row["first"]: row for row in self._found.balance if row["border"] != "zero"
        }  # fmt: skip
        return [
            Step(
                name=step_words(row["first"], self._relations[0].step),
                cells=tuple(cell for pair in self.pairs for cell in _cells(row, pair)),
                beside_zero=BALANCED[row["balanced"]],
                beside_world=BALANCED[beside_world[row["first"]]["balanced"]],
            )
            for row in self._found.balance
            if row["border"] == "zero" and row["rows"]
        ]


def _cells(row: Fields, pair: str) -> tuple[str, str]:
    warmth = row[pair]
    words = "" if warmth is None else f"{SIGNS[row[f'{pair} sign']]} {warmth:+.2f}"
    return words, str(row[f"{pair} rows"] or "")


def _moved(point: Point, along: Point, by: float, aside: Point, out: float) -> Point:
    return (point[0] + along[0] * by + aside[0] * out, point[1] + along[1] * by + aside[1] * out)


def _anchor(aside: Point) -> str:
    """Let a label begin, end or stand at its place, by the side of the line it lies on."""
    if abs(aside[0]) < 0.3:
        return "middle"
    return "start" if aside[0] > 0 else "end"


def _kind(edge: Edge) -> str:
    """Name the sign of a direction, for its dashes."""
    if not edge.count or edge.value is None:
        return "untold"
    return "toward" if edge.value > 0 else "away" if edge.value < 0 else "level"


def _label(edge: Edge) -> str:
    """Write the change since the step before, and on how much it rests."""
    if not edge.count:
        return "no reports"
    return f"new · {edge.count}" if edge.change is None else f"{edge.change:+.2f} · {edge.count}"
