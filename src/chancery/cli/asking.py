"""Asks a person one thing at a time: a key on a terminal, a line where answers are piped in."""

from __future__ import annotations

import sys
from typing import Final

import click

QUIT: Final = "q"


class Asker:
    """Where answers come from. At the end of what is piped in, every answer is `q`."""

    def __init__(self) -> None:
        self.live = sys.stdin.isatty()

    def key(self, prompt: str) -> str:
        """Return one key, in lower case; nothing for Enter."""
        click.echo(prompt, nl=False, err=True)
        if not self.live:
            return self._line()[:1].lower()
        typed = click.getchar()
        key = "" if typed in "\r\n" else typed[:1].lower()
        click.echo(key, err=True)
        return key

    def words(self, prompt: str) -> str:
        """Return what is typed until Enter."""
        click.echo(prompt, nl=False, err=True)
        return self._line()

    def _line(self) -> str:
        line = sys.stdin.readline()
        if not self.live:
            click.echo(line.strip(), err=True)
        return line.strip() if line else QUIT
