"""The options that all commands share, each defined once.

`@ledger_option` gives `ledger`, `@filter_options()` gives `filters`, `@output_options()` gives
`output`. The words are the same in Python and in addresses.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from chancery.cli.output import FORMS, Output
from chancery.outputs.asked import Filters

F = TypeVar("F", bound=Callable[..., Any])


def complete_deeds(context: click.Context, option: click.Parameter, typed: str) -> list[str]:
    """Complete the last of the frames, types and modes typed so far, with commas between them."""
    from chancery.lexicon import Lexicon
    from chancery.outputs.names import known_deeds

    before, comma, last = typed.rpartition(",")
    deeds = known_deeds(Lexicon.load())
    return [f"{before}{comma}{deed}" for deed in deeds if deed.startswith(last)]


FILTERS: Final = {
    "who": click.option(
        "--who", multiple=True, metavar="ACTORS",
        help="Rows in which all of these take part: codes or names, with commas (USA,Belarus).",
    ),
    "what": click.option(
        "--what", multiple=True, metavar="DEEDS", shell_complete=complete_deeds,
        help="Any of these, with commas: frames (expel-diplomats), PLOVER types or modes (visit).",
    ),
    "since": click.option(
        "--from", "since", metavar="DAY",
        help="Not before this day, month or year (2016-03). "
        "What is known by its last day only (by 31 Aug) goes by that day.",
    ),
    "until": click.option(
        "--to", "until", metavar="DAY", help="Not after this day, month or year."
    ),
    "voice": click.option(
        "--voice", metavar="VOICE",
        help="On whose word: own, named, anonymous, document, or an actor.",
    ),
    "min": click.option(
        "--min", "min_", metavar="CERTAINTY",
        help="At least this certain: established, likely, plausible, doubtful, or 0 to 1.",
    ),
    "as_of": click.option(
        "--as-of", "as_of", metavar="SNAPSHOT",
        help="As the ledger stood then: a snapshot (snp_5d07), or the end of a day, month or year "
        "(2020-02-10, in UTC).",
    ),
    "limit": click.option(
        "--limit", type=click.IntRange(min=0), metavar="N", help="At most this many rows."
    ),
}  # fmt: skip


SAID: Final = {
    "by": click.option(
        "--by", metavar="VOICE", help="Of this voice, by its name in `chancery voices`."
    ),
    "source": click.option("--source", metavar="OUTLET", help="Of what this outlet prints."),
    "institution": click.option(
        "--institution", metavar="CODE",
        help="On the word of this very state or body (USA.GOV); - for none.",
    ),
}  # fmt: skip


def said_options(*names: str) -> Callable[[F], F]:
    """Give a command the options that say whose words are wanted, or only those named."""

    def decorate(function: F) -> F:
        for name in reversed(names or tuple(SAID)):
            function = SAID[name](function)
        return function

    return decorate


def filter_options(*names: str) -> Callable[[F], F]:
    """Give a command the shared filters, or only those named."""
    wanted = names or tuple(FILTERS)

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def wrapped(**options: Any) -> Any:
            taken = {name: options.pop("min_" if name == "min" else name) for name in wanted}
            return function(filters=Filters(**taken), **options)

        for name in reversed(wanted):
            wrapped = FILTERS[name](wrapped)
        return wrapped  # type: ignore[return-value]

    return decorate


def ledger_option(function: F) -> F:
    """Give a command `-L/--ledger`."""
    return click.option(
        "-L", "--ledger", "ledger", type=click.Path(path_type=Path), envvar="CHANCERY_LEDGER",
        metavar="LEDGER", help="The ledger's folder; else CHANCERY_LEDGER, else the only one here.",
    )(function)  # fmt: skip


def output_options(*, quotes: bool = False, usual: str | None = None) -> Callable[[F], F]:
    """Give a command the choice of form and `--quiet`, and `-q` where rows have quotations.

    `usual` is the form where none is chosen, on a terminal and in a pipe alike.
    """

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def wrapped(form: str | None, quiet: bool, **options: Any) -> Any:
            output = Output(
                form=form or usual or _usual_form(),
                quotes=options.pop("quotes", False),
                quiet=quiet,
            )
            return function(output=output, **options)

        if quotes:
            wrapped = click.option(
                "-q", "--quotes", is_flag=True, help="Print the quotation under each row."
            )(wrapped)
        wrapped = quiet_option(wrapped)
        for form in reversed(FORMS):
            wrapped = click.option(
                f"--{form}", "form", flag_value=form, default=None, help=FORM_HELP[form]
            )(wrapped)
        return wrapped  # type: ignore[return-value]

    return decorate


def quiet_option(function: F) -> F:
    """Give a command `--quiet`."""
    return click.option("--quiet", is_flag=True, help="No progress and no notes.")(function)


FORM_HELP: Final = {
    "json": "One JSON document.",
    "jsonl": "JSON Lines: the usual form in a pipe.",
    "csv": "CSV, safe to open in a spreadsheet.",
    "table": "A table: the usual form in a terminal.",
}


def _usual_form() -> str:
    return "table" if sys.stdout.isatty() else "jsonl"
