"""The pages: `open` reads and serves, `serve` shows what is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from chancery.cli import exits
from chancery.cli.options import ledger_option, quiet_option
from chancery.cli.reading import check_paths, jobs_option, map_option, reader_option
from chancery.cli.verbs import verb

F = TypeVar("F", bound=Callable[..., Any])


def serving_options(function: F) -> F:
    """Give a command the options of whatever serves pages."""
    for option in (
        click.option(
            "--token", envvar="CHANCERY_TOKEN", metavar="WORD",
            help="What visitors must know; needed with a --host that others can reach.",
        ),
        click.option("--port", type=click.IntRange(1, 65535), default=8471, show_default=True,
                     help="Where the pages are; if it is taken, the next free one."),
        click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
                     help="Who can reach them: this computer only, unless told otherwise."),
    ):  # fmt: skip
        function = option(function)
    return function


@verb(
    "chancery open ./reports -L reports.ledger",
    "chancery open dump.jsonl.gz --map id=docid -L reports.ledger --port 9000",
    name="open",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@map_option
@reader_option
@jobs_option
@serving_options
@ledger_option
@quiet_option
def open_(
    paths: tuple[str, ...],
    mapping: dict[str, str] | None,
    model: str,
    jobs: int,
    host: str,
    port: int,
    token: str | None,
    ledger: Path | None,
    quiet: bool,
) -> int:
    """Read files and folders into a ledger, and open its pages: read, reconcile and serve in one.

    Ctrl-C stops the pages; the ledger stays. Nothing is sent anywhere. If another process writes to
    the ledger, this says which; `chancery serve --read-only` shows it meanwhile.
    """
    from chancery.cli.desk import open_desk
    from chancery.cli.path import take
    from chancery.cli.summary import rejected_problems, summary_lines
    from chancery.errors import LedgerLocked
    from chancery.read import Reader
    from chancery.web.serve import check_token

    check_token(host, token)
    check_paths(paths)
    with open_desk(ledger, create=True) as desk:
        try:
            result = take(
                paths, desk.ledger, Reader.load(model, desk.lexicon), mapping=mapping, jobs=jobs,
                quiet=quiet,
            )  # fmt: skip
        except LedgerLocked as error:
            error.hint = f"to look at it meanwhile: chancery serve --read-only -L {desk.where}"
            raise
        if not quiet:
            for line in summary_lines(result, desk.ledger, str(desk.where)):
                click.echo(line, err=True)
        where = desk.where
    show(where, host, port, token, read_only=False)
    return exits.REJECTED if rejected_problems(result) else exits.OK


@verb(
    "chancery serve -L reports.ledger",
    "chancery serve --read-only --host 0.0.0.0 --token \"$(openssl rand -hex 16)\"",
)  # fmt: skip
@click.option("--read-only", is_flag=True, help="Nothing can be settled in the pages.")
@serving_options
@ledger_option
def serve(read_only: bool, host: str, port: int, token: str | None, ledger: Path | None) -> None:
    """Open the pages of a ledger: chronology, relations, reports, sources, review, briefs.

    They are for this computer only, unless --host says otherwise; then a token is needed. New
    reports may be read by another process meanwhile: an open page does not change, it offers what
    is new.
    """
    from chancery.cli.opening import find_ledger
    from chancery.web.serve import check_token

    check_token(host, token)
    show(find_ledger(ledger), host, port, token, read_only=read_only)


def show(where: Path, host: str, port: int, token: str | None, *, read_only: bool) -> None:
    """Serve a ledger until Ctrl-C, and say where."""
    from chancery.web.room import Room
    from chancery.web.serve import address_of, find_port
    from chancery.web.serve import serve as run

    room = Room(where, read_only=read_only, token=token)
    free = find_port(host, port)

    def ready() -> None:
        address = click.style(address_of(host, free, token), bold=True)
        click.echo(f"Open {address}  (Ctrl-C stops; ledger stays)", err=True)

    try:
        run(room, host, free, ready)
    except KeyboardInterrupt:
        click.echo("stopped; the ledger stays", err=True)
