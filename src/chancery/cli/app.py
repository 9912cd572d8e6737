"""The root command: every verb by name, errors turned into messages, and exit codes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

import click

from chancery.cli import exits
from chancery.cli.verbs import HELP_NAMES, Entry, LateGroup
from chancery.errors import ChanceryError
from chancery.version import __version__

PATH: Final = "Along the path"
LOOK: Final = "To look"
HOUSE: Final = "To keep house"

ENTRIES: Final = {
    "open": Entry("chancery.cli.serve", "Read reports and open their pages.", PATH, "open_"),
    "read": Entry("chancery.cli.path", "Read files and folders into a ledger.", PATH),
    "code": Entry("chancery.cli.code", "Code reports without a ledger: JSON Lines out.", PATH),
    "classify": Entry("chancery.cli.classify", "Type pairs that are handed over.", PATH),
    "reconcile": Entry("chancery.cli.path", "Bring claims of one deed together.", PATH),
    "serve": Entry("chancery.cli.serve", "Open the pages of a ledger.", PATH),
    "chron": Entry("chancery.cli.look", "Print the chronology: who did what to whom, when.", LOOK),
    "happening": Entry("chancery.cli.look", "Show one happening and all it rests on.", LOOK),
    "why": Entry("chancery.cli.why", "Say why a claim was made.", LOOK),
    "claims": Entry("chancery.cli.look", "List what each report says was done.", LOOK),
    "statements": Entry("chancery.cli.look", "List what is put on somebody's word.", LOOK),
    "forecasts": Entry("chancery.cli.look", "List what is to come about, and by when.", LOOK),
    "states": Entry("chancery.cli.look", "List states that hold: since when, until when.", LOOK),
    "reports": Entry("chancery.cli.reports", "List the reports, and what was read in each.", LOOK),
    "report": Entry(
        "chancery.cli.reports", "Show one report or its versions, or give it a date.", LOOK
    ),
    "sources": Entry("chancery.cli.reports", "List the outlets and how much each reported.", LOOK),
    "voices": Entry("chancery.cli.voices", "List who says what, and how often it held.", LOOK),
    "search": Entry("chancery.cli.reports", "Search the text of all reports.", LOOK),
    "diff": Entry("chancery.cli.diff", "Print what changed between two snapshots.", LOOK),
    "dyad": Entry("chancery.cli.relations", "Print how two states move, and when it turned.", LOOK),
    "triad": Entry("chancery.cli.relations", "Print how three states stand to one another.", LOOK),
    "turns": Entry("chancery.cli.relations", "List when relations turned, and on what.", LOOK),
    "brief": Entry("chancery.cli.brief", "Answer a question from the rows alone.", LOOK),
    "sql": Entry("chancery.cli.sql", "Ask the ledger in SQL; nothing can be written.", LOOK),
    "review": Entry("chancery.cli.review", "Answer what waits for a person; audit claims.", HOUSE),
    "decide": Entry("chancery.cli.decisions", "Settle something, its effect shown first.", HOUSE),
    "undo": Entry("chancery.cli.decisions", "Take a decision back.", HOUSE),
    "import": Entry(
        "chancery.cli.importing",
        "Take in data sets, decisions or one's own chronology.",
        HOUSE,
        "importing",
    ),
    "layers": Entry("chancery.cli.layers", "List the data sets beside the ledger.", HOUSE),
    "verify": Entry("chancery.cli.house", "Check every quotation against its text.", HOUSE),
    "export": Entry("chancery.cli.house", "Write happenings, claims or reports to a file.", HOUSE),
    "rebuild": Entry("chancery.cli.house", "Recompute what follows from the record.", HOUSE),
    "log": Entry("chancery.cli.house", "List decisions, snapshots or problems.", HOUSE),
    "lexicon": Entry("chancery.cli.lexicon", "Check, search and show the lexicon.", HOUSE),
    "doctor": Entry("chancery.cli.doctor", "Check the installation and the ledger.", HOUSE),
    "demo": Entry("chancery.cli.demo", "Read the sample reports and print their story.", HOUSE),
    "completion": Entry("chancery.cli.completion", "Print shell completion.", HOUSE),
}


class PipeClosed(Exception):  # noqa: N818 -- named for what happened
    """Whoever read our output has gone: no failure of ours, and click would make it one."""


class Chancery(LateGroup):
    """The root of all commands."""

    entries = ENTRIES
    examples = (
        "chancery open ./reports -L reports.ledger", "chancery chron --who USA,BLR --from 2016 -q",
    )  # fmt: skip

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise PipeClosed from error


@click.group(cls=Chancery, context_settings=dict(HELP_NAMES))
@click.version_option(__version__, message="%(prog)s %(version)s")
def chancery() -> None:
    """Reads news reports and keeps a cited ledger of who did what to whom, and on whose word.

    Tables in a terminal, JSON Lines in a pipe. The ledger is -L, else CHANCERY_LEDGER, else the
    only *.ledger in this folder.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors become messages on standard error."""
    _prepare_streams()
    try:
        code = chancery.main(list(arguments), prog_name="chancery", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return exits.USAGE if isinstance(error, click.UsageError) else exits.FAILURE
    except ChanceryError as error:
        exits.tell(error)
        return exits.code_of(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped; the same command goes on where it stopped", err=True)
        return exits.STOPPED
    except (PipeClosed, BrokenPipeError):
        _close_quietly()
        return exits.PIPE_CLOSED
    except OSError as error:
        exits.tell(ChanceryError(exits.describe(error)))
        return exits.FAILURE
    return code if isinstance(code, int) else exits.OK


def _prepare_streams() -> None:
    """Write UTF-8 to pipes and files; on a terminal, replace what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _close_quietly() -> None:
    """Point standard output nowhere, so that Python leaves without a complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
