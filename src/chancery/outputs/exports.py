"""Files for other programs: the same ledger always gives the same bytes.

Rows are sorted by day and id, and hold no clock time and no commit number. Each carries the words
it rests on, with their place; the whole text of a report stays in the ledger. The coverage line
lies beside the file, as `FILE.coverage.txt`. `menu.py` lists the forms.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.outputs.coverage import coverage_line
from chancery.outputs.evidence import Evidence
from chancery.outputs.forms.annotations import write_annotations
from chancery.outputs.forms.events import write_gdelt, write_plover, write_polecat
from chancery.outputs.forms.export import Export as Export
from chancery.outputs.forms.export import Tell, tell_nobody
from chancery.outputs.forms.geojson import write_geojson
from chancery.outputs.forms.jsonld import write_claimreview, write_jsonld
from chancery.outputs.forms.references import write_bibtex, write_csl, write_ris
from chancery.outputs.forms.rocrate import write_crate, write_crate_folder
from chancery.outputs.forms.tables import write_csv, write_jsonl, write_parquet
from chancery.outputs.forms.timelinejs import write_timeline
from chancery.outputs.menu import MENU
from chancery.outputs.things import THINGS as THINGS

COVERAGE_SUFFIX: Final = ".coverage.txt"
PACKED: Final = ".zip"

FORMS: Final[Mapping[str, Callable[[Export, BinaryIO], int]]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "plover-json": write_plover,
    "polecat": write_polecat,
    "gdelt2": write_gdelt,
    "geojson": write_geojson,
    "timelinejs": write_timeline,
    "annotations": write_annotations,
    "jsonld": write_jsonld,
    "claimreview": write_claimreview,
    "bibtex": write_bibtex,
    "csl-json": write_csl,
    "ris": write_ris,
    "rocrate": write_crate,
}
"""What writes each form of the menu."""


def write_export(
    target: BinaryIO,
    ledger: Ledger,
    lexicon: Lexicon,
    form: str,
    thing: str | None = None,
    *,
    tell: Tell = tell_nobody,
    **filters: Any,
) -> int:
    """Write one kind of row in one form of `MENU` to a binary file, and return how many there were.

    Without `thing` it is the kind that the form usually holds. The file need not be one that can be
    sought in. `filters` are what the ledger's queries take; `tell` is told how far it is. Raises
    `UsageError` where a form has no place for the rows, before anything is written.
    """
    return FORMS[form](_export(ledger, lexicon, form, thing, tell, filters), target)


def _export(
    ledger: Ledger,
    lexicon: Lexicon,
    form: str,
    thing: str | None,
    tell: Tell,
    filters: Mapping[str, Any],
) -> Export:
    holds = MENU[form].things
    thing = thing or holds[0]
    if thing not in holds:
        raise UsageError(
            f"{form} holds no {thing}", hint=f"chancery export {form} --of {' | '.join(holds)}"
        )
    what = THINGS[thing]
    if odd := filters.keys() - what.filters:
        known = ", ".join(sorted(what.filters))
        raise UsageError(f"{thing} have no {', '.join(sorted(odd))}", hint=f"they have: {known}")
    rows = sorted(what.rows(ledger, filters), key=what.key)
    return Export(Evidence(ledger, filters.get("as_of")), lexicon, what.table, rows, tell)


def export_to(
    path: Path | None,
    ledger: Ledger,
    lexicon: Lexicon,
    form: str,
    thing: str | None = None,
    *,
    tell: Tell = tell_nobody,
    **filters: Any,
) -> int:
    """Write an export to a file, whole or not at all, with its coverage; or to standard output.

    A form that may be a folder is one unless the name ends in `.zip`; a folder that holds anything
    already is left as it is, and `UsageError` raised.
    """
    if path is None:
        return write_export(sys.stdout.buffer, ledger, lexicon, form, thing, tell=tell, **filters)
    as_folder = MENU[form].folder and path.suffix.lower() != PACKED
    _check(path, as_folder=as_folder)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as aside:
        whole = Path(aside) / path.name
        export = _export(ledger, lexicon, form, thing, tell, filters)
        if as_folder:
            count = write_crate_folder(export, whole)
        else:
            with whole.open("wb") as target:
                count = FORMS[form](export, target)
        whole.replace(path)
    coverage = coverage_line(ledger.coverage(as_of=filters.get("as_of")))
    path.with_name(path.name + COVERAGE_SUFFIX).write_text(coverage + "\n", "utf-8")
    return count


def _check(path: Path, *, as_folder: bool) -> None:
    """Refuse a path where something else is in the way."""
    if path.is_dir() and not (as_folder and not any(path.iterdir())):
        raise UsageError(f"{path} is a folder already", hint="name another, or remove it first")
    if as_folder and path.is_file():
        raise UsageError(f"{path} is a file", hint="name a folder, or a file that ends in .zip")
