"""Reports as references: BibTeX, CSL-JSON and RIS.

Only what the ledger knows is written. A report without a date has none here; when it was looked at
is not known, so that no day of access is given. Titles and outlets come from outside: what would
end a field, open a command or begin a line is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from chancery.model import Cite, When
from chancery.outputs.addresses import web_address
from chancery.outputs.day_parts import day_parts
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a reader finds it: where, when and under which title it was published."""

    id: str
    title: str = ""
    outlet: str | None = None
    published: When = When()
    language: str = ""
    url: str | None = None
    notes: tuple[str, ...] = ()


def reference_of(cite: Cite, *notes: str) -> Reference:
    """Return the reference of a quotation's report."""
    return Reference(
        id=cite.report,
        title=cite.title,
        outlet=cite.source,
        published=cite.published,
        url=cite.url,
        notes=notes,
    )


def _notes(reference: Reference) -> list[str]:
    """Return what is to be noted: first a date that the format's own field cannot hold."""
    parts = day_parts(reference.published)
    dated = [] if parts else [date_words(reference.published)]
    return [*dated, *reference.notes, reference.id]


# BibTeX -----------------------------------------------------------------------------------------

TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "$": r"\$",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
    }
)
"""BibTeX counts braces even behind a backslash, so that a brace becomes a command without any."""


def tex_escaped(words: str) -> str:
    """Make words harmless within a field of BibTeX: on one line, braces balanced."""
    return one_line(words).translate(TEX)


def bibtex_entry(reference: Reference) -> str:
    """Write one entry: `date` is for biblatex, in EDTF; `year` where a single one is known."""
    parts = day_parts(reference.published)
    years = {part[0] for part in parts}
    address = web_address(reference.url)
    fields = {
        "title": f"{{{tex_escaped(reference.title)}}}" if reference.title.strip() else "",
        "journal": tex_escaped(reference.outlet or ""),
        "entrysubtype": "newspaper",
        "date": reference.published.edtf() if parts else "",
        "year": str(years.pop()) if len(years) == 1 else "",
        "url": address or "",
        "language": tex_escaped(reference.language),
        "note": "; ".join(map(tex_escaped, _notes(reference))),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@article{{{bibtex_key(reference.id)},\n{''.join(lines)}}}\n"


def bibtex_key(name: str) -> str:
    """Make a key of an id: letters, digits, `_` and `-` alone."""
    return "".join(one if one.isascii() and (one.isalnum() or one in "_-") else "-" for one in name)


# CSL-JSON ---------------------------------------------------------------------------------------


def csl_item(reference: Reference) -> dict[str, Any]:
    """Make one item of CSL-JSON; a stretch of days has two ends, as far as they are known."""
    parts = day_parts(reference.published)
    fields: dict[str, Any] = {
        "id": reference.id,
        "type": "article-newspaper",
        "title": one_line(reference.title),
        "container-title": one_line(reference.outlet or ""),
        "issued": {"date-parts": [list(part) for part in parts]} if parts else None,
        "URL": web_address(reference.url),
        "language": one_line(reference.language),
        "note": "; ".join(map(one_line, _notes(reference))),
    }
    return {name: value for name, value in fields.items() if value}


# RIS --------------------------------------------------------------------------------------------


def ris_lines(reference: Reference) -> Iterator[str]:
    """Write one record of RIS: a field a line, so that no value may break one."""
    parts = day_parts(reference.published)
    years = {part[0] for part in parts}
    fields = (
        ("TY", "NEWS"),
        ("ID", reference.id),
        ("TI", reference.title),
        ("T2", reference.outlet or ""),
        ("PY", str(years.pop()) if len(years) == 1 else ""),
        ("DA", _ris_date(parts[0]) if len(parts) == 1 else ""),
        ("UR", web_address(reference.url) or ""),
        ("LA", reference.language),
        *(("N1", note) for note in (_stretch(reference, len(parts)), *_notes(reference))),
    )
    for tag, value in fields:
        if words := one_line(value):
            yield f"{tag}  - {words}\r\n"
    yield "ER  - \r\n\r\n"


def _ris_date(part: tuple[int, ...]) -> str:
    """Write `2020/02/10`, `2020/02//` or `2020///`: RIS keeps the place of what is not known."""
    numbers = [f"{one:02}" for one in part]
    return "/".join([*numbers, "", ""][:3])


def _stretch(reference: Reference, ends: int) -> str:
    """Say a stretch of days in a note: RIS has a field for one day only."""
    return date_words(reference.published) if ends == 2 else ""
