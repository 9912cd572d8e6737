"""Golden cases: a short report, `---`, the claim lines. `CHANCERY_ACCEPT=1` rewrites them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from chancery.model import Report, When
from chancery.read import Reader

CASES = sorted((Path(__file__).resolve().parents[1] / "cases").glob("*.txt"))
DIVIDER = "\n---\n"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def lines_of(reader: Reader, text: str) -> list[str]:
    """Read a case: its first line is the day, the second the title, the rest the body."""
    day, _, words = text.partition("\n")
    published = date.fromisoformat(day)
    report = Report(
        id="rep_0",
        text=words,
        title=words.partition("\n")[0],
        published=When(first=published, last=published, basis="stated"),
    )
    return [str(claim) for claim in reader.read_one(report).claims]


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case(reader: Reader, path: Path) -> None:
    text, _, expected = path.read_text("utf-8").partition(DIVIDER)
    lines = lines_of(reader, text)
    if os.environ.get("CHANCERY_ACCEPT"):
        path.write_text(text + DIVIDER + "\n".join(lines) + "\n", "utf-8")
        return
    assert lines == [line for line in expected.split("\n") if line]
