"""What a decision would change, worked out before it is taken: happenings before and after.

Only the parts that the decision touches are worked out anew, by the same steps as the snapshot that
accepting it makes. The answer is the state after accepting, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from chancery.ledger.derive import follow
from chancery.ledger.query import Answer
from chancery.ledger.settled import Settled
from chancery.ledger.tables import HAPPENINGS, RETIRED, Row, decoder
from chancery.model import Decision, Happening, Noun

if TYPE_CHECKING:
    from chancery.ledger.control import Snapshot
    from chancery.ledger.shelf import Shelf


class Altered(Noun, frozen=True):
    """A happening that keeps its id but not all its fields; `fields` names those that change."""

    before: Happening
    after: Happening
    fields: tuple[str, ...]


class Effect(Noun, frozen=True):
    """What a decision would change: happenings that come, go or change, and how many there are.

    `decision` is what would be kept, signed now. `rejected` and `restored` are claims that would no
    longer, or would again, belong to a happening. `note` says what the decision does beside.
    """

    decision: Decision
    added: tuple[Happening, ...] = ()
    removed: tuple[Happening, ...] = ()
    altered: tuple[Altered, ...] = ()
    count_before: int = 0
    count_after: int = 0
    rejected: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    note: str = ""

    @property
    def before(self) -> tuple[Happening, ...]:
        """Return the happenings that it touches, as they are."""
        return _by_id((*self.removed, *(one.before for one in self.altered)))

    @property
    def after(self) -> tuple[Happening, ...]:
        """Return the happenings that it touches, as they would be."""
        return _by_id((*self.added, *(one.after for one in self.altered)))


def compare(
    decision: Decision, before: Iterable[Happening], after: Iterable[Happening], count: int
) -> Effect:
    """Tell what differs between two states of some happenings, of `count` there are before."""
    old, new = ({one.id: one for one in side} for side in (before, after))
    held, taken = ({id_ for one in side.values() for id_ in one.claims} for side in (old, new))
    altered = [
        Altered(before=one, after=new[id_], fields=_differing(one, new[id_]))
        for id_, one in old.items()
        if id_ in new and new[id_] != one
    ]
    return Effect(
        decision=decision,
        added=_by_id(one for id_, one in new.items() if id_ not in old),
        removed=_by_id(one for id_, one in old.items() if id_ not in new),
        altered=tuple(sorted(altered, key=lambda one: one.before.id)),
        count_before=count,
        count_after=count + len(new) - len(old),
        rejected=tuple(sorted(held - taken)),
        restored=tuple(sorted(taken - held)),
    )


class Supposed:
    """A ledger in which one decision more had been made, at the commit after `pin`."""

    def __init__(self, shelf: Shelf, pin: int, decision: Decision) -> None:
        self._shelf, self._pin, self._more = shelf, pin, [decision]
        self._settled: dict[bool, Settled] = {}

    def fetch(
        self, pin: int, name: str, parameters: Mapping[str, Any] | None = None, *,
        derived: bool = False,
    ) -> Answer:  # fmt: skip
        """Run a named step: as of the commit, or of the one that is only supposed."""
        more = self._more if pin > self._pin else ()
        return self._shelf.fetch(self._pin, name, parameters, derived=derived, more=more)

    def earlier(self, pin: int) -> list[Snapshot]:
        """Return the snapshots before a commit, newest first."""
        return self._shelf.earlier(pin)

    def name(self, snapshot: Snapshot) -> str:
        """Return what the files that follow from a snapshot are named for."""
        return self._shelf.name(snapshot)

    def settled(self, pin: int) -> Settled:
        """Return what people settled, with the decision that is supposed."""
        later = pin > self._pin
        if later not in self._settled:
            more = self._more if later else ()
            self._settled[later] = self._shelf.settlement(self._pin, more).settled
        return self._settled[later]


def foresee(shelf: Shelf, pin: int, decision: Decision) -> Effect:
    """Return what a decision would change, worked out as the next snapshot would be."""
    fetch = partial(shelf.fetch, pin, derived=True)
    count = int(fetch("happening_count").rows[0][0])
    supposed = Supposed(shelf, pin, decision)
    dated = decision.about.startswith("rep_")
    if not dated and supposed.settled(pin) == supposed.settled(pin + 1):
        return compare(decision, (), (), count)
    rows: dict[str, list[Row]] = {RETIRED.name: [], HAPPENINGS.name: []}
    for table, row in follow(pin, pin + 1, supposed):
        if table.name in rows:
            rows[table.name].append(row)
    parts = sorted(row["part"] for row in rows[RETIRED.name])
    claims = [row[0] for row in fetch("members_of_parts", {"parts": parts}).rows]
    held = fetch("happenings_of_claims", {"ids": claims})
    return compare(
        decision,
        map(decoder(HAPPENINGS, held.columns), held.rows),
        [decoder(HAPPENINGS, list(row))(list(row.values())) for row in rows[HAPPENINGS.name]],
        count,
    )


def _differing(before: Happening, after: Happening) -> tuple[str, ...]:
    names = Happening.__struct_fields__
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _by_id(happenings: Iterable[Happening]) -> tuple[Happening, ...]:
    return tuple(sorted(happenings, key=lambda one: one.id))
