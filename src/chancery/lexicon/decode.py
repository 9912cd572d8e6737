"""The folder of TOML tables, decoded; every fault is a `Problem` that names file and field."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TypeVar

import msgspec

from chancery.errors import Problem
from chancery.lexicon.compiled import Tables
from chancery.lexicon.tables import (
    BodiesFile,
    GroupsFile,
    SectorsFile,
    SourceFile,
    StateFile,
    TitlesFile,
    WordsFile,
    read_day,
)

T = TypeVar("T")


def decode_actors(files: Mapping[str, bytes], problems: list[Problem]) -> Tables:
    """Decode `actors/*.toml`, given as file names and bytes; a bad file is left out and noted."""
    bodies = _decode("actors/bodies.toml", files, BodiesFile, problems)
    groups = _decode("actors/groups.toml", files, GroupsFile, problems)
    sectors = _decode("actors/sectors.toml", files, SectorsFile, problems)
    titles = _decode("actors/titles.toml", files, TitlesFile, problems)
    words = _decode("actors/words.toml", files, WordsFile, problems)
    states = (
        _decode_named(name, files, StateFile, problems)
        for name in sorted(files)
        if name.startswith("actors/") and PurePosixPath(name).stem.isupper()
    )
    return Tables(
        states=tuple(state for state in states if state),
        bodies=bodies.bodies if bodies else (),
        groups=groups.groups if groups else (),
        sectors=sectors.sectors if sectors else (),
        titles=titles.titles if titles else (),
        words=words or WordsFile(),
    )


def decode_sources(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[SourceFile, ...]:
    """Decode `sources/*.toml`, given as file names and bytes."""
    sources = (
        _decode_named(name, files, SourceFile, problems)
        for name in sorted(files)
        if name.startswith("sources/")
    )
    return tuple(source for source in sources if source)


def _decode_named(
    name: str, files: Mapping[str, bytes], shape: type[T], problems: list[Problem]
) -> T | None:
    """Decode a file that must bear the id of what it holds."""
    decoded = _decode(name, files, shape, problems)
    named = getattr(decoded, "id", None)
    if decoded is not None and named != PurePosixPath(name).stem:
        problems.append(
            Problem(
                stage="lexicon",
                code="wrong-file-name",
                message=f"the id is {named!r}, but the file is named otherwise",
                place=f"lexicon/{name}: $.id",
                hint=f"rename the file to {named}.toml, or mend the id",
            )
        )
    return decoded


def _decode(
    name: str, files: Mapping[str, bytes], shape: type[T], problems: list[Problem]
) -> T | None:
    if name not in files:
        return None
    try:
        return msgspec.convert(tomllib.loads(files[name].decode()), shape, dec_hook=read_day)
    except UnicodeDecodeError as error:
        problems.append(_problem(name, "not-utf8", f"not UTF-8: {error.reason}", "save as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(
            _problem(name, "not-toml", f"not TOML: {error}", "see https://toml.io for the grammar")
        )
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        place = f"{name}: {path.rstrip('`')}" if path else name
        problems.append(
            _problem(place, "bad-field", message, "docs/lexicon.md lists the fields of each table")
        )
    return None


def _problem(place: str, code: str, message: str, hint: str) -> Problem:
    return Problem(stage="lexicon", code=code, message=message, place=f"lexicon/{place}", hint=hint)
