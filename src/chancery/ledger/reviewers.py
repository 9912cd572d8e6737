"""Who decides: the name under which decisions are signed, and whose lead where two differ.

Both may stand in the ledger's `chancery.toml`:

    [decisions]
    who = "Ada"
    lead_reviewer = "Grace"
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from chancery.errors import UsageError
from chancery.ledger.verdicts import check_words

VARIABLES: Final = ("CHANCERY_USER", "USER", "LOGNAME", "USERNAME")
"""Where the environment says who one is. The computer's own name is never asked for."""


class Reviewers(msgspec.Struct, frozen=True):
    """Who signs where nobody is named, and whose decisions lead; empty where that is not said."""

    who: str = ""
    lead_reviewer: str = ""


def load_reviewers(settings: Path) -> Reviewers:
    """Read the ledger's settings; raises `UsageError` where its names are none."""
    try:
        table = tomllib.loads(settings.read_text("utf-8")).get("decisions", {})
        reviewers = msgspec.convert(table, Reviewers)
        check_words(who=reviewers.who)
        check_words(who=reviewers.lead_reviewer)
    except (msgspec.ValidationError, UsageError) as error:
        raise UsageError(
            f"{settings}: [decisions] {error}", hint='who = "…" and lead_reviewer = "…"'
        ) from error
    return reviewers


def signature(reviewers: Reviewers, environment: Mapping[str, str] = os.environ) -> str:
    """Return the name to sign with: the ledger's, else the environment's, else none."""
    names = (environment.get(variable, "").strip() for variable in VARIABLES)
    return reviewers.who or next(filter(None, names), "")
