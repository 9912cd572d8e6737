"""What a claim says of each field that may be disputed, and when two values of it clash.

A value that only says less than another does not clash with it. The table `disputes.toml` holds
what depends on knowledge: which codes, standings and numbers can stand beside each other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, Generic, TypeVar

import msgspec

from chancery.ledger.policy import Policy
from chancery.line import write_edtf
from chancery.model import Claim, Mention, Quantity

V = TypeVar("V")

QUANTITY: Final = "quantity"
NEVER: Final = 10**7
"""A day before or after all others, as a number of days (`date.toordinal`)."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the policy: a measure, the fields it counts for (none: all), and its words."""

    name: str
    words: str
    fields: tuple[str, ...] = ()


class DisputePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes values rivals, and which of them leads."""

    loose_sectors: frozenset[str]
    government: frozenset[str]
    one_day_types: frozenset[str]
    placeless_modes: frozenset[str]
    clashing_standings: frozenset[frozenset[str]]
    stance_standings: dict[str, str]
    slack: dict[str, float]
    quantities: dict[str, frozenset[str]]
    rules: tuple[Rule, ...]
    bases: dict[str, tuple[str, ...]]
    standings: dict[str, tuple[str, ...]]

    def rules_for(self, field: str) -> list[Rule]:
        """Return the rules that count for a field, first to last."""
        family = field.partition(".")[0]
        return [rule for rule in self.rules if not rule.fields or family in rule.fields]


@cache
def dispute_policy() -> DisputePolicy:
    """Return the policy that ships with the package."""
    words = (resources.files("chancery.ledger") / "disputes.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(words), DisputePolicy)


class Field(msgspec.Struct, Generic[V], frozen=True):
    """A field that may be disputed: each claim's value of it, and when two values clash.

    `width` is how little a value says: 0 where it is exact. `key` tells values apart. Where it is
    `voiced`, two voices of one report may differ on it.
    """

    name: str
    value_of: Callable[[Claim], V | None]
    clash: Callable[[V, V], bool]
    width: Callable[[V], float]
    show: Callable[[V], str]
    key: Callable[[V], Any] = lambda value: value
    voiced: bool = True


def fields_of(claims: Sequence[Claim], policy: Policy) -> list[Field[Any]]:
    """Return the fields that may be disputed among claims."""
    return [
        *_side_fields(claims, policy),
        Field("standing", standing_of, standings_clash, lambda one: 0.0, str),
        Field(
            "when",
            lambda one: _told_days(one, policy),
            _days_clash,
            _width,
            _show_days,
            voiced=False,
        ),
        Field(
            "where",
            lambda one: _country(one, policy),
            str.__ne__,
            lambda one: 0.0,
            str,
            voiced=False,
        ),
        *(_quantity_field(unit) for unit in _units(claims)),
    ]


def _side_fields(claims: Sequence[Claim], policy: Policy) -> list[Field[Any]]:
    """Return the fields of the parties: one for both sides of a mutual deed."""
    mutual = any(claim.type in policy.mutual_types for claim in claims)

    def both(claim: Claim) -> tuple[str, ...] | None:
        return known_codes((*claim.actors, *claim.targets)) or None

    sides: dict[str, Callable[[Claim], tuple[str, ...] | None]] = {
        "actors": both if mutual else lambda claim: known_codes(claim.actors) or None,
        "targets": lambda claim: known_codes(claim.targets) or None,
    }
    names = ["actors"] if mutual else ["actors", "targets"]
    return [Field(name, sides[name], sides_clash, _vagueness, "+".join) for name in names]


def known_codes(side: Iterable[Mention]) -> tuple[str, ...]:
    """Return the codes known of one side, sorted."""
    return tuple(sorted({one.actor for one in side if one.actor}))


def sides_clash(first: Sequence[str], second: Sequence[str]) -> bool:
    """Say whether two sides cannot both be right: each has a party that the other has not.

    One that only leaves somebody out, or names a state for its body, says less.
    """
    return _goes_beyond(first, second) and _goes_beyond(second, first)


def _goes_beyond(first: Iterable[str], second: Iterable[str]) -> bool:
    return any(not any(related(code, other) for other in second) for code in first)


def related(first: str, second: str) -> bool:
    """Say whether two codes may be one actor: the same, a part of it, or a loose word for it."""
    if first == second or first.startswith(f"{second}.") or second.startswith(f"{first}."):
        return True
    policy = dispute_policy()
    (state, _, sector), (other_state, _, other_sector) = (
        code.partition(".") for code in (first, second)
    )
    sectors = {sector.partition(".")[0], other_sector.partition(".")[0]}
    return state == other_state and (
        not policy.loose_sectors.isdisjoint(sectors) or sectors <= policy.government
    )


def _vagueness(side: Sequence[str]) -> float:
    """Return how little a side says: less the more parts each of its codes has."""
    return -sum(len(code.split(".")) for code in side) / len(side)


def standing_of(claim: Claim) -> str:
    """Return the standing that a claim gives its deed, the stance of its voice taken in."""
    if claim.standing in ("negated", "denied"):
        return claim.standing
    return dispute_policy().stance_standings.get(claim.voice.stance, claim.standing)


def standings_clash(first: str, second: str) -> bool:
    """Say whether two standings cannot both be right of one deed."""
    return frozenset((first, second)) in dispute_policy().clashing_standings


class Days(msgspec.Struct, frozen=True):
    """A stretch as numbers of days; `slack` is by how many it may be out without being another."""

    first: int
    last: int
    slack: int = 0


def _told_days(claim: Claim, policy: Policy) -> Days | None:
    """Return the days that a claim gives its deed.

    A day that is only the report's own may be a day out, for a deed that takes more than one.
    """
    when = claim.when
    if when.first is None and when.last is None:
        return None
    told = when.basis == "published" and claim.type in dispute_policy().one_day_types
    loose = when.basis in policy.loose_bases and not told
    return Days(
        when.first.toordinal() if when.first else -NEVER,
        when.last.toordinal() if when.last else NEVER,
        policy.slack_days if loose else 0,
    )


def _days_clash(first: Days, second: Days) -> bool:
    slack = max(first.slack, second.slack)
    return max(first.first, second.first) > min(first.last, second.last) + slack


def _width(days: Days) -> float:
    return float(days.last - days.first)


def _show_days(days: Days) -> str:
    ends = (days.first, days.last)
    return write_edtf(*(None if abs(day) == NEVER else date.fromordinal(day) for day in ends))


def _country(claim: Claim, policy: Policy) -> str | None:
    """Return where a claim's own clause says that the deed was done.

    A place that the report names elsewhere is the reader's guess, and no word against another.
    """
    place = claim.where
    if place is None or not claim.words.covers(place.span):
        return None
    if claim.mode in dispute_policy().placeless_modes or place.country in policy.class_codes:
        return None
    return place.country


def is_own_account(claim: Claim, policy: Policy) -> bool:
    """Say whether a claim rests on the word of a party to its deed."""
    if claim.voice.actor is None:
        return False
    codes = known_codes((*claim.actors, *claim.targets))
    return policy.party_of(claim.voice.actor) in {policy.party_of(code) for code in codes}


def _units(claims: Iterable[Claim]) -> list[str]:
    loose = dispute_policy().quantities["loose_units"]
    return sorted({one.unit for claim in claims for one in claim.quantities} - loose)


def _quantity_field(unit: str) -> Field[tuple[str, Quantity]]:
    """Return the field of the numbers of one unit; a claim with two of them has none to compare."""

    def value_of(claim: Claim) -> tuple[str, Quantity] | None:
        numbers = [one for one in claim.quantities if one.unit == unit]
        return (claim.frame, numbers[0]) if len(numbers) == 1 else None

    def clash(first: tuple[str, Quantity], second: tuple[str, Quantity]) -> bool:
        return first[0] == second[0] and quantities_clash(first[1], second[1])

    return Field(
        f"{QUANTITY}.{unit.replace(' ', '-')}",
        value_of,
        clash,
        lambda one: float(_BOUNDS.index(one[1].bound)),
        lambda one: show_quantity(one[1]),
        lambda one: (one[0], one[1].value, one[1].bound),
    )


_BOUNDS: Final = ("exact", "about", "at_most", "at_least")
_BOUND_WORDS: Final = {"exact": "", "about": "about ", "at_most": "up to ", "at_least": "at least "}


def quantities_clash(first: Quantity, second: Quantity) -> bool:
    """Say whether two numbers of one unit cannot both be right."""
    (low, high), (other_low, other_high) = _reach(first), _reach(second)
    return max(low, other_low) > min(high, other_high)


def _reach(one: Quantity) -> tuple[float, float]:
    slack = dispute_policy().slack[one.bound] * abs(one.value)
    low = float("-inf") if one.bound == "at_most" else one.value - slack
    return low, float("inf") if one.bound == "at_least" else one.value + slack


def show_quantity(one: Quantity) -> str:
    """Put a number into words: `up to 18,000,000 barrel`."""
    number = f"{one.value:,.0f}" if one.value == int(one.value) else f"{one.value:,}"
    return f"{_BOUND_WORDS[one.bound]}{number} {one.unit}"
