"""Several processes and one ledger: the lease, pinned readers, killed writers, compaction."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from chancery.errors import LedgerLocked
from chancery.ledger import Ledger
from chancery.ledger.write import MOST_SMALL_SEGMENTS
from chancery.model import Report

Build = Any
Tell = Callable[..., Report]
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"

HOLD = """
import sys
from chancery.ledger import Ledger
with Ledger.open(sys.argv[1]) as ledger, ledger.writing():
    print("held", flush=True)
    sys.stdin.read()
"""
LOOK = """
import sys
from chancery.ledger import Ledger
ledger = Ledger.open(sys.argv[1], create=False)
for line in sys.stdin:
    if line.strip() == "refresh":
        ledger.refresh()
    rows = [row.id for row in ledger.happenings()] + [row.id for row in ledger.claims()]
    cites = [cite.words for cite in ledger.cite(ledger.happenings())]
    print(ledger.snapshot.id, len(ledger.search("Minsk")), len(cites), *rows, flush=True)
"""


@contextmanager
def process(code: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def ask(child: subprocess.Popen[str], line: str) -> list[str]:
    assert child.stdin
    assert child.stdout
    child.stdin.write(line + "\n")
    child.stdin.flush()
    return child.stdout.readline().split()


def test_the_lease_names_its_holder_and_dies_with_it(ledger: Ledger, build: Build) -> None:
    with process(HOLD, ledger.path) as child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        with pytest.raises(LedgerLocked, match=f"process {child.pid} since ") as raised:
            ledger.add([build.report()])
        assert raised.value.pid == child.pid
        assert raised.value.since
        assert ledger.coverage().report_count == 0
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert ledger.add([build.report()]).new == 1


def test_the_lease_may_be_taken_again_by_its_holder(ledger: Ledger, build: Build) -> None:
    with ledger.writing(), ledger.writing():
        ledger.add([build.report()])
        with Ledger.open(ledger.path) as other, pytest.raises(LedgerLocked) as raised:
            other.add([])
        assert raised.value.pid == os.getpid()
    with Ledger.open(ledger.path) as other:
        assert other.add([build.report()]).known == 1


def test_a_failed_write_lets_the_lease_go(ledger: Ledger, build: Build) -> None:
    def breaking() -> Iterator[Report]:
        yield build.report()
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        ledger.add(breaking())
    with Ledger.open(ledger.path) as other:
        assert other.add([build.report()]).new == 1


def test_a_reader_in_another_process_keeps_its_snapshot(ledger: Ledger, tell: Tell) -> None:
    tell("One\nWashington met Minsk on Monday", when="2020")
    with process(LOOK, ledger.path) as child:
        first = ask(child, "look")
        assert first[0] == ledger.snapshot.id
        tell("Two\nWashington met Minsk on Monday", when="2008")
        ledger.compact()
        tell("Three\nWashington met Minsk on Monday", when="2009")
        ledger.compact()
        ledger.compact()
        ledger.rebuild()
        assert ask(child, "look") == first
        after = ask(child, "refresh")
        assert after[0] == ledger.snapshot.id
        assert [len(first), len(after)] == [5, 9]


def test_while_another_writes_a_look_takes_what_is_reconciled(
    ledger: Ledger, tell: Tell, build: Build
) -> None:
    tell("One\nWashington met Minsk on Monday", when="2020")
    ledger.reconcile()
    old = ledger.snapshot.id
    with ledger.writing():
        tell("Two\nWashington met Minsk on Monday", when="2008")
        with Ledger.open(ledger.path) as other:
            assert other.snapshot.id == old
            assert len(other.happenings()) == len(other.claims()) == 1
            newest = ledger.snapshot.id
            assert len(other.claims(as_of=newest)) == 2
            ledger.reconcile()
            assert other.snapshot.id == old
            assert other.refresh().id == newest
            assert len(other.happenings()) == 2
    tell("Three\nWashington met Minsk on Monday", when="2009")
    with Ledger.open(ledger.path) as other:
        assert len(other.happenings()) == 3


def test_a_first_read_can_be_looked_at(ledger: Ledger, tell: Tell) -> None:
    with ledger.writing():
        tell("One\nWashington met Minsk on Monday", when="2020")
        with Ledger.open(ledger.path) as other:
            assert len(other.happenings()) == 1


def test_threads_may_ask_at_once(ledger: Ledger, tell: Tell) -> None:
    for number in range(2):
        tell(f"{number}\nWashington met Minsk on Monday", when=f"200{number}")
    snapshots = [snapshot.id for snapshot in ledger.snapshots()] * 2

    def look(as_of: str) -> tuple[list[Any], ...]:
        claims = list(ledger.claims(as_of=as_of))
        counted = ledger.sql("SELECT count(*) AS n FROM claims", as_of=as_of)
        return claims, list(ledger.happenings(as_of=as_of)), ledger.cite(claims), list(counted)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(look, snapshots)) == list(map(look, snapshots))


def test_what_a_dead_writer_left_is_swept(ledger: Ledger, tell: Tell, build: Build) -> None:
    tell(when="2020")
    folder = ledger.path / "segments" / "claims"
    orphans = [folder / ".aside-1.jsonl", folder / "00000009-00000009-aaaaaaaaaaaa.parquet"]
    for orphan in orphans:
        orphan.write_bytes(b"half a file")
    assert ledger.verify() == []
    assert len(ledger.claims()) == 1
    ledger.add([build.report("Another\nreport")])
    assert not any(orphan.exists() for orphan in orphans)
    assert ledger.verify() == []


def test_compaction_keeps_every_snapshot_and_deletes_late(ledger: Ledger, tell: Tell) -> None:
    for number in range(4):
        tell(f"{number}\nWashington met Minsk on Monday", when=f"200{number}")
    ids = [snapshot.id for snapshot in ledger.snapshots()]
    before = [list(ledger.claims(as_of=id_)) for id_ in ids]
    folder = ledger.path / "segments" / "claims"
    small = set(folder.iterdir())
    ledger.compact()
    merged = set(folder.iterdir()) - small
    assert len(merged) == 1
    assert small < set(folder.iterdir())
    assert [list(ledger.claims(as_of=id_)) for id_ in ids] == before
    tell("Last\nWashington met Minsk on Monday", when="2010")
    ledger.compact()
    assert not small & set(folder.iterdir())
    assert [list(ledger.claims(as_of=id_)) for id_ in ids] == before
    assert ledger.verify() == []


def test_many_small_segments_are_merged_by_themselves(ledger: Ledger, build: Build) -> None:
    with ledger.writing():
        for number in range(MOST_SMALL_SEGMENTS + 6):
            ledger.add([build.report(f"Title {number}\nwords")])
    ledger.add([build.report("The last\nwords")])
    live = ledger.sql("SELECT count(*) AS n FROM reports")
    assert live[0]["n"] == MOST_SMALL_SEGMENTS + 7
    assert len(list((ledger.path / "segments" / "reports").iterdir())) < 2 * MOST_SMALL_SEGMENTS
    assert ledger.verify() == []


@pytest.mark.parametrize(
    "command",
    [
        ("kill_reading.py", "--kills", "2", "--reports", "16"),
        ("concurrent_reading.py", "--reports", "32"),
    ],
)
def test_the_benchmarks_hold_in_small(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / command[0]), *command[1:]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
