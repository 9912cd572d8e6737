"""The versions of one article as text: each with its words that differ and what its claims became.

Words that are gone stand in `[-…-]`, new ones in `{+…+}`, as `wdiff` writes them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from chancery.ledger import Fate, FieldChange, Version
from chancery.ledger.changes import values_line
from chancery.ledger.cite import find_paragraph
from chancery.ledger.edits import Edit, sentences
from chancery.model import Report, Span
from chancery.outputs.rows import Row, plain, row_of
from chancery.outputs.table import PLAIN, Style
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words, listed, short_id

INDENT: Final = "    "


def versions_words(versions: Sequence[Version]) -> str:
    """Say how many versions there are and which is the newest: `versions 2 (newest rep_45b0…)`."""
    texts = [one for one in versions if not one.retracts]
    newest = [short_id(one.report) for one in texts if one.newest]
    words = f"versions {len(texts)} (newest {newest[-1]})"
    taken_back = [short_id(one.report) for one in versions if one.retracts]
    return listed((words, *(f"withdrawal proposed by {one}" for one in taken_back)))


def version_row(version: Version, texts: Mapping[str, Report], before: str | None) -> Row:
    """Return a version as a row for programs, with the words at every span."""
    text = texts[version.report].text
    old = texts[before].text if before else ""
    edits = [
        {**plain(one), "before_words": one.before.of(old), "after_words": one.after.of(text)}
        for one in version.edits
    ]
    notices = [span.of(text) for span in version.notices]
    return {**row_of(version), "notice_words": notices, "edits": edits}


def version_lines(
    versions: Sequence[Version], texts: Mapping[str, Report], width: int, style: Style = PLAIN
) -> Iterator[str]:
    """Print versions, oldest first, each with its differences from the one before."""
    before: Report | None = None
    for version in versions:
        report = texts[version.report]
        yield style.bold(f"{version.ordinal}  {version.report}") + f"  {_marks(version)}"
        facts = (date_words(version.published), version.source or "no source", version.title)
        yield INDENT + listed(map(one_line, facts))
        yield INDENT + listed((version.because, *version.ties))
        for notice in version.notices:
            number, _ = find_paragraph(report, notice)
            yield f"{INDENT}¶{number} “{one_line(notice.of(report.text))}”"
        if before:
            yield from _edit_lines(version.edits, before, report, width, style)
        yield from (line for fate in version.claims for line in _fate_lines(fate, style))
        yield ""
        before = report


def _marks(version: Version) -> str:
    marks = {
        "newest": version.newest,
        "withdrawn": version.withdrawn,
        "withdrawal proposed": version.retracts,
    }
    return listed(word for word, there in marks.items() if there)


def _edit_lines(
    edits: Sequence[Edit], before: Report, after: Report, width: int, style: Style
) -> Iterator[str]:
    """Print each sentence of the later text that differs, with what is gone and what is new."""
    for passage, some in _by_sentence(edits, after.text):
        number, _ = find_paragraph(after, passage)
        mark = f"{INDENT}{style.dim(f'¶{number}')} "
        words = _marked(passage, some, before.text, after.text)
        yield from textwrap.wrap(
            words, max(width, 40), initial_indent=mark, subsequent_indent=INDENT + "  "
        )


def _by_sentence(edits: Sequence[Edit], text: str) -> Iterator[tuple[Span, list[Edit]]]:
    """Bring together the edits of one sentence, with the passage of the text that they are in."""
    around = sentences(text)
    passage, some = Span(0, 0), list[Edit]()
    for edit in edits:
        if some and edit.after.start > passage.end:
            yield passage, some
            some = []
        within = [
            one for one in around if one.start <= edit.after.end and edit.after.start <= one.end
        ]
        ends = [passage] if some else []
        spans = [*ends, *within, edit.after]
        passage = Span(min(one.start for one in spans), max(one.end for one in spans))
        some = [*some, edit]
    if some:
        yield passage, some


def _marked(passage: Span, edits: Sequence[Edit], before: str, after: str) -> str:
    pieces, at = [], passage.start
    for edit in edits:
        pieces.append(after[at : edit.after.start])
        pieces.append(f" [-{edit.before.of(before)}-] " if edit.before.of(before) else "")
        pieces.append(f" {{+{edit.after.of(after)}+}} " if edit.after.of(after) else "")
        at = edit.after.end
    return one_line("".join([*pieces, after[at : passage.end]]))


def _fate_lines(fate: Fate, style: Style) -> Iterator[str]:
    name = short_id(fate.after or fate.before or "")
    yield f"{INDENT}{style.dim(fate.what.ljust(len('changed')))}  {one_line(fate.shown)}  {name}"
    yield from (f"{INDENT}{INDENT}{_field_words(one)}" for one in fate.fields)


def _field_words(change: FieldChange) -> str:
    return f"{change.field}: {one_line(values_line(change))}"
