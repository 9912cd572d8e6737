"""Both sides of a deed: what every way of reading a clause comes to."""

from __future__ import annotations

from typing import Final, NamedTuple

from chancery.model import Mention
from chancery.read.triggers import Party

WEAK: Final = 0.9
"""Below this score a mention is a role without a state of its own."""


class Roles(NamedTuple):
    """Both sides of a deed, the word its verb group starts at, and how the clause was built."""

    actors: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    head: int = 0
    subject: int = 0
    passive: bool = False
    infinitive: bool = False
    governor: str = ""


def mentions_of(parties: tuple[Party, ...]) -> tuple[Mention, ...]:
    """Return the mentions that parties stand for, in order."""
    return tuple(mention for party in parties for mention in party.mentions)


def together(actors: tuple[Mention, ...], targets: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Put both sides of a mutual deed on one, each actor once."""
    seen: dict[str | None, Mention] = {}
    for mention in (*actors, *targets):
        if mention.actor is None or mention.actor not in seen:
            seen[mention.actor] = mention
    return tuple(seen.values())


def without(targets: tuple[Mention, ...], actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Leave out a target that is the very mention of the actor."""
    spans = {mention.span for mention in actors}
    return tuple(mention for mention in targets if mention.span not in spans)


def not_own_state(targets: tuple[Mention, ...], actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Leave out the state of a government that acts: "praised the support of Italian citizens"."""
    own = {m.actor.removesuffix(".GOV") for m in actors if m.actor and m.actor.endswith(".GOV")}
    return tuple(mention for mention in targets if mention.actor not in own)
