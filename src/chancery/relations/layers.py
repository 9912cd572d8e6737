"""Layers: other people's event data beside a ledger, never within it.

`Layers(ledger.path)` knows those of one ledger. A layer is a folder under the ledger's `layers`:
Parquet by year, and `layer.json`, which alone says what belongs to it. A file that is not named
there was left by an import that was interrupted, and is cleared away by the next.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from chancery.errors import UsageError
from chancery.ledger.lease import Lease
from chancery.ledger.query import Workroom
from chancery.lexicon import Lexicon
from chancery.relations import spool
from chancery.relations.actor_names import ActorNames
from chancery.relations.formats import formats, mapped_layout
from chancery.relations.intake import Intake, Task
from chancery.relations.manifest import (
    LayerSummary,
    Manifest,
    SourceFile,
    Stratum,
    read_manifest,
    summary_of,
    write_manifest,
)
from chancery.version import __version__

FOLDER: Final = "layers"
GOOD_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
ASIDE: Final = ".aside-"

Tell = Callable[[str], None]


class Layers:
    """The layers of one ledger; names are read by `lexicon`, by default the one that ships."""

    def __init__(self, ledger: Path, lexicon: Lexicon | None = None) -> None:
        self._root = ledger / FOLDER
        self._lexicon = lexicon

    def import_(
        self,
        format: str,
        files: Sequence[Path],
        name: str,
        *,
        mapping: Mapping[str, str] | None = None,
        stratum_column: str | None = None,
        weights: Mapping[str, float] | None = None,
        tell: Tell = lambda words: None,
    ) -> LayerSummary:
        """Import files of a data set into a layer, made where it is not there; give its summary.

        A file that the layer holds already, by its SHA-256, is skipped, so that the same call goes
        on after it was stopped. `stratum_column` names a column whose values are strata, and
        `weights` what a row of each stands for (1 where not given). Raises `UsageError` for a
        format, file or column that cannot be meant, before anything of that file is kept.
        """
        manifest = self._manifest_for(format, name, mapping, stratum_column, weights)
        task = _task(format, manifest)
        for path in files:
            if not path.is_file():
                raise UsageError(f"no file {str(path)!r}", hint="name the files of the data set")
        took, skipped = [], []
        with self._writing(name) as folder:
            _clear(folder, manifest)
            with _room(folder) as (room, aside):
                intake = Intake(room, folder, aside, task, ActorNames(self._lexicon))
                for path in files:
                    manifest, taken = _take(intake, folder, manifest, path, aside)
                    tell(f"{path.name}: {taken.rows:,} rows" if taken else f"{path.name}: known")
                    if taken is None:
                        skipped.append(path.name)
                    else:
                        took.append(taken)
            write_manifest(folder, manifest)
        return summary_of(manifest, taken=took, skipped=skipped)

    def layers(self) -> list[LayerSummary]:
        """Return every layer in a few figures, by name."""
        folders = sorted(self._root.glob("*/layer.json"))
        return [self.summary(folder.parent.name) for folder in folders]

    def summary(self, name: str) -> LayerSummary:
        """Return one layer in a few figures; raises `UsageError` where there is none so called."""
        return summary_of(self.manifest(name))

    def manifest(self, name: str) -> Manifest:
        """Return all that a layer says of itself; raises `UsageError` where there is none."""
        found = read_manifest(self._root / name) if GOOD_NAME.fullmatch(name) else None
        if found is None:
            known = sorted(path.parent.name for path in self._root.glob("*/layer.json"))
            raise UsageError(
                f"no layer {name!r}",
                hint=f"there are: {', '.join(known)}" if known
                else "chancery import FORMAT FILE… --name NAME makes one",
            )  # fmt: skip
        return found

    def files(self, name: str) -> list[Path]:
        """Return a layer's Parquet files, by year and in the order of import."""
        return _parts(self._root / name, self.manifest(name))

    def remove(self, name: str, asks: Callable[[LayerSummary], bool]) -> bool:
        """Remove a layer where `asks` agrees to it; say whether it is gone."""
        if not asks(self.summary(name)):
            return False
        with self._writing(name) as folder:
            # Without its own file it is no layer any more, however far the rest comes.
            (folder / "layer.json").unlink()
            shutil.rmtree(folder)
        return True

    def _manifest_for(
        self,
        format: str,
        name: str,
        mapping: Mapping[str, str] | None,
        stratum_column: str | None,
        weights: Mapping[str, float] | None,
    ) -> Manifest:
        if format not in formats():
            raise UsageError(f"no format {format!r}", hint=f"known: {', '.join(formats())}")
        if not GOOD_NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} cannot name a layer", hint="small letters, digits, - and _: icews-2015"
            )
        if weights and any(weight <= 0 for weight in weights.values()):
            raise UsageError("a weight must be above 0", hint="--weight sample20=5")
        strata = tuple(Stratum(name=one, weight=by) for one, by in sorted((weights or {}).items()))
        wanted = Manifest(
            name=name, format=format, made_by=f"chancery {__version__}",
            stratum_column=stratum_column, strata=strata, mapping=dict(mapping or {}),
        )  # fmt: skip
        found = read_manifest(self._root / name)
        if found is None:
            return wanted
        return _same_kind(found, wanted)

    @contextmanager
    def _writing(self, name: str) -> Iterator[Path]:
        """Give the layer's folder to one writer at a time."""
        folder = self._root / name
        folder.mkdir(parents=True, exist_ok=True)
        with Lease(folder / "lease").hold():
            yield folder


