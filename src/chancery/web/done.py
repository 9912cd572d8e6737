"""What a reader has just decided, or decided today: told on the page, and taken back from it."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.decide import standing_decisions
from chancery.model import Decision
from chancery.outputs.similar import why_none
from chancery.outputs.words import short_id


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A decision just made: its words, and its id, by which it is taken back.

    `similar` says whether a rule can be made of it for others like it.
    """

    id: str
    words: str
    undoing: bool = False
    similar: bool = False


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever signs here decided today and stands, with the last of it."""

    who: str
    count: int
    last: Done | None = None


def done_words(decision: Decision) -> str:
    """Say what was decided: about what, and how."""
    return f"{about_words(decision.about)}: {decision.verdict}"


def about_words(about: str) -> str:
    """Say what a decision is about: an id in short, a name or a rule as it stands."""
    return about if ":" in about else short_id(about)


def find_done(ledger: Ledger, name: str, as_of: str) -> Done | None:
    """Return what a decision's whole id names, in words; none where there is none."""
    made = {one.id: one for one in ledger.decisions(as_of=as_of)}
    decision = made.get(name)
    if decision is None:
        return None
    told = made.get(decision.undoes or "") or decision
    words = done_words(told)
    undoing = decision.undoes is not None
    similar = not undoing and not why_none(decision)
    return Done(id=name, words=words, undoing=undoing, similar=similar)


def today(ledger: Ledger, as_of: str, who: str) -> Today:
    """Return what the one who signs so decided since midnight (UTC)."""
    day = datetime.now(UTC).date().isoformat()
    mine = [
        one for one in standing_decisions(ledger.decisions(as_of=as_of))
        if one.who == who and one.made.startswith(day) and not one.undoes
    ]  # fmt: skip
    if not mine:
        return Today(who=who, count=0)
    last = mine[-1]
    done = Done(id=last.id, words=done_words(last))
    return Today(who=who, count=len(mine), last=done)
