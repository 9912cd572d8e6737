"""Layers of the synthetic files and of our own rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import msgspec
import pytest

from chancery.ledger.query import Workroom
from chancery.lexicon import Lexicon
from chancery.relations import Layers, LayerSummary
from chancery.relations.steps import listed

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "events"
"""Public event data for development, where they are at hand; nothing of them is kept here."""

READ = """
SELECT * FROM read_parquet({files}, hive_partitioning = false)
ORDER BY source_file, source_row, actor, target
"""


class Imported(NamedTuple):
    """A layer just imported: its figures, and its rows by the line they stand on."""

    layers: Layers
    summary: LayerSummary
    rows: list[dict[str, Any]]

    def on(self, line: int) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["source_row"] == line]

    def why(self) -> dict[str, list[int]]:
        """The lines that were left out, by reason."""
        return {
            one.reason: [example.line for example in one.examples] for one in self.summary.rejects
        }

    def remarks(self) -> dict[str, list[int]]:
        return {
            one.reason: [example.line for example in one.examples] for one in self.summary.remarks
        }


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workroom]:
    opened = Workroom(tmp_path_factory.mktemp("spill"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def rows_of(room: Workroom) -> Callable[[Layers, str], list[dict[str, Any]]]:
    """Read a layer's rows, in the order of files and lines."""

    def read(layers: Layers, name: str) -> list[dict[str, Any]]:
        files = layers.files(name)
        if not files:
            return []
        answer = room.run(READ.replace("{files}", listed(files)))
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    return read


@pytest.fixture
def take(
    tmp_path: Path, lexicon: Lexicon, rows_of: Callable[[Layers, str], list[dict[str, Any]]]
) -> Callable[..., Imported]:
    """Import synthetic files by their names, or others by their paths."""

    def run(format: str, *files: str | Path, name: str = "test", **options: Any) -> Imported:
        layers = Layers(tmp_path / "test.ledger", lexicon)
        paths = [DATA / f"synthetic_{one}" if isinstance(one, str) else one for one in files]
        summary = layers.import_(format, paths, name, **options)
        return Imported(layers, summary, rows_of(layers, name))

    return run


COLUMNS = {
    "id": "VARCHAR", "day": "DATE", "day_last": "DATE", "actor": "VARCHAR", "actor_raw": "VARCHAR",
    "actor_sectors": "VARCHAR", "target": "VARCHAR", "target_raw": "VARCHAR",
    "target_sectors": "VARCHAR", "type": "VARCHAR", "mode": "VARCHAR", "cameo": "VARCHAR",
    "quad": "UTINYINT", "intensity": "FLOAT", "mentions": "INTEGER", "sources": "INTEGER",
    "directed": "BOOLEAN", "country": "VARCHAR", "lat": "FLOAT", "lon": "FLOAT",
    "stratum": "VARCHAR", "source_file": "SMALLINT", "source_row": "BIGINT",
}  # fmt: skip
DEEDS = {
    "meet": ("CONSULT", "040", 1, 1.0), "visit": ("CONSULT", "042", 1, 1.9),
    "host": ("CONSULT", "043", 1, 2.8), "aid": ("AID", "070", 2, 7.0),
    "accuse": ("ACCUSE", "112", 3, -2.0), "assault": ("ASSAULT", "190", 4, -10.0),
    "say": (None, "010", 1, 0.0),
}  # fmt: skip


def row(
    number: int, day: str | date, actor: str | None, deed: str, target: str | None, **more: Any
) -> dict[str, Any]:
    """One row of a layer: `row(1, "2012-08-08", "CHN", "accuse", "JPN", stratum="full")`."""
    kind, cameo, quad, score = DEEDS[deed]
    return {
        "id": f"e{number:06}", "day": str(day), "day_last": str(day), "actor": actor,
        "target": target, "actor_raw": actor, "target_raw": target, "type": kind, "cameo": cameo,
        "quad": quad, "intensity": score, "mentions": 2, "sources": 1, "directed": True,
        "source_file": 0, "source_row": number + 1, **more,
    }  # fmt: skip


def write_layer(folder: Path, rows: Iterable[dict[str, Any]]) -> list[Path]:
    """Write rows as a layer's Parquet files; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = folder / "rows.jsonl"
    lines.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in rows))
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT *, year(day) AS year FROM read_json('{lines}', columns = {{{columns}}},"  # noqa: S608
            f" format = 'newline_delimited')) TO '{folder}' (FORMAT parquet, PARTITION_BY (year),"
            " OVERWRITE_OR_IGNORE)"
        )
    lines.unlink()
    return sorted(folder.glob("year=*/*.parquet"))


@pytest.fixture
def layer(tmp_path: Path) -> Callable[[Iterable[dict[str, Any]]], tuple[Path, list[Path]]]:
    """Return what writes rows into a layer of its own."""
    made = iter(range(1_000_000))

    def write(rows: Iterable[dict[str, Any]]) -> tuple[Path, list[Path]]:
        folder = tmp_path / f"layer-{next(made)}"
        return folder, write_layer(folder, rows)

    return write
