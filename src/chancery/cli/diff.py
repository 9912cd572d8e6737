"""To look at what changed between two snapshots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from chancery.cli.options import filter_options, ledger_option, output_options
from chancery.cli.verbs import verb
from chancery.outputs.asked import Filters

if TYPE_CHECKING:
    from chancery.cli.output import Output

KINDS: Final = ("reports", "decisions", "happenings", "claims", "outcomes")
"""Named here too, so that help need not load what writes them; a test compares the two."""


@verb(
    "chancery diff snp_5d07",
    "chancery diff 2026-11-01 2026-11-22 --of happenings --who USA,BLR -q",
)
@click.argument("first", metavar="SNAP")
@click.argument("second", metavar="[SNAP]", required=False)
@click.option("--of", "kind", type=click.Choice(KINDS), help="Only what changed of these.")
@ledger_option
@filter_options("who", "what", "limit")
@output_options(quotes=True)
def diff(
    first: str,
    second: str | None,
    kind: str | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """Print what changed between two snapshots, or since one until now.

    SNAP is a snapshot (snp_5d07) or the end of a day, month or year (2020-02-10, in UTC); chancery
    log snapshots lists them. Reports are added, redated or withdrawn; claims and happenings added,
    removed or altered, field by field; happenings also merged or split. A copy of a report that is
    there already adds a report to a happening, and neither a happening nor an origin.

    With --who or --what only happenings and claims are compared. Every row has the snapshot in
    which its id, and its quotation (-q), can be looked up.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.changes import change_sheet, count_words

    with open_desk(ledger) as desk:
        asked = desk.asked(filters)
        limit = asked.pop("limit", None)
        found = desk.ledger.diff(first, second, **asked)
        changes = [one for one in found.changes if kind in (None, f"{one.kind}s")]
        sides = {name: desk.evidence.as_of(name) for name in (found.first, found.second)}
        summary = f"{found.first} → {found.second}: {count_words(changes)}"
        output.show(changes[:limit], change_sheet(sides), summary)
