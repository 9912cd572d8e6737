"""PLOVER's boundary rules: which of two types or modes a deed is, where both seem to fit.

The rules lie in `data/boundaries.toml`, each with its source and examples that run as tests. In
comes a `Deed`, its sides and standing settled; out comes a `Ruling`. Rules are tried once each, in
the table's order, on what the ones before them made of the deed. Rules with a `beside` look at
the other deeds of its sentence or report: hand those over together (`apply_together`).

A deed keeps its own type whatever its standing. PLOVER's exports fold a planned visit into AGREE:
`plover_type` does that, for them alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec

from chancery.lexicon.frames import MODES
from chancery.lexicon.wording import Wordings
from chancery.model import EventType, Standing

NEAR: Final = 8
"""Words before and after the trigger that count as near it."""

UNKNOWN: Final = "UNK"
"""The code of a side that is not linked."""

REAL: Final = frozenset({"happened", "ongoing"})

Scope = Literal["sentence", "report"]
Side = Literal["actors", "targets"]


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """A deed as the rules look at it.

    `words` are its sentence's, in small letters and without hyphens; `first` and `last` place its
    trigger among them. `actors` and `targets` are codes, `UNK` for a side that is not linked.
    `sentence` numbers the sentence within its report.
    """

    type: EventType
    words: tuple[str, ...]
    first: int
    last: int
    mode: str | None = None
    standing: Standing = "happened"
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    sentence: int = 0

    @classmethod
    def of_words(cls, words: Sequence[str], first: int, last: int, **facts: object) -> Deed:
        """Make a deed from a sentence's words as they were split, hyphens still among them."""
        kept = [place for place, word in enumerate(words) if word not in ("-", "–")]
        start = sum(place < first for place in kept)
        end = max(start, sum(place <= last for place in kept) - 1)
        plain = tuple(words[place].lower() for place in kept)
        return msgspec.convert({"words": plain, "first": start, "last": end, **facts}, cls)


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules make of a deed: its type and mode, whether it is kept, and which applied."""

    type: EventType
    mode: str | None = None
    keep: bool = True
    rules: tuple[str, ...] = ()


class Beside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another deed that must stand in the same sentence or report, and what it must share."""

    types: frozenset[EventType]
    modes: frozenset[str] = frozenset()
    scope: Scope = "sentence"
    same: tuple[Side, ...] = ()


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a deed must be for a rule to apply; what is not given need not hold.

    `modes` may name `none`. Of the phrases in `trigger` one must begin with a word of the trigger;
    of those in `near` (within eight words of it), `before`, `after` and `sentence` one must stand
    there, of those in `without` and `without_near` none may. `alone` asks for one actor at most
    and no target, `across` for actors of two states.
    """

    types: frozenset[EventType]
    modes: frozenset[str] = frozenset()
    standings: frozenset[Standing] = frozenset()
    trigger: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    without_near: tuple[str, ...] = ()
    alone: bool = False
    across: bool = False
    beside: Beside | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule does: gives another type, mode (`none` for no mode) or both, drops or keeps."""

    type: EventType | None = None
    mode: str | None = None
    drop: bool = False
    keep: bool = False


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the table; `source` is the section of the manual it is drawn from."""

    id: str
    source: str
    when: Condition
    then: Outcome
    examples: tuple[str, ...]


class Planned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The types that PLOVER gives to planned deeds, and the standings that it leaves out."""

    types: dict[EventType, EventType]
    left_out: frozenset[Standing]


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`data/boundaries.toml`."""

    planned: Planned
    rule: tuple[Rule, ...]


PLACES: Final = ("trigger", "near", "before", "after", "sentence", "without", "without_near")


class Ready:
    """A rule with its phrases read."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.phrases = {
            place: Wordings((phrase, rule.id) for phrase in getattr(rule.when, place))
            for place in PLACES
            if getattr(rule.when, place)
        }

    def fits(self, deed: Deed, others: Sequence[Deed] = ()) -> bool:
        """Say whether the rule applies; `others` are the rest of the deeds of its report."""
        when = self.rule.when
        if deed.type not in when.types or not _allows(when, deed):
            return False
        if when.alone and (len(deed.actors) > 1 or deed.targets):
            return False
        if when.across and len({code[:3] for code in deed.actors if code != UNKNOWN}) < 2:
            return False
        if not all(self._stands(place, deed) for place in self.phrases):
            return False
        if when.beside is None:
            return True
        return any(_is_beside(when.beside, deed, other) for other in others)

    def _stands(self, place: str, deed: Deed) -> bool:
        phrases = self.phrases[place]
        if place == "trigger":
            words = deed.words[deed.first : deed.last + 1 + NEAR]
            return any(met.first <= deed.last - deed.first for met in phrases.find(words))
        return phrases.stands_in(_words(place, deed)) is not place.startswith("without")


