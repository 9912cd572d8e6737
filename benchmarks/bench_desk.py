"""How long the pages wait for a ledger of 100,000 happenings.

    python benchmarks/bench_desk.py make LEDGER TARGET [HAPPENINGS]
    python benchmarks/bench_desk.py TARGET
    python benchmarks/bench_desk.py threads TARGET LEDGER [SECONDS]

`make` writes and reconciles a big ledger from the reports of another (see `desk_ledger`). Then
each line is the median of several different questions of one kind, from the call to the rows in
hand, in a process that has answered one before; no answer is given twice. `threads` has sixteen
threads ask for a minute while another process adds 200 reports, made of those of LEDGER, and
reconciles, in a copy.
"""

from __future__ import annotations

import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from desk_ledger import DeskMaker, make_ledger

import chancery as ch
from chancery.ledger import Ledger
from chancery.model import Happening
from chancery.relations.ground import Ground
from chancery.relations.relate import relation_on

HAPPENINGS = 100_000
PAGE = 100
ASKED = 15
SEED = 8
THREADS = 16
ADDED = 200
STATES = ("USA", "RUS", "UKR", "CHN", "DEU", "FRA", "GBR", "ISR", "IRN", "TUR", "JPN", "POL")


class Questions:
    """What pages ask, each time of something else, as of one snapshot."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self._ledger = ledger
        self._choose = random.Random(seed)
        self._at: dict[str, Any] = {"as_of": ledger.snapshot.id}
        self._count = ledger.tally(**self._at).happening_count
        self._pool = [
            one for _ in range(10)
            for one in ledger.happenings(
                limit=PAGE, offset=self._choose.randrange(self._count), **self._at)
        ]  # fmt: skip

    def filters(self) -> dict[str, Any]:
        """Return a filter by two parties, a kind of deed, and a stretch of years."""
        first = self._choose.randrange(1994, 2015)
        return {
            "who": self._choose.sample(STATES, 2),
            "what": self._choose.choice(("CONSULT", "ACCUSE", "AGREE", "SANCTION", "meet")),
            "since": str(first), "until": str(first + self._choose.randrange(3, 12)),
        }  # fmt: skip

    def page(self, **wanted: Any) -> Sequence[Happening]:
        """Ask for a page of the list, with what stands above it."""
        tally = self._ledger.tally(**wanted, **self._at)
        last = max(0, min(self._count, tally.happening_count) - PAGE)
        offset = self._choose.randrange(last + 1)
        rows = list(self._ledger.happenings(limit=PAGE, offset=offset, **wanted, **self._at))
        list(self._ledger.strip(**wanted, **self._at))
        assert len(rows) == min(PAGE, tally.happening_count)
        return rows

    def first_page(self) -> None:
        """Ask for the list as it opens: nothing but a year's beginning sets it apart."""
        year = self._choose.randrange(1800, 1994)
        self.page(since=f"{year}-{self._choose.randrange(1, 13):02}")
        self._ledger.coverage(**self._at)

    def filtered(self) -> None:
        """Ask for a filtered list."""
        self.page(**self.filters())

    def one(self) -> Happening:
        """Return a happening at random."""
        return self._choose.choice(self._pool)

    def evidence(self, one: Happening) -> None:
        """Ask for all that the pane beside the list shows of a happening."""
        ledger, at = self._ledger, self._at
        row = ledger.happening(one.id, **at)
        claims = list(ledger.claims(happening=row.id, **at))
        ledger.cite(claims, **at)
        for part in (ledger.links, ledger.rivals, ledger.ties):
            list(part(row.id, **at))
        list(ledger.reasons(claims=row.claims, **at))

    def relation(self) -> None:
        """Ask how two states move, on the ground that is made once for a snapshot."""
        relation_on(self._ground, *self._choose.sample(STATES, 2))

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self._ledger, step="quarter", **self._at)

    def kinds(self) -> dict[str, Callable[[], object]]:
        """Return the kinds of questions by what a page shows."""
        ledger, at = self._ledger, self._at
        return {
            "list of 100, tally, strip, coverage": self.first_page,
            "the same, filtered by who, what, from, to": self.filtered,
            "list in the order of last reports": lambda: list(ledger.happenings(
                order="changed", limit=PAGE, since=str(self._choose.randrange(1994, 2020)), **at)),
            "groups by dyad": lambda: list(ledger.groups(
                "dyad", limit=50, since=str(self._choose.randrange(1800, 1994)), **at)),
            "100 happenings by their ids": lambda: list(ledger.happenings(
                ids=[self.one().id for _ in range(PAGE)], **at)),
            "evidence of one happening": lambda: self.evidence(self.one()),
            "relation of two states": self.relation,
            "newest snapshot that is ready": ledger.newest_ready,
            "news since a snapshot": lambda: ledger.news(
                self._choose.choice(ledger.snapshots()[:-1]).id),
        }  # fmt: skip


