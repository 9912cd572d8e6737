"""References: read by libraries of the field, nothing made up, and nothing that breaks out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from chancery.ledger import Ledger
from chancery.model import When
from chancery.outputs.bibliography import (
    TEX,
    Reference,
    bibtex_entry,
    bibtex_key,
    csl_item,
    ris_lines,
    tex_escaped,
)
from chancery.outputs.visible import one_line

Written = Callable[..., bytes]

TITLE = 'Envoys in Minsk <script>alert("1")</script> {\\input{x}} 50% & co_'
OUTLET = "Baltic␍ ER - Courier & Sons {"
ADDRESS = "https://news.example/a%20b?q=%3Cx%3E&y=%22z%22"

CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"const": "article-newspaper"},
            **{name: {"type": "string"} for name in
               ("title", "container-title", "URL", "language", "note")},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "additionalProperties": False,
                "properties": {"date-parts": {
                    "type": "array", "minItems": 1, "maxItems": 2,
                    "items": {"type": "array", "minItems": 1, "maxItems": 3,
                              "items": {"type": "integer"}},
                }},
            },
        },
    },
}  # fmt: skip
"""CSL's schema of input data, as far as it is used."""


def untexed(words: str) -> str:
    """Undo `tex_escaped`, as LaTeX would show it."""
    for character, command in sorted(TEX.items(), key=lambda one: -len(str(one[1]))):
        words = words.replace(str(command), f"\0{character}\0")
    parts = words.split("\0")
    return "".join(chr(int(part)) if at % 2 else part for at, part in enumerate(parts))


def parsed(text: str) -> Any:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return library.entries


# What is written --------------------------------------------------------------------------------


def test_reports_that_rows_rest_on(written: Written, ledger: Ledger) -> None:
    first, second, third = (ledger.report(f"wire-{number}").id for number in (1, 2, 3))
    found = {
        thing: {one["id"] for one in json.loads(written("csl-json", thing))}
        for thing in ("happenings", "claims", "statements", "forecasts", "reports")
    }
    assert found == {
        "happenings": {first, second},
        "claims": {first, second},
        "statements": {first},
        "forecasts": {first},
        "reports": {first, second, third},
    }


def test_bibtex(written: Written, ledger: Ledger) -> None:
    entries = {one.key: one.fields_dict for one in parsed(written("bibtex", "reports").decode())}
    assert len(entries) == 3
    first = entries[ledger.report("wire-1").id]
    assert untexed(first["title"].value[1:-1]) == TITLE
    assert untexed(first["journal"].value) == OUTLET
    assert (first["date"].value, first["year"].value) == ("2020-02-10", "2020")
    assert first["url"].value == ADDRESS
    undated = entries[ledger.report("wire-2").id]
    assert not {"date", "year", "url", "urldate", "journal"} & undated.keys()
    assert undated["note"].value.startswith("no date; ")
    month = entries[ledger.report("wire-3").id]
    assert (month["date"].value, month["year"].value) == ("2019-01", "2019")


def test_ris(written: Written, ledger: Ledger) -> None:
    records = {one["id"]: one for one in rispy.loads(written("ris", "reports").decode())}
    assert len(records) == 3
    first = records[ledger.report("wire-1").id]
    assert (first["type_of_reference"], first["title"]) == ("NEWS", TITLE)
    assert (first["secondary_title"], first["date"]) == (OUTLET, "2020/02/10")
    assert (first["year"], first["urls"]) == ("2020", [ADDRESS])
    undated = records[ledger.report("wire-2").id]
    assert not {"date", "year", "access_date", "urls"} & undated.keys()
    assert undated["notes"][0] == "no date"
    assert records[ledger.report("wire-3").id]["date"] == "2019/01/"


def test_csl(written: Written, ledger: Ledger) -> None:
    items = json.loads(written("csl-json", "reports"))
    jsonschema.validate(items, CSL)
    found = {one["id"]: one for one in items}
    first = found[ledger.report("wire-1").id]
    assert (first["title"], first["container-title"]) == (TITLE, OUTLET)
    assert (first["issued"], first["URL"]) == ({"date-parts": [[2020, 2, 10]]}, ADDRESS)
    assert "issued" not in found[ledger.report("wire-2").id]
    assert found[ledger.report("wire-3").id]["issued"] == {"date-parts": [[2019, 1]]}


