"""The reconciling policy: a table of thresholds and families, kept in `policy.toml`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from chancery.ledger.capitals import outlets_digest

VERSION: Final = 2
"""Raised whenever the rules in code change, so that what follows from them is derived anew."""


class CopyPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two reports are copies of one text."""

    least_shared: int
    least_sketch: float
    most_reports: int
    least_words: int
    least_pairs: float
    least_form: float
    least_share: float
    least_closeness: float
    least_share_same_outlet: float
    least_closeness_same_outlet: float
    short: int
    least_share_short: float
    least_covered: float
    least_core: float
    least_agreeing: int
    most_differing: float
    least_share_differing: float
    least_size_differing: int
    most_differing_same_outlet: float
    most_days_apart: int
    whole_text: float
    same_text: float
    excerpt: float
    far_more: float
    outlet_words: tuple[str, ...]


class RetranslationPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two reports are one text that was translated and translated back."""

    least_keys: int
    most_reports: int
    most_days_apart: int
    unlike: float
    least_sentences: float
    least_shared: int
    least_names: float
    enough_numbers: int
    least_numbers: float
    least_sentences_alone: float
    least_names_alone: float
    least_order_alone: float


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes claims one happening, and reports one origin."""

    class_codes: tuple[str, ...]
    mutual_types: tuple[str, ...]
    loose_bases: tuple[str, ...]
    slack_days: int
    families: dict[str, tuple[str, ...]]
    alike: dict[str, str]
    copies: CopyPolicy
    retranslations: RetranslationPolicy
    credit_forms: tuple[str, ...]
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
    """Return a short digest of all tables of this folder and of the version of its rules."""
    tables = sorted(
        (table.name, table.read_bytes())
        for table in resources.files("chancery.ledger").iterdir()
        if table.name.endswith(".toml")
    )
    known = repr((tables, outlets_digest(), VERSION))
    return hashlib.sha256(known.encode()).hexdigest()[:12]
