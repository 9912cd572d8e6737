"""A person's own chronology: what they know themselves, beside what reports say.

Each row becomes a decision about `own:…`, with the verdict `entry {…}`, so it is signed, undoable
and moved like any other. Entries are no claims: they count for nothing and make no happening. One
is tied to a claim where a report says the same: same parties, days that meet, words alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from chancery.errors import Problem
from chancery.ledger.anchors import Finder, make_anchor
from chancery.ledger.material import OwnPolicy, Wording
from chancery.ledger.policy import Policy
from chancery.model import Anchor, Claim, Decision, Noun, When, identify

OWN: Final = "own:"
ENTRY: Final = "entry "
OWN_VOICE: Final = "own knowledge"


class Entry(Noun, frozen=True):
    """One thing a person knows to have happened, in their own words.

    `actors` and `targets` are codes, `who` and `whom` the names as written; `row` says where it
    stood, `reference` and `note` are the person's. `claim` is the claim that says the same, if one
    was found, `anchor` where that stands.
    """

    when: When
    what: str
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    where: str = ""
    frame: str | None = None
    note: str = ""
    reference: str = ""
    row: str = ""
    claim: str | None = None
    anchor: Anchor | None = None
    voice: str = OWN_VOICE

    @property
    def id(self) -> str:
        """Name the entry by what it tells, wherever it stood."""
        return OWN + identify(
            "own", self.when.edtf(), self.what, self.who, self.whom, self.where
        ).removeprefix("own_")

    @property
    def verdict(self) -> str:
        """Return the verdict that keeps the entry."""
        return ENTRY + msgspec.json.encode(self).decode()


class Taken(Noun, frozen=True):
    """What an import of entries did: how many were new, already known, tied to a claim.

    `problems` are entries that could not be kept.
    """

    new: int = 0
    known: int = 0
    tied: int = 0
    problems: tuple[Problem, ...] = ()


def read_entries(standing: Iterable[Decision], finder: Finder) -> list[Entry]:
    """Return the entries that decisions keep, by day; each tied to the claim as it is now.

    An entry whose claim is not found again in the newest readings is tied to none.
    """
    kept: dict[str, Entry] = {}
    for one in standing:
        if not (one.about.startswith(OWN) and one.verdict.startswith(ENTRY)):
            continue
        try:
            entry = msgspec.json.decode(one.verdict.removeprefix(ENTRY), type=Entry)
        except msgspec.DecodeError:
            continue  # from another version; it stays in the log
        claim = (
            finder.find(entry.claim, [entry.anchor] if entry.anchor else [])
            if entry.claim
            else None
        )
        kept[one.about] = msgspec.structs.replace(entry, claim=claim)
    return sorted(kept.values(), key=lambda entry: (*_day(entry), entry.id))


def _day(entry: Entry) -> tuple[str, str]:
    first, last = entry.when.first, entry.when.last
    return str(first or last or "~"), str(last or "~")


def takes_part(entry: Entry, who: Sequence[str]) -> bool:
    """Say whether all these parties are on either side: `USA` takes in `USA.GOV`."""
    codes = (*entry.actors, *entry.targets)
    return all(any(code == one or code.startswith(f"{one}.") for code in codes) for one in who)


class Ties:
    """Finds the claim that says what an entry says."""

    def __init__(
        self, claims: Mapping[str, Claim], wording: Wording, policy: Policy, own: OwnPolicy
    ) -> None:
        self._claims = [claims[id_] for id_ in sorted(claims)]
        self._parties = {
            one.id: _parties((*one.actors, *one.targets), policy) for one in self._claims
        }
        self._wording, self._policy, self._own = wording, policy, own

    def tie(self, entry: Entry) -> Entry:
        """Return an entry with the claim most like it; as it is where none is like enough."""
        codes = {self._policy.party_of(code) for code in (*entry.actors, *entry.targets)}
        least = self._own.least_alike_with_parties if codes else self._own.least_alike
        words = self._wording.words_of(entry.what)
        near = [
            (self._likeness(entry, words, claim), claim)
            for claim in self._claims
            if codes <= self._parties[claim.id] and days_meet(entry.when, claim.when)
        ]
        best = max(near, key=lambda one: (one[0], _narrow(one[1]), one[1].id), default=None)
        if best is None or best[0] < least:
            return entry
        claim = best[1]
        return msgspec.structs.replace(entry, claim=claim.id, anchor=make_anchor(claim))

    def _likeness(self, entry: Entry, words: frozenset[str], claim: Claim) -> float:
        same_frame = self._own.same_frame if entry.frame == claim.frame else 0.0
        return self._wording.alike(words, claim.id) + same_frame


def _parties(side: Iterable[object], policy: Policy) -> frozenset[str]:
    return frozenset(policy.party_of(code) for one in side if (code := getattr(one, "actor", None)))


def _narrow(claim: Claim) -> int:
    when = claim.when
    return -(when.last - when.first).days if when.first and when.last else -(10**6)


def days_meet(first: When, second: When) -> bool:
    """Say whether two stretches share a day; one of no day at all meets none."""
    if not (first.known and second.known):
        return False
    starts = [day for day in (first.first, second.first) if day]
    ends = [day for day in (first.last, second.last) if day]
    return not starts or not ends or max(starts) <= min(ends)
