"""The ledger's promises, stated once: tests and `chancery verify` both ask here.

Every segment is as it was written; every id can be made again from what it names; every quotation
stands verbatim within its report's text; every row has its report and its reading; the full text
holds every report; and all content together adds up to the snapshot's name.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from chancery.errors import Problem
from chancery.ledger import tables
from chancery.ledger.content import (
    add_up,
    digest_decision,
    digest_reading,
    digest_report,
    name_snapshot,
)
from chancery.ledger.control import Control, index_entry
from chancery.ledger.listing import any_happening
from chancery.ledger.retranslations import SIZE
from chancery.ledger.segments import Segments, hash_file
from chancery.ledger.shelf import REPORTS_PER_FETCH, Shelf
from chancery.ledger.tables import Table, decoder
from chancery.ledger.write import in_batches
from chancery.model import (
    Claim,
    Decision,
    Forecast,
    Happening,
    HeldState,
    Reading,
    Reason,
    Report,
    SameSource,
    Signature,
    Span,
    Statement,
    Voice,
    When,
)

MOST_PER_KIND: Final = 100
"""Faults of one kind that are told one by one; the rest are counted."""


class Verifier:
    """Checks one ledger as of its newest commit."""

    def __init__(self, control: Control, segments: Segments, shelf: Shelf) -> None:
        self._control = control
        self._segments = segments
        self._shelf = shelf
        self._pin = control.newest()

    def verify(self) -> list[Problem]:
        """Return everything that does not hold."""
        # What cannot be read cannot be checked further.
        damage = list(self._check_segments())
        return limit_kinds(damage or self._check_readable())

    def _check_readable(self) -> list[Problem]:
        return [*self._check_counts(), *self._check_content(), *self._check_happenings()]

    def _check_segments(self) -> Iterator[Problem]:
        for segment in self._control.segments():
            path = self._segments.folder / segment.name
            if not path.is_file():
                yield _fault("missing-segment", f"segments/{segment.name} is gone", segment.name)
            elif hash_file(path) != segment.sha256:
                yield _fault(
                    "changed-segment",
                    f"segments/{segment.name} is not what was written: its SHA-256 differs",
                    segment.name,
                )

    def _check_counts(self) -> Iterator[Problem]:
        counts = dict(self._shelf.fetch(self._pin, "row_counts").rows)
        for table in tables.SEGMENT_TABLES:
            said = sum(s.row_count for s in self._control.segments() if s.table_name == table.name)
            if counts[table.name] != said:
                yield _fault(
                    "row-count",
                    f"{table.name} has {counts[table.name]} rows; the manifest says {said}",
                    table.name,
                )

    def _check_content(self) -> Iterator[Problem]:
        digests: list[int] = []
        report_count = 0
        stream = self._shelf.stream_reports(
            self._pin, lambda run: True, name="stored_reports_by_id"
        )
        for part in in_batches((report for report, _, _ in stream), REPORTS_PER_FETCH):
            report_count += len(part)
            readings = self._readings_of([report.id for report in part])
            yield from self._check_index(part)
            for report in part:
                yield from check_report(report)
                digests.append(digest_report(report))
                for ordinal, reading in readings.get(report.id, ()):
                    yield from check_reading(reading, report)
                    digests.append(digest_reading(reading, ordinal))
        decisions = [decision for decision, _ in self._control.decisions(self._pin)]
        yield from self._check_anchors(decisions)
        for decision in decisions:
            yield from check_decision(decision)
            digests.append(digest_decision(decision))
        yield from self._check_whole(report_count, digests)

    def _check_anchors(self, decisions: Sequence[Decision]) -> Iterator[Problem]:
        """Check that anchors stand within their reports; those of reports not held are orphans."""
        ids = sorted({anchor.report for one in decisions for anchor in one.anchors})
        lengths = dict(self._shelf.fetch(self._pin, "text_lengths", {"ids": ids}).rows)
        for name, anchor in ((one.id, anchor) for one in decisions for anchor in one.anchors):
            length = lengths.get(anchor.report, anchor.trigger.end)
            yield from _check_span(anchor.trigger, length, anchor.report, name)

    def _check_index(self, reports: Sequence[Report]) -> Iterator[Problem]:
        indexed = self._control.indexed([report.id for report in reports])
        for report in reports:
            if indexed.get(report.id) != index_entry(report):
                yield _fault(
                    "report-index",
                    f"{report.id} is not indexed under its own key and day",
                    "control.sqlite",
                    hint="chancery rebuild makes the index anew",
                )

    def _check_whole(self, report_count: int, digests: Sequence[int]) -> Iterator[Problem]:
        stored, counted = self._control.snapshot(self._pin).id, name_snapshot(add_up(0, digests))
        if stored != counted:
            yield _fault(
                "content",
                f"the content adds up to {counted}, but was committed as {stored}: "
                "rows are missing, doubled or changed",
                stored,
            )
        for name, count in self._shelf.fetch(self._pin, "stray_rows").rows:
            if count:
                yield _fault("stray-rows", f"{count} rows of {name} have no reading", name)
        if damage := self._control.damage():
            yield _fault("full-text", damage, "control.sqlite",
                         hint="chancery rebuild makes it anew")  # fmt: skip
        indexed = self._control.indexed_count()
        if indexed != report_count:
            yield _fault(
                "full-text",
                f"the full text holds {indexed} reports, the ledger {report_count}",
                "control.sqlite",
                hint="chancery rebuild makes it anew",
            )

    def _readings_of(self, ids: Sequence[str]) -> dict[str, list[tuple[int, Reading]]]:
        """Put readings together again from their rows, by report, with their ordinals."""
        found = {table.name: self._found_in(table, ids) for table in tables.FOUND_TABLES}
        readings: dict[str, list[tuple[int, Reading]]] = {}
        answer = self._shelf.fetch(self._pin, "readings_of", {"ids": ids})
        for report, run, ordinal, unread in answer.rows:
            parts = {name: tuple(nouns.get((report, run), ())) for name, nouns in found.items()}
            signature = next(iter(parts.pop("signatures")), None)
            reading = Reading(report=report, run=run, unread=unread, signature=signature, **parts)
            readings.setdefault(report, []).append((ordinal, reading))
        return readings

    def _found_in(self, table: Table, ids: Sequence[str]) -> dict[tuple[str, str], list[Any]]:
        answer = self._shelf.fetch(self._pin, f"{table.name}_of", {"ids": ids})
        make = decoder(table, answer.columns)
        report, run = answer.columns.index("report"), answer.columns.index("run")
        nouns: dict[tuple[str, str], list[Any]] = {}
        for values in answer.rows:
            nouns.setdefault((values[report], values[run]), []).append(make(values))
        return nouns

    def _check_happenings(self) -> Iterator[Problem]:
        rows = self._shelf.rows(
            self._pin, "happenings", tables.HAPPENINGS, any_happening(), derived=True
        )
        claims = {row[0] for row in self._shelf.fetch(self._pin, "claim_ids").rows}
        claims -= self._shelf.settlement(self._pin).settled.rejected
        for happening in rows:
            yield from check_happening(happening)
            claims -= set(happening.claims)
        if claims:
            yield _fault(
                "lost-claims",
                f"{len(claims)} claims belong to no happening, such as {min(claims)}",
                "derived",
                hint="chancery rebuild derives the happenings anew",
            )


def check_report(report: Report) -> Iterator[Problem]:
    """Check that a report's id is made of its content, and that its spans lie in its text."""
    expected = Report.make_id(
        text=report.text,
        title=report.title,
        published=report.published,
        source=report.source,
        url=report.url,
        key=report.key,
    )
    yield from _check_id(report.id, expected)
    spans = [aside.span for aside in report.asides] + _spans(report.published.words)
    yield from _check_spans(spans, report, report.id)


