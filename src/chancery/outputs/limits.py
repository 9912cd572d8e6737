"""The limits, as pages and dossiers print them: sentences and measured figures from one table."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """A measured figure: what it is of, and the floor of the quality tests that holds it."""

    says: str
    value: float
    floor: str


class Part(msgspec.Struct, frozen=True):
    """One part of the limits."""

    title: str
    lines: tuple[str, ...]
    figure: tuple[Figure, ...] = ()


class _Limits(msgspec.Struct, frozen=True):
    part: tuple[Part, ...]


@cache
def limits() -> tuple[Part, ...]:
    """Return what Chancery does not do, or does badly."""
    table = (resources.files("chancery.outputs") / "limits.toml").read_bytes()
    return msgspec.toml.decode(table, type=_Limits).part
