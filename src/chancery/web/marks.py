"""Marks in a text: spans of several kinds, cut so that none crosses another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from chancery.model import Claim, Span


class Mark(msgspec.Struct, frozen=True):
    """A stretch of a text to be marked: of which kind, what it says, and whose id it bears."""

    span: Span
    kind: str
    title: str = ""
    name: str = ""


class Segment(msgspec.Struct, frozen=True):
    """A stretch in which the marks do not change; `begins` are the marks that begin with it."""

    words: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> str:
        """Name the kinds of its marks, for a class attribute."""
        return " ".join(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def title(self) -> str:
        """Say what its marks say."""
        return " · ".join(dict.fromkeys(mark.title for mark in self.marks if mark.title))


def segments(text: str, within: Span, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cut a passage at every border of a mark; the segments' words are the passage, verbatim."""
    inside = sorted(
        (mark for mark in marks if mark.span.overlaps(within)),
        key=lambda mark: (mark.span.start, -mark.span.end, mark.kind, mark.name),
    )
    borders = {within.start, within.end}
    for mark in inside:
        borders |= {max(mark.span.start, within.start), min(mark.span.end, within.end)}
    places = sorted(borders)
    for start, end in pairwise(places):
        here = Span(start, end)
        over = tuple(mark for mark in inside if mark.span.covers(here))
        begins = tuple(mark for mark in over if max(mark.span.start, within.start) == start)
        yield Segment(here.of(text), over, begins)


def claim_marks(claim: Claim) -> list[Mark]:
    """Return what is marked in a claim's sentence: deed, trigger, both sides, date, place."""
    marks = [Mark(claim.words, "deed"), Mark(claim.trigger, "trigger", claim.frame)]
    marks += [Mark(one.span, "actor", one.actor or "unknown actor") for one in claim.actors]
    marks += [Mark(one.span, "target", one.actor or "unknown target") for one in claim.targets]
    if claim.when.words:
        marks.append(Mark(claim.when.words, "date", claim.when.edtf()))
    if claim.where:
        marks.append(Mark(claim.where.span, "place", claim.where.country or ""))
    if claim.voice.name:
        marks.append(Mark(claim.voice.name, "voice", claim.voice.kind))
    return marks
