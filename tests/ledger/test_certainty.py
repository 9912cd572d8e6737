"""What raises and lowers the certainty of a happening, and by which signal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chancery.ledger import Ledger
from chancery.ledger.certainty import assess
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import load_policy
from chancery.ledger.settled import Settled
from chancery.model import Claim, Span, Trait, TraitEvidence, Voice
from chancery.outputs.words import certainty_word

Build = Any
TEXT = "Title {}\nWashington met Minsk on Monday. Washington met Minsk again."
POLICY = load_policy()
MINSK = Voice(kind="named", actor="BLR.GOV")


def claims_of(build: Build, *fields: dict[str, Any]) -> list[Claim]:
    """One claim in each of several reports."""
    return [
        build.claim(
            build.report(TEXT.format(number)), **({"when": "2020-02-10", "score": 0.7} | one)
        )
        for number, one in enumerate(fields)
    ]


def sure(
    claims: list[Claim], kinship: Kinship | None = None, settled: Settled | None = None
) -> float:
    value, _ = assess(claims, kinship or Kinship(), POLICY, settled or Settled())
    assert value is not None
    return value


def signals(claims: list[Claim], kinship: Kinship | None = None) -> tuple[str, ...]:
    return assess(claims, kinship or Kinship(), POLICY, Settled())[1]


def on_days(claims: list[Claim], *days: int, trait: str = "", words: Span | None = None) -> Kinship:
    """Date the reports of claims in March 2020, each by another outlet; all bear the trait."""
    dated = list(zip(claims, days, strict=True))
    shown = (TraitEvidence(reason="so", words=words, weight=1.0),)
    return Kinship(
        outlets={claim.report: f"Outlet {number}" for number, claim in enumerate(claims)},
        published={claim.report: date(2020, 3, day) for claim, day in dated},
        traits={claim.report: (Trait(name=trait, evidence=shown),) for claim in claims},
    )


def test_one_claim_is_as_sure_as_its_score(build: Build) -> None:
    [claim] = claims_of(build, {})
    assert assess([claim], Kinship(), POLICY, Settled()) == (0.7, ())


@pytest.mark.parametrize("score", [0.94, 0.99, 1.0])
def test_one_telling_is_never_established(build: Build, score: float) -> None:
    claims = claims_of(build, {"score": score})
    assert certainty_word(sure(claims)) == "likely"
    assert signals(claims)[-1] == "bound: one telling counts 0.93 at most"


def test_without_a_score_nothing_is_assessed(build: Build) -> None:
    assert assess(claims_of(build, {"score": 0.0}), Kinship(), POLICY, Settled()) == (None, ())
    assert assess([], Kinship(), POLICY, Settled()) == (None, ())
    assert certainty_word(None) == "not assessed"


def test_tellings_and_origins_raise_it_and_copies_do_not(build: Build) -> None:
    first, second, third = claims_of(build, {}, {"score": 0.6}, {"score": 0.5})
    report = build.report(TEXT.format(0))
    again = build.claim(report, when="2020-02-10", score=0.4, trigger="again")
    assert sure([first]) < sure([first, again])
    assert "up: told 2 times in one report" in signals([first, again])
    assert sure([first]) < sure([first, second]) < sure([first, second, third])
    assert "up: 3 origins agree" in signals([first, second, third])
    copies = Kinship(stories={first.report: "rep_1", second.report: "rep_1"})
    assert sure([first, second], copies) == sure([first])


def test_more_support_never_lowers_it_and_has_a_bound(build: Build) -> None:
    claims = claims_of(build, *[{} for _ in range(40)])
    chances = [sure(claims[:count]) for count in range(1, 41)]
    assert chances == sorted(chances)
    assert chances[-1] <= 0.92


@pytest.mark.parametrize("standing", ["denied", "negated", "alleged"])
def test_later_doubt_lowers_it_visibly(build: Build, standing: str) -> None:
    claims = claims_of(build, {}, {"standing": standing, "voice": MINSK, "score": 0.6})
    later = on_days(claims, 1, 2)
    assert sure(claims, later) < sure(claims[:1])
    word = {"negated": "said not to have happened", "alleged": "doubted"}.get(standing, standing)
    assert signals(claims, later)[-1] == f"down: {word} by BLR.GOV (Outlet 1) on 2020-03-02"
    before = on_days(claims, 2, 1)
    assert sure(claims, later) < sure(claims, before) < sure(claims[:1])


def test_a_denying_voice_counts_as_denial(build: Build) -> None:
    denies = Voice(kind="named", actor="RUS.GOV", stance="denies")
    claims = claims_of(build, {}, {"voice": denies, "score": 0.6})
    assert "down: denied by RUS.GOV (Outlet 1) on 2020-03-02" in signals(
        claims, on_days(claims, 1, 2)
    )


def test_many_denials_have_a_bound(build: Build) -> None:
    denials = [{"standing": "denied", "score": 0.1} for _ in range(9)]
    claims = claims_of(build, *[{} for _ in range(10)], *denials)
    facts = on_days(claims, *range(1, 20))
    assert sure(claims[:10]) > sure(claims, facts) > 0.3


def test_the_same_outlet_corrects_itself(build: Build) -> None:
    claims = claims_of(build, {}, {"standing": "negated", "score": 0.6})
    others = on_days(claims, 1, 2)
    own = replace(others, outlets={claim.report: "Courier" for claim in claims})
    assert sure(claims, own) < sure(claims, others)
    assert signals(claims, own)[-1] == "down: corrected by Courier on 2020-03-02"


def test_a_later_account_in_an_own_voice_confirms(build: Build) -> None:
    claims = claims_of(build, {"voice": MINSK}, {})
    facts = on_days(claims, 1, 2)
    assert sure(claims, facts) > sure(claims)
    assert "up: confirmed by Outlet 1 on 2020-03-02" in signals(claims, facts)
    assert sure(claims, on_days(claims, 2, 1)) == sure(claims)


def test_rival_sides_and_odd_reports_lower_it(build: Build) -> None:
    claims = claims_of(build, {"actors": "USA.GOV"}, {"actors": "USA.LEG"})
    assert "down: claims differ on actors" in signals(claims)
    assert sure(claims) < sure(claims_of(build, {}, {}))
    for trait in ("reads as translation", "lost negation suspected", "role reversal suspected"):
        facts = on_days(claims[:1], 1, trait=trait, words=claims[0].words)
        assert sure(claims[:1], facts) < sure(claims[:1])
        assert f"down: report: {trait}" in signals(claims[:1], facts)
    assert not any("report:" in one for one in signals(claims, facts))
    elsewhere = on_days(claims[:1], 1, trait="role reversal suspected", words=Span(0, 1))
    assert sure(claims[:1], elsewhere) == sure(claims[:1])


@pytest.mark.parametrize("standing", ["planned", "predicted", "hypothetical", "negated"])
def test_what_did_not_happen_is_never_above_plausible(build: Build, standing: str) -> None:
    claims = claims_of(build, *[{"standing": standing, "score": 0.93} for _ in range(3)])
    assert certainty_word(sure(claims)) == "plausible"
    assert signals(claims)[-1] == "bound: no claim says that it happened"
    assert certainty_word(sure([*claims, *claims_of(build, {})])) != "not assessed"


def test_a_persons_decisions_count(build: Build) -> None:
    claims = claims_of(build, {"score": 0.4}, {"score": 0.9})
    rejected = Settled(rejected=frozenset({claims[1].id}))
    value, told = assess(claims, Kinship(), POLICY, rejected)
    assert value is not None
    assert value < sure(claims[:1])
    assert "down: a person rejected one of its claims" in told
    for settled in (
        Settled(leads={claims[0].id: frozenset({"*"})}),
        Settled(changed={claims[0].id: claims[0]}),
    ):
        value, told = assess(claims[:1], Kinship(), POLICY, settled)
        assert value == 0.95
        assert told[-1] == "up: a person settled it"


def test_the_ledger_filters_by_certainty(ledger: Ledger, tell: Any) -> None:
    tell(score=0.9)
    tell("Title\nMoscow met Kyiv on Monday.", actors="RUS", targets="UKR", score=0.4,
         words="Moscow met Kyiv on Monday")  # fmt: skip
    assert [row.certainty for row in ledger.happenings(min="likely")] == [0.9]
    assert len(ledger.happenings(min="doubtful")) == 2
    assert ledger.happenings(min=0.9)[0].signals == ()
