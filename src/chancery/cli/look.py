"""To look at what the ledger holds: the chronology, one happening, and what reports say."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from chancery.cli.joined import joined_lines
from chancery.cli.options import filter_options, ledger_option, output_options, said_options
from chancery.cli.output import Output, write_lines
from chancery.cli.verbs import verb
from chancery.outputs.asked import Filters

if TYPE_CHECKING:
    from chancery.ledger.counts import Order

ORDERS: Final = ("date", "reported", "changed")


@verb(
    "chancery chron --who USA,BLR --from 2016 -q",
    "chancery chron --what visit --voice own --csv > visits.csv",
)
@click.option("--own", is_flag=True, help="Show what people entered themselves among the rows.")
@click.option(
    "--sort", type=click.Choice(ORDERS), default=ORDERS[0],
    help="By date, by the day of the first report, or by that of the newest, the latest first.",
)  # fmt: skip
@ledger_option
@filter_options()
@output_options(quotes=True)
def chron(own: bool, sort: Order, ledger: Path | None, filters: Filters, output: Output) -> None:
    """Print the chronology: who did what to whom, when, and on whose word.

    One row a happening, by its earliest possible day; by its last where that is all that is known
    ("by 31 Aug"). Undated rows stand in a block of their own at the end. 2r/1o is two reports of
    one independent origin.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger, filters.as_of) as desk:
        rows = desk.ledger.happenings(**desk.asked(filters), order=sort)
        left_out = desk.undated_left_out(desk.ledger.happenings, filters)
        if own:
            told, sheet = desk.with_own(rows, filters)
            output.show(told, sheet, left_out + desk.coverage())
            return
        output.show(rows, desk.happenings, left_out + desk.coverage())


@verb(
    "chancery happening hap_4f2a91c0",
    "chancery happening clm_77d0 --json",
    name="happening",
)
@click.argument("name", metavar="ID")
@ledger_option
@filter_options("as_of")
@output_options()
def happening(name: str, ledger: Path | None, filters: Filters, output: Output) -> None:
    """Show one happening and every claim it rests on, each with its quotation.

    ID is a happening's or any of its claims', or the first characters of either.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.chronology import happening_lines

    with open_desk(ledger, filters.as_of) as desk:
        found = desk.ledger.happening(name, as_of=filters.as_of)
        if not output.tabular:
            output.with_quotes().show([found], desk.happenings, desk.coverage())
            return
        claims = desk.ledger.claims(happening=found.id, as_of=filters.as_of)
        frames = desk.lexicon.frames
        write_lines(happening_lines(found, frames, desk.evidence, claims, output.style))
        write_lines(joined_lines(found, desk, output.style))


@verb(
    "chancery claims --who BLR,USA --what expel-diplomats -q",
    "chancery claims --report rep_45b0 --reasons",
)
@click.option("--report", metavar="ID", help="Only what this report says.")
@click.option("--happening", metavar="ID", help="Only the claims of this happening.")
@click.option("--reasons", is_flag=True, help="Print why each deed was done, as somebody says.")
@said_options("source")
@ledger_option
@filter_options()
@output_options(quotes=True)
def claims(
    report: str | None,
    happening: str | None,
    reasons: bool,
    source: str | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """List claims: what each report says was done, before any are brought together."""
    from chancery.cli.desk import open_desk

    with open_desk(ledger, filters.as_of) as desk:
        said = desk.said(None, source, None)
        ask = partial(desk.ledger.claims, report=report, happening=happening, **said)
        left_out = desk.undated_left_out(ask, filters)
        rows = ask(**desk.asked(filters))
        sheet = desk.claims_with_reasons(rows) if reasons else desk.claims
        output.show(rows, sheet, left_out + desk.coverage())


@verb(
    "chancery statements --who BLR --voice anonymous",
    "chancery statements --report rep_45b0 --csv",
    "chancery statements --same-sources",
    "chancery statements --by vladimir-putin --source Wikinews",
)
@click.option("--report", metavar="ID", help="Only what stands in this report.")
@click.option("--foresees", is_flag=True, default=None, help="Only what is about the future.")
@click.option(
    "--open-ended",
    is_flag=True,
    default=None,
    help="Only what is about the future without a deadline, and so in no list of forecasts.",
)
@click.option(
    "--same-sources", is_flag=True, help="Which anonymous voices may be one source, and why."
)
@said_options()
@ledger_option
@filter_options("who", "since", "until", "voice", "as_of", "limit")
@output_options(quotes=True)
def statements(
    report: str | None,
    foresees: bool | None,
    open_ended: bool | None,
    same_sources: bool,
    by: str | None,
    source: str | None,
    institution: str | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """List statements: passages put on somebody's word, and whose.

    --who names the speaker; --from and --to are about the day of the report. Where somebody hands
    on what another said, both are named: “the envoy” ← “the minister”. With --same-sources,
    descriptions that may mean one anonymous source are listed instead; none is joined.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger, filters.as_of) as desk:
        if same_sources:
            asked = {name: value for name, value in filters.given() if name in ("as_of", "limit")}
            pairs = desk.ledger.same_sources(report=report, **asked)
            output.show(pairs, desk.same_sources, desk.coverage())
            return
        said = desk.said(by, source, institution)
        rows = desk.ledger.statements(
            report=report, foresees=foresees, open_ended=open_ended, **said, **desk.asked(filters)
        )
        output.show(rows, desk.statements, desk.coverage())


