"""Three remarks for a first reader, each tied to a row that it is true of.

They come hidden: a script shows them, and remembers that they were read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from chancery.model import Happening
from chancery.outputs.visible import one_line
from chancery.outputs.words import counted
from chancery.web.shown import Row
from chancery.web.visit import Visit

T = TypeVar("T")


def with_tips(visit: Visit, shown: Sequence[T], rows: Sequence[Happening]) -> list[T]:
    """Return the rows with a tip at the first one that each is true of, one a row at most."""
    tips: dict[str, tuple[str, str]] = {}
    for kind, told in _KINDS.items():
        for row in sorted(rows, key=_as_told):
            words = "" if row.id in tips else told(visit, row)
            if words:
                tips[row.id] = (kind, words)
                break
    return [
        msgspec.structs.replace(one, tip=tips[one.id]) if isinstance(one, Row) and one.id in tips
        else one
        for one in shown
    ]  # fmt: skip


def _as_told(row: Happening) -> bool:
    """Put dates first that were reckoned from the report's own day: they surprise most."""
    return row.when.basis != "reckoned"


def _range(visit: Visit, row: Happening) -> str:
    when = row.when
    if not (when.first and when.last and when.first != when.last and when.words):
        return ""
    words = visit.desk.evidence.found_text(row, when.words)  # type: ignore[arg-type]
    return f"This date is a stretch of days because the report says “{one_line(words or '')}”."


def _curtain(visit: Visit, row: Happening) -> str:
    if row.voice.kind != "anonymous":
        return ""
    return "◇ marks what rests on the word of somebody whom the report does not name."


def _one_origin(visit: Visit, row: Happening) -> str:
    if len(row.reports) <= row.origin_count:
        return ""
    reports = counted(len(row.reports), "report")
    return f"{reports} count as {counted(row.origin_count, 'origin')}: a copy adds no weight."


_KINDS: dict[str, Callable[[Visit, Happening], str]] = {
    "range": _range, "voice": _curtain, "origin": _one_origin,
}  # fmt: skip
