"""What became of forecasts: each is looked up among what later reports say was done.

The deed that is told within a forecast's words is followed as a planned one, by the rules of
`stages.toml`: same parties, fitting deed, on the day or about the same thing, and by the deadline.
Nothing is guessed: where that is not clear, a forecast stays open. *Overdue* is measured against
the newest report's day, never against the clock. A person's decision outranks all.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import msgspec

from chancery.ledger.policy import Policy
from chancery.ledger.stages import (
    NO_ORDER,
    Found,
    opens,
    pairs_of,
    parties_of,
    stage_between,
)
from chancery.model import Claim, Forecast, Mention, Outcome, Quantity, Span, When
from chancery.reconciled import OutcomeState

if TYPE_CHECKING:
    from chancery.ledger.told import Told

NEGATIVE: Final = frozenset({"negated", "denied"})


class OutcomeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `outcomes.toml`."""

    borne_out: frozenset[str]
    agreed: frozenset[str]
    not_borne_out: frozenset[str]
    put_off: frozenset[str]
    time: dict[str, int]


@cache
def outcome_table() -> OutcomeTable:
    """Return the table that ships with the package."""
    words = (resources.files("chancery.ledger") / "outcomes.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(words), OutcomeTable)


class Seen(NamedTuple):
    """A later claim that bears on a forecast, the forecast's own claim, and what links them."""

    own: Told
    later: Told
    found: Found


class Index:
    """The claims of all happenings, by report and by pair of parties in the order of their days."""

    def __init__(self, told: Iterable[Told], policy: Policy) -> None:
        self.policy = policy
        self.by_report: dict[str, list[Told]] = defaultdict(list)
        self._by_pair: dict[frozenset[str], list[tuple[int, str, Told]]] = defaultdict(list)
        for one in told:
            self.by_report[one.claim.report].append(one)
            day = one.claim.when.first or one.claim.when.last or one.published
            for pair in pairs_of(one.claim, policy):
                self._by_pair[pair].append((day.toordinal() if day else 0, one.claim.id, one))
        for entries in self._by_pair.values():
            entries.sort(key=lambda entry: entry[:2])
        self._days = {pair: [one[0] for one in found] for pair, found in self._by_pair.items()}

    def around(self, claim: Claim, first: int, last: int) -> list[Told]:
        """Return the claims with two parties of a claim, undated or of some days, each once."""
        found: dict[str, Told] = {}
        for pair in pairs_of(claim, self.policy):
            entries = self._by_pair.get(pair, [])
            days = self._days.get(pair, [])
            near = entries[bisect_left(days, first) : bisect_right(days, last)]
            for _, name, one in [*entries[: bisect_right(days, 0)], *near]:
                found[name] = one
        return [found[name] for name in sorted(found)]


def follow(
    forecasts: Iterable[Forecast],
    claims_by_happening: Mapping[str, Sequence[Told]],
    newest_day: date | None,
    decided: Mapping[str, tuple[str, tuple[str, ...]]],
    policy: Policy,
) -> list[Outcome]:
    """Return what became of each forecast, by its id.

    `newest_day` is the day of the newest report; `decided` are the states that people settled for
    forecasts, with the claims that they named.
    """
    told = [one for name in sorted(claims_by_happening) for one in claims_by_happening[name]]
    index = Index(told, policy)
    outcomes = []
    for forecast in sorted(forecasts, key=lambda one: one.id):
        settled = decided.get(forecast.id)
        outcome = settle(forecast, settled) if settled else _look_up(forecast, index)
        outcomes.append(_with_deadline(outcome, forecast, newest_day))
    return outcomes


def _with_deadline(outcome: Outcome, forecast: Forecast, newest: date | None) -> Outcome:
    last = forecast.deadline.last if forecast.deadline else None
    passed = bool(last and newest and last < newest)
    shown = outcome.evidence or outcome.decided
    return msgspec.structs.replace(
        outcome, deadline=forecast.deadline, overdue=passed and not shown
    )


# A person's word ---------------------------------------------------------------------------------


def settle(forecast: Forecast, decided: tuple[str, tuple[str, ...]]) -> Outcome:
    """Return the outcome that a person settled."""
    state, evidence = decided
    return Outcome(
        forecast=forecast.id,
        state=cast("OutcomeState", state),
        evidence=evidence,
        because="a person settled it",
        decided=True,
    )


# What later reports say --------------------------------------------------------------------------


def _look_up(forecast: Forecast, index: Index) -> Outcome:
    own = _own_claims(forecast, index)
    if not own:
        return _outcome(forecast, "not testable", "no deed was read in its words")
    partied = [one for one in own if parties_of(_mentions(one.claim), index.policy)]
    if not partied:
        return _outcome(forecast, "not testable", "no party to it is known")
    seen = [found for one in partied for found in _later(forecast, one, index)]
    return _overtaken(forecast, index) or _judge(forecast, seen)


def _mentions(claim: Claim) -> tuple[Mention, ...]:
    return (*claim.actors, *claim.targets)


def _own_claims(forecast: Forecast, index: Index, within: Span | None = None) -> list[Told]:
    """Return the claims told within a forecast's words, else agreements to do what it says."""
    here = index.by_report.get(forecast.report, [])
    span = within or forecast.span
    inside = [one for one in here if span.covers(one.claim.trigger)]
    if inside or within:
        return inside
    around = [one for one in here if one.claim.words.covers(forecast.test)]
    return [one for one in around if opens(one.claim, outcome_table().agreed)]


def _later(forecast: Forecast, own: Told, index: Index) -> list[Seen]:
    """Return what later reports say of a forecast's own deed, by its deadline."""
    time = outcome_table().time
    told = own.published
    begin = told or own.claim.when.first
    if begin is None:
        begin = date.min
    last = forecast.deadline.last if forecast.deadline else None
    end = min(
        (last or date.max).toordinal() + time["slack"] if last else date.max.toordinal(),
        begin.toordinal() + time["days"],
    )
    planned = _as_planned(own, begin, last)
    seen = []
    for later in index.around(own.claim, begin.toordinal() - time["slack"], end):
        found = stage_between(planned, later, index.policy)
        if found:
            seen.append(Seen(own, later, found))
    return seen


def _as_planned(own: Told, begin: date, last: date | None) -> Told:
    """Return a forecast's deed as one that is planned until its deadline."""
    claim = own.claim
    if opens(claim, outcome_table().agreed):
        return own
    if not (claim.when.first and claim.when.last) and last and begin <= last:
        when = When(first=begin, last=last, basis="reckoned")
        claim = msgspec.structs.replace(claim, when=when)
    return msgspec.structs.replace(own, claim=msgspec.structs.replace(claim, standing="planned"))


def _judge(forecast: Forecast, seen: Sequence[Seen]) -> Outcome:
    """Weigh what was seen: a contrary word against a fulfilment leaves a forecast open."""
    table = outcome_table()
    done = _closest([one for one in seen if one.found[0] in table.borne_out])
    against = [one for one in seen if one.found[0] in table.not_borne_out]
    put_off = [one for one in seen if one.found[0] in table.put_off]
    if done and against:
        both = "some say that it was done, some that it was not"
        return _outcome(forecast, "open", both, done + against)
    if against:
        return _outcome(forecast, "not borne out", _words(against), against)
    if done:
        return _fulfilled(forecast, done)
    if put_off:
        return _outcome(forecast, "open", _words(put_off), put_off)
    return _outcome(forecast, "open", "nothing later tells of it")


def _closest(seen: Sequence[Seen]) -> list[Seen]:
    """Return what is told by the very frame that was foreseen, where anything is; else all."""
    same = [one for one in seen if one.own.claim.frame == one.later.claim.frame]
    return same or list(seen)


def _fulfilled(forecast: Forecast, done: Sequence[Seen]) -> Outcome:
    """Say how far a deed that was done fulfils its forecast."""
    ordered = [one for one in done if NO_ORDER not in one.found[1]]
    if not ordered:
        return _outcome(forecast, "open", f"may be it: {_words(done)}", done)
    if forecast.condition is not None:
        because = f"done, but its condition is not known to hold: {_words(ordered)}"
        return _outcome(forecast, "open", because, ordered)
    reached = [_reaches(one) for one in ordered]
    if any(reach is True for reach in reached):
        whole = [one for one, reach in zip(ordered, reached, strict=True) if reach is True]
        return _outcome(forecast, "borne out", _words(whole), whole)
    if any(reach is False for reach in reached):
        return _outcome(forecast, "partly", f"less than was foreseen: {_words(ordered)}", ordered)
    return _outcome(forecast, "partly", f"how much is not told: {_words(ordered)}", ordered)


def _reaches(seen: Seen) -> bool | None:
    """Say whether a deed reaches the number that was foreseen; none where it tells no number."""
    wanted = [one for one in seen.own.claim.quantities if one.bound != "at_most"]
    if not seen.own.claim.quantities:
        return True
    told = {one.unit: one for one in seen.later.claim.quantities}
    if not told:
        return None
    return all(one.unit in told and _enough(told[one.unit], one) for one in wanted)


def _enough(told: Quantity, wanted: Quantity) -> bool:
    return told.value >= wanted.value


def _overtaken(forecast: Forecast, index: Index) -> Outcome | None:
    """Return the outcome of a forecast whose condition later reports say did not come about."""
    if forecast.condition is None:
        return None
    failed = [
        seen
        for own in _own_claims(forecast, index, forecast.condition)
        if own.claim.standing not in NEGATIVE
        for seen in _later(forecast, own, index)
        if seen.found[0] in outcome_table().not_borne_out
    ]
    if not failed:
        return None
    return _outcome(forecast, "overtaken", f"its condition failed: {_words(failed)}", failed)


def _words(seen: Sequence[Seen]) -> str:
    """Say what the nearest evidence is: the stage, and why it is that."""
    stage, reasons = seen[0].found
    return f"{stage}: {'; '.join(reasons)}"


def _outcome(
    forecast: Forecast, state: OutcomeState, because: str, seen: Sequence[Seen] = ()
) -> Outcome:
    evidence = tuple(sorted({one.later.claim.id for one in seen}))
    return Outcome(forecast=forecast.id, state=state, evidence=evidence, because=because)
