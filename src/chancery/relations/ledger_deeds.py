"""The ledger's happenings as rows of one pair of parties each, in the schema of the layers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.policy import Policy, load_policy
from chancery.ledger.query import Workroom
from chancery.lexicon import Lexicon
from chancery.model import Happening
from chancery.relations.steps import quoted
from chancery.relations.steps import step as sql


def write_deeds(
    ledger: Ledger, folder: Path, standings: Collection[str], as_of: str | date | None = None
) -> tuple[Path, int]:
    """Write the happenings of some standings as Parquet; return it and how many had no day."""
    policy, frames = load_policy(), (ledger.lexicon or Lexicon.load()).frames
    lines, target = folder / "deeds.jsonl", folder / "deeds.parquet"
    encoder = msgspec.json.Encoder()
    vague = 0
    with lines.open("wb") as stream:
        for one in ledger.happenings(as_of=as_of):
            if one.standing not in standings:
                continue
            day = one.when.first or one.when.last
            if day is None:
                vague += 1
                continue
            frame = frames.get(one.frame)
            row = {
                "id": one.id, "day": day, "type": one.type, "cameo": one.cameo,
                "quad": frame.quad if frame else None,
                "intensity": frame.intensity if frame else None,
                "mentions": len(one.claims), "sources": one.origin_count,
            }  # fmt: skip
            for sides in pairs_of(one, policy):
                stream.write(encoder.encode(row | sides) + b"\n")
    room = Workroom(folder / "spill")
    try:
        room.run(sql("cube_told_deeds", lines=quoted(lines), target=quoted(target)))
    finally:
        room.close()
    lines.unlink()
    return target, vague


def pairs_of(one: Happening, policy: Policy) -> Iterator[dict[str, Any]]:
    """Give each pair of parties that a happening joins; what they do together has no direction."""
    actors: list[str | None] = [*sorted({policy.party_of(code) for code in one.actors})]
    targets: list[str | None] = [*sorted({policy.party_of(code) for code in one.targets})]
    mutual = one.type in policy.mutual_types
    pairs = list(product(actors or [None], targets or [None]))
    if mutual and not targets and len(actors) > 1:
        pairs = list(combinations(actors, 2))
    if mutual:
        pairs = sorted({(min(a, b), max(a, b)) if a and b else (a, b) for a, b in pairs}, key=repr)
    for actor, target in pairs:
        yield {"actor": actor, "target": target, "directed": not mutual}
