"""One happening or claim as a citation: plain text, Markdown, BibTeX or CSL-JSON.

A citation names outlet, title, day, paragraph and characters, gives the words, and ends with the
row's id and the snapshot, by which anybody with the ledger finds the same again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.model import Cite, Claim, Happening
from chancery.outputs.addresses import web_address
from chancery.outputs.bibliography import bibtex_entry, csl_item, reference_of
from chancery.outputs.rows import json_line
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words

Writer: TypeAlias = Callable[["Cited"], str]


class Cited(msgspec.Struct, frozen=True):
    """What is cited: a row's id, the snapshot it was looked at in, and its quotations."""

    id: str
    snapshot: str
    cites: tuple[Cite, ...]


def cite_row(ledger: Ledger, name: str, form: str = "text", *, as_of: str | None = None) -> str:
    """Cite a happening or claim by its id, or the beginning of one, in one of `CITATIONS`.

    Raises `UsageError` for another form, and where no row is meant or more than one.
    """
    if form not in CITATIONS:
        raise UsageError(f"no citation in {form!r}", hint=f"there are: {', '.join(CITATIONS)}")
    row: Happening | Claim
    if name.startswith("clm_"):
        row = ledger.claim(name, as_of=as_of)
    else:
        row = ledger.happening(name, as_of=as_of)
    snapshot = ledger.coverage(as_of=as_of).snapshot
    return citation(Cited(row.id, snapshot, tuple(ledger.cite(row, as_of=as_of))), form)


def citation(cited: Cited, form: str = "text") -> str:
    """Write a citation whose quotations are at hand; the leading claim's comes first."""
    return CITATIONS[form](cited)


def place_words(cite: Cite) -> str:
    """Say where words stand in their report: `¶14, characters 3967–4072`."""
    return f"¶{cite.paragraph}, characters {cite.span.start}–{cite.span.end}"


def _text(cited: Cited) -> str:
    lines = []
    for cite in cited.cites:
        title = f"“{one_line(cite.title)}”" if cite.title.strip() else ""
        facts = (one_line(cite.source or ""), title, date_words(cite.published), place_words(cite))
        address = web_address(cite.url)
        source = ", ".join(filter(None, facts)) + "."
        lines.append(" ".join(filter(None, (source, f"“{one_line(cite.words)}”", address))))
    return "\n".join([*lines, f"{cited.id}, {cited.snapshot}"]) + "\n"


def _markdown(cited: Cited) -> str:
    lines = []
    for cite in cited.cites:
        address = web_address(cite.url)
        title = markdown_escaped(cite.title)
        linked = f"[{title or address}](<{address}>)" if address else title
        outlet = markdown_escaped(cite.source or "")
        facts = (outlet, linked, date_words(cite.published), place_words(cite))
        lines.append(f"> {markdown_escaped(cite.words)}\n>\n> — {', '.join(filter(None, facts))}\n")
    return "\n".join([*lines, f"`{cited.id}`, `{cited.snapshot}`\n"])


def _bibtex(cited: Cited) -> str:
    return "\n".join(
        bibtex_entry(reference_of(cites[0], *_notes(cites), cited.id, cited.snapshot))
        for cites in _by_report(cited.cites)
    )


def _csl(cited: Cited) -> str:
    items = [
        csl_item(reference_of(cites[0], *_notes(cites), cited.id, cited.snapshot))
        for cites in _by_report(cited.cites)
    ]
    return json_line(items) + "\n"


CITATIONS: Final[Mapping[str, Writer]] = {
    "text": _text,
    "markdown": _markdown,
    "bibtex": _bibtex,
    "csl-json": _csl,
}
"""The forms of a citation."""


def _by_report(cites: Sequence[Cite]) -> list[list[Cite]]:
    """Put quotations of one report together: a reference list names it once."""
    found: dict[str, list[Cite]] = {}
    for cite in cites:
        found.setdefault(cite.report, []).append(cite)
    return list(found.values())


def _notes(cites: Sequence[Cite]) -> list[str]:
    return [f"{place_words(cite)}: “{one_line(cite.words)}”" for cite in cites]


_MARKS: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:@\"'])")
"""What Markdown and HTML within it may take for a mark, and what makes a bare address a link."""


def markdown_escaped(words: str) -> str:
    """Make words harmless within Markdown: on one line, every mark behind a backslash."""
    return _MARKS.sub(r"\\\1", one_line(words))
