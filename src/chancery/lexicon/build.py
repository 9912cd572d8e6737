"""From a folder of tables to the compiled lexicon: decode, check, compile."""

from __future__ import annotations

from pathlib import Path

import msgspec

from chancery.errors import LexiconError, Problem
from chancery.lexicon.cache import Compiled
from chancery.lexicon.check import find_faults, sort_problems
from chancery.lexicon.compiled import compile_actors, compile_given_names, compile_names
from chancery.lexicon.decode import decode_actors, decode_sources
from chancery.lexicon.frames import load_frames
from chancery.lexicon.sources import compile_sources


def compile_files(folder: Path, files: dict[str, bytes], digest: str) -> Compiled:
    """Decode, check and compile tables; raises `LexiconError` with every fault found."""
    problems: list[Problem] = []
    tables = decode_actors(files, problems)
    sources = decode_sources(files, problems)
    frames, frame_problems = load_frames(folder / "frames")
    problems += [*frame_problems, *find_faults(tables)]
    if problems:
        raise LexiconError(sort_problems(problems))
    actors = compile_actors(tables)
    return Compiled(
        hash=digest,
        actors=actors,
        names=msgspec.Raw(msgspec.msgpack.encode(compile_names(tables, actors))),
        sources=compile_sources(sources),
        frames=frames,
        common_surnames=tables.words.common_surnames,
        given_names=compile_given_names(tables),
        also_given=tables.words.also_given,
        neutral=tables.words.neutral,
        fences=tables.words.fences,
    )
