"""Laws of the record, whatever is put in: order, batches, repetition and copies."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.errors import Problem
from chancery.ledger import Ledger
from chancery.ledger.filters import parse_days
from chancery.ledger.folder import open_folder
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import load_policy
from chancery.ledger.query import Door
from chancery.ledger.reconcile import Told, reconcile
from chancery.ledger.segments import write_lines
from chancery.ledger.tables import (
    CLAIMS,
    CONTEXTS,
    HAPPENINGS,
    MENTIONS,
    PROBLEMS,
    REPORTS,
    SAME_SOURCES,
    SIGNATURES,
    STATEMENTS,
    TIES,
    TIMES,
    TRAITS,
    Table,
    decoder,
    encode,
)
from chancery.model import (
    Aside,
    Claim,
    Context,
    Facets,
    Happening,
    Mention,
    Nested,
    Place,
    Quantity,
    Reading,
    Report,
    SameSource,
    Signature,
    Span,
    Statement,
    Tie,
    TimeExpression,
    Trait,
    TraitEvidence,
    Voice,
    When,
)

Build = Any
FEW = settings(max_examples=settings().max_examples // 6)
"""Each example writes files, so fewer than of the laws that do not."""

words = st.text(max_size=12)
maybe_words = st.none() | words
numbers = st.integers(0, 2**31 - 1)
spans = st.builds(Span, numbers, numbers)
maybe_spans = st.none() | spans
days = st.dates()
whens = st.builds(
    When,
    first=st.none() | days,
    last=st.none() | days,
    basis=st.sampled_from(["stated", "reckoned", "unknown"]),
    words=maybe_spans,
)
scores = st.floats(0, 1) | st.just(1)
mentions = st.builds(
    Mention,
    span=spans,
    actor=maybe_words,
    name=maybe_words,
    candidates=st.lists(words, max_size=2).map(tuple),
    score=scores,
)
chains = st.lists(
    st.builds(
        Nested, outer=spans, inner=spans, cue=spans, kind=st.sampled_from(["told", "citing"])
    ),
    max_size=2,
).map(tuple)
facets = st.builds(
    Facets,
    description=spans,
    number=maybe_words,
    rank=maybe_spans,
    institution=maybe_spans,
    tenure=st.sampled_from(["former", "both", None]),
    reason=maybe_spans,
)
voices = st.builds(
    Voice,
    kind=st.sampled_from(["own", "named", "anonymous", "document"]),
    actor=maybe_words,
    name=maybe_spans,
    full_name=maybe_words,
    cue=maybe_spans,
    stance=st.sampled_from(["says", "denies"]),
    chain=chains,
)
sides = st.lists(mentions, max_size=2).map(tuple)
nouns: dict[str, tuple[Table, st.SearchStrategy[Any]]] = {
    "report": (
        REPORTS,
        st.builds(
            Report,
            id=words,
            text=st.text(),
            title=words,
            published=whens,
            source=maybe_words,
            url=maybe_words,
            language=words,
            key=maybe_words,
            traits=st.lists(words, max_size=2).map(tuple),
            asides=st.lists(st.builds(Aside, kind=words, span=spans), max_size=2).map(tuple),
        ),
    ),
    "mention": (MENTIONS, mentions),
    "time": (
        TIMES,
        st.builds(
            TimeExpression, span=spans, type=st.sampled_from(["DATE", "SET"]), value=words,
            when=whens,
        ),
    ),
    "statement": (
        STATEMENTS,
        st.builds(
            Statement, id=words, report=words, content=spans, voice=voices,
            mode=st.sampled_from(["direct", "mixed"]), foresees=st.booleans(),
            deadline=st.none() | whens, facets=st.none() | facets,
        ),
    ),
    "trait": (
        TRAITS,
        st.builds(
            Trait, name=st.sampled_from(["opinion", "undated report"]),
            evidence=st.lists(
                st.builds(TraitEvidence, reason=words, words=maybe_spans, weight=scores), max_size=2
            ).map(tuple),
        ),
    ),
    "context": (
        CONTEXTS, st.builds(Context, name=words, cues=st.lists(spans, max_size=2).map(tuple)),
    ),
    "same source": (
        SAME_SOURCES,
        st.builds(SameSource, id=words, report=words, first=spans, second=spans, reason=words),
    ),
    "signature": (
        SIGNATURES,
        st.builds(
            Signature, marks=st.lists(words, max_size=3).map(tuple),
            keys=st.lists(words, max_size=3).map(tuple), meanings=words,
        ),
    ),
    "tie": (
        TIES,
        st.builds(
            Tie, first=words, second=words, kind=st.sampled_from(["copy", "wire"]), reason=words,
            share=scores, part=maybe_words, holds=st.booleans(),
        ),
    ),
    "claim": (
        CLAIMS,
        st.builds(
            Claim, id=words, report=words, frame=words, type=st.just("AID"), words=spans,
            trigger=spans, mode=maybe_words, cameo=maybe_words, actors=sides, targets=sides,
            when=whens, where=st.none() | st.builds(Place, span=spans, country=maybe_words),
            standing=st.sampled_from(["happened", "denied"]), voice=voices,
            quantities=st.lists(
                st.builds(
                    Quantity, span=spans, value=st.floats(allow_nan=False, allow_infinity=False),
                    unit=words, bound=st.sampled_from(["exact", "at_most"]),
                ), max_size=2,
            ).map(tuple),
            score=scores, run=words,
        ),
    ),
    "problem": (
        PROBLEMS,
        st.builds(
            Problem, stage=words, code=words, message=words, place=words, hint=words,
            report=maybe_words,
        ),
    ),
    "happening": (
        HAPPENINGS,
        st.builds(
            Happening, id=words, frame=words, type=st.just("AID"),
            claims=st.lists(words, max_size=3).map(tuple),
            reports=st.lists(words, max_size=3).map(tuple), origin_count=numbers,
            actors=st.lists(words, max_size=2).map(tuple),
            targets=st.lists(words, max_size=2).map(tuple), mode=maybe_words, cameo=maybe_words,
            when=whens, where=maybe_words, voice=voices,
            disputed=st.lists(words, max_size=2).map(tuple), certainty=st.none() | scores,
            lead=words,
        ),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder = open_folder(tmp_path_factory.mktemp("laws") / "x.ledger", create=True)
    return Door(folder.empty)


@pytest.mark.parametrize("noun", nouns)
@given(data=st.data())
@FEW
def test_nouns_come_back_as_they_were(door: Door, noun: str, data: st.DataObject) -> None:
    import duckdb

    table, strategy = nouns[noun]
    written = data.draw(st.lists(strategy, min_size=1, max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "t.parquet"
        lines = write_lines(Path(folder) / "t.jsonl", (encode(table, one) for one in written))
        door.write(lines, target, table)
        with duckdb.connect() as connection:
            answer = connection.execute("SELECT * FROM read_parquet(?)", [str(target)])
            names = [column[0] for column in answer.description]
            rows = answer.fetchall()
    found = list(map(decoder(table, names), rows))
    if table.order:  # its rows lie in an order of their own
        found, written = (sorted(some, key=repr) for some in (found, written))
    assert found == written


# Claims of a small world, so that they meet often.
standings = st.sampled_from(["happened", "ongoing", "planned", "denied"])
some_days = st.sampled_from(
    [None, "2020", "2020-02", "2020-02-10", "2020-02-11", "2020-02-10/2020-02-14", "../2020-02"]
)


@st.composite
def small_claims(draw: st.DrawFn, build: Build) -> list[Claim]:
    claims = []
    for number in range(draw(st.integers(1, 12))):
        report = build.report(f"Title {number // 2}\nWashington met Minsk on Monday.")
        basis = draw(st.sampled_from(["stated", "published"]))
        claims.append(
            build.claim(
                report,
                draw(st.sampled_from(["meet", "visit", "accuse"])),
                draw(st.sampled_from(["USA", "USA.GOV", "BLR", ""])),
                draw(st.sampled_from(["BLR", "USA", "BLR+POL"])),
                build.when(draw(some_days), basis),
                standing=draw(standings),
                score=draw(st.sampled_from([0.25, 0.75])),
            )
        )
    return list({claim.id: claim for claim in claims}.values())


def tell(claims: Sequence[Claim]) -> list[Told]:
    return [Told(claim, str(claim.words)) for claim in claims]


@given(data=st.data())
def test_reconciling_is_blind_to_order(build: Build, data: st.DataObject) -> None:
    claims = data.draw(small_claims(build))
    shuffled = data.draw(st.permutations(claims))
    policy = load_policy()
    assert reconcile(tell(claims), Kinship(), policy) == reconcile(
        tell(shuffled), Kinship(), policy
    )


@given(data=st.data())
def test_every_claim_is_in_one_happening_that_its_days_allow(
    build: Build, data: st.DataObject
) -> None:
    claims = data.draw(small_claims(build))
    found = reconcile(tell(claims), Kinship(), load_policy())
    happenings, joins = found.happenings, found.joins
    by_id = {claim.id: claim for claim in claims}
    assert sorted(id_ for one in happenings for id_ in one.claims) == sorted(by_id)
    assert len(joins) == len(claims) - len(happenings)
    for one in happenings:
        members = [by_id[id_] for id_ in one.claims]
        assert len({claim.type for claim in members}) == 1
        assert len({claim.mode for claim in members} - {None}) <= 1
        assert len({claim.standing == "planned" for claim in members}) == 1
        if "when" not in one.disputed:
            firsts = [claim.when.first or date.min for claim in members]
            lasts = [claim.when.last or date.max for claim in members]
            assert max(firsts) <= min(lasts)


@given(data=st.data())
def test_a_copy_adds_a_report_but_no_happening_and_no_origin(
    build: Build, data: st.DataObject
) -> None:
    claims = data.draw(small_claims(build))
    text = "Washington met Minsk on Monday"
    report = build.report(f"Title 0\n{text}.")
    of_first = [claim for claim in claims if claim.report == report.id]
    copy = build.report(f"Title 0\n{text}.", source="Another outlet")
    copied = [
        msgspec.structs.replace(
            claim,
            report=copy.id,
            id=Claim.make_id(
                report=copy.id,
                frame=claim.frame,
                trigger=claim.trigger,
                actors=claim.actors,
                targets=claim.targets,
            ),
        )
        for claim in of_first
    ]
    kinship = Kinship(stories={copy.id: report.id, report.id: report.id})
    policy = load_policy()
    before = reconcile(tell(claims), kinship, policy).happenings
    after = reconcile(tell([*claims, *copied]), kinship, policy).happenings
    assert len(after) == len(before)
    assert sorted(one.origin_count for one in after) == sorted(one.origin_count for one in before)
    assert sum(len(one.claims) for one in after) == len(claims) + len(copied)


def contents(ledger: Ledger) -> tuple[Any, ...]:
    ledger.reconcile()
    rows = [*ledger.happenings(), *ledger.claims(), *ledger.statements(), *ledger.reports()]
    return ledger.snapshot.id, b"\n".join(map(msgspec.json.encode, rows))


@pytest.fixture(scope="module")
def material(build: Build) -> tuple[list[Report], dict[str, Reading], tuple[Any, ...]]:
    reports = [
        build.report(f"Title {n}\nWashington met Minsk on Monday, the {n}.", published=f"20{n:02}")
        for n in range(6)
    ]
    readings = {
        report.id: build.reading(
            report,
            build.claim(report, when=("2020-02", "2020-02-10")[n % 2]),
            statements=(build.statement(report, "on Monday"),),
        )
        for n, report in enumerate(reports)
    }
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/x.ledger") as ledger:
        ledger.add(reports)
        ledger.record(readings.values())
        return reports, readings, contents(ledger)


@given(data=st.data())
@settings(max_examples=settings().max_examples // 16)
def test_order_batches_and_repetition_change_nothing(
    material: tuple[list[Report], dict[str, Reading], tuple[Any, ...]], data: st.DataObject
) -> None:
    reports, readings, expected = material
    order = data.draw(st.permutations(reports))
    size = data.draw(st.integers(1, 6))
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/x.ledger") as ledger:
        for start in range(0, len(order), size):
            ledger.add(order[start : start + size])
            if data.draw(st.booleans()):
                ledger.record(readings[report.id] for report in ledger.unread())
                ledger.compact()
        ledger.record(readings[report.id] for report in ledger.unread())
        assert contents(ledger) == expected
        snapshots = ledger.snapshots()
        ledger.add(reports)
        ledger.record(readings.values())
        assert ledger.snapshots() == snapshots
        assert ledger.verify() == []


def test_the_least_day_and_the_greatest_are_days() -> None:
    assert parse_days("0001") == (date(1, 1, 1), date(1, 12, 31))
    assert parse_days("9999-12") == (date(9999, 12, 1), date(9999, 12, 31))
