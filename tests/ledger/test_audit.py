"""The audit: drawn alike everywhere, gone on with, and told with its interval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.audit import Sample, Share, band_of, draw, wilson
from chancery.model import Report

Tell = Callable[..., Report]
Build = Any


def test_the_interval_is_wilsons() -> None:
    assert str(Share(right=91, judged=100)) == "91 of 100, 84–95 %"
    assert [round(end, 4) for end in wilson(91, 100)] == [0.8377, 0.9519]
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == 1.0
    assert str(Share(right=0, judged=0)) == "none judged"


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    right, judged = counts
    low, high = wilson(right, judged)
    assert 0.0 <= low <= right / judged <= high <= 1.0


@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 20), st.integers(0, 9))
def test_a_draw_is_blind_to_order(ids: list[str], size: int, seed: int) -> None:
    drawn = draw(ids, size, seed)
    assert drawn == draw(reversed(ids), size, seed)
    assert len(drawn) == min(size, len(ids))
    assert set(drawn) <= set(ids)


def test_other_seeds_draw_other_claims() -> None:
    ids = [f"clm_{number}" for number in range(100)]
    assert draw(ids, 10, 0) == draw(ids, 10, 0)
    assert len({tuple(draw(ids, 10, seed)) for seed in range(5)}) == 5


def fill(tell: Tell, first: int, last: int) -> None:
    for number in range(first, last):
        tell(f"Talks {number}\nWashington met Minsk on Monday.", when="2020-02-10",
             key=str(number))  # fmt: skip


def judge(ledger: Ledger, sample: Sample, verdicts: str) -> None:
    for claim, mark in zip(sample.open_claims(), verdicts, strict=False):
        verdict = "right" if mark == "r" else "wrong"
        ledger.decide(claim.id, verdict, reason=sample.label, who="Ada")


def test_a_sample_is_gone_on_with_on_its_own_snapshot(ledger: Ledger, tell: Tell) -> None:
    fill(tell, 0, 6)
    sample = ledger.sample(4, seed=3)
    assert len(sample.claims) == len(sample.open_claims()) == 4
    judge(ledger, sample, "rw")
    fill(tell, 6, 20)
    again = ledger.sample(4, seed=3)
    assert (again.snapshot, again.claims) == (sample.snapshot, sample.claims)
    assert [claim.id for claim in again.open_claims()] == [one.id for one in sample.claims[2:]]
    judge(ledger, again, "rr")
    audit = ledger.sample(4, seed=3).audit()
    assert (audit.all.right, audit.all.judged, audit.size) == (3, 4, 4)
    assert audit.by_type == {"CONSULT": audit.all}
    assert audit.by_certainty == {"not assessed": audit.all}
    assert ledger.sample(4, seed=4).snapshot != sample.snapshot


def test_a_judgement_from_another_ledger_begins_no_sample_here(ledger: Ledger, tell: Tell) -> None:
    fill(tell, 0, 2)
    (claim, _) = ledger.sample(2).claims
    ledger.decide(claim.id, "right", reason="sample 2, seed 0, snp_0123456789abcdef")
    assert ledger.sample(2).snapshot == ledger.snapshot.id
    assert ledger.sample(2).audit().all.judged == 1


def test_a_sample_larger_than_the_ledger_is_gone_on_with(ledger: Ledger, tell: Tell) -> None:
    fill(tell, 0, 2)
    sample = ledger.sample(5)
    judge(ledger, sample, "r")
    fill(tell, 2, 4)
    assert ledger.sample(5).claims == sample.claims


def test_a_judgement_can_be_undone(ledger: Ledger, tell: Tell) -> None:
    fill(tell, 0, 2)
    sample = ledger.sample(2)
    made = ledger.decide(sample.claims[0].id, "wrong", reason=sample.label)
    assert ledger.sample(2).audit().all.judged == 1
    ledger.decide(made.id, "undo")
    assert ledger.sample(2).audit().all.judged == 0


def test_bands_are_those_of_certainty() -> None:
    assert [band_of(value) for value in (None, 0.95, 0.8, 0.5, 0.1)] == [
        "not assessed", "established", "likely", "plausible", "doubtful",
    ]  # fmt: skip


def test_a_sample_has_claims(ledger: Ledger) -> None:
    with pytest.raises(UsageError):
        ledger.sample(0)
    assert ledger.sample(5).audit().all.judged == 0
