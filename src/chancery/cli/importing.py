"""To take in what was made elsewhere: event data sets, decisions, one's own chronology.

Event data sets become layers beside the ledger, with one command a format.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from chancery.cli import exits
from chancery.cli.decisions import import_decisions
from chancery.cli.options import ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.own import import_chronology
from chancery.cli.verbs import HELP_NAMES, Verb, VerbGroup, verb
from chancery.outputs.sheet import plain_sheet
from chancery.relations.formats import Format, formats

EXAMPLE_FILES: Final = {
    "gdelt": "20160728.export.CSV.zip",
    "icews": "events.2018.tab",
    "polecat": "ngecEvents.DV.2021.txt",
    "phoenix": "events.full.20171007.txt",
    "acled": "acled.csv",
    "ucdp-ged": "GEDEvent_v25_1.csv",
    "cow-mid": "MIDB.csv",
    "cow-dyads": "dyadic_mid.csv",
    "csv": "mine.csv",
}
MAPPED: Final = " --map day=date,actor=who,target=whom,type=what"


class Pairs(click.ParamType):  # type: ignore[type-arg]
    """Pairs `ours=theirs`, with commas between them."""

    name = "pairs"

    def convert(self, value: Any, param: Any, ctx: Any) -> dict[str, str]:
        """Turn `day=date,actor=who` into a mapping."""
        if isinstance(value, dict):
            return value
        pairs = [pair.partition("=") for pair in str(value).split(",")]
        if any(not mark or not ours.strip() or not theirs.strip() for ours, mark, theirs in pairs):
            self.fail(f"{value!r} is not NAME=VALUE,NAME=VALUE", param, ctx)
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


class Weights(Pairs):
    """Pairs `stratum=weight`."""

    name = "weights"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Turn `sample20=5` into a mapping to numbers."""
        try:
            return {name: float(by) for name, by in super().convert(value, param, ctx).items()}
        except ValueError:
            self.fail(f"{value!r} is not STRATUM=NUMBER", param, ctx)


@click.group(name="import", cls=VerbGroup, context_settings=dict(HELP_NAMES))
def importing() -> None:
    """Take in data sets, decisions of another ledger, or one's own chronology.

    An event data set becomes a layer beside the ledger, never added to it: the same columns
    whatever its format, codes of states and deeds translated. Zip and gzip files are read as they
    are. Rows that cannot be read are counted with a reason and the first lines of each, and the
    exit code is 3.
    """


def layer_verb(name: str, form: Format) -> Verb:
    """Make the command that imports one format."""
    mapped = MAPPED if form.mapped else ""
    example = f"chancery import {name} {EXAMPLE_FILES[name]}{mapped}"

    def run(**options: Any) -> int:
        return take(name, **options)

    run.__doc__ = (
        f"{form.says.split(':')[0]}.\n\n"
        "A file that the layer holds already is skipped, so the same command goes on after it was "
        "stopped. The layer is named after the format unless --name says otherwise."
    )
    if form.mapped:
        run.__doc__ += f"\n\n--map gives day and actor, and any of: {', '.join(form.mapped)}."
        run = click.option(
            "--map", "mapping", type=Pairs(), metavar="OURS=THEIRS,…", required=True,
            help="Which column is which: day=date,actor=who,target=whom.",
        )(run)  # fmt: skip
    for decorate in (output_options(), ledger_option, *OPTIONS):
        run = decorate(run)
    return verb(example, f"{example} --name {name}-2 -L reports.ledger", name=name)(run)


OPTIONS: Final = (
    click.option(
        "--weight", "weights", type=Weights(), metavar="STRATUM=NUMBER,…",
        help="What a row of a stratum stands for: sample20=5 for a sample of a fifth.",
    ),
    click.option(
        "--stratum-column", metavar="COLUMN",
        help="The file's column that says in which way a row was drawn.",
    ),
    click.option("--name", "layer", metavar="NAME", help="The layer's name; else the format's."),
    click.argument(
        "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
    ),
)  # fmt: skip


def take(
    format: str,
    *,
    files: tuple[Path, ...],
    layer: str | None,
    ledger: Path | None,
    output: Output,
    stratum_column: str | None = None,
    weights: dict[str, float] | None = None,
    mapping: dict[str, str] | None = None,
) -> int:
    """Import files into a layer, tell what was left out, and give the exit code."""
    from chancery.cli.desk import open_desk
    from chancery.cli.layers import layer_row, summary_lines
    from chancery.cli.progress import say, say_problem
    from chancery.relations import Layers
    from chancery.relations.manifest import problems_of

    with open_desk(ledger, create=True) as desk:
        summary = Layers(desk.where, desk.lexicon).import_(
            format,
            files,
            layer or format,
            mapping=mapping,
            stratum_column=stratum_column,
            weights=weights,
            tell=(lambda words: None) if output.quiet else say,
        )
    problems = list(problems_of(summary.taken))
    for problem in problems:
        say_problem(problem)
    if output.tabular:
        write_lines(summary_lines(summary))
    else:
        row = {**layer_row(summary), "skipped": list(summary.skipped)}
        output.show([row], plain_sheet(row))
    return exits.REJECTED if problems else exits.OK


for one, found in formats().items():
    importing.add_command(layer_verb(one, found))
importing.add_command(import_decisions)
importing.add_command(import_chronology)
