"""The public interface: what is promised can be reached, and the sketch of the design runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import chancery as ch

REPORT = """10 February 2020

US Secretary of State Mike Pompeo visited Belarus on 1 February 2020.

Belarus expelled the ambassador of the United States in March 2008.
"""


def test_every_public_name_can_be_reached() -> None:
    for name in ch.__all__:
        assert getattr(ch, name) is not None
    assert set(ch.__all__) <= set(dir(ch))


def test_the_public_function_is_not_hidden_by_the_package_of_its_name() -> None:
    import chancery.ingest.text

    assert chancery.ingest.text
    assert callable(ch.ingest)


def test_importing_loads_nothing_heavy() -> None:
    heavy = ["duckdb", "numpy", "onnxruntime", "rich", "click", "lxml"]
    program = f"import sys, chancery; print([name for name in {heavy} if name in sys.modules])"
    command = [sys.executable, "-c", program]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_from_files_to_happenings_with_their_words(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "minsk.txt").write_text(REPORT)

    lexicon = ch.Lexicon.load()
    reader = ch.Reader.load("small", lexicon)
    ledger = ch.Ledger.open(tmp_path / "reports.ledger", lexicon)

    ledger.add(ch.ingest(inbox))
    ledger.record(reader.read(ledger.unread()))
    ledger.reconcile()

    happenings = ledger.happenings(who=["USA", "BLR"], since="2016")
    assert [happening.type for happening in happenings] == ["CONSULT"]
    cites = ledger.cite(happenings[0])
    assert [cite.words in REPORT for cite in cites] == [True]
    assert "visited Belarus" in cites[0].words
