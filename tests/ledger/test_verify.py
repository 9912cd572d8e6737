"""What `verify` notices: each promise of the ledger, broken once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chancery.errors import LedgerDamaged
from chancery.ledger import Ledger
from chancery.ledger.verify import check_claim, check_happening, check_report, check_statement
from chancery.model import Report, Span

Build = Any
Tell = Callable[..., Report]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """A ledger of three reports with nothing wrong; each test breaks a copy of it."""
    path = tmp_path_factory.mktemp("sound") / "test.ledger"
    with Ledger.open(path) as ledger:
        for number in range(3):
            report = build.report(f"{number}\nWashington met Minsk on Monday")
            ledger.add([report])
            ledger.record([build.reading(report, build.claim(report, when="2020-02-10"))])
        assert ledger.verify() == []
    return path


@pytest.fixture
def home(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "test.ledger"))


@pytest.fixture
def ledger(home: Path) -> Iterator[Ledger]:
    with Ledger.open(home) as opened:
        yield opened


def codes(ledger: Ledger) -> set[str]:
    return {problem.code for problem in ledger.verify()}


def first_segment(home: Path, table: str) -> Path:
    return sorted((home / "segments" / table).glob("*.parquet"))[0]


def change_control(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "control.sqlite") as control:
        control.execute(statement)
    control.close()


def test_a_missing_segment(ledger: Ledger, home: Path) -> None:
    first_segment(home, "claims").unlink()
    assert codes(ledger) == {"missing-segment"}
    with pytest.raises(LedgerDamaged):
        list(ledger.claims())


def test_a_changed_segment(ledger: Ledger, home: Path) -> None:
    path = first_segment(home, "reports")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    (problem,) = ledger.verify()
    assert (problem.code, problem.stage) == ("changed-segment", "verify")
    assert path.name in problem.message
    assert problem.hint


@pytest.mark.parametrize("bytes_left", [0, 3, 100])
def test_a_segment_cut_short(ledger: Ledger, home: Path, bytes_left: int) -> None:
    path = first_segment(home, "claims")
    path.write_bytes(path.read_bytes()[:bytes_left])
    assert codes(ledger) == {"changed-segment"}
    with pytest.raises(LedgerDamaged) as raised:
        list(ledger.claims())
    assert "verify" in raised.value.hint


def test_a_control_file_of_other_bytes(ledger: Ledger, home: Path) -> None:
    ledger.close()
    (home / "control.sqlite").write_bytes(b"not a database at all, but some text" * 100)
    with pytest.raises(LedgerDamaged, match="cannot be read"):
        Ledger.open(home)


def test_a_segment_left_out_of_the_manifest(ledger: Ledger, home: Path) -> None:
    change_control(home, "DELETE FROM segments WHERE name LIKE 'readings/00000002-%'")
    assert codes(ledger) == {"content", "stray-rows"}
    change_control(home, "DELETE FROM segments WHERE name LIKE 'claims/00000002-%'")
    assert codes(ledger) == {"content"}


def test_a_manifest_that_counts_wrong(ledger: Ledger, home: Path) -> None:
    change_control(home, "UPDATE segments SET row_count = 7 WHERE table_name = 'claims'")
    assert codes(ledger) == {"row-count"}


def test_a_snapshot_with_another_total(ledger: Ledger, home: Path) -> None:
    change_control(home, "UPDATE snapshots SET id = 'snp_0000000000000000'")
    assert codes(ledger) == {"content"}


def test_full_text_that_lacks_a_report(ledger: Ledger, home: Path) -> None:
    change_control(home, "INSERT INTO report_words (report_words) VALUES ('delete-all')")
    assert codes(ledger) == {"full-text"}
    ledger.rebuild()
    assert ledger.verify() == []
    assert len(ledger.search("Minsk")) == 3


def test_a_decision_changed_behind_our_back(ledger: Ledger, home: Path) -> None:
    ledger.decide(ledger.reports()[0].id, "date 2020", made="2020-01-01T00:00:00+00:00")
    change_control(home, "UPDATE decisions SET verdict = 'date 2021'")
    assert codes(ledger) == {"content", "id"}


def test_happenings_are_derived_again_where_they_were_deleted(ledger: Ledger, home: Path) -> None:
    before = list(ledger.happenings())
    for path in (home / "derived").iterdir():
        path.unlink()
    assert list(ledger.happenings()) == before
    assert ledger.rebuild() == len(before)
    assert list(ledger.happenings()) == before


def test_ids_and_quotations_are_checked(build: Build) -> None:
    report = build.report()
    claim = build.claim(report)
    statement = build.statement(report, "Moscow was not amused")
    assert not [*check_report(report), *check_claim(claim, report)]
    assert not [*check_statement(statement, report)]
    change = msgspec.structs.replace
    beyond = Span(10, len(report.text) + 1)
    faults = [
        (check_report(change(report, text=report.text + "!")), ["id"]),
        (check_report(change(report, published=build.when("1999"))), ["id"]),
        (check_claim(change(claim, frame="visit"), report), ["id"]),
        (check_claim(change(claim, words=beyond), report), ["quotation"]),
        (check_claim(change(claim, words=Span(5, 5)), report), ["quotation"]),
        (check_claim(change(claim, words=Span(-5, 5)), report), ["quotation"]),
        (check_statement(change(statement, content=beyond), report), ["id", "quotation"]),
    ]
    for found, expected in faults:
        assert [problem.code for problem in found] == expected


def test_a_happening_is_led_by_one_of_its_claims(ledger: Ledger, home: Path) -> None:
    happening = ledger.happenings()[0]
    assert not list(check_happening(happening))
    stranger = msgspec.structs.replace(happening, lead="clm_0")
    assert [problem.code for problem in check_happening(stranger)] == ["lead"]


def test_many_faults_of_a_kind_are_counted(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    claims = []
    for number in range(120):
        claim = build.claim(report, when="2020", actors=f"A{number}")
        claims.append(msgspec.structs.replace(claim, words=Span(0, 10_000)))
    ledger.record([build.reading(report, *claims)])
    problems = ledger.verify()
    assert len(problems) == 101
    assert problems[-1].message == "… and 20 more"
