"""The tables of `data/corefer.toml`: what the reading of coreference needs to know of words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class Tables(NamedTuple):
    """The limit for joining, the endings in their order, the word lists, and verbs by form."""

    least: float
    forms: tuple[str, ...]
    kin: tuple[str, ...]
    words: dict[str, frozenset[str]]
    irregular: dict[str, str]


@cache
def tables() -> Tables:
    """Load the tables, once per process."""
    source = resources.files("chancery.read") / "data" / "corefer.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    endings = {name: tuple(row.split()) for name, row in table["endings"].items()}
    words = {name: frozenset(row.split()) for name, row in table["words"].items()}
    irregular = {form: verb for verb, row in table["irregular"].items() for form in row.split()}
    return Tables(table["least"], endings["forms"], endings["kin"], words, irregular)
