"""docs/relations.md: its worked examples are run, and give what the page shows."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "relations.md"


def test_the_worked_examples_hold() -> None:
    pytest.importorskip("statsmodels")
    words = PAGE.read_text(encoding="utf-8").replace("\n```\n", "\n\n")
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    found = doctest.DocTestParser().get_doctest(words, {}, "relations.md", str(PAGE), 0)
    results = runner.run(found)
    assert results.attempted > 20
    assert results.failed == 0
