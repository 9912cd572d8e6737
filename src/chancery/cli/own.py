"""One's own knowledge: a chronology from a spreadsheet, taken in as decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from chancery.cli import exits
from chancery.cli.options import ledger_option, output_options
from chancery.cli.output import Output
from chancery.cli.reading import check_paths, reader_option
from chancery.cli.verbs import verb
from chancery.outputs.rows import plain
from chancery.outputs.sheet import plain_sheet

if TYPE_CHECKING:
    from chancery.errors import Problem
    from chancery.ingest.chronology import Row
    from chancery.ledger.entries import Entry
    from chancery.outputs.desk import Desk
    from chancery.read import Reader

ROLES: Final = ("date", "until", "what", "actors", "targets", "where", "note", "reference")


class ColumnMap(click.ParamType):  # type: ignore[type-arg]
    """Pairs `ours=COLUMN`, with commas between them."""

    name = "columns"

    def convert(self, value: Any, param: Any, ctx: Any) -> dict[str, str]:
        """Turn `date=Datum,what=Ereignis` into a mapping."""
        if isinstance(value, dict):
            return value
        mapping = {}
        for pair in str(value).split(","):
            ours, mark, theirs = (part.strip() for part in pair.partition("="))
            if not mark or not theirs or ours not in ROLES:
                self.fail(
                    f"{pair!r} is not OURS=COLUMN, OURS one of {', '.join(ROLES)}", param, ctx
                )
            mapping[ours] = theirs
        return mapping


@verb(
    "chancery import chronology mine.csv --map date=Datum,what=Ereignis --dayfirst",
    "chancery import chronology mine.xlsx --sheet 2019 --who Ada",
    name="chronology",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--map", "mapping", type=ColumnMap(), metavar="OURS=COLUMN,…",
    help=f"Which column holds what: {', '.join(ROLES)}. Else told by the headings.",
)  # fmt: skip
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; else the first.")
@click.option("--dayfirst", "order", flag_value="day", default="", help="03/04/2020 is 3 April.")
@click.option("--monthfirst", "order", flag_value="month", help="03/04/2020 is March 4.")
@click.option("--who", default="", metavar="NAME", help="Whose knowledge it is; else the one here.")
@reader_option
@ledger_option
@output_options()
def import_chronology(
    file: Path,
    mapping: dict[str, str] | None,
    sheet: str | None,
    order: Any,
    who: str,
    model: str,
    ledger: Path | None,
    output: Output,
) -> int:
    """Take in one's own chronology: CSV, TSV or XLSX, a row an event.

    Each row becomes a decision in the voice own knowledge, tied to the claim that says the same
    where one is found. Entries count for nothing: `chancery chron --own` shows them among the rows.
    Rows that cannot be read are listed with their numbers, and the exit code is 3. XLSX needs the
    extra 'sheets'.
    """
    from chancery.cli.desk import open_desk
    from chancery.errors import Problem
    from chancery.ingest.chronology import Row, read_chronology
    from chancery.outputs.words import counted
    from chancery.read import Reader

    check_paths([str(file)])
    with open_desk(ledger) as desk:
        found = list(read_chronology(file, mapping, order, sheet))
        columns = next(one for one in found if isinstance(one, dict))
        output.note("columns: " + ", ".join(f"{ours}={name}" for ours, name in columns.items()))
        refused = [one for one in found if isinstance(one, Problem)]
        rows = [one for one in found if isinstance(one, Row)]
        reader = Reader.load(model, desk.lexicon)
        notes: list[str] = []
        entries = [make_entry(row, desk, reader, notes) for row in rows]
        taken = desk.ledger.take_entries(entries, who=who)
        refused += taken.problems
        show_refused(refused, notes, output)
        row = {name: value for name, value in plain(taken).items() if name != "problems"}
        row |= {"rejected": len(refused)}
        if not output.tabular:
            output.show([row], plain_sheet(row))
        output.note(
            f"{counted(taken.new, 'entry', 'entries')} new · {taken.known:,} known · "
            f"{taken.tied:,} tied to a claim · {counted(len(refused), 'row')} rejected"
        )
        return exits.REJECTED if refused else exits.OK


def make_entry(row: Row, desk: Desk, reader: Reader, notes: list[str]) -> Entry:
    """Make an entry of a row: its parties as codes, its frame as the reader would have it.

    Parties whose columns are empty are those that the reader finds in its words; a name that nobody
    is found for is kept as words, with a note.
    """
    from chancery.ledger.entries import Entry

    sides = [codes_of(side, row.place, desk, notes) for side in (row.actors, row.targets)]
    frame, found = understand(row, reader)
    if not row.actors and not row.targets:
        sides = found
    return Entry(
        when=row.when,
        what=row.what,
        actors=tuple(sides[0]),
        targets=tuple(sides[1]),
        who=row.actors,
        whom=row.targets,
        where=row.where,
        frame=frame,
        note=row.note,
        reference=row.reference,
        row=row.place,
    )


def codes_of(names: Sequence[str], place: str, desk: Desk, notes: list[str]) -> list[str]:
    """Return the codes of names, each once; one that is not known is left out, with a note."""
    from chancery.errors import UsageError
    from chancery.outputs.names import resolve_who

    codes: list[str] = []
    for name in names:
        try:
            codes += resolve_who([name], desk.lexicon)
        except UsageError as error:
            notes.append(f"{place}: {error.message} Kept as words.")
    return sorted(set(codes))


def understand(row: Row, reader: Reader) -> tuple[str | None, list[list[str]]]:
    """Read the words of a row as a report would be read: its first deed, and whose it is."""
    from chancery.model import Report

    report = Report(id=f"rep_{'0' * 16}", text=row.what, published=row.when)
    claims = reader.read_one(report).claims
    if not claims:
        return None, [[], []]
    sides = ({one.actor for one in side if one.actor} for side in (claims[0].actors,
                                                                  claims[0].targets))  # fmt: skip
    return claims[0].frame, [sorted(side) for side in sides]


def show_refused(refused: Sequence[Problem], notes: Iterable[str], output: Output) -> None:
    """List rows that were not taken, and what was taken with a grain of salt."""
    for line in _lines(refused, notes):
        click.echo(line, err=True)


def _lines(refused: Sequence[Problem], notes: Iterable[str]) -> Iterator[str]:
    from chancery.outputs.visible import visible

    yield from (visible(str(one)) for one in refused)
    yield from (visible(note) for note in notes)
