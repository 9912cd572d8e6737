"""Which words of a deed's sides the tree allows, read in sentences that stand alone."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.model import Mention, Report, Span, When
from chancery.read import Reader
from chancery.read.sides import Roles
from chancery.read.tree_sides import without_home, without_own_state

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def told(reader: Reader, text: str) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    report = Report(id="rep_0", text=text, published=DAY)
    return {
        (
            claim.type,
            tuple(sorted(m.actor for m in claim.actors if m.actor)),
            tuple(sorted(m.actor for m in claim.targets if m.actor)),
        )
        for claim in reader.read_one(report).claims
    }


def party(actor: str, at: int) -> Mention:
    return Mention(span=Span(at, at + 1), actor=actor, score=1.0)


def test_only_the_subject_agrees_and_whom_with_brings_in(reader: Reader) -> None:
    lent = told(reader, "Norway agreed on Monday to provide 70 million dollars of aid for Kenya.")
    assert {targets for _, _, targets in lent} == {("KEN",)}
    both = told(reader, "Norway agreed with Kenya on new fishing rules.")
    assert ("AGREE", ("KEN", "NOR"), ()) in both


def test_who_must_do_it_is_asked_and_nobody_else(reader: Reader) -> None:
    text = "The Kenyan president said that Norway must mediate between Mali and Niger."
    assert {targets for kind, _, targets in told(reader, text) if kind == "REQUEST"} == {("NOR",)}


def test_who_offers_is_refused_and_not_whom_the_offer_is_about(reader: Reader) -> None:
    text = "Kenya rejected a Norwegian offer to host talks that would reconcile Mali and Niger."
    assert told(reader, text) == {("REJECT", ("KEN",), ("NOR",))}


def test_a_promise_about_the_own_state_is_made_to_nobody() -> None:
    assert without_own_state((party("KEN.GOV", 0),), (party("KEN", 5),)) == ()
    kept = (party("KEN.OPP", 5),)
    assert without_own_state((party("KEN.GOV", 0),), kept) == kept


def test_the_own_state_beside_others_is_a_place() -> None:
    roles = Roles((party("KEN", 0),), (party("KEN", 5), party("MLI.CVL", 9)), 1, 0)
    assert [m.actor for m in without_home(roles).targets] == ["MLI.CVL"]
    alone = Roles((party("KEN", 0),), (party("KEN", 5),), 1, 0)
    assert without_home(alone) is alone


def test_a_government_that_thanks_a_state_is_of_another(reader: Reader) -> None:
    text = "Two ships left Mombasa, in Kenya. The ministry thanked Turkey for its field hospital."
    actors = {code for _, actors, _ in told(reader, text) for code in actors}
    assert "TUR.GOV" not in actors


@pytest.mark.parametrize(
    "text",
    [
        "There were twelve Kenyan soldiers killed in Somalia on Sunday.",
        "There were three Kenyan engineers kidnapped in northern Mali this year.",
    ],
)
def test_whom_a_bare_participle_is_about_has_not_done_it(reader: Reader, text: str) -> None:
    for _, actors, targets in told(reader, text):
        assert not any(code.startswith("KEN") for code in actors)
        assert any(code.startswith("KEN") for code in targets)


def test_neither_a_scene_nor_a_spokesman_has_done_what_a_passive_leaves_unsaid(
    reader: Reader,
) -> None:
    text = (
        "Marchers filled the streets of the Kenyan capital on Monday. Eleven of the marchers were "
        "arrested, a Kenyan union spokesman said. Six Norwegian engineers were killed in Mali."
    )
    for _, actors, targets in told(reader, text):
        assert "KEN.LAB" not in actors or "NOR" not in targets
        assert "MLI" not in actors


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Peru recalled its ambassador after the Chilean navy had seized a trawler.", "CHL"),
        ("Peru recalled its ambassador from Kenya on Monday.", "KEN"),
        ("Peru expelled the Kenyan ambassador on Monday.", "KEN"),
    ],
)
def test_an_envoy_is_recalled_against_the_state_he_was_sent_to(
    reader: Reader, text: str, state: str
) -> None:
    breaks = [targets for kind, _, targets in told(reader, text) if kind == "SANCTION"]
    assert breaks
    assert {code.split(".")[0] for targets in breaks for code in targets} == {state}
