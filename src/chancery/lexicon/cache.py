"""The compiled tables, kept in a file so that loading takes milliseconds.

The file's name holds a stamp: a hash of the tables and of the code that compiles them. An edited
table gives another stamp, so a stale file is never read; a damaged one is compiled again.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from chancery.errors import LexiconError, Problem
from chancery.lexicon.frames import FrameEntry
from chancery.model import Actor, Source

CODE: Final = Path(__file__).parent
STAMP_DIGITS: Final = 16
BESIDE: Final = "__pycache__"
READABLE: Final = 0o644


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """All that the tables come to; `hash` is of the tables alone.

    `names` holds `NameRow`s still encoded: they are needed with the first text only.
    """

    hash: str
    actors: tuple[Actor, ...]
    names: msgspec.Raw
    sources: tuple[Source, ...]
    frames: dict[str, FrameEntry]
    common_surnames: tuple[str, ...]
    given_names: tuple[str, ...]
    also_given: tuple[str, ...]
    neutral: tuple[str, ...]
    fences: tuple[str, ...]


def compiled_tables(folder: Path) -> Compiled:
    """Return the compiled tables of a folder, from the kept file where it is still true."""
    files = read_files(folder)
    digest = hash_files(files)
    stamp = hash_files({"tables": digest.encode(), **_code()})[:STAMP_DIGITS]
    for kept in _kept_files(folder, stamp):
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.msgpack.decode(kept.read_bytes(), type=Compiled)
    from chancery.lexicon.build import compile_files  # only here: it is seldom needed

    compiled = compile_files(folder, files, digest)
    content = msgspec.msgpack.encode(compiled)
    for kept in _kept_files(folder, stamp):
        with suppress(OSError):
            _keep(kept, content)
            break
    return compiled


def read_files(folder: Path) -> dict[str, bytes]:
    """Return every table of a folder by its name within it, sorted."""
    # os.walk, because globbing with pathlib takes longer than all the rest of loading.
    walked = (
        Path(place, name)
        for place, _, names in os.walk(folder)
        for name in names
        if name.endswith(".toml")
    )
    paths = {path.relative_to(folder).as_posix(): path for path in walked}
    if not paths:
        problem = Problem(
            stage="lexicon", code="no-tables", message="no tables here", place=str(folder),
            hint="give the folder that holds actors/, frames/ and sources/",
        )  # fmt: skip
        raise LexiconError([problem])
    return {name: paths[name].read_bytes() for name in sorted(paths)}


def hash_files(files: dict[str, bytes]) -> str:
    """Hash names and contents (SHA-256), in the order of the names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{len(name)}:{name}{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _code() -> dict[str, bytes]:
    """Return the code that decides what the compiled form holds."""
    modules = [*CODE.glob("*.py"), CODE.parent / "model.py"]
    return {path.name: path.read_bytes() for path in modules}


def _kept_files(folder: Path, stamp: str) -> tuple[Path, Path]:
    """Name where the compiled tables may lie: beside the tables, or in the user's cache folder."""
    name = f"lexicon-{stamp}.msgpack"
    own_cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return folder / BESIDE / name, Path(own_cache) / "chancery" / name


def _keep(path: Path, content: bytes) -> None:
    """Write aside, then rename: of two processes that compile at once each leaves a whole file."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".lexicon-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).chmod(READABLE)
        Path(aside).replace(path)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise
    if path.parent.name == BESIDE:
        for stale in set(path.parent.glob("lexicon-*.msgpack")) - {path}:
            stale.unlink(missing_ok=True)
