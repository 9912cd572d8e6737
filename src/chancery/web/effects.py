"""What a decision would change, as the pages show it: the rows before and after, and in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from chancery.ledger.effects import Effect
from chancery.model import Happening
from chancery.outputs.effects import effect_counts
from chancery.web.done import about_words
from chancery.web.shown import Row, rows_shown
from chancery.web.visit import Visit

MOST_ROWS: Final = 60
"""Rows of one effect that a page shows; it says how many more there are."""

GOES: Final = ("−", "goes")
COMES: Final = ("+", "comes")
WAS: Final = ("<", "is now")
BECOMES: Final = (">", "would be")

FIELD_WORDS: Final = {
    "when": "date", "actors": "who", "targets": "to whom", "frame": "deed", "where": "place",
    "origin_count": "origins", "voice": "voice", "certainty": "certainty", "standing": "standing",
    "disputed": "disputes", "claims": "claims", "reports": "reports",
}  # fmt: skip
"""What changes in a row, in the words of its columns; other fields show in none."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One row of an effect: its sign and what that means, the row, and what changes in it.

    Only a row that is there already, and stays, can be opened.
    """

    sign: str
    words: str
    row: Row
    fields: str = ""
    linked: bool = False


class EffectShown(msgspec.Struct, frozen=True, kw_only=True):
    """What accepting would do: its rows, its numbers, and the decision that would be kept."""

    changes: tuple[Change, ...]
    more: int
    counts: str
    about: str
    verdict: str
    day: str


def effect_shown(visit: Visit, effect: Effect) -> EffectShown:
    """Put an effect into rows, as the chronology shows them."""
    told = list(_changes(effect))
    some = told[:MOST_ROWS]
    rows = rows_shown(visit, [row for _, row, _, _ in some])
    changes = tuple(
        Change(sign=sign[0], words=sign[1], row=row, fields=fields, linked=linked)
        for (sign, _, fields, linked), row in zip(some, rows, strict=True)
    )
    return EffectShown(
        changes=changes,
        more=len(told) - len(some),
        counts=effect_counts(effect),
        about=about_words(effect.decision.about),
        verdict=effect.decision.verdict,
        day=effect.decision.made[:10],
    )


def _changes(effect: Effect) -> Iterator[tuple[tuple[str, str], Happening, str, bool]]:
    for one in effect.removed:
        yield GOES, one, "", True
    for one in effect.added:
        yield COMES, one, "", False
    for altered in effect.altered:
        names = (FIELD_WORDS.get(name) for name in altered.fields)
        fields = ", ".join(dict.fromkeys(filter(None, names)))
        yield WAS, altered.before, "", True
        yield BECOMES, altered.after, fields, True
