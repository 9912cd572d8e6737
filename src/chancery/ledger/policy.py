"""The reconciling policy: a table of thresholds and families, kept in `policy.toml`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Final

import msgspec

VERSION: Final = 1
"""Raised whenever the rules in code change, so that what follows from them is derived anew."""


class CopyPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two reports are copies of one text."""

    least_resemblance: float
    least_containment: float
    most_days_apart: int
    same_text: float
    whole_text: float
    least_shared: int
    most_reports: int


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes claims one happening, and reports one origin."""

    class_codes: tuple[str, ...]
    mutual_types: tuple[str, ...]
    loose_bases: tuple[str, ...]
    slack_days: int
    families: dict[str, tuple[str, ...]]
    alike: dict[str, str]
    copies: CopyPolicy
    agencies: dict[str, tuple[str, ...]]

    def family_of(self, standing: str) -> str:
        """Return the family that a standing belongs to."""
        return next(name for name, members in self.families.items() if standing in members)

    def rank_of(self, standing: str) -> int:
        """Return a standing's place within its family: the first leads."""
        return self.families[self.family_of(standing)].index(standing)

    def party_of(self, code: str) -> str:
        """Return the party a code belongs to: a state, or a body such as `IGO.NATO`."""
        parts = code.split(".")
        return ".".join(parts[:2]) if parts[0] in self.class_codes else parts[0]


def _words() -> bytes:
    return (resources.files("chancery.ledger") / "policy.toml").read_bytes()


@cache
def load_policy() -> Policy:
    """Return the policy that ships with the package."""
    return msgspec.toml.decode(_words(), type=Policy)


@cache
def policy_digest() -> str:
    """Return a short digest of the policy and of the version of its rules."""
    return hashlib.sha256(_words() + str(VERSION).encode()).hexdigest()[:12]