def measure(path: Path) -> None:
    """Print a table of medians."""
    with Ledger.open(path, ch.Lexicon.load(), create=False) as ledger:
        ledger.reconcile()
        questions = Questions(ledger, SEED)
        print(f"{questions._count:,} happenings")
        print("| what a page asks for | median, ms | slowest, ms | processor, ms |")
        print("|---|---|---|---|")
        for name, ask in questions.kinds().items():
            ask()
            took, worked = zip(*(_timed(ask) for _ in range(ASKED)), strict=True)
            cells = (statistics.median(took), max(took), statistics.median(worked))
            print(f"| {name} | {' | '.join(f'{cell:,.0f}' for cell in cells)} |", flush=True)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most")


def _timed(ask: Callable[[], object]) -> tuple[float, float]:
    start, worked = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


def ask_at_once(path: Path, source: Path, seconds: float) -> None:
    """Have threads ask while another process writes; print what failed, and how much memory."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(path, Path(folder) / "copy.ledger"))
        with Ledger.open(copy, ch.Lexicon.load(), create=False) as ledger:
            ledger.reconcile()
            failed: list[BaseException] = []
            took: list[float] = []
            until = time.monotonic() + seconds

            def look(seed: int) -> None:
                questions = Questions(ledger, seed)
                while time.monotonic() < until:
                    start = time.perf_counter()
                    try:
                        questions.filtered()
                        questions.evidence(questions.one())
                    except Exception as error:  # noqa: BLE001 -- whatever happens is counted
                        failed.append(error)
                    took.append((time.perf_counter() - start) * 1000)

            threads = [threading.Thread(target=look, args=(seed,)) for seed in range(THREADS)]
            writer = subprocess.Popen([sys.executable, __file__, "write", str(copy), str(source)])
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            added = writer.wait()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            middle = statistics.median(took)
            print(f"{len(took):,} looks, {len(failed)} failed, {middle:,.0f} ms in the middle")
            print(f"{peak:,.0f} MiB at most; the writer ended with {added}")
            for error in failed[:5]:
                print(repr(error))


def write(path: Path, source: Path) -> None:
    """Add reports like those of another ledger, and reconcile after every twenty."""
    with Ledger.open(source, create=False) as ledger:
        made = DeskMaker(ledger, SEED + 1).reports(sys.maxsize)
    with Ledger.open(path, create=False) as ledger:
        for number in range(1, ADDED + 1):
            report, reading = next(made)
            ledger.add([report])
            ledger.record([reading])
            if number % 20 == 0:
                ledger.reconcile()


def main() -> None:
    """Make a ledger, or print a table of medians."""
    words = sys.argv[1:]
    if words[:1] == ["make"] and len(words) >= 3:
        most = int(words[3]) if words[3:] else HAPPENINGS
        print(f"{make_ledger(Path(words[1]), Path(words[2]), most):,} happenings")
    elif words[:1] == ["threads"] and len(words) >= 3:
        ask_at_once(Path(words[1]), Path(words[2]), float(words[3]) if words[3:] else 60)
    elif words[:1] == ["write"] and len(words) == 3:
        write(Path(words[1]), Path(words[2]))
    elif words:
        measure(Path(words[0]))
    else:
        print(__doc__)


if __name__ == "__main__":
    main()
