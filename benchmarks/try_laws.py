"""Try the laws of happenings and decisions on many made-up small ledgers, and say how many held.

    python benchmarks/try_laws.py [--cases 10000] [--seed 7] [--markdown]

Each law is a test of `tests/ledger` that hypothesis feeds with small worlds of claims, kept in
memory: 10,000 cases of each take a quarter of an hour of one core. The same laws are tried on whole
ledgers on disk with a sixteenth of the cases (`make laws`). Exits 1 where one fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
LAWS: Final[tuple[tuple[str, str, str], ...]] = (
    ("order-blind", "laws", "reconciling_is_blind_to_order"),
    ("order-blind, with decisions", "decisions_laws", "settling_is_blind_to_order"),
    ("batch-blind", "increments", "working_out_what_changed_gives_what_working_out_all_gives"),
    ("idempotent", "increments", "what_is_taken_in_again_changes_nothing"),
    ("a copy adds no origin", "laws", "a_copy_adds_a_report_but_no_happening_and_no_origin"),
    (
        "a pair decided different never shares a happening",
        "decisions_laws",
        "what_is_decided_different_never_shares_a_happening",
    ),
    (
        "undo restores byte-identical exports",
        "decisions_laws",
        "an_undo_restores_the_exports_byte_for_byte",
    ),
    (
        "undone and taken again is the first",
        "decisions_laws",
        "accept_undo_accept_is_the_first_accept",
    ),
    ("no decision is lost by re-reading", "decisions_laws", "no_decision_is_lost_by_reading_again"),
    ("preview = after", "increments", "what_a_decision_touches_is_all_that_it_changes"),
)  # fmt: skip
"""Law, file of `tests/ledger`, test."""


def try_law(file: str, test: str, cases: int, seed: int) -> tuple[bool, float]:
    """Run one law in a process of its own; return whether it held, and the seconds it took."""
    began = time.monotonic()
    name = f"tests/ledger/test_{file}.py::test_{test}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", name, "-q", "-p", "no:cacheprovider",
         f"--hypothesis-seed={seed}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "HYPOTHESIS_PROFILE": "laws", "CHANCERY_LAW_CASES": str(cases)},
    )  # fmt: skip
    if done.returncode:
        print(done.stdout[-4000:], file=sys.stderr)
    return done.returncode == 0, time.monotonic() - began


def main() -> None:
    """Try every law and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--markdown", action="store_true")
    asked = parser.parse_args()
    form = "| {} | {} | {} | {:.0f} |" if asked.markdown else "{:<52} {:>7} {:<6} {:>6.0f} s"
    broken = 0
    for law, file, test in LAWS:
        held, seconds = try_law(file, test, asked.cases, asked.seed)
        broken += not held
        print(form.format(law, asked.cases, "held" if held else "BROKEN", seconds), flush=True)
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()
