"""To look at the lexicon: its actors and frames, and whether its tables hold together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chancery.cli import exits
from chancery.cli.options import output_options
from chancery.cli.output import Output
from chancery.cli.verbs import HELP_NAMES, VerbGroup, verb
from chancery.errors import UsageError
from chancery.model import Actor, Frame
from chancery.outputs.close import closest
from chancery.outputs.rows import plain
from chancery.outputs.sheet import plain_sheet

if TYPE_CHECKING:
    from chancery.lexicon.frames import Cue


@click.group(cls=VerbGroup, context_settings=dict(HELP_NAMES))
def lexicon() -> None:
    """Check, search and show the lexicon: actors, frames and sources."""


def tables_option(function: Any) -> Any:
    """Give a command `--tables`."""
    return click.option(
        "--tables", type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="FOLDER", help="Other tables than those that ship with Chancery.",
    )(function)  # fmt: skip


@verb("chancery lexicon check", "chancery lexicon check --tables ./my-lexicon", name="check")
@tables_option
@output_options()
def check(tables: Path | None, output: Output) -> int:
    """Check every table: each fault with its place, then notes; the exit code is 1 for a fault.

    A note (a name that several actors share) is only listed.
    """
    from chancery.cli.progress import say_problem
    from chancery.lexicon import Lexicon
    from chancery.lexicon.check import check_lexicon, is_note
    from chancery.lexicon.load import TABLES

    found = check_lexicon(tables or TABLES)
    faults = [problem for problem in found if not is_note(problem)]
    for problem in faults or ([] if output.quiet else found):
        say_problem(problem)
    if faults:
        return exits.FAILURE
    known = Lexicon.load(tables)
    row = {
        "hash": known.hash,
        "actors": len(known.actors),
        "frames": len(known.frames),
        "sources": len(known.sources),
        "notes": len(found),
    }
    output.show([row], plain_sheet(row))
    return exits.OK


@verb(
    "chancery lexicon find lukashenka",
    "chancery lexicon find 'foreign ministry' --json",
    name="find",
)
@click.argument("words", nargs=-1, required=True)
@tables_option
@output_options()
def find(words: tuple[str, ...], tables: Path | None, output: Output) -> None:
    """Find actors whose id or names are like the words, best first."""
    from chancery.lexicon import Lexicon

    rows = [_actor_row(actor) for actor in Lexicon.load(tables).find(" ".join(words))]
    output.show(rows, plain_sheet(("id", "kind", "name", "code", "part_of"), shrink=("name",)))


def _actor_row(actor: Actor) -> dict[str, Any]:
    return {**plain(actor), "name": actor.names[0], "code": actor.code or _office_codes(actor)}


def _office_codes(actor: Actor) -> str:
    return " ".join(
        f"{office.code}[{office.since or ''}..{office.until or ''}]" for office in actor.offices
    )


@verb("chancery lexicon show BLR", "chancery lexicon show expel-diplomats", name="show")
@click.argument("name", metavar="ID")
@tables_option
@output_options()
def show(name: str, tables: Path | None, output: Output) -> None:
    """Show an actor, frame or source by its id, with everything the lexicon says of it.

    A frame comes with its cues, the words that tell the deed, and with its examples.
    """
    from chancery.lexicon import Lexicon

    known = Lexicon.load(tables)
    found = known.actors.get(name) or known.frames.get(name) or known.sources.get(name)
    if found is None:
        ids = [*known.actors, *known.frames, *known.sources]
        raise UsageError(f"nothing in the lexicon has the id {name!r}", hint=closest(name, ids))
    row = plain(found) | (_telling(name, tables) if isinstance(found, Frame) else {})
    if not output.tabular:
        output.show([row], plain_sheet(row))
        return
    facts = [{"field": field, "value": _words(value)} for field, value in row.items() if value]
    output.show(facts, plain_sheet(("field", "value"), shrink=("value",)))


def _telling(frame: str, tables: Path | None) -> dict[str, Any]:
    """Return the words that tell a frame's deed, and its examples, as they stand in its table."""
    from chancery.lexicon.frames import load_frames
    from chancery.lexicon.load import TABLES

    entry = load_frames((tables or TABLES) / "frames")[0][frame]
    return {
        **{f"{kind}s": [cue_words(cue) for cue in entry.cues if cue.kind == kind]
           for kind in ("verb", "noun")},
        "examples": list(entry.examples),
        "not_examples": list(entry.not_examples),
    }  # fmt: skip


def cue_words(cue: Cue) -> str:
    """Write a cue as in its table; of a verb all forms, for the table's one."""
    return " ".join("|".join(forms) for forms in cue.parts)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_words(item)}" for name, item in value.items() if item)
    if isinstance(value, list):
        return "; ".join(_words(item) for item in value)
    return str(value)


for command in (check, find, show):
    lexicon.add_command(command)
