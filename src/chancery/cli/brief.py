"""`chancery brief`: answers a question from the rows of the ledger, every line with its notes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from chancery.cli.options import filter_options, ledger_option, quiet_option
from chancery.cli.verbs import verb
from chancery.outputs.asked import Filters

FORMS: Final = ("text", "md", "json")


@verb(
    'chancery brief "why was Mike Pompeo in Minsk?"',
    'chancery brief "what followed the expulsion of US diplomats by Belarus" --md > brief.md',
)
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@ledger_option
@filter_options("as_of")
@click.option("--form", type=click.Choice(FORMS), default="text", help="Text, Markdown or JSON.")
@click.option("--md", "form", flag_value="md", help="Markdown: short for --form md.")
@click.option("--json", "form", flag_value="json", help="One JSON document.")
@quiet_option
def brief(
    words: tuple[str, ...], ledger: Path | None, filters: Filters, form: str, quiet: bool
) -> None:
    """Answer a question from the rows of the ledger, by templates, with numbered notes.

    QUESTION is plain English: why …, … . Why?, what led to …, what followed …, who said …, what did
    … say about …; a happening's id may stand for its words. Each line rests on quotations; reasons
    are always somebody's. What no row answers is said, with the nearest rows.
    """
    from chancery.cli.desk import open_desk
    from chancery.cli.output import Output, write, write_lines
    from chancery.outputs import brief as briefs
    from chancery.outputs.rows import json_line, row_of

    with open_desk(ledger, filters.as_of) as desk:
        answer = briefs.brief(
            desk.ledger, " ".join(words), as_of=desk.as_of, lexicon=desk.lexicon
        )  # fmt: skip
    output = Output(form="table", quiet=quiet)
    if form == "json":
        write([json_line(row_of(answer)), "\n"])
    elif form == "md":
        write([briefs.brief_markdown(answer)])
    else:
        write_lines(briefs.brief_lines(answer, output.width, output.style))
