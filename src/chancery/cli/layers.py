"""To look at the data sets that lie beside the ledger, and to remove one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chancery.cli.options import ledger_option, output_options
from chancery.cli.output import Output, write_lines
from chancery.cli.verbs import HELP_NAMES, DefaultGroup, verb
from chancery.outputs.sheet import plain_sheet

if TYPE_CHECKING:
    from chancery.relations import Layers, LayerSummary, Reason


@click.group(cls=DefaultGroup, context_settings=dict(HELP_NAMES))
def layers() -> None:
    """List the data sets beside the ledger: name, rows, rejects, span.

    `chancery layers` alone lists them; none of them counts in the ledger's own figures.
    """


@verb("chancery layers", "chancery layers --csv", name="list")
@ledger_option
@output_options()
def list_(ledger: Path | None, output: Output) -> None:
    """List the layers: format, files, rows, rejected rows, first and last day."""
    rows = [layer_row(summary) for summary in _layers_of(ledger).layers()]
    names = ("name", "format", "files", "rows", "rejected", "first", "last")
    sheet = plain_sheet(names) if output.tabular or not rows else plain_sheet(rows[0])
    output.show(rows, sheet, "" if rows else "no layers; chancery import FORMAT FILE… makes one")


@verb("chancery layers show icews", "chancery layers show icews --json", name="show")
@click.argument("name", metavar="NAME")
@ledger_option
@output_options()
def show(name: str, ledger: Path | None, output: Output) -> None:
    """Show one layer: its files, what was left out and why, its strata and their weights."""
    from chancery.outputs.rows import plain

    found = _layers_of(ledger)
    manifest, summary = found.manifest(name), found.summary(name)
    if output.tabular:
        write_lines(summary_lines(summary))
        for file in manifest.files:
            write_lines(
                [f"  {file.name}: {file.layout}, {file.rows:,} rows of {file.lines:,} lines"]
            )
        return
    row = {**layer_row(summary), "files": [plain(file) for file in manifest.files]}
    output.show([row], plain_sheet(row))


@verb("chancery layers remove icews", "chancery layers remove icews --yes", name="remove")
@click.argument("name", metavar="NAME")
@click.option("--yes", is_flag=True, help="Do not ask.")
@ledger_option
@output_options()
def remove(name: str, yes: bool, ledger: Path | None, output: Output) -> None:
    """Remove a layer from the disk; its files can be imported again."""

    def asks(summary: LayerSummary) -> bool:
        return yes or click.confirm(f"remove {summary.name} ({summary.rows:,} rows)?", err=True)

    gone = _layers_of(ledger).remove(name, asks)
    output.note(f"{name} is removed" if gone else f"{name} stays")


for command in (list_, show, remove):
    layers.add_command(command)


def _layers_of(named: Path | None) -> Layers:
    from chancery.cli.opening import find_ledger
    from chancery.relations import Layers

    return Layers(find_ledger(named))


def layer_row(summary: LayerSummary) -> dict[str, Any]:
    """Give a layer as one flat row of plain values."""
    from chancery.outputs.rows import plain

    row = dict(plain(summary))
    for name in ("taken", "skipped"):
        row.pop(name, None)
    return row


def summary_lines(summary: LayerSummary) -> Iterator[str]:
    """Say a layer in a few lines."""
    span = f" · {summary.first} … {summary.last}" if summary.first else ""
    yield (
        f"{summary.name}: {summary.rows:,} rows of {summary.lines:,} lines "
        f"({summary.format}){span} · {summary.rejected:,} rejected"
    )
    weights = {stratum.name: stratum.weight for stratum in summary.strata}
    if summary.stratum_rows:
        parts = (f"{name} {rows:,} × {weights.get(name, 1):g}"
                 for name, rows in summary.stratum_rows.items())  # fmt: skip
        yield f"  strata: {', '.join(parts)}"
    if summary.open_actors or summary.open_targets:
        yield (
            f"  no party found for {summary.open_actors:,} actors and "
            f"{summary.open_targets:,} targets that have a name"
        )
    yield from _reason_lines("left out", summary.rejects)
    yield from _reason_lines("kept", summary.remarks)


def _reason_lines(what: str, reasons: tuple[Reason, ...]) -> Iterator[str]:
    for one in reasons:
        lines = ", ".join(f"{example.line:,}" for example in one.examples)
        where = f" (line {lines}{', …' if one.count > len(one.examples) else ''})" if lines else ""
        yield f"  {what}: {one.count:,} × {one.reason}{where}"
