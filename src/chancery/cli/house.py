"""To keep house: verify, export, rebuild, log."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chancery.cli import exits
from chancery.cli.decisions import (
    MOVED,
    export_moved,
    log_conflicts,
    log_decisions,
    log_orphans,
)
from chancery.cli.dossier import SITE, export_dossier
from chancery.cli.options import (
    filter_options,
    ledger_option,
    output_options,
    quiet_option,
)
from chancery.cli.output import Output
from chancery.cli.verbs import HELP_NAMES, DefaultGroup, verb
from chancery.errors import UsageError
from chancery.outputs.asked import Filters
from chancery.outputs.menu import MENU, THINGS
from chancery.outputs.rows import plain
from chancery.outputs.sheet import plain_sheet


@verb("chancery verify", "chancery verify -L reports.ledger && echo sound")
@ledger_option
@output_options()
def verify(ledger: Path | None, output: Output) -> int:
    """Check the ledger: every quotation against its text, every id, every stored file.

    The exit code is 5 where anything fails.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.words import counted

    with open_desk(ledger) as desk:
        faults = desk.ledger.verify()
        names = ("code", "place", "message", "hint")
        if faults or not output.tabular:
            rows = [plain(fault) for fault in faults]
            output.show(rows, plain_sheet(names, shrink=("message", "hint")))
        if faults:
            output.note(counted(len(faults), "fault"))
            return exits.UNVERIFIED
        output.note(f"every check passed; {desk.coverage()}")
        return exits.OK


@verb(
    "chancery export csv -o chronology.csv --who USA,BLR",
    "chancery export parquet --of claims -o claims.parquet",
    "chancery export geojson --from 2016 -o map.geojson",
    "chancery export rocrate -o package.zip",
    "chancery export decisions -o decisions.jsonl",
    'chancery export site -o dossier --who USA,BLR --brief "why was Mike Pompeo in Minsk?"',
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*MENU, *MOVED, SITE]))
@click.option(
    "--of",
    "thing",
    type=click.Choice(THINGS),
    help="What to write; else what the format usually holds, mostly happenings.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write, for rocrate also a folder, for site one; else standard output.",
)
@click.option("--full-texts", is_flag=True, help="For site: reports whole, not only quoted.")
@click.option(
    "--brief",
    "briefs",
    multiple=True,
    metavar="QUESTION",
    help="For site: a question whose brief is to be in it; may be given several times.",
)
@ledger_option
@filter_options()
@quiet_option
def export(
    form: str,
    thing: str | None,
    target: Path | None,
    full_texts: bool,
    briefs: tuple[str, ...],
    ledger: Path | None,
    filters: Filters,
    quiet: bool,
) -> None:
    """Write happenings, claims, statements or other rows in a format for other programs.

    FORMAT is csv, jsonl or parquet (the ledger's columns with quotations, of any rows); for
    happenings plover-json (PLOVER's JSON, one event a line), polecat (POLECAT's 40 columns,
    tab-separated), gdelt2 (GDELT 2.0's 61 columns, without a header), geojson (points on a map) or
    timelinejs (slides for TimelineJS 3); annotations (W3C Web Annotations of claims or
    statements); jsonld (a graph in the words of schema.org and PROV-O); claimreview (statements or
    forecasts as schema.org Claims, with what became of them); bibtex, csl-json or ris (the reports
    that rows rest on); or rocrate (a research package of several of these: a zip file where FILE
    ends in .zip or nothing is named, else a folder).

    What each format keeps and loses, docs/exports.md says. The same ledger gives the same bytes.
    The coverage line is written beside the file, as FILE.coverage.txt.

    FORMAT may also be decisions (all that people settled, for `chancery import decisions`) or
    labels (what they judged right or wrong, with FILE.agreement.json beside it): JSON Lines, whole.

    FORMAT may be site: a static dossier, the pages as a folder that needs no server, with what the
    filters let through. It quotes reports with the neighbours of what is quoted, unless
    --full-texts is given; links that lead beyond it say so.
    """
    if form == SITE:
        export_dossier(target, ledger, filters, full_texts=full_texts, briefs=briefs, quiet=quiet)
        return
    if full_texts or briefs:
        raise UsageError("--full-texts and --brief are for `chancery export site`")
    if form in MOVED:
        if target and target.is_dir():
            raise UsageError(f"{target} is a folder", hint="name a file")
        export_moved(form, target, ledger, quiet=quiet)
        return
    from chancery.cli.desk import open_desk
    from chancery.cli.progress import counting
    from chancery.outputs.exports import export_to
    from chancery.outputs.words import counted

    shown = target is None and sys.stdout.isatty()
    if shown and MENU[form].binary:
        raise UsageError(f"{form} cannot be shown here", hint="name a file with -o")
    with open_desk(ledger, filters.as_of) as desk:
        asked = desk.asked(filters)
        with counting("Writing …", quiet=quiet or shown) as tell:
            count = export_to(target, desk.ledger, desk.lexicon, form, thing, tell=tell, **asked)
        if not quiet:
            where = target or "standard output"
            click.echo(f"{counted(count, 'row')} to {where}; {desk.coverage()}", err=True)


@verb("chancery rebuild", "chancery rebuild --compact -L reports.ledger")
@click.option("--compact", is_flag=True, help="Also join small stored files into larger ones.")
@ledger_option
@output_options()
def rebuild(compact: bool, ledger: Path | None, output: Output) -> None:
    """Recompute what follows from the record: happenings and the full-text index.

    Nothing of the record itself is changed; running it twice gives the same.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger) as desk:
        if compact:
            desk.ledger.compact()
        row = {"happenings": desk.ledger.rebuild(), "snapshot": desk.ledger.snapshot.id}
        output.show([row], plain_sheet(row), desk.coverage())


@click.group(cls=DefaultGroup, context_settings=dict(HELP_NAMES))
def log() -> None:
    """List what was done to the ledger: decisions, snapshots, problems, orphans, conflicts.

    `chancery log` alone lists the decisions.
    """


@verb("chancery log snapshots", "chancery log snapshots --csv", name="snapshots")
@ledger_option
@output_options()
def snapshots(ledger: Path | None, output: Output) -> None:
    """List the snapshots: dated states of the ledger, oldest first."""
    from chancery.cli.desk import open_desk
    from chancery.ledger import Snapshot

    with open_desk(ledger) as desk:
        rows = [plain(row) for row in desk.ledger.snapshots()]
        output.show(rows, plain_sheet(Snapshot.__struct_fields__))


@verb("chancery log problems", "chancery log problems --csv > problems.csv", name="problems")
@ledger_option
@output_options()
def problems(ledger: Path | None, output: Output) -> None:
    """List what was wrong with the input, and what to do about it."""
    from chancery.cli.desk import open_desk
    from chancery.outputs.reports import problem_sheet

    with open_desk(ledger) as desk:
        rows = [plain(row) for row in desk.ledger.problems()]
        output.show(rows, problem_sheet(), desk.coverage())


for command in (log_decisions, snapshots, problems, log_orphans, log_conflicts):
    log.add_command(command)
