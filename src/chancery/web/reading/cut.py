"""A text cut at the borders of its marks, in one pass: marks may lie in and across one another.

The words of the pieces, one after the other, are the text. What a piece is marked with is told by
kinds, each once, so that a thousand claims in one sentence cost no more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final

import msgspec

from chancery.outputs.visible import odd_runs
from chancery.web.marks import Mark

KINDS: Final = (
    "unused", "aside", "passage", "gone", "new", "happening", "forecast", "voice", "actor", "place",
    "date", "trigger",
)  # fmt: skip
"""The kinds of marks from the outermost to the innermost: each has a line of its own."""

TITLED: Final = ("date", "actor", "place", "voice", "forecast", "aside")
"""The kinds that say something of their own, the one that is said first."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text in which the marks do not change.

    `anchors` are the names that begin here. `opens` and `closes` are the kinds of the marks that
    begin and end with it. `odd` is the number of characters where they are shown by codes, else 0.
    """

    at: int
    words: str
    kinds: tuple[str, ...] = ()
    title: str = ""
    anchors: tuple[str, ...] = ()
    opens: frozenset[str] = frozenset()
    closes: frozenset[str] = frozenset()
    odd: int = 0


def cut(text: str, marks: Iterable[Mark], borders: Iterable[int] = ()) -> Iterator[Piece]:
    """Cut a text at every border of a mark, and at these others."""
    waiting = sorted(
        (mark for mark in marks if 0 <= mark.span.start < mark.span.end <= len(text)),
        key=lambda mark: (mark.span.start, -mark.span.end, mark.kind, mark.name),
    )
    odd = list(odd_runs(text))
    ends: dict[int, set[str]] = {}
    for mark in waiting:
        ends.setdefault(mark.span.end, set()).add(mark.kind)
    places = {0, len(text), *borders, *ends, *(mark.span.start for mark in waiting)}
    places |= {place for run in odd for place in run}
    sweep, next_odd = _Sweep(waiting), 0
    for start, end in pairwise(sorted(places)):
        while next_odd < len(odd) and odd[next_odd][1] <= start:
            next_odd += 1
        strange = next_odd < len(odd) and odd[next_odd][0] <= start
        begun = sweep.reach(start)
        yield Piece(
            at=start,
            words=text[start:end],
            kinds=sweep.kinds,
            title=sweep.title,
            anchors=tuple(dict.fromkeys(mark.name for mark in begun if mark.name)),
            opens=frozenset(mark.kind for mark in begun),
            closes=frozenset(ends.get(end, ())),
            odd=end - start if strange else 0,
        )


class _Sweep:
    """Which marks lie over a place that moves through the text once."""

    def __init__(self, waiting: Sequence[Mark]) -> None:
        self._waiting = waiting
        self._next = 0
        self._over: dict[str, dict[int, Mark]] = {}
        self._ends: list[tuple[int, int]] = []
        self.kinds: tuple[str, ...] = ()

    def reach(self, place: int) -> list[Mark]:
        """Move on to a place; return the marks that begin there. `kinds` are then those over it."""
        changed = False
        while self._ends and self._ends[0][0] <= place:
            _, number = heappop(self._ends)
            kind = self._waiting[number].kind
            del self._over[kind][number]
            if not self._over[kind]:
                del self._over[kind]
                changed = True
        begun = []
        while self._next < len(self._waiting) and self._waiting[self._next].span.start <= place:
            mark = self._waiting[self._next]
            changed |= mark.kind not in self._over
            self._over.setdefault(mark.kind, {})[self._next] = mark
            heappush(self._ends, (mark.span.end, self._next))
            begun.append(mark)
            self._next += 1
        if changed:
            self.kinds = tuple(kind for kind in KINDS if kind in self._over)
        return begun

    @property
    def title(self) -> str:
        """Say what the mark that began last says, of the first kind that says anything."""
        for kind in TITLED:
            if over := self._over.get(kind):
                return next(reversed(over.values())).title
        return ""
