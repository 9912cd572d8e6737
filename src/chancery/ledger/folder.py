"""The ledger's folder: what lies where, and the settings file that says so.

chancery.toml        format, id recipe, versions
control.sqlite       which segments make which snapshot, decisions, full text
lease                locked by whoever writes
segments/<table>/    immutable Parquet
empty/               a Parquet file without rows for each table
derived/             what follows from the rest, rebuilt at will
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path
from typing import Final

from chancery.errors import LedgerDamaged, NotALedger
from chancery.ledger.query import Door
from chancery.ledger.tables import TABLES

FORMAT: Final = 1
SETTINGS: Final = f"""\
# A Chancery ledger. docs/ledger-format.md describes every file and column.
format = {FORMAT}

[ids]
recipe = "prefix_ + 16 hex digits of SHA-256 over the JSON of the parts"
version = 1

[text]
offsets = "Unicode code points of title + newline + body, end exclusive"
"""


class Folder:
    """The places of one ledger."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = root / "chancery.toml"
        self.control = root / "control.sqlite"
        self.lease = root / "lease"
        self.segments = root / "segments"
        self.empty = root / "empty"
        self.derived = root / "derived"


def open_folder(path: Path, *, create: bool) -> Folder:
    """Return the folder of a ledger, made first where asked for.

    Raises `NotALedger` where the path is something else, or of a version not known here, and
    `LedgerDamaged` where the control file is gone but segments are there.
    """
    folder = Folder(path.absolute())
    if not folder.settings.is_file():
        _check_free(folder, create=create)
        folder.root.mkdir(parents=True, exist_ok=True)
        _write_once(folder.settings, SETTINGS)
    _check_settings(folder)
    if not folder.control.exists() and any(folder.segments.glob("*/*.parquet")):
        raise LedgerDamaged(
            f"{folder.control} is gone; the segments alone do not say what belongs to a snapshot",
            hint="put the file back from a copy, or read the reports into a new ledger",
        )
    _make_empty_tables(folder)
    return folder


def _check_free(folder: Folder, *, create: bool) -> None:
    if folder.root.exists() and not folder.root.is_dir():
        raise NotALedger(f"{folder.root} is a file, not a ledger", hint="name a folder")
    if folder.root.exists() and any(not _is_aside(path) for path in folder.root.iterdir()):
        raise NotALedger(
            f"{folder.root} is no ledger: it has no chancery.toml, but other files",
            hint="name a new folder, or one that `chancery read` has made",
        )
    if not create:
        raise NotALedger(
            f"no ledger at {folder.root}", hint="chancery read PATH -L NAME.ledger makes one"
        )


def _check_settings(folder: Folder) -> None:
    try:
        settings = tomllib.loads(folder.settings.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotALedger(f"{folder.settings}: {error}", hint="mend or restore the file") from error
    if settings.get("format") != FORMAT:
        raise NotALedger(
            f"{folder.settings}: format is {settings.get('format')!r}; this program knows {FORMAT}",
            hint="use the program that wrote it, or read the reports into a new ledger",
        )


def _make_empty_tables(folder: Folder) -> None:
    for name in ("segments", "empty", "derived"):
        (folder.root / name).mkdir(exist_ok=True)
    door = Door(folder.empty)
    shape = folder.empty / "shape"
    current = shape_of_tables()
    old = not shape.exists() or shape.read_text("utf-8") != current
    for table in TABLES.values():
        target = folder.empty / f"{table.name}.parquet"
        if old or not target.exists():
            aside = _aside(target)
            door.write_empty(table, aside)
            aside.rename(target)
    door.close()
    if old:
        _write_once(shape, current)


def shape_of_tables() -> str:
    """Return a digest of the columns of all tables: empty files of another shape are made anew."""
    columns = [(table.name, [*table.types.items()]) for table in TABLES.values()]
    return hashlib.sha256(repr(columns).encode()).hexdigest()


def _write_once(target: Path, words: str) -> None:
    aside = _aside(target)
    aside.write_text(words, encoding="utf-8")
    aside.rename(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".aside-{os.getpid()}-{target.name}")


def _is_aside(path: Path) -> bool:
    return path.name.startswith(".aside-")
