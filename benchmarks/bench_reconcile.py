"""How long reconciling takes, how much memory, and how long one more report takes.

    python benchmarks/bench_reconcile.py LEDGER [CLAIMS …]

Ledgers of 12,500 to 200,000 claims are made of the claims of LEDGER: whole reports are drawn, their
days moved over thirty years, and the states in them exchanged for others by how often they occur.
Each size is reconciled in a process of its own; then one report is added, and what follows from it
worked out. The seed is fixed: the same ledger gives the same claims.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import msgspec

from chancery.ledger import Ledger
from chancery.model import Claim, Mention, Reading, Report, When

SIZES = (12_500, 25_000, 50_000, 100_000, 200_000)
YEARS = 30
FIRST_DAY = date(1994, 1, 1)
REPORTS_AT_ONCE = 500
SEED = 6
REWORDED = 0.4
"""Share of the words of a text that are spelt otherwise; few runs of five words stay."""

_WORD = re.compile(r"\w+")


class Maker:
    """Makes reports with claims like those of a ledger."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self._random = random.Random(seed)
        claims: dict[str, list[Claim]] = {}
        for claim in ledger.claims():
            claims.setdefault(claim.report, []).append(claim)
        self._claims = claims
        rows = ledger.sql(
            "SELECT id, text, title, source, url, published_first AS day FROM reports ORDER BY id"
        )
        self._reports = [
            Report(
                id=row["id"], text=row["text"], title=row["title"], source=row["source"],
                url=row["url"], published=When(first=row["day"], last=row["day"]),
            )
            for row in rows if row["id"] in claims
        ]  # fmt: skip
        states = Counter(
            one.actor.partition(".")[0]
            for some in claims.values()
            for claim in some
            for one in (*claim.actors, *claim.targets)
            if one.actor
        )
        self._states = sorted(states)
        self._weights = [states[one] for one in self._states]

    def reports(self, count: int) -> Iterator[tuple[Report, Reading]]:
        """Yield reports with about so many claims in all."""
        made = 0
        while made < count:
            report, reading = self._make()
            made += len(reading.claims)
            yield report, reading

    def _make(self) -> tuple[Report, Reading]:
        like = self._random.choice(self._reports)
        return self.make_like(like)

    def make_like(self, like: Report) -> tuple[Report, Reading]:
        """Return a report with the claims of another, on another day and of other parties."""
        day = FIRST_DAY + timedelta(days=self._random.randrange(365 * YEARS))
        published = When(first=day, last=day, basis="stated")
        report = msgspec.structs.replace(
            like,
            text=self._reworded(like.text),
            published=published,
            key=f"made-{self._random.getrandbits(64):x}",
        )
        report = msgspec.structs.replace(report, id=Report.make_id(
            text=report.text, title=report.title, published=published, source=report.source,
            url=report.url, key=report.key,
        ))  # fmt: skip
        base = like.published.first or FIRST_DAY
        swap = self._swaps(self._claims[like.id])
        claims = [
            self._claim(claim, report.id, (day - base).days, swap)
            for claim in self._claims[like.id]
        ]
        return report, Reading(report=report.id, run="bench", claims=tuple(claims))

    def _reworded(self, text: str) -> str:
        """Return a text with many of its words spelt otherwise, so that it is no copy of it."""
        turned = str.maketrans(
            ascii_lowercase, "".join(self._random.sample(ascii_lowercase, len(ascii_lowercase)))
        )

        def turn(found: re.Match[str]) -> str:
            return found[0].translate(turned) if self._random.random() < REWORDED else found[0]

        return _WORD.sub(turn, text)

    def _swaps(self, claims: Sequence[Claim]) -> dict[str, str]:
        """Return other states for those of a report, no two for the same."""
        codes = sorted({
            one.actor.partition(".")[0]
            for claim in claims for one in (*claim.actors, *claim.targets) if one.actor
        })  # fmt: skip
        others: list[str] = []
        while len(others) < len(codes):
            one = self._random.choices(self._states, self._weights)[0]
            if one not in others:
                others.append(one)
        return dict(zip(codes, others, strict=True))

    def _claim(self, claim: Claim, report: str, days: int, swap: Mapping[str, str]) -> Claim:
        def side(some: tuple[Mention, ...]) -> tuple[Mention, ...]:
            return tuple(_swapped(one, swap) for one in some)

        actors, targets = side(claim.actors), side(claim.targets)
        return msgspec.structs.replace(
            claim,
            id=Claim.make_id(
                report=report, frame=claim.frame, trigger=claim.trigger, actors=actors,
                targets=targets,
            ),
            report=report, actors=actors, targets=targets, when=_moved(claim.when, days),
        )  # fmt: skip