def check_reading(reading: Reading, report: Report) -> Iterator[Problem]:
    """Check the ids and the spans of all that a reading found in its report."""
    spans = [mention.span for mention in reading.mentions]
    spans += [time.span for time in reading.times]
    spans += [
        span for trait in reading.traits for one in trait.evidence for span in _spans(one.words)
    ]
    spans += [span for context in reading.contexts for span in context.cues]
    yield from _check_spans(spans, report, reading.run)
    for statement in reading.statements:
        yield from check_statement(statement, report)
    for claim in reading.claims:
        yield from check_claim(claim, report)
    for reason in reading.reasons:
        yield from check_reason(reason, report)
    for forecast in reading.forecasts:
        yield from check_forecast(forecast, report)
    for state in reading.states:
        yield from check_state(state, report)
    for proposal in reading.same_sources:
        yield from check_same_source(proposal, report)
    if reading.signature:
        yield from check_signature(reading.signature, report)
    yield from _check_links(reading)


def _check_links(reading: Reading) -> Iterator[Problem]:
    """Check that the claims and statements that a reading's nouns name are of that reading."""
    held = {claim.id for claim in reading.claims} | {one.id for one in reading.statements}
    named: list[tuple[str, str | None]] = [
        *((reason.id, reason.claim) for reason in reading.reasons),
        *((forecast.id, forecast.statement) for forecast in reading.forecasts),
        *((state.id, claim) for state in reading.states for claim in state.claims),
    ]
    for noun, other in named:
        if other and other not in held:
            yield _fault("link", f"{noun} names {other}, which its reading lacks", reading.report)