def _same_kind(found: Manifest, wanted: Manifest) -> Manifest:
    """Return the manifest to go on with; refuse what the layer's other files were not read by."""
    if found.format != wanted.format:
        raise UsageError(
            f"layer {found.name!r} holds {found.format}, not {wanted.format}",
            hint="give another --name",
        )
    if wanted.mapping and found.mapping != wanted.mapping and found.files:
        raise UsageError(
            f"layer {found.name!r} was imported with another --map", hint="give another --name"
        )
    strata = {stratum.name: stratum for stratum in (*found.strata, *wanted.strata)}
    return msgspec.structs.replace(
        found,
        made_by=wanted.made_by,
        mapping=wanted.mapping or found.mapping,
        stratum_column=wanted.stratum_column or found.stratum_column,
        strata=tuple(strata[name] for name in sorted(strata)),
    )


def _task(format: str, manifest: Manifest) -> Task:
    form = formats()[format]
    layouts = form.layout
    if form.mapped:
        layouts = tuple(
            mapped_layout(form, manifest.mapping, delimiter) for delimiter in (",", "\t", ";")
        )
    return Task(name=format, form=form, layouts=layouts, stratum=manifest.stratum_column)


def _take(
    intake: Intake, folder: Path, manifest: Manifest, path: Path, aside: Path
) -> tuple[Manifest, SourceFile | None]:
    """Import one file unless it is known, and say so in `layer.json` at once."""
    with ThreadPoolExecutor(1) as beside:
        # A large file is hashed while it is staged; only one of a known length may be known.
        hashed = beside.submit(spool.digest, path)
        if any(file.size == path.stat().st_size for file in manifest.files):
            sha256 = hashed.result().sha256
            if any(file.sha256 == sha256 for file in manifest.files):
                return manifest, None
        for left in aside.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        number = len(manifest.files)
        taken = intake.take(path, hashed.result, number, _parts(folder, manifest))
    manifest = msgspec.structs.replace(manifest, files=(*manifest.files, taken))
    write_manifest(folder, manifest)
    return manifest, taken


def _parts(folder: Path, manifest: Manifest) -> list[Path]:
    return sorted(folder / part for file in manifest.files for part in file.parts)


def _clear(folder: Path, manifest: Manifest) -> None:
    """Clear away what an interrupted import left: folders aside, and parts that are not named."""
    known = set(_parts(folder, manifest))
    for path in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for part in folder.glob("year=*/*.parquet"):
        if part not in known:
            part.unlink()


@contextmanager
def _room(folder: Path) -> Iterator[tuple[Workroom, Path]]:
    """Open a database that spills into the layer's folder, and a folder for what lies aside."""
    aside = folder / f"{ASIDE}{os.getpid()}"
    spill = folder / f"{ASIDE}{os.getpid()}-spill"
    aside.mkdir()
    room = Workroom(spill)
    try:
        yield room, aside
    finally:
        room.close()
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(spill, ignore_errors=True)
