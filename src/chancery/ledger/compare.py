"""Whether two claims may speak of one deed, how much speaks for it, and why.

`weigh` adds up the weights of what two claims have in common and in what they differ; what cannot
be one deed at all is refused. `reasons_of` says the same in words that name both values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from chancery.ledger.company import (
    capitals_of_both,
    one_teller,
    other_outlets,
    parties_feature,
    share_dyad,
)
from chancery.ledger.faces import Codes, Face
from chancery.ledger.policy import Policy
from chancery.ledger.told import days_between, in_common
from chancery.ledger.weights import Weights, load_weights, pairs_allowed
from chancery.lexicon.same_name import same_name

WEEK: Final = 7
MONTH: Final = 31
NAMES_KEPT: Final = 65_536
"""Pairs of names of which it is remembered whether they are one."""

TELLING: Final = 99.0
"""What the same words in the same report, or in a copy of it, count: more than all else."""

Features = list[tuple[str, float]]


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """What a comparison comes to: the sum, and whether it can join two claims by itself."""

    score: float
    joins: bool


UNKNOWN: Final = Weighed(0.0, False)


class Comparison(msgspec.Struct, frozen=True):
    """Two claims side by side: the sum of log odds, whether it joins them, and why."""

    score: float
    joins: bool
    reasons: tuple[str, ...]


class Comparer:
    """Compares faces under one policy."""

    def __init__(self, policy: Policy, weights: Weights | None = None) -> None:
        self._policy = policy
        self._table = weights or load_weights()
        self._weights = self._table.weights
        self._least = self._table.least

    def weigh(self, first: Face, second: Face) -> Weighed | None:
        """Return what speaks for one deed, summed; none where it cannot be one.

        What is not known forbids nothing and says nothing: then the sum is `UNKNOWN`.
        """
        if not self._kinds_fit(first, second):
            return None
        if first.telling == second.telling and self._one_telling(first, second):
            return Weighed(TELLING, True)
        if not (first.whole and second.whole):
            return UNKNOWN
        if not share_dyad(first, second):
            return None
        if first.days is None or second.days is None:
            return UNKNOWN
        day = self._day_feature(first, second)
        if day is None:
            return None
        weights = self._weights
        score = weights["bias"]
        for name, value in self._features(first, second, day):
            score += weights.get(name, 0.0) * value
        return Weighed(score, score >= self._least and day != "days apart")

    def compare(self, first: Face, second: Face) -> Comparison:
        """Lay two claims side by side, with the reasons for and against one deed."""
        weighed = self.weigh(first, second)
        against = tuple(self._refusals(first, second))
        if weighed is None or (against and not weighed.joins):
            return Comparison(float("-inf"), False, against)
        return Comparison(weighed.score, weighed.joins, self.reasons_of(first, second))

    # What cannot be one deed ----------------------------------------------------------------------

    def _kinds_fit(self, first: Face, second: Face) -> bool:
        return (
            first.family == second.family
            and (first.type == second.type or (first.type, second.type) in pairs_allowed())
            and modes_fit(first.mode, second.mode)
        )

    def _refusals(self, first: Face, second: Face) -> Iterator[str]:
        if first.family != second.family:
            yield f"another standing: {first.family} and {second.family}"
        if not (first.type == second.type or (first.type, second.type) in pairs_allowed()):
            yield f"another kind of deed: {first.type} and {second.type}"
        if not modes_fit(first.mode, second.mode):
            yield f"another mode: {first.mode} and {second.mode}"
        if not (first.whole and second.whole):
            yield f"a side is open: {sides_words(first)}; {sides_words(second)}"
        elif not share_dyad(first, second):
            yield f"no two parties in common: {sides_words(first)}; {sides_words(second)}"
        if self._day_feature(first, second) is None:
            yield f"days that cannot be one: {first.when or 'no day'} and {second.when or 'no day'}"

    def _one_telling(self, first: Face, second: Face) -> bool:
        """Say whether the same words can speak of the same deed, whatever day they give.

        One clause of one report may give two deeds two days, and a form that is filled in anew
        gives each its own; only the very same text means the same day, whenever it is printed.
        """
        if not modes_fit(first.mode, second.mode):
            return False
        return (
            not (first.days and second.days)
            or in_common(first.days, second.days) is not None
            or (first.report != second.report and first.text == second.text)
        )

    # What speaks for it and against it ------------------------------------------------------------

    def features(self, first: Face, second: Face) -> Features | None:
        """Return what two claims have in common and in what they differ; none where days forbid."""
        day = self._day_feature(first, second)
        return None if day is None else self._features(first, second, day)

    def _features(self, first: Face, second: Face, day: str) -> Features:
        found = [(day, 1.0), (parties_feature(first, second), 1.0), (f"kind {first.type}", 1.0)]
        found.append(("frame same" if first.frame == second.frame else "frame other", 1.0))
        if first.type != second.type:
            found.append(("type other", 1.0))
        if first.mode and first.mode == second.mode:
            found.append(("mode same", 1.0))
        if first.actors == first.targets and second.actors == second.targets:
            found.append(("one party", 1.0))
        found += codes_feature(first, second)
        found += persons_feature(first, second)
        if first.place and second.place:
            found.append(("place same" if first.place == second.place else "place other", 1.0))
        if first.quantities and second.quantities:
            found += amounts_feature(first, second)
        if first.trigger and first.trigger == second.trigger:
            found.append(("trigger same", 1.0))
        found.append(("words shared", shared(first.stems, second.stems)))
        found += self._sources(first, second)
        return found

    def _sources(self, first: Face, second: Face) -> Features:
        # The very same text is the same report, whoever prints it: a copy changes nothing.
        if first.text == second.text:
            overlap = first.span[0] < second.span[1] and second.span[0] < first.span[1]
            return [("clause same" if overlap else "report same", 1.0)]
        if first.story == second.story:
            return [("story same", 1.0)]
        if capitals_of_both(first, second):
            return [("capitals", 1.0)]
        if None in (first.outlet, second.outlet):
            return []
        return [("outlet same" if first.outlet == second.outlet else "outlet other", 1.0)]

    def _day_feature(self, first: Face, second: Face) -> str | None:
        one, other = first.days, second.days
        if one is None or other is None:
            return None
        if one == other and one[0] == one[1]:
            return "day same"
        if in_common(one, other):
            return width_feature(max(one[1] - one[0], other[1] - other[0]))
        if days_between(one, other) > self._policy.slack_days:
            return None
        if self._may_be_off(first, second):
            return "days beside"
        return None if one_teller(first, second) else "days apart"

    def _may_be_off(self, first: Face, second: Face) -> bool:
        """Say whether days side by side may be one.

        They may where either rests on a report's own date only, and another outlet tells of it;
        and where two governments tell of what they did together, each by its own calendar.
        """
        if not other_outlets(first, second) or first.frame != second.frame:
            return capitals_of_both(first, second)
        return first.loose or second.loose or capitals_of_both(first, second)

    # In words -------------------------------------------------------------------------------------

    def reasons_of(self, first: Face, second: Face) -> tuple[str, ...]:
        """Say in words what speaks for one deed and against it, naming both values."""
        if first.telling == second.telling and self._one_telling(first, second):
            return ("said in the same words by the same report, or by a copy of it",)
        features = dict(self.features(first, second) or ())
        told: list[str | None] = [
            f"same kind of deed: {_kind_words(first, second)}"
            if first.type == second.type
            else f"kinds of deed that one may be: {first.type} and {second.type}",
            _PARTIES[parties_feature(first, second)](first, second),
            _days_words(first, second, features),
            _frames_words(first, second),
        ]
        told += [words(first, second) for name, words in _WORDS.items() if name in features]
        told.append(_shared_words(first, second))
        return tuple(filter(None, told))


def modes_fit(first: str | None, second: str | None) -> bool:
    """Say whether two modes may be of one deed: the same, one of them open, or compatible."""
    return first is None or second is None or first == second or (first, second) in pairs_allowed()


def codes_feature(first: Face, second: Face) -> Features:
    """Say whether the codes are the same, or of one party two that exclude each other."""
    if first.codes == second.codes:
        return [("codes same", 1.0)]
    one, other = _offices(first), _offices(second)
    apart = any(one[party].isdisjoint(other[party]) for party in one.keys() & other.keys())
    return [("codes other", 1.0)] if apart else []


def _offices(face: Face) -> dict[str, set[str]]:
    """Return, for each party of which only parts are named, these: `USA` → `USA.GOV`, `USA.MIL`."""
    found: dict[str, set[str]] = {}
    for code in face.codes:
        for party in (*face.actors, *face.targets):
            if code == party or code.startswith(f"{party}."):
                found.setdefault(party, set()).add(code)
    return {party: codes for party, codes in found.items() if party not in codes}


def persons_feature(first: Face, second: Face) -> Features:
    """Say whether the persons named of the same parties are the same, or others."""
    one, other = _persons(first), _persons(second)
    both = one.keys() & other.keys()
    found: Features = []
    alike = [any_same(one[party], other[party]) for party in both]
    if any(alike):
        found.append(("persons same", 1.0))
    if not all(alike):
        found.append(("persons other", 1.0))
    return found


def any_same(some: set[str], others: set[str]) -> bool:
    """Say whether one of some persons is one of others, however their names are spelt."""
    return not some.isdisjoint(others) or any(
        is_one_name(*sorted((one, other))) for one in some for other in others
    )


@lru_cache(NAMES_KEPT)
def is_one_name(one: str, other: str) -> bool:
    """Say whether two spellings are one person's name; asked for the same pairs often."""
    return same_name(one, other, "person")