def check_statement(statement: Statement, report: Report) -> Iterator[Problem]:
    """Check a statement's id and that its words stand in its report."""
    expected = Statement.make_id(
        report=statement.report, content=statement.content, voice=statement.voice
    )
    yield from _check_id(statement.id, expected)
    spans = [statement.content, *_voice_spans(statement.voice), *_facet_spans(statement)]
    yield from _check_spans(spans, report, statement.id)


def check_claim(claim: Claim, report: Report) -> Iterator[Problem]:
    """Check a claim's id and that everything it quotes stands in its report."""
    expected = Claim.make_id(
        report=claim.report,
        frame=claim.frame,
        trigger=claim.trigger,
        actors=claim.actors,
        targets=claim.targets,
    )
    yield from _check_id(claim.id, expected)
    spans = [
        claim.words,
        claim.trigger,
        *(party.span for party in (*claim.actors, *claim.targets)),
        *(quantity.span for quantity in claim.quantities),
        *_spans(claim.when.words),
        *_spans(claim.where.span if claim.where else None),
        *_voice_spans(claim.voice),
    ]
    yield from _check_spans(spans, report, claim.id)


def check_reason(reason: Reason, report: Report) -> Iterator[Problem]:
    """Check a reason's id and that its deed, its cue and its passage stand in its report."""
    expected = Reason.make_id(
        report=reason.report,
        claim=reason.claim,
        deed=reason.deed,
        passage=reason.passage,
        cue=reason.cue,
    )
    yield from _check_id(reason.id, expected)
    spans = [reason.deed, reason.passage, reason.cue, *_voice_spans(reason.voice)]
    yield from _check_spans(spans, report, reason.id)


def check_forecast(forecast: Forecast, report: Report) -> Iterator[Problem]:
    """Check a forecast's id and that all it quotes stands in its report."""
    expected = Forecast.make_id(report=forecast.report, span=forecast.span, cue=forecast.cue)
    yield from _check_id(forecast.id, expected)
    spans = [
        forecast.span,
        forecast.test,
        forecast.cue,
        *_day_spans(forecast.deadline),
        *_spans(forecast.condition),
        *_voice_spans(forecast.voice),
    ]
    yield from _check_spans(spans, report, forecast.id)


