"""The lexicon's own words for deeds: which a text tells, and whether a claim is told by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chancery.lexicon import Lexicon
from chancery.lexicon.frames import GAPS, Cue
from chancery.model import Claim

GAP_REACH: Final = 4
"""Words that a gap in a cue may stand for."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def deeds_told(about: str, lexicon: Lexicon) -> tuple[tuple[str, ...], int | None]:
    """Return the deeds that the words tell, and where the first of their words stands.

    Of several only those with the longest cues count.
    """
    words = [(match.start(), match.group().lower()) for match in _WORD.finditer(about)]
    found: dict[str, tuple[int, int]] = {}
    for cue in lexicon.cues:
        for place in range(len(words)):
            length = cue_length(cue, [word for _, word in words[place:]])
            if length:
                best = found.get(cue.frame, (0, 0))
                found[cue.frame] = max(best, (length, -words[place][0]))
    if not found:
        return (), None
    longest = max(length for length, _ in found.values())
    kept = sorted(frame for frame, (length, _) in found.items() if length == longest)
    return tuple(kept), min(-found[frame][1] for frame in kept)


def is_firm(claim: Claim, text: str, cues: Sequence[Cue]) -> bool:
    """Say whether a claim's deed is told by the lexicon's own words for it, not by likeness.

    `cues` are those of its frame.
    """
    start, end = claim.trigger.start, max(claim.trigger.end, claim.words.end)
    words = [match.group().lower() for match in _WORD.finditer(text[start:end])]
    return any(cue_length(cue, words) for cue in cues)


def cue_length(cue: Cue, words: Sequence[str]) -> int:
    """Return how many words of a cue stand at the beginning of `words`, all of it; else 0."""
    at, count, gap = 0, 0, 0
    for part in cue.parts:
        if part[0] in GAPS:
            gap = GAP_REACH
            continue
        reach = range(at, min(len(words), at + gap + 1))
        place = next((place for place in reach if words[place] in part), None)
        if place is None:
            return 0
        at, count, gap = place + 1, count + 1, 0
    return count