def _swapped(one: Mention, swap: Mapping[str, str]) -> Mention:
    if not one.actor:
        return one
    state, dot, rest = one.actor.partition(".")
    return msgspec.structs.replace(one, actor=f"{swap[state]}{dot}{rest}")


def _moved(when: When, days: int) -> When:
    def move(day: date | None) -> date | None:
        return day and day + timedelta(days=days)

    return msgspec.structs.replace(when, first=move(when.first), last=move(when.last))


def measure(source: Path, count: int, folder: Path) -> dict[str, Any]:
    """Make a ledger, reconcile it, add one report, and say how long each took."""
    target = folder / "bench.ledger"
    made = subprocess.run(
        [sys.executable, __file__, "make", str(source), str(count), str(target)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    claims = int(made.stdout)
    lines = [
        subprocess.run(
            [sys.executable, __file__, what, str(source), str(count), str(target)],
            check=True, capture_output=True, text=True,
        ).stdout
        for what in ("all", "one")
    ]  # fmt: skip
    return {"claims": claims, **json.loads(lines[0]), **json.loads(lines[1])}


def make(source: Path, count: int, target: Path) -> None:
    """Write a ledger of made reports, without what follows."""
    total = 0
    with Ledger.open(source, create=False) as ledger:
        maker = Maker(ledger, SEED)
    with Ledger.open(target) as ledger, ledger.writing():
        batch: list[tuple[Report, Reading]] = []
        for one in maker.reports(count):
            batch.append(one)
            total += len(one[1].claims)
            if len(batch) == REPORTS_AT_ONCE:
                _put(ledger, batch)
                batch.clear()
        _put(ledger, batch)
        ledger.compact()
    print(total)


def _put(ledger: Ledger, batch: Sequence[tuple[Report, Reading]]) -> None:
    ledger.add(report for report, _ in batch)
    ledger.record(reading for _, reading in batch)


def reconcile_all(target: Path) -> None:
    """Derive everything, and print the time and the peak of memory."""
    with Ledger.open(target, create=False) as ledger:
        start, worked = time.perf_counter(), time.process_time()
        happenings = ledger.reconcile()
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {"happenings": happenings, "seconds": round(seconds, 1), "cpu": round(worked, 1)}
    print(json.dumps({**row, "mib": round(peak)}))


def reconcile_one(source: Path, target: Path) -> None:
    """Add one report, and print how long it takes until its happenings are there."""
    with Ledger.open(source, create=False) as ledger:
        maker = Maker(ledger, SEED + 1)
    with Ledger.open(target, create=False) as ledger:
        times, worked = [], []
        for _ in range(5):
            report, reading = next(maker.reports(1))
            ledger.add([report])
            ledger.record([reading])
            start, cpu = time.perf_counter(), time.process_time()
            ledger.reconcile()
            times.append(time.perf_counter() - start)
            worked.append(time.process_time() - cpu)
    middle = len(times) // 2
    row = {"one": round(sorted(times)[middle], 2), "one_cpu": round(sorted(worked)[middle], 2)}
    print(json.dumps(row))


def main() -> None:
    """Print a table, a line a size."""
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["all"]:
        reconcile_all(Path(sys.argv[4]))
    elif sys.argv[1:2] == ["one"]:
        reconcile_one(Path(sys.argv[2]), Path(sys.argv[4]))
    elif len(sys.argv) < 2:
        print(__doc__)
    else:
        print("| claims | happenings | seconds | CPU | memory, MiB | one more report | CPU |")
        print("|---|---|---|---|---|---|---|")
        for count in map(int, sys.argv[2:]) if sys.argv[2:] else SIZES:
            with tempfile.TemporaryDirectory() as folder:
                row = measure(Path(sys.argv[1]), count, Path(folder))
            cells = (
                row["claims"], row["happenings"], row["seconds"], row["cpu"], row["mib"],
                row["one"], row["one_cpu"],
            )  # fmt: skip
            print(f"| {' | '.join(f'{cell:,}' for cell in cells)} |", flush=True)


if __name__ == "__main__":
    main()
