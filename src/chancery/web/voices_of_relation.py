"""On whose word a relation is told: how much of it rests on which kind of voice, by period."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from chancery.outputs.words import VOICE_SHAPES
from chancery.web.relating import Relating
from chancery.web.relations_shown import Kind, Kinds, Shown, Told

VOICES: Final = ("own", "named", "anonymous", "document")
WORDS: Final = {"own": "own voice"}


def shares_by_voice(relating: Relating, shown: Shown) -> Kinds | None:
    """Return how many happenings each kind of voice tells in each period, and of how many.

    A happening goes by the voice that its row shows. A layer tells no voices: none.
    """
    relation = shown.relation
    deeds = relating.deeds(relation.actor, relation.target)
    periods = shown.periods()
    if deeds is None or not periods:
        return None
    told = [Counter[str]() for _ in periods]
    seen: set[tuple[int, str]] = set()
    for (_, _, step), found in deeds.at.items():
        at = next((at for at, (first, last) in enumerate(periods) if first <= step <= last), None)
        for deed in found:
            if at is None or (at, deed.id) in seen:
                continue
            seen.add((at, deed.id))
            told[at][deeds.told[deed.id].voice.kind] += 1
    rows = [
        Kind(
            name=f"{VOICE_SHAPES[kind]} {WORDS.get(kind, kind)}",
            cells=tuple(
                _cell(shown, kind, count[kind], count.total(), period)
                for count, period in zip(told, periods, strict=True)
            ),
        )
        for kind in VOICES
        if any(count[kind] for count in told)
    ]
    if not rows:
        return None
    return Kinds(
        periods=tuple(shown.period_words(*period) for period in periods),
        rows=tuple(rows),
        sums=tuple(str(count.total()) for count in told),
    )


def _cell(shown: Shown, kind: str, count: int, total: int, period: tuple[date, date]) -> Told:
    if not count:
        return Told(words="–")
    words = f"{count:,} ({100 * count / total:.0f} %)"
    return Told(words=words, href=shown.chronology(*period, voice=kind))
