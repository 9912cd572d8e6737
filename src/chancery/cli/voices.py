"""Who says what, and how often it held."""

from __future__ import annotations

from pathlib import Path

import click

from chancery.cli.options import filter_options, ledger_option, output_options, said_options
from chancery.cli.output import Output
from chancery.cli.verbs import verb
from chancery.outputs.asked import Filters


@verb(
    "chancery voices --voice anonymous",
    "chancery voices --group outlet --csv > outlets.csv",
    "chancery voices --by baltic-official",
)
@click.option("--group", default="voice", metavar="WORD", help="By voice, outlet or institution.")
@said_options()
@ledger_option
@filter_options("who", "voice", "as_of", "limit")
@output_options()
def voices(
    group: str,
    by: str | None,
    source: str | None,
    institution: str | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """List voices: what each said, what it foresaw, and how much of that came about.

    A voice with a full name is one wherever it is quoted; an anonymous one is a voice of its report
    alone, even where two are described alike, unless a decision says that they are one. A rate
    stands only where ten forecasts or more are settled, as a range. --who names the speaker. The
    letter is how reliable people find it, F where nobody has judged.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.voices import rated_note, voice_sheet

    with open_desk(ledger, filters.as_of) as desk:
        said = desk.said(by, source, institution)
        rows = desk.ledger.voices(group=group, **said, **desk.asked(filters))
        output.show(rows, voice_sheet(), rated_note(rows) + desk.coverage())
