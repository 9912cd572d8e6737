"""The versions of an article side by side: what was changed, and what became of its claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chancery.ledger import Fate, Version
from chancery.ledger.changes import values_line
from chancery.ledger.cite import find_paragraph
from chancery.ledger.edits import Edit, sentences
from chancery.model import Report, Span
from chancery.outputs.words import date_words, listed, short_id
from chancery.web.marks import Mark
from chancery.web.reading.cut import Piece, cut
from chancery.web.visit import Visit


class Side(msgspec.Struct, frozen=True):
    """A passage of one of two texts, with what differs marked in it."""

    place: str
    pieces: Sequence[Piece]


class Change(msgspec.Struct, frozen=True):
    """A passage that differs: as it was, and as it is."""

    before: Side
    after: Side


class Fortune(msgspec.Struct, frozen=True):
    """What became of a claim from one version to the next."""

    what: str
    shown: str
    fields: Sequence[str]
    before: str
    after: str


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One version: what it is, why it comes after the one before, and how it differs from it."""

    report: str
    short: str
    href: str
    here: bool
    ordinal: int
    date: str
    outlet: str
    title: str
    marks: Sequence[str]
    because: str
    changes: Sequence[Change]
    fates: Sequence[Fortune]


def editions(
    visit: Visit, versions: Sequence[Version], texts: Mapping[str, Report], here: str
) -> list[Edition]:
    """Set each version beside the one before it, oldest first."""
    shown, before = [], None
    for one in versions:
        report = texts[one.report]
        shown.append(_edition(visit, one, before, report, here))
        before = report
    return shown


def _edition(
    visit: Visit, one: Version, before: Report | None, report: Report, here: str
) -> Edition:
    told = {"newest": one.newest, "withdrawn": one.withdrawn, "withdrawal proposed": one.retracts,
            "corrected": bool(one.notices)}  # fmt: skip
    return Edition(
        report=one.report,
        short=short_id(one.report),
        href=visit.links.report(one.report),
        here=one.report == here,
        ordinal=one.ordinal,
        date=date_words(one.published),
        outlet=one.source or "no outlet named",
        title=one.title or "(no title)",
        marks=[word for word, holds in told.items() if holds],
        because=listed((one.because, *one.ties)),
        changes=list(_changes(one.edits, before, report)) if before else (),
        fates=[_fortune(visit, fate, before, report) for fate in one.claims],
    )


def _changes(edits: Sequence[Edit], before: Report, after: Report) -> Iterator[Change]:
    """Give the passages that differ, whole sentences on either side, in the order of the text."""
    olds, news = sentences(before.text), sentences(after.text)
    group: list[Edit] = []
    old = new = Span(0, 0)
    for edit in edits:
        first, second = _around(edit.before, olds), _around(edit.after, news)
        if group and (first.start < old.end or second.start < new.end):
            old, new = _over(old, first), _over(new, second)
            group.append(edit)
            continue
        if group:
            yield _change(group, before, after, old, new)
        group, old, new = [edit], first, second
    if group:
        yield _change(group, before, after, old, new)


def _around(span: Span, around: Sequence[Span]) -> Span:
    """Return the sentences that a span lies in; an empty span between two lies in neither."""
    first = bisect_right(around, span.start, key=lambda one: one.end)
    last = bisect_left(around, span.end, key=lambda one: one.start)
    within = around[first:last] or [span]
    return Span(min(within[0].start, span.start), max(within[-1].end, span.end))


def _over(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _change(group: Sequence[Edit], before: Report, after: Report, old: Span, new: Span) -> Change:
    gone = [Mark(one.before, "gone") for one in group]
    come = [Mark(one.after, "new") for one in group]
    return Change(_side(before, old, gone), _side(after, new, come))


def _side(report: Report, span: Span, marks: Sequence[Mark]) -> Side:
    if span.start == span.end:
        return Side("", ())
    number, _ = find_paragraph(report, span)
    within = [
        Mark(Span(one.span.start - span.start, one.span.end - span.start), one.kind)
        for one in marks
    ]
    return Side(f"¶{number}" if number else "title", list(cut(span.of(report.text), within)))


def _fortune(visit: Visit, fate: Fate, before: Report | None, after: Report) -> Fortune:
    """Say what became of a claim, and link it in both texts."""

    def link(claim: str | None, report: Report | None) -> str:
        return visit.links.report(report.id, claim=claim) if claim and report else ""

    return Fortune(
        fate.what,
        fate.shown.partition(" @")[0],
        [f"{one.field}: {values_line(one)}" for one in fate.fields],
        link(fate.before, before),
        link(fate.after, after),
    )
