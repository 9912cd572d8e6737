"""How long `chancery --help` and `import chancery` take beyond Python's own start.

Each is run 20 times in turn with a Python that does nothing, and medians are compared. Processor
time stands beside the time that passed, because a busy machine stretches only the latter. Ends
with exit code 1 where the time that passed is over the limit.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time

RUNS = 20
LIMIT_SECONDS = 0.150

COMMAND_LINE = "import sys; from chancery.cli import main; main()"
PROGRAMS = {
    "python": ["pass"],
    "import chancery": ["import chancery"],
    "chancery --help": [COMMAND_LINE, "--help"],
    "chancery chron --help": [COMMAND_LINE, "chron", "--help"],
}


def measure(program: list[str]) -> tuple[float, float]:
    """Run a program once; return the seconds that passed and those of the processor."""
    started, used = time.perf_counter(), children_seconds()
    subprocess.run([sys.executable, "-c", *program], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started, children_seconds() - used


def children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
    for _ in range(RUNS):
        for name, program in PROGRAMS.items():
            taken[name].append(measure(program))
    medians = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)]
        for name, runs in taken.items()
    }
    bare = medians.pop("python")
    print(f"python alone: {bare[0] * 1000:.0f} ms passed, {bare[1] * 1000:.0f} ms of processor")
    for name, median in medians.items():
        passed, used = (ours - theirs for ours, theirs in zip(median, bare, strict=True))
        print(
            f"{name}: {passed * 1000:.0f} ms beyond (limit {LIMIT_SECONDS * 1000:.0f}), "
            f"{used * 1000:.0f} ms of processor"
        )
    return int(any(median[0] - bare[0] > LIMIT_SECONDS for median in medians.values()))


if __name__ == "__main__":
    sys.exit(main())
