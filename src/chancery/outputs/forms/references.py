"""The reports that rows rest on, for reference managers: BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from chancery.ledger.summaries import ReportSummary
from chancery.outputs.bibliography import Reference, bibtex_entry, csl_item, ris_lines
from chancery.outputs.forms.export import Export, json_array, write_text


def write_bibtex(export: Export, target: BinaryIO) -> int:
    """Write an entry for each report."""
    return write_text(map(bibtex_entry, _references(export)), target)


def write_csl(export: Export, target: BinaryIO) -> int:
    """Write one JSON array with an item for each report."""
    references = list(_references(export))
    write_text(json_array(map(csl_item, references)), target)
    target.write(b"\n")
    return len(references)


def write_ris(export: Export, target: BinaryIO) -> int:
    """Write a record for each report."""
    return write_text(("".join(ris_lines(one)) for one in _references(export)), target)


def _references(export: Export) -> Iterator[Reference]:
    return map(_reference, export.reports())


def _reference(report: ReportSummary) -> Reference:
    return Reference(
        id=report.id,
        title=report.title,
        outlet=report.source,
        published=report.published,
        language=report.language,
        url=report.url,
    )
