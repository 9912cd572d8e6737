"""One row as a citation: where it stands, in which words, in which snapshot."""

from __future__ import annotations

import html
import json
import re

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.model import Cite, Span, When
from chancery.outputs.citation import CITATIONS, Cited, citation, cite_row, markdown_escaped
from chancery.outputs.visible import one_line

WORDS = "Belarus expelled the ambassador of the United States from Belarus"


def test_plain_text(ledger: Ledger) -> None:
    [row] = ledger.happenings(what="expel")
    [cite] = ledger.cite(row)
    text = cite_row(ledger, row.id)
    start = cite.span.start
    assert text == (
        'Baltic␍ ER - Courier & Sons {, “Envoys in Minsk <script>alert("1")</script> '
        "{\\input{x}} 50% & co_”, 10 Feb 2020, "
        f"¶2, characters {start}–{start + len(WORDS)}. “{WORDS}” "
        "https://news.example/a%20b?q=%3Cx%3E&y=%22z%22\n"
        f"{row.id}, {ledger.snapshot.id}\n"
    )
    claim = cite_row(ledger, row.claims[0])
    assert claim == text.replace(row.id, row.claims[0])


def test_every_form_has_id_snapshot_and_words(ledger: Ledger) -> None:
    for row in ledger.happenings():
        for form in CITATIONS:
            text = cite_row(ledger, row.id[:12], form, as_of=ledger.snapshot.id)
            plain = re.sub(r"\\(.)", r"\1", text)
            assert row.id in plain
            assert ledger.snapshot.id in plain
            assert text.endswith("\n")


def test_bibtex_and_csl(ledger: Ledger) -> None:
    [row] = ledger.happenings(what="expel")
    [entry] = bibtexparser.parse_string(cite_row(ledger, row.id, "bibtex")).entries
    note = entry.fields_dict["note"].value.replace("\\_", "_")
    [item] = json.loads(cite_row(ledger, row.id, "csl-json"))
    for told in (note, item["note"]):
        assert f"“{WORDS}”" in told
        assert told.endswith(f"{row.id}; {ledger.snapshot.id}; {row.reports[0]}")


def test_what_is_not_meant_is_refused(ledger: Ledger) -> None:
    [row] = ledger.happenings(what="expel")
    with pytest.raises(UsageError, match="no citation in"):
        cite_row(ledger, row.id, "pdf")
    with pytest.raises(UsageError):
        cite_row(ledger, "hap_none")
    with pytest.raises(UsageError):
        cite_row(ledger, "rep_1")


def test_an_undated_report_of_no_outlet(ledger: Ledger) -> None:
    [row] = ledger.happenings(what="praise")
    text = cite_row(ledger, row.id)
    assert text.startswith("“=SUM(A1)”, no date, ¶1, characters ")
    assert "javascript" not in "".join(cite_row(ledger, row.id, form) for form in CITATIONS)


@given(words=st.text())
def test_markdown_shows_the_words_themselves(words: str) -> None:
    safe = markdown_escaped(words)
    assert "\n" not in safe
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]()<>#|~&:@]", safe)
    assert html.unescape(re.sub(r"\\(.)", r"\1", safe)) == html.unescape(one_line(words))


@given(words=st.text(min_size=1), title=st.text(), outlet=st.text(), url=st.text())
def test_a_citation_of_anything(words: str, title: str, outlet: str, url: str) -> None:
    place = Span(0, len(words))
    cite = Cite(
        claim="clm_1", report="rep_1", source=outlet, published=When(), title=title, words=words,
        span=place, trigger=place, paragraph=1, sentence=words, url=url,
    )  # fmt: skip
    cited = Cited("hap_1", "snp_1", (cite,))
    assert len(citation(cited).splitlines()) == 2
    assert len(citation(cited, "markdown").splitlines()) == 5
    [entry] = bibtexparser.parse_string(citation(cited, "bibtex")).entries
    assert entry.key == "rep_1"
    assert json.loads(citation(cited, "csl-json"))[0]["id"] == "rep_1"
