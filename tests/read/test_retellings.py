"""Tests of which claims of a sentence only speak of what a surer one tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from chancery.model import Claim, Mention, Span, When
from chancery.read.retellings import surest_in_sentence

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="published")
MONDAY = When(first=date(2020, 1, 6), last=date(2020, 1, 6), basis="stated")


def claim_at(text: str, word: str, actors: str, targets: str, score: float, **more: Any) -> Claim:
    """Make a claim told by a word, with the codes of both sides, maybe with names: `KEN/Otieno`."""
    start = text.index(word)
    made = Claim(
        id=f"clm_{word}", report="rep_0", frame="back", type="SUPPORT", words=Span(0, len(text)),
        trigger=Span(start, start + len(word)), when=DAY, score=score,
        actors=_side(actors), targets=_side(targets),
    )  # fmt: skip
    return msgspec.structs.replace(made, **more)


def _side(codes: str) -> tuple[Mention, ...]:
    parts = [code.partition("/") for code in codes.split()]
    return tuple(
        Mention(span=Span(n, n + 1), actor=code, name=name or None, score=1.0)
        for n, (code, _, name) in enumerate(parts)
    )


def kept(text: str, claims: list[Claim], beside: str) -> list[str]:
    """Return the words that still tell a claim; those `beside` are nouns or end in "-ing"."""
    sentences = {claim.id: 0 for claim in claims}
    nouns = {f"clm_{word}" for word in beside.split()}
    found = surest_in_sentence(text, sentences, nouns, claims)
    return [claim.trigger.of(text) for claim in found]


BLOCKED = "Kenyan miners closed the road, blocking the Ghanaian lorries."


@pytest.mark.parametrize(
    ("actors", "targets", "score", "more", "beside", "stays"),
    [
        ("KEN", "GHA", 0.5, {}, "blocking", False),
        ("KEN", "", 0.5, {}, "blocking", False),
        # A full verb is a deed for itself; so is what is surer, of another kind, day or party.
        ("KEN", "GHA", 0.5, {}, "", True),
        ("KEN", "GHA", 0.9, {}, "blocking", True),
        ("KEN", "GHA", 0.5, {"type": "COERCE"}, "blocking", True),
        ("KEN", "GHA", 0.5, {"standing": "planned"}, "blocking", True),
        ("KEN", "GHA", 0.5, {"when": MONDAY}, "blocking", True),
        ("KEN UGA", "GHA", 0.5, {}, "blocking", True),
        ("KEN/Jane Otieno", "GHA", 0.5, {}, "blocking", True),
    ],
)
def test_what_a_sentence_says_beside_a_surer_deed(
    actors: str, targets: str, score: float, more: dict[str, Any], beside: str, stays: bool
) -> None:
    first = claim_at(BLOCKED, "closed", "KEN/Paul Mwangi", "GHA", 0.7)
    again = claim_at(BLOCKED, "blocking", actors, targets, score, **more)
    assert ("blocking" in kept(BLOCKED, [first, again], beside)) == stays


@pytest.mark.parametrize(("kind", "stays"), [("CONSULT", False), ("SUPPORT", True)])
def test_who_takes_part_may_stand_on_either_side(kind: str, stays: bool) -> None:
    text = "The Kenyan president will host the Ghanaian minister for a meeting."
    host = claim_at(text, "host", "KEN.GOV", "GHA.GOV", 0.9, type=kind)
    meeting = claim_at(text, "meeting", "GHA.GOV", "", 0.7, type=kind)
    assert ("meeting" in kept(text, [host, meeting], "meeting")) == stays


@pytest.mark.parametrize(
    ("text", "verb", "deed", "targets", "stays"),
    [
        ("Kenya plans to lend Ghana ten lorries.", "plans", "lend", "GHA", False),
        ("Kenya intends to swiftly lend Ghana ten lorries.", "intends", "lend", "GHA", False),
        # Who promises has done that; plans of something else or with others are no less.
        ("Kenya promised to lend Ghana ten lorries.", "promised", "lend", "GHA", True),
        ("Kenya plans a road and will lend Ghana lorries.", "plans", "lend", "GHA", True),
        ("Kenya plans to lend lorries with Uganda.", "plans", "lend", "UGA", True),
    ],
)
def test_a_plan_is_told_by_what_is_planned(
    text: str, verb: str, deed: str, targets: str, stays: bool
) -> None:
    plan = claim_at(text, verb, "KEN", targets, 0.9, type="AGREE")
    lent = claim_at(text, deed, "KEN", "GHA", 0.5, type="AID", standing="planned")
    assert (verb in kept(text, [plan, lent], "")) == stays


def test_sentences_are_apart() -> None:
    first = claim_at(BLOCKED, "closed", "KEN", "GHA", 0.7)
    again = claim_at(BLOCKED, "blocking", "KEN", "GHA", 0.5)
    sentences = {first.id: 0, again.id: 10}
    found = surest_in_sentence(BLOCKED, sentences, {again.id}, [first, again])
    assert found == [first, again]
