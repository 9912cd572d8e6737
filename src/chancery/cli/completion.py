"""To print what a shell needs to complete Chancery's commands and options."""

from __future__ import annotations

from typing import Final

import click

from chancery.cli.output import write
from chancery.cli.verbs import verb

SHELLS: Final = ("bash", "zsh", "fish")
VARIABLE: Final = "_CHANCERY_COMPLETE"


@verb(
    "chancery completion bash >> ~/.bashrc",
    "chancery completion fish > ~/.config/fish/completions/chancery.fish",
)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print shell completion for bash, zsh or fish."""
    from click.shell_completion import get_completion_class

    from chancery.cli.app import chancery

    completer = get_completion_class(shell)
    if completer is None:
        raise click.UsageError(f"no completion for {shell}")
    write([completer(chancery, {}, "chancery", VARIABLE).source() + "\n"])
