"""What is odd about a report, through whom words came, who unnamed voices are: as it is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.cli import exits
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.pipeline import run
from chancery.read import Reader

Chancery = Callable[..., Any]

TEXT = """10 February 2020

A State Department official said that Mitchell told them Belarus expelled ten American diplomats.

Two congressmen said that Turkey had lied. The Hill aides, who were not authorised to speak, wept.

President Poetin said no. The Hill aides said that voters had gone to the ballot.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("inbox") / "report.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture(scope="module")
def ledger(report: Path) -> Path:
    path = report.parent / "a.ledger"
    with Ledger.open(path, Lexicon.load()) as opened:
        run([report], opened, Reader.load())
    return path


def rows_of(answer: Any) -> list[dict[str, Any]]:
    assert answer.code == exits.OK, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


def test_a_report_shows_what_is_odd_and_why(chancery: Chancery, ledger: Path) -> None:
    [name] = [row["id"] for row in rows_of(chancery("sql", "SELECT id FROM reports", "-L", ledger))]
    out = chancery("report", name, "-L", ledger, "--table").out
    assert "⚠ reads as translation" in out.splitlines()[1]
    assert "¶4 “Poetin”: Putin spelt as in Dutch" in out
    assert "context election: “voters”, “ballot”" in out
    assert "one source? “Two congressmen” and “The Hill aides”" in out
    [row] = rows_of(chancery("report", name, "-L", ledger))
    assert row["traits"] == ["reads as translation"]
    assert row["traits_found"][0]["evidence"][0]["reason"] == "Putin spelt as in Dutch"
    assert [one["name"] for one in row["contexts"]] == ["election"]
    assert len(row["same_sources"]) == 1


def test_statements_name_all_voices(chancery: Chancery, ledger: Path) -> None:
    out = chancery("statements", "-L", ledger, "--table", "-q").out
    assert "through “A State Department official” ← “Mitchell”" in out
    assert "described as one · State Department" in out
    first = rows_of(chancery("statements", "-L", ledger))[0]
    assert first["chain"] == "“A State Department official” ← “Mitchell”"
    assert first["voice"]["chain"][0]["kind"] == "told"
    assert first["facets"]["number"] == "one"


def test_claims_do_too(chancery: Chancery, ledger: Path) -> None:
    [claim] = rows_of(chancery("claims", "-L", ledger, "--what", "expel-diplomats"))
    assert [one["kind"] for one in claim["voice"]["chain"]] == ["told"]


def test_voices_that_may_be_one_are_listed_and_not_joined(chancery: Chancery, ledger: Path) -> None:
    [row] = rows_of(chancery("statements", "--same-sources", "-L", ledger))
    assert (row["first_words"], row["second_words"]) == ("Two congressmen", "The Hill aides")
    assert "legislature" in row["reason"]
    assert "legislature" in chancery("statements", "--same-sources", "-L", ledger, "--csv").out


def test_coding_writes_them_beside_the_old_fields(chancery: Chancery, report: Path) -> None:
    first, *others = rows_of(chancery("code", "--what", "statements", report))
    assert first["speaker"]["text"] == "A State Department official"
    [link] = first["chain"]
    assert (link["outer"]["text"], link["inner"]["text"]) == (first["speaker"]["text"], "Mitchell")
    assert first["facets"]["institution"] == "State Department"
    assert "chain" not in others[-1]
    [claim] = rows_of(chancery("code", report))[:1]
    assert claim["voice"]["chain"] == first["chain"]


@pytest.mark.parametrize(
    ("what", "field", "value"),
    [
        ("traits", "trait", "reads as translation"),
        ("contexts", "context", "election"),
        ("same-sources", "reason", None),
    ],
)
def test_coding_what_is_said_of_a_report(
    chancery: Chancery, report: Path, what: str, field: str, value: str | None
) -> None:
    [row] = rows_of(chancery("code", "--what", what, report))
    assert value is None or row[field] == value


def test_both_event_formats_have_the_contexts(chancery: Chancery, ledger: Path) -> None:
    lines = chancery("export", "polecat", "-L", ledger).out.splitlines()
    place = lines[0].split("\t").index("Contexts")
    assert "diplomatic" in {line.split("\t")[place] for line in lines[1:]}
    events = [json.loads(line) for line in
              chancery("export", "plover-json", "-L", ledger).out.splitlines()]  # fmt: skip
    assert ["diplomatic"] in [event["context"] for event in events]
