"""The table of how claims are compared, kept in `compare.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

import msgspec

TABLE: Final = "compare.toml"


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What speaks for one deed and against it, and how much of it is asked for."""

    least: float
    least_mean: float
    most_parties: int
    sharp_days: int
    reach_days: int
    occasion_words: frozenset[str]
    occasion_reach: int
    joint_modes: frozenset[str]
    least_listed: int
    compatible_types: tuple[tuple[str, str], ...]
    compatible_modes: tuple[tuple[str, str], ...]
    weights: Mapping[str, float]
    plain_words: frozenset[str] = frozenset()


def table_bytes() -> bytes:
    """Return the table as it stands."""
    return (resources.files("chancery.ledger") / TABLE).read_bytes()


@cache
def load_weights() -> Weights:
    """Return the weights that ship with the package."""
    return msgspec.toml.decode(table_bytes(), type=Weights)


@cache
def types_together() -> Mapping[str, str]:
    """Return, for each type that another may stand for, the name of its group."""
    groups: dict[str, set[str]] = {}
    for first, second in load_weights().compatible_types:
        joined = groups.get(first, {first}) | groups.get(second, {second})
        groups |= dict.fromkeys(joined, joined)
    return {type_: "~".join(sorted(group)) for type_, group in groups.items()}


@cache
def pairs_allowed() -> frozenset[tuple[str, str]]:
    """Return the types and modes that may stand for each other, each pair both ways."""
    table = load_weights()
    pairs = (*table.compatible_types, *table.compatible_modes)
    return frozenset(pair for first, second in pairs for pair in ((first, second), (second, first)))
