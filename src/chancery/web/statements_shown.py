"""Statements and forecasts as the pages show them: verbatim, with whose they are and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, get_args

import msgspec

from chancery.ledger.cite import find_paragraph, find_sentence
from chancery.ledger.verdicts import CREDIBILITY
from chancery.model import Cite, Decision, Forecast, Outcome, Report, Span, Statement, Voice, When
from chancery.outputs.evidence import report_words
from chancery.outputs.sheets import NOT_JUDGED
from chancery.outputs.words import date_words, voice_words
from chancery.reconciled import OutcomeState
from chancery.web.marks import Mark, Segment, segments
from chancery.web.shown import date_reason
from chancery.web.visit import Visit
from chancery.web.voices_shown import Decided, Grade, decided, grade_of

EVIDENCE_SHOWN: Final = 3
"""Claims that are quoted as evidence of one outcome; the others are counted."""


class SaidWhere(msgspec.Struct, frozen=True):
    """Where words stand: the report, the paragraph and characters, and the link there."""

    report: str
    place: str
    href: str
    published: str
    published_reason: str
    flags: tuple[str, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One statement: its words, on whose word, through whom, and where they stand."""

    id: str
    words: str
    segments: tuple[Segment, ...]
    badge: str
    kind: str
    voice_href: str
    chain: str
    facets: str
    mode: str
    future: str
    deadline: str
    where: SaidWhere
    grade: Grade


class Evident(msgspec.Struct, frozen=True):
    """A claim that shows what became of a forecast."""

    words: str
    told: str
    href: str


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """One forecast: its words, whose, its deadline, what became of it and what shows that."""

    id: str
    words: str
    test: str
    condition: str
    badge: str
    kind: str
    voice_href: str
    deadline: str
    state: str
    overdue: bool
    because: str
    evidence: tuple[Evident, ...]
    more_evidence: int
    settled: Decided | None
    choices: tuple[tuple[str, str], ...]
    where: SaidWhere


def statements_shown(visit: Visit, rows: Sequence[Statement]) -> list[Said]:
    """Show statements; what they need of reports is fetched at once."""
    reports = _texts(visit, rows)
    voices = visit.ledger.voices_of([row.id for row in rows], as_of=visit.as_of)
    judged = visit.ledger.judgements(as_of=visit.as_of)
    return [_said(visit, row, reports[row.report], voices, judged) for row in rows]


def _said(
    visit: Visit,
    row: Statement,
    report: Report,
    voices: Mapping[str, str],
    judged: Mapping[str, tuple[str, Decision]],
) -> Said:
    evidence = visit.desk.evidence
    letter = judged[row.id][0] if row.id in judged else NOT_JUDGED
    deadline = row.deadline
    return Said(
        id=row.id,
        words=evidence.statement_text(row),
        segments=_in_its_sentence(report, row),
        badge=voice_words(row.voice, evidence.voice_text(row)),
        kind=row.voice.kind,
        voice_href=_voice_href(visit, row.id, voices),
        chain=evidence.chain_text(row),
        facets=evidence.facet_text(row),
        mode=row.mode,
        future=_future(deadline) if row.foresees else "",
        deadline=date_words(deadline) if deadline and deadline.known else "none",
        where=_where(visit, report, row.content),
        grade=grade_of(CREDIBILITY, row.id, letter, judged),
    )


def _in_its_sentence(report: Report, row: Statement) -> tuple[Segment, ...]:
    """Cut the sentence that a statement stands in, with its words and its voice marked."""
    _, around = find_paragraph(report, row.content)
    sentence = find_sentence(report.text, row.content, around)
    within = Span(min(sentence.start, row.content.start), max(sentence.end, row.content.end))
    marks = [Mark(row.content, "said-words")]
    marks += [Mark(row.voice.name, "voice")] if row.voice.name else []
    return tuple(segments(report.text, within, marks))


