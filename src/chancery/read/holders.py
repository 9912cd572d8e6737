"""Whose a state is that holds: who set the measure, whose office or troops, who detains.

In: the words that tell the state and the mentions in them. Out: actor codes. "By …" in the passive
tells it, else an adjective within the cue ("under American sanctions"), else who stands before the
verb; two that are joined ("Cuba and the United States restored ties") both count. Whom a measure
is laid on, and who is detained, does not hold the state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chancery.model import Mention, Span

_BY: Final = re.compile(r"\bby\s(?:the\s)?$", re.IGNORECASE)
_ON: Final = re.compile(
    r"\b(?:on|against|with|from|over|to|for)\s(?:\w+\s){0,3}$|\bagainst\b", re.IGNORECASE
)
_IN: Final = re.compile(r"\b(?:in|at)\s(?:the\s)?$", re.IGNORECASE)
_JOINED: Final = re.compile(r"\s(?:and|,)\s(?:the\s)?")
_PASSIVE: Final = re.compile(
    r"\b(?:was|were|been|being|is|are|be|get|got|held|serving|house\sarrest|custody)\b",
    re.IGNORECASE,
)
MUTUAL: Final = frozenset({"relations", "closure", "treaty", "truce"})
"""Kinds that two sides hold together."""


def holders_of(
    text: str, kind: str, span: Span, cue: Span, mentions: Sequence[Mention]
) -> tuple[str, ...]:
    """Return the codes of those whose state it is, none where nobody is named."""
    inside = [one for one in mentions if one.actor and span.covers(one.span)]
    named = _doers(text, inside) or _by_kind(text, kind, span, cue, inside)
    codes = [one.actor for one in named if one.actor]
    return tuple(dict.fromkeys(codes))


def side_of(code: str) -> str:
    """Return the state of a code that names a part of it: `BLR` for `BLR.GOV`."""
    return code if code.startswith("IGO") else code.split(".")[0]


def _doers(text: str, inside: Sequence[Mention]) -> list[Mention]:
    return [one for one in inside if _BY.search(text, max(0, one.span.start - 8), one.span.start)][
        :1
    ]


def _by_kind(
    text: str, kind: str, span: Span, cue: Span, inside: Sequence[Mention]
) -> list[Mention]:
    """Return who holds a state of a kind, where no "by" tells it."""
    before = [one for one in inside if one.span.start < cue.start and not _laid_on(text, span, one)]
    if kind == "detention" and _PASSIVE.search(text, max(span.start, cue.start - 8), cue.end):
        places = [
            one for one in inside if _IN.search(text, max(0, one.span.start - 8), one.span.start)
        ]
        return places[:1]
    within = [one for one in inside if cue.covers(one.span) and not _laid_on(text, span, one)]
    first = within if kind == "sanctions" and within else before
    if not first:
        first = [
            one for one in inside if one.span.start >= cue.end and not _laid_on(text, span, one)
        ]
    return _with_joined(text, inside, first[:1]) if kind in MUTUAL else first[:1]


def _laid_on(text: str, span: Span, mention: Mention) -> bool:
    """Say whether a measure is laid on a mention, or the mention only stands beside."""
    return (
        _ON.search(text, max(span.start, mention.span.start - 24), mention.span.start) is not None
    )


def _with_joined(text: str, inside: Sequence[Mention], first: Sequence[Mention]) -> list[Mention]:
    """Add the mention that "and" joins to the first."""
    found = list(first)
    for one in inside:
        if found and _JOINED.fullmatch(text, found[-1].span.end, one.span.start):
            found.append(one)
    return found
