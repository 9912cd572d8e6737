"""What became of forecasts, worked out for a whole snapshot when somebody first asks.

It looks at every forecast and every happening, so that adding one report does not wait for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from chancery.ledger.derive import load_told
from chancery.ledger.outcomes import follow
from chancery.ledger.policy import load_policy
from chancery.ledger.query import Answer, Door
from chancery.ledger.segments import write_lines
from chancery.ledger.settled import Settled
from chancery.ledger.tables import (
    FORECASTS,
    OUTCOMES,
    SAYINGS,
    TELLINGS,
    Table,
    decoder,
    encode,
)
from chancery.model import Outcome

Fetch = Callable[..., Answer]
"""Runs a named step as of one commit."""

STEPS: Final = frozenset({"outcomes", "diff_outcomes", "all_outcomes", "voices", "tally_forecasts"})
"""Steps that look at outcomes."""
VOICED: Final[Mapping[str, tuple[Table, ...]]] = {
    **dict.fromkeys(
        ("voices", "tally_voices", "said_by", "voices_of", "voices_joined", "slugs_known"),
        (SAYINGS,),
    ),
    **dict.fromkeys(("happenings_told", "outlet_tallies"), (TELLINGS,)),
}
"""Steps that look at tables that steps of their own names make, when somebody first asks."""
ANY_FORECAST: Final[Mapping[str, None]] = dict.fromkeys(
    ("who", "since", "until", "voice", "report", "reports", "ids", "limit", "offset")
)


def make_outcomes(path: Path, door: Door, outcomes: Sequence[Outcome]) -> None:
    """Write outcomes to a file, aside first."""
    aside = path.with_name(f".aside-{os.getpid()}-{OUTCOMES.name}.parquet")
    lines = write_lines(aside.with_suffix(".jsonl"), (encode(OUTCOMES, one) for one in outcomes))
    if lines.count:
        door.write(lines, aside, OUTCOMES)
    else:
        door.write_empty(OUTCOMES, aside)
    lines.path.unlink()
    aside.rename(path)


def find_outcomes(fetch: Fetch, settled: Settled) -> list[Outcome]:
    """Return what became of the forecasts of the newest readings."""
    answer = fetch("forecasts", dict(ANY_FORECAST))
    forecasts: list[Any] = [*map(decoder(FORECASTS, answer.columns), answer.rows)]
    if not forecasts:
        return []
    told = {one.claim.id: one for one in load_told(fetch)}
    members = fetch("claims_of_happenings", {}, derived=True).rows
    by_happening = {name: [told[id_] for id_ in claims] for name, claims in members}
    newest = fetch("newest_day", {}).rows[0][0]
    return follow(forecasts, by_happening, newest, settled.outcomes, load_policy())
