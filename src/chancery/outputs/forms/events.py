"""Happenings as other event data sets have them: PLOVER's JSON, POLECAT's columns, GDELT's."""

from __future__ import annotations

from itertools import chain
from typing import BinaryIO

from chancery.outputs.forms.export import Export, write_text
from chancery.outputs.forms.gdelt import Gdelt
from chancery.outputs.plover import POLECAT_COLUMNS, plover_event, polecat_row
from chancery.outputs.rows import json_lines
from chancery.outputs.whereabouts import Whereabouts
from chancery.version import __version__


def write_plover(export: Export, target: BinaryIO) -> int:
    """Write PLOVER's JSON, one event a line."""
    frames = export.lexicon.frames
    events = (plover_event(row, cites, frames) for row, cites in export.quoted())
    return write_text(json_lines(event for event in events if event), target)


def write_polecat(export: Export, target: BinaryIO) -> int:
    """Write POLECAT's 40 columns with a header, tab-separated."""
    frames, version = export.lexicon.frames, f"chancery {__version__}"
    rows = (polecat_row(row, cites, frames, version) for row, cites in export.quoted())
    lines = ("\t".join(cells) + "\n" for cells in chain([POLECAT_COLUMNS], rows) if cells)
    return write_text(lines, target) - 1


def write_gdelt(export: Export, target: BinaryIO) -> int:
    """Write the 61 columns of GDELT 2.0 without a header, tab-separated."""
    places = Whereabouts(export.evidence.ledger, export.evidence.pinned)
    gdelt = Gdelt(export.lexicon, places)
    rows = (gdelt.row(row, cites) for row, cites in export.quoted())
    return write_text(("\t".join(cells) + "\n" for cells in rows if cells), target)
