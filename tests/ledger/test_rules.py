"""Rules: which claims a row of conditions holds for, and what is no rule."""

from __future__ import annotations

from typing import Any

import pytest

from chancery.errors import UsageError
from chancery.ledger.rules import Origin, find_matches, fold, matches, parse_rule
from chancery.model import Voice

Build = Any


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("frame=meet", True),
        ("frame=visit", False),
        ("type=consult", True),
        ("type=CONSULT mode=visit", False),
        ('trigger="MET"', True),
        ("trigger~e", True),
        ("trigger=me", False),
        ('words~"minsk  ON"', True),
        ("words=minsk", False),
        ("actor=USA", True),
        ("actor=USA.GOV", True),
        ("actor=US", False),
        ("target=BLR actor=USA", True),
        ("target=USA", False),
        ('source="baltic courier"', True),
        ("source~baltic", True),
        ("source=Baltic", False),
        ("standing=happened", True),
        ("voice=anonymous", True),
        ("voice=BLR", True),
        ("report=rep_0000000000000000", False),
    ],
)
def test_what_a_rule_holds_for(build: Build, rule: str, holds: bool) -> None:
    report = build.report()
    claim = build.claim(report, actors="USA.GOV", voice=Voice(kind="anonymous", actor="BLR.GOV"))
    origin = Origin(report.id, report.source)
    assert matches(parse_rule(rule), claim, lambda _, span: span.of(report.text), origin) == holds


def test_what_a_rule_would_match_is_listed_by_id(build: Build) -> None:
    report = build.report()
    claims = [build.claim(report, frame) for frame in ("meet", "visit", "accuse")]
    found = find_matches(
        parse_rule("type=CONSULT"), claims, lambda _, span: span.of(report.text), {}
    )
    assert [one.id for one in found] == sorted(one.id for one in claims[:2])


@pytest.mark.parametrize(
    "words",
    ["", "  ", "frame", "frame=", 'frame=""', "fame=meet", "frame=meet,visit=3 x", 'frame="meet',
     'frame="meet"x', "frame!meet", " ".join(["frame=meet"] * 21)],
)  # fmt: skip
def test_what_is_no_rule_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        parse_rule(words)


def test_names_are_folded() -> None:
    assert fold("  Łukašenko\n ALEXANDER ") == fold("łukasenko alexander")
    assert fold("Straße") == fold("STRASSE")