def _words(place: str, deed: Deed) -> Sequence[str]:
    if place == "before":
        return deed.words[: deed.first]
    if place == "after":
        return deed.words[deed.last + 1 :]
    if place.endswith("near"):
        return deed.words[max(0, deed.first - NEAR) : deed.last + 1 + NEAR]
    return deed.words


def _allows(when: Condition, deed: Deed) -> bool:
    mode = not when.modes or (deed.mode or "none") in when.modes
    return mode and (not when.standings or deed.standing in when.standings)


def _is_beside(beside: Beside, deed: Deed, other: Deed) -> bool:
    if other.type not in beside.types or other.standing not in REAL:
        return False
    if beside.modes and (other.mode or "none") not in beside.modes:
        return False
    if beside.scope == "sentence" and other.sentence != deed.sentence:
        return False
    return all(_shared(getattr(deed, side), getattr(other, side)) for side in beside.same)


def _shared(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two sides share a party, or its state; unknown ones share nothing."""
    return any(
        f"{mine}.".startswith(f"{theirs}.") or f"{theirs}.".startswith(f"{mine}.")
        for mine in one
        for theirs in other
        if UNKNOWN not in (mine, theirs)
    )


@cache
def boundary_table() -> Table:
    """Load the table, once per process; raises `ValueError` for a rule that cannot be meant."""
    source = resources.files("chancery.lexicon") / "data" / "boundaries.toml"
    table = msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), Table)
    for rule in table.rule:
        then = rule.then
        wrong = then.type and then.mode not in (None, "none", *MODES.get(then.type, ()))
        if wrong or not (then.type or then.mode or then.drop or then.keep):
            raise ValueError(f"boundary rule {rule.id!r} gives no such type and mode")
    return table


@cache
def _rules() -> tuple[Ready, ...]:
    return tuple(Ready(rule) for rule in boundary_table().rule)


@cache
def _rules_by_type() -> dict[str, tuple[Ready, ...]]:
    kinds = {kind for ready in _rules() for kind in ready.rule.when.types}
    return {
        kind: tuple(ready for ready in _rules() if kind in ready.rule.when.types)
        for kind in sorted(kinds)
    }


def apply(deed: Deed) -> Ruling:
    """Return what the rules make of a deed by itself; those that look beside it do not apply."""
    ruling = Ruling(type=deed.type, mode=deed.mode)
    if deed.type not in _rules_by_type():
        return ruling
    for ready in _rules():
        if not ready.fits(deed):
            continue
        ruling = _ruled(ready.rule, ruling)
        if ready.rule.then.keep or not ruling.keep:
            break
        deed = msgspec.structs.replace(deed, type=ruling.type, mode=ruling.mode)
    return ruling


def apply_together(deeds: Sequence[Deed]) -> list[Ruling]:
    """Return what the rules make of each deed of one report, in the order given.

    First each is ruled alone; then the rules that look beside a deed see what became of the rest.
    """
    alone = [apply(deed) for deed in deeds]
    settled = [
        msgspec.structs.replace(deed, type=ruling.type, mode=ruling.mode)
        for deed, ruling in zip(deeds, alone, strict=True)
    ]
    return [
        _with_others(
            settled[place],
            ruling,
            [d for n, d in enumerate(settled) if n != place and alone[n].keep],
        )
        for place, ruling in enumerate(alone)
    ]


def _with_others(deed: Deed, ruling: Ruling, others: Sequence[Deed]) -> Ruling:
    for ready in _rules_by_type().get(deed.type, ()) if ruling.keep else ():
        if ready.rule.when.beside and ready.fits(deed, others):
            return _ruled(ready.rule, ruling)
    return ruling


def _ruled(rule: Rule, ruling: Ruling) -> Ruling:
    then = rule.then
    mode = ruling.mode if then.mode is None and then.type is None else then.mode
    return Ruling(
        type=then.type or ruling.type,
        mode=None if mode == "none" else mode,
        keep=not then.drop,
        rules=(*ruling.rules, rule.id),
    )


def plover_type(type_: EventType, standing: Standing) -> EventType | None:
    """Return the type that PLOVER writes for a deed of a standing; none where it writes none."""
    planned = boundary_table().planned
    if standing in planned.left_out:
        return None
    return planned.types.get(type_, type_) if standing == "planned" else type_