def test_csl_is_rendered_by_a_citation_processor(written: Written) -> None:
    items = json.loads(written("csl-json", "reports"))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    page = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        page.register(Citation([CitationItem(item["id"])]))
    shown = "\n".join(map(str, page.bibliography()))
    assert "Quiet" in shown
    assert "2019" in shown


# Dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "bibtex", "parts", "ris", "note"),
    [
        ("2020-02-10", "2020-02-10", "2020-02-10", [[2020, 2, 10]], "2020/02/10", None),
        ("2019-01-01", "2019-12-31", "2019", [[2019]], "2019//", None),
        ("2019-12-30", "2020-01-02", "2019-12-30/2020-01-02",
         [[2019, 12, 30], [2020, 1, 2]], None, "30 Dec 2019 – 2 Jan 2020"),
        ("2017-01-01", "2018-12-31", "2017-01-01/2018-12-31", [[2017], [2018]], None, "2017–2018"),
        (None, "2020-02-10", None, None, None, "by 10 Feb 2020"),
        ("2020-02-10", None, None, None, None, "from 10 Feb 2020"),
        (None, None, None, None, None, "no date"),
    ],
)  # fmt: skip
def test_a_date_is_as_fine_as_it_is_known(
    first: str | None, last: str | None, bibtex: str | None, parts: object, ris: str | None,
    note: str | None,
) -> None:  # fmt: skip
    ends = [date.fromisoformat(day) if day else None for day in (first, last)]
    reference = Reference(id="rep_1", title="A", published=When(first=ends[0], last=ends[1]))
    [entry] = parsed(bibtex_entry(reference))
    assert (entry.fields_dict["date"].value if "date" in entry.fields_dict else None) == bibtex
    assert csl_item(reference).get("issued", {}).get("date-parts") == parts
    [record] = rispy.loads("".join(ris_lines(reference)))
    assert record.get("date") == ris
    if note:
        assert note in record["notes"]


# Whatever a title is ----------------------------------------------------------------------------


def reference(title: str, outlet: str, url: str) -> Reference:
    return Reference(id="rep_1", title=title, outlet=outlet, url=url, notes=(title,))


@given(title=st.text(), outlet=st.text(), url=st.text())
def test_nothing_breaks_out_of_bibtex(title: str, outlet: str, url: str) -> None:
    text = bibtex_entry(reference(title, outlet, url))
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert text.count("\n@") == 0
    [entry] = parsed(text)
    assert entry.key == "rep_1"
    assert set(entry.fields_dict) <= {
        "title", "journal", "entrysubtype", "url", "language", "note",
    }  # fmt: skip
    if one_line(title):
        assert untexed(entry.fields_dict["title"].value[1:-1]) == one_line(title)


@given(words=st.text())
def test_tex_shows_the_words_themselves(words: str) -> None:
    safe = tex_escaped(words)
    assert untexed(safe) == one_line(words)
    bare = safe
    for command in TEX.values():
        bare = bare.replace(str(command), "")
    assert not set(bare) & set("\\{}$%&#_~^")


@given(title=st.text(), outlet=st.text(), url=st.text())
def test_nothing_breaks_out_of_ris(title: str, outlet: str, url: str) -> None:
    text = "".join(ris_lines(reference(title, outlet, url)))
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert len(text.splitlines()) == len(lines) - 1
    assert [line[:6] for line in lines if line].count("ER  - ") == 1
    [record] = rispy.loads(text)
    assert record["id"] == "rep_1"
    if one_line(title):
        assert record["title"] == one_line(title)


@given(title=st.text(), outlet=st.text(), url=st.text())
def test_nothing_breaks_csl(title: str, outlet: str, url: str) -> None:
    jsonschema.validate([csl_item(reference(title, outlet, url))], CSL)


@given(name=st.text(min_size=1))
def test_a_key_is_letters_and_digits(name: str) -> None:
    assert set(bibtex_key(name)) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    )
