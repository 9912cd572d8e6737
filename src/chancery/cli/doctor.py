"""To check that the installation works, and the ledger can be opened and written."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import msgspec

from chancery.cli import exits
from chancery.cli.opening import find_ledger
from chancery.cli.options import ledger_option, output_options
from chancery.cli.output import Output
from chancery.cli.verbs import verb
from chancery.errors import ChanceryError, UsageError
from chancery.outputs.rows import plain
from chancery.outputs.sheet import plain_sheet
from chancery.version import __version__

NEEDED: Final = (
    "ahocorasick-rs", "charset-normalizer", "click", "duckdb", "msgspec", "numpy", "onnxruntime",
    "py3langid", "rapidfuzz", "rich",
)  # fmt: skip
EXTRAS: Final = {
    "html": ("lxml", "trafilatura", "htmldate"),
    "charts": ("vl-convert-python",),
    "stats": ("statsmodels", "ruptures"),
    "sheets": ("openpyxl",),
}


class Finding(msgspec.Struct, frozen=True):
    """What one check found: its name, whether all is well, what was seen, and what to do."""

    check: str
    state: str
    seen: str
    hint: str = ""


FAULT: Final = "fault"


@verb("chancery doctor", "chancery doctor -L reports.ledger --json")
@ledger_option
@output_options()
def doctor(ledger: Path | None, output: Output) -> int:
    """Check versions, the lexicon, the model's weights and the ledger; exit code 1 on a fault."""
    findings = list(examine(ledger))
    names = Finding.__struct_fields__
    rows = [plain(finding) for finding in findings]
    output.show(rows, plain_sheet(names, shrink=("seen", "hint")))
    return exits.FAILURE if any(one.state == FAULT for one in findings) else exits.OK


def examine(ledger: Path | None) -> Iterator[Finding]:
    """Run every check, each by itself, so that one fault does not hide the next."""
    yield Finding("chancery", "ok", f"{__version__}, Python {platform.python_version()}")
    yield from map(_package, NEEDED)
    yield from (_extra(name, packages) for name, packages in EXTRAS.items())
    yield _tried("lexicon", _check_lexicon, "chancery lexicon check")
    yield _model()
    yield from _check_ledger(ledger)


def _package(name: str) -> Finding:
    try:
        return Finding(name, "ok", version(name))
    except PackageNotFoundError:
        return Finding(name, FAULT, "not installed", f"pip install {name}")


def _extra(name: str, packages: tuple[str, ...]) -> Finding:
    try:
        seen = ", ".join(f"{package} {version(package)}" for package in packages)
    except PackageNotFoundError:
        return Finding(
            f"extra {name}", "absent", "not installed", f"pip install 'chancery[{name}]'"
        )
    return Finding(f"extra {name}", "ok", seen)


def _tried(name: str, check: Callable[[], str], hint: str) -> Finding:
    try:
        return Finding(name, "ok", check())
    except (ChanceryError, OSError, ImportError) as error:
        return Finding(name, FAULT, str(error), hint)


def _check_lexicon() -> str:
    from chancery.lexicon import Lexicon

    known = Lexicon.load()
    return f"{known.hash}: {len(known.actors)} actors, {len(known.frames)} frames"


def _model() -> Finding:
    from chancery.read.encoder import SHIPPED

    if not SHIPPED.is_dir():
        return Finding("model", "absent", "no model in this build; reports are read by rules alone")
    return _tried("model", _check_weights, "install Chancery again")


def _check_weights() -> str:
    from chancery.read.encoder import Encoder, check_weights

    problems = check_weights()
    if problems:
        raise ChanceryError("; ".join(problem.message for problem in problems))
    return f"weights {Encoder.load().hash}"


def _check_ledger(named: Path | None) -> Iterator[Finding]:
    try:
        path = find_ledger(named)
    except UsageError as error:
        state = FAULT if named else "absent"
        yield Finding("ledger", state, error.message, error.hint)
        return
    yield _tried("ledger", lambda: _opened(path), "chancery verify")
    if os.access(path, os.W_OK):
        yield Finding("writing", "ok", f"{path} can be written")
    else:
        yield Finding("writing", FAULT, f"{path} cannot be written", f"chmod u+w {path}")


def _opened(path: Path) -> str:
    from chancery.ledger import Ledger
    from chancery.lexicon import Lexicon
    from chancery.outputs.coverage import coverage_line

    return coverage_line(Ledger.open(path, Lexicon.load(), create=False).coverage())
