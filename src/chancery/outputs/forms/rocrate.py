"""A research package (RO-Crate 1.1): happenings in several forms, with what describes them.

It may be a folder or one zip file. The bytes are the same each time: files go in by name, and every
time in the zip is the earliest that the format has. The crate's date is the day on which the
snapshot was made. It also holds the decisions, whole, and the coverage line, so that it does change
where a decision is taken and undone again. https://www.researchobject.org/ro-crate/1.1/
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from chancery.ledger import Coverage
from chancery.outputs.coverage import coverage_line
from chancery.outputs.forms.export import Export, write_text
from chancery.outputs.forms.jsonld import write_jsonld
from chancery.outputs.forms.references import write_bibtex
from chancery.outputs.forms.tables import write_csv, write_jsonl, write_parquet
from chancery.outputs.menu import MENU
from chancery.outputs.visible import escape_in_json
from chancery.version import __version__

METADATA: Final = "ro-crate-metadata.json"
CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
PROFILE: Final = "https://w3id.org/ro/crate/1.1"

ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""
PLAIN_FILE: Final = 0o100644 << 16
UNIX: Final = 3

RIGHTS: Final = (
    "No licence was stated for this ledger. The quotations belong to the outlets that published "
    "them."
)
README: Final = """\
# Happenings from a Chancery ledger

{coverage}

{count} happenings: who did what to whom, when, on whose word, and the words each rests on.

| file | holds |
|---|---|
{files}

Every row has an id and its quotations, each with its report and the characters it stands at. The
reports' own texts are not here. What is not known is empty. `docs/exports.md` and `docs/nouns.md`
of Chancery {version} describe the forms and the fields.

{rights}
"""


class Part(msgspec.Struct, frozen=True):
    """One file of a crate: its name, what it holds, its media type, and how it is written."""

    name: str
    says: str
    media: str
    write: Callable[[Export, BinaryIO], int]


def _write_decisions(export: Export, target: BinaryIO) -> int:
    ledger = export.evidence.ledger
    lines = ledger.export_decisions(as_of=export.evidence.pinned)
    return write_text((f"{escape_in_json(line)}\n" for line in lines), target)


def _write_coverage(export: Export, target: BinaryIO) -> int:
    return write_text([coverage_line(_coverage(export)) + "\n"], target)


def _coverage(export: Export) -> Coverage:
    return export.evidence.ledger.coverage(as_of=export.evidence.pinned)


def _form(name: str, write: Callable[[Export, BinaryIO], int]) -> Part:
    form = MENU[name]
    return Part(form.file_name("happenings"), f"{form.label}: {form.says}", form.media, write)


PARTS: Final = (
    _form("csv", write_csv),
    _form("jsonl", write_jsonl),
    _form("parquet", write_parquet),
    _form("jsonld", write_jsonld),
    Part("reports.bib", "BibTeX: the reports they rest on", MENU["bibtex"].media, write_bibtex),
    Part(
        "decisions.jsonl", "JSON Lines: all that people settled, with their names",
        MENU["jsonl"].media, _write_decisions,
    ),
    Part("coverage.txt", "what all this rests on, in one line", "text/plain", _write_coverage),
)  # fmt: skip


def write_crate(export: Export, target: BinaryIO) -> int:
    """Write the crate as one zip file."""
    with (
        tempfile.TemporaryDirectory(prefix="chancery-") as folder,
        (Path(folder) / "crate.zip").open("w+b") as whole,
    ):
        count = write_crate_folder(export, Path(folder) / "crate")
        with zipfile.ZipFile(whole, "w") as packed:
            for path in sorted((Path(folder) / "crate").iterdir()):
                _pack(packed, path)
        whole.seek(0)
        shutil.copyfileobj(whole, target)
    return count


def _pack(packed: zipfile.ZipFile, path: Path) -> None:
    entry = zipfile.ZipInfo(path.name, ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = PLAIN_FILE
    entry.create_system = UNIX
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, packed.open(entry, "w") as stored:
        shutil.copyfileobj(source, stored)


def write_crate_folder(export: Export, folder: Path) -> int:
    """Write the crate as a folder, which must not be there yet."""
    folder.mkdir()
    for part in PARTS:
        with (folder / part.name).open("wb") as target:
            part.write(export, target)
    coverage = _coverage(export)
    files = "\n".join(f"| `{part.name}` | {part.says} |" for part in PARTS)
    readme = README.format(
        coverage=coverage_line(coverage), count=f"{len(export.rows):,}", files=files,
        version=__version__, rights=RIGHTS,
    )  # fmt: skip
    (folder / "README.md").write_text(readme, "utf-8", newline="\n")
    about = {"@context": CONTEXT, "@graph": list(_entities(export, coverage, folder))}
    words = msgspec.json.format(msgspec.json.encode(about), indent=2).decode()
    (folder / METADATA).write_text(escape_in_json(words) + "\n", "utf-8", newline="\n")
    return len(export.rows)


def _entities(export: Export, coverage: Coverage, folder: Path) -> Iterator[dict[str, Any]]:
    """Give the entities of the metadata file: itself, the crate, its files, and who made them."""
    files = [*PARTS, Part("README.md", "what is here", "text/markdown", _write_coverage)]
    links = [{"@id": part.name} for part in files]
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": "Happenings from a Chancery ledger",
        "description": coverage_line(coverage),
        "identifier": coverage.snapshot,
        "datePublished": coverage.made[:10],
        "license": {"@id": "#rights"},
        "hasPart": links,
        "mentions": {"@id": "#export"},
    }
    yield {"@id": "#rights", "@type": "CreativeWork", "name": "No licence stated",
           "description": RIGHTS}  # fmt: skip
    for part in files:
        yield {
            "@id": part.name,
            "@type": "File",
            "name": part.name,
            "description": part.says,
            "encodingFormat": part.media.partition(";")[0],
            "contentSize": str((folder / part.name).stat().st_size),
        }
    yield {
        "@id": "#export",
        "@type": "CreateAction",
        "name": f"Export of {len(export.rows):,} happenings",
        "instrument": {"@id": "#chancery"},
        "result": links,
    }
    yield {"@id": "#chancery", "@type": "SoftwareApplication", "name": "Chancery",
           "softwareVersion": __version__}  # fmt: skip
