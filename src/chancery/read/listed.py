"""Who stands one after another in a text: "with the presidents of A and B, and C's envoy".

An official release lists all whom its office met. The parser seldom holds such a list together, so
the words between the names are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chancery.model import Claim, Mention, Span
from chancery.read.states import state_of

TITLES: Final = r"(?:(?:[Tt]he|then|former|acting|new)\s+|[A-Z][\w.’'-]*\s+){0,5}"
"""What may stand before the words that name a party: "First Deputy …"."""

LEAD: Final = re.compile(rf"\s+{TITLES}")

BETWEEN: Final = re.compile(
    rf"(?:\s+of\s+(?:(?!\s(?:in|at|on|for|to|during|via)\s)[^,;]){{2,45}}?)?(?:,|,?\s+and|,?\s+as\s+well\s+as)(?:\s+with)?\s+{TITLES}"
)
"""What stands between two of a list, with whose the first is: "President X of Chad, and …"."""

SHARED: Final = "CONSULT"
REACH: Final = 60
"""Characters after a deed in which its "with" is looked for."""

_WITH: Final = re.compile(r"(?:[^,.;:]*?\bwith|\s+between)\b")
_ENDS_WITH: Final = re.compile(r"\b(?:with|to|between)$")
_GOES_ON: Final = re.compile(
    r"(?:\s+of\s+[^,;.]{2,45})?\s+(?:said|told|will|would|has|have|had|was|were|is|are|[a-z]+ed)\b"
)
"""What shows that the last name opens a clause of its own: "… and the president of Chad said"."""


def listed_after(text: str, after: int, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the parties that stand right after a place in a text, and those joined to them."""
    lead = LEAD
    linked = [one for one in named if one.actor]
    while True:
        here = [one for one in linked if lead.fullmatch(text, after, one.span.start)]
        if not here:
            return
        party = min(here, key=lambda one: (one.span.start, -one.span.end))
        yield party
        lead, after = BETWEEN, party.span.end


def with_all_listed(text: str, claim: Claim, sentence: Span, named: Sequence[Mention]) -> Claim:
    """Return a claim of a meeting or call with all whom its sentence lists after "with"."""
    if claim.type != SHARED:
        return claim
    after = claim.trigger.end
    if not _ENDS_WITH.search(text, claim.trigger.start, after):
        brought = _WITH.match(text, after, min(sentence.end, after + REACH))
        if brought is None:
            return claim
        after = brought.end()
    within = [one for one in named if sentence.covers(one.span)]
    listed = list(listed_after(text, after, within))
    if len(listed) > 1 and _GOES_ON.match(text, listed[-1].span.end, sentence.end):
        listed.pop()
    known = {state_of(one.actor or "") for one in (*claim.actors, *claim.targets)}
    states = {state_of(one.actor or "") for one in listed}
    if not states & known or states <= known:
        return claim
    more = {state_of(one.actor or ""): one for one in reversed(listed)}
    added = tuple(one for state, one in reversed(more.items()) if state not in known)
    if claim.targets:
        return with_sides(claim, claim.actors, (*claim.targets, *added))
    return with_sides(claim, (*claim.actors, *added), ())


def with_sides(claim: Claim, actors: tuple[Mention, ...], targets: tuple[Mention, ...]) -> Claim:
    """Return a claim with other sides; it is named after them."""
    if not actors:
        actors, targets = targets, ()
    name = Claim.make_id(
        report=claim.report, frame=claim.frame, trigger=claim.trigger,
        actors=actors, targets=targets,
    )  # fmt: skip
    return msgspec.structs.replace(claim, id=name, actors=actors, targets=targets)
