"""What the methods take for granted: the table `methods.toml`."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the table."""


class OfCube(_Table, frozen=True):
    """Which rows may be one deed told twice, with exchanged sides."""

    mirrored_types: tuple[str, ...]
    mirrored_codes: dict[str, str]


class WorldStep(_Table, frozen=True):
    """A step of the world series, in days, and the windows compared, in steps."""

    days: int
    long: int
    short: int


class OfCoverage(_Table, frozen=True):
    """When the world's rows have shifted to another level."""

    least_ratio: float
    least_noise: float
    least_abrupt: float
    least_filled: float
    least_median: int
    steps: tuple[WorldStep, ...]
    near_days: int


class Standard(_Table, frozen=True):
    """What a turn of some strength must have."""

    least_stability: float
    least_rows: int


class OfTurns(_Table, frozen=True):
    """Penalties, shortest stretches and strengths of turns."""

    penalty_factor: float
    penalty_range: tuple[float, ...]
    near_steps: int
    fewest_rows: int
    fewest_rows_beside: int
    minimum: dict[str, int]
    trimmed: float
    moderate: Standard
    strong: Standard


class OfSurprise(_Table, frozen=True):
    """When a cell can be called surprising at all."""

    fewest_rows: int
    fewest_steps: int
    dispersed: float


class OfReciprocity(_Table, frozen=True):
    """When two series can show who answers whom."""

    fewest_steps: int
    fewest_filled: int
    most_undirected: float
    lags_per_hundred: int


class Fewest(_Table, frozen=True):
    """The fewest rows a method speaks of."""

    fewest_rows: int


class Settings(_Table, frozen=True):
    """All of the table."""

    cube: OfCube
    coverage: OfCoverage
    turns: OfTurns
    surprise: OfSurprise
    reciprocity: OfReciprocity
    triads: Fewest
    dependence: Fewest


@cache
def settings() -> Settings:
    """Return the settings that ship with the package."""
    words = (resources.files("chancery.relations") / "methods.toml").read_bytes()
    return msgspec.toml.decode(words, type=Settings)
