"""To ask the ledger in SQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chancery.cli.options import filter_options, ledger_option, output_options
from chancery.cli.output import Output
from chancery.cli.verbs import verb
from chancery.outputs.asked import Filters
from chancery.outputs.sheet import plain_sheet


@verb(
    "chancery sql 'SELECT type, count(*) AS n FROM happenings GROUP BY ALL ORDER BY n DESC'",
    "chancery sql - --csv < question.sql > answer.csv",
)
@click.argument("query", metavar="QUERY")
@ledger_option
@filter_options("as_of")
@output_options()
def sql(query: str, ledger: Path | None, filters: Filters, output: Output) -> None:
    """Ask the ledger in SQL (DuckDB's); nothing can be written and no other file be read.

    Tables: reports, readings, mentions, times, statements, claims, happenings, decisions. No
    column name needs quotes. `-` reads the query from standard input.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger, filters.as_of) as desk:
        asked = sys.stdin.read() if query == "-" else query
        rows = desk.ledger.sql(asked, as_of=filters.as_of)
        output.show(rows, plain_sheet(rows.columns, shrink=rows.columns), desk.coverage())
