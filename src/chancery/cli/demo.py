"""To see the whole path at work on the sample reports."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

from chancery.cli.options import output_options
from chancery.cli.output import Output
from chancery.cli.verbs import verb

LEDGER_NAME: Final = "demo.ledger"


@verb(
    "chancery demo",
    "chancery demo --serve",
    "chancery demo --keep ./demo && chancery chron -L ./demo/demo.ledger",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Keep the ledger, in this folder.",
)
@click.option("--serve", "serves", is_flag=True, help="Open the pages instead of printing.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8471,
    show_default=True,
    help="Where the pages are; if it is taken, the next free one.",
)
@output_options(usual="table")
def demo(keep: Path | None, serves: bool, port: int, output: Output) -> None:
    """Read the sample reports and print their chronology, every row with its quotation.

    The samples retell public facts about the United States, Belarus and Russia, 2006–2020, with
    the traps real news has: a poor translation, a missing date, copies, outlets at odds.
    """  # fmt: skip
    from chancery.cli.desk import open_desk
    from chancery.cli.path import take
    from chancery.cli.serve import show
    from chancery.cli.summary import summary_lines
    from chancery.read import Reader
    from chancery.samples import sample_folder

    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / LEDGER_NAME
        desk = stack.enter_context(open_desk(path, create=True))
        reader = Reader.load(lexicon=desk.lexicon)
        result = take([sample_folder()], desk.ledger, reader, quiet=output.quiet)
        where = str(path) if keep else "gone when this ends; --keep FOLDER keeps it"
        for line in summary_lines(result, desk.ledger, where):
            output.note(line)
        if serves:
            show(path, "127.0.0.1", port, None, read_only=False)
            return
        output.with_quotes().show(desk.ledger.happenings(), desk.happenings, desk.coverage())
