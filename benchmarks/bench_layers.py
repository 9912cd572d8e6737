"""How fast a data set is imported, beside a bare DuckDB copy of the same columns.

    python benchmarks/bench_layers.py --rows 20000000 --folder /somewhere/with/room

A file of GDELT's shape (61 columns, tab-separated, no header) is made by DuckDB, invented from
hashes. It is copied by bare DuckDB, the columns that the import reads, into the same partitions
with the same compression; and imported. Each runs in a process of its own with two threads, in
turns, and the best of the turns counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

NAME = "invented.export.CSV"
SETTINGS = {"threads": 2, "memory_limit": "1GB"}
COLUMNS = 61
READ = (
    1, 2, 6, 7, 8, 9, 13, 14, 15, 16, 17, 18, 19, 23, 24, 25, 27, 30, 31, 32, 33, 54, 57, 58, 60,
)  # fmt: skip
"""The columns of GDELT 2.0 that the import reads."""
TYPES = {1: "BIGINT", 2: "INTEGER", 30: "UTINYINT", 31: "FLOAT", 32: "INTEGER", 33: "INTEGER",
         57: "FLOAT", 58: "FLOAT", 60: "BIGINT"}  # fmt: skip

BARE = """
COPY (
    SELECT {picked}, CAST(c2 // 10000 AS SMALLINT) AS year
    FROM read_csv('{file}', delim = '\t', quote = '', escape = '', header = false,
        auto_detect = false, columns = {columns})
) TO '{target}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year))
"""

MADE = """
COPY (SELECT {columns} FROM (
    SELECT i, DATE '2005-01-01' + CAST(hash(i * 3) % 4017 AS INTEGER) AS day,
        CAST(hash(i * 5) >> 1 AS BIGINT) AS a, CAST(hash(i * 7) >> 1 AS BIGINT) AS b,
        CAST(hash(i * 11) >> 1 AS BIGINT) AS e, CAST(hash(i * 13) >> 1 AS BIGINT) AS g
    FROM range({rows}) AS made(i)
)) TO '{file}' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '')
"""
STATES = "['USA','CHN','RUS','GBR','FRA','JPN','IND','ISR','UKR','BLR','DEU','KOR','','','']"
TYPE_CODES = "['GOV','','MIL','COP','','CVL']"
EVENTS = "['010','042','190','0311','112','173','050','036']"


def invented() -> str:
    """Write the 61 columns, in SQL, over a row number and some hashes."""
    columns = dict.fromkeys(range(1, COLUMNS + 1), "''")
    columns |= {
        1: "i + 400000000", 2: "strftime(day, '%Y%m%d')", 3: "strftime(day, '%Y%m')",
        4: "year(day)", 5: "year(day) + 0.5", 26: "e % 2", 30: "1 + e % 4",
        31: "(e % 200) / 10.0 - 10", 32: "1 + a % 10", 33: "1 + b % 3", 34: "1 + a % 10",
        35: "(b % 2000) / 100.0 - 10", 60: "strftime(day + 1, '%Y%m%d') || '001500'",
        61: "'https://example.org/news/' || (a % 1000000) || '/a-story-of-some-length-' || i",
    }  # fmt: skip
    columns[27] = f"{EVENTS}[1 + e // 8 % 8]"
    columns[28], columns[29] = f"({columns[27]})[1:3]", f"({columns[27]})[1:2]"
    for first, seed in ((6, "a"), (16, "b")):
        state = f"{STATES}[1 + {seed} % 15]"
        kind = f"{TYPE_CODES}[1 + {seed} // 64 % 6]"
        columns |= {
            first: f"{state} || {kind}",
            first + 1: f"{state} || ' ' || ({seed} // 4096 % 900)",
            first + 2: state,
            first + 7: kind,
        }
    for first, seed in ((36, "a"), (44, "b"), (52, "g")):
        columns |= {
            first: f"{seed} % 5",
            first + 1: f"'City ' || ({seed} % 5000) || ', Province, Country'",
            first + 2: f"['US','CH','RS','UK','FR','JA'][1 + {seed} % 6]",
            first + 3: f"'US' || ({seed} % 50)",
            first + 5: f"round(({seed} % 18000) / 100.0 - 90, 4)",
            first + 6: f"round(({seed} // 8 % 36000) / 100.0 - 180, 4)",
            first + 7: f"{seed} % 99999",
        }
    return ", ".join(f"{words} AS c{at}" for at, words in sorted(columns.items()))


def make(file: Path, rows: int) -> None:
    import duckdb

    query = MADE.replace("{columns}", invented()).replace("{rows}", str(rows))
    duckdb.connect(config=SETTINGS).execute(query.replace("{file}", str(file)))


def bare(file: Path, target: Path) -> None:
    import duckdb

    columns = ", ".join(f"'c{at}': '{TYPES.get(at, 'VARCHAR')}'" for at in range(1, COLUMNS + 1))
    query = (
        BARE.replace("{picked}", ", ".join(f"c{at}" for at in READ)).replace("{file}", str(file))
        .replace("{columns}", f"{{{columns}}}").replace("{target}", str(target))
    )  # fmt: skip
    duckdb.connect(config=SETTINGS).execute(query)


def imported(file: Path, target: Path) -> None:
    from chancery.relations import Layers

    Layers(target).import_("gdelt", [file], "bench")


JOBS: dict[str, Callable[[Path, Path], None]] = {"bare": bare, "import": imported}


def run_job(name: str, file: Path, target: Path) -> None:
    """Run one job in this process, and print its wall, its processor time and its peak."""
    shutil.rmtree(target, ignore_errors=True)
    began, used = time.perf_counter(), os.times()
    JOBS[name](file, target)
    wall, now = time.perf_counter() - began, os.times()
    print(json.dumps({
        "wall": wall,
        "cpu": now.user + now.system - used.user - used.system,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }))  # fmt: skip
    shutil.rmtree(target, ignore_errors=True)


def compare(rows: int, turns: int, folder: Path) -> None:
    file = folder / NAME
    file.unlink(missing_ok=True)
    make(file, rows)
    print(f"{rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB")
    best: dict[str, dict[str, float]] = {}
    for _ in range(turns):
        for job in JOBS:
            command = [sys.executable, __file__, "--job", job, "--folder", str(folder)]
            found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            print(f"  {job:7} {found['wall']:7.2f} s, {found['cpu']:7.2f} s of processor time, "
                  f"{found['mb']:,} MB")  # fmt: skip
            kept = best.setdefault(job, found)
            for name in ("wall", "cpu"):
                kept[name] = min(kept[name], found[name])
    for name in ("wall", "cpu"):
        print(f"bare / import, {name}: {best['bare'][name] / best['import'][name]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where files may lie; else a temporary one")
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--job", choices=JOBS)
    asked = parser.parse_args()
    if asked.folder is None:
        with tempfile.TemporaryDirectory() as folder:
            compare(asked.rows, asked.turns, Path(folder))
    elif asked.job:
        run_job(asked.job, asked.folder / NAME, asked.folder / f"bench-{asked.job}")
    else:
        compare(asked.rows, asked.turns, asked.folder)


if __name__ == "__main__":
    main()
