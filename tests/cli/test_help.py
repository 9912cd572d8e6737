"""Every command is listed, documented and shown at work; starting loads nothing heavy."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from chancery.cli import docs
from chancery.cli.app import ENTRIES
from chancery.cli.app import chancery as root
from chancery.cli.verbs import Verb
from chancery.lexicon import Lexicon

COMMANDS = dict(docs.commands())
VERBS = {path: command for path, command in COMMANDS.items() if isinstance(command, Verb)}
DOCS = Path(__file__).resolve().parents[2] / "docs" / "cli.md"

HEAVY = ("duckdb", "numpy", "onnxruntime", "rich", "lxml", "rapidfuzz")


def loaded_by(program: str) -> set[str]:
    program += f"; import sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_starting_loads_nothing_heavy() -> None:
    assert loaded_by("import chancery.cli") == set()


@pytest.mark.parametrize("words", [["--help"], ["chron", "--help"], ["read", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert loaded_by(f"from chancery.cli.app import run; run({words!r})") == set()


def test_every_command_of_the_list_is_there() -> None:
    context = click.Context(root)
    for name, entry in ENTRIES.items():
        command = root.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert entry.says.endswith(".")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_does(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    first = (command.help or "").splitlines()[0]
    assert first.endswith((".", ":", ","))
    assert first[0].isupper()
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} has no help"


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_help_ends_with_two_examples_that_can_be_typed(
    path: tuple[str, ...],
    chancery: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    called: list[str | None] = []
    monkeypatch.setattr(Verb, "invoke", lambda verb, context: called.append(verb.name))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-lexicon").mkdir()
    examples = VERBS[path].examples
    assert len(examples) >= 2
    for example in examples:
        [words] = [
            part.split("<")[0].split(">")[0]
            for part in example.replace("&&", "|").split("|")
            if part.strip().startswith(f"chancery {path[0]}")
        ]
        assert chancery(*shlex.split(words)[1:]) == (0, "", "")
    assert called == [path[-1]] * len(examples)


def test_the_help_of_the_root_names_every_command(
    chancery: Callable[..., tuple[int, str, str]],
) -> None:
    code, out, _ = chancery("--help")
    assert code == 0
    assert all(name in out for name in ENTRIES)


def test_the_page_of_commands_is_current() -> None:
    assert DOCS.read_text("utf-8") == "\n".join(docs.pages()), "run: make docs"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, chancery: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = chancery("completion", shell)
    assert code == 0
    assert "_CHANCERY_COMPLETE" in out


def test_deeds_are_completed(lexicon: Lexicon) -> None:
    [option] = [one for one in VERBS["chron",].params if one.name == "what"]
    context = click.Context(VERBS["chron",])
    found = [item.value for item in option.shell_complete(context, "visit,expel-d")]
    assert found == ["visit,expel-diplomats"]


def test_completion_completes() -> None:
    program = "from chancery.cli import main; main()"
    environment = {
        "_CHANCERY_COMPLETE": "fish_complete",
        "COMP_WORDS": "chancery chr",
        "COMP_CWORD": "chr",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert "chron" in done.stdout
