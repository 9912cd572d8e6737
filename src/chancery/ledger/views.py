"""The named SQL steps, and the views that they rest on: over the files of one scope each.

What a query may see is set as variables of its own cursor (the files of each table, the commit it
is pinned to), so that any number of snapshots can be read side by side over one fixed set of views.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.ledger.tables import DERIVED_TABLES, PARTED_TABLES, SEGMENT_TABLES

VIEWS: Final = (
    "macros",
    "view_newest",
    "view_traits",
    "view_contexts",
    "view_same_sources",
    "view_signatures",
    "view_dated_reports",
    "view_report_days",
    "view_reports",
    "view_readings",
    "view_all_claims",
    "view_claims",
    "view_statements",
    "view_reasons",
    "view_forecasts",
    "view_open_ended",
    "view_states",
    "view_mentions",
    "view_times",
    "view_problems",
    "view_decisions",
    "view_happenings",
    "view_joins",
    "view_links",
    "view_rivals",
    "view_outcomes",
    "view_members",
    "view_ties",
    "view_sayings",
    "view_tellings",
)
"""The SQL steps that make the views, in the order they rest on one another."""


class Scope(msgspec.Struct, frozen=True):
    """What one query may see: a commit, each table's files, and what people settled until then.

    `earlier` are the files of what follows from another snapshot, where two are compared.
    """

    commit: int
    files: Mapping[str, Sequence[str]]
    decisions: Sequence[Mapping[str, Any]] = ()
    dated: Sequence[Mapping[str, Any]] = ()
    earlier: Mapping[str, Sequence[str]] = {}


@cache
def step(name: str) -> str:
    """Return one named SQL step; `{wanted}` stands in it for the filters of happenings."""
    words = (resources.files("chancery.ledger") / "sql" / f"{name}.sql").read_text("utf-8")
    return words.replace("{wanted}", step("wanted_happenings")) if "{wanted}" in words else words


def make_views(connection: Any) -> None:
    """Make all views in a database whose scope is set."""
    for table in SEGMENT_TABLES:
        connection.execute(step("view_stored").replace("{table}", table.name)).fetchall()
    connection.execute(step("view_retired")).fetchall()
    for table in PARTED_TABLES:
        connection.execute(step("view_kept").replace("{table}", table.name)).fetchall()
    for name in VIEWS:
        connection.execute(step(name)).fetchall()


def set_scope(connection: Any, scope: Scope, empty: Path) -> None:
    """Have a cursor see what a scope holds; `empty` has the files of what it does not hold."""
    variables: dict[str, Any] = {
        f"{name}_files": list(paths) for name, paths in all_files(scope, empty).items()
    }
    variables |= {f"earlier_{name}_files": list(paths) for name, paths in scope.earlier.items()}
    variables["pinned_commit"] = scope.commit
    variables["decisions_made"] = [dict(decision) for decision in scope.decisions]
    variables["dates_decided"] = [dict(dated) for dated in scope.dated]
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = $value", {"value": value}).fetchall()


def all_files(scope: Scope, empty: Path) -> dict[str, Sequence[str]]:
    """Return the files of every table, an empty one where there is none."""
    return {
        table.name: scope.files.get(table.name) or [str(empty / f"{table.name}.parquet")]
        for table in (*SEGMENT_TABLES, *DERIVED_TABLES)
    }
