"""Posts that are known without a state's name beside them, and how a post's noun is remembered."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from chancery.lexicon import NameMatch
from chancery.model import Source


def state_of_issuer(source: Source | None) -> str | None:
    """Return the state whose own office publishes a text, if one does."""
    return source.country if source and source.official else None


def code_of_issuer(source: Source | None) -> str | None:
    """Return the code of the government whose own office publishes a text, if one does."""
    state = state_of_issuer(source)
    return f"{state}.GOV" if state else None


@cache
def offices(table: str) -> dict[str, str]:
    """Load offices that are of one state: by their English name, or because there is but one."""
    source = resources.files("chancery.read") / "data" / "mentions.toml"
    codes: dict[str, str] = tomllib.loads(source.read_text(encoding="utf-8"))[table]
    return codes


def one_of(role: NameMatch) -> str:
    """Return a role's noun for one: "embassies" are remembered as "embassy"."""
    noun = role.row
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
