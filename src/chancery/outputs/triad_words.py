"""What moved between three parties in one step, in one sentence built from rows.

Every part of it names the step's own happenings; what is not told is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from chancery.model import Point, Relation
from chancery.outputs.relations import step_words
from chancery.outputs.rows import Row
from chancery.outputs.words import counted
from chancery.relations.shown import rounded, shown


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """One direction of a pair in one step: how much is told, and how it stands beside before.

    `own` leaves out what both did together. `since` is the last earlier step with a value,
    `change` the difference to it; both are none where nothing was told before.
    """

    actor: str
    target: str
    first: date
    last: date
    count: int
    own: int
    value: float | None
    since: date | None
    change: float | None
    rows: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the direction: `BLR → USA`."""
        return f"{self.actor} → {self.target}"


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a sentence; `edge` is the one whose happenings it rests on."""

    words: str
    edge: Edge | None = None


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """What moved in one step, in pieces that each lead to their happenings."""

    step: str
    first: date
    edges: tuple[Edge, ...]
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """Return the sentence as plain text."""
        return "".join(piece.words for piece in self.pieces)

    def row(self) -> Row:
        """Return it as a row for programs, with the happenings that it rests on."""
        rows = dict.fromkeys(name for edge in self.edges for name in edge.rows)
        return {"kind": "sentence", "first": self.first, "words": self.words, "rows": list(rows)}


def sentence_of(relations: Sequence[Relation], first: date | None = None) -> Sentence | None:
    """Say what moved in the step that begins with `first`, or in the last one of enough rows.

    None where nothing was told at all.
    """
    steps = told_steps(relations)
    if not steps or (first is not None and first not in steps):
        return None
    first = first or _last_told(relations, steps)
    edges = tuple(edge for one in relations for edge in _edges(one, first))
    relation = relations[0]
    begin = f"{step_words(first, relation.step)}, {relation.measure}: "
    pieces = (Piece(begin), *_pieces(edges, relation.step), Piece("."))
    return Sentence(step=relation.step, first=first, edges=edges, pieces=pieces)


def _last_told(relations: Sequence[Relation], steps: Sequence[date]) -> date:
    """Return the last step in which enough was told to say something, or the very last."""
    counts = dict.fromkeys(steps, 0)
    for one in relations:
        for point in (*one.there, *one.back):
            if point.count:
                counts[point.first] += point.count
    enough = [step for step in steps if counts[step] >= shown().fewest_of_sentence]
    return enough[-1] if enough else steps[-1]


def told_steps(relations: Sequence[Relation]) -> list[date]:
    """Return the first days of the steps in which anything was told between any of them."""
    points = (point for one in relations for side in (one.there, one.back) for point in side)
    return sorted({point.first for point in points if point.count})


def _edges(relation: Relation, first: date) -> Iterator[Edge]:
    sides = (
        (relation.actor, relation.target, relation.there),
        (relation.target, relation.actor, relation.back),
    )
    for actor, target, points in sides:
        yield _edge(actor, target, first, points)


def _edge(actor: str, target: str, first: date, points: Sequence[Point]) -> Edge:
    now = next((point for point in points if point.first == first), None)
    earlier = [point for point in points if point.first < first and point.value is not None]
    before = earlier[-1] if earlier else None
    value = now.value if now else None
    change = None
    if before is not None and before.value is not None and value is not None:
        change = rounded(value - before.value)
    return Edge(
        actor=actor, target=target, first=first, last=now.last if now else first,
        count=now.count if now else 0, own=now.count - now.mutual if now else 0, value=value,
        since=before.first if before else None, change=change, rows=now.rows if now else (),
    )  # fmt: skip


def _pieces(edges: Sequence[Edge], step: str) -> Iterator[Piece]:
    told = [edge for edge in edges if edge.own]
    moved = [edge for edge in told if edge.change is not None]
    rose = [edge for edge in moved if (edge.change or 0) > 0]
    fell = [edge for edge in moved if (edge.change or 0) < 0]
    clauses: list[list[Piece]] = []
    if rose and fell:
        clauses.append([Piece("while "), *_joined(rose, "rose", step), Piece(", "),
                        *_joined(fell, "fell", step)])  # fmt: skip
    elif rose or fell:
        clauses.append(_joined(rose or fell, "rose" if rose else "fell", step))
    stayed = [edge for edge in moved if not edge.change]
    if stayed:
        clauses.append(_joined(stayed, "stayed", step))
    new = [edge for edge in told if edge.change is None]
    if new:
        clauses.append(_joined(new, "is told for the first time", step))
    silent = [edge for edge in edges if not edge.own]
    if silent:
        clauses.append([Piece(f"{_listed(silent)}: no report of its own")])
    for at, clause in enumerate(clauses):
        if at:
            yield Piece("; ")
        yield from clause


def _listed(edges: Sequence[Edge]) -> str:
    return ", ".join(
        f"{edge.name} ({edge.count:,} of both)" if edge.count else edge.name for edge in edges
    )


def _joined(edges: Sequence[Edge], verb: str, step: str) -> list[Piece]:
    pieces: list[Piece] = []
    for at, edge in enumerate(edges):
        if at:
            pieces.append(Piece(" and " if at == len(edges) - 1 else ", "))
        pieces.append(Piece(f"{edge.name} {verb} {_amount(edge, step)}", edge))
    return pieces


def _amount(edge: Edge, step: str) -> str:
    """Say from what to what, since when, and on how many happenings."""
    on = f"on {counted(edge.count, 'happening' if edge.rows else 'row')}"
    if edge.value is None:
        return on
    if edge.since is None or edge.change is None:
        return f"({edge.value:g}) {on}"
    since = step_words(edge.since, step)
    if not edge.change:
        return f"at {edge.value:g} as in {since} {on}"
    return f"by {abs(edge.change):g} to {edge.value:g} since {since} {on}"