def _persons(face: Face) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for party, name in face.persons:
        found.setdefault(party, set()).add(name)
    return found


def width_feature(width: int) -> str:
    """Say how vague the vaguer of two dates that meet is."""
    if width < WEEK:
        return "days week"
    return "days month" if width <= MONTH else "days longer"


def amounts_feature(first: Face, second: Face) -> Features:
    """Say whether two claims give the same amounts of the same unit, or others."""
    units = {unit for unit, _ in first.quantities} & {unit for unit, _ in second.quantities}
    if not units:
        return []
    same = {*first.quantities} & {*second.quantities}
    return [("amount same" if same else "amount other", 1.0)]


def shared(first: Codes, second: Codes) -> float:
    """Return which share of the fewer words stands among the others, 0…1."""
    if not first or not second:
        return 0.0
    both = {*first} & {*second}
    return len(both) / (len(first) + len(second) - len(both))


def sides_words(face: Face) -> str:
    """Write the parties of both sides: `USA and BLR`."""
    at = face.codes.index("")
    actors, targets = face.codes[:at], face.codes[at + 1 :]
    if face.mutual and not targets:
        return " and ".join(actors) or "-"
    return f"{'+'.join(actors) or '-'} and {'+'.join(targets) or '-'}"


def _kind_words(first: Face, second: Face) -> str:
    return " ".join(filter(None, (first.type, first.mode or second.mode)))


