"""Who does a deed that a noun tells, and to whom: "US aid to Kenya"."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.model import Report, When
from chancery.read import Reader

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize(
    ("text", "kind", "doers", "suffering"),
    [
        (
            "Lawyers in Lima spoke of Norway's aid to Kenya under the Danish programme.",
            "AID", {"NOR"}, {"KEN"},
        ),
        (
            "The Peruvian consul praised the United States' sanctions against Togo and Mali.",
            "SANCTION", {"USA"}, {"TGO", "MLI"},
        ),
        (
            "Farmers in Peru spoke well of US assistance to Ghana before the Togo talks.",
            "AID", {"USA"}, {"GHA"},
        ),
    ],
)  # fmt: skip
def test_a_noun_goes_from_whom_it_belongs_to_to_whom_it_is_given(
    reader: Reader, text: str, kind: str, doers: set[str], suffering: set[str]
) -> None:
    found = reader.read_one(Report(id="rep_0", text=text, published=DAY)).claims
    (claim,) = (c for c in found if c.type == kind)
    assert {(m.actor or "")[:3] for m in claim.actors} == doers
    assert {(m.actor or "")[:3] for m in claim.targets} == suffering


def test_a_state_before_the_noun_alone_settles_nothing(reader: Reader) -> None:
    text = "Police in Ghana investigate the Kenya bombing."
    for claim in reader.read_one(Report(id="rep_0", text=text, published=DAY)).claims:
        assert claim.type != "ASSAULT" or not any(m.actor == "KEN" for m in claim.actors)
