"""Certainty can be believed: its error out of fold does not rise, and its bands keep their word."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Adapter = Callable[[str], ModuleType]
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["certainty"]

needs_gold = pytest.mark.skipif(
    not (ROOT.parent / "shared" / "gold" / "articles").is_dir(),
    reason="the gold is not beside this repository",
)


@needs_gold
def test_certainty_is_calibrated_out_of_fold(adapter: Adapter) -> None:
    certainty = adapter("certainty")
    found = list(certainty.cases())
    judged = certainty.judge(found)
    assert len(judged) >= FLOORS["happenings"] * 0.95
    assert certainty.brier(judged) <= FLOORS["most_brier"]
    several = [case for case in found if case.tellings > 1]
    assert certainty.brier(certainty.judge(several, found)) <= FLOORS["most_brier_of_several"]
    for said, was, count in certainty.by_tenths(judged):
        if count >= FLOORS["least_of_a_tenth"]:
            assert abs(said - was) <= FLOORS["furthest_off"]


@needs_gold
def test_another_telling_never_lowers_it(adapter: Adapter) -> None:
    certainty = adapter("certainty")
    assert certainty.fit(list(certainty.cases())) >= 0


@needs_gold
def test_the_weight_the_tables_and_the_plot_are_those_of_the_script() -> None:
    command = [sys.executable, ROOT / "training" / "certainty" / "fit_certainty.py", "--check"]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout
