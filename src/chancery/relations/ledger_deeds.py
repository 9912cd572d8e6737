"""The ledger's happenings as rows of one pair of parties each, in the schema of the layers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.policy import load_policy
from chancery.ledger.query import Workroom
from chancery.lexicon import Lexicon
from chancery.model import Happening
from chancery.relations.steps import quoted
from chancery.relations.steps import step as sql

PAIRS_HELD: Final = 4096
"""Sides of deeds whose pairs are held: most deeds are between parties that did something before."""
DEEDS: Final = """
SELECT id, frame, type, cameo, standing, actors, targets, coalesce(when_first, when_last) AS day,
    len(claims) AS mentions, origin_count
FROM happenings ORDER BY coalesce(when_first, when_last) NULLS LAST, when_last NULLS LAST, id
"""


def write_deeds(
    ledger: Ledger, folder: Path, standings: Collection[str], as_of: str | date | None = None
) -> tuple[Path, int]:
    """Write the happenings of some standings as Parquet; return it and how many had no day."""
    frames = (ledger.lexicon or Lexicon.load()).frames
    lines, target = folder / "deeds.jsonl", folder / "deeds.parquet"
    encoder = msgspec.json.Encoder()
    vague = 0
    with lines.open("wb") as stream:
        for one in ledger.sql(DEEDS, as_of=as_of):
            if one["standing"] not in standings:
                continue
            if one["day"] is None:
                vague += 1
                continue
            frame = frames.get(one["frame"])
            row = {
                "id": one["id"], "day": one["day"], "type": one["type"], "cameo": one["cameo"],
                "quad": frame.quad if frame else None,
                "intensity": frame.intensity if frame else None,
                "mentions": one["mentions"], "sources": one["origin_count"],
            }  # fmt: skip
            sides = (tuple(one[side]) for side in ("actors", "targets"))
            for pair in _pairs(one["type"], *sides):
                stream.write(encoder.encode({**row, **pair}) + b"\n")
    room = Workroom(folder / "spill")
    try:
        room.run(sql("cube_told_deeds", lines=quoted(lines), target=quoted(target)))
    finally:
        room.close()
    lines.unlink()
    return target, vague


def pairs_of(one: Happening) -> tuple[Mapping[str, Any], ...]:
    """Return each pair of parties that a happening joins; a mutual deed has no direction."""
    return _pairs(one.type, one.actors, one.targets)


@lru_cache(PAIRS_HELD)
def _pairs(
    type_: str, by: tuple[str, ...], to: tuple[str, ...]
) -> tuple[Mapping[str, Any], ...]:  # fmt: skip
    policy = load_policy()
    actors: list[str | None] = [*sorted({policy.party_of(code) for code in by})]
    targets: list[str | None] = [*sorted({policy.party_of(code) for code in to})]
    mutual = type_ in policy.mutual_types
    pairs = list(product(actors or [None], targets or [None]))
    if mutual and not targets and len(actors) > 1:
        pairs = list(combinations(actors, 2))
    if mutual:
        pairs = sorted({(min(a, b), max(a, b)) if a and b else (a, b) for a, b in pairs}, key=repr)
    return tuple(
        {"actor": actor, "target": target, "directed": not mutual} for actor, target in pairs
    )
