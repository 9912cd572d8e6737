"""`chancery export site`: the pages as a folder that needs no server."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from chancery.errors import UsageError
from chancery.outputs.asked import Filters

SITE: Final = "site"
"""The form that is a folder of pages."""


def export_dossier(
    target: Path | None, ledger: Path | None, filters: Filters, *, full_texts: bool,
    briefs: tuple[str, ...], quiet: bool,
) -> None:  # fmt: skip
    """Write the dossier of a ledger into a folder that is not there yet.

    Raises `UsageError` where no folder is named, or one that is there.
    """
    from chancery.cli.desk import open_desk
    from chancery.cli.progress import counting
    from chancery.outputs.words import counted
    from chancery.web.address import FILTER_WORDS
    from chancery.web.dossier import export_site

    if target is None:
        raise UsageError("a dossier is a folder", hint="name one with -o")
    if filters.limit is not None:
        raise UsageError("a dossier has no --limit", hint="narrow it: --who, --from, --to, --min")
    asked = {word: _written(getattr(filters, name)) for word, name in FILTER_WORDS.items()}
    as_of = asked.pop("asof") or None
    with open_desk(ledger, filters.as_of) as desk, counting("Writing …", quiet=quiet) as tell:
        made = export_site(
            target, desk.ledger, desk.lexicon, desk.where, filters=asked, as_of=as_of,
            whole_texts=full_texts, briefs=briefs, progress=tell,
        )  # fmt: skip
        line = desk.coverage()
    if not quiet:
        click.echo(f"{counted(made.pages, 'page')} in {target}; {line}", err=True)
        click.echo(f"Open {target / 'index.html'}", err=True)


def _written(value: tuple[str, ...] | str | None) -> str:
    """Write a filter as an address has it."""
    return ",".join(value) if isinstance(value, tuple) else value or ""
