"""Chains of voices, facets, traits, contexts and proposals, kept and given back as they were."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.content import digest_reading
from chancery.ledger.tables import STATEMENTS, encode_for_digest
from chancery.model import (
    Context,
    Facets,
    Nested,
    Reading,
    Report,
    SameSource,
    Span,
    Trait,
    TraitEvidence,
)

TEXT = "Two aides said that the envoy told them Belarus expelled the ambassador. The aides wept."


def whole(build: Any) -> tuple[Report, Reading]:
    report = build.report(TEXT, title="")
    aides, later = build.at(report, "Two aides"), build.at(report, "The aides")
    envoy, told = build.at(report, "the envoy"), build.at(report, "told")
    chain = (Nested(outer=aides, inner=envoy, cue=told, kind="told"),)
    statement = build.statement(
        report, "Belarus expelled the ambassador", kind="anonymous", name=aides, chain=chain
    )
    statement = msgspec.structs.replace(
        statement, facets=Facets(description=aides, number="two", tenure="former", reason=told)
    )
    proposal = SameSource(
        id=SameSource.make_id(report=report.id, first=aides, second=later),
        report=report.id, first=aides, second=later, reason="the same words",
    )  # fmt: skip
    evidence = (TraitEvidence(reason="odd", words=told, weight=0.5), TraitEvidence(reason="bare"))
    reading = build.reading(
        report,
        statements=(statement,),
        traits=(Trait(name="reads as translation", evidence=evidence),),
        contexts=(Context(name="diplomatic", cues=(envoy, told)),),
        same_sources=(proposal,),
    )
    return report, reading


def test_all_is_given_back_as_it_was(ledger: Ledger, build: Any) -> None:
    report, reading = whole(build)
    ledger.add([report])
    ledger.record([reading])
    assert list(ledger.statements()) == list(reading.statements)
    assert list(ledger.traits(report.id)) == list(reading.traits)
    assert list(ledger.contexts(report.id)) == list(reading.contexts)
    assert list(ledger.same_sources()) == list(reading.same_sources)
    assert ledger.verify() == []


def test_a_report_shows_the_traits_of_its_newest_reading(ledger: Ledger, build: Any) -> None:
    report, reading = whole(build)
    ledger.add([report])
    assert ledger.report(report.id).traits == ()
    ledger.record([reading])
    assert ledger.report(report.id).traits == ("reads as translation",)
    ledger.record([build.reading(report, run="run_2")])
    assert ledger.report(report.id).traits == ()
    assert ledger.verify() == []


def test_a_span_beyond_the_text_is_a_fault(ledger: Ledger, build: Any) -> None:
    report, reading = whole(build)
    far = Context(name="election", cues=(Span(0, 10_000),))
    ledger.add([report])
    ledger.record([msgspec.structs.replace(reading, contexts=(far,))])
    assert [fault.code for fault in ledger.verify()] == ["quotation"]


def test_a_proposal_of_another_report_is_refused(ledger: Ledger, build: Any) -> None:
    report, reading = whole(build)
    other = build.report(TEXT, title="", source="another")
    ledger.add([report, other])
    with pytest.raises(UsageError):
        ledger.record([msgspec.structs.replace(reading, report=other.id, statements=())])


def test_what_says_nothing_new_keeps_its_digest(build: Any) -> None:
    report, reading = whole(build)
    [statement] = reading.statements
    voice = msgspec.structs.replace(statement.voice, chain=())
    old = msgspec.structs.replace(statement, voice=voice, facets=None)
    names = {column.name for column in STATEMENTS.columns if column.later}
    assert names
    assert names.isdisjoint(encode_for_digest(STATEMENTS, old))
    empty = build.reading(report, statements=(old,))
    full = build.reading(report, statements=(statement,))
    assert digest_reading(empty, 0) != digest_reading(full, 0)


def test_a_happening_has_the_contexts_of_its_claims(ledger: Ledger, build: Any) -> None:
    report = build.report()
    claim = build.claim(report, contexts=("legal", "diplomatic"))
    ledger.add([report])
    ledger.record([build.reading(report, claim)])
    [happening] = ledger.happenings()
    assert happening.contexts == ("diplomatic", "legal")
