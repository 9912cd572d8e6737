"""How questions, their answers and an audit are shown, on the command line and on the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from chancery.ledger.audit import Audit
from chancery.ledger.questions import Kind, Option, Question, ReviewItem
from chancery.outputs.rows import flatten, plain, row_of
from chancery.outputs.sheet import Sheet, plain_sheet
from chancery.outputs.table import Column
from chancery.outputs.visible import one_line
from chancery.outputs.words import counted, short_id

KIND_SHAPES: Final[Mapping[Kind, str]] = {
    "dispute": "⇄", "standing": "⇅", "same happening": "≈", "undated": "∅", "same person": "≃",
    "actor": "?", "voice": "◇", "suspicion": "⚠", "outcome": "↗", "low certainty": "↓",
    "changed report": "≠",
}  # fmt: skip
"""A sign beside each kind's word, so that the eye finds it again."""

AUDIT_FIELDS: Final = ("snapshot", "seed", "size", "of", "right", "judged", "low", "high")


def item_sheet() -> Sheet[ReviewItem]:
    """Show questions: what is asked, and what it touches."""
    columns: tuple[Column[ReviewItem], ...] = (
        Column("kind", lambda item: item.kind),
        Column("question", lambda item: item.question, shrinks=True),
        Column("touches", lambda item: touches_words(item).partition(",")[0]),
        Column("id", lambda item: short_id(item.id)),
    )
    fields = ("id", "kind", "question", "about", "happenings", "claims", "reports")

    def flat(item: ReviewItem) -> dict[str, Any]:
        return {**flatten(plain(item)), **flatten(plain(item.touches))}

    return Sheet(columns=columns, fields=fields, flat=flat, row=row_of)


def touches_words(item: ReviewItem | Question) -> str:
    """Say what a question touches: `3 happenings, 5 claims, 2 reports`."""
    names = ("happening", "claim", "report")
    held = (item.touches.happenings, item.touches.claims, item.touches.reports)
    return ", ".join(counted(len(ids), name) for name, ids in zip(names, held, strict=True) if ids)


def option_words(option: Option) -> str:
    """Write an answer: what it says, and what has to be typed for it."""
    asks = f" (type {option.asks_words})" if option.asks else ""
    return f"{one_line(option.words)}{asks}"


# An audit ---------------------------------------------------------------------------------------


def audit_sheet() -> Sheet[Mapping[str, Any]]:
    """Show what an audit found, a group of claims a row."""
    return plain_sheet(AUDIT_FIELDS)


def audit_rows(audit: Audit) -> list[dict[str, Any]]:
    """Return the precision of a sample: in all, by type and by certainty."""
    groups = (("all", audit.all), *audit.by_type.items(), *audit.by_certainty.items())
    return [
        {
            "snapshot": audit.snapshot,
            "seed": audit.seed,
            "size": audit.size,
            "of": name,
            "right": share.right,
            "judged": share.judged,
            "low": round(share.low, 4),
            "high": round(share.high, 4),
        }
        for name, share in groups
    ]


def audit_lines(audit: Audit) -> Iterator[str]:
    """Write an audit for people."""
    yield f"right: {audit.all}{_left(audit)}"
    for title, shares in (("type", audit.by_type), ("certainty", audit.by_certainty)):
        longest = max((len(name) for name in shares), default=0)
        for name, share in shares.items():
            yield f"  {title} {name.ljust(longest)}  {share}"
    yield audit_source(audit)


def audit_source(audit: Audit) -> str:
    """Say what was drawn, from what, and whose interval is shown."""
    of = f"sample of {audit.size}, seed {audit.seed}, of {short_id(audit.snapshot)}"
    return f"{of}; Wilson interval, 95 %"


def _left(audit: Audit) -> str:
    left = audit.size - audit.all.judged
    return f"  ({left} still to judge)" if left else ""


def kind_names(kinds: Iterable[str]) -> str:
    """Write kinds as the command line takes them: `same-person,undated`."""
    return ",".join(kind.replace(" ", "-") for kind in kinds)
