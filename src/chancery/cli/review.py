"""To review: what waits for a person, one question at a time, and an audit of claims."""

from __future__ import annotations

from pathlib import Path

import click

from chancery.cli.options import filter_options, ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.verbs import HELP_NAMES, DefaultGroup, verb
from chancery.outputs.asked import Filters

kind_option = click.option(
    "--kind",
    "kinds",
    metavar="KINDS",
    help="Only these, with commas: dispute, standing, same-happening, undated, same-person, actor, "
    "voice, suspicion, outcome, low-certainty, changed-report.",
)
until_option = click.option(
    "--until",
    metavar="DAY",
    help="Bring back what was put off until before this day; else the day of the newest report.",
)
who_option = click.option(
    "--who", default="", metavar="NAME", help="Who decides; else the one logged in."
)


@click.group(cls=DefaultGroup, context_settings=dict(HELP_NAMES))
def review() -> None:
    """Answer what the ledger asks: disputes, doubts, names, dates.

    `chancery review` alone lists the questions, those that touch most first.
    """


@verb("chancery review", "chancery review --kind undated,dispute --limit 20 --json", name="list")
@kind_option
@until_option
@ledger_option
@filter_options("as_of", "limit")
@output_options()
def list_(
    kinds: str | None, until: str | None, ledger: Path | None, filters: Filters, output: Output
) -> None:
    """List the questions that wait for an answer, those that touch most first.

    A question drops out once it is answered, and while it is put off.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.review import item_sheet
    from chancery.outputs.words import counted

    with open_desk(ledger, filters.as_of) as desk:
        items = desk.ledger.review(kinds, until=until, as_of=filters.as_of)
        shown = items[: filters.limit]
        output.show(shown, item_sheet(), desk.coverage())
        left = len(items) - len(shown)
        if items:
            more = f", {left:,} not shown" if left else ""
            output.note(f"{counted(len(items), 'question')} open{more}: chancery review next")


@verb(
    "chancery review next --who Ada",
    "chancery review next --kind same-happening --limit 10",
    name="next",
)
@kind_option
@until_option
@who_option
@click.option("--reason", default="", metavar="WORDS", help="Why: kept with each decision.")
@ledger_option
@filter_options("limit")
@output_options(usual="table")
def next_(
    kinds: str | None,
    until: str | None,
    who: str,
    reason: str,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """Ask one question after the other; nothing is written before it is accepted.

    A number picks an answer, x none of them. What it would change is shown: Enter accepts, any
    other key goes back. d puts off until a day, s skips, u takes the last decision back, q ends.
    """
    from chancery.cli.desk import open_desk
    from chancery.cli.review_session import ReviewSession

    with open_desk(ledger) as desk:
        items = desk.ledger.review(kinds, until=until, limit=filters.limit)
        session = ReviewSession(desk, output, who, reason)
        session.run(items)
        output.note(f"{session.summary()}; {desk.coverage()}")


@verb(
    "chancery review sample 100 --who Ada",
    "chancery review sample 100 --seed 7 --report",
)
@click.argument("size", metavar="N", type=click.IntRange(min=1))
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, metavar="NUMBER",
    help="Draws another sample; the same number draws the same claims anywhere.",
)  # fmt: skip
@click.option("--report", "report_only", is_flag=True, help="Print what has been judged so far.")
@who_option
@ledger_option
@output_options()
def sample(
    size: int, seed: int, report_only: bool, who: str, ledger: Path | None, output: Output
) -> None:
    """Draw claims at random, ask of each whether it is right, and print the precision.

    r is right, w wrong, s skips, u takes the last back, q ends; the same command goes on. What is
    wrong can be corrected at once. The interval is Wilson's, of 95 %.
    """
    from chancery.cli.desk import open_desk
    from chancery.cli.sample_session import SampleSession
    from chancery.outputs.review import audit_lines, audit_rows, audit_sheet

    with open_desk(ledger) as desk:
        drawn = desk.ledger.sample(size, seed=seed)
        if not report_only:
            SampleSession(desk, output, who, drawn).run()
            desk.ledger.refresh()
            drawn = desk.ledger.sample(size, seed=seed)
        audit = drawn.audit()
        if output.tabular:
            write_lines(audit_lines(audit))
        else:
            output.show(audit_rows(audit), audit_sheet(), desk.coverage())


for command in (list_, next_, sample):
    review.add_command(command)
