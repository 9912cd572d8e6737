"""The same reports give the same bytes: whatever the clock, the zone, the language and the hash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import chancery

PROGRAM = """
import sys, time

instant = float(sys.argv[1])
step = iter(range(10**9))
# The clock is wrong from the first import on, and runs by leaps. `date.today` asks `time.time`.
time.time = lambda: instant + 86400 * next(step)
time.time_ns = lambda: int(time.time() * 1e9)
localtime = time.localtime
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)

from chancery.errors import Problem
from chancery.ingest import ingest
from chancery.read import Reader
from chancery.samples import sample_folder
import datetime, msgspec

assert datetime.date.today().year == int(sys.argv[2])
reader = Reader.load()
for item in ingest(sample_folder()):
    whole = item if isinstance(item, Problem) else (item, reader.read_one(item))
    sys.stdout.buffer.write(msgspec.json.encode(whole) + b"\\n")
"""

MACHINES = (
    # Seconds since 1970, the year they fall in, time zone, language, hash seed.
    (900_000_000, 1998, "Pacific/Kiritimati", "C", "0"),
    (1_600_000_000, 2020, "America/Los_Angeles", "tr_TR.UTF-8", "1"),
    (2_147_000_000, 2038, "Asia/Kathmandu", "de_DE.UTF-8", "random"),
)


def read_samples(machine: tuple[int, int, str, str, str], folder: Path) -> bytes:
    instant, year, zone, language, seed = machine
    environment = {
        **os.environ, "TZ": zone, "LANG": language, "LC_ALL": language, "PYTHONHASHSEED": seed,
        "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": str(Path(chancery.__file__).parents[1]),
    }  # fmt: skip
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(instant), str(year)]
    answer = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False)
    assert answer.returncode == 0, answer.stderr.decode(errors="replace")[-2000:]
    return answer.stdout


def test_clock_zone_language_and_hash_change_nothing(tmp_path: Path) -> None:
    first, *others = [read_samples(machine, tmp_path) for machine in MACHINES]
    assert first.count(b'"clm_') > 50
    assert all(other == first for other in others)


CLOCKS = re.compile(
    r"\b(?:date|datetime)\.(?:today|now|utcnow)\b|\btime\.(?:time|localtime|ctime)\b"
    r"|\bst_mtime\b|\blocale\b|\brandom\b"
)


@pytest.mark.parametrize("package", ["ingest", "lexicon", "read"])
def test_no_stage_before_the_ledger_asks_for_the_time(package: str) -> None:
    folder = Path(chancery.__file__).parent / package
    asked = [
        f"{path.name}:{number}"
        for path in sorted(folder.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CLOCKS.search(line.partition("#")[0])
    ]
    assert asked == []
