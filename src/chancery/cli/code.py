"""To code reports without a ledger: files in, JSON Lines out, in the order of the input."""

from __future__ import annotations

import sys

import click

from chancery.cli import exits
from chancery.cli.options import quiet_option
from chancery.cli.output import write
from chancery.cli.reading import check_paths, jobs_option, map_option, reader_option
from chancery.cli.verbs import verb
from chancery.outputs.coding import WHAT, code_lines
from chancery.outputs.rows import json_lines


@verb(
    "chancery code reports.jsonl > claims.jsonl",
    "chancery code --what statements --map id=docid,title=headline dump.jsonl",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--what",
    type=click.Choice(list(WHAT)),
    default="claims",
    show_default=True,
    help="What to write, one a line.",
)
@map_option
@reader_option
@jobs_option
@click.option("--jsonl", is_flag=True, help="JSON Lines: the only form, so this may be left out.")
@quiet_option
def code(
    paths: tuple[str, ...],
    what: str,
    mapping: dict[str, str] | None,
    model: str,
    jobs: int,
    jsonl: bool,
    quiet: bool,
) -> int:
    """Code reports without a ledger: one JSON object a line, in the order of the input.

    Lines carry `doc`, the input's own id where it has one. Offsets are characters of the report's
    text: its title, a line feed and its body, or the body alone. A report that is rejected or
    cannot be read gives a problem on standard error, and the exit code is 3.
    """  # fmt: skip
    from chancery.cli.coder import Coder
    from chancery.ingest import ingest
    from chancery.lexicon import Lexicon
    from chancery.read import Reader

    check_paths(paths)
    coder = Coder(Reader.load(model, Lexicon.load()), jobs)
    stdin = sys.stdin.buffer if "-" in paths else None
    for report, reading in coder.through(ingest(*paths, mapping=mapping, stdin=stdin)):
        write(json_lines(code_lines(report, reading, what)))
    return exits.REJECTED if coder.missed_count else exits.OK
