"""One process reads reports while another pages through the ledger: errors, shifts, latency.

    python benchmarks/concurrent_reading.py --reports 1000
    python benchmarks/concurrent_reading.py --before old.jsonl --files reports.jsonl

The looking process pins a snapshot, pages through its chronology, opens evidence and searches,
and looks at every page twice: a row that differs the second time has shifted. Then it pins the
newest snapshot and goes on, until the reading process has ended. Exits 1 on errors or shifts.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from kill_reading import read, start

from chancery.errors import ChanceryError
from chancery.ledger import Ledger

PAGE = 50


class Watch:
    """How long each kind of question took, in milliseconds, and what went wrong."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.errors: list[str] = []
        self.shifts = 0

    def ask(self, kind: str, question: Callable[[], Any]) -> Any:
        """Ask, and keep the time; nothing where it failed."""
        began = time.perf_counter()
        try:
            return question()
        except (ChanceryError, OSError) as error:
            self.errors.append(f"{kind}: {error}")
            return None
        finally:
            self.times.setdefault(kind, []).append((time.perf_counter() - began) * 1000)

    def look(self, ledger: Ledger) -> None:
        """Look at everything twice, as of one snapshot."""
        questions: dict[str, Callable[[], Any]] = {
            "chronology": lambda: list(ledger.happenings(limit=PAGE)),
            "filtered": lambda: list(ledger.happenings(who=["BLR", "POL"], since="2016")),
            "claims": lambda: list(ledger.claims(what="CONSULT", limit=PAGE)),
            "search": lambda: ledger.search("minsk warsaw"),
            "coverage": ledger.coverage,
        }
        first = {kind: self.ask(kind, question) for kind, question in questions.items()}
        if first["chronology"]:
            happening = first["chronology"][-1]
            questions["evidence"] = lambda: ledger.cite(happening)
            first["evidence"] = self.ask("evidence", questions["evidence"])
        for kind, question in questions.items():
            self.shifts += self.ask(kind, question) != first[kind]

    def tell(self) -> None:
        """Print the latencies."""
        print(f"{'question':<12} {'asked':>6} {'median ms':>10} {'p95 ms':>8} {'most ms':>8}")
        for kind, times in self.times.items():
            ordered = sorted(times)
            p95 = ordered[int(len(ordered) * 0.95)] if len(ordered) > 1 else ordered[0]
            print(
                f"{kind:<12} {len(times):>6} {statistics.median(times):>10.1f} "
                f"{p95:>8.1f} {ordered[-1]:>8.1f}"
            )


def watch_reading(path: Path, process: subprocess.Popen[str]) -> tuple[Watch, int]:
    """Look at a ledger while a process reads into it; return what was seen, and how many pins."""
    watch, pins = Watch(), 0
    with Ledger.open(path) as ledger:
        while process.poll() is None:
            watch.ask("pin newest", ledger.refresh)
            watch.ask("reconcile", lambda: len(ledger.happenings()))
            pins += 1
            for _ in range(2):
                watch.look(ledger)
    return watch, pins


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--before", nargs="*", default=[], help="what the ledger already holds")
    parser.add_argument("--files", nargs="*", default=[])
    options = parser.parse_args()
    material = ["--files", *options.files] if options.files else ["--reports", str(options.reports)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "busy.ledger"
        Ledger.open(path).close()
        if options.before:
            read(path, 0, options.before)
        began = time.monotonic()
        with start(path, material) as process:
            watch, pins = watch_reading(path, process)
            process.communicate()
        seconds = time.monotonic() - began
        with Ledger.open(path) as ledger:
            problems = ledger.verify()
            count = ledger.coverage().read_count
    watch.tell()
    print(
        f"{count} reports read in {seconds:.1f} s beside {pins} pinned snapshots; "
        f"{len(watch.errors)} errors, {watch.shifts} shifted pages, {len(problems)} faults"
    )
    print("\n".join(watch.errors[:5]))
    sound = not watch.errors and not watch.shifts and not problems and process.returncode == 0
    return 0 if sound and count else 1


if __name__ == "__main__":
    sys.exit(main())
