"""The documentation holds: names and commands are described, links lead somewhere, examples run.

A `console` example is run as it stands: each line after `$` is given to a shell whose output goes
to a terminal of 100 columns, and what is printed must be what the page shows. A line that holds
only `…` stands for any number of lines. With CHANCERY_ACCEPT set, pages are rewritten instead.
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import msgspec
import pytest

import chancery as ch
from chancery import model
from chancery.samples import sample_folder

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COLUMNS = 100
ANY_LINES = "…"

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")
STATE = re.compile(r"\b(snp_|dec_|lexicon )(?:[0-9a-f]{8})+\b")
FIRST_CELL = re.compile(r"^\| ((?:`\w+`(?:, )?)+) \|", re.MULTILINE)

STRUCTS = [
    noun
    for name in [*ch.__all__, "Aside", "Office"]
    if isinstance(noun := getattr(ch if name in ch.__all__ else model, name), type)
    and issubclass(noun, msgspec.Struct)
]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return [body for found, body in FENCE.findall(page(name)) if found == kind]


# What must be described -------------------------------------------------------------------------


def section_of(noun: type) -> str:
    """The part of docs/nouns.md that describes a noun; the two small ones share another's."""
    heading = {"Aside": "Report", "Office": "Actor"}.get(noun.__name__, noun.__name__)
    parts = re.split(r"^## ", page("docs/nouns.md"), flags=re.MULTILINE)
    return next((part for part in parts if part.startswith(f"{heading}\n")), "")


@pytest.mark.parametrize("noun", STRUCTS, ids=lambda noun: noun.__name__)
def test_every_field_of_every_noun_is_explained(noun: type[msgspec.Struct]) -> None:
    cells = " ".join(FIRST_CELL.findall(section_of(noun)))
    assert set(noun.__struct_fields__) <= set(re.findall(r"\w+", cells))


@pytest.mark.parametrize(
    "words",
    [
        model.Standing,
        model.Basis,
        model.VoiceKind,
        model.Stance,
        model.QuoteMode,
        model.ReasonKind,
        model.Phase,
    ],
)
def test_every_word_of_a_closed_list_is_explained(words: object) -> None:
    assert all(f"`{word}`" in page("docs/nouns.md") for word in get_args(words))


def test_every_public_name_is_described() -> None:
    described = page("docs/api.md")
    assert [name for name in ch.__all__ if not re.search(rf"`{name}\b", described)] == []


@pytest.mark.parametrize("holder", ["Ledger", "Lexicon", "Reader"])
def test_every_public_method_is_described(holder: str) -> None:
    methods = [
        name
        for name, member in inspect.getmembers(getattr(ch, holder))
        if not name.startswith("_") and (callable(member) or isinstance(member, property))
    ]
    described = page("docs/api.md")
    assert [name for name in methods if not re.search(rf"`(\w+\.)?{name}\b", described)] == []


def test_floors_are_those_that_are_checked() -> None:
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    floors = "\n".join(contracts[0]["layers"])
    assert f"```\n{floors}\n```" in page("CONTRIBUTING.md")


def test_command_reference_is_what_the_commands_say() -> None:
    docs = importlib.import_module("chancery.cli.docs")
    answer = subprocess.run(
        [sys.executable, "-m", docs.__name__], capture_output=True, text=True, check=True
    )
    assert page("docs/cli.md") == answer.stdout, "run `make docs`"


# What must be true ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like a fresh clone, with the sample reports in their place and in `inbox/`."""
    shutil.copytree(sample_folder(), tmp_path / "src/chancery/samples/reports")
    shutil.copytree(sample_folder(), tmp_path / "inbox")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("workplace")
def test_python_examples_run() -> None:
    names: dict[str, object] = {}
    for block in blocks("docs/api.md", "python"):
        exec(compile(block, "docs/api.md", "exec"), names)


@pytest.mark.parametrize(
    "name", ["README.md", "docs/tour.md", "docs/deciding.md", "docs/review.md"]
)
def test_shell_examples_print_what_the_page_shows(name: str, workplace: Path) -> None:
    whole = page(name)
    for block in blocks(name, "console"):
        true_block = "".join(run_example(*example, workplace) for example in examples(block))
        whole = whole.replace(block, true_block, 1)
    if os.environ.get("CHANCERY_ACCEPT"):
        (ROOT / name).write_text(whole, encoding="utf-8")
    assert page(name) == whole


def run_example(command: str, expected: str, folder: Path) -> str:
    """Run one command and write the example as it should stand in the page."""
    shown = terminal_output(command, folder)
    lines = expected if same_lines(expected, shown) else shown
    return "".join(f"{line}\n" for line in [f"$ {command}", *without_trailing_space(lines)])


def examples(block: str) -> list[tuple[str, str]]:
    """Cut a block into commands and what they print."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def terminal_output(command: str, folder: Path) -> str:
    """Run a line of shell whose stdout is a terminal; what goes to stderr comes after it.

    The folder it runs in is left out of what it prints.
    """
    fcntl, pty, termios = (importlib.import_module(name) for name in ("fcntl", "pty", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    search_path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {"PATH": search_path, "NO_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "dumb"}
    with subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env={**os.environ, **settings},
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = read_all(ours)
        assert process.stderr is not None
        shown += process.stderr.read()
    assert process.returncode == 0, f"$ {command}\n{shown}"
    return shown.replace(f"{folder}/", "")


def read_all(terminal: int) -> str:
    """Read a terminal until the other side closes it, which Linux reports as an error."""
    chunks = []
    with open(terminal, "rb", buffering=0) as stream:
        while True:
            try:
                chunk = stream.read(65536)
            except OSError:
                break
            if not chunk:
                break
            chunks.append(chunk)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def same_lines(expected: str, shown: str) -> bool:
    """Compare line by line, spaces at line ends aside; `…` stands for any lines.

    Names of the snapshot and the lexicon change with every edit of a table, those of decisions with
    the clock: they are left out.
    """
    expected, shown = (STATE.sub("", text) for text in (expected, shown))
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANY_LINES else re.escape(line) + r"\n"
        for line in without_trailing_space(expected)
    )
    lines = "".join(f"{line}\n" for line in without_trailing_space(shown))
    return re.fullmatch(pattern, lines) is not None


def without_trailing_space(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]
