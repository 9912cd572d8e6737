"""Which claims rest on another outlet's report: "X reported", "according to X", "told X".

The reading says on whose word each claim is, and through whom it came. Where one of these is an
outlet, or the speaker *told* an outlet, the claim rests on what that outlet reported, and so does
a report all of whose claims do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chancery.ledger.outlets import Outlets
from chancery.reconciled import Tie


def find_relayed(rows: Sequence[tuple[Any, ...]], outlets: Outlets) -> Iterator[Tie]:
    """Yield the ties of claims, and of whole reports, to the outlets on whose word they are.

    A row is a claim's id, its report's id and source, the words of its voices from the outermost,
    and what follows the verb of telling (`voices_of_claims.sql`). Rows come sorted by report.
    """
    resting: dict[str, list[str | None]] = {}
    for claim, report, source, voices, told in rows:
        name, words = _outlet_of(source, voices, told, outlets)
        resting.setdefault(report, []).append(name)
        if name:
            reason = f"on the word of {name}: “{words}”"
            yield Tie(first=claim, second=name, kind="quotes", reason=reason)
    for report, names in resting.items():
        kinds = {name for name in names if name}
        if len(kinds) == 1 and None not in names:
            (name,) = kinds
            reason = f"all {len(names)} of its claims are on the word of {name}"
            yield Tie(first=report, second=name, kind="quotes", reason=reason)


def _outlet_of(
    source: str | None, voices: Sequence[str], told: str | None, outlets: Outlets
) -> tuple[str | None, str]:
    """Return the first outlet that a claim's voices name, but its own, and the words that do."""
    own = outlets.name_of(source)
    for words in voices:
        for name in outlets.named_in(words):
            if name != own:
                return name, " ".join(words.split())
    after = (told or "").removeprefix(" ").removeprefix("the ").removeprefix("The ")
    for name in outlets.named_in(after):
        if name != own and any(
            after.startswith(alias) for alias, one in outlets.known.items() if one == name
        ):
            return name, f"told {name}"
    return None, ""
