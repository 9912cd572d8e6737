"""Questions about whole reports: their day, what is odd about them, which version holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from chancery.ledger.ask_deeds import JUDGED
from chancery.ledger.material import Material, Oddity
from chancery.ledger.questions import GAP, Passage, Question, Touched, answer, numbered, seen
from chancery.ledger.summaries import ReportSummary
from chancery.ledger.versions import Printed, Retraction
from chancery.line import write_days
from chancery.model import Claim, SameSource, Span

MOST_CLAIMS: Final = 8
"""So many claims of one suspicious sentence are offered for rejection."""


def ask_undated(material: Material) -> Iterator[Question]:
    """Ask on which day a report without one was published."""
    for report in material.reports.values():
        if not report.published.known and not report.decided:
            yield _undated(report, material)


def _undated(report: ReportSummary, material: Material) -> Question:
    claims = material.claims_by_report.get(report.id, [])
    known = [one.when for one in claims if one.when.first and one.when.last]
    latest = max((when for when in known), key=lambda one: str(one.first), default=None)
    told = [f"it tells of {write_days(latest.first, latest.last)}, so not before"] if latest else []
    left = [one for one in claims if not one.when.known]
    if left:
        count = f"{len(left)} of its {len(claims)} claims have"
        told.append(f"{count} no day for want of it")
    waiting = [one for one in left if one.when.words]
    return Question(
        kind="undated",
        about=report.id,
        topic="undated",
        words=f"When was {material.report_words(report.id)} published?",
        options=numbered(
            answer("on a day, in a month or in a year", report.id, f"date {GAP}", asks="date"),
            seen("it cannot be known", report.id, "undated"),
        ),
        passages=(
            _titled(report.id, report.title),
            *material.quote(one.id for one in waiting),
        ),
        reasons=tuple(told),
        touches=material.touched([one.id for one in left or claims], [report.id]),
    )


# What is odd ------------------------------------------------------------------------------------


def ask_suspicions(material: Material) -> Iterator[Question]:
    """Ask about claims that stand where a report's words are odd."""
    traits = material.queue.suspicion.traits
    odd = [one for one in material.oddities if one.words and one.name in traits]
    for (report, name, reach), group in groupby(
        odd, key=lambda one: (one.report, one.name, one.sentence or one.words)
    ):
        if reach is None:
            continue
        doubtful = [
            one for one in material.claims_by_report.get(report, ()) if one.words.overlaps(reach)
        ]
        if doubtful:
            yield _suspicion(name, list(group), doubtful, material)


def _suspicion(
    name: str, odd: Sequence[Oddity], doubtful: Sequence[Claim], material: Material
) -> Question:
    about = doubtful[0].id
    topic = name.replace(" ", "-")
    ids = [one.id for one in doubtful]
    options = [
        answer(f"wrong: {material.deed(one)}", one.id, "reject", claims=(one.id,))
        for one in doubtful[:MOST_CLAIMS]
    ]
    passages = [
        Passage(report=one.report, span=one.words) for one in odd if one.words
    ]  # fmt: skip
    return Question(
        kind="suspicion",
        about=about,
        topic=topic,
        words=f"Are these words right: “{GAP}”? {name}",
        options=numbered(*options, seen("the words are right as they stand", about, topic)),
        passages=(*passages, *material.quote(ids)),
        reasons=tuple(dict.fromkeys(one.reason for one in odd)),
        settled_by=JUDGED,
        touches=material.touched(ids),
    )


# Voices -----------------------------------------------------------------------------------------


def ask_voices(material: Material) -> Iterator[Question]:
    """Ask whether two descriptions of an anonymous voice mean one source."""
    for pair in material.same_sources:
        yield _voice(pair, material)


def _voice(pair: SameSource, material: Material) -> Question:
    spans = (pair.first, pair.second)
    spoken = [
        one.id for one in material.claims_by_report.get(pair.report, ()) if one.voice.name in spans
    ]
    return Question(
        kind="voice",
        about=pair.id,
        topic="voice",
        words=f"Is it one source? {pair.reason}",
        options=numbered(
            answer("one source", pair.id, "right"),
            answer("two sources", pair.id, "wrong", key="x"),
        ),
        passages=tuple(Passage(report=pair.report, span=span) for span in spans),
        settled_by=("right", "wrong"),
        touches=material.touched(spoken, (pair.report,)),
    )


# Versions ---------------------------------------------------------------------------------------


def ask_changed(material: Material) -> Iterator[Question]:
    """Ask which text of an article holds, and whether one is withdrawn where a notice says so."""
    for versions in material.articles.versions:
        why = {tie for one in versions for tie in material.articles.ties[one.report]}
        for older, newer in pairwise(versions):
            if older.words != newer.words:
                yield _changed(older, newer, tuple(sorted(why)), material)
    for notice in material.articles.retractions:
        for report in notice.of:
            yield _withdrawn(notice, report, material)


def _changed(older: Printed, newer: Printed, ties: tuple[str, ...], material: Material) -> Question:
    ids = (older.report, newer.report)
    topic = f"version {newer.report}"
    return Question(
        kind="changed report",
        about=older.report,
        topic=topic,
        words=f"{material.report_words(newer.report)} came out again in other words: which holds?",
        options=numbered(
            answer("the later one: the earlier is withdrawn", older.report, "withdrawn"),
            answer("the earlier one: the later is withdrawn", newer.report, "withdrawn"),
            seen("both hold", older.report, topic),
        ),
        passages=tuple(_titled(one.report, one.title) for one in (older, newer)),
        reasons=(*ties, newer.after(older)),
        settled_by=("withdrawn",),
        touches=_all_of(ids, material),
    )


def _withdrawn(notice: Retraction, report: str, material: Material) -> Question:
    topic = f"withdrawn {notice.report}"
    told = {one: material.reports[one].title for one in (report, notice.report)}
    return Question(
        kind="changed report",
        about=report,
        topic=topic,
        words=f"Is {material.report_words(report)} withdrawn?",
        options=numbered(
            answer("withdrawn", report, "withdrawn"), seen("it stands", report, topic)
        ),
        passages=tuple(_titled(one, title) for one, title in told.items()),
        reasons=("a notice says so", *notice.ties),
        settled_by=("withdrawn",),
        touches=_all_of([report], material),
    )


def _titled(report: str, title: str) -> Passage:
    return Passage(report=report, span=Span(0, max(1, len(title))))


def _all_of(reports: Sequence[str], material: Material) -> Touched:
    claims = [one.id for id_ in reports for one in material.claims_by_report.get(id_, ())]
    return material.touched(claims, reports)
