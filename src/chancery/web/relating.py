"""What a relations page asks: parties, step, measure, layer and span, and what is found of them.

The words in the address are those of the command line. Answers are kept by `Grounds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from math import inf
from typing import Final, TypeVar

import msgspec

from chancery.errors import UsageError
from chancery.ledger.filters import parse_days
from chancery.ledger.policy import load_policy
from chancery.model import Relation
from chancery.outputs.method_rows import Told, Triangle, told_by, triangle
from chancery.outputs.names import resolve_who
from chancery.relations.deeds import Deeds
from chancery.relations.flows import Array
from chancery.relations.ground import Ground
from chancery.relations.intensity import MEASURES
from chancery.relations.layers import Layers
from chancery.relations.manifest import LayerSummary
from chancery.relations.relate import relation_on
from chancery.relations.shown import shown
from chancery.relations.steps_of_time import check_step
from chancery.web.grounds import Grounds, grounds_of
from chancery.web.visit import Visit

T = TypeVar("T")

USUAL_STEP: Final = "quarter"
USUAL_MEASURE: Final = "warmth"
MOST_BESIDE: Final = 3
"""Layers that are drawn beside one relation."""
FEWEST, MOST = 2, 3
"""Parties of a page."""
JOINT: Final = "-"
"""Between two parties in an address."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What an address asks of relations."""

    step: str = USUAL_STEP
    measure: str = USUAL_MEASURE
    layer: str | None = None
    since: str | None = None
    until: str | None = None
    penalty: float | None = None
    fold: bool = False
    beside: tuple[str, ...] = ()

    @classmethod
    def read(cls, visit: Visit) -> Asked:
        """Read an address; raises `UsageError` for what cannot be meant."""
        address = visit.address
        measure = address.get("measure", USUAL_MEASURE)
        if measure not in MEASURES:
            raise UsageError(f"no measure {measure!r}", hint=f"one of: {', '.join(MEASURES)}")
        for day in (address.get("from"), address.get("to")):
            if day:
                parse_days(day)
        beside = tuple(dict.fromkeys(address.all("beside")))
        if len(beside) > MOST_BESIDE:
            raise UsageError(f"at most {MOST_BESIDE} layers are drawn beside one another")
        return cls(
            step=check_step(address.get("step", USUAL_STEP)), measure=measure,
            layer=address.get("layer") or None, since=address.get("from") or None,
            until=address.get("to") or None, fold=address.get("fold") == "1", beside=beside,
            penalty=_penalty(address.get("penalty")),
        )  # fmt: skip

    def options(self) -> Iterator[str]:
        """Give the options of the command that asks the same."""
        usual = Asked()
        for option, name in (("layer", "layer"), ("step", "step"), ("measure", "measure"),
                             ("from", "since"), ("to", "until"),
                             ("penalty", "penalty")):  # fmt: skip
            value = getattr(self, name)
            if value != getattr(usual, name):
                yield f"--{option} {value:g}" if name == "penalty" else f"--{option} {value}"
        if self.fold:
            yield "--fold"


def _penalty(words: str) -> float | None:
    """Return what a further turn must gain; none for what is usual."""
    if not words:
        return None
    try:
        penalty = float(words)
    except ValueError:
        penalty = 0.0
    if not 0 < penalty < inf:
        raise UsageError(f"no penalty {words!r}", hint="a number above 0: what a turn must gain")
    return penalty


