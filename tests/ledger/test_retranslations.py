"""Which reports are one text that was translated and translated back."""

from __future__ import annotations

import base64
from functools import partial
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.ledger import Ledger
from chancery.ledger.origins import find_ties
from chancery.ledger.policy import load_policy
from chancery.ledger.retranslations import (
    SIZE,
    Likeness,
    Signed,
    align,
    compare,
    count_in_order,
    is_retranslation,
    sound_alike,
    tie_of,
)
from chancery.model import Signature

Build = Any
LIMITS = load_policy().retranslations


def meanings(*seeds: int, noise: float = 0.0) -> str:
    """Make meanings of sentences: the same seed means the same, but for some noise."""
    rows = []
    for seed in seeds:
        made = np.random.default_rng(seed).standard_normal(SIZE)
        made += noise * np.random.default_rng(seed + 1000).standard_normal(SIZE)
        rows.append(np.rint(made / np.linalg.norm(made) * 256))
    return base64.b64encode(np.clip(rows, -127, 127).astype(np.int8).tobytes()).decode()


MARKS = ("torrico", "#87000000", "quillca", "desaguadero", "#40", "juliaca", "#1200", "peru")
AGAIN = ("torriko", "#87000000", "kilka", "desaguadero", "#40", "juliaka", "#1200", "peru")
ONE = Signed("rep_1", MARKS, meanings(1, 2, 3, 4, 5))


def signed(
    marks: tuple[str, ...] = AGAIN, text: str = meanings(1, 2, 3, 4, 5, noise=0.8)
) -> Signed:
    return Signed("rep_2", marks, text)


def test_names_in_another_spelling_numbers_and_order_make_a_copy() -> None:
    tie = tie_of(ONE, signed(), LIMITS)
    assert tie is not None
    assert (tie.first, tie.second, tie.kind, tie.part) == (
        "rep_1",
        "rep_2",
        "retranslation",
        "rep_1",
    )
    assert "8 of 8 names and numbers, 8 of them in the same order" in tie.reason


def test_other_numbers_are_of_another_thing() -> None:
    other = tuple(mark.replace("#", "#3") for mark in AGAIN)
    assert tie_of(ONE, signed(other), LIMITS) is None


def test_other_sentences_are_of_another_thing() -> None:
    assert tie_of(ONE, signed(text=meanings(11, 12, 13, 14, 15)), LIMITS) is None
    assert tie_of(ONE, signed(text=""), LIMITS) is None


def test_other_names_are_of_another_thing() -> None:
    other = ("brekke", "#87000000", "holmby", "alder", "#40", "sigrid", "#1200", "norland")
    assert tie_of(ONE, signed(other), LIMITS) is None


@pytest.mark.parametrize(
    ("fields", "copy"),
    [
        ({}, True),
        ({"numbers": 0.5}, False),
        ({"numbers": 0.0, "number_count": 1}, True),
        ({"number_count": 0, "sentences": 0.4}, False),
        ({"number_count": 0, "in_order": 8}, False),
        ({"shared": 5}, False),
        ({"names": 0.5}, False),
    ],
)
def test_numbers_tell_best_and_without_them_more_is_asked(
    fields: dict[str, Any], copy: bool
) -> None:
    likeness = Likeness(
        sentences=0.7, count=20, shared=16, in_order=15, names=0.8, numbers=0.9, number_count=5
    )
    assert is_retranslation(msgspec.structs.replace(likeness, **fields), LIMITS) == copy


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("lukashenko", "loekasjenko", True),
        ("quillca", "kilka", True),
        ("torrico", "torriko", True),
        ("brekke", "holmby", False),
        ("smith", "brown", False),
    ],
)
def test_names_sound_alike_in_another_spelling(one: str, other: str, alike: bool) -> None:
    assert sound_alike(one, other) == sound_alike(other, one) == alike


def test_sentences_match_in_order_only() -> None:
    straight = align(ONE.sentences, signed().sentences, LIMITS)
    turned = align(ONE.sentences, signed(text=meanings(5, 4, 3, 2, 1, noise=0.8)).sentences, LIMITS)
    assert straight > 0.5 > turned
    part = Signed("rep_3", MARKS, meanings(2, 3))
    assert align(ONE.sentences, part.sentences, LIMITS) == pytest.approx(1, abs=0.01)


places = st.lists(st.integers(0, 9), unique=True, max_size=7)


@given(places)
def test_the_longest_part_in_order_is_found(found: list[int]) -> None:
    longest = 0
    for chosen in range(1 << len(found)):
        part = [place for at, place in enumerate(found) if chosen >> at & 1]
        if part == sorted(part):
            longest = max(longest, len(part))
    assert count_in_order(found) == longest


@given(st.permutations(MARKS), st.permutations(AGAIN))
def test_comparing_has_no_direction(one: list[str], other: list[str]) -> None:
    first, second = Signed("a", tuple(one), ""), Signed("b", tuple(other), "")
    assert compare(first, second, 0.5) == compare(second, first, 0.5)


def test_the_ledger_finds_a_retranslated_copy_of_another_outlet(
    build: Build, ledger: Ledger
) -> None:
    reports = [
        build.report(f"Title {n}\nWords of its own, number {n}.", source=source, published=day)
        for n, (source, day) in enumerate(
            [("A", "2020-02-10"), ("B", "2020-02-11"), ("A", "2020-02-12"), ("B", "2021-01-01")]
        )
    ]
    ledger.add(reports)
    for number, report in enumerate(reports):
        signature = Signature(
            marks=AGAIN if number else MARKS,
            keys=("dlg", "#87000000", "#40"),
            meanings=meanings(1, 2, 3, 4, 5, noise=0.8 * bool(number)),
        )
        ledger.record([build.reading(report, signature=signature)])
    fetch = partial(ledger._shelf.fetch, ledger._pin)
    ties = find_ties(fetch, load_policy())
    pairs = {tuple(sorted((reports[0].id, reports[1].id))), tuple(
        sorted((reports[1].id, reports[2].id)))}  # fmt: skip
    assert {(tie.first, tie.second) for tie in ties} == pairs
    assert {tie.kind for tie in ties} == {"retranslation"}
    assert find_ties(fetch, load_policy(), [reports[3].id]) == []
    ledger.reconcile()
    assert ledger.verify() == []
