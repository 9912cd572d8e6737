"""To ask why a claim was made: the reasons, recomputed from the stored report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from chancery.cli.joined import pair_lines, pair_rows
from chancery.cli.options import filter_options, ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.reading import reader_option
from chancery.cli.verbs import verb
from chancery.outputs.asked import Filters
from chancery.outputs.sheet import plain_sheet

if TYPE_CHECKING:
    from chancery.model import Claim
    from chancery.outputs.desk import Desk
    from chancery.outputs.table import Style
    from chancery.read import Reader
    from chancery.read.why import Reason

LONGEST_WHAT: Final = len("standing")


@verb(
    "chancery why clm_77d0",
    "chancery why hap_4f2a91c0 --json",
    "chancery why clm_77d0 clm_8a31",
    name="why",
)
@click.argument("name", metavar="ID")
@click.argument("other", metavar="[ID]", required=False)
@reader_option
@ledger_option
@filter_options("as_of")
@output_options()
def why(
    name: str, other: str | None, model: str, ledger: Path | None, filters: Filters, output: Output
) -> None:
    """Say why a claim was made: its trigger, sides, rules, standing, date and voice.

    ID is a claim's, or a happening's: then what raised and lowered its certainty comes first, and
    each of its claims is explained. The report is read again for it. Where this reader, its lexicon
    or the report's day are not those that made the claim, that is said, for the reasons may be
    others.

    With two ids, say why they are one happening, or why they are not.
    """
    from chancery.cli.desk import open_desk
    from chancery.outputs.rows import plain
    from chancery.read import Reader

    with open_desk(ledger, filters.as_of) as desk:
        if other:
            if output.tabular:
                write_lines(pair_lines(name, other, desk, output.style))
            else:
                output.show(pair_rows(name, other, desk), plain_sheet(("what", "value")))
            return
        reader = Reader.load(model, desk.lexicon)
        claims = _claims(name, desk)
        signals = _signals(name, claims, desk)
        if output.tabular:
            write_lines(_certainty_lines(signals, output.style))
            for claim in claims:
                write_lines(_lines(claim, _reasons(claim, desk, reader), desk, output.style))
            return
        rows = [
            *({"claim": None, "what": "certainty", "value": one, "words": None} for one in signals),
            *({"claim": claim.id, **plain(reason)}
              for claim in claims
              for reason in _reasons(claim, desk, reader)),
        ]  # fmt: skip
        output.show(rows, plain_sheet(("claim", "what", "value", "words")))


def _claims(name: str, desk: Desk) -> list[Claim]:
    """Return the claim that is meant, or all claims of a happening."""
    if name.startswith("hap"):
        found = desk.ledger.happening(name, as_of=desk.as_of)
        return list(desk.ledger.claims(happening=found.id, as_of=desk.as_of))
    return [desk.ledger.claim(name, as_of=desk.as_of)]


def _signals(name: str, claims: list[Claim], desk: Desk) -> list[str]:
    """Return a happening's certainty and what raised and lowered it; nothing for a claim."""
    from chancery.outputs.words import certainty_word

    if not name.startswith("hap"):
        return []
    found = desk.ledger.happening(name, as_of=desk.as_of)
    number = "" if found.certainty is None else f" {found.certainty:.2f}"
    best = max(claim.score for claim in claims)
    return [
        f"{certainty_word(found.certainty)}{number}",
        f"its surest claim is read with {best:.2f}",
        *found.signals,
    ]


def _certainty_lines(signals: list[str], style: Style) -> Iterator[str]:
    from chancery.outputs.visible import one_line

    for signal in signals:
        yield f"{style.dim('certainty')}  {one_line(signal)}"
    if signals:
        yield ""


def _reasons(claim: Claim, desk: Desk, reader: Reader) -> list[Reason]:
    """Read the claim's report again and say why the claim is there, or that it no longer is."""
    from chancery.read.why import Reason, explain

    report = desk.ledger.report(claim.report, as_of=desk.as_of)
    reading = reader.read_one(report)
    again = next((one for one in reading.claims if one.id == claim.id), None)
    told = []
    if reading.run != claim.run:
        told.append(Reason(what="run", value=f"made by {claim.run}, explained by {reading.run}"))
    if again is None:
        gone = "this reader does not make this claim; the reasons are what it sees in its words"
        told.append(Reason(what="claim", value=gone))
    return [*told, *explain(report, reading, again or claim, desk.lexicon, reader.trace)]


def _lines(claim: Claim, reasons: list[Reason], desk: Desk, style: Style) -> Iterator[str]:
    from chancery.outputs.visible import one_line, visible

    yield style.bold(f"{visible(str(claim))}  {claim.id}")
    yield from desk.evidence.quote_lines(claim, style)
    for reason in reasons:
        value = f"{reason.value:.2f}" if isinstance(reason.value, float) else reason.value
        words = f"“{one_line(reason.words)}”  " if reason.words else ""
        yield f"  {style.dim(reason.what.ljust(LONGEST_WHAT))}  {words}{one_line(value)}"
    yield ""
