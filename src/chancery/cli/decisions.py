"""To settle things: decide, undo, and what was decided, moved in and out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from chancery.cli import exits
from chancery.cli.options import ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.verbs import verb
from chancery.outputs.rows import plain
from chancery.outputs.sheet import plain_sheet

if TYPE_CHECKING:
    from chancery.ledger.effects import Effect
    from chancery.model import Decision
    from chancery.outputs.desk import Desk

MOVED: Final = ("decisions", "labels")
"""What `export` writes beside rows: what people settled, and what they judged."""
AGREEMENT_SUFFIX: Final = ".agreement.json"


@verb(
    "chancery decide hap_4f2a 'date 2020-02' --reason 'printed programme' --preview",
    "chancery decide clm_77d0 join clm_9c1e --yes",
    "chancery decide name:Loekashenko is BLR.GOV --who Ada --yes",
)
@click.argument("about", metavar="ABOUT")
@click.argument("verdict", metavar="VERDICT...", nargs=-1, required=True)
@click.option("--reason", default="", metavar="WORDS", help="Why: kept with the decision.")
@click.option("--who", default="", metavar="NAME", help="Who decides; else the one logged in.")
@click.option("--preview", is_flag=True, help="Say what it would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Decide without asking.")
@ledger_option
@output_options()
def decide(
    about: str,
    verdict: tuple[str, ...],
    reason: str,
    who: str,
    preview: bool,
    yes: bool,
    ledger: Path | None,
    output: Output,
) -> None:
    """Settle something: its effect is shown first, and it can be undone.

    ABOUT is a claim, a happening, a report or a forecast by its id, name:WORDS as they stand in
    reports, or rule:CONDITIONS over many claims. VERDICT is one of: join ID, split ID, reject, type
    FRAME, date DAY, actor CODE, target CODE, lead, lead FIELD, right, wrong; withdrawn (a report);
    is CODE, is not CODE (a name); outcome STATE ID… (a forecast). docs/deciding.md explains them.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger) as desk:
        said = " ".join(verdict)
        effect = desk.ledger.preview(about, said, who=who)
        if preview:
            show_effect(effect, output, desk)
            return
        if not yes:
            ask(effect, output)
        made = desk.ledger.decide(about, said, reason=reason, who=who)
        show_made(made, effect, output, desk)


@verb("chancery undo dec_4f2a --yes", "chancery undo dec_4f2a --preview")
@click.argument("name", metavar="DECISION")
@click.option("--reason", default="", metavar="WORDS", help="Why: kept with the undoing.")
@click.option("--who", default="", metavar="NAME", help="Who undoes it; else the one logged in.")
@click.option("--preview", is_flag=True, help="Say what it would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Undo without asking.")
@ledger_option
@output_options()
def undo(
    name: str,
    reason: str,
    who: str,
    preview: bool,
    yes: bool,
    ledger: Path | None,
    output: Output,
) -> None:
    """Take a decision back: it stays in the log, and so does its undoing.

    To undo the undoing makes the decision stand again.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger) as desk:
        effect = desk.ledger.preview("", "undo", who=who, undoes=name)
        if preview:
            show_effect(effect, output, desk)
            return
        if not yes:
            ask(effect, output)
        made = desk.ledger.decide("", "undo", reason=reason, who=who, undoes=name)
        show_made(made, effect, output, desk)


def ask(effect: Effect, output: Output) -> None:
    """Show what would change and ask; raises `UsageError` where nobody is there to answer."""
    from chancery.errors import UsageError
    from chancery.outputs.effects import effect_lines

    if not sys.stdin.isatty():
        raise UsageError("nobody is there to ask", hint="--yes decides, --preview only looks")
    for line in effect_lines(effect):
        click.echo(line, err=not output.tabular)
    click.confirm("Decide so?", abort=True, err=not output.tabular)


def show_made(made: Decision, effect: Effect, output: Output, desk: Desk) -> None:
    """Print the decision that was made, and what it changed."""
    from chancery.outputs.effects import decision_line, effect_lines

    desk.ledger.reconcile()
    if output.tabular:
        write_lines([decision_line(made), *effect_lines(effect)])
        output.note(desk.coverage())
        return
    row = plain(made)
    output.show([row], plain_sheet(row), desk.coverage())


def show_effect(effect: Effect, output: Output, desk: Desk) -> None:
    """Print what a decision would change."""
    from chancery.outputs.effects import effect_lines

    if output.tabular:
        write_lines(effect_lines(effect))
        output.note(desk.coverage())
        return
    row = plain(effect)
    output.show([row], plain_sheet(row), desk.coverage())


# What was decided -------------------------------------------------------------------------------


@verb("chancery log decisions", "chancery log decisions --json", name="decisions")
@ledger_option
@output_options()
def log_decisions(ledger: Path | None, output: Output) -> None:
    """List what people decided, oldest first, and whether it stands.

    `state` is standing, undone, orphaned (nothing is found any more that it holds for), or orphaned
    in part.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.decided import log_rows, log_sheet

    with open_desk(ledger) as desk:
        output.show(log_rows(desk), log_sheet(), desk.coverage())


