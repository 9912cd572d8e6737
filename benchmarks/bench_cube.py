"""The cube beside a bare DuckDB query on the same partitioned files, and one answer from it.

    python benchmarks/bench_cube.py [ROWS] [FOLDER]

Rows are made up in the shape of GDELT: 20 years, more rows each year, 37 % without an actor's state
and half without a target's, few states in most rows, a third of pairs within one state, types by a
steep law. Times are the best of the runs; on a shared machine only their ratio means something.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

ROWS = """
COPY (
    WITH drawn AS (
        SELECT i, hash(i) AS h, hash(i + 1000000000) AS g,
            (hash(i + 2000000000) % 1000000) / 1e6 AS u,
            (hash(i + 3000000000) % 1000000) / 1e6 AS v,
            (hash(i + 4000000000) % 1000000) / 1e6 AS w
        FROM range({first}, {last}) t(i)
    ), placed AS (
        SELECT *, DATE '2000-01-01' + CAST(floor(7305 * sqrt(i / {rows})) AS INTEGER) AS day,
            CAST(floor(230 * pow(u, 4)) AS INTEGER) AS a,
            CAST(floor(230 * pow(CASE WHEN h % 100 < 35 THEN u ELSE v END, 4)) AS INTEGER) AS b,
            CAST(floor(20 * w * w) AS INTEGER) AS kind
        FROM drawn
    )
    SELECT CAST(i AS VARCHAR) AS id, day, day AS day_last,
        CASE WHEN h % 1000 >= 370 THEN chr(65 + a % 26) || chr(65 + a // 26) || 'A' END AS actor,
        'NAME ' || a AS actor_raw, CAST(NULL AS VARCHAR) AS actor_sectors,
        CASE WHEN g % 1000 >= 500 THEN chr(65 + b % 26) || chr(65 + b // 26) || 'A' END AS target,
        'NAME ' || b AS target_raw, CAST(NULL AS VARCHAR) AS target_sectors,
        CASE WHEN kind > 1 THEN 'TYPE-' || (kind % 16) END AS type, CAST(NULL AS VARCHAR) AS mode,
        lpad(CAST(kind + 1 AS VARCHAR), 2, '0') || (h % 4) AS cameo,
        CAST(1 + kind // 5 AS UTINYINT) AS quad, CAST(kind - 10 AS FLOAT) AS intensity,
        CAST(1 + g % 20 AS INTEGER) AS mentions, CAST(1 + g % 3 AS INTEGER) AS sources,
        true AS directed, CAST(NULL AS VARCHAR) AS country, CAST(NULL AS FLOAT) AS lat,
        CAST(NULL AS FLOAT) AS lon, CAST(NULL AS VARCHAR) AS stratum,
        CAST(0 AS SMALLINT) AS source_file, i AS source_row, CAST(year(day) AS SMALLINT) AS year
    FROM placed
) TO '{folder}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year), APPEND)
"""
AT_ONCE = 1_000_000
BARE = """
{head} SELECT actor, target, CAST(date_trunc('month', day) AS DATE) AS period, type, quad,
    count(*) AS events, sum(intensity) AS intensity_sum, sum(mentions) AS mentions,
    sum(sources) AS sources
FROM read_parquet('{folder}/year=*/*.parquet', hive_partitioning = false)
GROUP BY ALL {tail}
"""
LAYER = "import sys; from pathlib import Path; folder = Path(sys.argv[1]); "
CUBE = LAYER + (
    "from chancery.relations.cube import layer_cube; "
    "layer_cube(folder, sorted(folder.glob('year=*/*.parquet'))).close()"
)
ANSWER = LAYER + (
    "from chancery.relations.cube import layer_cube; "
    "from chancery.relations.turns import find_turns; "
    "cube = layer_cube(folder, sorted(folder.glob('year=*/*.parquet'))); "
    "dyad = cube.dyad('AAA', 'BAA'); "
    "found = [find_turns(dyad, direction=way) for way in ('there', 'back')]; "
    "print(int(dyad.there.rows.sum()))"
)
BARE_RUN = (
    "import sys, duckdb; duckdb.connect(config={'threads': 2}).execute(sys.argv[2]).fetchall()"
)


class Took:
    """The least seconds of several runs, by the clock and of processor time; most megabytes."""

    def __init__(self) -> None:
        self.wall = self.cpu = float("inf")
        self.memory = 0.0

    def add(self, run: Callable[[], resource.struct_rusage]) -> None:
        clock = time.perf_counter()
        used = run()
        self.wall = min(self.wall, time.perf_counter() - clock)
        self.cpu = min(self.cpu, used.ru_utime + used.ru_stime)
        self.memory = max(self.memory, used.ru_maxrss / 1024)

    def beside(self, other: Took) -> str:
        return f"x {self.wall / other.wall:.2f} (x {self.cpu / other.cpu:.2f} of processor time)"

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s of processor time, {self.memory:,.0f} MB)"


def python(words: str, *arguments: str) -> Callable[[], resource.struct_rusage]:
    """Run a program of its own, and give what that one used."""

    def run() -> resource.struct_rusage:
        process = subprocess.Popen([sys.executable, "-c", words, *arguments])
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words)
        return used

    return run


def make_rows(folder: Path, rows: int) -> None:
    """Write the rows a million at a time, in order of their days."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SET enable_progress_bar = false")
        for first in range(0, rows, AT_ONCE):
            last = min(rows, first + AT_ONCE)
            query = ROWS.replace("{rows}", str(rows)).replace("{folder}", str(folder))
            connection.execute(query.replace("{first}", str(first)).replace("{last}", str(last)))


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    if not list(folder.glob("year=*")):
        make_rows(folder, rows)
    table = BARE.format(head="CREATE TEMP TABLE cells AS", tail="", folder=folder)
    written = BARE.format(
        head="COPY (", tail=f") TO '{folder}/bare.parquet' (FORMAT parquet)", folder=folder
    )
    bare, copy, cube, answer = Took(), Took(), Took(), Took()
    for _ in range(3):
        bare.add(python(BARE_RUN, str(folder), table))
        copy.add(python(BARE_RUN, str(folder), written))
        shutil.rmtree(next(folder.glob("cube-*"), folder / "none"), ignore_errors=True)
        cube.add(python(CUBE, str(folder)))
        answer.add(python(ANSWER, str(folder)))
    print(f"{rows:,} rows: bare query {bare}; written to a file {copy}")
    print(f"cube {cube}: {cube.beside(bare)} of the query, {cube.beside(copy)} of it written")
    print(f"one dyad with its turns, a new process: {answer}")
    for path in folder.glob("cube-*/*"):
        print(f"  {path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
