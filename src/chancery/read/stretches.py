"""Since and until when a state holds, as the words of its clause say.

"Since 2008", "from 2017 to 2019", "until 9 March", "for eleven years" (reckoned from the report's
day); a bare date belongs to what the clause tells: the opening, or the close.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from chancery.model import Span, TimeExpression, When
from chancery.read.extents import days_of, lead_of, moved, to_when

_SINCE: Final = re.compile(r"\b(?:since|from|as of)(?: (?:the|about|early|late|mid|at least))?$")
_UNTIL: Final = re.compile(
    r"\b(?:until|till|through|to|up to)(?: (?:the|about|early|late|mid|at least))?$"
)
_BEYOND: Final = re.compile(r"\b(?:beyond|after|before|by|prior to|'s)(?: the)?$")
_FOR: Final = re.compile(
    r"\b(?:for|the (?:last|past))"
    r"(?: (?:the|about|over|almost|nearly|at least|last|past|more than))?$"
)
_OPENED: Final = re.compile(
    r"\b(?:imposed|declared|introduced|signed|issued|announced|concluded|dated?"
    r"|order \d+ of|adopted)(?: in| on| of| back in)?$"
)
_PERFECT: Final = re.compile(r"\b(?:has|have|had|been)\b", re.IGNORECASE)
_AHEAD: Final = re.compile(r"\b(?:continu|exten|renew|prolong)", re.IGNORECASE)


class Stretch(NamedTuple):
    """When a state opened and when it closed, as far as the words say."""

    since: When | None = None
    until: When | None = None


def stretch_of(
    text: str,
    phase: str,
    cue: Span,
    clause: Span,
    times: Sequence[TimeExpression],
    published: When,
) -> Stretch:
    """Return since and until when a clause's state holds; `phase` is what the clause tells."""
    since: When | None = None
    until: When | None = None
    bare: list[tuple[int, When]] = []
    inside = [time for time in times if clause.covers(time.span) and time.type != "SET"]
    for place, time in enumerate(inside):
        lead = lead_of(text, time)
        if time.type == "DURATION":
            continue
        period = days_of(time)
        when = to_when(period, time) if period else None
        if when is None or _BEYOND.search(lead):
            continue
        if _SINCE.search(lead) or _OPENED.search(lead):
            since = since or when
        elif _UNTIL.search(lead) or (place and since and _is_second(text, inside, place)):
            until = until or when
        else:
            bare.append((_distance(cue, time.span), when))
    if phase != "holds" and not (since or until or bare):
        bare = _alone(text, times)
    if bare and phase != "holds":
        nearest = min(bare, key=lambda one: one[0])[1]
        if phase == "opens":
            since = since or nearest
        else:
            until = until or nearest
    for time in inside:
        if time.type == "DURATION":
            since, until = _by_length(text, phase, time, clause, published, since, until)
    return Stretch(since, until)


def _alone(text: str, times: Sequence[TimeExpression]) -> list[tuple[int, When]]:
    """Return the only date of a sentence, which then holds for its clauses too."""
    dated = [
        (0, to_when(period, time))
        for time in times
        if time.type != "SET"
        and not _BEYOND.search(lead_of(text, time))
        and (period := days_of(time))
    ]
    return dated if len(dated) == 1 else []


def _is_second(text: str, times: Sequence[TimeExpression], place: int) -> bool:
    """Say whether a time closes a stretch that the one before it opens: "2017–2019"."""
    between = text[times[place - 1].span.end : times[place].span.start]
    return re.fullmatch(r"\s?(?:[-–—]|to|until|till|through)\s?", between) is not None


def _distance(cue: Span, time: Span) -> int:
    """Return how far a time stands from a cue; one before it counts double."""
    return time.start - cue.end if time.start >= cue.end else 2 * max(1, cue.start - time.end)


def _by_length(
    text: str,
    phase: str,
    time: TimeExpression,
    clause: Span,
    published: When,
    since: When | None,
    until: When | None,
) -> tuple[When | None, When | None]:
    """Reckon "for eleven years" back from the report's day, "for one year" ahead from it."""
    lead = lead_of(text, time)
    if phase == "closes" or not (_FOR.search(lead) or time.span.of(text).lower().startswith("for")):
        return since, until
    words = clause.of(text)
    back = phase == "holds" and _PERFECT.search(words) is not None
    if phase == "holds" and not back and not _AHEAD.search(words):
        return since, until
    start = published.last if back or phase == "holds" else (since.first if since else None)
    day = moved(start, time, -1 if back else 1)
    if day is None:
        return since, until
    when = _reckoned(day, time)
    return (since or when, until) if back else (since, until or when)


def _reckoned(day: date, time: TimeExpression) -> When:
    """Return a day, or its whole month or year where the length was counted in those."""
    unit = time.value[-1]
    first, last = day, day
    if unit == "Y":
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return When(first=first, last=last, basis="reckoned", words=time.span)
