"""To look at what the ledger holds: the chronology, one happening, claims and statements."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from chancery.cli.opening import open_ledger
from chancery.cli.options import Filters, filter_options, ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.sheets import claim_sheet, happening_sheet, statement_sheet
from chancery.cli.verbs import verb
from chancery.lexicon import Lexicon
from chancery.outputs.chronology import happening_lines
from chancery.outputs.coverage import coverage_line
from chancery.outputs.evidence import Evidence
from chancery.outputs.rows import json_line, row_of


@verb(
    "chancery chron --who USA,BLR --from 2016 -q",
    "chancery chron --what visit --min likely --csv > visits.csv",
)
@ledger_option
@filter_options()
@output_options(quotes=True)
def chron(ledger: Path | None, filters: Filters, output: Output) -> None:
    """Print the chronology: who did what to whom, when, and on whose word.

    One row a happening, by its earliest possible day. Undated rows stand in a block of their own
    at the end. 2r/1o is two reports of one independent origin.
    """
    lexicon = Lexicon.load()
    kept = open_ledger(ledger, lexicon)
    rows = kept.happenings(**filters.arguments(lexicon))
    sheet = happening_sheet(Evidence(kept), lexicon)
    output.show(rows, sheet, coverage_line(kept.coverage(filters.as_of)))
