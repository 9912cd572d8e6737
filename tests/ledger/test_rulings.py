"""What names and rules are looked up for: never fewer claims than they hold for."""

from __future__ import annotations

from typing import Any

import pytest

from chancery.ledger import Ledger
from chancery.ledger.rules import fold

SPELLINGS = (
    "Foreign  Ministry", "FOREIGN MINISTRY", "foreign\u00a0ministry", "Foreign\tministry",
    "Łukašenka", "Lukašenka", "Lukasenka", "LUKASENKA", "Straße", "STRASSE", "ﬁnance chief",
    "finance chief", "Xi’s man", "Xi's man", "“Belarus”", "Ｂelarus", "Belarus", "Élysée",
    "e\u0301lyse\u0301e", "elysee", "a…b", "a...b", "Ministry\x0bof war", "İstanbul", "istanbul",
)  # fmt: skip


def test_a_name_is_met_however_it_is_spelt(ledger: Ledger, build: Any, tell: Any) -> None:
    claims = {}
    for number, words in enumerate(SPELLINGS):
        report = tell(f"Title {number}\nSo {words} met them.", words=words)
        claims[ledger.claims(report=report.id)[0].id] = words
    for name in dict.fromkeys(fold(one) for one in SPELLINGS):
        made = ledger.decide(f"name:{name}", "is RUS")
        held = {id_ for id_, words in claims.items() if fold(words) == name}
        assert ledger.settled().changed.keys() == held
        ledger.decide("", "undo", undoes=made.id)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("frame=MEET", True), ("type=consult", True), ("mode=visit", False), ("actor=usa", True),
        ("actor=us", False), ("actor=USA.GOV", False), ("target=BLR frame=meet", True),
        ("standing=happened words~washington", True), ("voice=own", True), ("frame~ee", True),
        ('trigger="MET"', True), ("report=rep_0", False),
    ],
)  # fmt: skip
def test_a_rule_finds_all_that_it_holds_for(
    ledger: Ledger, tell: Any, rule: str, holds: bool
) -> None:
    report = tell()
    ids = [one.id for one in ledger.claims(report=report.id)]
    assert [one.id for one in ledger.matching(rule)] == (ids if holds else [])
    ledger.decide(f"rule:{rule}", "reject")
    assert ledger.settled().rejected == frozenset(ids if holds else [])
