"""`chancery import` and `chancery layers`: what is told, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chancery.cli.importing import EXAMPLE_FILES
from chancery.relations.formats import formats

DATA = Path(__file__).resolve().parents[1] / "relations" / "data"
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "test.ledger"


def test_every_format_has_a_command() -> None:
    assert set(EXAMPLE_FILES) == set(formats())


def test_import_makes_a_layer_and_tells_it(chancery: Call, ledger: Path) -> None:
    file = DATA / "synthetic_icews_without_codes.tab"
    code, out, _ = chancery("import", "icews", file, "-L", ledger, "--table")
    assert code == 0
    assert "icews: 2 rows of 3 lines (icews) · 2017-03-17 … 2017-03-18 · 0 rejected" in out
    code, out, err = chancery("import", "icews", file, "-L", ledger)
    assert code == 0
    assert json.loads(out)["skipped"] == ["synthetic_icews_without_codes.tab"]
    assert "known" in err


def test_rejected_rows_give_three_and_name_their_lines(chancery: Call, ledger: Path) -> None:
    file = DATA / "synthetic_gdelt1_daily.export.CSV"
    code, out, err = chancery("import", "gdelt", file, "--name", "g", "-L", ledger, "--table")
    assert code == 3
    assert "left out: 1 × too few columns (line 3)" in out
    assert "synthetic_gdelt1_daily.export.CSV:3: 1 row left out: too few columns" in err


def test_strata_and_weights(chancery: Call, ledger: Path) -> None:
    file = DATA / "synthetic_icews_facts.tsv"
    code, out, _ = chancery(
        "import", "icews", file, "--name", "facts", "--stratum-column", "part",
        "--weight", "thin=5", "-L", ledger, "--table",
    )  # fmt: skip
    assert code == 3
    assert "strata: thin 2 × 5, whole 3 × 1" in out
    code, _, err = chancery("import", "icews", file, "--weight", "thin", "-L", ledger)
    assert code == 2
    assert "--weight" in err


def test_mapped_table(chancery: Call, ledger: Path) -> None:
    mapping = "day=date,actor=who,target=whom,type=what,intensity=score"
    file = DATA / "synthetic_mapped.csv"
    code, out, _ = chancery("import", "csv", file, "--map", mapping, "-L", ledger)
    assert code == 3
    assert json.loads(out)["rows"] == 3
    code, _, err = chancery("import", "csv", file, "--map", "day=date", "-L", ledger, "--name", "b")
    assert code == 2
    assert "must give day and actor" in err


def test_layers_are_listed_shown_and_removed(
    chancery: Call, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chancery("import", "cow-mid", DATA / "synthetic_cow_mid.csv", "-L", ledger)
    code, out, _ = chancery("layers", "-L", ledger, "--csv")
    assert code == 0
    assert "cow-mid,cow-mid,1,8,6,1" in out
    code, out, _ = chancery("layers", "show", "cow-mid", "-L", ledger, "--json")
    assert json.loads(out)["rows"][0]["files"][0]["layout"] == "COW MID participants"
    code, out, _ = chancery("layers", "show", "cow-mid", "-L", ledger, "--table")
    assert "synthetic_cow_mid.csv: COW MID participants, 6 rows of 8 lines" in out
    assert chancery("layers", "remove", "cow-mid", "--yes", "-L", ledger)[0] == 0
    code, out, err = chancery("layers", "-L", ledger, "--table")
    assert code == 0
    assert "no layers" in out + err


def test_a_layer_is_no_part_of_the_ledger(chancery: Call, ledger: Path) -> None:
    chancery("import", "gdelt", DATA / "synthetic_gdelt2.export.CSV", "-L", ledger)
    code, out, _ = chancery("sql", "SELECT count(*) AS n FROM happenings", "-L", ledger)
    assert (code, json.loads(out)["n"]) == (0, 0)
    assert chancery("verify", "-L", ledger)[0] == 0
