"""What decisions come to: changes, pairs, names, rules, conflicts and orphans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from chancery.ledger.anchors import make_anchor
from chancery.ledger.pairs import pair_of
from chancery.ledger.settled import Settlement, Surroundings, settle
from chancery.model import Claim, Decision, Frame, Mention, Report, Voice

Build = Any
TEXT = "Envoys talk\nWashington met Minsk on Monday. Loekašenko visited Warsaw, a source said."
VISIT = Frame(
    id="visit", type="CONSULT", phrase="visit", cameo="042", intensity=2.0, quad=1, mode="visit"
)


@pytest.fixture
def report(build: Build) -> Report:
    made: Report = build.report(TEXT)
    return made


@pytest.fixture
def claims(build: Build, report: Report) -> list[Claim]:
    """Three claims of one report, which each tell another deed."""
    return [
        build.claim(report, trigger=trigger, words="Washington met Minsk on Monday")
        for trigger in ("met", "Minsk", "Monday")
    ]


def say(
    about: str, verdict: str, *named: Claim, who: str = "Ada", minute: int = 0,
    undoes: str | None = None,
) -> Decision:  # fmt: skip
    made = f"2026-01-01T00:{minute:02}:00+00:00"
    return Decision(
        id=Decision.make_id(about=about, verdict=verdict, who=who, made=made, undoes=undoes),
        about=about, verdict=verdict, who=who, made=made, undoes=undoes,
        anchors=tuple(map(make_anchor, named)),
    )  # fmt: skip


def of(claims: Sequence[Claim], *decisions: Decision, **around: Any) -> Settlement:
    usual = {"words": lambda _, span: span.of(TEXT), "frames": lambda: {"visit": VISIT}}
    return settle(claims, decisions, Surroundings(**{**usual, **around}))


def test_nothing_decided_settles_nothing(claims: list[Claim]) -> None:
    assert of(claims) == Settlement()


def test_verdicts_change_claims_but_never_their_ids(claims: list[Claim]) -> None:
    one = claims[0]
    found = of(
        claims,
        say(one.id, "type visit", one, minute=1),
        say(one.id, "date 2020-02-01/2020-02-10", one, minute=2),
        say(one.id, "actor USA.GOV+POL", one, minute=3),
        say(one.id, "target -", one, minute=4),
    ).settled
    changed = found.take(one)
    assert changed is not None
    assert changed.id == one.id
    assert (changed.frame, changed.mode, changed.cameo) == ("visit", "visit", "042")
    assert (changed.when.first, changed.when.last) == (date(2020, 2, 1), date(2020, 2, 10))
    assert [mention.actor for mention in changed.actors] == ["POL", "USA.GOV"]
    assert changed.targets == ()
    assert all(mention.span.end <= len(TEXT) for mention in changed.actors)
    assert found.take(claims[1]) is claims[1]


def test_an_open_date_is_no_date(claims: list[Claim]) -> None:
    one = claims[0]
    changed = of(claims, say(one.id, "date ../2020", one)).settled.take(one)
    assert changed is not None
    assert changed.when.edtf() == "../2020-12-31"
    assert of(claims, say(one.id, "date ..", one)).settled.changed == {}


def test_the_newest_leads_and_two_people_are_a_conflict(claims: list[Claim]) -> None:
    one = claims[0]
    first = say(one.id, "date 2019", one, minute=1)
    second = say(one.id, "date 2020", one, minute=2, who="Grace")
    found = of(claims, second, first)
    assert found.settled.changed[one.id].when.edtf() == "2020"
    [conflict] = found.conflicts
    assert (conflict.stands, conflict.yields, conflict.field) == (second.id, first.id, "date")
    again = say(one.id, "date 2021", one, minute=3)
    assert len(of(claims, first, again).conflicts) == 0
    led = of(claims, second, first, lead_reviewer="Ada")
    assert led.settled.changed[one.id].when.edtf() == "2019"
    assert [conflict.stands for conflict in led.conflicts] == [first.id]


def test_the_same_verdict_of_two_people_is_no_conflict(claims: list[Claim]) -> None:
    one = claims[0]
    said = [say(one.id, "reject", one, who=who) for who in ("Ada", "Grace")]
    found = of(claims, *said)
    assert (found.settled.rejected, found.conflicts) == ({one.id}, ())


def test_what_is_undone_counts_no_more(claims: list[Claim]) -> None:
    one = claims[0]
    first = say(one.id, "reject", one)
    undo = say(one.id, "undo", minute=1, undoes=first.id)
    assert of(claims, first, undo) == Settlement()
    back = say(one.id, "undo", minute=2, undoes=undo.id)
    assert of(claims, back, undo, first).settled.rejected == {one.id}


def test_joins_that_would_force_a_split_pair_together_yield_oldest_first(
    claims: list[Claim],
) -> None:
    a, b, c = claims
    old = say(a.id, f"join {b.id}", a, b, minute=1)
    new = say(b.id, f"join {c.id}", b, c, minute=2)
    split = say(a.id, f"split {c.id}", a, c, minute=3)
    found = of(claims, old, new, split)
    assert found.settled.together == (pair_of(b.id, c.id),)
    assert found.settled.apart == {pair_of(a.id, c.id)}
    [conflict] = found.conflicts
    assert (conflict.stands, conflict.yields) == (split.id, old.id)


def test_a_join_holds_for_all_that_it_names(claims: list[Claim]) -> None:
    a, b, c = claims
    join = say(a.id, f"join {b.id}", a, b, c)
    assert of(claims, join).settled.together == tuple(
        sorted([pair_of(a.id, b.id), pair_of(a.id, c.id)])
    )
    half = of([a, b], join)
    assert half.settled.together == (pair_of(a.id, b.id),)
    assert [(one.partly, one.missing) for one in half.orphans] == [(True, (make_anchor(c),))]
    assert of(claims, say(a.id, f"join {a.id}", a)).settled.together == ()


def test_of_a_join_and_a_split_of_one_pair_the_newer_holds(claims: list[Claim]) -> None:
    a, b, _ = claims
    split = say(a.id, f"split {b.id}", a, b, minute=1)
    join = say(b.id, f"join {a.id}", b, a, minute=2, who="Grace")
    found = of(claims, split, join)
    assert found.settled.together == (pair_of(a.id, b.id),)
    assert found.settled.apart == frozenset()
    assert [one.stands for one in found.conflicts] == [join.id]


def test_of_two_that_lead_in_one_happening_the_newer_does(claims: list[Claim]) -> None:
    a, b, c = claims
    first = say(a.id, "lead when", a, b, minute=1)
    second = say(b.id, "lead when", b, a, minute=2, who="Grace")
    elsewhere = say(c.id, "lead", c, minute=3)
    found = of(claims, first, second, elsewhere)
    assert found.settled.leads == {c.id: {"*"}, b.id: {"when"}}
    assert list(found.settled.leads) == [c.id, b.id]
    assert [one.yields for one in found.conflicts] == [first.id]


def test_a_name_is_one_persons_wherever_it_stands(build: Build, report: Report) -> None:
    name = build.at(report, "Loekašenko")
    sides = (Mention(span=name), Mention(span=build.at(report, "Warsaw"), actor="POL"))
    voice = Voice(kind="named", name=name)
    claim = build.claim(report, trigger="visited", voice=voice)
    claim = claim.__class__(**{
        **{field: getattr(claim, field) for field in claim.__struct_fields__}, "actors": sides,
    })  # fmt: skip
    found = of([claim], say("name:LOEKASENKO", "is BLR.GOV"))
    changed = found.settled.changed[claim.id]
    assert [one.actor for one in changed.actors] == ["BLR.GOV", "POL"]
    assert changed.voice.actor == "BLR.GOV"
    assert found.orphans == ()
    denied = of([claim], say("name:warsaw", "is not POL"))
    assert denied.settled.changed[claim.id].actors[1].actor is None
    assert [one.because for one in of([claim], say("name:Nobody", "is POL")).orphans] == [
        "no claim's party or voice is named so"
    ]


def test_of_two_owners_of_a_name_the_newer_counts(build: Build, report: Report) -> None:
    claim = build.claim(report, words="Loekašenko", trigger="visited")
    first = say("name:Loekasenko", "is RUS", minute=1)
    second = say("name:loekašenko", "is BLR.GOV", minute=2, who="Grace")
    found = of([claim], first, second)
    assert found.settled.changed[claim.id].actors[0].actor == "BLR.GOV"
    assert [(one.stands, one.yields) for one in found.conflicts] == [(second.id, first.id)]
    refused = of([claim], first, say("name:loekasenko", "is not RUS", minute=2))
    assert refused.settled.changed == {}


def test_what_is_said_of_one_claim_outranks_a_rule(claims: list[Claim]) -> None:
    one = claims[0]
    found = of(
        claims,
        say(one.id, "date 2019", one, minute=1),
        say("rule:frame=meet", "date 2020", minute=2),
        say("rule:trigger=monday", "reject", minute=3),
    ).settled
    assert found.changed[one.id].when.edtf() == "2019"
    assert found.changed[claims[1].id].when.edtf() == "2020"
    assert found.rejected == {claims[2].id}


def test_a_withdrawn_report_tells_nothing(claims: list[Claim], report: Report) -> None:
    withdrawn = say(report.id, "withdrawn")
    assert of(claims, withdrawn).settled.rejected == {claim.id for claim in claims}
    absent = of(claims, say("rep_" + "0" * 16, "withdrawn"), sources={report.id: None})
    assert absent.orphans[0].because == "the ledger does not hold the report"


def test_an_outcome_is_kept_with_its_evidence(build: Build, report: Report) -> None:
    forecast = build.forecast(report, "visited Warsaw")
    claim = build.claim(report)
    made = say(forecast.id, f"outcome borne out {claim.id}", claim)
    found = of([claim], made, forecasts=[forecast])
    assert found.settled.outcomes == {forecast.id: ("borne out", (claim.id,))}
    assert [one.decision for one in of([claim], made).orphans] == [made]


def test_what_is_not_found_again_is_an_orphan(claims: list[Claim]) -> None:
    a, b, c = claims
    join = say(a.id, f"join {b.id}", a, b)
    both = say(a.id, "reject", a, b)
    split = say(a.id, f"split {b.id}", a, b)
    [orphan] = of([a, c], join).orphans
    assert (orphan.decision, orphan.missing, orphan.partly) == (join, (make_anchor(b),), False)
    assert b.id in orphan.because
    half = of([a, c], both)
    assert half.settled.rejected == {a.id}
    assert [(one.partly, one.missing) for one in half.orphans] == [(True, (make_anchor(b),))]
    assert of([b], both).settled.rejected == {b.id}
    assert of([c], both).settled.rejected == frozenset()
    assert [one.partly for one in of([c], both).orphans] == [False]
    assert of([c], split).settled.apart == frozenset()


def test_two_claims_that_became_one_cannot_be_apart(build: Build, report: Report) -> None:
    old = [build.claim(report, trigger=words) for words in ("met", "met Minsk")]
    now = build.claim(report, "accuse", trigger="Washington met Minsk")
    split = say(old[0].id, f"split {old[1].id}", *old)
    assert [one.decision for one in of([now], split).orphans] == [split]
    assert of([now], say(old[0].id, f"join {old[1].id}", *old)) == Settlement()


def test_what_this_version_cannot_follow_is_an_orphan(claims: list[Claim]) -> None:
    one = claims[0]
    reasons = [
        of(claims, decision).orphans[0].because
        for decision in (
            say(one.id, "type unheard-of", one),
            say(one.id, "sing", one),
            say("rule:frame=visit", "reject"),
            say(one.id, "undo", undoes="dec_" + "0" * 16),
        )
    ]
    assert reasons == [
        "the lexicon has no frame unheard-of",
        "this version of the program does not know the verdict",
        "the rule holds for no claim",
        "there is no decision dec_0000000000000000 to undo",
    ]