def _frames_words(first: Face, second: Face) -> str | None:
    return None if first.frame == second.frame else f"frames: {first.frame} and {second.frame}"


def _days_words(first: Face, second: Face, features: dict[str, float]) -> str:
    both = f"{first.when} and {second.when}"
    if "days beside" in features or "days apart" in features:
        return f"days side by side: {both}"
    return f"days that meet: {both}"


def _shared_words(first: Face, second: Face) -> str | None:
    both = len({*first.stems} & {*second.stems})
    every = len({*first.stems} | {*second.stems})
    return f"words in common: {both} of {every}" if both else None


def _both(what: str, of: Callable[[Face], object]) -> Callable[[Face, Face], str]:
    return lambda first, second: f"{what}: {of(first)} and {of(second)}"


_PARTIES: Final = {
    "parties same": lambda first, second: f"same parties: {sides_words(first)}",
    "parties within": _both("parties of one among those of the other", sides_words),
    "parties within elsewhere": _both("parties of one among those of the other", sides_words),
    "parties listed": _both("one lists all whom it met, the other tells of itself", sides_words),
    "parties guest": _both("a body's meeting, and a guest of it", sides_words),
    "parties differing": _both("parties in part the same", sides_words),
}
_WORDS: Final = {
    "one party": lambda first, second: "a state is on both sides of it",
    "codes other": _both("other parts of a party", sides_words),
    "persons same": lambda first, second: f"persons in common: {_common_names(first, second)}",
    "persons other": _both("other persons", lambda face: _names(face)),
    "clause same": lambda first, second: "told in one clause",
    "place same": lambda first, second: f"same place: {first.place}",
    "place other": _both("places differ", lambda face: face.place),
    "amount same": lambda first, second: f"same amount: {_amounts(first)}",
    "amount other": _both("amounts differ", lambda face: _amounts(face)),
    "report same": lambda first, second: "told in one report",
    "story same": lambda first, second: "told by a copy",
    "capitals": _both("two capitals tell of it", lambda face: face.capital),
}


def _common_names(first: Face, second: Face) -> str:
    theirs = _persons(second)
    common = {name for party, name in first.persons if any_same({name}, theirs.get(party, set()))}
    return ", ".join(sorted(common))


def _names(face: Face) -> str:
    return ", ".join(sorted({name for _, name in face.persons}))


def _amounts(face: Face) -> str:
    return ", ".join(f"{value:g} {unit}" for unit, value in face.quantities)