def check_state(state: HeldState, report: Report) -> Iterator[Problem]:
    """Check a state's id and that its clause and the words of its days stand in its report."""
    expected = HeldState.make_id(
        report=state.report, kind=state.kind, phase=state.phase, cue=state.cue
    )
    yield from _check_id(state.id, expected)
    spans = [state.span, state.cue, *_day_spans(state.since), *_day_spans(state.until)]
    yield from _check_spans(spans, report, state.id)


def check_same_source(proposal: SameSource, report: Report) -> Iterator[Problem]:
    """Check a proposal's id and that both descriptions stand in its report."""
    expected = SameSource.make_id(
        report=proposal.report, first=proposal.first, second=proposal.second
    )
    yield from _check_id(proposal.id, expected)
    yield from _check_spans([proposal.first, proposal.second], report, proposal.id)


def check_signature(signature: Signature, report: Report) -> Iterator[Problem]:
    """Check that the meanings of sentences in a signature can be read: 64 bytes each."""
    try:
        whole = len(base64.b64decode(signature.meanings, validate=True)) % SIZE == 0
    except ValueError:
        whole = False
    if not whole:
        yield _fault("signature", f"the signature of {report.id} cannot be read", report.id)


def check_decision(decision: Decision) -> Iterator[Problem]:
    """Check that a decision's id is made of its content."""
    expected = Decision.make_id(
        about=decision.about,
        verdict=decision.verdict,
        who=decision.who,
        made=decision.made,
        undoes=decision.undoes,
    )
    yield from _check_id(decision.id, expected)


def check_happening(happening: Happening) -> Iterator[Problem]:
    """Check a happening's id, and that one of its own claims leads it."""
    yield from _check_id(happening.id, Happening.make_id(happening.claims))
    if happening.lead not in happening.claims:
        yield _fault("lead", f"{happening.lead} leads {happening.id}, but is none of its claims",
                     happening.id)  # fmt: skip


def limit_kinds(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems, of each kind so many at most, and how many more there are."""
    kept: list[Problem] = []
    counts: dict[str, int] = {}
    for problem in problems:
        counts[problem.code] = counts.get(problem.code, 0) + 1
        if counts[problem.code] <= MOST_PER_KIND:
            kept.append(problem)
    more = {code: count - MOST_PER_KIND for code, count in counts.items() if count > MOST_PER_KIND}
    return kept + [_fault(code, f"… and {count} more", "") for code, count in more.items()]


def _check_id(found: str, expected: str) -> Iterator[Problem]:
    if found != expected:
        yield _fault("id", f"{found} should be {expected} by its content", found)


def _check_spans(spans: Iterable[Span], report: Report, place: str) -> Iterator[Problem]:
    for span in spans:
        yield from _check_span(span, len(report.text), report.id, place)


def _check_span(span: Span, length: int, report: str, place: str) -> Iterator[Problem]:
    if not 0 <= span.start < span.end <= length:
        yield _fault(
            "quotation",
            f"{place} quotes characters {span.start}-{span.end}, which {report} "
            f"(of {length}) does not have",
            f"{report}:{span.start}-{span.end}",
        )


def _voice_spans(voice: Voice) -> list[Span]:
    chain = [span for one in voice.chain for span in (one.outer, one.inner, one.cue)]
    return _spans(voice.name) + _spans(voice.cue) + chain


def _facet_spans(statement: Statement) -> list[Span]:
    facets = statement.facets
    if facets is None:
        return []
    told = (facets.rank, facets.institution, facets.reason)
    return [facets.description, *(span for one in told for span in _spans(one))]


def _day_spans(when: When | None) -> list[Span]:
    return _spans(when.words if when else None)


def _spans(span: Span | None) -> list[Span]:
    return [] if span is None else [span]


def _fault(
    code: str, message: str, place: str, *, hint: str = "restore the ledger from a copy"
) -> Problem:
    return Problem(stage="verify", code=code, message=message, place=place, hint=hint)
