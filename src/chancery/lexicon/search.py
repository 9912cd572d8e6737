"""Looking actors up by words that may be misspelt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chancery.lexicon.names import fold
from chancery.model import Actor

LIMIT: Final = 10
CUTOFF: Final = 65.0


def find_actors(actors: Mapping[str, Actor], words: str) -> list[Actor]:
    """Return at most ten actors, best first: by exact id, else by the likest id or name."""
    from rapidfuzz import fuzz, process

    wanted = fold(words).strip().lower()
    if not wanted:
        return []
    spellings = [
        (fold(name).lower(), actor.id)
        for actor in actors.values()
        for name in (actor.id, *actor.names, *actor.adjectives)
    ]
    scores = process.cdist(
        [wanted], [name for name, _ in spellings], scorer=fuzz.ratio, score_cutoff=CUTOFF
    )[0]
    best: dict[str, float] = {}
    for (name, entity), score in zip(spellings, scores, strict=True):
        value = float(score) + (CUTOFF / 2 if name.startswith(wanted) else 0)
        best[entity] = max(best.get(entity, 0.0), value)
    ranked = sorted(
        (entity for entity in best if best[entity] > 0),
        key=lambda entity: (-best[entity], "." in entity, entity),
    )
    return [actors[entity] for entity in ranked[:LIMIT]]
