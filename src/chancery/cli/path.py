"""Along the path: files into a ledger, and claims into happenings."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chancery.cli import exits
from chancery.cli.options import ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.reading import check_paths, jobs_option, map_option, reader_option
from chancery.cli.verbs import verb
from chancery.outputs.sheet import plain_sheet

if TYPE_CHECKING:
    from chancery.ledger import Ledger
    from chancery.pipeline import RunResult
    from chancery.read import Reader


@verb(
    "chancery read ./reports -L reports.ledger",
    "zcat dump.jsonl.gz | chancery read - --map id=docid,published=date",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@map_option
@reader_option
@jobs_option
@ledger_option
@output_options()
def read(
    paths: tuple[str, ...],
    mapping: dict[str, str] | None,
    model: str,
    jobs: int,
    ledger: Path | None,
    output: Output,
) -> int:
    """Read files and folders into a ledger: reports, claims, happenings.

    Takes text, Markdown, HTML, JSON Lines, CSV, mail, folders of them, and - for standard input. A
    ledger named with -L is made if it is not there. What the ledger already holds is skipped, so
    the same command goes on after it was stopped. Bad input becomes a problem with its place; the
    rest is read, and the exit code is 3.
    """
    from chancery.cli.desk import open_desk
    from chancery.cli.summary import rejected_problems
    from chancery.read import Reader

    check_paths(paths)
    with open_desk(ledger, create=True) as desk:
        reader = Reader.load(model, desk.lexicon)
        result = take(paths, desk.ledger, reader, mapping=mapping, jobs=jobs, quiet=output.quiet)
        show_result(result, desk.ledger, str(desk.where), output)
    return exits.REJECTED if rejected_problems(result) else exits.OK


def take(
    paths: Sequence[str | Path],
    ledger: Ledger,
    reader: Reader,
    *,
    mapping: Mapping[str, str] | None = None,
    jobs: int = 1,
    quiet: bool = False,
) -> RunResult:
    """Run the path, telling how it goes on standard error."""
    from chancery.cli.progress import telling
    from chancery.engines import LocalEngine
    from chancery.pipeline import run

    with telling(quiet=quiet) as tell:
        result = run(
            paths,
            ledger,
            reader,
            mapping=mapping,
            stdin=sys.stdin.buffer if "-" in paths else None,
            engine=LocalEngine(jobs),
            progress=tell,
        )
        tell.end(result)
    return result


def show_result(result: RunResult, ledger: Ledger, where: str, output: Output) -> None:
    """Print what a run did: a summary for people, one row for programs."""
    from chancery.cli.summary import run_row, summary_lines

    if output.tabular:
        write_lines(summary_lines(result, ledger, where, output.style))
        return
    row = run_row(result, ledger)
    output.show([row], plain_sheet(row))


@verb("chancery reconcile", "chancery reconcile -L reports.ledger --json")
@ledger_option
@output_options()
def reconcile(ledger: Path | None, output: Output) -> None:
    """Bring claims that speak of one deed together into happenings.

    `read` does this at its end; it may be run at any time and gives the same.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger) as desk:
        row = {"happenings": desk.ledger.reconcile(), "snapshot": desk.ledger.snapshot.id}
        output.show([row], plain_sheet(row), desk.coverage())
