"""What a layer's own file, `layer.json`, says: its format, its files, what was left out and why."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from chancery.errors import LedgerDamaged, Problem

VERSION: Final = 1
NAME: Final = "layer.json"


class Example(msgspec.Struct, frozen=True, array_like=True):
    """A line of the file, from 1, and the words that were wrong with it."""

    line: int
    words: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why rows were left out, or what is odd about rows that were kept."""

    reason: str
    count: int
    examples: tuple[Example, ...] = ()


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """One imported file.

    `size` are its bytes, `lines` those of the text within it, `rows` the events made of them;
    `open_actors` and `open_targets` count rows with a name that no party was found for.
    """

    name: str
    sha256: str
    size: int
    layout: str
    lines: int
    rows: int
    parts: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    rejects: tuple[Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()
    open_actors: int = 0
    open_targets: int = 0
    strata: dict[str, int] = {}


class Stratum(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a layer that was drawn in its own way; each of its rows stands for `weight`."""

    name: str
    weight: float = 1.0


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `layer.json`."""

    name: str
    format: str
    made_by: str
    version: int = VERSION
    stratum_column: str | None = None
    strata: tuple[Stratum, ...] = ()
    mapping: dict[str, str] = {}
    files: tuple[SourceFile, ...] = ()


class LayerSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A layer in a few figures; days as ISO 8601, strata with rows and weights."""

    name: str
    format: str
    files: int
    lines: int
    rows: int
    rejected: int
    first: str | None
    last: str | None
    rejects: tuple[Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()
    open_actors: int = 0
    open_targets: int = 0
    strata: tuple[Stratum, ...] = ()
    stratum_rows: dict[str, int] = {}
    taken: tuple[SourceFile, ...] = ()
    skipped: tuple[str, ...] = ()


def summary_of(
    manifest: Manifest, *, taken: Iterable[SourceFile] = (), skipped: Iterable[str] = ()
) -> LayerSummary:
    """Add up a layer's files; an import has `taken` some and `skipped` what was there already."""
    files = manifest.files
    rejects = _added(reason for file in files for reason in file.rejects)
    rows: dict[str, int] = {}
    for file in files:
        for stratum, count in file.strata.items():
            rows[stratum] = rows.get(stratum, 0) + count
    return LayerSummary(
        name=manifest.name,
        format=manifest.format,
        files=len(files),
        lines=sum(file.lines for file in files),
        rows=sum(file.rows for file in files),
        rejected=sum(reason.count for reason in rejects),
        first=min((file.first for file in files if file.first), default=None),
        last=max((file.last for file in files if file.last), default=None),
        rejects=rejects,
        remarks=_added(reason for file in files for reason in file.remarks),
        open_actors=sum(file.open_actors for file in files),
        open_targets=sum(file.open_targets for file in files),
        strata=manifest.strata,
        stratum_rows=dict(sorted(rows.items())),
        taken=tuple(taken),
        skipped=tuple(skipped),
    )


def problems_of(files: Iterable[SourceFile]) -> Iterator[Problem]:
    """Say for each file and reason how many rows were left out, and where the first one stands."""
    for file in files:
        for one in file.rejects:
            first = one.examples[0] if one.examples else None
            rows = "row" if one.count == 1 else "rows"
            yield Problem(
                stage="import",
                code=one.reason.replace(" ", "-"),
                message=f"{one.count:,} {rows} left out: {one.reason}",
                place=f"{file.name}:{first.line}" if first else file.name,
                hint=f"there stands: {first.words}" if first and first.words else "",
            )


def _added(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    found: dict[str, Reason] = {}
    for one in reasons:
        so_far = found.get(one.reason, Reason(reason=one.reason, count=0))
        found[one.reason] = msgspec.structs.replace(
            so_far, count=so_far.count + one.count, examples=so_far.examples or one.examples
        )
    return tuple(sorted(found.values(), key=lambda reason: (-reason.count, reason.reason)))


def read_manifest(folder: Path) -> Manifest | None:
    """Return what a layer's folder says of itself; none where no import was ever finished.

    Raises `LedgerDamaged` where the file cannot be read.
    """
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise LedgerDamaged(
            f"{path} cannot be read: {error}", hint="remove the layer and import its files again"
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `layer.json` aside, then put it in its place."""
    aside = folder / f".aside-{os.getpid()}-{NAME}"
    words = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    with aside.open("wb") as stream:
        stream.write(words + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    aside.rename(folder / NAME)
