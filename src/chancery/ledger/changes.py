"""What two states of one thing differ in: nouns of a comparison, and how rows are compared.

`diff.py` compares snapshots with them, `versions.py` the texts of one article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias

from chancery.model import Claim, Happening, Noun, Voice, When

Kind: TypeAlias = Literal["report", "decision", "happening", "claim", "outcome"]
ChangeWord: TypeAlias = Literal[
    "added", "removed", "withdrawn", "restored", "redated", "made",
    "altered", "merged", "split", "regrouped",
]  # fmt: skip

CERTAINTY_DIGITS: Final = 2
"""Certainties are compared, and shown, to so many digits: less is no change to a reader."""


class FieldChange(Noun, frozen=True):
    """One field that differs: its values before and after, none where there was none."""

    field: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


COUNTED: Final = frozenset({"claims", "reports", "evidence"})
"""Fields of ids: on a line, only how many there were and are is told."""


def values_line(change: FieldChange) -> str:
    """Write both values of a field: `planned → happened`; of ids, how many: `1 → 2`."""
    sides = (change.before, change.after)
    if change.field in COUNTED:
        return " → ".join(str(len(side)) for side in sides)
    return " → ".join("+".join(side) or "none" for side in sides)


class Change(Noun, frozen=True):
    """One thing that differs between two snapshots.

    `id` names it and `shown` is its line; `snapshot` is the one of the two in which it, and the
    quotations of its `claims` (the leading one first), can be looked up. `was` and `now` are its
    ids in the first and in the second snapshot: several where happenings were merged or split.
    `when` is the day of the deed, or of the report.
    """

    kind: Kind
    change: ChangeWord
    id: str
    shown: str
    snapshot: str
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    when: When = When()
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    because: str = ""


class Difference(Noun, frozen=True):
    """All that differs between two snapshots, named by their ids.

    Changes come as reports, decisions, happenings, claims, outcomes; by day and id within each.
    """

    first: str
    second: str
    changes: tuple[Change, ...] = ()

    def counts(self) -> dict[tuple[Kind, ChangeWord], int]:
        """Count the changes by what they are of and how they are called, in their order."""
        return dict(Counter((one.kind, one.change) for one in self.changes))


Values: TypeAlias = tuple[str, ...]


def happening_fields(before: Happening, after: Happening) -> tuple[FieldChange, ...]:
    """Return the fields on which two forms of a happening differ."""
    return _compare(HAPPENING_FIELDS, before, after)


def claim_fields(before: Claim, after: Claim) -> tuple[FieldChange, ...]:
    """Return the fields on which two readings of a claim differ; where they stand is none."""
    return _compare(CLAIM_FIELDS, before, after)


def _compare(
    fields: Mapping[str, Callable[[Any], Values]], before: object, after: object
) -> tuple[FieldChange, ...]:
    pairs = ((name, values(before), values(after)) for name, values in fields.items())
    return tuple(
        FieldChange(field=name, before=one, after=other)
        for name, one, other in pairs
        if one != other
    )


def _word(name: str) -> Callable[[Any], Values]:
    """Return a function from a noun to the value of a field that is one word or nothing."""

    def values(noun: Any) -> Values:
        value = getattr(noun, name)
        return () if value is None else (str(value),)

    return values


def _words(name: str) -> Callable[[Any], Values]:
    return lambda noun: tuple(getattr(noun, name))


def _days(noun: Claim | Happening) -> Values:
    return (noun.when.edtf(),) if noun.when.known else ()


def _voice(noun: Claim | Happening) -> Values:
    return (voice_line(noun.voice),)


def voice_line(voice: Voice) -> str:
    """Write a voice on one line: its kind, who it is where that is known, and its stance."""
    parts = (voice.kind, voice.full_name or voice.actor, voice.stance)
    return " ".join(part for part in parts if part)


def _certainty(happening: Happening) -> Values:
    certainty = happening.certainty
    return () if certainty is None else (f"{certainty:.{CERTAINTY_DIGITS}f}",)


def _codes(name: str) -> Callable[[Claim], Values]:
    return lambda claim: tuple(sorted({one.actor for one in getattr(claim, name) if one.actor}))


def _country(claim: Claim) -> Values:
    return (claim.where.country,) if claim.where and claim.where.country else ()


def _quantities(claim: Claim) -> Values:
    return tuple(f"{one.bound} {one.value:g} {one.unit}" for one in claim.quantities)


HAPPENING_FIELDS: Final[Mapping[str, Callable[[Any], Values]]] = {
    "frame": _word("frame"),
    "type": _word("type"),
    "mode": _word("mode"),
    "cameo": _word("cameo"),
    "actors": _words("actors"),
    "targets": _words("targets"),
    "when": _days,
    "where": _word("where"),
    "standing": _word("standing"),
    "voice": _voice,
    "certainty": _certainty,
    "signals": _words("signals"),
    "disputed": _words("disputed"),
    "contexts": _words("contexts"),
    "origin_count": _word("origin_count"),
    "reports": _words("reports"),
    "claims": _words("claims"),
    "lead": _word("lead"),
}
CLAIM_FIELDS: Final[Mapping[str, Callable[[Any], Values]]] = {
    "frame": _word("frame"),
    "type": _word("type"),
    "mode": _word("mode"),
    "cameo": _word("cameo"),
    "actors": _codes("actors"),
    "targets": _codes("targets"),
    "when": _days,
    "where": _country,
    "standing": _word("standing"),
    "voice": _voice,
    "quantities": _quantities,
    "contexts": _words("contexts"),
}


def takes_part(codes: Iterable[str], wanted: Iterable[str] | None) -> bool:
    """Say whether all the actors asked for are among some codes; `USA` takes in `USA.GOV`."""
    known = tuple(codes)
    return all(
        any(code == one or code.startswith(f"{one}.") for code in known) for one in wanted or ()
    )


def is_deed(noun: Claim | Happening, wanted: Iterable[str] | None) -> bool:
    """Say whether a row is of one of the frames, types or modes asked for."""
    return wanted is None or not {noun.frame, noun.type, noun.mode}.isdisjoint(wanted)