@verb(
    "chancery forecasts --who USA --to 2021",
    "chancery forecasts --overdue -q",
    'chancery forecasts --state "borne out,partly" --csv',
)
@click.option("--report", metavar="ID", help="Only what stands in this report.")
@click.option(
    "--state",
    metavar="STATES",
    help="Any of these outcomes, with commas: borne out, partly, not borne out, overtaken, open, "
    "not testable.",
)
@click.option("--overdue", is_flag=True, default=None, help="Only what is overdue.")
@said_options()
@ledger_option
@filter_options("who", "since", "until", "voice", "as_of", "limit")
@output_options(quotes=True)
def forecasts(
    report: str | None,
    state: str | None,
    overdue: bool | None,
    by: str | None,
    source: str | None,
    institution: str | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """List forecasts: who said it, what is to come about by when, and what became of it.

    --who names the speaker; --from and --to are about the deadline. Evidence is the claims of later
    reports that show the outcome. Overdue is what should have come about before the day of the
    ledger's latest report, and nothing shows what came of it; today's date is never asked. What is
    foretold without a deadline stays open: `chancery statements --open-ended` lists it.
    """
    from chancery.cli.desk import open_desk

    with open_desk(ledger, filters.as_of) as desk:
        said = desk.said(by, source, institution)
        ask = partial(desk.ledger.forecasts, report=report, **said)
        left_out = desk.undated_left_out(ask, filters, attrgetter("deadline"))
        asked = {**said, **desk.asked(filters)}
        outcomes = desk.ledger.outcomes(report=report, state=state, overdue=overdue, **asked)
        ids = [one.forecast for one in outcomes]
        rows = desk.ledger.forecasts(ids=ids, as_of=filters.as_of)
        more = desk.open_ended_note(state, overdue, {"report": report, **asked})
        output.show(rows, desk.forecasts(outcomes), left_out + more + desk.coverage())


@verb(
    "chancery states --who BLR -q",
    "chancery states --who USA --kind sanctions,troops --csv",
)
@click.option("--kind", metavar="KINDS", help="Any of these kinds of states, with commas.")
@click.option("--report", metavar="ID", help="Only what this report tells.")
@ledger_option
@filter_options("who", "as_of", "limit")
@output_options(quotes=True)
def states(
    kind: str | None, report: str | None, ledger: Path | None, filters: Filters, output: Output
) -> None:
    """List states that hold, such as a ban or a vacant office: whose, since when, until when.

    --who names who holds them: who set the measure, whose office or troops. Passages of one kind
    and holder are one row, unless their days part them.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.names import resolve_kinds
    from chancery.read.holding import bars

    with open_desk(ledger, filters.as_of) as desk:
        asked = desk.asked(filters)
        limit = asked.pop("limit", None)
        told = desk.ledger.states(kind=resolve_kinds(kind), report=report, **asked)
        output.show(bars(told)[:limit], desk.bars(told), desk.coverage())
