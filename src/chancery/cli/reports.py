"""To look at reports: one of them, the outlets they come from, and their text."""

from __future__ import annotations

from pathlib import Path

import click

from chancery.cli.options import filter_options, ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.verbs import HELP_NAMES, DefaultGroup, verb
from chancery.outputs.asked import Filters
from chancery.outputs.rows import plain
from chancery.outputs.sheet import plain_sheet


@click.group(cls=DefaultGroup, context_settings=dict(HELP_NAMES))
def report() -> None:
    """Show one report or its versions, or give it a date.

    `chancery report ID` is short for `chancery report show ID`.
    """


@verb("chancery report rep_45b0", "chancery report rep_45b0 --json", name="show")
@click.argument("name", metavar="ID")
@ledger_option
@filter_options("as_of")
@output_options()
def show(name: str, ledger: Path | None, filters: Filters, output: Output) -> None:
    """Show one report: what is odd about it and why, its text, and what was read in it.

    What is odd is a flag with its reasons (reads as translation, undated, opinion); the text is
    never mended.

    ID is the report's, its first characters, or the input's own id for it.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.reading import report_lines
    from chancery.outputs.reports import remarks_on, report_row, report_sheet

    with open_desk(ledger, filters.as_of) as desk:
        found = desk.ledger.report(name, as_of=filters.as_of)
        claims = desk.ledger.claims(report=found.id, as_of=filters.as_of)
        remarks = remarks_on(desk.ledger, found.id, filters.as_of)
        if output.tabular:
            write_lines(report_lines(found, claims, output.width, output.style, remarks))
            return
        output.show([report_row(found, claims, remarks)], report_sheet(), desk.coverage())


@verb(
    "chancery report date rep_45b0 2020-05",
    "chancery report date rep_45b0 2020-05-11 --reason 'printed edition'",
    name="date",
)
@click.argument("name", metavar="ID")
@click.argument("day", metavar="DAY")
@click.option("--reason", default="", metavar="WORDS", help="How it is known.")
@click.option("--by", "who", default="", metavar="NAME", help="Who decides.")
@ledger_option
@output_options()
def date(name: str, day: str, reason: str, who: str, ledger: Path | None, output: Output) -> None:
    """Give a report the day, month or year of its publication, and read it again.

    This is a decision: it is kept beside the report and outranks what the report says, until a
    later one outranks it.
    """
    from chancery.cli.desk import open_desk
    from chancery.cli.path import take
    from chancery.read import Reader

    with open_desk(ledger) as desk:
        found = desk.ledger.report(name)
        decision = desk.ledger.decide(found.id, f"date {day}", reason=reason, who=who)
        take([], desk.ledger, Reader.load(lexicon=desk.lexicon), quiet=output.quiet)
        row = plain(decision)
        output.show([row], plain_sheet(row), desk.coverage())


@verb(
    "chancery report versions rep_45b0",
    "chancery report versions rep_45b0 --json",
    name="versions",
)
@click.argument("name", metavar="ID")
@ledger_option
@filter_options("as_of")
@output_options()
def versions(name: str, ledger: Path | None, filters: Filters, output: Output) -> None:
    """Print the versions of an article, oldest first, and how each differs from the one before.

    Versions are reports of one address, of one outlet and its own id for them, or of one outlet and
    headline with nearly the same text. [-Words-] are gone, {+words+} are new. Under them stands
    what became of each claim: kept, changed, lost or new. A notice that the article is withdrawn
    comes last: it is a proposal, and nothing is withdrawn until a person decides so.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.reports import version_rows, version_sheet
    from chancery.outputs.versions import version_lines

    with open_desk(ledger, filters.as_of) as desk:
        found = desk.ledger.versions(name, as_of=filters.as_of)
        if output.tabular:
            texts = {one.report: desk.evidence.report(one.report) for one in found}
            write_lines(version_lines(found, texts, output.width, output.style))
            return
        output.show(version_rows(found, desk.evidence), version_sheet(), desk.coverage())


for command in (show, date, versions):
    report.add_command(command)


@verb(
    "chancery reports --from 2019 --source 'The Baltic Courier'",
    "chancery reports --undated",
    "chancery reports --unread --csv > unread.csv",
)
@click.option("--source", metavar="OUTLET", help="Only those of this outlet, as it is named.")
@click.option("--language", metavar="CODE", help="Only those in this language (en, ru, und).")
@click.option(
    "--dated/--undated", "dated", default=None, help="Only those with a date, or without."
)
@click.option(
    "--unread/--were-read",
    "unread",
    default=None,
    help="Only those in which nothing was read, or that were read.",
)
@ledger_option
@filter_options("since", "until", "as_of", "limit")
@output_options()
def reports(
    source: str | None,
    language: str | None,
    dated: bool | None,
    unread: bool | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """List the reports of this ledger by day: outlet, title, and how much was read in each.

    Undated ones come last.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.reports import report_list_sheet

    with open_desk(ledger, filters.as_of) as desk:
        rows = desk.ledger.reports(
            source=source, language=language, dated=dated, unread=unread, **desk.asked(filters)
        )
        output.show(rows, report_list_sheet(), desk.coverage())


@verb("chancery sources", "chancery sources --csv > sources.csv", "chancery sources baltic-courier")
@click.argument("name", metavar="[OUTLET]", required=False)
@ledger_option
@filter_options("as_of")
@output_options()
def sources(name: str | None, ledger: Path | None, filters: Filters, output: Output) -> None:
    """List the outlets of this ledger: reports, claims, first and last day.

    Of one OUTLET: how much it reports in its own voice, first, alone, and by copies only, whom it
    quotes, and what it printed again or took back. Copies and reports that credit an agency do not
    count for first.
    """
    from chancery.cli.desk import open_desk
    from chancery.ledger import SourceSummary
    from chancery.outputs.voices import source_sheet

    with open_desk(ledger, filters.as_of) as desk:
        if name is not None:
            page = desk.ledger.source_page(name, as_of=filters.as_of)
            output.show([plain(page)], source_sheet(), desk.coverage())
            return
        rows = [plain(row) for row in desk.ledger.sources(as_of=filters.as_of)]
        sheet = plain_sheet(SourceSummary.__struct_fields__, shrink=("name", "languages"))
        output.show(rows, sheet, desk.coverage())


@verb("chancery search ambassador", "chancery search '\"exchange ambassadors\"' --limit 5 --json")
@click.argument("words", nargs=-1, required=True)
@ledger_option
@filter_options("as_of", "limit")
@output_options()
def search(words: tuple[str, ...], ledger: Path | None, filters: Filters, output: Output) -> None:
    """Search the text of all reports, in any language, read or not.

    All words must occur. Words in quotation marks must follow one another, and a last * asks for a
    beginning.
    """
    from chancery.cli.desk import open_desk
    from chancery.ledger import Hit
    from chancery.outputs.reading import hit_lines

    with open_desk(ledger, filters.as_of) as desk:
        hits = desk.ledger.search(" ".join(words), **desk.asked(filters))
        if not output.tabular:
            sheet = plain_sheet(Hit.__struct_fields__)
            output.show([plain(hit) for hit in hits], sheet, desk.coverage())
            return
        write_lines(hit_lines(hits, output.style))
        output.note(desk.coverage() if hits else f"nothing matches; {desk.coverage()}")
