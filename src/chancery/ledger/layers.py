"""The files of what follows from snapshots: a ground layer, and thin ones on top of it.

A snapshot that follows from an earlier one adds a layer: the rows of the parts that were worked out
anew, and the names of the parts that are no more. A small file says which layers make a snapshot;
it is written last, so that one that is there is whole. When there are many layers they are folded
into one. Everything can be deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from chancery.ledger.query import Door, Lines
from chancery.ledger.segments import write_sorted
from chancery.ledger.tables import LAYERED_TABLES, PARTED_TABLES, RETIRED, WHOLE_TABLES, Row, Table

MOST_LAYERS: Final = 8
"""More layers than this on the ground are folded into one."""
THICK: Final = 4
"""Layers that hold more than the `THICK`-th part of the ground's rows are folded into it."""


class Layers(msgspec.Struct, frozen=True):
    """The files of one snapshot, by table, ground first; `counts` are rows of each layer."""

    files: Mapping[str, tuple[str, ...]]
    counts: tuple[int, ...]


class LayerFolder:
    """The folder of what follows; `stamp` is the shape of the files and the policy they follow."""

    def __init__(self, folder: Path, door: Door) -> None:
        self.folder = folder
        self._door = door

    def state(self) -> int:
        """Return when a file last came or went, in nanoseconds; 0 where there is no folder."""
        try:
            return self.folder.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def find(self, stamp: str, snapshot: str) -> Layers | None:
        """Return a snapshot's files, where all of them are there."""
        try:
            found = msgspec.json.decode(self._list(stamp, snapshot).read_bytes(), type=Layers)
        except (OSError, msgspec.MsgspecError):
            return None
        names = {name for some in found.files.values() for name in some}
        known = found.files.keys() == {table.name for table in LAYERED_TABLES}
        return found if known and all((self.folder / name).exists() for name in names) else None

    def names(self, stamp: str) -> list[str]:
        """Return the names of the snapshots whose lists lie here; files may be gone meanwhile."""
        paths = self.folder.glob(f"{stamp}-*.json")
        return sorted(path.stem.removeprefix(f"{stamp}-") for path in paths)

    def paths(self, layers: Layers) -> dict[str, list[str]]:
        """Return the paths of a snapshot's files, by table."""
        return {
            table: [str(self.folder / name) for name in names]
            for table, names in layers.files.items()
        }

    def beside(self, table: Table, stamp: str, snapshot: str) -> Path:
        """Return where the file of a table lies that is made whole for a snapshot."""
        return self.folder / f"{table.name}-{stamp}-{snapshot}.parquet"

    def lay(
        self,
        stamp: str,
        snapshot: str,
        rows: Iterable[tuple[Table, Row]],
        below: tuple[str, Layers] | None = None,
    ) -> Layers:
        """Write one layer, on top of those of an earlier snapshot where one is given.

        Rows may come in any order of their tables; they are written down as they come.
        """
        self.folder.mkdir(exist_ok=True)
        label = f"{stamp}-{below[0]}-{snapshot}" if below else f"{stamp}-{snapshot}"
        names, count = {}, 0
        written = write_sorted(
            {table.name: self._aside(table.name).with_suffix(".jsonl") for table in LAYERED_TABLES},
            ((table.name, row) for table, row in rows),
        )
        for table in LAYERED_TABLES:
            names[table.name] = f"{table.name}-{label}.parquet"
            count += self._write(table, names[table.name], written[table.name])
        layers = _on_top(below[1] if below else None, names, count)
        layers = self._fold(layers, label)
        aside = self._aside("list")
        aside.write_bytes(msgspec.json.encode(layers))
        aside.rename(self._list(stamp, snapshot))
        return layers

    def keep(self, stamp: str, snapshots: Sequence[str]) -> None:
        """Delete the files that none of these snapshots needs."""
        kept = set()
        for snapshot in snapshots:
            if layers := self.find(stamp, snapshot):
                kept.add(self._list(stamp, snapshot).name)
                kept |= {self.beside(table, stamp, snapshot).name for table in WHOLE_TABLES}
                kept |= {name for some in layers.files.values() for name in some}
        for path in self.folder.glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _fold(self, layers: Layers, label: str) -> Layers:
        """Fold thin layers into one where there are many, and into the ground where they are thick.

        So a row is written again a few times only, however many snapshots follow each other.
        """
        ground, *thin = layers.counts
        if len(thin) <= MOST_LAYERS and sum(thin) * THICK <= ground:
            return layers
        start = 0 if sum(thin) * THICK > ground else 1
        if len(layers.counts) - start < 2:
            return layers
        files = {}
        for table in LAYERED_TABLES:
            names = layers.files[table.name]
            if table not in (*PARTED_TABLES, RETIRED):
                files[table.name] = names
                continue
            name = f"{table.name}-folded-{label}.parquet"
            self._fold_table(table, layers, start, name)
            files[table.name] = (*names[:start], name)
        return Layers(files, (*layers.counts[:start], sum(layers.counts[start:])))

    def _fold_table(self, table: Table, layers: Layers, start: int, name: str) -> None:
        aside = self._aside(table.name)
        paths = [self.folder / one for one in layers.files[table.name][start:]]
        retired = [self.folder / one for one in layers.files[RETIRED.name][start:]]
        self._door.fold(paths, retired, aside, table, keep=start > 0)
        aside.rename(self.folder / name)

    def _write(self, table: Table, name: str, lines: Lines) -> int:
        aside = self._aside(table.name)
        if lines.count:
            self._door.write(lines, aside, table)
        else:
            self._door.write_empty(table, aside)
        lines.path.unlink()
        aside.rename(self.folder / name)
        return lines.count

    def _aside(self, name: str) -> Path:
        return self.folder / f".aside-{os.getpid()}-{name}.parquet"

    def _list(self, stamp: str, snapshot: str) -> Path:
        return self.folder / f"{stamp}-{snapshot}.json"


def _on_top(below: Layers | None, names: Mapping[str, str], count: int) -> Layers:
    if below is None:
        return Layers({table: (name,) for table, name in names.items()}, (count,))
    parted = {table.name for table in (*PARTED_TABLES, RETIRED)}
    files = {
        table: (*below.files[table], name) if table in parted else (name,)
        for table, name in names.items()
    }
    return Layers(files, (*below.counts, count))
