"""What the commands are made of: help with examples, groups that load late, a default verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Final, cast

import click
import msgspec

from chancery.errors import UsageError
from chancery.outputs.close import closest

HELP_NAMES: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Verb(click.Command):
    """A command whose help ends with examples."""

    examples: tuple[str, ...] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """End the help with the examples, one a line, ready to copy."""
        write_examples(formatter, self.examples)


def write_examples(formatter: click.HelpFormatter, examples: Iterable[str]) -> None:
    """Write examples as they are typed; a long one is not broken."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


def verb(*examples: str, name: str | None = None) -> Callable[[Callable[..., Any]], Verb]:
    """Make a function a command; its docstring is the help, `examples` end it."""

    def make(function: Callable[..., Any]) -> Verb:
        command = click.command(name=name, cls=Verb, context_settings=dict(HELP_NAMES))(function)
        command.examples = examples
        return command

    return make


class Entry(msgspec.Struct, frozen=True):
    """Where a command lives, and the line that stands for it in the list of commands.

    `called` is its name there, where that cannot be the command's own.
    """

    home: str
    says: str
    section: str = "Commands"
    called: str = ""
    """Its name in that module, where it differs: `import` is a word of Python."""


class LateGroup(click.Group):
    """A group that knows its commands by name and loads each only when it is called."""

    entries: Mapping[str, Entry] = {}
    examples: tuple[str, ...] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """End the help with examples; those of its commands are not loaded for it."""
        write_examples(formatter, self.examples)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in the order in which they are listed."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        return cast(click.Command, getattr(import_module(entry.home), entry.called or cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, or say which are close."""
        if args and args[0] not in self.entries and not args[0].startswith("-"):
            raise UsageError(f"no command {args[0]!r}", hint=closest(args[0], self.entries))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section without loading any."""
        for section in dict.fromkeys(entry.section for entry in self.entries.values()):
            with formatter.section(section):
                formatter.write_dl(
                    [
                        (name, entry.says)
                        for name, entry in self.entries.items()
                        if entry.section == section
                    ]
                )


class VerbGroup(click.Group):
    """A group whose help ends with an example of each of its first two commands."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """End the help with examples, as each command's own help does."""
        verbs = [one for one in self.commands.values() if isinstance(one, Verb)]
        write_examples(formatter, [one.examples[0] for one in verbs[:2]])


class DefaultGroup(VerbGroup):
    """A group whose first command is meant where none of its commands is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `report ID` as `report show ID`, and `log` as `log decisions`."""
        if not args or args[0] not in (*self.commands, *ctx.help_option_names):
            args = [self.list_commands(ctx)[0], *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they were added."""
        return list(self.commands)
