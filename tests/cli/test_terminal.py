"""What a person sees: tables and marks on a terminal, and neither where they are not wanted."""

from __future__ import annotations

import os
import pty
import sys
from pathlib import Path

import pytest

PROGRAM = "from chancery.cli import main; main()"


def on_a_terminal(*words: str, **environment: str) -> str:
    """Run the command line with a terminal as its standard output."""
    pid, terminal = pty.fork()
    if pid == 0:
        settings = {"PATH": os.environ["PATH"], "TERM": "xterm", "COLUMNS": "130", **environment}
        os.execve(sys.executable, [sys.executable, "-c", PROGRAM, *words], settings)
    shown = b""
    try:
        while piece := os.read(terminal, 65536):
            shown += piece
    except OSError:
        pass  # Linux says so that the other side has closed the terminal
    os.close(terminal)
    os.waitpid(pid, 0)
    return shown.decode()


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_terminal_gets_a_table(filled: Path) -> None:
    shown = on_a_terminal("chron", "-q", "-L", str(filled))
    assert "BLR → USA" in shown
    assert "\x1b[1mvisited\x1b[0m" in shown
    assert "\x1b[31m" not in shown


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_marks_where_they_are_not_wanted(filled: Path, environment: dict[str, str]) -> None:
    shown = on_a_terminal("chron", "-q", "-L", str(filled), **environment)
    assert "Mike Pompeo visited Belarus" in shown
    assert "\x1b" not in shown
