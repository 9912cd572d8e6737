"""Which code an actor has on a day, and who held a post on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from chancery.model import Actor, Office

FORMER: Final = "ELI"
# Who leaves such a post is no former official, but stays what he was: an oppositionist, a rebel.
LASTING: Final = frozenset(
    {"BUS", "CRM", "CVL", "ELI", "IMG", "ISM", "JRN", "OPP", "PRE", "PRM", "REB", "REL"}
)


def code_on(actor: Actor, on: date | None) -> str | None:
    """Return the actor's code on that day, or none where it stays open.

    An official between or after offices is `<STATE>.ELI` (PLOVER: former officials); before the
    first office nothing is known. Without a day there is a code only where no day could change it.
    """
    if actor.code or not actor.offices:
        return actor.code
    if on is None:
        return _code_at_all_times(actor)
    held = [office for office in actor.offices if office.holds_on(on)]
    if held:
        return max(held, key=_began).code
    left = [office for office in actor.offices if office.until and office.until < on]
    if not left or actor.kind != "person":
        return None
    last = max(left, key=_ended).code
    return last if _lasts(last) else f"{actor.part_of}.{FORMER}"


def _code_at_all_times(actor: Actor) -> str | None:
    codes = {office.code for office in actor.offices}
    in_office = any(office.until is None for office in actor.offices)
    settled = len(codes) == 1 and (in_office or _lasts(min(codes)))
    return codes.pop() if settled else None


def _lasts(code: str) -> bool:
    return not LASTING.isdisjoint(code.split("."))


def _ended(office: Office) -> date:
    return office.until or date.max


def _began(office: Office) -> date:
    return office.since or date.min


def holders_of(actors: Iterable[Actor], state: str, post: str, on: date) -> list[str]:
    """Return the ids of those who held a state's post on that day (two where terms touch)."""
    return [
        actor.id
        for actor in actors
        if actor.kind == "person"
        and any(
            office.post == post and office.code.partition(".")[0] == state and office.holds_on(on)
            for office in actor.offices
        )
    ]


def persons_by_state(actors: Mapping[str, Actor]) -> dict[str, list[Actor]]:
    """Group persons under every state or body that one of their offices is of."""
    groups: dict[str, list[Actor]] = {}
    for actor in actors.values():
        if actor.kind == "person":
            for state in sorted({office.code.partition(".")[0] for office in actor.offices}):
                groups.setdefault(state, []).append(actor)
    return groups


def posts_of_persons(actors: Mapping[str, Actor]) -> dict[str, frozenset[str]]:
    """Return every post that each person has held at any time."""
    return {
        actor.id: frozenset(office.post for office in actor.offices)
        for actor in actors.values()
        if actor.kind == "person"
    }