class Relating:
    """Answers what a visit asks, from cubes and answers that are kept."""

    def __init__(self, visit: Visit, asked: Asked | None = None) -> None:
        self.visit = visit
        self.asked = asked or Asked.read(visit)
        self._grounds: Grounds = grounds_of(visit.ledger)

    @contextmanager
    def ground(self) -> Iterator[Ground]:
        """Lend the ground of this step and layer, within this span."""
        asked = self.asked
        lent = self._grounds.ground(self.visit.as_of, asked.step, asked.layer, fold=asked.fold)
        with lent as ground:
            yield ground.between(asked.since, asked.until)

    def kept(self, kind: str, names: Sequence[str], make: Callable[[], T]) -> T:
        """Return what was made for these parties before, as of this snapshot, or make it."""
        asked = msgspec.structs.replace(self.asked, beside=())
        state = self._grounds.state(asked.layer)
        return self._grounds.kept((kind, tuple(names), asked, self.visit.as_of, state), make)

    def relation(self, a: str, b: str) -> Relation:
        """Return how two parties move."""

        def make() -> Relation:
            with self.ground() as ground:
                self._check_steps(len(ground.dyad(a, b).there.steps))
                asked = self.asked
                return relation_on(ground, a, b, measure=asked.measure, penalty=asked.penalty)

        return self.kept("relation", (a, b), make)

    def _check_steps(self, count: int) -> None:
        """Refuse a question that somebody would wait minutes for."""
        if count > shown().most_steps:
            raise UsageError(
                f"{count:,} steps are too many for a page",
                hint="choose a longer step, or a shorter span: from=2016&to=2020",
            )

    def deeds(self, a: str, b: str) -> Deeds | None:
        """Return the happenings between two parties; none for a layer."""

        def make() -> Deeds | None:
            with self.ground() as ground:
                return ground.deeds(a, b)

        return self.kept("deeds", (a, b), make)

    def kinds(self, a: str, b: str) -> tuple[tuple[date, ...], dict[str, Array]]:
        """Return the steps, and the rows of each kind of deed in them, both ways."""

        def make() -> tuple[tuple[date, ...], dict[str, Array]]:
            with self.ground() as ground:
                flow = ground.dyad(a, b).flow("all")
                return flow.steps, dict(flow.types)

        return self.kept("kinds", (a, b), make)

    def told(self, method: str, a: str, b: str) -> Told:
        """Return what a method finds; in a layer, mirrored rows would pass for answers."""
        folded = method == "reciprocity" and self.asked.layer is not None
        asked = msgspec.structs.replace(self.asked, fold=self.asked.fold or folded)
        other = Relating(self.visit, asked)

        def make() -> Told:
            with other.ground() as ground:
                return told_by(method, ground, a, b)

        return other.kept(f"told by {method}", (a, b), make)

    def triangle(self, a: str, b: str, c: str) -> Triangle:
        """Return what is found about three parties."""
        relations = self.relations(a, b, c)

        def make() -> Triangle:
            with self.ground() as ground:
                return triangle(ground, (a, b, c), relations)

        return self.kept("triangle", (a, b, c), make)

    def relations(self, a: str, b: str, c: str) -> list[Relation]:
        """Return the relations of three pairs, over the span that they have in common."""
        with self.ground() as ground:
            first, last = ground.span((a, b, c))
        asked = msgspec.structs.replace(
            self.asked, since=str(first) if first else None, until=str(last) if last else None
        )
        common = Relating(self.visit, asked)
        return [common.relation(*pair) for pair in ((a, b), (b, c), (c, a))]

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs with most between them."""

        def make() -> list[tuple[str, str]]:
            with self.ground() as ground:
                return ground.pairs()

        return self.kept("pairs", (), make)

    def parties(self) -> list[str]:
        """Return all parties, those named most first."""

        def make() -> list[str]:
            with self.ground() as ground:
                return list(ground.cube.parties())

        return self.kept("parties", (), make)

    def beside(self, layer: str, relation: Relation) -> Relating:
        """Return the same question to a layer, over the days that a relation covers."""
        days = (relation.there[0].first, relation.there[-1].last) if relation.there else None
        asked = msgspec.structs.replace(
            self.asked, layer=layer, beside=(), since=str(days[0]) if days else self.asked.since,
            until=str(days[1]) if days else self.asked.until,
        )  # fmt: skip
        return Relating(self.visit, asked)


def layers_of(visit: Visit) -> list[LayerSummary]:
    """Return the layers beside the ledger."""
    return Layers(visit.ledger.path, visit.lexicon).layers()


def resolve_parties(visit: Visit, words: Sequence[str]) -> tuple[str, ...]:
    """Return the parties that are meant, two or three; raises `UsageError` for any other."""
    if not FEWEST <= len(words) <= MOST:
        raise UsageError("two or three parties are needed", hint="such as /relations/USA-BLR")
    party_of = load_policy().party_of
    codes = tuple(party_of(code) for code in resolve_who(words, visit.lexicon))
    if len(set(codes)) != len(words):
        raise UsageError(f"{' and '.join(words)} are not {len(words)} different parties")
    return codes
