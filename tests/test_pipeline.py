"""The path as a whole: run twice, in other orders and batch sizes, on one process or two."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from chancery import pipeline
from chancery.engines import LocalEngine
from chancery.ingest import ingest
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import Report
from chancery.read import Reader
from chancery.samples import sample_folder


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> Reader:
    return Reader.load("small", lexicon)


def contents(ledger: Ledger) -> bytes:
    """Everything a ledger says, as bytes: what must not depend on order or batches."""
    rows = [*ledger.happenings(), *ledger.claims(), *ledger.statements()]
    rows += [*ledger.reasons(), *ledger.forecasts(), *ledger.states()]
    return b"\n".join([ledger.coverage().snapshot.encode(), *map(msgspec.json.encode, rows)])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon, reader: Reader) -> bytes:
    ledger = Ledger.open(tmp_path_factory.mktemp("plain") / "plain.ledger", lexicon)
    pipeline.run([sample_folder()], ledger, reader)
    return contents(ledger)


def test_the_samples_become_happenings(tmp_path: Path, lexicon: Lexicon, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "sample.ledger", lexicon)
    result = pipeline.run([sample_folder()], ledger, reader)
    assert result.added >= 12
    assert 0 < result.happenings <= result.claims
    assert all((ledger.reasons(), ledger.forecasts(), ledger.states()))
    assert ledger.verify() == []


def test_a_second_run_adds_nothing(
    tmp_path: Path, lexicon: Lexicon, reader: Reader, plain: bytes
) -> None:
    ledger = Ledger.open(tmp_path / "twice.ledger", lexicon)
    first = pipeline.run([sample_folder()], ledger, reader)
    second = pipeline.run([sample_folder()], ledger, reader)
    assert (second.added, second.known, second.read) == (0, first.added, 0)
    assert contents(ledger) == plain


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_batches_change_nothing(
    tmp_path: Path,
    lexicon: Lexicon,
    reader: Reader,
    plain: bytes,
    size: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline.batches, "__defaults__", (size,))
    ledger = Ledger.open(tmp_path / "batches.ledger", lexicon)
    pipeline.run([sample_folder()], ledger, reader)
    assert contents(ledger) == plain


def test_order_changes_nothing(
    tmp_path: Path, lexicon: Lexicon, reader: Reader, plain: bytes
) -> None:
    ledger = Ledger.open(tmp_path / "order.ledger", lexicon)
    for path in sorted(sample_folder().iterdir(), reverse=True):
        pipeline.run([path], ledger, reader)
    assert contents(ledger) == plain


def test_two_processes_change_nothing(
    tmp_path: Path, lexicon: Lexicon, reader: Reader, plain: bytes
) -> None:
    ledger = Ledger.open(tmp_path / "two.ledger", lexicon)
    pipeline.run([sample_folder()], ledger, reader, engine=LocalEngine(2))
    assert contents(ledger) == plain


def test_progress_is_told_while_it_runs(tmp_path: Path, lexicon: Lexicon, reader: Reader) -> None:
    seen: list[tuple[int, int]] = []
    ledger = Ledger.open(tmp_path / "told.ledger", lexicon)
    pipeline.run(
        [sample_folder()], ledger, reader, progress=lambda now: seen.append((now.added, now.read))
    )
    assert seen == sorted(seen)
    assert seen[-1][1] > 0


def test_reading_holds_no_more_than_a_batch(reader: Reader) -> None:
    drawn = 0

    def stream() -> object:
        nonlocal drawn
        for item in ingest(sample_folder()):
            if isinstance(item, Report):
                drawn += 1
                yield item

    readings = pipeline.read_all(stream(), reader, LocalEngine())  # type: ignore[arg-type]
    next(readings)
    assert drawn <= pipeline.BATCH_SIZE
