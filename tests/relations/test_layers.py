"""Layers on disk: resumed, never half, packed files, lines counted, removed only when agreed to."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.errors import LedgerDamaged, LedgerLocked, UsageError
from chancery.ledger.lease import Lease
from chancery.lexicon import Lexicon
from chancery.relations import Layers
from chancery.relations import layers as layers_module
from chancery.relations.intake import Intake
from chancery.relations.manifest import problems_of

from .conftest import DATA, Imported

Take = Callable[..., Imported]
FACTS = "icews_facts.tsv"


def folder(found: Imported) -> Path:
    return found.layers.files("test")[0].parents[1]


def test_layout_on_disk(take: Take) -> None:
    found = take("gdelt", "gdelt1_back.csv", "gdelt1_daily.export.CSV")
    parts = [str(path.relative_to(folder(found))) for path in found.layers.files("test")]
    assert parts == [
        "year=1982/part-0.parquet", "year=2015/part-1.parquet", "year=2016/part-1.parquet",
    ]  # fmt: skip
    said = json.loads((folder(found) / "layer.json").read_text("utf-8"))
    assert [file["rows"] for file in said["files"]] == [3, 4]
    assert {row["source_file"] for row in found.rows} == {0, 1}
    assert sorted(path.name for path in folder(found).iterdir()) == [
        "layer.json", "lease", "year=1982", "year=2015", "year=2016",
    ]  # fmt: skip


def test_known_file_is_skipped_whatever_its_name(take: Take, tmp_path: Path) -> None:
    first = take("icews", FACTS)
    again = tmp_path / "renamed.tsv"
    again.write_bytes((DATA / f"synthetic_{FACTS}").read_bytes())
    second = take("icews", FACTS, again)
    assert second.rows == first.rows
    assert second.summary.skipped == (f"synthetic_{FACTS}", "renamed.tsv")
    assert second.summary.taken == ()


def test_same_files_give_the_same_rows_and_manifest(
    tmp_path: Path, lexicon: Lexicon, rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    found = []
    for name in ("one", "other"):
        layers = Layers(tmp_path / name, lexicon)
        layers.import_("polecat", [DATA / "synthetic_polecat.txt"], "test")
        said = (tmp_path / name / "layers" / "test" / "layer.json").read_bytes()
        found.append((rows_of(layers, "test"), said))
    assert found[0] == found[1]


def test_row_of_another_file_with_the_same_id_and_day_is_left_out(
    take: Take, tmp_path: Path
) -> None:
    take("gdelt", "gdelt2.export.CSV")
    lines = (DATA / "synthetic_gdelt2.export.CSV").read_text("utf-8").splitlines()
    overlap = tmp_path / "overlap.export.CSV"
    overlap.write_text("\n".join([lines[1], lines[0].replace("700001", "700099")]) + "\n", "utf-8")
    found = take("gdelt", overlap)
    assert found.summary.rows == 5
    assert [one.reason for one in found.summary.taken[0].rejects] == [
        "same id and day as an earlier row"
    ]


def test_interrupted_import_leaves_nothing_half(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take("icews", FACTS)
    settle = Intake._settle

    def stopped(self: Intake, number: int) -> list[str]:
        settle(self, number)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Intake, "_settle", stopped)
        with pytest.raises(KeyboardInterrupt):
            take("icews", "icews.tab")
    layers = take("icews", FACTS).layers
    home = layers.files("test")[0].parents[1]
    assert {path.name for path in home.glob("year=*/*")} == {"part-0.parquet"}
    found = take("icews", "icews.tab")
    assert found.summary.rows == 5 + 7
    assert not list(home.glob(".aside-*"))


def test_files_before_a_refused_one_stay(take: Take) -> None:
    with pytest.raises(UsageError, match="fit none"):
        take("icews", FACTS, "gdelt2.export.CSV")
    assert take("icews", FACTS).summary.skipped == (f"synthetic_{FACTS}",)


def test_packed_files_are_read_as_they_are(take: Take, tmp_path: Path) -> None:
    words = (DATA / "synthetic_gdelt2.export.CSV").read_bytes()
    zipped = tmp_path / "20200110001500.export.CSV.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("20200110001500.export.CSV", words)
    packed = tmp_path / "events.gz"
    packed.write_bytes(gzip.compress(words))
    plain = take("gdelt", "gdelt2.export.CSV", name="plain").rows
    assert take("gdelt", zipped, name="zipped").rows == plain
    assert take("gdelt", packed, name="packed").rows == plain
    assert take("gdelt", packed, name="packed").summary.lines == 5


def test_empty_and_broken_archives(take: Take, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.zip"
    with zipfile.ZipFile(nothing, "w"):
        pass
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    found = take("gdelt", nothing, empty)
    assert (found.summary.rows, found.summary.files, found.summary.rejected) == (0, 2, 0)
    assert found.summary.first is None
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(UsageError, match="cannot be unpacked"):
        take("gdelt", broken)
    two = tmp_path / "two.zip"
    with zipfile.ZipFile(two, "w") as archive:
        archive.writestr("a", b"x")
        archive.writestr("b", b"y")
    with pytest.raises(UsageError, match="holds 2 files"):
        take("gdelt", two)


def test_rows_know_their_line_among_damaged_and_empty_ones(take: Take, tmp_path: Path) -> None:
    good = (DATA / "synthetic_gdelt1_back.csv").read_text("utf-8").splitlines()[0]
    written, wanted = [], []
    for at in range(1, 3001):
        if at % 97 == 0:
            written.append("")
        elif at % 89 == 0:
            written.append("too\tshort")
        elif at % 83 == 0:
            written.append(good.replace("9001", str(at)) + "\ttoo much")
        else:
            written.append(good.replace("9001", str(at)))
            wanted.append(at)
    path = tmp_path / "damaged.csv"
    path.write_text("\n".join(written) + "\n", "utf-8")
    found = take("gdelt", path)
    assert [row["source_row"] for row in found.rows] == wanted
    assert [int(row["id"]) for row in found.rows] == wanted
    assert found.summary.lines == 3000
    assert found.why()["too few columns"] == [89, 178, 267, 356, 445]


def test_problems_name_file_line_and_words(take: Take) -> None:
    found = take("gdelt", "gdelt1_daily.export.CSV")
    problems = {one.code: one for one in problems_of(found.summary.taken)}
    short = problems["too-few-columns"]
    assert short.place == "synthetic_gdelt1_daily.export.CSV:3"
    assert "cut short" in short.hint
    assert problems["day-is-not-a-day"].hint == "there stands: 20161399"


# Strata, names, removal -------------------------------------------------------------------------


def test_strata_are_declared_once_and_kept(take: Take) -> None:
    take("icews", FACTS, stratum_column="part", weights={"thin": 5.0})
    manifest = take("icews", FACTS).layers.manifest("test")
    assert manifest.stratum_column == "part"
    assert [(one.name, one.weight) for one in manifest.strata] == [("thin", 5.0)]
    changed = take("icews", FACTS, weights={"whole": 2.0}).layers.manifest("test")
    assert [(one.name, one.weight) for one in changed.strata] == [("thin", 5.0), ("whole", 2.0)]


def test_what_cannot_be_meant_is_refused(take: Take, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column 'half'"):
        take("icews", FACTS, stratum_column="half")
    with pytest.raises(UsageError, match="above 0"):
        take("icews", FACTS, weights={"thin": 0})
    with pytest.raises(UsageError, match="cannot name a layer"):
        take("icews", FACTS, name="../outside")
    with pytest.raises(UsageError, match="no file"):
        take("icews", tmp_path / "nowhere.tab")
    take("icews", FACTS)
    with pytest.raises(UsageError, match="holds icews, not gdelt"):
        take("gdelt", "gdelt2.export.CSV")


def test_layers_are_listed_and_removed_only_when_agreed_to(take: Take) -> None:
    layers = take("icews", FACTS, name="facts").layers
    take("gdelt", "gdelt2.export.CSV", name="more")
    assert [(one.name, one.rows) for one in layers.layers()] == [("facts", 5), ("more", 4)]
    assert not layers.remove("facts", lambda summary: summary.rows == 0)
    assert layers.remove("facts", lambda summary: summary.rows == 5)
    assert [one.name for one in layers.layers()] == ["more"]
    with pytest.raises(UsageError, match="no layer 'facts'"):
        layers.files("facts")
    with pytest.raises(UsageError, match="no layer"):
        layers.summary("../more")


def test_one_writer_at_a_time(take: Take, tmp_path: Path) -> None:
    layers = take("icews", FACTS).layers
    with Lease(layers.files("test")[0].parents[1] / "lease").hold(), pytest.raises(LedgerLocked):
        take("icews", "icews.tab")


def test_damaged_manifest_is_told(take: Take) -> None:
    found = take("icews", FACTS)
    (folder(found) / "layer.json").write_text("{", "utf-8")
    with pytest.raises(LedgerDamaged, match="cannot be read"):
        found.layers.summary("test")


def test_names_are_good() -> None:
    assert layers_module.GOOD_NAME.fullmatch("icews-2015_b")
    assert not layers_module.GOOD_NAME.fullmatch(".hidden")
