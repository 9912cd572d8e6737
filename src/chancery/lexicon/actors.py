"""Which code an actor has on a day, and who held a post on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from chancery.model import Actor, Office

FORMER: Final = "ELI"


def code_on(actor: Actor, on: date | None) -> str | None:
    """Return the actor's code on that day, or none where it stays open.

    Somebody between or after offices is `<STATE>.ELI` (PLOVER: former officials); before the
    first office nothing is known. Without a day there is a code only where it never changes and
    no office has ended.
    """
    if actor.code or not actor.offices:
        return actor.code
    if on is None:
        codes = {office.code for office in actor.offices}
        ended = all(office.until for office in actor.offices)
        return None if ended or len(codes) > 1 else codes.pop()
    held = [office for office in actor.offices if office.holds_on(on)]
    if held:
        return max(held, key=_began).code
    if actor.kind == "person" and any(office.until and office.until < on for office in actor.offices):
        return f"{actor.part_of}.{FORMER}"
    return None


def _began(office: Office) -> date:
    return office.since or date.min


def offices_on(actor: Actor, on: date) -> tuple[Office, ...]:
    """Return the offices held on that day, as the table lists them."""
    return tuple(office for office in actor.offices if office.holds_on(on))


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
