"""What holds for all forms: they are whole, the same each time, and give no more than is quoted."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.outputs.exports import FORMS, THINGS, export_to, write_export
from chancery.outputs.menu import MENU
from chancery.outputs.menu import THINGS as NAMED_THINGS

Written = Callable[..., bytes]

PAIRS = [(form.name, thing) for form in MENU.values() for thing in form.things]


def test_the_menu_is_what_can_be_written() -> None:
    assert list(MENU) == list(FORMS)
    assert tuple(NAMED_THINGS) == tuple(THINGS)
    assert len({form.suffix for form in MENU.values()}) == len(MENU)
    assert len({form.label for form in MENU.values()}) == len(MENU)
    assert all(set(form.things) <= set(THINGS) for form in MENU.values())
    assert MENU["geojson"].file_name() == "happenings.geojson"


@pytest.mark.parametrize(("form", "thing"), PAIRS)
def test_the_same_bytes_each_time_and_also_of_nothing(
    written: Written, form: str, thing: str
) -> None:
    assert written(form, thing) == written(form, thing)
    none = written(form, thing, limit=0)
    if form not in ("csv", "jsonl", "parquet", "plover-json", "polecat", "gdelt2", "rocrate"):
        assert b"rep_" not in none
    if MENU[form].media.endswith("json") and "ndjson" not in MENU[form].media:
        json.loads(none)


@pytest.mark.parametrize(("form", "thing"), PAIRS)
def test_no_text_but_what_is_quoted(written: Written, form: str, thing: str) -> None:
    whole = written(form, thing)
    texts = [whole]
    if form == "rocrate":
        with zipfile.ZipFile(io.BytesIO(whole)) as packed:
            texts = [packed.read(name) for name in packed.namelist()]
    assert not any(b"must stay within the ledger" in text for text in texts)


@pytest.mark.parametrize(("form", "thing"), PAIRS)
def test_no_address_but_of_the_web(written: Written, form: str, thing: str) -> None:
    if form in ("csv", "jsonl", "parquet", "plover-json", "rocrate"):
        pytest.skip("these hold the report's address as it was given, as text")
    assert b"javascript:" not in written(form, thing)


def test_it_need_not_be_sought_in(ledger: Ledger, lexicon: Lexicon) -> None:
    class Stream(io.RawIOBase):
        """A response that is sent as it is written."""

        size = 0

        def writable(self) -> bool:
            return True

        def write(self, part: Any) -> int:
            self.size += len(part)
            return len(part)

    for form in FORMS:
        stream = Stream()
        write_export(stream, ledger, lexicon, form)  # type: ignore[arg-type]
        assert stream.size > 0


def test_it_tells_how_far_it_is(ledger: Ledger, lexicon: Lexicon) -> None:
    for form in FORMS:
        told: list[tuple[int, int]] = []
        write_export(
            io.BytesIO(), ledger, lexicon, form,
            tell=lambda done, total, told=told: told.append((done, total)),  # type: ignore[misc]
        )  # fmt: skip
        if form not in ("bibtex", "csl-json", "ris"):  # one question, and then it is done
            assert told[-1][0] == told[-1][1] > 0


def test_what_a_form_cannot_hold_is_refused(ledger: Ledger, lexicon: Lexicon) -> None:
    for form, thing in (("geojson", "claims"), ("ris", "own"), ("annotations", "reports")):
        with pytest.raises(UsageError, match="holds no"):
            write_export(io.BytesIO(), ledger, lexicon, form, thing)
    with pytest.raises(UsageError, match="have no what"):
        write_export(io.BytesIO(), ledger, lexicon, "claimreview", what="visit")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_written_whole_or_not_at_all(
    ledger: Ledger, lexicon: Lexicon, target: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = target / f"out{MENU[form].suffix}"
    count = export_to(path, ledger, lexicon, form)
    assert count > 0
    assert sorted(one.name for one in target.iterdir()) == [path.name, f"{path.name}.coverage.txt"]
    kept = path.read_bytes()

    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    for holder, name in (
        ("chancery.outputs.forms.export.Export", "quoted"),
        ("chancery.outputs.forms.export.Export", "reports"),
        ("chancery.outputs.forms.export.Export", "passages"),
    ):
        monkeypatch.setattr(f"{holder}.{name}", broken)
    with pytest.raises(OSError, match="the disk is full"):
        export_to(path, ledger, lexicon, form)
    assert path.read_bytes() == kept
    assert sorted(one.name for one in target.iterdir()) == [path.name, f"{path.name}.coverage.txt"]


def test_filters_are_the_same_in_every_form(written: Written) -> None:
    for form in ("jsonl", "plover-json", "gdelt2"):
        assert written(form, what="visit", until="2020").count(b"\n") == 1
    for form in ("timelinejs", "jsonld"):
        assert written(form, what="expel").count(b"hap_") == 1


def test_an_earlier_snapshot_is_written_as_it_was(
    written: Written, ledger: Ledger, lexicon: Lexicon
) -> None:
    newest, earliest = ledger.snapshot.id, ledger.snapshots()[0].id
    for form in FORMS:
        assert written(form, as_of=newest) == written(form)
    reports = json.loads(written("csl-json", "reports", as_of=earliest))
    assert len(reports) == 3
    assert json.loads(written("jsonld", as_of=earliest))["@graph"][:-1] == []


def test_statements_and_forecasts_have_their_words(written: Written) -> None:
    [row] = [json.loads(line) for line in written("jsonl", "statements").splitlines()]
    assert row["quotes"][0]["words"].startswith("Belarus expelled the ambassador")
    [row] = [json.loads(line) for line in written("jsonl", "forecasts").splitlines()]
    assert row["quotes"][0]["words"] == "would be lifted by 31 January 2020"