@verb("chancery log orphans", "chancery log orphans --json", name="orphans")
@ledger_option
@output_options()
def log_orphans(ledger: Path | None, output: Output) -> None:
    """List the decisions that find nothing to hold for, and why; none is ever dropped."""
    from chancery.cli.desk import open_desk

    with open_desk(ledger) as desk:
        show_orphans(desk.ledger.orphans(), output)


@verb("chancery log conflicts", "chancery log conflicts --json", name="conflicts")
@ledger_option
@output_options()
def log_conflicts(ledger: Path | None, output: Output) -> None:
    """List the decisions that contradict one another, and which of them stands."""
    from chancery.cli.desk import open_desk
    from chancery.outputs.decided import conflict_sheet

    with open_desk(ledger) as desk:
        output.show([plain(one) for one in desk.ledger.conflicts()], conflict_sheet())


def show_orphans(orphans: Iterable[Any], output: Output) -> None:
    """Print orphans: the decision, and why it finds nothing."""
    from chancery.outputs.decided import orphan_rows, orphan_sheet

    output.show(orphan_rows(orphans), orphan_sheet())


# Moved in and out -------------------------------------------------------------------------------


def export_moved(form: str, target: Path | None, ledger: Path | None, *, quiet: bool) -> None:
    """Write decisions, or labels with the agreement of reviewers beside them."""
    from chancery.cli.desk import open_desk
    from chancery.ledger.labels import find_agreement
    from chancery.outputs.rows import json_line
    from chancery.outputs.visible import escape_in_json
    from chancery.outputs.words import counted

    with open_desk(ledger) as desk:
        if form == "decisions":
            lines = list(map(escape_in_json, desk.ledger.export_decisions()))
        else:
            labels = desk.ledger.labels()
            lines = [json_line(plain(one)) for one in labels]
            agreement = [plain(one) for one in find_agreement(labels)]
            if target:
                beside = target.with_name(target.name + AGREEMENT_SUFFIX)
                beside.write_text(json_line(agreement) + "\n", "utf-8")
            if not quiet:
                for one in agreement:
                    click.echo(agreement_line(one), err=True)
        words = "".join(f"{line}\n" for line in lines)
        if target:
            target.write_text(words, "utf-8", newline="\n")
        else:
            sys.stdout.write(words)
        if not quiet:
            click.echo(f"{counted(len(lines), 'row')} to {target or 'standard output'}", err=True)


def agreement_line(one: dict[str, Any]) -> str:
    """Write how far two reviewers agree on one line."""
    from chancery.outputs.visible import one_line
    from chancery.outputs.words import counted

    names = " and ".join(one_line(one[name]) or "nobody named" for name in ("first", "second"))
    kappa = "none" if one["kappa"] is None else f"{one['kappa']:.2f}"
    items = counted(one["items"], "item")
    return f"{names}: {items} in common, {one['per_cent']:.0f} % alike, kappa {kappa}"


@verb(
    "chancery import decisions decisions.jsonl -L other.ledger",
    "chancery export decisions | chancery import decisions - -L other.ledger",
    name="decisions",
)
@click.argument(
    "file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True)
)
@ledger_option
@output_options()
def import_decisions(file: Path, ledger: Path | None, output: Output) -> int:
    """Take in decisions that another ledger gave out: each once, none taken on trust.

    Those that find nothing here to hold for are kept and listed; lines that are no decision are
    told with their number. In both cases the exit code is 3.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.words import counted

    with (
        open_desk(ledger) as desk,
        nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb") as lines,
    ):
        result = desk.ledger.import_decisions(lines)
        desk.ledger.reconcile()
        if output.tabular:
            show_orphans(result.orphans, output)
        else:
            row = {**plain(result), "orphans": [plain(one) for one in result.orphans]}
            output.show([row], plain_sheet(row))
        for problem in result.problems:
            output.note(str(problem))
        output.note(
            f"{counted(result.new, 'decision')} new · {result.known:,} known · "
            f"{counted(len(result.orphans), 'orphan')} · "
            f"{counted(len(result.problems), 'line')} refused"
        )
        return exits.REJECTED if result.orphans or result.problems else exits.OK
