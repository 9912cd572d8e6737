"""Where a report was sent from: "LIMA, Peru (Agency) -", and what that tells of whom it names.

An agency's report opens with the place that it comes from. Police, courts and ministers without a
state's name are of that place's state, where the report is not plainly about another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from chancery.lexicon import Lexicon
from chancery.model import Span
from chancery.read.phrases import mention_words
from chancery.read.places import with_places

FARTHEST: Final = 400
"""Characters of a text in which a dateline must begin."""

STATES: Final = frozenset({"state", "territory", "seat", "place"})
STATE_CODE: Final = 3
PLAINLY: Final = 3
"""Another state is what a report is about if it is named so often, and so many times as often as
the dateline's."""

_DATELINE: Final = re.compile(
    r"^[ \t]*(?P<place>(?P<town>[A-Z][A-Z.'’]+(?:[ -][A-Z][A-Z.'’]+){0,3})"
    r"(?:[,/][ \t]*[A-Z][\w.]*(?:[ -][\w.]+){0,3}){0,3}?)"
    r"(?:,?[ \t]+[A-Z][a-z]{2,8}\.?[ \t]\d{1,2}(?:,[ \t]*\d{4})?)?"
    r"(?:,?[ \t]*\((?P<agency>[^()\n]{1,40})\))?[ \t]*(?:_|--|[-–—])(?:[ \t]|$)",
    re.MULTILINE,
)
_CAPITALS: Final = re.compile(r"[A-Z]{2,}")


class Dateline(msgspec.Struct, frozen=True):
    """The place of a dateline, and the code of the state in which it lies."""

    span: Span
    state: str


def find_dateline(text: str, lexicon: Lexicon) -> Dateline | None:
    """Return the dateline of a report's text; none where it has none or its state is not known."""
    match = _DATELINE.search(text, 0, FARTHEST)
    if match is None or match["town"].lower() in mention_words().meeting_places:
        return None
    # Places are known as they are written in running text: "Lima", not "LIMA".
    place = _CAPITALS.sub(lambda word: word[0].capitalize(), match["place"])
    named = with_places(place, lexicon.find_names(place))
    codes = [name.entities[0].split(".")[0] for name in named]
    states = {code for code in codes if len(code) == STATE_CODE and code not in ("UNO", "EUR")}
    if len(states) != 1:
        return None
    return Dateline(Span(*match.span("place")), states.pop())


def home_of(dateline: Dateline, counts: Mapping[str, int]) -> str | None:
    """Return the state of those who are named without one, as far as the dateline tells it.

    `counts` say how often the text names each state beyond the dateline.
    """
    others = [count for state, count in counts.items() if state != dateline.state]
    here = counts.get(dateline.state, 0)
    elsewhere = max(others, default=0) >= PLAINLY * max(here, 1)
    return None if elsewhere else dateline.state
