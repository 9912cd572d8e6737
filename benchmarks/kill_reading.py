"""Kill a reading process at random moments, and see that nothing is lost, doubled or broken.

    python benchmarks/kill_reading.py --kills 20 --reports 400 --seed 7
    python benchmarks/kill_reading.py --kills 20 --files reports.jsonl

Each time, a fresh process reads reports into a fresh ledger and is killed (`kill -9`) at a random
moment. Then: the ledger opens and verifies, every snapshot it had told of is there, and after
another process has read on to the end, its exported rows are byte for byte those of a ledger that
was never disturbed. Exits 1 where anything differs.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent))

from stub_reading import make_reports, read_into

from chancery.ledger import Ledger
from chancery.pipeline import run
from chancery.read import Reader

LARGEST_BATCH = 16
LEAST_BATCHES = 6


def export(ledger: Ledger) -> bytes:
    """Everything a ledger says, as bytes."""
    rows = [*ledger.happenings(), *ledger.claims(), *ledger.statements(), *ledger.reports()]
    return b"\n".join([ledger.snapshot.id.encode(), *map(msgspec.json.encode, rows)])


def start(path: Path, material: Sequence[str]) -> subprocess.Popen[str]:
    """Start a process that reads into a ledger and tells of every snapshot."""
    command = [sys.executable, __file__, "--into", str(path), *material]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def read_undisturbed(path: Path, material: Sequence[str]) -> float:
    """Read to the end in a process of its own; return its seconds."""
    began = time.monotonic()
    with start(path, material) as process:
        process.communicate()
    if process.returncode:
        raise SystemExit(f"the reading process failed with {process.returncode}")
    return time.monotonic() - began


def read_and_kill(path: Path, material: Sequence[str], after: float) -> tuple[bool, list[str]]:
    """Read, and kill the process after some seconds; say if it was in time, and what it told."""
    with start(path, material) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        told, _ = process.communicate()
    return process.returncode == -signal.SIGKILL, told.split()


def faults_after(
    path: Path, material: Sequence[str], told: list[str], expected: bytes
) -> list[str]:
    """Return what is wrong with a ledger whose writer was killed, before and after going on."""
    faults = []
    with Ledger.open(path) as ledger:
        faults += [str(problem) for problem in ledger.verify()]
        held = {snapshot.id for snapshot in ledger.snapshots()}
        faults += [f"snapshot {id_} is lost" for id_ in told if id_ not in held]
    read_undisturbed(path, material)
    with Ledger.open(path) as ledger:
        faults += [str(problem) for problem in ledger.verify()]
        if export(ledger) != expected:
            faults.append("the finished ledger differs from an undisturbed one")
        left = [str(file) for file in path.glob("segments/*/.aside*")]
        faults += [f"{name} was not swept" for name in left]
    return faults


def read(into: Path, reports: int, files: Sequence[str]) -> None:
    """Read files by the path itself, or made-up reports with the stand-in; tell each snapshot."""
    with Ledger.open(into) as ledger:
        if files:
            reader = Reader.load("small")
            run(files, ledger, reader, progress=lambda _: print(ledger.refresh().id, flush=True))
            return
        size = max(1, min(LARGEST_BATCH, reports // LEAST_BATCHES))
        for snapshot in read_into(ledger, make_reports(reports), size):
            print(snapshot, flush=True)


def main() -> int:
    """Run the benchmark, or with `--into` be the process that reads."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--files", nargs="*", default=[])
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    if options.into:
        read(options.into, options.reports, options.files)
        return 0
    material = ["--files", *options.files] if options.files else ["--reports", str(options.reports)]
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        seconds = read_undisturbed(Path(folder) / "calm.ledger", material)
        with Ledger.open(Path(folder) / "calm.ledger") as calm:
            expected, count = export(calm), calm.coverage().report_count
        in_time, all_faults, number = 0, list[str](), 0
        while in_time < options.kills:
            path, after = Path(folder) / f"{number}.ledger", chance.uniform(0.05, seconds)
            killed, told = read_and_kill(path, material, after)
            in_time, number = in_time + killed, number + 1
            faults = faults_after(path, material, told, expected)
            all_faults += faults
            state = "killed" if killed else "had finished"
            print(f"{after:6.2f} s: {state}, {len(told)} snapshots told, {faults or 'sound'}")
    print(
        f"{count} reports, {seconds:.1f} s undisturbed; killed {in_time} times of {number}; "
        f"{len(all_faults)} faults"
    )
    return 1 if all_faults else 0


if __name__ == "__main__":
    sys.exit(main())
