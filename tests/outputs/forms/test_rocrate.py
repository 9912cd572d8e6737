"""RO-Crate: a library loads it, zipped and as a folder, with the same files and the same bytes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import polars
import pytest
from rocrate.rocrate import ROCrate

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.outputs.exports import export_to

FILES = [
    "README.md", "coverage.txt", "decisions.jsonl", "happenings.csv", "happenings.jsonl",
    "happenings.jsonld", "happenings.parquet", "reports.bib", "ro-crate-metadata.json",
]  # fmt: skip
METADATA = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://w3id.org/ro/crate/1.1/context"},
        "@graph": {
            "type": "array",
            "items": {"type": "object", "required": ["@id", "@type"]},
            "allOf": [
                {"contains": {
                    "required": ["conformsTo", "about"],
                    "properties": {
                        "@id": {"const": "ro-crate-metadata.json"},
                        "@type": {"const": "CreativeWork"},
                        "conformsTo": {"const": {"@id": "https://w3id.org/ro/crate/1.1"}},
                        "about": {"const": {"@id": "./"}},
                    },
                }},
                {"contains": {
                    "required": ["name", "description", "datePublished", "license", "hasPart"],
                    "properties": {
                        "@id": {"const": "./"},
                        "@type": {"const": "Dataset"},
                        "datePublished": {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
                    },
                }},
            ],
        },
    },
}  # fmt: skip
"""What RO-Crate 1.1 asks of the metadata file, its descriptor and the root."""


@pytest.fixture
def folder(ledger: Ledger, lexicon: Lexicon, target: Path) -> Path:
    path = target / "crate"
    assert export_to(path, ledger, lexicon, "rocrate") == 6
    return path


def test_a_library_loads_it(folder: Path, ledger: Ledger) -> None:
    crate = ROCrate(folder)
    assert {one.id for one in crate.data_entities} == set(FILES) - {"ro-crate-metadata.json"}
    for one in crate.data_entities:
        assert int(one["contentSize"]) == (folder / one.id).stat().st_size
    root = crate.root_dataset
    assert root["identifier"] == ledger.snapshot.id
    assert str(root["datePublished"])[:10] == ledger.coverage().made[:10]
    assert root["license"]["name"] == "No licence stated"
    jsonschema.Draft202012Validator(METADATA).validate(
        json.loads((folder / "ro-crate-metadata.json").read_text())
    )


def test_every_file_holds_the_same_rows(folder: Path, ledger: Ledger) -> None:
    ids = {row.id for row in ledger.happenings()}
    told = csv.DictReader(io.StringIO((folder / "happenings.csv").read_text()))
    assert {row["id"] for row in told} == ids
    lines = (folder / "happenings.jsonl").read_text().splitlines()
    assert {json.loads(line)["id"] for line in lines} == ids
    assert set(polars.read_parquet(folder / "happenings.parquet")["id"]) == ids
    nodes = json.loads((folder / "happenings.jsonld").read_text())["@graph"]
    urns = {node["@id"].removeprefix("urn:chancery:") for node in nodes}
    assert {name for name in urns if name.startswith("hap_")} == ids
    [decision] = (folder / "decisions.jsonl").read_text().splitlines()
    assert json.loads(decision)["who"] == "Ada"
    assert (folder / "coverage.txt").read_text().startswith("from 3 reports")
    assert "| `happenings.csv` |" in (folder / "README.md").read_text()


def test_the_zip_is_the_folder(written: Callable[..., bytes], folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(written("rocrate"))) as packed:
        assert packed.namelist() == FILES == sorted(one.name for one in folder.iterdir())
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in FILES:
            assert packed.read(name) == (folder / name).read_bytes()


def test_a_folder_with_something_in_it_is_left_alone(
    ledger: Ledger, lexicon: Lexicon, folder: Path, target: Path
) -> None:
    with pytest.raises(UsageError, match="is a folder already"):
        export_to(folder, ledger, lexicon, "rocrate")
    with pytest.raises(UsageError, match="is a folder already"):
        export_to(folder, ledger, lexicon, "csv")
    (target / "file").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        export_to(target / "file", ledger, lexicon, "rocrate")
    (target / "empty").mkdir()
    assert export_to(target / "empty", ledger, lexicon, "rocrate") == 6
    assert (target / "file").read_text() == "mine"