def _future(deadline: When | None) -> str:
    known = deadline and deadline.known
    return f"about the future, {date_words(deadline)}" if deadline and known else "about the future"


def _texts(visit: Visit, rows: Sequence[Statement | Forecast]) -> dict[str, Report]:
    reports = visit.ledger.reports_named({row.report for row in rows}, as_of=visit.as_of)
    visit.desk.evidence.hold(rows, reports)
    return reports


def _where(visit: Visit, report: Report, span: Span) -> SaidWhere:
    paragraph, _ = find_paragraph(report, span)
    return SaidWhere(
        report=report_words(report) or "a report without a date, an outlet and a title",
        place=f"¶{paragraph} · chars {span.start}–{span.end}",
        href=visit.links.report(report.id, span=span),
        published=date_words(report.published),
        published_reason=date_reason(report.published),
        flags=report.traits,
    )


def _voice_href(visit: Visit, id_: str, voices: Mapping[str, str]) -> str:
    return visit.links.to(f"/voice/{voices[id_]}") if id_ in voices else ""


def forecasts_shown(
    visit: Visit, rows: Sequence[Forecast], outcomes: Mapping[str, Outcome]
) -> list[Foreseen]:
    """Show forecasts with what became of them, by their ids."""
    reports = _texts(visit, rows)
    voices = visit.ledger.voices_of([row.id for row in rows], as_of=visit.as_of)
    settled = visit.ledger.outcome_decisions(as_of=visit.as_of)
    shown = {name for row in rows for name in outcomes[row.id].evidence[:EVIDENCE_SHOWN]}
    claims = visit.ledger.claims(ids=sorted(shown), as_of=visit.as_of) if shown else ()
    cites = {cite.claim: cite for cite in visit.ledger.cite(claims, as_of=visit.as_of)}
    return [
        _foreseen(visit, row, outcomes[row.id], reports[row.report], voices, settled, cites)
        for row in rows
    ]


def _foreseen(
    visit: Visit,
    row: Forecast,
    outcome: Outcome,
    report: Report,
    voices: Mapping[str, str],
    settled: Mapping[str, Decision],
    cites: Mapping[str, Cite],
) -> Foreseen:
    evidence = visit.desk.evidence
    named = outcome.evidence[:EVIDENCE_SHOWN]
    return Foreseen(
        id=row.id,
        words=evidence.found_text(row, row.span) or "",
        test=evidence.found_text(row, row.test) or "",
        condition=evidence.found_text(row, row.condition) or "",
        badge=voice_words(_saying(row.voice), evidence.voice_text(row)),
        kind=row.voice.kind,
        voice_href=_voice_href(visit, row.id, voices),
        deadline=date_words(row.deadline) if row.deadline and row.deadline.known else "none",
        state=outcome.state,
        overdue=outcome.overdue and outcome.state == "open",
        because="" if outcome.decided else outcome.because,
        evidence=tuple(_evident(visit, cites[name]) for name in named if name in cites),
        more_evidence=max(0, len(outcome.evidence) - EVIDENCE_SHOWN),
        settled=decided(settled[row.id]) if outcome.decided and row.id in settled else None,
        choices=tuple(_choices(outcome)),
        where=_where(visit, report, row.span),
    )


def _saying(voice: Voice) -> Voice:
    """Drop a stance that goes without saying: whoever forecasts foresees."""
    return msgspec.structs.replace(voice, stance="says") if voice.stance == "foresees" else voice


def _evident(visit: Visit, cite: Cite) -> Evident:
    return Evident(cite.words, report_words(cite), visit.links.happening(cite.claim))


def _choices(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the verdicts there are: with the evidence at hand for those that it may show."""
    shown = " ".join(("", *outcome.evidence))
    told: tuple[OutcomeState, ...] = get_args(OutcomeState)
    bare = ("open", "not testable")
    return [(f"outcome {one}{'' if one in bare else shown}", one) for one in told]
