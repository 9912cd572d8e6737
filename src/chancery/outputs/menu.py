"""The forms that rows are exported in: what each is called, holds and is good for.

The command line's help and the page's Export menu are made from this table; `exports.py` writes
them. It loads nothing of the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One form: its name, its label, and the rows that it can hold, the usual ones first.

    `media` is the media type, `suffix` ends a file's name, `says` is one line of help. `folder`
    where it may be a folder of files; `binary` where a terminal cannot show it.
    """

    name: str
    label: str
    media: str
    suffix: str
    things: tuple[str, ...]
    says: str
    folder: bool = False
    binary: bool = False

    def file_name(self, thing: str | None = None) -> str:
        """Return what a file of these rows may be called."""
        return f"{thing or self.things[0]}{self.suffix}"


THINGS: Final = ("happenings", "claims", "statements", "forecasts", "reports", "own")
"""Kinds of rows."""

EVENTS: Final = ("happenings",)
TOLD: Final = ("happenings", "claims", "statements", "forecasts")

JSON_LD: Final = "application/ld+json"

_FORMS: Final = (
    Form(
        name="csv", label="CSV", media="text/csv; charset=utf-8", suffix=".csv", things=THINGS,
        says="the ledger's columns, with quotations; safe to open in a spreadsheet",
    ),
    Form(
        name="jsonl", label="JSON Lines", media="application/x-ndjson", suffix=".jsonl",
        things=THINGS, says="every field of every row, with quotations, one object a line",
    ),
    Form(
        name="parquet", label="Parquet", media="application/vnd.apache.parquet", suffix=".parquet",
        things=THINGS, binary=True, says="the columns of csv, typed",
    ),
    Form(
        name="plover-json", label="PLOVER JSON", media="application/x-ndjson",
        suffix=".plover.jsonl", things=EVENTS, says="PLOVER's JSON, one event a line",
    ),
    Form(
        name="polecat", label="POLECAT columns", media="text/tab-separated-values; charset=utf-8",
        suffix=".polecat.tsv", things=EVENTS, says="POLECAT's 40 columns, tab-separated",
    ),
    Form(
        name="gdelt2", label="GDELT 2 columns", media="text/tab-separated-values; charset=utf-8",
        suffix=".gdelt2.tsv", things=EVENTS,
        says="the 61 columns of a GDELT 2.0 events file, tab-separated, without a header",
    ),
    Form(
        name="geojson", label="GeoJSON", media="application/geo+json", suffix=".geojson",
        things=EVENTS, says="points on a map (RFC 7946): happenings whose place is known",
    ),
    Form(
        name="timelinejs", label="TimelineJS", media="application/json", suffix=".timeline.json",
        things=EVENTS, says="slides for TimelineJS 3: happenings that have a date",
    ),
    Form(
        name="annotations", label="Web Annotation", media=JSON_LD, suffix=".annotations.jsonld",
        things=("claims", "statements"),
        says="W3C Web Annotations: where in its report each row stands, and what was read there",
    ),
    Form(
        name="jsonld", label="JSON-LD", media=JSON_LD, suffix=".jsonld", things=TOLD,
        says="a graph of rows and reports in the words of schema.org and PROV-O",
    ),
    Form(
        name="claimreview", label="ClaimReview", media=JSON_LD, suffix=".claimreview.jsonld",
        things=("statements", "forecasts"),
        says="schema.org Claims; what became of a forecast as a ClaimReview with its evidence",
    ),
    Form(
        name="bibtex", label="BibTeX", media="application/x-bibtex", suffix=".bib",
        things=(*TOLD, "reports"), says="the reports that the rows rest on, for LaTeX",
    ),
    Form(
        name="csl-json", label="CSL-JSON", media="application/vnd.citationstyles.csl+json",
        suffix=".csl.json", things=(*TOLD, "reports"), says="those reports, for Zotero or Pandoc",
    ),
    Form(
        name="ris", label="RIS", media="application/x-research-info-systems", suffix=".ris",
        things=(*TOLD, "reports"), says="those reports, for reference managers",
    ),
    Form(
        name="rocrate", label="RO-Crate", media="application/zip", suffix=".crate.zip",
        things=EVENTS, folder=True, binary=True,
        says="a research package (RO-Crate 1.1), zipped or as a folder: csv, jsonl, parquet, "
        "jsonld, bibtex, decisions, coverage, a README",
    ),
)  # fmt: skip

MENU: Final[Mapping[str, Form]] = {form.name: form for form in _FORMS}
"""All forms by name, in the order of a menu."""
