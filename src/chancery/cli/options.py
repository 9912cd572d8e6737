"""The options that all commands share, each defined once.

`@ledger_option` gives `ledger`, `@filter_options()` gives `filters`, `@output_options()` gives
`output`. The words are the same in Python and in addresses.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
import msgspec

from chancery.cli.output import FORMS, Output
from chancery.outputs.words import CERTAINTY_BANDS, VOICE_SHAPES, least_certainty

if TYPE_CHECKING:
    from chancery.lexicon import Lexicon

F = TypeVar("F", bound=Callable[..., Any])


class Certainty(click.ParamType):
    """A certainty word, or a number from 0 to 1."""

    name = "certainty"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        """Turn the word or number into a number."""
        least = least_certainty(str(value))
        if least is not None:
            return least
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            words = ", ".join(word for _, word in CERTAINTY_BANDS)
            self.fail(f"{value!r} is neither one of {words} nor a number from 0 to 1", param, ctx)
        return number


FILTERS: Final = {
    "who": click.option(
        "--who", multiple=True, metavar="ACTORS",
        help="Rows in which all of these take part: codes or names, with commas (USA,Belarus).",
    ),
    "what": click.option(
        "--what", metavar="DEED", help="A frame (expel-diplomats), PLOVER type or mode (visit)."
    ),
    "since": click.option(
        "--from", "since", metavar="DAY", help="Not before this day, month or year (2016-03)."
    ),
    "until": click.option(
        "--to", "until", metavar="DAY", help="Not after this day, month or year."
    ),
    "voice": click.option(
        "--voice", type=click.Choice(list(VOICE_SHAPES)), help="On whose word."
    ),
    "min": click.option(
        "--min", "min_", type=Certainty(), metavar="CERTAINTY",
        help="At least this certain: established, likely, plausible, doubtful, or 0 to 1.",
    ),
    "as_of": click.option(
        "--as-of", "as_of", metavar="SNAPSHOT", help="As the ledger stood then (snp_5d07)."
    ),
    "limit": click.option(
        "--limit", type=click.IntRange(min=0), metavar="N", help="At most this many rows."
    ),
}  # fmt: skip


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows are wanted, as the user put it."""

    who: tuple[str, ...] = ()
    what: str | None = None
    since: str | None = None
    until: str | None = None
    voice: str | None = None
    min: float | None = None
    as_of: str | None = None
    limit: int | None = None

    def arguments(self, lexicon: Lexicon) -> dict[str, Any]:
        """Return what the ledger's queries take: names resolved, only what was asked for."""
        from chancery.cli.names import resolve_what, resolve_who

        asked = {name: getattr(self, name) for name in self.__struct_fields__}
        if self.who:
            asked["who"] = resolve_who(self.who, lexicon)
        if self.what:
            asked["what"] = resolve_what(self.what, lexicon)
        return {name: value for name, value in asked.items() if value not in (None, ())}


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


def output_options(*, quotes: bool = False) -> Callable[[F], F]:
    """Give a command the choice of form and `--quiet`, and `-q` where rows have quotations."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def wrapped(form: str | None, quiet: bool, **options: Any) -> Any:
            output = Output(
                form=form or _usual_form(), quotes=options.pop("quotes", False), quiet=quiet
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
