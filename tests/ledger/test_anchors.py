"""How a decision's claims are found again after re-reading."""

from __future__ import annotations

from typing import Any

from chancery.ledger.anchors import Finder, make_anchor

Build = Any


def test_an_id_that_is_still_there_is_found(build: Build) -> None:
    claim = build.claim(build.report())
    anchor = make_anchor(claim)
    assert (anchor.claim, anchor.frame, anchor.trigger) == (claim.id, "meet", claim.trigger)
    assert Finder([claim]).find(claim.id, []) == claim.id


def test_a_claim_with_another_id_is_found_by_its_trigger(build: Build) -> None:
    report = build.report()
    old = build.claim(report)
    again = build.claim(report, "accuse", trigger="met Minsk")
    assert again.id != old.id
    assert Finder([again]).find(old.id, [make_anchor(old)]) == again.id
    assert Finder([again]).find(old.id, []) is None


def test_the_same_frame_comes_before_the_greater_overlap(build: Build) -> None:
    report = build.report()
    old = build.claim(report, "visit", trigger="met Minsk")
    same = build.claim(report, "visit", trigger="met")
    wider = build.claim(report, "accuse", trigger="met Minsk on")
    narrow = build.claim(report, "meet", trigger="Minsk")
    anchors = [make_anchor(old)]
    assert Finder([wider, same, narrow]).find(old.id, anchors) == same.id
    assert Finder([narrow, wider]).find(old.id, anchors) == wider.id


def test_elsewhere_nothing_is_found(build: Build) -> None:
    old = build.claim(build.report())
    beside = build.claim(build.report(), trigger="Monday")
    other = build.claim(build.report("Other\nWashington met Minsk on Monday."))
    assert Finder([beside, other]).find(old.id, [make_anchor(old)]) is None


def test_a_forecast_is_only_ever_a_forecast(build: Build) -> None:
    report = build.report()
    old = build.forecast(report, "met Minsk on")
    claim, again = build.claim(report), build.forecast(report, "met Minsk")
    anchors = [make_anchor(old)]
    assert Finder([claim]).find(old.id, anchors) is None
    assert Finder([claim], [again]).find(old.id, anchors) == again.id
    assert Finder([], [again]).find(claim.id, [make_anchor(claim)]) is None
