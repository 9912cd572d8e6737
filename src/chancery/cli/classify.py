"""To type pairs that are handed over: JSON Lines in, JSON Lines out, in the order of the input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

import click
import msgspec

from chancery.cli import exits
from chancery.cli.output import write
from chancery.cli.reading import check_paths, reader_option
from chancery.cli.verbs import verb
from chancery.errors import Problem, UsageError

SHAPE: Final = '{"id": "…", "text": "…", "actor": "…", "target": "…"}'


class PairLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of input; fields of other names are passed over."""

    id: str | int
    text: str
    actor: str | None = None
    target: str | None = None


@verb(
    "chancery classify pairs.jsonl > types.jsonl",
    "chancery classify --jsonl - < pairs.jsonl",
)
@click.argument("path", metavar="FILE")
@reader_option
@click.option("--jsonl", is_flag=True, help="JSON Lines: the only form, so this may be left out.")
def classify(path: str, model: str, jsonl: bool) -> int:
    """Type pairs that are handed over: what a text says that the actor did to the target.

    FILE holds one JSON object a line: `id`, `text`, `actor` and `target`, both sides letter by
    letter as they stand in the text; either may be missing. One that stands there in other words
    only is taken for its party, or for its longest part there. Each gives a line with `id`, `type`
    (null: no event), `mode`, `standing` and `score`. A line that cannot be typed gives a problem on
    standard error, and the exit code is 3.
    """
    from chancery.cli.progress import say_problem
    from chancery.lexicon import Lexicon
    from chancery.outputs.rows import json_line, plain
    from chancery.read import Reader

    check_paths((path,))
    reader = Reader.load(model, Lexicon.load())
    missed_count = 0
    with ExitStack() as files:
        stream = sys.stdin.buffer if path == "-" else files.enter_context(Path(path).open("rb"))
        for place, item in _lines(stream, "standard input" if path == "-" else path):
            if isinstance(item, PairLine):
                try:
                    typed = reader.classify(item.text, item.actor, item.target)
                    write([json_line({"id": item.id, **plain(typed)}), "\n"])
                    continue
                except UsageError as error:
                    item = _problem("bad-pair", error.message, place, error.hint)
            say_problem(item)
            missed_count += 1
    return exits.REJECTED if missed_count else exits.OK


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[str, PairLine | Problem]]:
    """Yield each line with its place, as a pair or as what is wrong with it."""
    from chancery.ingest.lines import read_lines

    for number, line in read_lines(stream):
        place = f"{name}:{number}"
        if line is None:
            yield place, _problem("too-large", "a line that is too long; left out", place)
        elif line.strip():
            yield place, _pair(line, place)


def _pair(line: bytes, place: str) -> PairLine | Problem:
    try:
        return msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=PairLine)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        return _problem("bad-json", f"no pair: {fault}", place)


def _problem(code: str, message: str, place: str, hint: str = "") -> Problem:
    hint = hint or f"one pair a line: {SHAPE}"
    return Problem(stage="read", code=code, message=message, place=place, hint=hint)
